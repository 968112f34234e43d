"""Keeps what is typed against a crash, one write at a time and none after the editor was left."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from quizapp.services import deck_editing
from quizapp.services.deck_editing import Opened
from quizapp.services.workspace import Workspace


class DraftKeeper:
    """The draft of one editor. It is called from threads, in which a write may be late."""

    def __init__(self, workspace: Workspace) -> None:
        """Keep nothing yet."""
        self._workspace = workspace
        self._lock = Lock()
        self._is_closed = False
        self.may_forget = False
        """Whether a draft of an earlier time has been looked at, so that nothing is lost with it."""

    def keep(self, opened: Opened, lines: Sequence[str]) -> None:
        """Write down what is typed, or forget the draft where the file has all of it.

        Raises:
            DeckError: It cannot be written.
        """
        with self._lock:
            if self._is_closed:
                return
            if opened.is_draft or tuple(lines) != opened.text.lines:
                deck_editing.keep(self._workspace, opened, lines)
            elif self.may_forget:
                deck_editing.forget(self._workspace, opened)

    def close(self) -> None:
        """Leave the draft as it is from now on."""
        with self._lock:
            self._is_closed = True

    def throw_away(self, opened: Opened) -> None:
        """Forget what was typed."""
        with self._lock:
            deck_editing.forget(self._workspace, opened)
