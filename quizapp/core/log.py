"""The review log's entries: the append-only truth that every memory state is folded from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from quizapp.core.memory import Rating
from quizapp.core.topic import CardId

EntryId = NewType("EntryId", bytes)
"""A UUIDv7 (RFC 9562): 48 bits of UTC milliseconds first, so that ids sort by time."""

REDONE = "redone"

_VERSION_BITS = 0x7 << 76
_VARIANT_BITS = 0x2 << 62
_TIME_SHIFT = 80


class EntryKind(StrEnum):
    """What happened to a card."""

    REVIEW = "review"
    DRILL = "drill"
    CRAM = "cram"
    UNDO = "undo"
    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    BURY = "bury"
    UNBURY = "unbury"
    RESET = "reset"
    SET_DUE = "set-due"
    FLAG = "flag"
    TAG = "tag"
    UNTAG = "untag"
    DELETE = "delete"
    RESTORE = "restore"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        at_ms: UTC milliseconds.
        day: The learner's study day at that time, so that replaying needs no time zone.
        phase: The phase that the card was in when it was reviewed; for statistics, the fold ignores it.
        elapsed_ms: From the question shown to the rating given, capped by the caller.
        policy_id: The rules in force, for a review. A rating of a drill or of a cram moves the schedule if it names them.
        target: The entry that an undo takes back.
        value: The study day that `set-due` sets, the number of a flag (0 for none).
        words: The tag that is set or taken away, the deck that a topic is moved to; with `set-due` the card's place before
            all that waits on its day, 1 the first, empty for the usual order.
        batch: The first of the entries that were made, and are taken back, as one; None for one by itself.
        extra: Further facts that no fold needs, such as the key points ticked; `REDONE` where it was taken back and done
            again, and then `at_ms` and `day` are those of the first time.
    """

    id: EntryId
    at_ms: int
    day: int
    device: str
    card_id: CardId
    kind: EntryKind
    rating: Rating | None = None
    phase: str = ""
    elapsed_ms: int = 0
    policy_id: str = ""
    target: EntryId | None = None
    value: int = 0
    words: str = ""
    batch: EntryId | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


def entry_id(at_ms: int, randomness: int, latest: EntryId | None) -> EntryId:
    """Return a new id for a moment, greater than `latest`, the greatest id of the same millisecond if there is one.

    Args:
        randomness: 74 random bits.
    """
    if latest is not None:
        return EntryId((_successor(int.from_bytes(latest))).to_bytes(16))
    high, low = randomness >> 62 & 0x7FF, randomness & (1 << 62) - 1
    value = at_ms << _TIME_SHIFT | _VERSION_BITS | high << 64 | _VARIANT_BITS | low
    return EntryId(value.to_bytes(16))


def id_range(at_ms: int) -> tuple[EntryId, EntryId]:
    """Return the lowest id of a millisecond and the lowest of the next one."""
    return (
        EntryId((at_ms << _TIME_SHIFT).to_bytes(16)),
        EntryId(((at_ms + 1) << _TIME_SHIFT).to_bytes(16)),
    )


def format_id(identifier: EntryId) -> str:
    """Return the usual dashed form of a UUID."""
    text = identifier.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _successor(value: int) -> int:
    """Return the next id: the 62 low random bits count up, and 12 bits above the variant take the carry."""
    low = (value & (1 << 62) - 1) + 1
    high = value >> 64
    if low >> 62:
        high, low = high + 1, 0
    return high << 64 | _VARIANT_BITS | low
