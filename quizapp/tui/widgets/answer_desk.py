"""The card and, beside it or below it, what the learner typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from quizapp.tui.widgets.card_page import CardPage
from quizapp.tui.widgets.typed_answer import TypedAnswer

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

BESIDE_COLUMNS = 110
"""From this width on both have lines that can be read side by side; a simulation may have taken its share before."""


class AnswerDesk(Container):
    """Has the class `-beside` while it is wide enough for two columns."""

    DEFAULT_CSS = """
    AnswerDesk { width: 1fr; height: 1fr; layout: vertical; }
    AnswerDesk TypedAnswer { height: auto; max-height: 40%; }
    AnswerDesk TypedAnswer.-open { height: 50%; min-height: 5; max-height: 50%; }
    AnswerDesk.-beside { layout: horizontal; }
    AnswerDesk.-beside TypedAnswer, AnswerDesk.-beside TypedAnswer.-open {
        height: 1fr; max-height: 100%; width: 42%; margin: 1 0 0 0; border-top: none; border-left: vkey $panel;
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the card and the typed words."""
        yield CardPage(id="study-page")
        yield TypedAnswer(id="study-typed")

    def on_resize(self, event: events.Resize) -> None:
        """Put the two side by side where there is room."""
        self.set_class(event.size.width >= BESIDE_COLUMNS, "-beside")
