"""The settings: by group, each with its value, its default and what it takes; changed in their place."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from quizapp.config import Settings
from quizapp.core.plain import printable
from quizapp.errors import QuizError
from quizapp.options import one_of
from quizapp.settings_file import SettingsRead, read_settings
from quizapp.settings_write import FileChangedError, write_setting
from quizapp.tui.key_words import keyed
from quizapp.tui.setting_rows import SettingGroup, setting_groups
from quizapp.tui.turns import complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.setting_list import SettingList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace


class SettingsScreen(Screen[None]):
    """Everything that the learner may choose."""

    CSS = """
    #settings-head { height: 1; padding: 0 1; color: $text-muted; }
    #settings-list { height: 1fr; margin: 1 1 0 1; }
    #settings-about { height: 3; padding: 0 3; margin: 1 0 0 0; color: $text-muted; }
    #settings-about.-wrong { color: $text-error; }
    SettingsScreen ToastRack { margin: 0 0 4 0; }
    SettingsScreen.-short #settings-list, SettingsScreen.-short #settings-about { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "add_deck", "Deck", id="settings.deck", tooltip="Let one deck do otherwise than the rest"),
        Binding("K", "keys", "Keys", id="settings.keys", tooltip="See and change every key"),
        Binding("B", "backups", "Backups", id="settings.backups", tooltip="See the backups, and restore one"),
        Binding("question_mark", "app.help", "Help", id="settings.help", tooltip="Every key that works now"),
        Binding("escape,q", "leave", "Back", id="settings.leave"),
    ]  # fmt: skip

    @dataclass
    class Changed(Message):
        """The settings are others now; they are in the file already."""

        settings: Settings

    def __init__(self, workspace: Workspace) -> None:
        """Show the settings of this workspace, as its file says them now."""
        super().__init__()
        self._workspace = workspace
        self._where = workspace.paths.settings
        self._settings = workspace.settings
        self._text: str | None = None
        self._decks: set[str] = set()

    def compose(self) -> ComposeResult:
        """Lay out head, lines, and what the chosen one does."""
        yield Static(Content(f"Settings   {printable(str(self._where))}"), id="settings-head")
        yield SettingList(self._groups(), id="settings-list")
        yield Static(id="settings-about", markup=False)
        yield KeyLine()

    @property
    def _list(self) -> SettingList:
        return self.query_one(SettingList)

    def _groups(self) -> tuple[SettingGroup, ...]:
        """Return the lines; which themes there are, only the app knows."""
        themes = one_of(*self.app.available_themes)
        themes = replace(
            themes, takes=f"one of {len(themes.choices)}: {keyed('{settings.change=enter}')}, ←→"
        )

        def with_themes(group: SettingGroup) -> SettingGroup:
            rows = (
                replace(row, option=replace(row.option, kind=themes)) if row.option.name == "theme" else row
                for row in group.rows
            )
            return SettingGroup(group.title, tuple(rows))

        return tuple(with_themes(group) for group in setting_groups(self._settings, self._decks))

    def on_mount(self) -> None:
        """Read the file: it may have been changed since the app began."""
        self._list.focus()
        self._read()

    @work(group="turn")
    async def _read(self) -> None:
        read = await asyncio.to_thread(read_settings, self._where)
        if read.problems:
            problems = "\n".join(map(str, read.problems))
            self.notify(
                printable(
                    f"{problems}\nWhat is shown is in force, and cannot be changed until this is mended."
                ),
                title="The settings file is wrong",
                severity="error",
                timeout=20,
                markup=False,
            )
            return
        before = replace(self._settings, theme=read.settings.theme)
        if self._text is None and read.text and read.settings != before:
            self.notify(
                f"{self._where.name} was changed meanwhile: its values are in force now.", markup=False
            )
        await self._show(read)

    async def _show(self, read: SettingsRead) -> None:
        """Show what the file says, and make it effective."""
        self._text = read.text
        if read.settings != self._settings:
            self._settings = read.settings
            self.post_message(self.Changed(read.settings))
        await self._list.show_groups(self._groups())
        self.refresh_bindings()

    def on_setting_list_chosen(self, message: SettingList.Chosen) -> None:
        """Say what the setting under the cursor does, or what is wrong with what is typed."""
        message.stop()
        about = self.query_one("#settings-about", Static)
        about.set_class(bool(message.problem), "-wrong")
        row = message.row
        where = f" In {row.deck} and all below it." if row.deck else ""
        takes = f"It takes {row.option.kind.takes}; {row.otherwise}; acts {row.option.acts}."
        words = f"{row.option.about}{where}\n{takes}"
        about.update(f"✗ {printable(message.problem)}" if message.problem else printable(words))
        self.refresh_bindings()

    def on_setting_list_changed(self, message: SettingList.Changed) -> None:
        """Write what was changed."""
        message.stop()
        row = message.row
        value = message.value
        if not row.deck and value == row.option.kind.write(row.option.default):
            value = None
        self._write(row.table, row.option.name, value)

    @work(group="turn")
    async def _write(self, table: tuple[str, ...], name: str, value: Any) -> None:
        try:
            read = await asyncio.to_thread(
                write_setting, self._where, table, name, value, seen=self._text or ""
            )
        except FileChangedError as error:
            complain(self.app, error, "Not written")
            self._read()
            return
        except QuizError as error:
            complain(self.app, error, "Not written")
            return
        await self._show(read)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """While a value is typed, letters are letters."""
        return not (self.is_mounted and self._list.is_typing) or action.startswith("app.")

    @work(group="settings")
    async def action_add_deck(self) -> None:
        """Choose a deck, and show what it may do otherwise."""
        from quizapp.services.library import deck_paths
        from quizapp.tui.screens.choose_deck import ChooseDeckScreen

        try:
            decks = await asyncio.to_thread(deck_paths, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        if deck := await self.app.push_screen_wait(ChooseDeckScreen(decks)):
            self._decks.add(deck)
            await self._list.show_groups(self._groups())
            self._list.go_to_deck(deck)

    @work(group="settings")
    async def action_keys(self) -> None:
        """See and change every key."""
        from quizapp.tui.screens.keys import KeysScreen

        await self.app.push_screen_wait(KeysScreen(self._workspace))
        self._settings = self._workspace.settings
        self._read()

    def action_backups(self) -> None:
        """See the backups."""
        from quizapp.tui.screens.backups import BackupsScreen

        self.app.push_screen(BackupsScreen(self._workspace))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
