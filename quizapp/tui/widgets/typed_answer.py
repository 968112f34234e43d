"""What the learner types before the answer is shown; after it, the same words with those that cover a key point marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quizapp.core.plain import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.tui.widgets.answer_editor import AnswerEditor

_YOURS = "Your answer"


class TypedAnswer(Vertical):
    """The pane of the typed answer. The editor is made when it is first asked for: most cards are answered aloud."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"typed-answer--covering"}
    DEFAULT_CSS = """
    TypedAnswer { display: none; padding: 0 1 0 2; border-top: solid $primary 40%; }
    TypedAnswer.-open, TypedAnswer.-shown { display: block; }
    TypedAnswer > #typed-head { height: 1; color: $text-muted; }
    TypedAnswer > AnswerEditor {
        height: 1fr; border: none; padding: 0 1; background: $boost;
        &:focus { border: none; }
    }
    TypedAnswer > #typed-page { height: auto; max-height: 100%; scrollbar-size-vertical: 1; display: none; }
    TypedAnswer.-shown > AnswerEditor { display: none; }
    TypedAnswer.-shown > #typed-page { display: block; }
    TypedAnswer #typed-words { height: auto; max-width: 90; }
    TypedAnswer > .typed-answer--covering { color: $text-success; text-style: bold underline; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without words."""
        super().__init__(id=id)
        self._text = ""
        self._editor: AnswerEditor | None = None
        self._shown: tuple[str, tuple[tuple[int, int], ...]] = ("", ())

    def compose(self) -> ComposeResult:
        """Lay out the line above the words, and where they are shown once the answer is."""
        yield Static(id="typed-head", markup=False)
        with VerticalScroll(id="typed-page"):
            yield Static(id="typed-words", markup=False)

    @property
    def text(self) -> str:
        """What was typed."""
        return self._editor.text if self._editor is not None else self._text

    @property
    def is_open(self) -> bool:
        """Whether words can be typed now."""
        return self.has_class("-open")

    @property
    def is_shown(self) -> bool:
        """Whether the words stand beside the answer."""
        return self.has_class("-shown")

    def begin(self, text: str = "") -> None:
        """Take another card's words, or none, with the pane closed."""
        self._text = text
        self.remove_class("-open", "-shown")
        if self._editor is not None:
            self._editor.load_text(text)

    async def open(self) -> None:
        """Let words be typed, going on with those that stand there."""
        self.add_class("-open")
        self.query_one("#typed-head", Static).update(_YOURS)
        if self._editor is None:
            from quizapp.tui.widgets.answer_editor import AnswerEditor

            self._editor = AnswerEditor(self._text, soft_wrap=True, compact=True, id="typed-editor")
            await self.mount(self._editor)
        self._editor.move_cursor(self._editor.document.end)
        self._editor.focus()

    def close(self) -> None:
        """Hide the pane; the words stay."""
        self.remove_class("-open")

    def show(self, spans: Sequence[tuple[int, int]], lead: str) -> None:
        """Show the words as they stand, those that count marked.

        Args:
            spans: The characters that cover a key point.
            lead: What of the key points they cover, for the line above.
        """
        self.remove_class("-open")
        if not self.text.strip():
            return
        self.add_class("-shown")
        self.query_one("#typed-head", Static).update(f"{_YOURS}{lead}")
        self._shown = self.text, tuple(spans)
        self._draw()

    def notify_style_update(self) -> None:
        """Draw the marks in the theme's colours."""
        super().notify_style_update()
        if self.is_mounted and self.is_shown:
            self._draw()

    def _draw(self) -> None:
        text, spans = self._shown
        # Each character that could act on a terminal gives way to one other, so that the places stay.
        content = Content(printable(text))
        look = self.get_visual_style("typed-answer--covering")
        for start, end in spans:
            content = content.stylize(look, start, end)
        self.query_one("#typed-words", Static).update(content)
