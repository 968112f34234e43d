"""The footer: the keys that work now, as many of them as fit, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widgets import Footer

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.screen import Screen

_BLANKS = 3
"""Around a key and its word."""


class KeyLine(Footer):
    """Textual's footer, which ends at the last key that has room instead of in the middle of a word."""

    def __init__(self) -> None:
        """Show the palette's key in its turn, like any other."""
        super().__init__(show_command_palette=False)
        self._width = 0
        self._keys: tuple[tuple[str, str, bool], ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the keys from the left until the line is full."""
        room = self.screen.size.width
        for key in super().compose():
            words = getattr(key, "key_display", ""), getattr(key, "description", "")
            room -= sum(map(cell_len, words)) + _BLANKS
            if room < 0:
                break
            yield key

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Lay the keys out anew when others work; most often the same ones do."""
        keys = tuple(
            (active.binding.key, active.binding.description, active.enabled)
            for active in screen.active_bindings.values()
            if active.binding.show
        )
        if keys != self._keys:
            self._keys = keys
            super().bindings_changed(screen)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the keys out anew when there is more room, or less."""
        if event.size.width != self._width:
            self._width = event.size.width
            self.call_after_refresh(self.recompose)
