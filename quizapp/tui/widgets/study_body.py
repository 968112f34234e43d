"""The card in front with its ratings below and its simulation beside it, or over it where there is little room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Horizontal, Vertical
from textual.message import Message

from quizapp.core.rating_scale import rating_scale
from quizapp.services.trials import asked_extra, can_be_asked, trial_of
from quizapp.tui.study_words import hint
from quizapp.tui.widgets.card_page import CardPage
from quizapp.tui.widgets.markdown_block import MarkdownBlock
from quizapp.tui.widgets.rating_bar import RatingBar
from quizapp.tui.widgets.simulation_pane import SimulationPane
from sims.catalogue import UnknownSimulation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.experiment import Experiment, Finding
    from quizapp.core.memory import Interval, Rating
    from quizapp.core.topic import SimBlock
    from quizapp.core.verdict import Verdict
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace


class StudyBody(Vertical):
    """Shows one card. It knows what is in sight, so that no key acts on what the learner has not seen."""

    @dataclass
    class Changed(Message):
        """Other keys work now."""

    def __init__(self, workspace: Workspace, *, host: Callable[[], Host], id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a card."""
        super().__init__(id=id)
        self._workspace = workspace
        self._host = host
        self._card: Card | None = None
        self._intervals: Mapping[Rating, Interval] | None = None
        self._painted = False
        self._trial: Experiment | None = None
        self.verdict: Verdict | None = None
        self.scale = rating_scale(two_buttons=workspace.settings.two_buttons)

    def compose(self) -> ComposeResult:
        """Lay out card, simulation, bar."""
        with Horizontal(id="study-card"):
            yield CardPage(id="study-page")
            yield SimulationPane(self._workspace, host=self._host, id="study-simulation")
        yield RatingBar(self.scale, id="study-bar")

    @property
    def page(self) -> CardPage:
        """Question, answer and key points."""
        return self.query_one(CardPage)

    @property
    def pane(self) -> SimulationPane:
        """The simulation."""
        return self.query_one(SimulationPane)

    @property
    def painted(self) -> bool:
        """Whether the learner can see what was shown last."""
        return self._painted

    async def ask(self, card: Card) -> None:
        """Show the question of a card alone."""
        await self.close_simulation()
        self._card = card
        self._intervals = None
        self._set_trial(card)
        await self.page.ask(card)
        self.query_one(RatingBar).ask(hint(card))
        self._show_first()
        self.call_after_refresh(self.page.focus)

    async def replace(self, card: Card) -> None:
        """Show the same card with other words, as far revealed as it was."""
        self._card = card
        judged = self.verdict
        self._set_trial(card)
        await self.page.replace(card)
        if judged is not None and self._trial is not None and _asks_for(self._trial, judged.finding):
            self._show_verdict(judged)
        self.post_message(self.Changed())

    def offer(self, intervals: Mapping[Rating, Interval]) -> None:
        """Show what the ratings would give."""
        self._intervals = intervals
        if self.page.reading.revealed or self.verdict is not None:
            self._show_ratings()

    def _show_ratings(self) -> None:
        self.query_one(RatingBar).show(self._intervals, self.verdict.rating if self.verdict else None)

    def reveal(self, *, section: bool) -> None:
        """Show the answer, or its next section."""
        if self._card is None or not self._painted:
            return
        first = not self.page.reading.revealed
        (self.page.reveal_section if section else self.page.reveal)()
        self._show_ratings()
        if first:
            self._show_first()
        self.post_message(self.Changed())

    def _show_first(self) -> None:
        """Take no key that acts on the card before it has been painted."""
        self._painted = False
        self.call_after_refresh(self._note_painted)
        self.post_message(self.Changed())

    def _note_painted(self) -> None:
        self._painted = True

    def works(self, action: str) -> bool:
        """Return whether an action makes sense now; none acts on a card that lies below a simulation."""
        if self._card is None:
            return False
        if action == "close_simulation":
            return self.pane.block is not None
        if action in ("rate", "accept") and self.verdict is not None:
            return True
        if self.pane.block is not None and not self.screen.has_class("-wide"):
            return False
        reading = self.page.reading
        match action:
            case "predict":
                return self._is_asking and self.pane.block is None
            case "reveal":
                return not reading.whole and not self._is_asking
            case "reveal_section":
                return not reading.whole
            case "accept":
                return False
            case "rate" | "choose_simulation":
                return reading.revealed
            case "claims":
                return reading.revealed and bool(self._card.claims_section)
            case "tick_points":
                return reading.whole and self.page.points.has_points
        return True

    # The simulation.

    @work(exclusive=True, group="simulate")
    async def simulate(self) -> None:
        """Run the simulation of this place, or close it; a card whose topic has none chooses from the catalogue."""
        if self._card is None:
            return
        pane = self.pane
        block = _block_of(self._trial) if self._trial and self._is_asking else self.page.launch()
        if pane.block is not None and (pane.has_focus_within or block == pane.block):
            await self.close_simulation()
        elif block is not None:
            await self._open(block)
        elif (chosen := await self._choose_from_catalogue(self._card)) is not None:
            await self._open(chosen)

    def run(self, block: SimBlock | None) -> None:
        """Run a simulation that was chosen elsewhere, if any was."""
        if block is not None:
            self.run_worker(self._open(block), exclusive=True, group="simulate")

    def on_markdown_block_launch_requested(self, message: MarkdownBlock.LaunchRequested) -> None:
        """Run the simulation that was clicked."""
        message.stop()
        self.run(message.block)

    async def _choose_from_catalogue(self, card: Card) -> SimBlock | None:
        from quizapp.core.topic import SimBlock
        from quizapp.tui.screens.gallery import GalleryScreen

        words = " ".join((card.title, *card.tags, card.question, card.answer))
        name = await self.app.push_screen_wait(GalleryScreen(self._workspace, words))
        return SimBlock(name, (), 0) if name else None

    async def _open(self, block: SimBlock) -> None:
        if self._card is None:
            return
        self.add_class("-simulating")
        try:
            await self.pane.open(block, self._card.id, self._trial if self._is_asking else None)
        except UnknownSimulation as error:
            self.remove_class("-simulating")
            self.notify(f"{error}", title="No such simulation", severity="error", timeout=12, markup=False)
        self.post_message(self.Changed())

    # A prediction card's run.

    @property
    def _is_asking(self) -> bool:
        """Whether the card still waits for its prediction: neither was it run nor its answer shown."""
        return self._trial is not None and self.verdict is None and not self.page.reading.revealed

    def _set_trial(self, card: Card) -> None:
        self._trial = trial_of(card) if can_be_asked(card) else None
        self.verdict = None
        self.remove_class("-judged")

    def on_simulation_pane_run_ended(self, message: SimulationPane.RunEnded) -> None:
        """Grade the first run of what the card asks; later ones, and those of other knobs, count for nothing."""
        message.stop()
        finding = message.finding
        if self._trial is None or not self._is_asking or not _asks_for(self._trial, finding):
            return
        from quizapp.core.verdict import Verdict

        self._show_verdict(Verdict(finding, self.scale))

    def _show_verdict(self, verdict: Verdict) -> None:
        """Say how the prediction did, and propose the rating that it earned."""
        self.verdict = verdict
        self.add_class("-judged")
        self.page.show_verdict(verdict)
        self._show_ratings()
        self.post_message(self.Changed())

    @property
    def review_extra(self) -> dict[str, object]:
        """What the log keeps of a prediction card's review; nothing of any other card's."""
        if self.verdict is not None:
            return {"prediction": self.verdict.extra}
        if self._trial is not None:
            return asked_extra(self._trial)
        return {}

    async def on_simulation_pane_close_wanted(self, message: SimulationPane.CloseWanted) -> None:
        """Go back to the card, at the line where it was left."""
        message.stop()
        await self.close_simulation()

    async def close_simulation(self) -> None:
        """Show the card alone again."""
        if self.pane.block is not None:
            self.remove_class("-simulating")
            await self.pane.close()
            self.page.focus()
            self.post_message(self.Changed())


def _block_of(trial: Experiment) -> SimBlock:
    from quizapp.core.topic import SimBlock

    return SimBlock(trial.name, tuple((knob, str(value)) for knob, value in trial.values.items()), 0)


def _asks_for(trial: Experiment, finding: Finding) -> bool:
    """Return whether a run measured what a card asks, and came to an outcome."""
    return finding.outcome is not None and finding.experiment.values == trial.values
