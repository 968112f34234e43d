"""Several lines of text: an answer that is typed before it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from quizapp.tui.widgets.typed_in_order import TypedInOrder


class AnswerEditor(TypedInOrder, TextArea):
    """Several lines of text. Ctrl+enter reaches few terminals; ctrl+j, which is what many send for it, reaches all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,ctrl+enter", "go_on", "Show the answer", id="typed.reveal", priority=True),
        Binding("escape", "leave", "Close, keep the words", id="typed.leave"),
    ]

    @dataclass
    class Finished(Message):
        """The learner has written enough and wants the answer."""

    @dataclass
    class Left(Message):
        """The learner goes back to the card."""

    def action_go_on(self) -> None:
        """Ask for the answer."""
        self.post_message(self.Finished())

    def action_leave(self) -> None:
        """Give the keyboard back."""
        self.post_message(self.Left())
