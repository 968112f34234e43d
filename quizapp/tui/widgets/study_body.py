"""The card in front with its ratings below and its simulation beside it, or over it where there is little room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Horizontal, Vertical
from textual.message import Message

from quizapp.core.long_answer import is_long
from quizapp.core.rating_scale import rating_scale
from quizapp.errors import QuizError
from quizapp.services.trials import asked_extra, can_be_asked, expectation_of, trial_of
from quizapp.tui.key_words import keyed
from quizapp.tui.study_words import GIVING_HINT, KEPT_HINT, TYPING_HINT, hint
from quizapp.tui.study_works import Standing, works
from quizapp.tui.turns import complain
from quizapp.tui.widgets.answer_desk import AnswerDesk
from quizapp.tui.widgets.card_page import CardPage
from quizapp.tui.widgets.expected_answer import ExpectedAnswer
from quizapp.tui.widgets.markdown_block import MarkdownBlock
from quizapp.tui.widgets.rating_bar import RatingBar
from quizapp.tui.widgets.simulation_pane import SimulationPane
from sims.catalogue import UnknownSimulation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.experiment import Experiment
    from quizapp.core.grade import Grade
    from quizapp.core.memory import Interval, Rating
    from quizapp.core.topic import SimBlock
    from quizapp.core.verdict import Verdict
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace
    from quizapp.tui.widgets.answer_editor import AnswerEditor
    from quizapp.tui.widgets.expected_fields import AnswerLine


class StudyBody(Vertical):
    """Shows one card. It knows what is in sight, so that no key acts on what the learner has not seen."""

    @dataclass
    class Changed(Message):
        """Other keys work now."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        host: Callable[[], Host],
        moves_schedule: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        """Begin without a card.

        Args:
            moves_schedule: Whether the ratings do; otherwise they say so.
        """
        super().__init__(id=id)
        self._moves_schedule = moves_schedule
        self._workspace = workspace
        self._host = host
        self._card: Card | None = None
        self._intervals: Mapping[Rating, Interval] | None = None
        self._painted = False
        self._trial: Experiment | None = None
        self.verdict: Verdict | None = None
        self.grade: Grade | None = None
        self.scale = rating_scale(two_buttons=workspace.settings.two_buttons)

    def compose(self) -> ComposeResult:
        """Lay out card, simulation, bar."""
        with Horizontal(id="study-card"):
            yield AnswerDesk(self._workspace, id="study-desk")
            yield SimulationPane(self._workspace, host=self._host, id="study-simulation")
        keys = self._workspace.settings.keys
        yield RatingBar(self.scale, keys, moves_schedule=self._moves_schedule, id="study-bar")

    @property
    def page(self) -> CardPage:
        """Question, answer and key points."""
        return self.query_one(CardPage)

    @property
    def pane(self) -> SimulationPane:
        """The simulation."""
        return self.query_one(SimulationPane)

    @property
    def _desk(self) -> AnswerDesk:
        return self.query_one(AnswerDesk)

    @property
    def proposed(self) -> Rating | None:
        """The rating that a prediction or an expected answer has earned."""
        judged = self.verdict or self.grade
        return self.scale.nearest(judged.rating) if judged is not None else None

    @property
    def painted(self) -> bool:
        """Whether the learner can see what was shown last."""
        return self._painted

    async def ask(self, card: Card) -> None:
        """Show the question of a card alone."""
        await self.close_simulation()
        await self.keep_typed()
        self._desk.turn_to(card)
        self._card = card
        self._intervals = None
        self._set_trial(card)
        await self.page.ask(card)
        await self._ask_expected(card)
        self.query_one(RatingBar).ask(hint(card))
        self._show_first()
        self.call_after_refresh(self._focus_first)

    async def replace(self, card: Card) -> None:
        """Show the same card with other words, as far revealed as it was."""
        self._card = card
        judged, graded, given = self.verdict, self.grade, self.page.expected.text
        self._set_trial(card)
        self._desk.replace(card)
        await self.page.replace(card)
        await self._ask_expected(card)
        self.page.expected.put(given)
        if self.page.reading.revealed:
            self.page.expected.close()
            self._desk.show_typed()
        if graded is not None and self.page.expected.expectation is not None:
            self._show_grade(graded)
        if judged is not None and self._trial is not None and judged.finding.is_of(self._trial):
            self._show_verdict(judged)
        self.post_message(self.Changed())

    def offer(self, intervals: Mapping[Rating, Interval]) -> None:
        """Show what the ratings would give."""
        self._intervals = intervals
        if self.page.reading.revealed or self.verdict is not None:
            self._show_ratings()

    def _show_ratings(self) -> None:
        self.query_one(RatingBar).show(self._intervals, self.proposed)

    def reveal(self) -> None:
        """Show the answer, of a long one its next section."""
        self._reveal(self.page.reveal)

    def reveal_all(self) -> None:
        """Show all of the answer."""
        self._reveal(self.page.reveal_all)

    def _reveal(self, show: Callable[[], None]) -> None:
        if self._card is None or not self._painted:
            return
        is_first = not self.page.reading.revealed
        show()
        self._show_ratings()
        if is_first:
            self._desk.propose_points()
            self._keep_typed()
            self._show_first()
            if not self.pane.has_focus_within:
                self.page.focus()
        self.post_message(self.Changed())

    # What is typed, and what is expected.

    async def type_answer(self) -> None:
        """Let words be typed; they go on where they were left."""
        await self._desk.typed.open()
        self.query_one(RatingBar).ask(keyed(TYPING_HINT))
        self.post_message(self.Changed())

    def give_answer(self) -> None:
        """Go to where the answer is given that the card expects."""
        self.page.expected.take_focus()

    def _focus_first(self) -> None:
        """Give the keyboard to a choice, which leaves the letters to the card's keys, or else to the text."""
        choices = self.page.expected.choices if self.page.expected.is_asking else None
        (choices or self.page).focus()

    async def _ask_expected(self, card: Card) -> None:
        self.grade = None
        await self.page.expected.ask(expectation_of(card))

    def on_card_page_moved(self, message: CardPage.Moved) -> None:
        """Offer to read on, or what comes after it."""
        message.stop()
        self.post_message(self.Changed())

    def on_expected_answer_given(self, message: ExpectedAnswer.Given) -> None:
        """Grade the answer, show what is right, and propose the rating that it earned."""
        message.stop()
        if not self._painted or self.page.reading.revealed:
            return
        self._show_grade(message.grade)
        self.reveal()

    def _show_grade(self, graded: Grade) -> None:
        self.grade = graded
        self.page.show_verdict(graded)

    @work(group="typed")
    async def _keep_typed(self) -> None:
        """Write the words down before they are rated: a killed terminal loses none."""
        await self.keep_typed()

    async def keep_typed(self) -> None:
        """Write the words down; that is waited for."""
        try:
            await self._desk.keep_typed()
        except QuizError as error:
            complain(self.app, error, "The typed words were not kept")

    @work(group="typed")
    async def _bring_back(self) -> None:
        """Take up what was typed for this review before the program ended."""
        if await self._desk.bring_back():
            self.query_one(RatingBar).ask(keyed(KEPT_HINT))

    def on_answer_editor_finished(self, message: AnswerEditor.Finished) -> None:
        """Go on as space does: to the prediction, to the answer that is expected, or to the answer."""
        message.stop()
        if self.works("predict"):
            self.simulate()
        elif self.works("give_answer"):
            self.give_answer()
        else:
            self.reveal()

    def on_answer_editor_left(self, message: AnswerEditor.Left) -> None:
        """Close the typed answer and go back to the card."""
        message.stop()
        self._desk.typed.close()
        self._keep_typed()
        if self._card is not None:
            self.query_one(RatingBar).ask(keyed(KEPT_HINT) if self._desk.has_words else hint(self._card))
        self._focus_first()
        self.post_message(self.Changed())

    def on_answer_line_taken(self, message: AnswerLine.Taken) -> None:
        """Say what to press while the answer is written."""
        message.stop()
        if self.page.expected.is_asking:
            self.query_one(RatingBar).ask(keyed(GIVING_HINT))

    def on_answer_line_left(self, message: AnswerLine.Left) -> None:
        """Go back to the card."""
        message.stop()
        if self._card is not None:
            self.query_one(RatingBar).ask(hint(self._card))
        self.page.focus()

    def _show_first(self) -> None:
        """Take no key that acts on the card before it has been painted."""
        self._painted = False
        self.call_after_refresh(self._note_painted)
        self.post_message(self.Changed())

    def _note_painted(self) -> None:
        self._painted = True
        if self._card is not None and not self.page.reading.revealed:
            self._bring_back()

    def offers(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether an action makes sense now, and with two buttons or four."""
        if action == "rate":
            return self.works(action) and parameters[0] in self.scale.ratings
        if action == "rate_passed":
            return self.works("rate") and self.scale.has_two
        return self.works(action)

    def works(self, action: str) -> bool:
        """Return whether an action makes sense now."""
        return self._card is not None and works(action, self._standing(self._card))

    def _standing(self, card: Card) -> Standing:
        is_simulating = self.pane.block is not None
        return Standing(
            reading=self.page.reading,
            is_simulating=is_simulating,
            is_covered=is_simulating and not self.screen.has_class("-wide"),
            is_predicting=self._is_asking,
            is_expecting=self.page.expected.is_asking,
            is_judged=self.verdict is not None,
            is_graded=self.grade is not None,
            has_points=self.page.has_points_in_sight,
            has_claims=bool(card.claims_section),
            has_more_below=self.page.has_more_below,
            is_long=is_long(card.answer),
        )

    # The simulation.

    @work(exclusive=True, group="simulate")
    async def simulate(self) -> None:
        """Run the simulation of this place, or close it; a card whose topic has none chooses from the catalogue."""
        if self._card is None:
            return
        pane = self.pane
        block = self._trial.block if self._trial and self._is_asking else self.page.launch()
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
        if self._trial is None or not self._is_asking or not finding.is_of(self._trial):
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
        """What the log keeps of a review: what was typed, ticked, expected and predicted."""
        kept = self._desk.kept_words
        if ticked := self.page.points.ticked_texts:
            kept["ticked"] = ticked
        if self.grade is not None:
            kept["expected"] = self.grade.extra
        if self.verdict is not None:
            return kept | {"prediction": self.verdict.extra}
        if self._trial is not None:
            return kept | asked_extra(self._trial)
        return kept

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
