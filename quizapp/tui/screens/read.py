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
from quizapp.services.trials import front
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.card import Card


class ReadScreen(ModalScreen[None]):
    """One card, all of it."""

    CSS = """
    ReadScreen { align: center middle; }
    #read { width: 96; max-width: 100%; height: 100%; padding: 0 2; }
    #read { background: $surface; border: round $primary 50%; scrollbar-size-vertical: 1; }
    #read MarkdownBlock { margin: 1 0 0 0; }
    #read-points { height: auto; margin: 1 0; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", "Down", id="read.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="read.up", show=False),
        Binding("space,pagedown", "scroll_page(1)", "Page down", id="read.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="read.page_up", show=False),
        Binding("escape,q,r", "dismiss", "Back", id="read.leave"),
    ]

    def __init__(self, card: Card) -> None:
        """Show this card."""
        super().__init__()
        self._card = card

    def compose(self) -> ComposeResult:
        """Lay out question, answer, key points."""
        with VerticalScroll(id="read") as box:
            box.border_title = Content(one_line(self._card.title, 60))
            box.border_subtitle = keyed("{read.page_down=space} reads on   {read.leave=esc} goes back")
            yield MarkdownBlock(id="read-question")
            yield MarkdownBlock(id="read-answer")
            points = () if self._card.own_answer else key_points(self._card.cover)
            words = "\n".join(f"· {' '.join(printable(point.text).split())}" for point in points)
            yield Static(Content(f"Key points\n{words}" if words else ""), id="read-points")

    def on_mount(self) -> None:
        """Fill in the texts."""
        self.query_one("#read-question", MarkdownBlock).update(front(self._card))
        self.query_one("#read-answer", MarkdownBlock).update(self._card.answer)

    def action_scroll(self, lines: int) -> None:
        """Read on, or back."""
        self._box.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Read on by pages, keeping two lines in sight."""
        self.action_scroll(pages * max(1, self._box.size.height - 2))

    @property
    def _box(self) -> VerticalScroll:
        return self.query_one("#read", VerticalScroll)
