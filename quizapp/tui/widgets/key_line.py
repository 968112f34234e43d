"""The footer: the keys that work now, as many of them as fit, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from quizapp.tui.hints import Hint, fitting

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual import events
    from textual.screen import Screen


class KeyLine(Widget):
    """One line in one widget: Textual's footer makes a widget of each key, at every change of the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}
    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; color: $foreground; background: $background; }
    KeyLine > .key-line--key { color: $primary; text-style: bold; }
    """

    def __init__(self, *, first: Collection[str] = ()) -> None:
        """Begin without keys; the screen tells which work.

        Args:
            first: The actions whose keys stand before all others, whatever has the keyboard.
        """
        super().__init__()
        self._first = frozenset(first)
        self._hints: tuple[Hint, ...] = ()

    def on_mount(self) -> None:
        """Follow the screen's keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._show)

    def _show(self, screen: Screen[object]) -> None:
        hints: dict[str, Hint] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                hint = Hint(self.app.get_key_display(binding), binding.description, binding.key)
                hints.setdefault(binding.action, hint)
        led = sorted(hints, key=lambda action: action not in self._first)
        if self._hints != (now := tuple(hints[action] for action in led)):
            self._hints = now
            self.refresh()

    def render(self) -> Content:
        """Draw the keys from the left until the line is full."""
        look = self.get_visual_style("key-line--key")
        parts = [
            ((f" {hint.shown}", look), f" {hint.words} ") for hint in fitting(self._hints, self.size.width)
        ]
        return Content.assemble(*(piece for part in parts for piece in part))

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        end = 0
        for hint in fitting(self._hints, self.size.width):
            end += hint.columns
            if event.x < end:
                self.app.simulate_key(hint.key)
                return
