"""What a session taught, in a few lines."""

from __future__ import annotations

import pytest

from quizapp.core.learned import Growth, Learned
from quizapp.core.learned_words import learned_lines, predicted_lines
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.session_so_far import SessionSoFarScreen
from tests.learner import Learner
from tests.tui.desk import studying


def text(learned: Learned, width: int = 74) -> str:
    """Return the lines as plain text."""
    return "\n".join(lead + words for lead, words in learned_lines(learned, width))


def test_each_line_says_what_it_is_about() -> None:
    """New cards, lapses, failures, strength, points; what there is none of has no line."""
    learned = Learned(
        new={"DenseNet": 3, "Fixup": 1},
        open={"ReZero": 1},
        grown=(Growth("DenseNet", 0.0, 0.803),),
        missed=(("DenseNet", "counts its links"),),
    )
    assert text(learned).splitlines() == [
        "Learned    4 new passed: DenseNet (3); Fixup",
        "Not yet    1 failed when last asked: ReZero",
        "Stronger   DenseNet 0 → 80 %",
        "Missed     counts its links (DenseNet)",
    ]
    assert text(Learned()) == ""


def test_a_long_session_still_fits() -> None:
    """Two lines for each, and how many more there are."""
    titles = {f"A topic with quite a long name {number}": 2 for number in range(40)}
    grown = tuple(Growth(title, 0.1, 0.9) for title in titles)
    lines = text(Learned(new=titles, back=titles, open=titles, grown=grown), 60).splitlines()
    assert len(lines) <= 9
    assert all(len(line) <= 60 for line in lines)
    assert "more" in lines[1]


def test_missed_predictions_are_named_once() -> None:
    """After the tally."""
    ((lead, words),) = predicted_lines(Learned(wrong=("a", "a", "b")), "3 predictions, 0 right", 70)
    assert lead + words == "Predicted  3 predictions, 0 right; missed: a; b"


def test_names_without_any_room_are_counted() -> None:
    """Nothing stands before an "and"."""
    lines = predicted_lines(Learned(wrong=("a-simulation-of-a-name " * 9,)), "2 predictions, 1 right", 41)
    assert " ".join(words for _, words in lines) == "2 predictions, 1 right; missed: 1 in all"


def test_a_title_cannot_act_on_the_terminal() -> None:
    """Control characters are shown as such."""
    assert "\x1b" not in text(Learned(new={"\x1b[31mred": 1}))


async def test_the_end_of_a_session_says_what_was_learned(learner: Learner) -> None:
    """Beside the table of ratings, at 80x24 without scrolling."""
    learner.learn("Alpha", "Why so?")
    async with studying(learner) as desk:
        await desk.press("space", "4", "space", "1")
        await desk.press("q", "q")
    learner.clock.forward(minutes=30)
    async with studying(learner) as desk:
        await desk.press("space", "4")
        assert "Came back" in desk.summary or "Learned" in desk.summary
        assert "Stronger" in desk.summary
        assert "q goes back" in "\n".join(desk.shown)


async def test_leaving_midway_says_what_was_learned_in_passing(learner: Learner) -> None:
    """Once a card was answered; any key goes on, and a peek or an answer taken back shows nothing."""
    learner.learn("Alpha", "Why so?", "And then?")
    async with studying(learner) as desk:
        await desk.press("space", "4", "q")
        assert desk.is_on(SessionSoFarScreen)
        words = "\n".join(desk.shown)
        assert "So far 1 card rated in 1 min, 100 % passed." in words
        assert "Learned" in words
        assert "2 follow-ups wait still; the place is kept." in words
        await desk.press("x")
        assert desk.is_on(HomeScreen)
        await desk.press("a", "escape")
        assert desk.is_on(HomeScreen)
        await desk.press("a", "space", "3", "u", "q")
        assert desk.is_on(HomeScreen)


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_what_was_learned_so_far_fits(learner: Learner, size: tuple[int, int]) -> None:
    """In the smallest terminal too, and it is drawn anew for another width."""
    learner.learn("A title of a topic that is quite long indeed", "Why so?", "And then?")
    async with studying(learner, size=size) as desk:
        await desk.press("space", "1", "escape")
        assert desk.is_on(SessionSoFarScreen)
        assert "any key Go on" in desk.footer
        await desk.resize(100, 30)
        await desk.press("down", "escape")
        assert desk.is_on(HomeScreen)
