"""The drill: a question, the answer against the clock, its key points, its judgement, and what that earns."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea

from quizapp.core.drill.ask import AskKind
from quizapp.core.drill.front import Step
from quizapp.core.drill.setup import Manner
from quizapp.errors import QuizError
from quizapp.tui import drill_words
from quizapp.tui.drill_keys import bindings, works
from quizapp.tui.screens import drill_pause
from quizapp.tui.turns import Turns
from quizapp.tui.widgets.drill_body import DrillBody
from quizapp.tui.widgets.drill_points import DrillPoints
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.rubric_grid import RubricGrid
from sims.catalogue import UnknownSimulation

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from quizapp.services.drill import Drilling
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace

TICK_S = 0.5
"""How often the clock is looked at and what was typed is written: twice within the second that is promised."""


class DrillScreen(Screen[None]):
    """One question after another until the time is over, or the learner ends it or leaves."""

    AUTO_FOCUS = ""  # each step gives the focus to what it works with
    CSS = """
    #drill-head { height: 1; padding: 0 1; color: $text-muted; }
    #drill-head.-late { color: $text-warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings()

    def __init__(self, workspace: Workspace, drilling: Drilling, *, host: Callable[[], Host]) -> None:
        """Go through a drill that was begun or taken up.

        Args:
            host: Gives the process that simulations run in.
        """
        super().__init__()
        self._workspace = workspace
        self._drilling = drilling
        self._host = host
        self._turns = Turns(lambda: self.app)
        self._explanation = ""
        self._figures_of = ""
        self._waits = False
        self._is_left = False
        self._is_failing = False
        self._ticks = 0
        self._head = ""

    def compose(self) -> ComposeResult:
        """Lay out head, question, keys."""
        yield Static(id="drill-head")
        yield DrillBody()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the question, and let the clock run."""
        self._show()
        self.set_interval(TICK_S, self._tick)

    @property
    def _body(self) -> DrillBody:
        return self.query_one(DrillBody)

    @property
    def _step(self) -> Step | None:
        front = self._drilling.drill.front
        return front.step if front is not None else None

    # Showing.

    @work(group="turn")
    async def _show(self) -> None:
        await self._turns.take(self._show_front)

    async def _show_front(self) -> None:
        """Show what is in front; with nothing in front, the debrief."""
        drilling = self._drilling
        drill, prompt = drilling.drill, drilling.prompt
        if drill.front is None or prompt is None:
            self._is_left = True
            from quizapp.tui.screens.drill_debrief import DrillDebriefScreen

            self.app.switch_screen(DrillDebriefScreen(self._workspace, drill, host=self._host))
            return
        debugging = prompt.ask.kind is AskKind.DEBUGGING
        if not debugging:
            self._explanation = self._figures_of = ""
            self._body.hide_figures()
        await self._body.show(drill, prompt, drill_words.model_answer(prompt, self._explanation))
        self._waits = debugging and self._figures_of != prompt.ask.subject
        if self._waits:
            await asyncio.to_thread(drilling.stop_clock)
            self._run_failure()
        else:
            await self._start_clock()
        self._show_head()
        self.refresh_bindings()

    def _show_head(self) -> None:
        drilling, head = self._drilling, self.query_one("#drill-head", Static)
        shown, prompt = drilling.shown, drilling.prompt
        head.set_class(drill_words.is_late(shown, prompt), "-late")
        words = drill_words.head(shown, prompt, max(20, head.content_size.width))
        if words != self._head:
            self._head = words
            head.update(Content(words))

    def on_resize(self) -> None:
        """Use the room there is."""
        self._show_head()

    @work(exclusive=True, group="figures")
    async def _run_failure(self) -> None:
        """Run what a debugging question is about; the clock waits for it."""
        from quizapp.core.drill.failures import BY_NAME
        from quizapp.tui.failed_run import failed_run

        prompt = self._drilling.prompt
        if prompt is None:
            return
        subject = prompt.ask.subject
        self._body.show_figures(None, "the run begins: the clock waits for it")
        seen = await failed_run(
            self._host(),
            BY_NAME[subject],
            lambda words: self._body.show_figures(None, f"{words}; the clock waits"),
        )
        if self._drilling.prompt is not prompt:
            return
        self._figures_of, self._explanation, self._waits = subject, seen.explanation, False
        self._body.show_figures(seen.chart, seen.problem or "\n".join(seen.told))
        await self._turns.run(lambda: self._drilling.show_figures(seen.text))
        if self._step is not Step.ANSWERING:
            await self._turns.take(self._show_front)
        await self._start_clock()

    # The clock, and what is typed.

    def _tick(self) -> None:
        """Show the clock; write what was typed, and every second time the clock as well."""
        if self._is_left or not self.is_current:
            return
        self._show_head()
        self._body.show_lead(self._drilling.shown)
        self._ticks += 1
        front = self._drilling.drill.front
        typed = front is not None and self._step is Step.ANSWERING and self._draft != front.draft
        if (typed or self._ticks % 2 == 0) and not self._turns.taken:
            self._keep()

    @work(group="turn")
    async def _keep(self) -> None:
        """Write what was typed; where that fails it is said once, and tried again at the next look at the clock."""

        async def writing() -> None:
            try:
                await self._write()
            except QuizError:
                if not self._is_failing:
                    self._is_failing = True
                    raise
            else:
                self._is_failing = False

        await self._turns.take(writing)

    async def _write(self) -> None:
        draft = self._draft if self._step is Step.ANSWERING else None
        await asyncio.to_thread(self._drilling.keep, draft)

    @property
    def _draft(self) -> str:
        return self._body.draft if self._drilling.drill.setup.manner is Manner.WRITTEN else ""

    def on_screen_suspend(self) -> None:
        """Stop the clock: something lies over the drill."""
        if not self._is_left:
            self._stop()

    @work(group="turn")
    async def _stop(self) -> None:
        await self._turns.run(self._drilling.stop_clock)

    def on_screen_resume(self) -> None:
        """Let the clock run again."""
        if not self._is_left and not self._waits and self._drilling.drill.front is not None:
            self._go_on()

    @work(group="turn")
    async def _go_on(self) -> None:
        await self._turns.take(self._start_clock)

    async def _start_clock(self) -> None:
        if self.is_current:
            self._drilling.start_clock()

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what works now."""
        drill, prompt = self._drilling.drill, self._drilling.prompt
        return works(
            action.rpartition(".")[2],
            drill.front if self.is_current else None,
            is_spoken=drill.setup.manner is Manner.SPOKEN,
            has_hint=prompt is not None and prompt.ask.has_hint,
            has_sim=prompt is not None and prompt.sim is not None,
        )

    def action_done(self) -> None:
        """End the answer, and show the model answer."""
        self._with_answer(self._drilling.done)

    def action_forward_aloud(self) -> None:
        """End the answer that was said aloud."""
        self.action_done()

    def action_hint(self) -> None:
        """Give a hint, and let the answer go on."""
        self._with_answer(self._drilling.take_hint)

    def action_hint_aloud(self) -> None:
        """Take the hint that is offered, or ask for one in a spoken drill."""
        front = self._drilling.drill.front
        if front is not None and front.step is Step.OFFER:
            self._do(Step.OFFER, lambda: self._drilling.take_hint(front.draft))
        else:
            self.action_hint()

    def action_skip(self) -> None:
        """Leave the question unanswered."""
        self._body.when_typed(lambda: self._take(self._drilling.skip, self._draft))

    def _with_answer(self, take: Callable[[str], None]) -> None:
        """Do something with the answer as it is once all its keys have come, unless its figures are still awaited."""
        if not self._waits:
            self._body.when_typed(lambda: self._take(take, self._draft))

    def _take(self, take: Callable[[str], None], draft: str) -> None:
        self._do(Step.ANSWERING, lambda: take(draft))

    def action_forward(self) -> None:
        """Go on: from the points to the judgement, from there to what it earns."""
        match self._step:
            case Step.ANSWERING:
                self.action_done()
            case Step.OFFER:
                self._do(Step.OFFER, self._drilling.decline_hint)
            case Step.CHECKING:
                texts = frozenset(self._body.points.ticked_texts)
                self._do(Step.CHECKING, lambda: self._drilling.check(texts))
            case Step.RATING if self._body.rubric.is_complete:
                bands = dict(self._body.rubric.bands)  # what was just given may still be on its way here
                self._do(Step.RATING, lambda: self._drilling.judge(bands))
            case Step.RATING:
                lacking = self._body.rubric.go_to_lacking()
                if lacking is not None:
                    self.notify(
                        f"No band yet: {lacking.value}. 1 to 4 gives it.", severity="warning", timeout=4
                    )
            case Step.HINT:
                self._do(Step.HINT, self._drilling.move_on)

    def action_try_again(self) -> None:
        """Answer once more, with the hint."""
        self._do(Step.HINT, self._drilling.try_again)

    def action_go_back(self) -> None:
        """Go back to the key points."""
        self._do(Step.RATING, self._drilling.uncheck)

    @work(group="turn")
    async def _do(self, step: Step | None, action: Callable[[], None]) -> None:
        async def doing() -> None:
            if self._step is step:
                await asyncio.to_thread(action)
                self.app.clear_notifications()  # what was said of the step before
                await self._show_front()

        await self._turns.take(doing)

    def on_drill_points_ticked(self, message: DrillPoints.Ticked) -> None:
        """Keep the ticks."""
        message.stop()
        front = self._drilling.drill.front
        if front is not None and front.step is Step.CHECKING and message.texts != front.ticked:
            self._keep_quietly(Step.CHECKING, lambda: self._drilling.tick(message.texts))

    def on_rubric_grid_given(self, message: RubricGrid.Given) -> None:
        """Keep a band."""
        message.stop()
        self._keep_quietly(Step.RATING, lambda: self._drilling.band(message.dimension, message.band))

    @work(group="turn")
    async def _keep_quietly(self, step: Step, action: Callable[[], None]) -> None:
        async def doing() -> None:
            if self._step is step:
                await asyncio.to_thread(action)

        await self._turns.take(doing)

    def action_read_question(self) -> None:
        """Show the whole question, or the answer again."""
        self._body.toggle_question()

    def action_read_model(self) -> None:
        """Give the model answer all the room, or give the room back."""
        self._body.toggle_reading()

    def action_read(self, pages: int) -> None:
        """Read on in the model answer, or back."""
        self._body.read(pages)

    # Show me.

    def action_show_me(self) -> None:
        """Open the simulation of this place, with its prediction; the clock stands still meanwhile."""
        prompt = self._drilling.prompt
        if prompt is None or prompt.sim is None:
            return
        from quizapp.tui.screens.show_me import ShowMeScreen

        block = self._body.sim_in_sight() or prompt.sim
        try:
            screen = ShowMeScreen(self._workspace, block, prompt.ask.card_id, host=self._host())
        except UnknownSimulation as error:
            self.notify(f"{error}", title="No such simulation", severity="error", timeout=12, markup=False)
            return
        self._note_shown(block.simulation)
        self.app.push_screen(screen)

    @work(group="turn")
    async def _note_shown(self, name: str) -> None:
        await self._turns.run(lambda: self._drilling.show_simulation(name))

    # Pausing and leaving.

    def action_interrupt(self) -> None:
        """Copy what is selected in the editor, as ctrl+c does there; pause where nothing is."""
        if isinstance(self.focused, TextArea) and self.focused.selected_text:
            self.focused.action_copy()
        else:
            self.action_pause()

    @work(exclusive=True, group="pause")
    async def action_pause(self) -> None:
        """Stop the clock, and ask what comes now."""
        if not self.is_current:
            return
        await self._turns.take(self._write)
        has_next = self._drilling.drill.at < len(self._drilling.drill.rounds) - 1
        choice = await self.app.push_screen_wait(drill_pause.DrillPauseScreen(has_next_round=has_next))
        if choice == drill_pause.LEAVE:
            self.action_leave()
        elif choice == drill_pause.FINISH:
            self._do(self._step, self._drilling.finish)
        elif choice == drill_pause.NEXT_ROUND:
            self._do(self._step, self._drilling.next_round)

    @work(exclusive=True, group="leave")
    async def action_leave(self) -> None:
        """Go back to Home; the drill goes on at this place when it is taken up."""
        self._is_left = True
        draft = self._draft if self._step is Step.ANSWERING else None
        await self._turns.run(lambda: self._drilling.leave(draft))
        if self.is_current:
            self.dismiss()

    def on_unmount(self) -> None:
        """Let go of the drill when the app ends under it."""
        if not self._is_left and self._drilling.drill.front is not None:
            self._is_left = True
            with contextlib.suppress(QuizError):
                self._drilling.leave()
