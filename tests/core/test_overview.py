"""Home's figures: the tree of decks, the daily limits, the time that is left."""

from __future__ import annotations

import pytest

from quizapp.core.overview import Counts, Overview, deck_tree, limited, pace


def shown(left: Counts, done: int = 0, done_seconds: float = 0.0) -> Overview:
    """Return a day with so much left and so much done."""
    return Overview(739_000, (), left, done, done_seconds, pace(done, done_seconds), streak=0, forecast=())


def test_a_deck_counts_what_lies_below_it() -> None:
    """Levels above a deck are shown though no card lies in them, with the sums."""
    waiting = {"a/b/c": Counts(1, 2, 3), "a/d": Counts(4, 5, 6)}
    rows = deck_tree(["a/b/c", "a/d", "e"], waiting, new_left=99, due_left=99)
    assert [(row.path, row.name, row.depth, row.has_children) for row in rows] == [
        ("a", "a", 0, True),
        ("a/b", "b", 1, True),
        ("a/b/c", "c", 2, False),
        ("a/d", "d", 1, False),
        ("e", "e", 0, False),
    ]
    assert [row.counts for row in rows] == [
        Counts(5, 7, 9),
        Counts(1, 2, 3),
        Counts(1, 2, 3),
        Counts(4, 5, 6),
        Counts(),
    ]


def test_a_deck_stands_before_what_begins_like_it() -> None:
    """`a/b` lies below `a`; `a-b` and `ab` are others."""
    rows = deck_tree(["a-b", "ab", "a/b"], {"a/b": Counts(1, 0, 0)}, new_left=9, due_left=9)
    assert [row.path for row in rows] == ["a", "a/b", "a-b", "ab"]
    assert [row.counts.new for row in rows] == [1, 1, 0, 0]


def test_the_limits_hold_on_every_line() -> None:
    """No deck shows more than may still be studied today; learning cards have no limit."""
    rows = deck_tree(["a/b"], {"a/b": Counts(50, 50, 50)}, new_left=3, due_left=7)
    assert {row.counts for row in rows} == {Counts(3, 50, 7)}


def test_a_limit_that_was_passed_leaves_nothing() -> None:
    """A learner who lowered a limit at noon has nothing left, not less than nothing."""
    assert limited(Counts(5, 5, 5), -2, -1) == Counts(0, 5, 0)


@pytest.mark.parametrize(
    ("left", "done", "seconds", "minutes"),
    [
        (Counts(), 10, 100.0, 0),
        (Counts(new=1), 0, 0.0, 1),
        (Counts(new=12), 0, 0.0, 5),
        (Counts(due=12), 10, 30.0, 3),
        (Counts(due=12), 10, 600.0, 8),
        (Counts(due=12), 190, 11_400.0, 12),
    ],
)
def test_the_time_left_follows_todays_pace(left: Counts, done: int, seconds: float, minutes: int) -> None:
    """The learner's own pace counts more with every answer; ten that were rushed do not set it; a rest takes a minute."""
    assert shown(left, done, seconds).minutes_left == minutes
