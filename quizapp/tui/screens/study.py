"""Study: the question alone, then the answer, its key points, the rating, and the simulation beside it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Rule, Static

from quizapp.core.deck_key_points import key_points
from quizapp.core.duration import clock
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.plain import printable
from quizapp.core.reading import Reading, first_sim, opened_at
from quizapp.errors import QuizError
from quizapp.tui.widgets.key_points import KeyPoints
from quizapp.tui.widgets.markdown_block import MarkdownBlock
from quizapp.tui.widgets.rating_bar import RatingBar, RatingButton

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.memory import Interval
    from quizapp.core.topic import SimBlock
    from quizapp.services.progress import Progress
    from quizapp.services.simulation_messages import Host
    from quizapp.services.study import Study
    from quizapp.services.workspace import Workspace
    from quizapp.tui.prediction_keeper import PredictionKeeper
    from quizapp.tui.widgets.simulation_view import SimulationView

T = TypeVar("T")

_REVEALED = ("rate", "tick_points")


class StudyScreen(Screen[None]):
    """One card after another, until nothing is left or the learner leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "reveal", "Answer", id="study.reveal"),
        Binding("n", "reveal_section", "Section", id="study.section"),
        *(
            Binding(
                str(rating.value),
                f"rate({rating.value})",
                rating.name.capitalize(),
                id=f"study.{rating.name.lower()}",
                show=False,
            )
            for rating in Rating
        ),
        Binding("x", "simulate", "Simulate", id="study.simulate"),
        Binding(
            "left_square_bracket",
            "choose_simulation(-1)",
            "Previous simulation",
            id="study.previous_simulation",
            show=False,
        ),
        Binding(
            "right_square_bracket",
            "choose_simulation(1)",
            "Next simulation",
            id="study.next_simulation",
            show=False,
        ),
        Binding("t", "tick_points", "Tick points", id="study.tick"),
        Binding("u", "undo", "Undo", id="study.undo"),
        Binding("i", "why", "Why", id="study.why"),
        Binding("e", "edit", "Edit", id="study.edit"),
        Binding("b", "bury", "Bury", id="study.bury"),
        Binding("z", "suspend", "Suspend", id="study.suspend"),
        Binding("q,escape", "leave", "Back", id="study.leave", key_display="q"),
        Binding("j,down", "scroll(1)", "Down", id="study.down", show=False),
        Binding("k,up", "scroll(-1)", "Up", id="study.up", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", id="study.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="study.page_up", show=False),
        Binding("question_mark", "app.help", "Help", id="study.help", show=False),
    ]

    @dataclass
    class CardOffered(Message):
        """What the ratings of a card would give, and how the session stands."""

        card_id: str
        intervals: Mapping[Rating, Interval]
        progress: Progress

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
        self._study: Study | None = None
        self._card = card
        self._host = host
        self._reading = Reading("", 0)
        self._intervals: Mapping[Rating, Interval] | None = None
        self._progress: Progress | None = None
        self._shown_at = time.monotonic()
        self._chosen_launch: int | None = None
        self._keeper: PredictionKeeper
        self._busy = False

    def compose(self) -> ComposeResult:
        """Lay out head, card, simulation, bar."""
        yield Static(id="study-head")
        with Horizontal(id="study-body"):
            with VerticalScroll(id="study-page"):
                yield MarkdownBlock(id="study-question")
                yield Rule(id="study-rule")
                yield MarkdownBlock(id="study-answer")
                yield Static(id="study-more")
                yield KeyPoints(id="study-points")
            yield Container(id="study-simulation")
        yield Static(id="study-over")
        yield RatingBar(id="study-bar")
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        """Show the first card, then take up the session."""
        self.query_one("#study-page").can_focus = True
        self.query_one("#study-page").focus()
        if self._card is not None:
            await self._show_card(self._card)
        self.call_after_refresh(self._begin)
        self.set_interval(1.0, self._show_head)

    @work(exclusive=True, group="study")
    async def _begin(self) -> None:
        from quizapp.services.study import begin

        study = await self._try(lambda: begin(self._workspace, self._deck))
        if study is None:
            self.dismiss()
            return
        self._study = study
        card = await asyncio.to_thread(study.card)
        if card is None or self._card is None or card.id != self._card.id:
            await self._show_next(card)
        else:
            self._offer()

    async def _try(self, action: Callable[[], T]) -> T | None:
        """Run a use case in a thread; an error is shown and costs nothing else."""
        try:
            return await asyncio.to_thread(action)
        except QuizError as error:
            self.notify(str(error), title="That did not work", severity="error", timeout=12, markup=False)
            return None

    # What is in front.

    async def _show_next(self, card: Card | None) -> None:
        self._card = card
        if card is None:
            await self._show_over()
            return
        self.remove_class("-over")
        await self._show_card(card)
        self._offer()

    async def _show_card(self, card: Card) -> None:
        """Show the question alone."""
        self._reading = Reading(card.answer)
        self._intervals = None
        self._chosen_launch = None
        self._shown_at = time.monotonic()
        self.query_one("#study-question", MarkdownBlock).update(card.question)
        self.query_one("#study-answer", MarkdownBlock).update("")
        await self.query_one(KeyPoints).show_points(key_points(card.cover) if not card.own_answer else ())
        self.remove_class("-revealed", "-whole")
        self.query_one(RatingBar).ask()
        self.query_one("#study-page").scroll_to(y=0, animate=False)
        self._show_head()
        self.refresh_bindings()

    @work(exclusive=True, group="offer", exit_on_error=False)
    async def _offer(self) -> None:
        """Find out what the ratings would give and how the session stands, while the learner reads."""
        from quizapp.services.progress import offered, progress

        if self._study is None or self._card is None:
            return
        card, session = self._card, self._study.session
        intervals = await asyncio.to_thread(offered, self._workspace, card)
        stands = await asyncio.to_thread(progress, self._workspace, session)
        self.post_message(self.CardOffered(card.id, intervals, stands))

    def on_study_screen_card_offered(self, message: CardOffered) -> None:
        """Show the intervals on the buttons."""
        if self._card is None or message.card_id != self._card.id:
            return
        self._intervals = message.intervals
        self._progress = message.progress
        if self._reading.revealed:
            self.query_one(RatingBar).show(self._intervals)
        self._show_head()

    def _show_head(self) -> None:
        card = self._card
        if card is None:
            self.query_one("#study-head", Static).update(Content(f"{self._deck or 'all decks'}"))
            return
        where = f"{card.deck} › {card.title}"
        parts = [clock(time.monotonic() - self._shown_at)]
        if card.number:
            parts.insert(0, f"follow-up {card.number} of {card.follow_ups}")
        if self._progress is not None:
            done = self._progress.done
            parts.insert(0, f"{done + 1} of {done + max(1, self._progress.left.total)}")
        right = "   ".join(parts)
        room = max(8, self.size.width - len(right) - 4)
        where = printable(where).replace("\n", " ")
        where = where if len(where) <= room else where[: room - 1] + "…"
        self.query_one("#study-head", Static).update(Content(where.ljust(room) + "  " + right))

    # Revealing.

    def action_reveal(self) -> None:
        """Show the answer; when it is there already, read on."""
        if self._reading.revealed and self._reading.whole:
            self.action_scroll_page(1)
            return
        self._reveal(self._reading.all_of_it())

    def action_reveal_section(self) -> None:
        """Show the next section of the answer."""
        self._reveal(self._reading.further())

    def _reveal(self, reading: Reading) -> None:
        if self._card is None:
            return
        first = not self._reading.revealed
        self._reading = reading
        self.query_one("#study-answer", MarkdownBlock).update(reading.text)
        self.add_class("-revealed")
        self.set_class(reading.whole and self.query_one(KeyPoints).has_points, "-whole")
        more = f"{reading.left} more sections: n shows the next, space all" if reading.left else ""
        self.query_one("#study-more", Static).update(Content(more))
        self.query_one("#study-more").display = bool(more)
        self.query_one(RatingBar).show(self._intervals)
        self.refresh_bindings()
        self.call_after_refresh(self._settle_on, first=first)

    def _settle_on(self, *, first: bool) -> None:
        """Scroll to where reading begins: the part that fits a follow-up, or the section just shown."""
        if self._card is None:
            return
        answer = self.query_one("#study-answer", MarkdownBlock)
        page = self.query_one("#study-page", VerticalScroll)
        if first and self._reading.whole:
            line = opened_at(self._card)
            if line:
                page.scroll_to(y=answer.virtual_region.y + answer.y_of_source(line), animate=False)
        elif not self._reading.whole or self._reading.shown > 1:
            line = self._reading.parts[self._reading.shown - 1].line
            page.scroll_to(y=answer.virtual_region.y + answer.y_of_source(line), animate=False)
        self._mark_launch()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what works now."""
        name = action.rpartition(".")[2]
        if self._card is None:
            return name in ("leave", "undo", "help", "show_help_panel") or name.startswith("app")
        if name in _REVEALED and not self._reading.revealed:
            return False
        if name == "reveal_section":
            return not self._reading.whole
        if name == "tick_points":
            return self._reading.whole and self.query_one(KeyPoints).has_points
        return True

    # Rating and taking back.

    @work(group="answer")
    async def action_rate(self, rating: int) -> None:
        """Rate the card; it is on disk before the next one is shown."""
        if self._busy or self._study is None or self._card is None or not self._reading.revealed:
            return
        study = self._study
        elapsed_ms = round(1000 * (time.monotonic() - self._shown_at))
        ticked = self.query_one(KeyPoints).ticked_texts
        extra: dict[str, object] = {"ticked": ticked} if ticked else {}
        await self._advance(lambda: study.answer(Rating(rating), elapsed_ms, extra))

    def on_rating_button_pressed(self, message: RatingButton.Pressed) -> None:
        """Rate with the mouse."""
        self.action_rate(int(message.rating))

    @work(group="answer")
    async def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        if self._study is not None and await self._advance(self._study.bury):
            self.notify("Put off until tomorrow. u takes it back.", timeout=3)

    @work(group="answer")
    async def action_suspend(self) -> None:
        """Take the card out of study."""
        if self._study is not None and await self._advance(self._study.suspend):
            self.notify("Suspended: it comes no more. u takes it back.", timeout=3)

    async def _advance(self, action: Callable[[], Card | None]) -> bool:
        """Run what ends with another card in front; on an error the present one stays."""
        if self._busy or self._card is None:
            return False
        self._busy = True
        try:
            card = await asyncio.to_thread(action)
        except QuizError as error:
            self.notify(str(error), title="Not recorded", severity="error", timeout=12, markup=False)
            return False
        finally:
            self._busy = False
        await self._close_simulation()
        await self._show_next(card)
        return True

    @work(group="answer")
    async def action_undo(self) -> None:
        """Take back the latest answer, suspension or burial, also one from before a restart."""
        if self._busy or self._study is None:
            return
        study = self._study
        undone = await self._try(study.undo)
        if undone is None:
            self.notify("There is nothing to take back.", timeout=3)
            return
        words = {
            EntryKind.REVIEW: "The rating",
            EntryKind.SUSPEND: "The suspension",
            EntryKind.BURY: "The burial",
        }
        self.notify(f"{words.get(undone.kind, 'It')} was taken back.", timeout=3)
        await self._close_simulation()
        await self._show_next(await asyncio.to_thread(study.card))

    # The simulation.

    @work(exclusive=True, group="simulate")
    async def action_simulate(self) -> None:
        """Run the simulation of this place; a card whose topic has none chooses from the catalogue."""
        if self._card is None:
            return
        block = self._launch_here()
        if block is None:
            block = await self._choose_from_catalogue(self._card)
        if block is not None:
            await self._open_simulation(block)

    def on_markdown_block_launch_requested(self, message: MarkdownBlock.LaunchRequested) -> None:
        """Run the simulation that was clicked."""
        self.run_worker(self._open_simulation(message.block), exclusive=True, group="simulate")

    async def _choose_from_catalogue(self, card: Card) -> SimBlock | None:
        from quizapp.core.topic import SimBlock
        from quizapp.tui.screens.catalogue import CatalogueScreen

        words = " ".join((card.title, *card.tags, card.question, card.answer))
        name = await self.app.push_screen_wait(CatalogueScreen(words))
        return SimBlock(name, (), 0) if name else None

    async def _open_simulation(self, block: SimBlock) -> None:
        from quizapp.tui.prediction_keeper import PredictionKeeper
        from quizapp.tui.widgets.simulation_view import SimulationView

        if self._card is None:
            return
        await self._close_simulation()
        self._keeper = PredictionKeeper(self._workspace, self._card.id)
        view = SimulationView(block.simulation, dict(block.settings), host=self._host())
        await self.query_one("#study-simulation").mount(view)
        self.add_class("-simulating")

    async def on_simulation_view_prediction_committed(
        self, message: SimulationView.PredictionCommitted
    ) -> None:
        """Keep what the learner said."""
        await self._keeper.commit(message)

    async def on_simulation_view_run_finished(self, message: SimulationView.RunFinished) -> None:
        """Keep what the run said."""
        await self._keeper.settle(message)

    async def on_simulation_view_close_requested(self) -> None:
        """Go back to the card, at the line where it was left."""
        await self._close_simulation()

    async def _close_simulation(self) -> None:
        if not self.has_class("-simulating"):
            return
        self.remove_class("-simulating")
        await self.query_one("#study-simulation").remove_children()
        self.query_one("#study-page").focus()

    def action_choose_simulation(self, step: int) -> None:
        """Choose another of the simulations that the text names."""
        launches = self.query_one("#study-answer", MarkdownBlock).launches()
        if not self._reading.revealed or not launches:
            return
        now = self._chosen_launch if self._chosen_launch is not None else self._nearest_launch() or 0
        self._chosen_launch = (now + step) % len(launches)
        answer = self.query_one("#study-answer", MarkdownBlock)
        y = answer.virtual_region.y + launches[self._chosen_launch][0]
        self.query_one("#study-page", VerticalScroll).scroll_to(
            y=max(0, y - self.size.height // 3), animate=False
        )
        self._mark_launch()

    def _launch_here(self) -> SimBlock | None:
        """Return the block that x runs: the chosen one, the nearest above the reading position, or the topic's."""
        assert self._card is not None
        launches = self.query_one("#study-answer", MarkdownBlock).launches() if self._reading.revealed else ()
        index = self._chosen_launch if self._chosen_launch is not None else self._nearest_launch()
        if launches and index is not None:
            return launches[index][1]
        return first_sim(self._card)

    def _nearest_launch(self) -> int | None:
        """Return the index of the last launch at or above the line being read, else the first below it.

        The line being read moves from the top of the page to its foot as the page is scrolled to its end.
        """
        answer = self.query_one("#study-answer", MarkdownBlock)
        page = self.query_one("#study-page", VerticalScroll)
        places = [answer.virtual_region.y + y for y, _ in answer.launches()]
        if not places:
            return None
        share = page.scroll_y / page.max_scroll_y if page.max_scroll_y else 0.0
        line = page.scroll_y + share * page.size.height
        above = [index for index, place in enumerate(places) if place <= line]
        return above[-1] if above else 0

    def _mark_launch(self) -> None:
        index = self._chosen_launch if self._chosen_launch is not None else self._nearest_launch()
        self.query_one("#study-answer", MarkdownBlock).highlight_launch(index)

    # Reading and the rest.

    def action_scroll(self, lines: int) -> None:
        """Scroll the card by lines."""
        self._scroll_by(lines)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll the card by pages, keeping two lines in sight."""
        self._scroll_by(pages * max(1, self.query_one("#study-page").size.height - 2))

    def _scroll_by(self, lines: int) -> None:
        self._chosen_launch = None
        page = self.query_one("#study-page", VerticalScroll)
        page.scroll_relative(y=lines, animate=False, immediate=True)
        self._mark_launch()

    def action_tick_points(self) -> None:
        """Go to the key points."""
        self.query_one(KeyPoints).focus()

    def on_key_points_left(self) -> None:
        """Go back to the text."""
        self.query_one("#study-page").focus()

    def action_why(self) -> None:
        """Show why the card has its interval."""
        from quizapp.tui.screens.why import WhyScreen

        if self._card is not None:
            self.app.push_screen(WhyScreen(self._workspace, self._card))

    @work(group="answer")
    async def action_edit(self) -> None:
        """Edit the topic's file in the learner's editor, take it in, and come back to the same card."""
        from quizapp.services.editor import edit
        from quizapp.services.library import add, editable_file

        if self._card is None or self._study is None:
            return
        topic = self._card.topic_id
        path = await self._try(lambda: editable_file(self._workspace, topic))
        if path is None:
            return
        try:
            with self.app.suspend():
                edit(path)
        except (QuizError, SuspendNotSupported) as error:
            self.notify(str(error) or f"Edit {path} elsewhere.", severity="error", timeout=12, markup=False)
            return
        taken = await self._try(lambda: add(self._workspace, [path]))
        if taken is not None:
            for problem in taken.problems:
                self.notify(printable(str(problem)), severity="error", timeout=20, markup=False)
            await self._show_again()

    async def _show_again(self) -> None:
        """Show the present card with its new words, as far revealed as before."""
        assert self._study is not None
        shown = self._reading.shown
        before = self._card
        card = await self._try(self._study.refresh)
        await self._show_next(card)
        if card is not None and before is not None and card.id == before.id and shown:
            self._reveal(Reading(card.answer, min(shown, len(Reading(card.answer).parts))))

    async def _show_over(self) -> None:
        """Show how the session went."""
        from quizapp.services.progress import progress
        from quizapp.tui.session_words import session_summary

        self.add_class("-over")
        if self._study is not None:
            stands = await asyncio.to_thread(progress, self._workspace, self._study.session)
            self.query_one("#study-over", Static).update(session_summary(stands))
        self._show_head()
        self.refresh_bindings()

    @work(group="leave")
    async def action_leave(self) -> None:
        """Go back to Home; the place is kept."""
        if self._study is not None:
            await self._try(self._study.leave)
        self.dismiss()

    async def on_screen_resume(self) -> None:
        """Look again for a card when the learner comes back to a session that had none."""
        if self._study is not None and self._card is None:
            card = await self._try(self._study.refresh)
            if card is not None:
                await self._show_next(card)
