"""What the widgets that take an answer tell the form around them."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class AnswerChanged(Message):
    """Another answer stands there, or none."""


@dataclass
class AnswerSubmitted(Message):
    """The answer was handed in."""
