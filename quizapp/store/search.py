"""Cards found by a query: their numbers at once, and what stands in their rows a page at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence

from quizapp.core.search.found_card import FoundCard
from quizapp.core.search.moment import Moment
from quizapp.core.search.query import Query
from quizapp.core.search.sorting import Sorting, SortKey
from quizapp.core.topic import CardId
from quizapp.store import cards
from quizapp.store.database import Execute
from quizapp.store.search_sql import DUE_IN, INTERVAL, RECALL, numbers_of

_RATED_ONCE = "CASE WHEN c.reps > 0 THEN {} END"
_KEYS = {
    SortKey.QUESTION: "c.question COLLATE NOCASE",
    SortKey.DECK: "(SELECT path FROM deck WHERE deck.id = c.deck_id) COLLATE NOCASE",
    SortKey.STATE: "c.suspended * 10 + instr('new learning relearning review', c.phase)",
    SortKey.DUE: f"{DUE_IN}",
    SortKey.INTERVAL: f"nullif({INTERVAL}, 0)",
    SortKey.STABILITY: _RATED_ONCE.format("c.stability"),
    SortKey.DIFFICULTY: _RATED_ONCE.format("c.difficulty"),
    SortKey.RECALL: RECALL,
    SortKey.REPS: "c.reps",
    SortKey.LAPSES: "c.lapses",
    SortKey.LEVEL: "(SELECT difficulty FROM topic WHERE topic.id = c.topic_id)",
    SortKey.FLAG: "nullif(c.flag, 0)",
    SortKey.TAGS: "nullif((SELECT tags FROM topic WHERE topic.id = c.topic_id), '[]') COLLATE NOCASE",
}


_CARDS = "SELECT c.number FROM card c WHERE c.number IN ({found})"
# Without a limit SQLite would be free to forget the order.
_AS_TEXT = "WITH n(number) AS ({ordered} LIMIT -1) SELECT json_group_array(number) FROM n"


def numbers(execute: Execute, query: Query, moment: Moment, sorting: Sorting) -> list[int]:
    """Return the numbers of the cards that a query means, in an order.

    They come as one text: a row of SQLite's for each would take three times as long.
    """
    found = numbers_of(execute, query, moment)
    order = "DESC" if sorting.descending else "ASC"
    if sorting.key is SortKey.ADDED:
        ordered = f"{found.statement} ORDER BY {found.number} {order}"
    else:
        # Cards that were found by their own columns are sorted in the same pass.
        cards = found.statement if found.reads_cards else _CARDS.format(found=found.statement)
        ordered = f"{cards} ORDER BY ({_KEYS[sorting.key]}) {order} NULLS LAST, c.number"
    ((text,),) = execute(_AS_TEXT.format(ordered=ordered), found.parameters)
    return list(json.loads(text))


def count(execute: Execute, query: Query, moment: Moment) -> int:
    """Return how many cards a query means."""
    found = numbers_of(execute, query, moment)
    return int(execute(f"SELECT count(*) FROM ({found.statement})", found.parameters)[0][0])  # noqa: S608 - fixed text


def rows(execute: Execute, wanted: Sequence[int]) -> list[FoundCard]:
    """Return the cards of these numbers, in their order; one that has gone meanwhile is left out."""
    found = {row.number: row for row in (FoundCard(*each) for each in cards.numbered(execute, wanted))}
    return [found[number] for number in wanted if number in found]


def ids(execute: Execute, wanted: Sequence[int]) -> list[CardId]:
    """Return the ids of the cards of these numbers, in their order."""
    found = dict(
        execute(
            "SELECT number, id FROM card WHERE number IN (SELECT value FROM json_each(:numbers))",
            {"numbers": json.dumps(wanted)},
        )
    )
    return [CardId(found[number]) for number in wanted if number in found]
