"""Cards and log entries as plain values for scripts."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.core.card import Card
from quizapp.core.day import date_of, moment_of
from quizapp.core.log import format_id
from quizapp.core.memory import Phase, retrievability
from quizapp.core.search.found_card import FoundCard
from quizapp.services.trials import front_line
from quizapp.services.workspace import Workspace
from quizapp.store import cards, entries


def listed_cards(workspace: Workspace) -> Iterator[dict[str, object]]:
    """Yield every card in the library."""
    day, _ = workspace.today()
    for card in cards.cards(workspace.database.read):
        yield listed(card, day)


def listed(card: Card, day: int) -> dict[str, object]:
    """Return one card's facts: `due` is a date in review, a UTC time in learning, null before.

    A prediction card's question is that of its next review.
    """
    memory = card.state.memory
    return {
        "id": card.id,
        "topic": card.topic_id,
        "deck": card.deck,
        "kind": card.kind.value,
        "difficulty": card.difficulty,
        "tags": list(card.tags),
        "state": "suspended" if card.state.suspended else memory.phase.value,
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
    "id", "topic", "deck", "kind", "difficulty", "tags", "state", "due", "stability", "memory_difficulty",
    "retrievability", "reps", "lapses", "queue", "title", "question", "source", "interval", "added", "flag", "own_tags",
)  # fmt: skip
"""What is said of a found card: all that `listed` says, and more."""


def listed_found(row: FoundCard, day: int) -> dict[str, object]:
    """Return a found card's facts; `interval` is in days, and null before the card is learnt."""
    memory = row.card.state.memory
    return listed(row.card, day) | {
        "interval": memory.due_day - memory.last_day if memory.phase is Phase.REVIEW else None,
        "added": date_of(row.added_day).isoformat(),
        "flag": row.card.state.flag,
        "own_tags": list(row.card.state.tags),
    }


def _due(card: Card) -> str | None:
    memory = card.state.memory
    match memory.phase:
        case Phase.NEW:
            return None
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
            "extra": dict(entry.extra),
        }
