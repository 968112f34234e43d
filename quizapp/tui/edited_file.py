"""The file of an editor: as it was opened, as it is on disk by now, and what is typed and in neither."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path

from quizapp.core.topic import Problem
from quizapp.errors import DeckError, QuizError
from quizapp.services import deck_editing
from quizapp.services.deck_editing import Opened
from quizapp.services.deck_listing import stamp_of
from quizapp.services.drafts import Draft, drop_draft
from quizapp.services.taking_in import Added
from quizapp.services.workspace import Workspace
from quizapp.tui.draft_keeper import DraftKeeper

Write = Callable[[Workspace, Opened, Sequence[str]], Opened]


class Look(Enum):
    """What a look at the disk brought to light."""

    NOTHING = ""
    RELOADED = "reloaded"
    MOVED = "moved"


class EditedFile:
    """What is done with the file, each in a thread, and one writing at a time."""

    def __init__(self, workspace: Workspace, opened: Opened) -> None:
        """Take over a file that was opened."""
        self._workspace = workspace
        self._stamp = stamp_of(str(opened.path))
        self._drafts = DraftKeeper(workspace)
        self._is_writing = False
        self.opened = opened
        self.saved: Path | None = None
        self.state = ""
        """How the disk differs from what was opened, in words; empty where it does not."""

    def is_unsaved(self, lines: Sequence[str]) -> bool:
        """Return whether something was typed that is in no file."""
        return self.opened.is_draft or tuple(lines) != self.opened.text.lines

    async def problems(self, lines: Sequence[str]) -> tuple[Problem, ...]:
        """Return what is wrong with the file as it is typed."""
        return await asyncio.to_thread(deck_editing.problems, self._workspace, self.opened, lines)

    # What is typed, kept against a crash.

    async def draft(self) -> Draft | None:
        """Return what was typed earlier and never saved; until that is decided on, nothing is kept or forgotten."""
        found = await asyncio.to_thread(deck_editing.kept, self._workspace, self.opened)
        same = [draft for draft in found if draft.content == self.opened.text.content]
        for draft in same[:1]:
            self._drafts.take_over(draft)
        # Of new topics the form has asked already, and what else is kept of them are other topics.
        others = [draft for draft in found if draft not in same] if self.opened.folder is None else []
        self._drafts.is_begun = not others
        return others[0] if others else None

    def take_up(self, draft: Draft) -> None:
        """Go on with what was typed earlier."""
        self._drafts.take_over(draft)
        self._drafts.is_begun = True
        self.opened = deck_editing.restored(self.opened, draft)

    def put_away(self, draft: Draft) -> None:
        """Forget what was typed earlier."""
        self._drafts.is_begun = True
        drop_draft(draft.place)

    async def keep(self, lines: Sequence[str]) -> None:
        """Write down what is typed.

        Raises:
            DeckError: It cannot be written.
        """
        await asyncio.to_thread(self._drafts.keep, self.opened, lines)

    def keep_at_last(self, lines: Sequence[str]) -> None:
        """Write down what was typed in the last moment before the app was left."""
        with suppress(DeckError):
            self._drafts.keep(self.opened, lines)

    def throw_away(self) -> None:
        """Forget what was typed here."""
        self._drafts.throw_away()

    def close(self) -> None:
        """Leave the draft as it is from now on."""
        self._drafts.close()

    # The file on disk.

    async def look(self, lines: Callable[[], Sequence[str]]) -> Look:
        """Look at the disk: follow the file, and read it anew where nothing is typed; `state` says what cannot be done."""
        if self._is_writing or self.opened.folder is not None:
            return Look.NOTHING
        opened = self.opened
        stamp = await asyncio.to_thread(stamp_of, str(opened.path))
        if stamp == self._stamp:
            return Look.NOTHING
        self._stamp = stamp
        now: Opened | None = None
        state = "changed on disk" if stamp is not None else "deleted on disk"
        with suppress(DeckError):
            if stamp is None:
                now = await asyncio.to_thread(deck_editing.moved, self._workspace, opened)
            elif await asyncio.to_thread(deck_editing.is_as_opened, opened):
                state = ""
            elif not self.is_unsaved(lines()):
                now = await asyncio.to_thread(deck_editing.open_file, opened.path)
        if opened is not self.opened:
            return Look.NOTHING
        if now is not None and stamp is None:
            await self._follow(now, lines())
            return Look.MOVED
        if now is not None and not self.is_unsaved(lines()):
            self.opened, self.state = now, ""
            return Look.RELOADED
        self.state = state
        return Look.NOTHING

    async def _follow(self, now: Opened, lines: Sequence[str]) -> None:
        """Have the library know the new path, and what is typed under it, and then no longer under the old one."""
        self.opened, self.state = now, ""
        self._stamp = await asyncio.to_thread(stamp_of, str(now.path))
        with suppress(QuizError):
            await self.take_in()
        with suppress(DeckError):
            await asyncio.to_thread(self._drafts.follow, now, lines)

    async def write(self, how: Write, lines: Sequence[str]) -> bool:
        """Write the file in one of the ways that there are; False where it is being written already.

        Raises:
            ChangedOnDiskError: Another program has changed or deleted it.
            DeckError: It cannot be written.
        """
        if self._is_writing:
            return False
        self._is_writing = True
        try:
            self.opened = await asyncio.to_thread(how, self._workspace, self.opened, lines)
        finally:
            self._is_writing = False
        self.saved, self.state = self.opened.path, ""
        await asyncio.to_thread(self._drafts.throw_away)
        self._stamp = await asyncio.to_thread(stamp_of, str(self.opened.path))
        return True

    async def write_beside(self, lines: Sequence[str]) -> Path:
        """Write what is typed into a file of its own, and return it.

        Raises:
            DeckError: It cannot be written.
        """
        return await asyncio.to_thread(deck_editing.save_beside, self.opened, lines)

    async def reload(self) -> None:
        """Read the file anew; what was typed is forgotten.

        Raises:
            DeckError: It has gone, or cannot be read.
        """
        opened = self.opened
        now = await asyncio.to_thread(deck_editing.open_file, opened.path)
        await asyncio.to_thread(self._drafts.throw_away)
        self.opened, self.state = replace(now, notice=opened.notice), ""

    async def take_in(self) -> Added:
        """Take the saved file into the library.

        Raises:
            DeckError: The file has gone.
            StoreError: The library cannot be written.
        """
        return await asyncio.to_thread(deck_editing.take_in, self._workspace, self.opened)
