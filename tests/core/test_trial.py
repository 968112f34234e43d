"""What a prediction card asks at each of its reviews."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.page import lay_out
from quizapp.core.topic import CardId, PredictionBlock
from quizapp.core.trial import escaped, trial, trial_markdown
from sims import catalogue
from sims.protocol import KnobError

SCALE = catalogue.get("scale-explosion")
BLOCK = PredictionBlock("scale-explosion", (("depth", "10..14"), ("c", "0,0.5")), 0.3)
CARD = CardId("t/predict-scale-explosion")


@given(st.text(min_size=1, max_size=20), st.integers(0, 50))
def test_the_same_review_asks_the_same(card: str, review: int) -> None:
    """Knobs and seed follow from the card's id and the number of the review alone, and the ranges hold them."""
    first, again = (trial(SCALE, BLOCK, CardId(card), review) for _ in range(2))
    assert (first.values, first.seed) == (again.values, again.seed)
    assert first.seed == review
    assert first.values["depth"] in range(10, 15)
    assert first.values["c"] in (0.0, 0.5)
    assert first.values["schemes"] == "all"


def test_a_review_never_asks_what_the_one_before_asked() -> None:
    """The next review has other knob values, and over many reviews every combination comes about as often."""
    asked = [tuple(trial(SCALE, BLOCK, CARD, review).values.items()) for review in range(400)]
    assert all(one != other for one, other in pairwise(asked))
    counts = Counter(asked)
    assert len(counts) == 10
    assert min(counts.values()) >= 20


def test_a_card_without_ranges_asks_the_same_with_another_seed() -> None:
    """One combination is all there is."""
    block = PredictionBlock("scale-explosion", (("depth", "20"),))
    one, other = (trial(SCALE, block, CARD, review) for review in (0, 7))
    assert one.values == other.values
    assert (one.seed, other.seed) == (0, 7)


def test_the_declared_tolerance_is_the_predictions() -> None:
    """It replaces that of the simulation, and without one the simulation's stays."""
    assert trial(SCALE, BLOCK, CARD, 0).prediction.tolerance == 0.3
    plain = PredictionBlock("scale-explosion", ())
    asked = SCALE.prediction(SCALE.knobs())
    assert trial(SCALE, plain, CARD, 0).prediction == asked


@pytest.mark.parametrize("settings", [(("depht", "10"),), (("depth", "0..5"),), (("c", "2,3"),)])
def test_a_block_that_cannot_be_asked_says_why(settings: tuple[tuple[str, str], ...]) -> None:
    """An unknown knob or a value out of range is an error of the knob's."""
    with pytest.raises(KnobError):
        trial(SCALE, PredictionBlock("scale-explosion", settings), CARD, 0)


def test_the_front_is_the_question_with_its_knobs() -> None:
    """The question names the depth drawn, and the line below it all knobs."""
    asked = trial(SCALE, BLOCK, CARD, 3)
    text = " ".join(line.text for line in lay_out(trial_markdown(asked), 200))
    assert f"after {asked.values['depth']} blocks" in text
    assert f"scale-explosion: schemes all · c {asked.values['c']:g} · depth {asked.values['depth']}" in text


@given(st.text(st.characters(codec="ascii", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_plain_words_stay_as_they_are(words: str) -> None:
    """No sign of a question means anything to Markdown."""
    assert "".join(line.text for line in lay_out(escaped(words), 400)) == words
