"""Long answers come a section at a time, whatever card they are the answer of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.core.memory import Rating
from tests.tui.desk import Desk, studying

if TYPE_CHECKING:
    from tests.learner import Learner

SIZES = [(80, 24), (60, 18), (150, 40)]
PARAGRAPH = "Words that say something of use, and go on for a while. " * 4
HEADED = (
    "Lead.\n\n## **Why:**\n\nBecause of scale.\n\n**How:**\nBy gates.\n\n## Cost\n\nTwice the memory.\n"
    + "More. " * 60
)


def plain(count: int) -> str:
    """Return paragraphs without a heading, numbered."""
    return "\n\n".join(f"Paragraph {number}. {PARAGRAPH}" for number in range(count))


async def steps(desk: Desk) -> int:
    """Press n until the answer is whole, and return how often that was."""
    pressed, before = 0, -1
    while desk.page.reading.shown != before and not desk.page.reading.whole:
        before = desk.page.reading.shown
        await desk.press("n")
        pressed += 1
    return pressed


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_with_headings_of_every_kind(learner: Learner, size: tuple[int, int]) -> None:
    """Headings in bold, and bold lines right above their text, are sections; none stands alone."""
    learner.learn("Alpha", answer=HEADED)
    async with studying(learner, size=size) as desk:
        await desk.press("n", "n")
        assert "Because of scale." in desk.page.reading.text
        assert "By gates." not in desk.page.reading.text
        assert await steps(desk) == 2


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_without_headings(learner: Learner, size: tuple[int, int]) -> None:
    """Groups of paragraphs take their place."""
    learner.learn("Alpha", answer=plain(8))
    async with studying(learner, size=size) as desk:
        await desk.press("n")
        assert "Paragraph 0." in desk.page.reading.text
        assert "Paragraph 7." not in desk.page.reading.text
        assert desk.buttons
        assert await steps(desk) >= 2


async def test_a_follow_up_with_an_answer_of_its_own(learner: Learner) -> None:
    """Its own answer comes in passages, too."""
    own = "\n\n".join(f"  {part}" for part in plain(8).split("\n\n"))
    learner.learn("Alpha", f"Why so?\n\n{own}")
    learner.begin().answer(Rating.GOOD, 0)
    async with studying(learner) as desk:
        assert "Why so?" in desk.card
        await desk.press("n")
        assert "Paragraph 7." not in desk.page.reading.text
        assert await steps(desk) >= 2


async def test_a_follow_up_that_shows_its_topics_answer(learner: Learner) -> None:
    """The first section is the one that fits it, at the top of the page; what stands before it is above."""
    answer = f"{PARAGRAPH * 2}\n\n## Memory\nIt grows.\n\n## Gates\nThe bias decides.\n\n## Cost\nTwice.\n"
    learner.learn("Alpha", "What does the bias of the gates decide?", answer=answer)
    learner.begin().answer(Rating.GOOD, 0)
    async with studying(learner, size=(60, 18)) as desk:
        await desk.press("n")
        assert "The bias decides." in desk.page.reading.text
        assert "Twice." not in desk.page.reading.text
        await desk.press("n")
        assert desk.page.reading.whole


async def test_a_prediction_card(learner: Learner) -> None:
    """Without predicting, n shows the answer as far as its block's section."""
    answer = (
        f"{plain(8)}\n\n## Measured\n```sim predict\nscale-explosion depth=10..80\n```\n\n## After\nMore.\n"
    )
    learner.learn("Alpha", answer=answer)
    learner.begin().answer(Rating.EASY, 0)
    learner.clock.forward(days=1)
    async with studying(learner) as desk:
        await desk.press("n")
        assert "Measured" in desk.page.reading.text
        assert "More." not in desk.page.reading.text
        await desk.press("n")
        assert desk.page.reading.whole
