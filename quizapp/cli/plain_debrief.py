"""The debrief of a drill on plain lines, and the weakest cards put first from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.cli.plain_terminal import in_a_line
from quizapp.core.day import date_of
from quizapp.core.drill.report import band_words
from quizapp.core.drill.rubric import Band
from quizapp.core.duration import clock
from quizapp.core.per_cent import per_cent
from quizapp.core.plain import printable
from quizapp.tui.debrief_words import helped_words, moved_words

if TYPE_CHECKING:
    from quizapp.cli.plain_terminal import Terminal
    from quizapp.core.drill.debrief import Debrief
    from quizapp.core.drill.drill import Drill
    from quizapp.services.workspace import Workspace


@dataclass
class PlainDebrief:
    """Says how a drill went, and takes what shall come of it."""

    workspace: Workspace
    drill: Drill
    terminal: Terminal

    def run(self) -> None:
        """Say it, then wait for what comes of it."""
        from quizapp.services.drill_history import debrief, history, short_id
        from quizapp.services.drill_queue import put_first, take_back

        shown = debrief(self.workspace, self.drill)
        self.terminal.say(["", *debrief_lines(shown)])
        self.terminal.write(f"Readiness {history(self.workspace).readiness.words}.")
        name = short_id(self.drill)
        self.terminal.write(f"The drill is kept: `quizapp drill --export {name}` prints it as Markdown.")
        cards, batch = shown.weakest_cards, None
        while cards:
            offer = (
                "u takes that back" if batch else "w puts the weakest cards at the front of tomorrow's queue"
            )
            word = self.terminal.ask(f"{offer}, enter leaves.").lower()
            if word == "w" and batch is None:
                batch = put_first(self.workspace, cards, self.drill.id)
                day = date_of(self.workspace.today().day + 1)
                self.terminal.write(f"{_cards(len(cards))} first on {day:%a %d %b}, the weakest first.")
            elif word == "u" and batch is not None:
                take_back(self.workspace, batch)
                batch = None
                self.terminal.write("They wait as before.")
            elif word in ("", "q"):
                return


def _cards(count: int) -> str:
    return "1 card comes" if count == 1 else f"{count} cards come"


def debrief_lines(shown: Debrief) -> Iterator[str]:
    """Yield how a drill went, in sentences."""
    drill = shown.drill
    judged = sum(one.counts for one in drill.answers)
    skipped = sum(one.is_skipped and not one.is_second for one in drill.answers)
    yield "The debrief. " + (
        "Nothing was judged." if shown.score is None else f"Score {per_cent(shown.score)}."
    )
    yield f"{judged} answered, {skipped} skipped, {clock(drill.used_ms / 1000)} of {drill.setup.minutes}:00 used."
    if judged:
        yield moved_words(sum(one.moved for one in drill.answers), judged)
    if helped := sum(one.is_helped and one.counts for one in drill.answers):
        yield helped_words(helped)
    for title, first, second in shown.recovered:
        yield printable(f"At the second try {title} went from {per_cent(first)} to {per_cent(second)}.")
    for dimension, mean in shown.by_dimension.items():
        nearest = Band(min(4, max(1, round(mean))))
        yield f"{dimension.value.capitalize()} {mean:.1f} of 4, {band_words(nearest)[2:]}."
    for time in shown.times:
        answers = "1 answer" if time.questions == 1 else f"{time.questions} answers"
        spent = f"{answers} in {clock(time.answer_ms / 1000)}, planned {clock(time.planned_ms / 1000)}"
        late = f", {time.over} over time" if time.over else ""
        pace = f"{spent}{late}" if time.questions else "nothing answered"
        yield f"Time, {time.kind.value}: {clock(time.used_ms / 1000)} of {time.minutes}:00; {pace}."
    for topic in shown.topics:
        passed_over = f", {topic.skipped} skipped" if topic.skipped else ""
        yield printable(f"Topic {topic.title}: {per_cent(topic.score)}{passed_over}.")
    for topic in shown.weak:
        yield printable(f"Study next: {topic.title}.")
        yield from (f"Missed: {in_a_line(point)}" for point in topic.missed)
    if shown.topics and not shown.weak:
        yield "Nothing was weak: a harder range, or follow-ups to the end, would tell more."
