"""What a session taught, in a few lines: each begins with one word that says what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from quizapp.core.learned import Growth, Learned
from quizapp.core.plain import printable
from quizapp.core.wrapped import wrapped

_LEAD = 11
_MOST_LINES = 2
_LEAST_TEXT = 30

Line = tuple[str, str]
"""What the line is about, blanks where it goes on with the line before, and its text."""


def learned_lines(learned: Learned, width: int) -> list[Line]:
    """Return what was learned, what came back, what still fails, what grew, and which points are missed."""
    parts = (
        ("Learned", "new passed", _counts(learned.new)),
        ("Came back", "from a lapse", _counts(learned.back)),
        ("Not yet", "failed when last asked", _counts(learned.open)),
        ("Stronger", "", [_growth(one) for one in learned.grown]),
        ("Missed", "", [f"{point} ({topic})" for topic, point in learned.missed]),
    )
    totals = {
        "Learned": sum(learned.new.values()),
        "Came back": sum(learned.back.values()),
        "Not yet": sum(learned.open.values()),
    }
    lines: list[Line] = []
    for lead, words, items in parts:
        if items:
            before = f"{totals[lead]} {words}: " if words else ""
            lines += _lines(lead, before, items, width)
    return lines


def predicted_lines(learned: Learned, tally: str, width: int) -> list[Line]:
    """Return how the predictions did, the missed simulations by name."""
    missed = list(dict.fromkeys(learned.wrong))
    text = tally + ("" if not missed else "; missed: ")
    return list(_lines("Predicted", text, missed, width))


def _counts(topics: Mapping[str, int]) -> list[str]:
    return [title if count == 1 else f"{title} ({count})" for title, count in topics.items()]


def _growth(one: Growth) -> str:
    return f"{one.topic} {100 * one.before:.0f} → {100 * one.after:.0f} %"


def _lines(lead: str, before: str, items: Sequence[str], width: int) -> Iterable[Line]:
    """Return as many items as have room in a few lines, and how many more there are."""
    room = max(_LEAST_TEXT, width - _LEAD)
    for shown in range(len(items), -1, -1):
        more = len(items) - shown
        rest = [f"and {more} more" if shown else f"{more} in all"] if more else []
        text = printable(before + "; ".join([*items[:shown], *rest])).replace("\n", " ")
        kept = wrapped(text, room) or [""]
        if len(kept) <= _MOST_LINES or shown == 0:
            break
    for number, line in enumerate(kept[:_MOST_LINES]):
        yield f"{'' if number else lead:{_LEAD}}", line
