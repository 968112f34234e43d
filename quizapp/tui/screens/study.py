"""Study: the question alone, then the answer, its key points, the rating, and the simulation beside it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.screen import Screen

from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.errors import QuizError
from quizapp.tui.study_keys import bindings
from quizapp.tui.turns import Turns, complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.rating_bar import RatingButton
from quizapp.tui.widgets.session_head import SessionHead
from quizapp.tui.widgets.session_summary import SessionSummary
from quizapp.tui.widgets.study_body import StudyBody

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from quizapp.core.card import Card
    from quizapp.services.simulation_messages import Host
    from quizapp.services.study import Study, Undone
    from quizapp.services.workspace import Workspace

LOOK_AGAIN_S = 5.0
"""How often the end of a session looks for a card that has come due meanwhile."""

_TAKEN_BACK = {
    EntryKind.REVIEW: "The rating was taken back.",
    EntryKind.SUSPEND: "The card is studied again.",
    EntryKind.BURY: "The card is no longer put off.",
}


class StudyScreen(Screen[None]):
    """One card after another, until nothing is left or the learner leaves."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()

    def __init__(
        self, workspace: Workspace, deck: str, card: Card | None, *, host: Callable[[], Host]
    ) -> None:
        """Study a deck and all below it, or everything when it is empty.

        Args:
            card: The card that comes first, if it is known already: it is painted before anything else is done.
            host: Gives the process that simulations run in.
        """
        super().__init__()
        self._workspace = workspace
        self._deck = deck
        self._host = host
        self._study: Study | None = None
        self._card = card
        self._is_begun = False
        self._turns = Turns(lambda: self.app)

    def compose(self) -> ComposeResult:
        """Lay out head, card, simulation, bar."""
        yield SessionHead(self._deck, self._workspace.now, id="study-head")
        yield StudyBody(self._workspace, host=self._host, id="study-body")
        yield SessionSummary(id="study-over")
        yield KeyLine()

    async def on_mount(self) -> None:
        """Show the first card, then take up the session."""
        self._body.page.focus()
        if self._card is not None:
            await self._show_card(self._card)
        self.set_interval(LOOK_AGAIN_S, self._look_again)

    @property
    def _body(self) -> StudyBody:
        return self.query_one(StudyBody)

    @work(group="turn")
    async def _begin(self) -> None:
        def begun() -> tuple[Study, Card | None]:
            from quizapp.services.study import begin

            study = begin(self._workspace, self._deck)
            return study, study.card()

        async def take_up(begun: tuple[Study, Card | None]) -> None:
            self._study, card = begun
            if card is None or self._card != card:
                await self._show_next(card)
            else:
                self._offer()

        await self._turns.run(begun, take_up)
        if self._study is None and self.is_current:
            self.dismiss()

    # What is in front.

    async def _show_next(self, card: Card | None) -> None:
        await self._body.close_simulation()
        self._card = card
        if card is None:
            await self._show_over()
            return
        self.remove_class("-over")
        await self._show_card(card)
        self._offer()

    async def _show_card(self, card: Card) -> None:
        self.query_one(SessionHead).show_card(card)
        await self._body.ask(card)

    @work(exclusive=True, group="offer")
    async def _offer(self) -> None:
        """Find out what the ratings would give and how the session stands, while the learner reads."""
        from quizapp.services.progress import offered, progress

        study, card = self._study, self._card
        if study is None or card is None:
            return
        session = study.session
        try:
            intervals = await asyncio.to_thread(offered, self._workspace, card)
            stands = await asyncio.to_thread(progress, self._workspace, session)
            await asyncio.to_thread(study.look_ahead)
            await asyncio.to_thread(self._workspace.database.tidy)
        except QuizError as error:
            complain(self.app, error)
            return
        if card is self._card:
            self._body.offer(intervals)
            self.query_one(SessionHead).show_place(stands.done, max(1, stands.left.total + stands.beside))

    async def _show_over(self) -> None:
        """Show how the session went."""
        from quizapp.services.progress import progress

        self.add_class("-over")
        self.query_one(SessionHead).show_card(None)
        self.refresh_bindings()
        if self._study is not None:
            stands = await asyncio.to_thread(progress, self._workspace, self._study.session)
            self.query_one(SessionSummary).show(stands)

    def on_study_body_changed(self) -> None:
        """Offer the keys that work now."""
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Offer the keys that work now: with less room a simulation lies over the card."""
        self.refresh_bindings()

    @work(group="look-again")
    async def _look_again(self) -> None:
        """Go on by itself when a card has come due after the end of a session."""
        from quizapp.services.next_card import peek

        if self._card is not None or self._study is None or not self.is_current or self._turns.taken:
            return
        try:
            waits = await asyncio.to_thread(peek, self._workspace, self._deck)
        except QuizError:
            return  # said at the next turn; nobody asked for anything
        if waits is not None:
            await self._turns.run(self._study.refresh, self._show_next)

    def on_screen_resume(self) -> None:
        """Take up the session once the card is painted; later, look for a card if there was none."""
        if self._is_begun:
            self._look_again()
            return
        self._is_begun = True
        self.call_after_refresh(self.call_after_refresh, self._begin)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now; no key acts on a card that is not in sight."""
        name = action.rpartition(".")[2]
        if action.startswith("app.") or name in ("leave", "back"):
            return True
        if self._card is None:
            return name == "undo"
        if name == "rate":
            return self._body.works(name) and parameters[0] in self._body.scale.ratings
        if name == "rate_passed":
            return self._body.works("rate") and Rating.HARD not in self._body.scale.ratings
        return self._body.works(name)

    # Revealing, reading, running.

    def action_reveal(self) -> None:
        """Show the answer."""
        self._body.reveal(section=False)

    def action_reveal_section(self) -> None:
        """Show the next section of the answer."""
        self._body.reveal(section=True)

    def action_simulate(self) -> None:
        """Run the simulation of this place, or close it."""
        self._body.simulate()

    def action_predict(self) -> None:
        """Ask what a prediction card asks, with its simulation ready to run."""
        self._body.simulate()

    async def action_close_simulation(self) -> None:
        """Show the card alone again."""
        await self._body.close_simulation()

    def action_choose_simulation(self, step: int) -> None:
        """Choose another of the simulations that the text names."""
        self._body.page.choose_launch(step)

    def action_scroll(self, lines: int) -> None:
        """Scroll the card by lines."""
        self._body.page.scroll_lines(lines)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll the card by pages."""
        self._body.page.scroll_pages(pages)

    def action_tick_points(self) -> None:
        """Go to the key points."""
        self._body.page.points.focus()

    def on_key_points_left(self) -> None:
        """Go back to the text."""
        self._body.page.focus()

    def action_why(self) -> None:
        """Show why the card has its interval."""
        from quizapp.tui.screens.why import WhyScreen

        if self._card is not None:
            self.app.push_screen(WhyScreen(self._workspace, self._card))

    def action_claims(self) -> None:
        """Show what is said of the topic and how true it is; the simulation chosen there runs beside the card."""
        from quizapp.tui.screens.claims import ClaimsScreen

        if self._card is not None:
            self.app.push_screen(ClaimsScreen(self._workspace, self._card.topic_id), self._body.run)

    # Rating and taking back. A key that comes while another one is being written is dropped.

    def action_rate(self, rating: int) -> None:
        """Rate the card; it is on disk before the next one is shown."""
        self._rate(Rating(rating))

    def action_rate_passed(self) -> None:
        """Rate the card as recalled, on two buttons."""
        self._rate(Rating.GOOD)

    def _rate(self, rating: Rating) -> None:
        if not self._body.works("rate") or not self._body.painted:
            return
        elapsed_ms = round(1000 * self.query_one(SessionHead).elapsed.total_seconds())
        ticked = self._body.page.points.ticked_texts
        extra = self._body.review_extra | ({"ticked": ticked} if ticked else {})
        self._move_on(lambda study: study.answer(rating, elapsed_ms, extra))

    def action_accept(self) -> None:
        """Give the rating that a prediction earned."""
        if self._body.verdict is not None:
            self._rate(self._body.verdict.rating)

    def on_rating_button_pressed(self, message: RatingButton.Pressed) -> None:
        """Rate with the mouse."""
        self._rate(message.rating)

    def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        self._move_on(lambda study: study.bury(), "Put off until tomorrow. u takes it back.")

    def action_suspend(self) -> None:
        """Take the card out of study."""
        self._move_on(lambda study: study.suspend(), "Suspended: it comes no more. u takes it back.")

    @work(group="turn")
    async def _move_on(self, action: Callable[[Study], Card | None], words: str = "") -> None:
        """Run what ends with another card in front."""
        study = self._study
        if study is None or self._card is None or not self._body.painted or self._turns.taken:
            return

        async def show(card: Card | None) -> None:
            await self._show_next(card)
            if words:
                self._say(words)

        await self._turns.run(lambda: action(study), show)

    @work(group="turn")
    async def action_undo(self) -> None:
        """Take back the latest answer, suspension or burial, also one from before a restart."""
        study = self._study
        if study is None or self._turns.taken:
            return

        def take_back() -> tuple[Undone | None, Card | None]:
            return study.undo(), study.card()

        async def show(result: tuple[Undone | None, Card | None]) -> None:
            undone, card = result
            if undone is None:
                self._say("There is nothing to take back.")
                return
            await self._show_next(card)
            self._say(_TAKEN_BACK.get(undone.kind, "It was taken back."))

        await self._turns.run(take_back, show)

    def _say(self, words: str) -> None:
        """Say what was done, in place of what was said before."""
        self.app.clear_notifications()
        self.notify(words, timeout=3)

    # Editing and leaving.

    @work(group="turn")
    async def action_edit(self) -> None:
        """Edit the topic's file in the learner's editor, take it in, and come back to the same card."""
        from quizapp.tui.editing import edit_topic, problem_words

        study, card = self._study, self._card
        if study is None or card is None or self._turns.taken:
            return

        async def edited() -> None:
            if problems := await edit_topic(self.app, self._workspace, card.topic_id):
                title, words = problem_words(problems)
                self.notify(words, title=title, severity="error", timeout=20, markup=False)
            await self._show_edited(card, await asyncio.to_thread(study.refresh))

        await self._turns.take(edited)

    async def _show_edited(self, before: Card, after: Card | None) -> None:
        """Show the same card with its new words where it was left, or the next one when it has gone."""
        if after is None or after.id != before.id:
            await self._show_next(after)
            return
        self._card = after
        await self._body.replace(after)
        self._offer()

    async def action_back(self) -> None:
        """Close the simulation, or go back to Home."""
        if self._body.pane.block is not None:
            await self._body.close_simulation()
        else:
            self.action_leave()

    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """Go back to Home; the place is kept. What is being written is waited for."""
        if self._study is not None:
            await self._turns.run(self._study.leave)
        if self.is_current:
            self.dismiss()
