"""Bounded patterns: they match what Python's regular expressions match, in a bounded number of steps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.bounded_pattern import LONGEST_TEXT, BoundedPattern, PatternError

PATTERNS = (
    "",
    "a",
    "abc",
    "a|b|",
    "a*b",
    "(ab)+",
    "(?:a|b)*c",
    "(?P<n>a)b?",
    "a{2}",
    "a{2,}b",
    "a{,2}b",
    "a{1,3}?b",
    "a{x",
    "[a-c]+",
    "[^a]b",
    "[]a]*",
    "[a-]+",
    r"[\d.]+",
    r"\d+\s*[ab]",
    r"\w+\W\w*",
    r"\S+",
    ".b.",
    "^a$",
    "a^b",
    r"\ba\b.*",
    r"a\Bb",
    r"\.\*",
    "(a*)*b",
    "(a|a)*",
    "((a?)b?)*c",
)
TEXTS = st.text(alphabet="abc1. -\nA]x{*", max_size=8)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS)
def test_it_matches_what_pythons_matches(pattern: str, text: str) -> None:
    """For every pattern that is taken, and every text; the end of a text is its very end."""
    wanted = re.compile(pattern.replace("$", r"\Z")).fullmatch(text) is not None
    assert BoundedPattern(pattern, matches_case=True).matches(text) is wanted


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if "[^" not in p])
@given(text=TEXTS)
def test_capitals_may_be_ignored(pattern: str, text: str) -> None:
    """As with Python's flag."""
    wanted = re.compile(pattern.replace("$", r"\Z"), re.IGNORECASE).fullmatch(text) is not None
    assert BoundedPattern(pattern, matches_case=False).matches(text) is wanted


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*b", "(a*)*b", "(.*.*.*)*b", "(a|a?)+b"])
def test_what_hangs_a_backtracking_matcher_is_soon_done(pattern: str) -> None:
    """Five hundred letters without the b that is wanted: Python's own matcher would not end within a life."""
    assert not BoundedPattern(pattern, matches_case=True).matches("a" * LONGEST_TEXT)
    assert BoundedPattern(pattern, matches_case=True).matches("a" * (LONGEST_TEXT - 1) + "b")


def test_an_endless_answer_matches_nothing() -> None:
    """The number of steps is bounded on this side, too."""
    assert not BoundedPattern("a*", matches_case=True).matches("a" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("pattern", "at"),
    [
        ("a(b", 1),
        ("ab)", 2),
        ("a[b", 1),
        ("*a", 0),
        ("a**", 1),
        ("a*+", 2),
        ("a\\", 1),
        (r"(a)\1", 3),
        (r"a\q", 1),
        ("(?=a)", 0),
        ("(?i)a", 0),
        ("[b-a]", 1),
        ("a{3,2}", 1),
        ("a{999}", 1),
        ("(a{200}){200}", 1),
        ("^*", 1),
        ("(" * 60 + ")" * 60, 41),
        ("a" * 401, 400),
    ],
)
def test_what_is_not_taken_is_told_with_its_place(pattern: str, at: int) -> None:
    """Malformed patterns, and those that only backtracking could match or that repeat too much."""
    with pytest.raises(PatternError) as raised:
        BoundedPattern(pattern, matches_case=True)
    assert raised.value.at == at
    assert str(raised.value)


@given(st.text(alphabet=r"ab()[]{}|*+?.^$\\d1,-P<>:=", max_size=14))
def test_any_pattern_is_read_or_refused(pattern: str) -> None:
    """Nothing else comes of it."""
    try:
        BoundedPattern(pattern, matches_case=False).matches("ab1")
    except PatternError as error:
        assert 0 <= error.at <= len(pattern)  # noqa: PT017 - either way is right
