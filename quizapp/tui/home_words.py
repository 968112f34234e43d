"""What Home says above and below the decks: today's work in a line, and the one thing that is worth a note now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.chart import sparkline
from quizapp.core.overview import due_words
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from quizapp.core.drill.drill import Drill
    from quizapp.core.overview import Overview
    from quizapp.core.predicted import Predicted
    from quizapp.core.saved_search import SavedSearch

FIRST_STEPS = (
    "New here? {home.first_steps=g} shows in under a minute what this is: predict, run, see the gap, rate. "
    "{home.no_first_steps=G} never asks again."
)
SHORT_NOTE_LINES, NOTE_LINES = 2, 4
"""How many lines the note has in a low terminal, and how many it takes in any."""
_BROKEN = 12
"""So many columns a line may be left empty, since words are not broken."""


def today(shown: Overview, width: int) -> str:
    """Return what is left today and what comes; what was done gives way where a line has no room for it."""
    left = shown.left
    text = "Today   nothing is left"
    if left.total:
        waiting = ((left.due, "due"), (left.learning, "learning"), (left.new, "new"))
        counts = " · ".join(f"{count} {word}" for count, word in waiting if count)
        text = f"Today   {counts} · about {shown.minutes_left} min"
    if shown.done:
        done = f"   {shown.done} done"
        spent = f" in {max(1, round(shown.done_seconds / 60))} min"
        text += next((more for more in (done + spent, done, "") if len(text + more) <= width), "")
    ahead = f"{sparkline(shown.forecast, len(shown.forecast))}  next 14 days"
    room = width - len(text) - len(ahead)
    return text + " " * room + ahead if room >= 2 else f"{text}\n        {ahead}"


def note(
    shown: Overview,
    room: int,
    left: Drill | None,
    predicted: Predicted | None,
    *,
    offers_first_steps: bool,
    search: SavedSearch | None = None,
) -> str:
    """Return the one thing that is worth a note now.

    Args:
        room: How many columns all its lines have together; what was measured is cut to them.
        left: A drill that was left before its end.
        predicted: The prediction that was run last.
        offers_first_steps: Whether the learner is new here.
        search: The saved search under the cursor, where that is among them.
    """
    if not shown.decks:
        return keyed(
            "No cards. {home.new=n} writes a topic, `quizapp add PATH` takes topics in, "
            "{home.find=/} with is:deleted finds deleted ones."
        )
    if search is not None:
        effect = "ratings move the schedule" if search.reschedule else "the schedule stays as it is"
        return keyed(
            f"{{home.study_search=enter}} studies the cards that this search finds; {effect}. "
            "{home.find=/} shows them, {home.forget_search=delete} forgets the search."
        )
    if left is not None:
        from quizapp.tui.drill_words import left_words

        begins = keyed("{home.resume_drill=D} takes it up, {home.drill=d} begins another.")
        return f"{left_words(left)} {begins}"
    if offers_first_steps:
        return keyed(FIRST_STEPS)
    if predicted is not None:
        before, after = (
            f"Last prediction, {predicted.simulation}: ",
            keyed("   {home.run_again=x} runs it again"),
        )
        return before + one_line(predicted.gap, max(20, room - len(before + after) - _BROKEN)) + after
    if shown.left.total:
        return keyed(
            "{home.study=enter} studies the deck under the cursor, {home.all=a} all that is due. "
            "On any card, {study.simulate=x} runs its simulation."
        )
    return f"All done for today. {due_words(shown.next_due)} " + keyed(
        "{home.lab=l} opens the lab: predict something and run it."
    )
