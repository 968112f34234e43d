"""Tells every screen that the library has other words than it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from textual.app import App


class LibraryChanged(Message, bubble=False):
    """Topics were taken in, changed or archived: what is shown of them is to be read again."""


def tell_screens(app: App[Any]) -> None:
    """Tell every screen, also those that lie below others."""
    for screen in app.screen_stack:
        screen.post_message(LibraryChanged())
