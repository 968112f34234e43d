"""How a session went, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from quizapp.core.memory import Rating
from quizapp.core.overview import due_words
from quizapp.core.page.cells import cut_within
from quizapp.core.per_cent import per_cent
from quizapp.core.plain import printable
from quizapp.services.progress_words import done_words, left_words, so_far_words, taught_lines, withheld_words
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from quizapp.services.progress import DeckTally, Progress

_FIGURES = 2 + 4 * 6 + 9
"""The columns of a deck's figures in the summary."""


def session_summary(stands: Progress, width: int) -> Content:
    """Return how a session went and what comes next, in lines of at most so many columns."""
    lines = [("Nothing is left for now.\n\n", "bold")]
    if stands.note:
        lines.append((f"{printable(stands.note)}\n\n", ""))
    if stands.done:
        lines += _done_lines(stands, width)
    lines += _taught_lines(stands, width)
    lines.append((_next_words(stands), ""))
    lines.append(
        (keyed("\n{study.leave=q} goes back   {study.undo=u} takes the last rating back"), "$foreground 75%")
    )
    return Content.assemble(*lines)


def summary_so_far(stands: Progress, width: int) -> Content:
    """Return what a session that is left midway has taught so far, shorter than at its end."""
    lines = [(f"{so_far_words(stands)}\n\n", "bold"), *_taught_lines(stands, width)]
    return Content.assemble(*lines, (f"{left_words(stands)}\n", ""))


def _taught_lines(stands: Progress, width: int) -> list[tuple[str, str]]:
    """Return what was learned, with a blank line below it if there is anything."""
    lines = taught_lines(stands, width)
    styled = [piece for lead, text in lines for piece in ((lead, "$foreground 75%"), (f"{text}\n", ""))]
    return [*styled, ("\n", "")] if lines else []


def _done_lines(stands: Progress, width: int) -> list[tuple[str, str]]:
    room = min(max(cell_len(tally.deck) for tally in stands.tallies), max(8, width - _FIGURES))
    head_line = f"{'':{room}}  {'again':>6}{'hard':>6}{'good':>6}{'easy':>6}{'passed':>9}\n"
    return [
        (f"{done_words(stands)}\n\n", ""),
        (head_line, "$foreground 75%"),
        *((_tally_line(tally, room), "") for tally in stands.tallies),
        ("\n", ""),
    ]


def _tally_line(tally: DeckTally, room: int) -> str:
    # The end of a path tells more than its beginning.
    deck = cut_within(printable(tally.deck), room, tail=1.0)
    counts = "".join(f"{tally.ratings.get(rating, 0) or '·':>6}" for rating in Rating)
    passed = 1 - tally.ratings.get(Rating.AGAIN, 0) / tally.reviews
    return f"{set_cell_size(deck, room)}  {counts}{per_cent(passed):>9}\n"


def _next_words(stands: Progress) -> str:
    words = due_words(stands.next_due) + "\n"
    if stands.left.learning:
        come = "1 card in learning comes" if stands.left.learning == 1 else f"{stands.left.learning} come"
        words = f"{come} back in a while and will show up here by itself.\n{words}"
    if stands.left.due or stands.left.new:
        words += "What is left belongs to topics that were asked today.\n"
    if withheld := withheld_words(stands):
        words += withheld + keyed(" {home.settings=,} on Home changes them.\n")
    return words
