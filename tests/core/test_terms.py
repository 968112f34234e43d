"""Terms: what is written in several ways is one term, and what differs stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.terms import terms


def keys(text: str) -> list[str]:
    """Return what the terms of a text are compared by."""
    return [term.key for term in terms(text)]


@pytest.mark.parametrize(
    "ways",
    [
        ("1/√L", "1/sqrt(L)", "1 / sqrt(l)", "1/√(L)"),
        ("√2", "sqrt(2)", "sqrt 2"),
        ("√(2 + 2c)", "sqrt(2+2c)"),
        ("3.4·10⁷", "3.4e7", "3.4*10^7", "3.4 × 10⁷", "3.4·10^7"),
        ("10⁷", "10^7"),
        ("69 632", "69,632", "69632"),
        ("16.94", "16.9"),
        ("1×1", "1x1", "1 x 1"),
        ("x₀", "x0"),
        ("C²", "C^2", "c^2"),
        ("2ⁿ", "2^n"),
        ("½", "1/2"),
        ("α", "alpha"),
        ("two", "2"),
        ("normalise", "normalize", "normalization", "normalisation"),
        ("layer", "layers", "layer's", "Layers"),
    ],
)
def test_ways_of_writing_one_term(ways: tuple[str, ...]) -> None:
    """Each of these is a single term, and it is the same one."""
    assert len({tuple(keys(way)) for way in ways}) == 1
    assert len(keys(ways[0])) == 1


@pytest.mark.parametrize(("one", "other"), [("10⁷", "107"), ("2⁵", "25"), ("1997", "1996"), ("√2", "2")])
def test_what_differs_stays_apart(one: str, other: str) -> None:
    """A power is not its digits, and a year is not a rounded number."""
    assert keys(one) != keys(other)


def test_terms_know_their_characters() -> None:
    """What is marked in a text is the term as it was typed."""
    text = "Scaling by 1/√L keeps it"
    assert [text[term.start : term.end] for term in terms(text)] == ["Scaling", "by", "1/√L", "keeps", "it"]


@given(st.text(max_size=60))
def test_any_text_has_terms_in_order(text: str) -> None:
    """Whatever was typed is read, from left to right, each character at most once."""
    ends = [0]
    for term in terms(text):
        assert ends[-1] <= term.start < term.end <= len(text)
        assert term.key
        ends.append(term.end)
