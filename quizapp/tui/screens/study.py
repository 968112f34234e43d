"""Study: the question alone, then the answer, its key points, the rating, and the simulation beside it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work

from quizapp.core.memory import Rating
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.screens.card_screen import CardScreen
from quizapp.tui.study_changes import StudyChanges
from quizapp.tui.study_keys import bindings
from quizapp.tui.turns import Turns, complain, say
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
    from quizapp.core.saved_search import SavedSearch
    from quizapp.services.progress import Progress
    from quizapp.services.simulation_messages import Host
    from quizapp.services.study import Study
    from quizapp.services.workspace import Workspace

LOOK_AGAIN_S = 5.0
"""How often the end of a session looks for a card that has come due meanwhile."""


class StudyScreen(CardScreen):
    """One card after another, until nothing is left or the learner leaves."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()

    def __init__(
        self,
        workspace: Workspace,
        deck: str,
        card: Card | None,
        *,
        host: Callable[[], Host],
        cram: SavedSearch | None = None,
    ) -> None:
        """Study a deck and all below it, or everything when it is empty.

        Args:
            card: The card that comes first, if it is known already: it is painted before anything else is done.
            host: Gives the process that simulations run in.
            cram: The search whose cards are studied, instead of a deck's.
        """
        super().__init__()
        self._workspace = workspace
        self._deck = deck
        self._cram = cram
        self._host = host
        self._study: Study | None = None
        self._card = card
        self._is_begun = False
        self._turns = Turns(lambda: self.app)
        self._changes = StudyChanges(lambda: self.app, workspace, self._turns, self._take_up, host=host)

    def compose(self) -> ComposeResult:
        """Lay out head, card, simulation, bar."""
        yield SessionHead(
            self._deck,
            self._workspace.now,
            leech_lapses=self._workspace.settings.leech_lapses,
            id="study-head",
        )
        moves = self._cram is None or self._cram.reschedule
        yield StudyBody(self._workspace, host=self._host, moves_schedule=moves, id="study-body")
        yield SessionSummary(id="study-over")
        yield KeyLine(first=("accept", "pass_card"))

    async def on_mount(self) -> None:
        """Show the first card, then take up the session."""
        self._body.page.focus()
        if self._card is not None:
            await self._show_card(self._card)
        self.set_interval(LOOK_AGAIN_S, self._look_again)

    @work(group="turn")
    async def _begin(self) -> None:
        from quizapp.services.cram import begin_study

        async def take_up(begun: tuple[Study, Card | None]) -> None:
            self._study, card = begun
            if card is None or self._card != card:
                await self._show_next(card)
            else:
                self._offer()

        await self._turns.run(lambda: begin_study(self._workspace, self._deck, self._cram), take_up)
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
        from quizapp.services.outlook import outlook, prepare

        study, card = self._study, self._card
        if study is None or card is None:
            return
        try:
            seen = await asyncio.to_thread(outlook, study, card)
            await asyncio.to_thread(prepare, study)
        except QuizError as error:
            complain(self.app, error)
            return
        if card is self._card:
            self._body.offer(seen.intervals)
            self.query_one(SessionHead).show_place(
                seen.stands.done, seen.ahead, seen.probes, seen.stands.note
            )

    async def _show_over(self) -> None:
        """Show how the session went."""
        from quizapp.services.learned import finished

        self.add_class("-over")
        self.query_one(SessionHead).show_card(None)
        self.refresh_bindings()
        if self._study is not None:
            stands = await asyncio.to_thread(finished, self._workspace, self._study.session)
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

        study, is_over = self._study, self._card is None and self._cram is None
        if study is None or not is_over or not self.is_current or self._turns.taken:
            return
        try:
            waits = await asyncio.to_thread(peek, self._workspace, self._deck)
        except QuizError:
            return  # said at the next turn; nobody asked for anything
        if waits is not None:
            await self._turns.run(study.refresh, self._show_next)

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
        if action.startswith("app."):
            return True
        if not self.query(StudyBody):
            return False  # a key that came before the screen was laid out
        if name in ("leave", "back"):
            return True
        if self._card is None:
            return name in ("undo", "redo")
        return self._body.offers(name, parameters)

    # What is known of the card.

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
        extra = self._body.review_extra
        self._move_on(lambda study: study.answer(rating, elapsed_ms, extra))

    action_pass_card = action_rate_passed

    def action_accept(self) -> None:
        """Give the rating that a prediction or an expected answer earned."""
        if self._body.proposed is not None:
            self._rate(self._body.proposed)

    def on_rating_button_pressed(self, message: RatingButton.Pressed) -> None:
        """Rate with the mouse."""
        self._rate(message.rating)

    def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        self._move_on(
            lambda study: study.bury(), keyed("Put off until tomorrow. {study.undo=u} takes it back.")
        )

    def action_suspend(self) -> None:
        """Take the card out of study."""
        self._move_on(
            lambda study: study.suspend(), keyed("Suspended: it comes no more. {study.undo=u} takes it back.")
        )

    @work(group="turn")
    async def _move_on(self, action: Callable[[Study], Card | None], words: str = "") -> None:
        """Run what ends with another card in front."""
        study = self._study
        if study is None or self._card is None or not self._body.painted or self._turns.taken:
            return

        async def show(card: Card | None) -> None:
            await self._show_next(card)
            if words:
                say(self.app, words)

        await self._turns.run(lambda: action(study), show)
        if study.leech is not None:
            self.run_worker(self._changes.help_with_leech(study, study.leech), group="leech")

    @work(group="change")
    async def action_change_card(self) -> None:
        """Show what can be done to the card, and do it."""
        study, card = self._study, self._card
        if study is not None and card is not None and not self._turns.taken and self._body.painted:
            await self._changes.change(study, card)

    async def _take_up(self, card: Card | None) -> None:
        """Show the card that is in front after a change: the same one as far as it was read, or another."""
        if self._card is None or card is None or card.id != self._card.id:
            await self._show_next(card)
            return
        self._card = card
        self.query_one(SessionHead).replace_card(card)
        await self._body.replace(card)
        self._offer()

    @work(group="turn")
    async def action_undo(self) -> None:
        """Take back the latest answer or change, also one from before a restart, wherever it was made."""
        if self._study is not None and not self._turns.taken:
            await self._changes.undo(self._study, self._show_next)

    @work(group="turn")
    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        if self._study is not None and not self._turns.taken:
            await self._changes.redo(self._study)

    # Editing and leaving.

    @work(group="turn")
    async def action_edit(self) -> None:
        """Edit the topic's file in the learner's editor; at first it is said which file that is."""
        card = self._card
        if self._study is not None and card is not None and not self._turns.taken:
            await self._changes.ask(card, self._edit)

    @work(group="turn")
    async def _edit(self) -> None:
        study, card = self._study, self._card
        if study is not None and card is not None and not self._turns.taken:
            await self._changes.edit(study, card)

    @work(group="turn")
    async def action_edit_here(self) -> None:
        """Edit the topic's file in the app's own editor."""
        if self._card is not None and not self._turns.taken:
            await self._changes.edit_here(self._card)

    @work(group="turn")
    async def on_library_changed(self) -> None:
        """Show the card in front as its file has it now, where it was left."""
        if self._study is not None:
            await self._changes.read_again(self._study, self._card)

    async def action_back(self) -> None:
        """Close the simulation, or go back to Home."""
        if self._body.pane.block is not None:
            await self._body.close_simulation()
        else:
            self.action_leave()

    @work(group="leave", exclusive=True)
    async def action_leave(self) -> None:
        """Go back to Home; the place is kept. What is being written is waited for."""
        from quizapp.services.learned import finished

        await self._body.keep_typed()
        study = self._study
        if study is not None:
            await self._turns.run(study.leave)
            if study.answered and self._card is not None:
                await self._turns.run(lambda: finished(self._workspace, study.session), self._show_so_far)
        if self.app.screen is self:
            self.dismiss()

    async def _show_so_far(self, stands: Progress) -> None:
        """Say in passing what was learned, over a session that is left before its end."""
        from quizapp.tui.screens.session_so_far import SessionSoFarScreen

        if self.is_current:
            self.app.push_screen(SessionSoFarScreen(stands), lambda _: self.dismiss())
