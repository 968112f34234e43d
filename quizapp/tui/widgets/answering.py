"""What the widgets that take an answer share: what they tell the form around them, and the keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget


@dataclass
class AnswerChanged(Message):
    """Another answer stands there, or none."""


@dataclass
class AnswerSubmitted(Message):
    """The answer was handed in."""


def digit_keys(name: str) -> list[BindingType]:
    """Return the keys 1 to 9, each of which chooses the answer behind its digit; the first one has the id."""
    return [
        Binding(
            str(digit),
            f"choose_digit({digit})",
            "Choose by its digit",
            id=name if digit == 1 else None,
            key_display="1-9",
            show=False,
        )
        for digit in range(1, 10)
    ]


class PredictionField(Widget, can_focus=True):
    """Takes a prediction; enter commits to it, or goes on without one, and the footer says which."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Commit and run", id="prediction.commit"),
        Binding("enter", "skip", "Run without", id="prediction.skip"),
    ]

    @property
    def is_answered(self) -> bool:
        """Whether the learner has given an answer."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Commit only to an answer, skip only without one."""
        return self.is_answered if action == "submit" else not self.is_answered if action == "skip" else True

    def answer_changed(self) -> None:
        """Tell the form, and name what enter does now."""
        self.post_message(AnswerChanged())
        self.refresh_bindings()

    def action_submit(self) -> None:
        """Hand the answer in."""
        self.post_message(AnswerSubmitted())

    def action_skip(self) -> None:
        """Go on without an answer."""
        self.post_message(AnswerSubmitted())
