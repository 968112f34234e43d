"""The review log, read back in order; nothing is ever changed in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizapp.core.log import REDONE, Entry, EntryId, EntryKind
from quizapp.core.memory import Rating
from quizapp.core.policy import Policy, policy_from_json
from quizapp.core.topic import CardId, TopicId
from quizapp.store.database import Execute
from quizapp.store.many import in_chunks

_COLUMNS = "id, at_ms, day, device, card_id, kind, rating, phase, elapsed_ms, policy_id, target, extra, value, words, batch"
_LOWEST, _HIGHEST = EntryId(b""), EntryId(b"\xff" * 16)
_NOT_UNDONE = "NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id)"


def of_topic(execute: Execute, topic: TopicId) -> list[Entry]:
    """Return every entry of a topic's cards, in the log's order."""
    rows = execute(
        f"SELECT {_COLUMNS} FROM log WHERE card_id IN (SELECT id FROM card WHERE topic_id = :topic) ORDER BY id",  # noqa: S608 - fixed column names
        {"topic": topic},
    )
    return [_entry(row) for row in rows]


def of_cards(execute: Execute, cards: Sequence[CardId]) -> dict[CardId, list[Entry]]:
    """Return every entry of these cards, undone ones included, by card."""
    return _by_card(execute, cards, "")


def marks_of_cards(execute: Execute, cards: Sequence[CardId]) -> dict[CardId, list[Entry]]:
    """Return every entry of these cards that is no rating, undone ones included, by card."""
    return _by_card(execute, cards, "kind NOT IN ('review', 'drill', 'cram') AND ")


def _by_card(execute: Execute, cards: Sequence[CardId], narrowed: str) -> dict[CardId, list[Entry]]:
    statement = f"SELECT {_COLUMNS} FROM log WHERE {narrowed}card_id IN ({{chosen}}) ORDER BY id"  # noqa: S608 - fixed text
    found: dict[CardId, list[Entry]] = {card: [] for card in cards}
    for rows in in_chunks(execute, statement, cards):
        for row in rows:
            found[row[4]].append(_entry(row))
    return found


def counts_before(execute: Execute, cards: Sequence[CardId], before: EntryId) -> dict[CardId, int]:
    """Return how many entries each of these cards has before an id, undone ones and undos included."""
    statement = """SELECT card_id, count(*) FROM log
        WHERE card_id IN (SELECT value FROM json_each(:cards)) AND id < :before GROUP BY card_id"""
    found = dict(execute(statement, {"cards": json.dumps(cards), "before": before}))
    return {card: found.get(card, 0) for card in cards}


def with_later(execute: Execute, cards: Sequence[CardId], first: EntryId) -> set[CardId]:
    """Return those of the cards that have an entry from an id on which still holds, or whose undo took back an older one."""
    statement = f"""SELECT DISTINCT card_id FROM log
        WHERE card_id IN (SELECT value FROM json_each(:cards)) AND id >= :first
        AND (kind <> 'undo' AND {_NOT_UNDONE} OR kind = 'undo' AND target < :first)"""  # noqa: S608 - fixed text
    return {row[0] for row in execute(statement, {"cards": json.dumps(cards), "first": first})}


def of_batch(execute: Execute, latest: Entry) -> list[Entry]:
    """Return the entries that were made as one with this one, which is the last of them; undone ones left out."""
    if latest.batch is None:
        return [latest]
    rows = execute(
        f"SELECT {_COLUMNS} FROM log"  # noqa: S608 - fixed text
        f" WHERE id >= :batch AND id <= :latest AND batch = :batch AND kind <> 'undo' AND {_NOT_UNDONE} ORDER BY id",
        {"batch": latest.batch, "latest": latest.id},
    )
    return [_entry(row) for row in rows]


def of_card(execute: Execute, card: CardId) -> list[Entry]:
    """Return every entry of one card, in the log's order, undone ones left out."""
    rows = execute(
        f"SELECT {_COLUMNS} FROM log WHERE card_id = :card AND kind <> 'undo' AND {_NOT_UNDONE} ORDER BY id",  # noqa: S608 - fixed text
        {"card": card},
    )
    return [_entry(row) for row in rows]


def everything(execute: Execute, page: int = 2000) -> Iterator[Entry]:
    """Yield the whole log in order, a page at a time."""
    after = b""
    statement = f"SELECT {_COLUMNS} FROM log WHERE id > :after ORDER BY id LIMIT :page"  # noqa: S608 - fixed column names
    while rows := execute(statement, {"after": after, "page": page}):
        yield from map(_entry, rows)
        after = rows[-1][0]


def newest(execute: Execute, low: EntryId = _LOWEST, high: EntryId = _HIGHEST) -> EntryId | None:
    """Return the greatest id of the log from `low` on and below `high`; None when there is none."""
    ((found,),) = execute(
        "SELECT max(id) FROM log WHERE id >= :low AND id < :high", {"low": low, "high": high}
    )
    return EntryId(found) if found is not None else None


def latest_undoable(execute: Execute, before: Entry | None = None) -> Entry | None:
    """Return the latest entry that is neither an undo nor undone.

    Args:
        before: Only entries before this one, which begins its batch, are looked at.
    """
    earlier = "id < :before AND " if before is not None else ""
    rows = execute(
        f"SELECT {_COLUMNS} FROM log WHERE {earlier}kind <> 'undo' AND {_NOT_UNDONE} ORDER BY id DESC LIMIT 1",  # noqa: S608 - fixed text
        {"before": before.id} if before is not None else {},
    )
    return _entry(rows[0]) if rows else None


def last_rating(execute: Execute, card: CardId) -> EntryId | None:
    """Return a card's latest rating in study, or its latest reset; None where it has none that still holds."""
    rows = execute(
        f"SELECT id FROM log WHERE card_id = :card AND kind IN ('review', 'cram', 'reset') AND {_NOT_UNDONE}"  # noqa: S608 - fixed text
        " ORDER BY id DESC LIMIT 1",
        {"card": card},
    )
    return EntryId(rows[0][0]) if rows else None


def redoable(execute: Execute) -> list[Entry]:
    """Return the entries that the latest undo took back, but for those that were done again since.

    Anything else that was done after it leaves nothing to be done again.
    """
    below, done_again = _HIGHEST, 0
    while rows := execute(
        "SELECT id, coalesce(batch, id), kind, extra FROM log WHERE id < :below ORDER BY id DESC LIMIT 1",
        {"below": below},
    ):
        ((last, first, kind, extra),) = rows
        if kind == EntryKind.UNDO:
            if not done_again:
                return _taken_back(execute, first, last)
            done_again -= 1
        elif REDONE in json.loads(extra):
            done_again += 1
        else:
            return []
        below = first
    return []


def _taken_back(execute: Execute, first: bytes, last: bytes) -> list[Entry]:
    """Return what the undos between two ids took back."""
    targets = "SELECT target FROM log WHERE id BETWEEN :first AND :last"
    rows = execute(
        f"SELECT {_COLUMNS} FROM log WHERE id IN ({targets}) ORDER BY id",  # noqa: S608 - fixed text
        {"first": first, "last": last},
    )
    return [_entry(row) for row in rows]


def reviews_since(
    execute: Execute, day: int, at_ms: int, kind: EntryKind = EntryKind.REVIEW
) -> Sequence[Any]:
    """Return (deck, phase, rating, count, elapsed_ms) of the reviews of a study day given since a moment.

    Args:
        kind: Which entries count as reviews.
    """
    return execute(
        f"""SELECT deck.path, log.phase, log.rating, count(*), sum(log.elapsed_ms)
            FROM log JOIN card ON card.id = log.card_id JOIN deck ON deck.id = card.deck_id
            WHERE log.day >= :day AND log.at_ms >= :at_ms AND log.kind = '{kind.value}' AND {_NOT_UNDONE}
            GROUP BY deck.path, log.phase, log.rating ORDER BY deck.path""",  # noqa: S608 - fixed text
        {"day": day, "at_ms": at_ms},
    )


def policies(execute: Execute) -> Mapping[str, Policy]:
    """Return every policy that the log names, by id."""
    return {
        identifier: policy_from_json(rules)
        for identifier, rules in execute("SELECT id, rules FROM policy", {})
    }


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(
        id=EntryId(row[0]),
        at_ms=row[1],
        day=row[2],
        device=row[3],
        card_id=CardId(row[4]),
        kind=EntryKind(row[5]),
        rating=Rating(row[6]) if row[6] is not None else None,
        phase=row[7],
        elapsed_ms=row[8],
        policy_id=row[9] or "",
        target=EntryId(row[10]) if row[10] is not None else None,
        extra=json.loads(row[11]) if row[11] != "{}" else {},
        value=row[12],
        words=row[13],
        batch=EntryId(row[14]) if row[14] is not None else None,
    )
