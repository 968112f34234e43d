"""Study with a line above the card that says at each step what to do: for the very first card."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from quizapp.core.plain import printable
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.turns import complain
from quizapp.tui.widgets.session_head import SessionHead
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.memory import Rating

QUESTION = (
    "1 of 5   Answer this in your head, or aloud. Then {study.simulate=x}: what do you expect to happen?"
)
PREDICT = (
    "2 of 5   Commit to a prediction and press {prediction.commit=enter}: it runs. Being wrong is the point."
)
RUNNING = "2 of 5   It runs, on this machine. Your prediction waits for what is measured."
UNSAID = "2 of 5   It runs, on this machine. You made no prediction: watch what is measured."
HELD = "2 of 5   The run waits. {simulation.run=space} lets it go on."
FAILED = "2 of 5   The run failed, and nothing else is lost. {simulation.close=esc} goes back to the card."
GAP = (
    "3 of 5   There is the gap between what you said and what was measured. {simulation.close=esc} goes back."
)
HIT = "3 of 5   You had it right: what you said is what was measured. {simulation.close=esc} goes back."
MEASURED = (
    "3 of 5   That was measured. A prediction before it would show you your gap: {simulation.predict=p} asks for one. "
    "{simulation.close=esc} goes back."
)
REVEAL = "3 of 5   Now {study.reveal=space} shows the answer, a long one section by section."
RATE = "4 of 5   Rate yourself: each button says when the card comes back."
OVER = "5 of 5   It is saved. What is due waits on Home every day: {study.leave=q} goes there, or go on here."


class FirstStepsScreen(StudyScreen):
    """The real thing, with a line that goes away for good when the first card is rated, or when it is not wanted."""

    CSS = """
    #first-steps { height: auto; max-height: 2; padding: 0 1; background: $primary 20%; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "G",
            "skip",
            "Skip",
            id="first_steps.skip",
            tooltip="Take the line with the first steps away for good",
        ),
    ]

    _has_run = False
    _is_over = False

    def compose(self) -> ComposeResult:
        """Lay out Study, with the line below its head."""
        for widget in super().compose():
            yield widget
            if isinstance(widget, SessionHead):
                yield Static(keyed(QUESTION), id="first-steps", markup=False)

    def on_study_body_changed(self) -> None:
        """Say what comes next, now and when the run has come further."""
        for view in self.query(SimulationView):
            self.watch(view, "stage", self._show, init=False)
        self._show()

    def _show(self) -> None:
        line = self.query_one("#first-steps", Static)
        line.update(printable(keyed(self._words())))
        if self._is_over and self._words() != OVER:
            line.display = False

    def _words(self) -> str:
        body = self._body
        views = list(self.query(SimulationView)) if body.pane.block is not None else []
        self._has_run = self._has_run or any(view.stage is Stage.DONE for view in views)
        if self._is_over:
            return OVER
        if views:
            return _run_words(views[0])
        if body.page.reading.revealed:
            return RATE
        return REVEAL if self._has_run else QUESTION

    def _rate(self, rating: Rating) -> None:
        if not self._is_over and self._body.works("rate") and self._body.painted:
            self._is_over = True
            self._finish()
        super()._rate(rating)

    def action_skip(self) -> None:
        """Take the line away for good."""
        self._is_over = True
        self.query_one("#first-steps", Static).display = False
        self._finish()
        self.refresh_bindings()

    @work(group="turn")
    async def _finish(self) -> None:
        from quizapp.services import first_steps

        try:
            await asyncio.to_thread(first_steps.finish, self._workspace)
        except QuizError as error:
            complain(self.app, error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to skip the steps while there are any."""
        return not self._is_over if action == "skip" else super().check_action(action, parameters)


def _run_words(view: SimulationView) -> str:
    """Return what to say of the simulation in sight: what was said before it, and what came of it."""
    match view.stage:
        case Stage.ASKING:
            return PREDICT
        case Stage.FAILED:
            return FAILED
        case Stage.PAUSED:
            return HELD
        case Stage.DONE:
            missed = view.finding.gap if view.finding is not None else None
            return MEASURED if missed is None else HIT if missed.hit else GAP
    return RUNNING if view.ran.answer is not None else UNSAID
