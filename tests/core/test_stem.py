"""Stems: the pairs of the published algorithm's own description and sample vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.stem import stem

PAIRS = {
    "consign": "consign",
    "consigned": "consign",
    "consigning": "consign",
    "consignment": "consign",
    "consistency": "consist",
    "consisted": "consist",
    "consolation": "consol",
    "consolingly": "consol",
    "conspicuously": "conspicu",
    "conspiracy": "conspiraci",
    "constancy": "constanc",
    "knightly": "knight",
    "knaves": "knave",
    "knitting": "knit",
    "knocked": "knock",
    "knots": "knot",
    "gas": "gas",
    "this": "this",
    "gaps": "gap",
    "kiwis": "kiwi",
    "ties": "tie",
    "cries": "cri",
    "caresses": "caress",
    "luxuriated": "luxuri",
    "hopping": "hop",
    "hoping": "hope",
    "agreed": "agre",
    "feed": "feed",
    "cry": "cri",
    "by": "by",
    "say": "say",
    "generate": "generat",
    "generates": "generat",
    "generic": "generic",
    "generously": "generous",
    "communication": "communic",
    "arsenal": "arsenal",
    "relational": "relat",
    "conditional": "condit",
    "rational": "ration",
    "dying": "die",
    "skies": "sky",
    "news": "news",
    "succeeded": "succeed",
    "exceeds": "exceed",
    "hopefulness": "hope",
    "sensitivity": "sensit",
    "possibly": "possibl",
    "analogously": "analog",
    "controlling": "control",
    "beautiful": "beauti",
    "youth": "youth",
    "boyish": "boyish",
    "dog's": "dog",
}


@pytest.mark.parametrize(("word", "expected"), PAIRS.items())
def test_known_pairs(word: str, expected: str) -> None:
    """Words and stems as the algorithm's authors give them, or as its rules say step by step."""
    assert stem(word) == expected


@pytest.mark.parametrize(
    "family",
    [
        ("scale", "scales", "scaled", "scaling"),
        ("normalise", "normalised", "normalising"),
        ("normalize", "normalization", "normalized", "normalizer"),
        ("initialize", "initialization", "initialized"),
        ("connect", "connection", "connections", "connected"),
        ("residual", "residuals", "residually"),
        ("multiply", "multiplies", "multiplied"),
        ("grow", "grows", "growing"),
        ("add", "adds", "added", "adding"),
    ],
)
def test_forms_of_a_word_are_one(family: tuple[str, ...]) -> None:
    """The forms in which learners write a term have one stem."""
    assert len({stem(word) for word in family}) == 1


def test_other_alphabets_stay() -> None:
    """No ending is cut from a word that is not English."""
    assert stem("größes") == "größes"
    assert stem("α") == "α"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=14))
def test_a_stem_is_never_longer_by_more_than_an_e(word: str) -> None:
    """Whatever the letters are, something comes back; only an e that was lost is put back."""
    assert len(stem(word)) <= len(word) + 1
