"""The backups: when, why, how large, what they hold; and one of them put back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from quizapp.core.plain import printable
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from textual.app import ComposeResult

    from quizapp.services.backups import ListedBackup
    from quizapp.services.workspace import Workspace

_REASONS = {
    "by-hand": "by hand",
    "daily": "daily",
    "leaving": "on leaving",
    "before-restore": "before restore",
    "before-fix": "before repair",
}


class BackupsScreen(Screen[None]):
    """The backups, the newest first; one of them has the cursor."""

    CSS = """
    #backups-head { height: auto; padding: 0 2; color: $text-muted; }
    #backups-list { height: 1fr; margin: 1 1; text-wrap: nowrap; text-overflow: ellipsis; }
    BackupsScreen.-short #backups-list { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "Restore", id="backups.restore", tooltip="Put this backup in the database's place"),
        Binding("n", "take", "Back up now", id="backups.take", tooltip="Copy the database now, and prove the copy"),
        Binding("v", "verify", "Verify", id="backups.verify", tooltip="Read each to its last page: does it restore?"),
        Binding("question_mark", "app.help", "Help", id="backups.help", tooltip="Every key that works now"),
        Binding("escape,q", "leave", "Back", id="backups.leave"),
    ]  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        """Show the backups of this workspace."""
        super().__init__()
        self._workspace = workspace
        self._backups: list[ListedBackup] = []

    def compose(self) -> ComposeResult:
        """Lay out head and list."""
        yield Static(id="backups-head", markup=False)
        yield PickList(id="backups-list", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read what there is."""
        self._box.focus()
        self._read()

    @property
    def _box(self) -> PickList:
        return self.query_one(PickList)

    @work(group="turn")
    async def _read(self) -> None:
        await self._in_thread(self._listed, self._show)

    def _listed(self) -> list[ListedBackup]:
        from quizapp.services import backups

        return list(backups.listed(self._workspace))

    def _show(self, found: list[ListedBackup]) -> None:
        self._backups = found
        folder = printable(str(self._workspace.backups))
        again = keyed("{backups.verify=v} does so again.")
        words = f"Backups in {folder}\nEach was read to its last page when it was taken; {again}"
        if not found:
            words = f"No backup yet in {folder}.\nThe first one comes by itself; {keyed('{backups.take=n}')} takes one now."
        self.query_one("#backups-head", Static).update(words)
        self._box.clear_options()
        self._box.add_options([self._line(one) for one in found])
        self._box.highlighted = 0 if found else None
        self.refresh_bindings()

    def _line(self, one: ListedBackup) -> str:
        at = one.backup.at.astimezone(self._workspace.zone)
        held = "cannot be read"
        if one.content is not None:
            held = f"{one.content.entries} {'entry' if one.content.entries == 1 else 'entries'}"
        reason = _REASONS.get(one.backup.reason, one.backup.reason.replace("-", " "))
        sign = {None: " ", True: "✓", False: "✗"}[one.is_whole]
        return f"{sign} {at:%Y-%m-%d %H:%M} {one.backup.size / 1e6:>5.1f} MB {held:>12}  {reason}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer to restore where there is something to restore."""
        return bool(self._backups) if action in ("restore", "verify") else True

    def on_option_list_option_selected(self) -> None:
        """Restore the one that was chosen."""
        self.action_restore()

    @work(group="turn")
    async def action_take(self) -> None:
        """Take a backup now."""
        from quizapp.services import backups

        def take() -> list[ListedBackup]:
            backups.take(self._workspace, backups.BY_HAND)
            return self._listed()

        await self._in_thread(take, self._show)

    @work(group="turn", exclusive=True)
    async def action_verify(self) -> None:
        """Read each to its last page, and say of each whether it restores."""
        from quizapp.services import backups

        head = self.query_one("#backups-head", Static)
        for index, one in enumerate(self._backups):
            head.update(f"Reading {index + 1} of {len(self._backups)} to its last page ...\n")
            self._backups[index] = await asyncio.to_thread(backups.verify, one)
            self._box.replace_option_prompt_at_index(index, self._line(self._backups[index]))
        damaged = sum(one.is_whole is False for one in self._backups)
        words = "✓ whole: it restores" + ("   ✗ damaged: it does not" if damaged else "")
        head.update(f"Each was read to its last page just now.\n{words}")

    @work(group="settings")
    async def action_restore(self) -> None:
        """Ask, then put the backup in the database's place."""
        index = self._box.highlighted
        if index is None:
            return
        chosen = self._backups[index]
        if await self.app.push_screen_wait(ConfirmRestoreScreen(self._line(chosen))):
            await self._in_thread(lambda: self._restored(chosen), self._say_restored)

    def _restored(self, chosen: ListedBackup) -> Path | None:
        from quizapp.services import backups, library

        before = backups.restore(self._workspace, chosen.backup.path)
        library.keep_bundled(self._workspace)
        return before

    def _say_restored(self, before: Path | None) -> None:
        kept = "What was there before is the newest backup." if before else "The damaged file lies beside it."
        self.notify(f"The backup is in the database's place. {kept}", timeout=8, markup=False)
        self._read()

    async def _in_thread(self, action: Callable[[], Any], then: Callable[[Any], None]) -> None:
        try:
            result = await asyncio.to_thread(action)
        except QuizError as error:
            complain(self.app, error)
            return
        then(result)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


class ConfirmRestoreScreen(ModalScreen[bool]):
    """Asks once before the database is replaced."""

    CSS = """
    ConfirmRestoreScreen { align: center middle; }
    #confirm-restore { width: auto; max-width: 95%; height: auto; padding: 1 2; }
    #confirm-restore { background: $surface; border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "confirm", "Restore", id="restore.confirm"),
        Binding("escape,n,q", "leave", "Back", id="restore.leave"),
    ]

    def __init__(self, words: str) -> None:
        """Ask about the backup of these words."""
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        yield Static(
            f"Put this backup in the database's place?\n\n{self._words}\n\n"
            "The present state is backed up first.\n"
            + keyed("{restore.confirm=y} restores   {restore.leave=esc} goes back"),
            id="confirm-restore",
            markup=False,
        )

    def action_confirm(self) -> None:
        """Restore."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(False)
