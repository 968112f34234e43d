"""The words at the end of a session: what was done, how it went by deck, what is due next."""

from __future__ import annotations

from textual.content import Content

from quizapp.core.memory import Rating
from quizapp.core.plain import printable
from quizapp.services.progress import Progress


def session_summary(stands: Progress) -> Content:
    """Return the summary of a session as text for a screen."""
    lines = [("Nothing is left for now.\n\n", "bold")]
    if stands.done:
        minutes = max(1, round(sum(tally.seconds for tally in stands.tallies) / 60))
        lines.append((f"{stands.done} cards rated in {minutes} min\n\n", ""))
        width = max(len(tally.deck) for tally in stands.tallies)
        lines.append(
            (f"{'':{width}}  {'again':>6}{'hard':>6}{'good':>6}{'easy':>6}   passed\n", "$text-muted")
        )
        for tally in stands.tallies:
            counts = "".join(f"{tally.ratings.get(rating, 0) or '·':>6}" for rating in Rating)
            passed = 1 - tally.ratings.get(Rating.AGAIN, 0) / tally.reviews
            lines.append((f"{printable(tally.deck):{width}}  {counts}   {passed:>5.0%}\n", ""))
        lines.append(("\n", ""))
    lines.append((_next_words(stands), ""))
    lines.append(("\nq goes back   u takes the last rating back", "$text-muted"))
    return Content.assemble(*lines)


def _next_words(stands: Progress) -> str:
    words = f"{stands.due_tomorrow} due tomorrow.\n"
    if stands.left.learning:
        words = f"{stands.left.learning} in learning come back in a while; {words}"
    if stands.left.due or stands.left.new:
        words += "Today's limit is reached, or the rest belongs to topics that were asked today.\n"
    return words
