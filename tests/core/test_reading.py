"""How far an answer is revealed, where a follow-up opens it, and which simulation it launches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizapp.core.card import Card
from quizapp.core.fold import CardState
from quizapp.core.reading import Reading, first_sim, opened_at
from quizapp.core.topic import CardId, CardKind, TopicId

ANSWER = """Residual networks add their input.

### Memory
Activations are kept for the backward pass, so memory grows with depth.

### Gradients
The shortcut carries gradients straight back through every layer.

```sim
vanishing-gradients depth=50
```
"""
CARD = Card(
    id=CardId("t/f"),
    topic_id=TopicId("t"),
    kind=CardKind.FOLLOW_UP,
    number=1,
    follow_ups=1,
    deck="d",
    title="T",
    difficulty=1,
    tags=(),
    question="How do gradients pass the shortcut through every layer?",
    own_answer="",
    topic_answer=ANSWER,
    cover="",
    source="",
    archived=False,
    queue="new",
    state=CardState(),
)


def test_nothing_is_shown_at_first() -> None:
    """The question stands alone."""
    reading = Reading(ANSWER)
    assert (reading.text, reading.revealed, reading.whole) == ("", False, False)
    assert reading.left == len(reading.parts) == 3


def test_sections_come_one_by_one() -> None:
    """Each step shows one section more, until all of the answer stands there, and then no more."""
    reading, texts = Reading(ANSWER), []
    while not reading.whole:
        reading = reading.further()
        texts.append(reading.text)
    assert [ANSWER.startswith(text) for text in texts] == [True] * 3
    assert texts[-1] == ANSWER
    assert reading.further() == reading
    assert reading.left == 0


def test_all_of_it_at_once() -> None:
    """The whole answer in one step."""
    assert Reading(ANSWER).all_of_it().text == ANSWER


def test_a_follow_up_opens_the_answer_where_it_fits() -> None:
    """Without an answer of its own it opens its topic's at the best section."""
    assert ANSWER.splitlines()[opened_at(CARD)] == "### Gradients"


def test_others_open_at_the_top() -> None:
    """A question, and a follow-up with its own answer, begin at the first line."""
    assert opened_at(replace(CARD, kind=CardKind.QUESTION)) == 0
    assert opened_at(replace(CARD, own_answer="Straight back.")) == 0


def test_a_card_has_its_own_answer_or_its_topics() -> None:
    """The back is the follow-up's own answer where it has one."""
    assert CARD.answer == ANSWER
    assert replace(CARD, own_answer="Straight back.").answer == "Straight back."


def test_the_simulation_of_the_own_answer_goes_first() -> None:
    """A follow-up launches what its own answer names, or else what its topic's does at the best place."""
    own = "```sim\nscale-explosion depth=9\n```\n"
    mine, topics = first_sim(replace(CARD, own_answer=own)), first_sim(CARD)
    assert mine is not None
    assert topics is not None
    assert (mine.simulation, mine.settings) == ("scale-explosion", (("depth", "9"),))
    assert topics.simulation == "vanishing-gradients"
    assert first_sim(replace(CARD, topic_answer="Nothing to run.")) is None


@pytest.mark.parametrize(
    "heading", ["## **Why:**\n\n", "## Why\n", "**Why:**\n\n", "Why\n---\n\n", "Why\n===\n"]
)
def test_a_heading_never_stands_alone(heading: str) -> None:
    """With whatever marks it is written, it brings the section below it along."""
    reading = Reading(f"Lead.\n\n{heading}### One\nWords.\n\n### Two\nMore.\n").further().further()
    assert reading.text.endswith("Words.\n\n")
    assert reading.left == 1


def test_a_bold_line_is_a_heading_also_right_above_its_text() -> None:
    """No blank line is needed below it; a lead within a sentence is none."""
    assert [part.title for part in Reading("**Why:**\nSo.\n\n**How**\nThus.\n\n**Not** here.").parts] == [
        "Why",
        "How",
    ]


def test_the_first_section_can_be_the_one_that_a_card_opens() -> None:
    """All before it is shown with it, and from there it goes on one by one."""
    reading = Reading(ANSWER).up_to(opened_at(CARD))
    assert reading.whole
    assert Reading(ANSWER).up_to(0).text == "Residual networks add their input.\n\n"
    assert Reading(ANSWER).up_to(2).left == 1
    assert Reading("").up_to(5).whole


def test_a_long_answer_without_headings_comes_in_passages() -> None:
    """Each step shows some paragraphs more."""
    reading = Reading("\n\n".join(["Words of some use. " * 10] * 9)).further()
    assert 1 < reading.text.count("\n\n") < 8
    assert reading.left > 1
