"""Cards and log entries as plain values for scripts."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.core.card import Card
from quizapp.core.day import date_of, moment_of
from quizapp.core.flag import flag_of
from quizapp.core.leech import is_leech
from quizapp.core.log import Entry, EntryKind, format_id
from quizapp.core.memory import Phase, retrievability
from quizapp.core.search.found_card import FoundCard
from quizapp.services.trials import front_line
from quizapp.services.workspace import Workspace
from quizapp.store import cards, entries


def listed_cards(workspace: Workspace) -> Iterator[dict[str, object]]:
    """Yield every card in the library, deleted ones left out."""
    day, _ = workspace.today()
    for card in cards.cards(workspace.database.read):
        yield listed(card, day, workspace.settings.leech_lapses)


def listed_deleted(workspace: Workspace) -> Iterator[dict[str, object]]:
    """Yield every card that the learner deleted and that can be restored."""
    day, _ = workspace.today()
    for card in cards.deleted(workspace.database.read):
        yield listed(card, day, workspace.settings.leech_lapses)


def listed(card: Card, day: int, leech_lapses: int) -> dict[str, object]:
    """Return one card's facts: `due` is a date in review, a UTC time in learning, null before, or the
    date that was set for a new card.

    A prediction card's question is that of its next review. `tags` are those of the topic's file, `own_tags` the
    learner's. `state` is the first that holds of deleted, suspended and the phase of its memory.
    """
    memory = card.state.memory
    flag = flag_of(card.state.flag)
    return {
        "id": card.id,
        "topic": card.topic_id,
        "deck": card.deck,
        "kind": card.kind.value,
        "difficulty": card.difficulty,
        "tags": list(card.tags),
        "own_tags": list(card.own_tags),
        "flag": flag.name if flag else None,
        "leech": is_leech(memory.lapses, leech_lapses),
        "state": _state(card),
        "buried": card.state.buried_until > day,
        "due": _due(card),
        "stability": round(memory.stability, 6) if memory.reps else None,
        "memory_difficulty": round(memory.difficulty, 6) if memory.reps else None,
        "retrievability": round(retrievability(memory, day), 6) if memory.reps else None,
        "reps": memory.reps,
        "lapses": memory.lapses,
        "queue": card.queue,
        "title": card.title,
        "question": front_line(card),
        "source": card.source,
    }


FOUND_COLUMNS = (
    "id", "topic", "deck", "kind", "difficulty", "tags", "own_tags", "flag", "leech", "state", "buried", "due",
    "stability", "memory_difficulty", "retrievability", "reps", "lapses", "queue", "title", "question", "source",
    "interval", "added",
)  # fmt: skip
"""What is said of a found card: all that `listed` says, and more."""


def listed_found(row: FoundCard, day: int, leech_lapses: int) -> dict[str, object]:
    """Return a found card's facts; `interval` is in days, and null before the card is learnt."""
    memory = row.card.state.memory
    return listed(row.card, day, leech_lapses) | {
        "interval": memory.due_day - memory.last_day if memory.phase is Phase.REVIEW else None,
        "added": date_of(row.added_day).isoformat(),
    }


def _state(card: Card) -> str:
    if card.state.deleted:
        return "deleted"
    return "suspended" if card.state.suspended else card.state.memory.phase.value


def _due(card: Card) -> str | None:
    memory = card.state.memory
    match memory.phase:
        case Phase.NEW:
            return date_of(card.state.not_before).isoformat() if card.state.not_before else None
        case Phase.REVIEW:
            return date_of(memory.due_day).isoformat()
        case _:
            return moment_of(memory.due_at).isoformat()


def listed_entries(workspace: Workspace) -> Iterator[dict[str, object]]:
    """Yield every entry of the review log, the oldest first."""
    for entry in entries.everything(workspace.database.read):
        yield {
            "id": format_id(entry.id),
            "at": moment_of(entry.at_ms).isoformat(),
            "day": date_of(entry.day).isoformat(),
            "device": entry.device,
            "card": entry.card_id,
            "kind": entry.kind.value,
            "rating": entry.rating.name.lower() if entry.rating else None,
            "phase": entry.phase or None,
            "elapsed_ms": entry.elapsed_ms,
            "policy": entry.policy_id or None,
            "target": format_id(entry.target) if entry.target else None,
            "value": _value(entry),
            "words": entry.words or None,
            "batch": format_id(entry.batch) if entry.batch else None,
            "extra": dict(entry.extra),
        }


def _value(entry: Entry) -> str | int | None:
    """Return what an entry sets, in words: a date, the name of a flag."""
    match entry.kind:
        case EntryKind.SET_DUE:
            return date_of(entry.value).isoformat()
        case EntryKind.FLAG:
            flag = flag_of(entry.value)
            return flag.name if flag else "none"
        case _:
            return None
