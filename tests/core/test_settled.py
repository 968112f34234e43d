"""Files that come to rest: written, replaced, moved, gone."""

from __future__ import annotations

import pytest

from quizapp.core.settled import Settled, settled

KNOWN = {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({"a": 1, "b": 1}, {"a": 1, "b": 1}, Settled((), ())),
        ({"a": 2, "b": 1}, {"a": 2, "b": 1}, Settled(("a",), ())),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, Settled((), ())),
        ({"a": 2, "b": 1}, {"a": 3, "b": 1}, Settled((), ())),
        ({"b": 1}, {"a": 2, "b": 1}, Settled((), ())),
        ({"a": 1, "b": 1}, {"b": 1}, Settled((), ())),
        ({"b": 1}, {"b": 1}, Settled((), ("a",))),
        ({"b": 1, "c": 5}, {"b": 1, "c": 5}, Settled(("c",), ("a",))),
        ({}, {}, Settled((), ("a", "b"))),
    ],
    ids=["same", "rest", "begun", "writing", "replaced", "missing once", "gone", "moved", "all gone"],
)
def test_two_looks_tell_what_has_come_to_rest(
    before: dict[str, int], now: dict[str, int], told: Settled
) -> None:
    """What is only at one of them is not told yet."""
    assert settled(KNOWN, before, now) == told


def test_what_could_not_be_looked_at_is_not_gone() -> None:
    """A folder without its rights, or a drive that is not there; its neighbours of a like name are."""
    known = {"/x/a": 1, "/xy/b": 1}
    assert settled(known, {}, {}, ["/x"]) == Settled((), ("/xy/b",))
    assert settled(known, {}, {}, ["/"]) == Settled((), ())
