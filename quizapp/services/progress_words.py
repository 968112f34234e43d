"""How a session stands, in sentences for a screen and for plain lines alike."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from quizapp.config import Settings, enclosing
from quizapp.core.calibration import tally_words
from quizapp.core.learned_words import Line, learned_lines, predicted_lines
from quizapp.core.memory import Rating
from quizapp.core.per_cent import per_cent

if TYPE_CHECKING:
    from quizapp.services.progress import Progress


def done_words(stands: Progress) -> str:
    """Return how many ratings were given, and how long that took."""
    minutes = max(1, round(sum(tally.seconds for tally in stands.tallies) / 60))
    cards = "1 card" if stands.done == 1 else f"{stands.done} cards"
    return f"{cards} rated in {minutes} min"


def so_far_words(stands: Progress) -> str:
    """Return what was done by now, and how much of it passed."""
    failed = sum(tally.ratings.get(Rating.AGAIN, 0) for tally in stands.tallies)
    return f"So far {done_words(stands)}, {per_cent(1 - failed / stands.done)} passed." if stands.done else ""


def left_words(stands: Progress) -> str:
    """Return what waits still when a session is left midway."""
    counted = ((stands.left.total, "card"), (stands.beside, "follow-up"))
    waiting = " and ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counted if count)
    waits = "waits" if stands.left.total + stands.beside == 1 else "wait"
    return f"{waiting} {waits} still; the place is kept." if waiting else "The place is kept."


def withheld_words(stands: Progress) -> str:
    """Return what today's limits keep back, as a sentence; empty for nothing."""
    kept = ((stands.withheld.new, "new card"), (stands.withheld.due, "review"))
    words = " and ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in kept if count > 0)
    return f"Today's limits keep back {words}." if words else ""


def limit_words(stands: Progress, settings: Settings, deck: str) -> str:
    """Return what today's limits keep back, and the command that sets the nearest limit; empty for nothing."""
    withheld = withheld_words(stands)
    if not withheld:
        return ""
    name = "new_per_day" if stands.withheld.new > 0 else "reviews_per_day"
    limited = [path for path in enclosing(deck) if getattr(settings.decks.get(path), name, None) is not None]
    where = f" --deck {shlex.quote(limited[-1])}" if limited else ""
    kind = "new ones" if name == "new_per_day" else "reviews"
    return f"{withheld} `quizapp config set{where} {name} N` sets how many {kind} come."


def taught_lines(stands: Progress, width: int) -> list[Line]:
    """Return what was learned and how the predictions did; nothing in it can act on a terminal."""
    lines = learned_lines(stands.learned, width) if stands.done else []
    if stands.predicted.count:
        lines += predicted_lines(stands.learned, tally_words(stands.predicted), width)
    return lines
