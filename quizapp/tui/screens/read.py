"""A card to be read at leisure: question, answer and key points, with nothing to rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.core.deck_key_points import key_points
from quizapp.core.plain import printable
from quizapp.core.reading import Reading, begun, more_words, opened_at
from quizapp.services.trials import front
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.card import Card


class ReadScreen(ModalScreen[None]):
    """One card, a long answer a section at a time."""

    CSS = """
    ReadScreen { align: center middle; }
    #read { width: 96; max-width: 100%; height: 100%; padding: 0 2; }
    #read { background: $surface; border: round $primary 50%; scrollbar-size-vertical: 1; }
    #read MarkdownBlock { margin: 1 0 0 0; }
    #read-more, #read-points { height: auto; margin: 1 0; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "Down", id="read.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="read.up", show=False),
        Binding("space,pagedown", "scroll_page(1)", "Page down", id="read.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="read.page_up", show=False),
        Binding("w", "reveal_all", "Whole answer", id="read.reveal_all", show=False),
        Binding("escape,q,r", "dismiss", "Back", id="read.leave"),
    ]

    def __init__(self, card: Card) -> None:
        """Show this card."""
        super().__init__()
        self._card = card
        self._reading = begun(card.answer, opened_at(card))

    def compose(self) -> ComposeResult:
        """Lay out question, answer, key points."""
        with VerticalScroll(id="read") as box:
            box.border_title = Content(one_line(self._card.title, 60))
            box.border_subtitle = keyed("{read.page_down=space} reads on   {read.leave=esc} goes back")
            yield MarkdownBlock(id="read-question")
            yield MarkdownBlock(id="read-answer")
            yield Static(id="read-more")
            points = () if self._card.own_answer else key_points(self._card.cover)
            words = "\n".join(f"· {' '.join(printable(point.text).split())}" for point in points)
            yield Static(Content(f"Key points\n{words}" if words else ""), id="read-points")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self.query_one("#read-question", MarkdownBlock).update(front(self._card))
        self._show(self._reading)

    def _show(self, reading: Reading) -> None:
        self._reading = reading
        self.query_one("#read-answer", MarkdownBlock).update(reading.text)
        more = self.query_one("#read-more", Static)
        more.display = not reading.whole
        how = keyed("{read.page_down=space} shows the next, {read.reveal_all=w} all")
        more.update(Content(more_words(reading, how)))
        self.query_one("#read-points").display = reading.whole

    def action_reveal_all(self) -> None:
        """Show the whole answer."""
        self._show(self._reading.all_of_it())

    def action_scroll(self, lines: int) -> None:
        """Read on, or back."""
        self._box.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Read on by pages, keeping two lines in sight; at the foot of what is shown the next section comes."""
        box = self._box
        if pages > 0 and not self._reading.whole and box.scroll_y >= box.max_scroll_y:
            line = self._reading.parts[self._reading.shown].line
            self._show(self._reading.further())
            self.call_after_refresh(self._go_to, line)
        else:
            self.action_scroll(pages * max(1, box.size.height - 2))

    def _go_to(self, line: int) -> None:
        answer = self.query_one("#read-answer", MarkdownBlock)
        self._box.scroll_to(y=answer.virtual_region.y + answer.y_of_source(line) - 1, animate=False)

    @property
    def _box(self) -> VerticalScroll:
        return self.query_one("#read", VerticalScroll)
