"""One card on the screen: the question alone, then the answer as far as it is revealed, then its key points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Rule, Static

from quizapp.core.chart.label import clean
from quizapp.core.covered import points_of
from quizapp.core.memory import Rating
from quizapp.core.reading import Reading, begun, continued, first_sim, more_words, opened_at
from quizapp.services.trials import back, front, revealed_front
from quizapp.tui.key_words import keyed
from quizapp.tui.study_words import lead
from quizapp.tui.widgets.expected_answer import ExpectedAnswer
from quizapp.tui.widgets.key_points import KeyPoints
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.grade import Grade
    from quizapp.core.topic import SimBlock
    from quizapp.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """Where the learner reads: the line of the page at its width, and the line of the answer's text."""

    width: int
    y: int
    source_line: int | None


class CardPage(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A card that is read from the question to the key points. The screen binds the keys that scroll it."""

    @dataclass
    class Moved(Message):
        """The foot of what is shown came into sight, or went out of it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a card."""
        super().__init__(id=id)
        self.reading = Reading("")
        self._card: Card | None = None
        self._chosen: int | None = None
        self._marked: int | None = None
        self._place = Place(0, 0, None)
        self._width = 0
        self._is_compared = False
        self.has_more_below = False
        """Whether what is revealed goes on below the page's foot; found out once it is laid out."""

    def compose(self) -> ComposeResult:
        """Lay out the parts of a card; its classes say which are in sight."""
        yield Static(id="study-lead")
        yield MarkdownBlock(id="study-question")
        yield ExpectedAnswer(id="study-expected")
        yield Static(id="study-verdict", markup=False)
        yield Rule(id="study-rule")
        yield MarkdownBlock(id="study-answer")
        yield Static(id="study-more")
        yield KeyPoints(id="study-points")

    @property
    def points(self) -> KeyPoints:
        """The key points of the card."""
        return self.query_one(KeyPoints)

    @property
    def expected(self) -> ExpectedAnswer:
        """Where the answer is given that the card expects."""
        return self.query_one(ExpectedAnswer)

    @property
    def _question(self) -> MarkdownBlock:
        return self.query_one("#study-question", MarkdownBlock)

    @property
    def _answer(self) -> MarkdownBlock:
        return self.query_one("#study-answer", MarkdownBlock)

    async def ask(self, card: Card) -> None:
        """Show the question of a card alone."""
        self._card = card
        self.reading = Reading(back(card))
        self._chosen = self._marked = None
        self._is_compared = self.has_more_below = False
        self.remove_class("-revealed", "-pointed")
        self._show_lead(card)
        self._question.update(front(card))
        self.show_verdict(None)
        self._answer.update("")
        await self.points.show_points(points_of(card))
        self.scroll_to(y=0, animate=False, immediate=True)

    async def replace(self, card: Card) -> None:
        """Show the same card with other words, as far revealed, ticked and scrolled as it was."""
        before, y, ticked = self.reading, self.scroll_offset.y, set(self.points.ticked_texts)
        await self.ask(card)
        self.points.tick(ticked)
        if before.revealed:
            self._show_answer(continued(before, self.reading.answer))
            self.call_after_refresh(self.scroll_to, y=y, animate=False, immediate=True)

    def show_verdict(self, verdict: Verdict | Grade | None) -> None:
        """Show below the question how the prediction or the answer did, or nothing."""
        shown = self.query_one("#study-verdict", Static)
        shown.display = verdict is not None
        if verdict is not None:
            shown.update("\n".join(map(clean, verdict.words.splitlines())))
            shown.set_class(verdict.rating is Rating.AGAIN, "-miss")

    def reveal(self) -> None:
        """Show a short answer, or the next section of a long one, and go to where it begins.

        The first section is the one that the card opens.
        """
        before = self.reading
        if before.revealed:
            self._show_answer(before.further())
            self.call_after_refresh(self._go_to, before.parts[before.shown].line)
        else:
            opened = opened_at(self._card) if self._card is not None else 0
            self._show_answer(begun(before.answer, opened))
            self.call_after_refresh(self._go_to, opened)

    def reveal_all(self) -> None:
        """Show all that is hidden still, and stay where the learner reads."""
        before = self.reading
        self._show_answer(before.all_of_it())
        if not before.revealed:
            self.call_after_refresh(self._go_to, opened_at(self._card) if self._card is not None else 0)
        else:
            self.call_after_refresh(self._note_more_below)

    def compare_points(self) -> None:
        """Show the key points as soon as anything is revealed: the learner's words are compared with them."""
        self._is_compared = True
        self._show_points()

    def _show_points(self) -> None:
        is_due = self.reading.whole or (self._is_compared and self.reading.revealed)
        self.set_class(is_due and self.points.has_points, "-pointed")

    @property
    def has_points_in_sight(self) -> bool:
        """Whether the key points stand below the answer."""
        return self.has_class("-pointed")

    def _show_lead(self, card: Card) -> None:
        words, shown = lead(card), self.query_one("#study-lead", Static)
        shown.display = bool(words)
        shown.update(Content(words))

    def _show_answer(self, reading: Reading) -> None:
        if self._card is not None and not self.reading.revealed:
            self._question.update(revealed_front(self._card))
        self.expected.close()
        self.reading = reading
        self._marked = None
        self._answer.update(reading.text)
        self.add_class("-revealed")
        self._show_points()
        more = self.query_one("#study-more", Static)
        more.display = not reading.whole
        how = keyed("{study.section=space} shows the next, {study.reveal_all=w} all")
        more.update(Content(more_words(reading, how)))

    def _go_to(self, line: int) -> None:
        """Scroll to a line of the answer; its beginning stays below the question where both have room."""
        answer = self._answer.virtual_region
        y = answer.y + self._answer.y_of_source(line)
        if line or 3 * answer.y > 2 * self.size.height:
            self.scroll_to(y=max(0, y - 1), animate=False, immediate=True)
        self.mark_launch()
        self._note_more_below()

    # Scrolling keeps the place, and marks the simulation that stands there.

    def scroll_lines(self, lines: int) -> None:
        """Read on, or back."""
        self._chosen = None
        self.scroll_relative(y=lines, animate=False, immediate=True)
        self.mark_launch()

    def scroll_pages(self, pages: int) -> None:
        """Read on by pages, keeping two lines in sight."""
        self.scroll_lines(pages * max(1, self.size.height - 2))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember where the learner reads; a change of the width must not lose it."""
        super().watch_scroll_y(old_value, new_value)
        self._note_more_below()
        if self.is_mounted and self.size.width == self._width:
            self._remember()
            self._chosen = None
            self.mark_launch()

    def _note_more_below(self) -> None:
        more = self.is_mounted and self.reading.revealed and self._goes_on_below()
        if more != self.has_more_below:
            self.has_more_below = more
            self.post_message(self.Moved())

    def _goes_on_below(self) -> bool:
        """Return whether the answer goes on below the page's foot, or once it is whole its key points do."""
        last = self.points if self.reading.whole and self.has_points_in_sight else self._answer
        return last.virtual_region.bottom > self.scroll_y + self.size.height

    def on_resize(self, event: events.Resize) -> None:
        """Go back to the line that was read: the text has other lines at another width."""
        if event.size.width != self._width:
            self._width = 0
            self.call_after_refresh(self._go_back)
        else:
            self.call_after_refresh(self._note_more_below)

    def _remember(self) -> None:
        y, answer = self.scroll_offset.y, self._answer
        inside = self.reading.revealed and y >= answer.virtual_region.y
        line = answer.source_line_at(y - answer.virtual_region.y) if inside else None
        self._place = Place(self.size.width, y, line)

    def _go_back(self) -> None:
        was, answer, width = self._place, self._answer, self.size.width
        if was.width == width:
            self.scroll_to(y=was.y, animate=False, immediate=True)
        elif was.source_line is not None:
            y = answer.virtual_region.y + answer.y_of_source(was.source_line)
            self.scroll_to(y=y, animate=False, immediate=True)
        self._width = width
        self.mark_launch()
        self._note_more_below()

    # Simulations in the text.

    def launch(self) -> SimBlock | None:
        """Return the simulation of this place: the chosen one, the nearest above, or the topic's; None without any."""
        index = self._chosen if self._chosen is not None else self._nearest()
        if index is not None:
            return self._answer.launches()[index][1]
        return first_sim(self._card) if self._card is not None else None

    def choose_launch(self, step: int) -> None:
        """Choose another of the simulations that the text names, and scroll to it."""
        launches = self._answer.launches() if self.reading.revealed else ()
        if not launches:
            return
        now = self._chosen if self._chosen is not None else self._nearest() or 0
        chosen = (now + step) % len(launches)
        y = self._answer.virtual_region.y + launches[chosen][0]
        self.scroll_to(y=max(0, y - self.size.height // 3), animate=False, immediate=True)
        self._chosen = chosen
        self.mark_launch()

    def mark_launch(self) -> None:
        """Show which simulation x runs."""
        index = self._chosen if self._chosen is not None else self._nearest()
        if index != self._marked:
            self._marked = index
            self._answer.highlight_launch(index)

    def _nearest(self) -> int | None:
        """Return the index of the last launch at or above the line being read, else the first below it.

        The line being read moves from the top of the page to its foot as the page is scrolled to its end.
        """
        launches = self._answer.launches() if self.reading.revealed else ()
        if not launches:
            return None
        share = self.scroll_y / self.max_scroll_y if self.max_scroll_y else 0.0
        line = self.scroll_y + share * self.size.height - self._answer.virtual_region.y
        return max(0, sum(y <= line for y, _ in launches) - 1)
