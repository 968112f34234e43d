"""Study with a line above the card that says at each step what to do: for the very first card."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from quizapp.core.plain import printable
from quizapp.errors import QuizError
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.turns import complain
from quizapp.tui.widgets.session_head import SessionHead
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView

if TYPE_CHECKING:
    from textual.app import ComposeResult

QUESTION = "1 of 5   Answer this in your head, or aloud. Then x: what do you expect to happen?"
PREDICT = "2 of 5   Commit to a prediction and press enter: it runs. Being wrong is the point."
RUNNING = "2 of 5   It runs, on this machine. Your prediction waits for what is measured."
GAP = "3 of 5   There is the gap between what you said and what was measured. esc goes back."
REVEAL = "3 of 5   Now space shows the answer, or n a section at a time."
RATE = "4 of 5   Rate yourself, 1 to 4: each button says when the card comes back."
OVER = "5 of 5   It is saved. What is due waits on Home every day: q goes there, or go on here."


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
                yield Static(QUESTION, id="first-steps", markup=False)

    def on_study_body_changed(self) -> None:
        """Say what comes next, now and when the run has come further."""
        for view in self.query(SimulationView):
            self.watch(view, "stage", self._show, init=False)
        self._show()

    def _show(self) -> None:
        line = self.query_one("#first-steps", Static)
        line.update(printable(self._words()))
        if self._is_over and self._words() != OVER:
            line.display = False

    def _words(self) -> str:
        body = self._body
        stages = [view.stage for view in self.query(SimulationView)] if body.pane.block is not None else []
        self._has_run = self._has_run or Stage.DONE in stages
        if self._is_over:
            return OVER
        if stages:
            return {Stage.ASKING: PREDICT, Stage.DONE: GAP}.get(stages[0], RUNNING)
        if body.page.reading.revealed:
            return RATE
        return REVEAL if self._has_run else QUESTION

    def action_rate(self, rating: int) -> None:
        """Rate the card; with the first rating the steps are over."""
        if not self._is_over and self._body.works("rate") and self._body.painted:
            self._is_over = True
            self._finish()
        super().action_rate(rating)

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
