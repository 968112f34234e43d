"""Moments as the clock on the learner's wall shows them; JSON keeps them in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo


def local_words(moment: str, zone: tzinfo | None) -> str:
    """Return an ISO moment such as `2026-12-01T00:20:32+00:00` as the day and the minute in a zone, or in the machine's."""
    return f"{datetime.fromisoformat(moment).astimezone(zone):%Y-%m-%d %H:%M}"


def due_words(due: str, zone: tzinfo | None) -> str:
    """Return when a card is due: a day stays as it is, a moment becomes local."""
    return local_words(due, zone) if "T" in due else due
