"""The card under the browser's cursor: its question, its answer, and how it has been going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Rule, Static

from quizapp.core.plain import printable
from quizapp.core.reading import Reading, begun, more_words, opened_at
from quizapp.services.trials import front
from quizapp.tui.key_words import keyed
from quizapp.tui.study_words import lead
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.card import Card


class CardPreview(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Shows a card as Study does, a long answer a section at a time. The screen binds the keys that scroll it."""

    SCOPED_CSS = False  # the layout depends on the screen's breakpoint classes
    DEFAULT_CSS = """
    CardPreview { padding: 0 1 0 2; scrollbar-size-vertical: 1; }
    CardPreview > * { max-width: 90; }
    CardPreview > Static { height: auto; color: $text-muted; }
    CardPreview > #preview-more { margin: 0 0 1 0; }
    CardPreview > Rule { height: 1; margin: 0; color: $primary 40%; }
    CardPreview > MarkdownBlock { margin: 0 0 1 0; }
    CardPreview.-empty > Rule { display: none; }
    """

    _reading = Reading("")

    def compose(self) -> ComposeResult:
        """Lay out where it stands, its question, its answer, its history."""
        yield Static(id="preview-place", markup=False)
        yield MarkdownBlock(id="preview-question")
        yield Rule()
        yield MarkdownBlock(id="preview-answer")
        yield Static(id="preview-more")
        yield Static(id="preview-history", markup=False)

    def show_card(self, card: Card | None) -> None:
        """Show another card from its top, or none."""
        self.set_class(card is None, "-empty")
        self.query_one("#preview-place", Static).update(Content(_place(card) if card else ""))
        self.query_one("#preview-question", MarkdownBlock).update(front(card) if card else "")
        self._show_answer(begun(card.answer, opened_at(card)) if card else Reading(""))
        self.query_one("#preview-history", Static).update("")
        self.scroll_to(y=0, animate=False, immediate=True)

    def read_on(self, pages: int) -> None:
        """Scroll by pages; at the foot of what is shown the next section comes."""
        if pages > 0 and not self._reading.whole and self.scroll_y >= self.max_scroll_y:
            line = self._reading.parts[self._reading.shown].line
            self._show_answer(self._reading.further())
            self.call_after_refresh(self._go_to, line)
        else:
            self.scroll_relative(y=pages * max(1, self.size.height - 2), animate=False)

    @property
    def has_more(self) -> bool:
        """Whether a part of the answer is hidden."""
        return self.display and not self._reading.whole

    def reveal_all(self) -> None:
        """Show the whole answer."""
        self._show_answer(self._reading.all_of_it())

    def _go_to(self, line: int) -> None:
        answer = self.query_one("#preview-answer", MarkdownBlock)
        self.scroll_to(y=answer.virtual_region.y + answer.y_of_source(line), animate=False, immediate=True)

    def _show_answer(self, reading: Reading) -> None:
        self._reading = reading
        self.query_one("#preview-answer", MarkdownBlock).update(reading.text)
        more = self.query_one("#preview-more", Static)
        more.display = reading.revealed and not reading.whole
        more.update(
            Content(
                more_words(
                    reading,
                    keyed(
                        "{browser.reveal_all=w} shows all, {browser.scroll_page_down=space} reads on in the opened card"
                    ),
                )
            )
        )

    def show_history(self, words: str) -> None:
        """Show how the card has been going, below its answer."""
        self.query_one("#preview-history", Static).update(Content(words))


def _place(card: Card) -> str:
    """Return where a card belongs, and its tags."""
    lines = [f"{card.deck} › {card.title}", lead(card)]
    tags = " ".join((*card.state.tags, *card.tags))
    lines.append(f"{card.id}   {tags}".rstrip())
    return printable("\n".join(line for line in lines if line))
