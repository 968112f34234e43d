"""The keys of a footer: which of them have room."""

from __future__ import annotations

from quizapp.tui.hints import HELP, Hint, fitting

ONE, TWO, LAST = Hint("a", "Learn", "a"), Hint("b", "Drill", "b"), Hint("c", "Leave", "c")
HELPING = Hint("?", HELP, "question_mark")


def test_the_first_keys_have_room_first() -> None:
    """In their order, and none is cut."""
    assert fitting([ONE, TWO, LAST], ONE.columns + TWO.columns) == [ONE, TWO]
    assert fitting([ONE, TWO, LAST], ONE.columns + TWO.columns - 1) == [ONE]


def test_help_is_always_among_them() -> None:
    """It takes the place of the last ones where the line is full; where all fit it stays where it stands."""
    assert fitting([ONE, TWO, HELPING, LAST], 100) == [ONE, TWO, HELPING, LAST]
    assert fitting([ONE, TWO, LAST, HELPING], ONE.columns + HELPING.columns) == [ONE, HELPING]
    assert fitting([ONE, TWO, HELPING], HELPING.columns) == [HELPING]
    assert fitting([ONE, HELPING], HELPING.columns - 1) == []
