"""Keeps what is typed against a crash, one write at a time and none after the editor was left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from quizapp.services import deck_editing
from quizapp.services.deck_editing import Opened
from quizapp.services.drafts import Draft, drop_draft
from quizapp.services.workspace import Workspace


class DraftKeeper:
    """The draft of one editor, apart from those of other apps. It is called from threads, in which a write may be late."""

    def __init__(self, workspace: Workspace) -> None:
        """Keep nothing yet."""
        self._workspace = workspace
        self._lock = Lock()
        self._is_closed = False
        self._place: Path | None = None
        self._taken_over: list[Path] = []
        self.is_begun = False
        """Whether a draft of an earlier time has been looked at: before that nothing is written or forgotten."""

    def take_over(self, draft: Draft) -> None:
        """Have what was kept earlier: it is forgotten once it is kept here, or is not wanted."""
        self._taken_over.append(draft.place)

    def keep(self, opened: Opened, lines: Sequence[str]) -> None:
        """Write down what is typed, or forget the draft where the file has all of it.

        Raises:
            DeckError: It cannot be written.
        """
        with self._lock:
            if self._is_closed or not self.is_begun:
                return
            if opened.is_draft or tuple(lines) != opened.text.lines:
                self._place = self._place or deck_editing.own_place(self._workspace, opened)
                deck_editing.keep(self._workspace, opened, lines, self._place)
                self._drop_taken_over()
            else:
                self._drop_own()

    def follow(self, opened: Opened, lines: Sequence[str]) -> None:
        """Keep what is typed under a file's new path, and no longer under the old one.

        Raises:
            DeckError: It cannot be written; it is kept under the old one.
        """
        with self._lock:
            if self._place is not None:
                self._taken_over.append(self._place)
                self._place = None
        self.keep(opened, lines)

    def close(self) -> None:
        """Leave the draft as it is from now on."""
        with self._lock:
            self._is_closed = True

    def throw_away(self) -> None:
        """Forget what was typed."""
        with self._lock:
            self._drop_own()

    def _drop_own(self) -> None:
        if self._place is not None:
            drop_draft(self._place)
            self._place = None
        self._drop_taken_over()

    def _drop_taken_over(self) -> None:
        while self._taken_over:
            drop_draft(self._taken_over.pop())
