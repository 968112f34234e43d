"""Where two versions of a text differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core import text_difference
from quizapp.core.text_difference import Side, difference, places_that_differ

LINES = st.lists(st.sampled_from(["", "a", "b b", "c d e", "c d f"]), max_size=12)


def told(first: str, second: str) -> list[str]:
    """Return a difference as text: the side, the line, what differs in brackets."""
    lines = difference(first.split("|"), second.split("|"))
    return [
        f"{line.side.value}{line.number} "
        + "".join(f"[{part.text}]" if part.differs else part.text for part in line.parts)
        for line in lines
    ]


def test_a_changed_word_is_marked_in_both_lines() -> None:
    """With the lines around them."""
    first = "one|two|three|What is a gap?|five|six|seven"
    second = "one|two|three|What is a leap?|five|six|seven"
    assert told(first, second) == [
        " 1 one", " 2 two", " 3 three", "-4 What is a [gap]?", "+4 What is a [leap]?", " 5 five", " 6 six", " 7 seven",
    ]  # fmt: skip


def test_what_is_far_from_a_change_is_left_out_and_counted() -> None:
    """At the beginning, between two changes, and at the end; never a single line."""
    first = "|".join("abcdefghijklmnop")
    second = first.replace("d", "D").replace("k", "K")
    assert told(first, second) == [
        " 1 a", " 2 b", " 3 c", "-4 [d]", "+4 [D]", " 5 e", " 6 f", "…2 ", " 9 i", " 10 j", "-11 [k]", "+11 [K]",
        " 12 l", " 13 m", "…3 ",
    ]  # fmt: skip


def test_lines_that_have_little_in_common_are_no_pair() -> None:
    """Nothing is gained by marking the blanks that they share."""
    assert told("a sky full of stars", "nets go deep, now") == [
        "-1 [a sky full of stars]",
        "+1 [nets go deep, now]",
    ]


def test_places_are_counted() -> None:
    """Neighbouring lines are one place."""
    assert places_that_differ(list("abcdef"), list("aXYdeZ")) == 2
    assert places_that_differ(list("abc"), list("abc")) == 0


def test_a_long_text_is_not_matched_line_by_line() -> None:
    """It takes the square of their number."""
    first = [f"old {number}" for number in range(text_difference._MOST_MATCHED + 1)]
    second = [f"new {number}" for number in range(text_difference._MOST_MATCHED + 1)]
    assert len(difference(["same", *first], ["same", *second])) == 2 * len(first) + 1


@given(LINES, LINES)
def test_both_versions_are_in_it(first: list[str], second: list[str]) -> None:
    """With all lines shown, each version can be read off."""
    lines = difference(first, second, context=None)
    assert [line.text for line in lines if line.side is not Side.SECOND] == first
    assert [line.text for line in lines if line.side is not Side.FIRST] == second
    counted = sum(line.number for line in difference(first, second) if line.side is Side.LEFT_OUT)
    near = sum(line.side is Side.BOTH for line in difference(first, second))
    assert counted + near == sum(line.side is Side.BOTH for line in lines)
