"""A question with a few answers, each a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.core.plain import printable

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the key that gives it, and what it does."""

    key: str
    words: str


class ChooseScreen(ModalScreen[str | None]):
    """Returns the key of the answer that was chosen, or None where none was."""

    CSS = """
    ChooseScreen { align: center middle; }
    #choose { width: 76; max-width: 95%; height: auto; max-height: 95%; padding: 0 2; }
    #choose { background: $surface; border: round $primary 50%; }
    #choose-words { height: auto; margin: 0 0 1 0; }
    .choose-choice { height: auto; }
    .choose-choice:hover { background: $primary 20%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="choose.leave"),
        Binding("down,j", "scroll(1)", "Down", id="choose.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="choose.up", show=False),
    ]

    def __init__(self, title: str, words: str, choices: Sequence[Choice], leaving: str) -> None:
        """Ask this.

        Args:
            leaving: What escape does.
        """
        super().__init__()
        self._title = title
        self._words = words
        self._choices = tuple(choices)
        self._leaving = leaving

    def compose(self) -> ComposeResult:
        """Lay out what is asked above the answers."""
        with VerticalScroll(id="choose") as box:
            box.border_title = printable(self._title)
            yield Static(Content(printable(self._words)), id="choose-words")
            for number, choice in enumerate((*self._choices, Choice("escape", self._leaving))):
                shown = "esc" if choice.key == "escape" else choice.key
                line = Content.assemble((f"{shown:>7}", "$primary bold"), f"   {choice.words}")
                yield Static(line, classes="choose-choice", id=f"choose-{number}")

    def on_key(self, event: events.Key) -> None:
        """Return the answer whose key was pressed."""
        if any(choice.key == event.key for choice in self._choices):
            event.stop()
            self.dismiss(event.key)

    def on_click(self, event: events.Click) -> None:
        """Return the answer that was clicked."""
        name = event.widget.id if event.widget is not None else None
        for number, choice in enumerate(self._choices):
            if name == f"choose-{number}":
                self.dismiss(choice.key)
        if name == f"choose-{len(self._choices)}":
            self.dismiss(None)

    def action_leave(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll a long question."""
        self.query_one("#choose", VerticalScroll).scroll_relative(y=lines, animate=False)
