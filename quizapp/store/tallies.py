"""The reviews of each study day, counted: those of days that are over once and for all, in the table tally."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizapp.core.log import id_range
from quizapp.core.statistics.scope import Scope
from quizapp.core.statistics.sorted_reviews import SortedReviews, joined, sorted_from_json
from quizapp.core.statistics.tally import Tally, age_in_learning, age_in_review, tally_from_json
from quizapp.core.statistics.tallying import Tallying
from quizapp.store.database import Execute, execute_in
from quizapp.store.scopes import condition, parameters

if TYPE_CHECKING:
    from sqlalchemy import Connection

HourOf = Callable[[int], int]
"""Give the hour of the learner's clock at a moment, in UTC milliseconds."""

_DAY_MS = 86_400_000
_EPOCH_DAY = 719_163
"""The study day of 1970-01-01."""

_QUARTER_MS = 900_000
"""All the clocks of the world agree with UTC on the quarters of an hour."""
_UNDONE = "SELECT target FROM log WHERE target IS NOT NULL"
_MOVED = "(kind = 'review' OR policy_id IS NOT NULL)"
_RATINGS = """
    SELECT id, day, at_ms, kind, rating, phase, elapsed_ms, card_id, policy_id IS NOT NULL FROM log
    WHERE id >= :low AND id < :high AND day BETWEEN :first AND :last
    AND kind IN ('review', 'drill', 'cram') AND rating IS NOT NULL
"""
_CARDS = "SELECT c.id, c.deck_id, t.tags, c.own_tags FROM card c JOIN topic t ON t.id = c.topic_id"
_PREVIOUS = f"""
    SELECT day FROM log WHERE card_id = :card AND id < :id AND kind IN ('review', 'drill', 'cram') AND {_MOVED}
    AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id) ORDER BY id DESC LIMIT 1
"""  # noqa: S608 - fixed text
_FIRST = (
    "SELECT day FROM log WHERE kind IN ('review', 'drill', 'cram') AND rating IS NOT NULL ORDER BY id LIMIT 1"
)
_MANY_DAYS = 20
"""For so many days every card is read at once, which costs less than one by one."""


class Counter:
    """Counts days in their order. It remembers the cards that it has met, so that a long log is read once."""

    def __init__(self, hour_of: HourOf) -> None:
        """Begin without any card."""
        self._hour_of = hour_of
        self._hours: dict[int, int] = {}
        self._cards: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._previous: dict[str, int] = {}

    def count(
        self, execute: Execute, first: int, last: int, scope: Scope | None = None
    ) -> dict[int, Tallying]:
        """Return what was counted of each study day from the first to the last that has ratings."""
        days: dict[int, Tallying] = defaultdict(Tallying)
        if not self._cards and last - first >= _MANY_DAYS:
            self._read_cards(execute(_CARDS, {}))
        undone = {target for (target,) in execute(_UNDONE, {})}
        cards, previous, hours = self._cards, self._previous, self._hours
        for identifier, day, at_ms, kind, rating, phase, elapsed_ms, card, moved in _ratings(
            execute, first, last, scope or Scope()
        ):
            if identifier in undone:
                continue
            if kind != "review":
                days[day].note(kind, rating)
                if not moved:
                    continue
            if phase == "review":
                before = previous.get(card)
                of_age = age_in_review(
                    day - (self._read_previous(execute, card, identifier) if before is None else before)
                )
            else:
                of_age = age_in_learning(phase)
            previous[card] = day
            deck, tags = cards.get(card) or self._read_card(execute, card)
            quarter = at_ms // _QUARTER_MS
            hour = hours.get(quarter)
            if hour is None:
                hour = hours[quarter] = self._hour_of(quarter * _QUARTER_MS)
            days[day].add(of_age, rating, elapsed_ms, hour, deck, tags)
        return days

    def _read_previous(self, execute: Execute, card: str, identifier: bytes) -> int:
        """Return the study day of the review before one; 0 for none."""
        rows = execute(_PREVIOUS, {"card": card, "id": identifier})
        return rows[0][0] if rows else 0

    def _read_card(self, execute: Execute, card: str) -> tuple[int, tuple[str, ...]]:
        self._read_cards(execute(_CARDS + " WHERE c.id = :card", {"card": card}))
        return self._cards[card]

    def _read_cards(self, rows: Sequence[Any]) -> None:
        """Take in the decks and tags of some cards."""
        self._cards.update({card: (deck, _all_tags(tags, own)) for card, deck, tags, own in rows})


def _ratings(execute: Execute, first: int, last: int, scope: Scope) -> Iterator[Sequence[Any]]:
    """Yield the ratings of some study days that were not taken back, in the log's order, a stretch at a time."""
    within = condition(scope)
    chosen = f" AND card_id IN (SELECT c.id FROM card c WHERE 1{within})" if within else ""  # noqa: S608 - fixed text
    low, end = _moment(first - 1), _moment(last + 3)
    while low < end:
        high = min(end, low + 30 * _DAY_MS)
        yield from execute(
            _RATINGS + chosen + " ORDER BY id",
            {"low": id_range(low)[0], "high": id_range(high)[0], "first": first, "last": last}
            | parameters(scope),
        )
        low = high


def _moment(day: int) -> int:
    """Return UTC midnight of a study day's date; the day itself lies within a day before and three days after."""
    return max(0, (day - _EPOCH_DAY) * _DAY_MS)


@lru_cache(maxsize=4096)
def _all_tags(tags: str, own_tags: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*json.loads(tags), *json.loads(own_tags))))


def first_day(execute: Execute) -> int:
    """Return the study day of the first rating, be it of a review, a drill or a cram; 0 when there is none."""
    rows = execute(_FIRST, {})
    return int(rows[0][0]) if rows else 0


def kept_to(execute: Execute, basis: str) -> int:
    """Return the last study day whose tally is kept; 0 for none."""
    ((day, other),) = execute("SELECT max(day), sum(basis <> :basis) FROM tally", {"basis": basis})
    return 0 if day is None or other else int(day)


def kept(execute: Execute, first: int, last: int) -> dict[int, Tally]:
    """Return the kept tallies of some study days; a day without ratings is left out."""
    rows = execute(
        "SELECT day, content FROM tally WHERE day BETWEEN :first AND :last AND content <> ''",
        {"first": first, "last": last},
    )
    return {day: tally_from_json(content) for day, content in rows}


def so_far(execute: Execute, day: int) -> SortedReviews:
    """Return the reviews of all days that are kept up to one, by hour, deck and tag."""
    rows = execute(
        "SELECT so_far FROM tally WHERE day <= :day AND so_far <> '' ORDER BY day DESC LIMIT 1", {"day": day}
    )
    return sorted_from_json(rows[0][0]) if rows else SortedReviews()


def keep(connection: Connection, first: int, last: int, counted: Mapping[int, Tallying], basis: str) -> None:
    """Write what was counted of some study days that are over, in place of what rests on something else.

    The reviews by hour, deck and tag are written as they have come together since the first day, so that those of
    any range are one subtraction.
    """
    connection.exec_driver_sql("DELETE FROM tally WHERE basis <> :basis", {"basis": basis})
    together = so_far(execute_in(connection), first - 1)
    for day in range(first, last + 1):
        content = sums = ""
        if day in counted:
            together = joined((together, counted[day].sorted_reviews))
            content, sums = counted[day].tally.to_json(), together.to_json()
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO tally (day, basis, content, so_far) VALUES (:day, :basis, :content, :sums)",
            {"day": day, "basis": basis, "content": content, "sums": sums},
        )
