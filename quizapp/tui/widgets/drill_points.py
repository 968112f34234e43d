"""The key points of a drill's question: space ticks, and enter goes on to the judging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from quizapp.tui.widgets.key_points import KeyPoints


class DrillPoints(KeyPoints, inherit_bindings=False):
    """Key points that tell of every tick, so that it can be kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "tick",
            "Tick",
            id="drill_points.tick",
            tooltip="Tick a point that you said, or take it back",
        ),
        Binding("up,k", "move(-1)", "Up", id="drill_points.up", show=False),
        Binding("down,j", "move(1)", "Down", id="drill_points.down", show=False),
    ]

    @dataclass
    class Ticked(Message):
        """The ticks have changed."""

        texts: frozenset[str]

    @property
    def count(self) -> int:
        """How many points there are."""
        return len(self._points)

    def watch_ticked(self) -> None:
        """Draw the ticks, and tell of them."""
        super().watch_ticked()
        self.post_message(self.Ticked(frozenset(self.ticked_texts)))
