"""What stands under the editor's cursor, drawn as Study draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Rule, Static

from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.deck_preview import Preview


class DeckPreviewPane(VerticalScroll, can_focus=False):
    """The part of the topic that is edited, scrolled to the line of the cursor."""

    DEFAULT_CSS = """
    DeckPreviewPane { padding: 0 1 0 2; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    DeckPreviewPane > * { max-width: 90; }
    DeckPreviewPane > .preview-name { height: 1; color: $text-muted; margin: 0 0 1 0; }
    DeckPreviewPane > Rule { height: 1; margin: 1 0; color: $primary 40%; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the name, what is asked, what stands below it."""
        yield Static(classes="preview-name", markup=False)
        yield MarkdownBlock(classes="preview-front")
        yield Rule()
        yield MarkdownBlock(classes="preview-back")

    def show(self, preview: Preview) -> None:
        """Show a part."""
        self.query_one(".preview-name", Static).update(preview.name)
        front = self.query_one(".preview-front", MarkdownBlock)
        back = self.query_one(".preview-back", MarkdownBlock)
        front.display, back.display = bool(preview.front), bool(preview.back)
        self.query_one(Rule).display = bool(preview.front and preview.back)
        front.update(preview.front)
        back.update(preview.back)
        self.call_after_refresh(self._go_to, preview.line)

    def _go_to(self, line: int) -> None:
        back = self.query_one(".preview-back", MarkdownBlock)
        if not back.display or not line:
            self.scroll_to(y=0, animate=False, immediate=True)
            return
        y = back.virtual_region.y + back.y_of_source(line)
        self.scroll_to(y=max(0, y - self.size.height // 2), animate=False, immediate=True)
