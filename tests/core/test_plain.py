"""Text from decks cannot act on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.plain import printable


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\r", "\x08", "\x00", "\x7f", "\u202e", "\u2066", "\u200f"],
)
def test_what_acts_is_made_visible(hostile: str) -> None:
    """Escape sequences, carriage returns and direction marks lose the character that acts."""
    shown = printable(f"a{hostile}b")
    assert "�" in shown
    assert not any(unicodedata.category(sign) == "Cc" for sign in shown)
    assert not set(hostile) & {"\x1b", "\x9b", "\r", "\u202e"} & set(shown)


def test_words_stay() -> None:
    """Letters, signs, tabs and line ends pass."""
    text = "∂L/∂x ≤ 1,\tÜber 日本 🙂\n- next"
    assert printable(text) == text


@given(st.text())
def test_making_printable_twice_is_once(text: str) -> None:
    """Nothing that acts is left, and no character is lost."""
    once = printable(text)
    assert printable(once) == once
    assert len(once) == len(text)
