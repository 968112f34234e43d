"""The bundled cards that expect an answer: every kind is there, and what they take for right is right."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import cards
from quizapp.core.cloze import blanks
from quizapp.core.deck_expect import expectation_in
from quizapp.core.deck_parser import parse_topics
from quizapp.core.expectation import Choice, Cloze, Exact, Expectation, Number, Pattern
from quizapp.core.grade import grade
from quizapp.core.memory import Rating
from quizapp.core.synonyms import synonyms_in

ROOT = Path(cards.__file__).parent
TOPICS = [
    topic
    for _, topic in parse_topics(
        (path.as_posix(), path.read_text("utf-8"), "deck") for path in sorted(ROOT.rglob("*.md"))
    ).topics
]


def expected() -> dict[str, Expectation]:
    """Return what bundled questions and follow-ups expect, by their words."""
    prompts = [(topic.question, topic.answer) for topic in TOPICS]
    prompts += [(one.question, one.answer) for topic in TOPICS for one in topic.follow_ups]
    found = {
        question: Cloze(gaps) if (gaps := blanks(question)) else expectation_in(answer)
        for question, answer in prompts
    }
    return {question: one for question, one in found.items() if one is not None}


EXPECTED = expected()


def of(beginning: str) -> Expectation:
    """Return what the question of this beginning expects."""
    (found,) = [one for question, one in EXPECTED.items() if question.startswith(beginning)]
    return found


def test_every_kind_is_met() -> None:
    """A newcomer meets each of them."""
    assert {type(one) for one in EXPECTED.values()} == {Exact, Pattern, Number, Choice, Cloze}


@pytest.mark.parametrize("question", EXPECTED)
def test_what_a_card_shows_as_right_is_right(question: str) -> None:
    """Typing the answer that stands on the back earns Good at least."""
    one = EXPECTED[question]
    match one:
        case Exact():
            text = one.answers[-1]
        case Pattern():
            text = one.examples[0]
        case Number():
            text = one.text
        case Choice():
            text = "\n".join(one.right)
        case Cloze():
            text = "\n".join(blank.answer for blank in one.blanks)
    assert grade(one, text).rating >= Rating.GOOD


def test_figures_are_computed_ones() -> None:
    """Links of dense blocks, saved inputs in bytes, the correlation that keeps the size, and the streams' RMS."""
    links = [layers * (layers + 1) // 2 for layers in (6, 12, 24)]
    assert grade(of("How many links"), ", ".join(map(str, links))).rating is Rating.GOOD
    saved = 64 * 4 * sum(24 + 12 * (layer - 1) for layer in range(1, 33))
    assert grade(of("Dense layers of growth"), f"{saved} B").sentence == "Right: 1680 KiB"
    (correlation,) = [c / 10 for c in range(-10, 11) if math.isclose(math.sqrt(2 + 2 * c / 10), 1)]
    assert grade(of("At which correlation"), str(correlation)).rating is Rating.GOOD
    gaps = of("With pre-norm every branch")
    assert isinstance(gaps, Cloze)
    assert math.isclose(math.sqrt(1 + 96 * (1 / 96)), math.sqrt(2))
    assert [blank.answer for blank in gaps.blanks] == ["variance", "√(1+L)", "√2"]


def test_some_topics_declare_synonyms() -> None:
    """With words that their key points use."""
    assert sum(bool(synonyms_in(topic.metadata).groups) for topic in TOPICS) >= 2
