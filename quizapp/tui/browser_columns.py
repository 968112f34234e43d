"""The columns of the browser: what each says of a card, how wide it is, which give way first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size

from quizapp.core.day import date_of
from quizapp.core.flag import flag_of
from quizapp.core.memory import Phase, retrievability
from quizapp.core.per_cent import per_cent
from quizapp.core.search.found_card import FoundCard
from quizapp.core.search.sorting import SortKey
from quizapp.services.trials import front_line
from quizapp.tui.one_line import one_line

LEAST_QUESTION, QUESTION_SHARE = 24, 0.45
"""The columns, and the share of all of them, that the question keeps before others are shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        text: What it says of a card on a study day.
        figures: Whether its text stands at the right.
    """

    key: SortKey
    title: str
    width: int
    text: Callable[[FoundCard, int], str]
    figures: bool = True


def due_words(row: FoundCard, day: int) -> str:
    """Return when a card comes, in few letters; for one that does not come, why."""
    state = row.card.state
    memory = state.memory
    if state.deleted:
        return "deleted"
    if state.suspended:
        return "suspended"
    if state.buried_until > day:
        return "buried"
    if memory.phase is Phase.NEW and (row.card.queue == "locked" or not state.not_before):
        return "locked" if row.card.queue == "locked" else "new"
    if memory.phase is Phase.NEW:
        return _in_days(state.not_before - day)
    if memory.phase is not Phase.REVIEW:
        return "learning"
    return _in_days(memory.due_day - day)


def _in_days(days: int) -> str:
    return "today" if days == 0 else f"in {days} d" if days > 0 else f"{-days} d ago"


def _interval(row: FoundCard, day: int) -> str:  # noqa: ARG001 - as every column
    memory = row.card.state.memory
    return f"{memory.due_day - memory.last_day} d" if memory.phase is Phase.REVIEW else ""


def _rated(say: Callable[[FoundCard, int], str]) -> Callable[[FoundCard, int], str]:
    """Return what says nothing of a card that was never reviewed."""
    return lambda row, day: say(row, day) if row.card.state.memory.reps else ""


def _deck(row: FoundCard, day: int) -> str:  # noqa: ARG001 - as every column
    return row.card.deck


def flag_sign(number: int) -> str:
    """Return a flag's shape and number; empty where there is none."""
    flag = flag_of(number)
    return f"{flag.shape}{flag.number}" if flag is not None else ""


COLUMNS: tuple[Column, ...] = (
    Column(SortKey.QUESTION, "question", 0, lambda row, _: front_line(row.card), figures=False),
    Column(SortKey.DECK, "deck", 18, _deck, figures=False),
    Column(SortKey.DUE, "due", 10, due_words),
    Column(SortKey.INTERVAL, "interval", 9, _interval),
    Column(
        SortKey.RECALL,
        "recall",
        7,
        _rated(lambda row, day: per_cent(retrievability(row.card.state.memory, day))),
    ),
    Column(
        SortKey.STABILITY, "stability", 10, _rated(lambda row, _: f"{row.card.state.memory.stability:.3g} d")
    ),
    Column(
        SortKey.DIFFICULTY, "difficulty", 11, _rated(lambda row, _: f"{row.card.state.memory.difficulty:.1f}")
    ),
    Column(SortKey.LAPSES, "lapses", 7, _rated(lambda row, _: str(row.card.state.memory.lapses))),
    Column(SortKey.REPS, "reps", 6, _rated(lambda row, _: str(row.card.state.memory.reps))),
    Column(SortKey.FLAG, "flag", 5, lambda row, _: flag_sign(row.card.state.flag)),
    Column(SortKey.LEVEL, "level", 6, lambda row, _: str(row.card.difficulty)),
    Column(
        SortKey.TAGS,
        "tags",
        20,
        lambda row, _: " ".join((*row.card.state.tags, *row.card.tags)),
        figures=False,
    ),
    Column(SortKey.ADDED, "added", 11, lambda row, _: f"{date_of(row.added_day):%Y-%m-%d}"),
)
_FIRST_TO_COME = (
    SortKey.DUE, SortKey.DECK, SortKey.INTERVAL, SortKey.RECALL, SortKey.LAPSES, SortKey.DIFFICULTY, SortKey.STABILITY,
    SortKey.REPS, SortKey.ADDED, SortKey.FLAG, SortKey.LEVEL, SortKey.TAGS,
)  # fmt: skip


def fitting_columns(
    room: int, sorted_by: SortKey, chosen: Sequence[SortKey] | None = None
) -> list[tuple[Column, int]]:
    """Return the columns that so many columns of the terminal hold, each with its width, in their order.

    The one that the cards are sorted by is among them, unless they stand as they came in; the question takes what the
    others leave.

    Args:
        chosen: Those that shall be shown, in their order, the first ones before others where room is short; None for
            those that say most.
    """
    by_key = {column.key: column for column in COLUMNS}
    first = [sorted_by] if sorted_by not in (SortKey.QUESTION, SortKey.ADDED) and sorted_by in by_key else []
    kept = max(LEAST_QUESTION, int(QUESTION_SHARE * room))
    shown, left = set[SortKey](), room - kept
    for key in dict.fromkeys((*first, *(_FIRST_TO_COME if chosen is None else chosen))):
        width = by_key[key].width + 1
        if width <= left:
            shown.add(key)
            left -= width
    order = [column.key for column in COLUMNS] if chosen is None else dict.fromkeys((*chosen, *first))
    return [
        (by_key[SortKey.QUESTION], kept + left),
        *((by_key[key], by_key[key].width + 1) for key in order if key in shown),
    ]


def cell(column: Column, text: str, width: int) -> str:
    """Return a text in a column's width, a blank before it."""
    room = max(1, width - 1)
    words = one_line(text, room)
    if column.key is SortKey.DECK and words.endswith(
        "…"
    ):  # the end of a deck's path tells more than its beginning
        words = "…" + text[-(room - 1) :]
    words = words.rjust(room) if column.figures else words
    return " " + set_cell_size(words, room)


def next_key(now: SortKey, step: int, chosen: Sequence[SortKey] | None = None) -> SortKey:
    """Return the column to sort by after another one, around the ends; the sorted one always comes into sight.

    Args:
        chosen: The columns besides the question; None for all.
    """
    keys = [column.key for column in COLUMNS] if chosen is None else [SortKey.QUESTION, *chosen]
    return keys[(keys.index(now) + step) % len(keys)] if now in keys else keys[0]
