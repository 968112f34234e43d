"""The lines of the settings screen, and the one that is being changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from quizapp.core.plain import printable
from quizapp.options import OptionError
from quizapp.tui.setting_rows import SettingGroup, SettingRow
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class SettingLine(Horizontal):
    """One setting: its name, its value, what would hold without it, what it takes."""

    @dataclass
    class Pressed(Message):
        """The learner clicked this line."""

        line: SettingLine

    def __init__(self, row: SettingRow) -> None:
        """Show a setting."""
        super().__init__()
        self.row = row

    def compose(self) -> ComposeResult:
        """Lay out the columns; the value gives way to a field while it is typed."""
        yield Static(Content(f"  {self.row.option.title}"), classes="-title")
        yield Static(classes="-value")
        yield Static(Content(self.row.otherwise), classes="-otherwise")
        yield Static(Content(self.row.option.kind.takes), classes="-takes")

    def on_mount(self) -> None:
        """Show the value."""
        self.show(self.row, chosen=False)

    def show(self, row: SettingRow, *, chosen: bool) -> None:
        """Show what the setting is now, and whether the cursor stands here."""
        self.row = row
        self.set_class(chosen, "-chosen")
        parts = {
            "-title": f"{'▸' if chosen else ' '} {row.option.title}",
            "-value": f"{printable(row.text)}{' *' if row.is_own else ''}",
            "-otherwise": printable(row.otherwise),
        }
        for name, words in parts.items():
            self.query_one(f".{name}", Static).update(Content(words))

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked."""
        event.stop()
        self.post_message(self.Pressed(self))


class SettingList(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Settings under their headings; one of them has the cursor, and can be typed in its place."""

    DEFAULT_CSS = """
    SettingList { scrollbar-size-vertical: 1; scrollbar-gutter: stable; padding: 0 1; }
    SettingList > .-group { height: 1; margin: 1 0 0 0; color: $primary; text-style: bold; }
    SettingList > .-group.-first { margin: 0; }
    SettingLine { height: 1; }
    SettingLine > Static { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    SettingLine > .-title { width: 20; }
    SettingLine > .-value { width: 17; text-style: bold; }
    SettingLine > Input { width: 17; border: none; height: 1; padding: 0; }
    SettingLine > .-otherwise { width: 1fr; color: $text-muted; padding: 0 1 0 0; }
    SettingLine > .-takes { width: 21; color: $text-muted; }
    .-narrow SettingLine > .-takes { display: none; }
    SettingList:focus SettingLine.-chosen { background: $primary 20%; }
    SettingLine.-chosen > .-title { text-style: bold; }
    """
    SCOPED_CSS = False  # the layout depends on the screen's breakpoint classes
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change", id="settings.change", tooltip="Type another value, or the next one"),
        Binding("right", "turn(1)", "Next value", id="settings.next", tooltip="The next of a few values"),
        Binding("left", "turn(-1)", "The value before", id="settings.previous", show=False),
        Binding("backspace,delete", "reset", "Default", id="settings.default", tooltip="As it is without your own value"),
        Binding("down,j", "move(1)", "Down", id="settings.down", show=False),
        Binding("up,k", "move(-1)", "Up", id="settings.up", show=False),
        Binding("pagedown", "move(10)", "Page down", id="settings.page_down", show=False),
        Binding("pageup", "move(-10)", "Page up", id="settings.page_up", show=False),
        Binding("home", "move(-1000)", "First", id="settings.first", show=False),
        Binding("end", "move(1000)", "Last", id="settings.last", show=False),
    ]  # fmt: skip

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """The cursor stands on another line, or its field holds something else.

        Attributes:
            problem: What is wrong with what is typed; empty where nothing is.
        """

        row: SettingRow
        problem: str = ""

    @dataclass
    class Changed(Message):
        """The learner gave a setting another value, as TOML has it; None for the default."""

        row: SettingRow
        value: Any

    def __init__(self, groups: Sequence[SettingGroup], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Show these groups."""
        super().__init__(id=id)
        self._groups = tuple(groups)

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield from self._lines()

    def _lines(self) -> ComposeResult:
        for number, group in enumerate(self._groups):
            classes = "-group" if number else "-group -first"
            yield Static(Content(printable(group.title)), classes=classes)
            for row in group.rows:
                yield SettingLine(row)

    def on_mount(self) -> None:
        """Draw the cursor."""
        self._draw()

    @property
    def row(self) -> SettingRow:
        """The setting under the cursor."""
        return self._line.row

    @property
    def _line(self) -> SettingLine:
        return self.query(SettingLine)[self.cursor]

    @property
    def is_typing(self) -> bool:
        """Whether a value is being typed."""
        return bool(self.query(Input))

    async def show_groups(self, groups: Sequence[SettingGroup]) -> None:
        """Show other values; with other lines the cursor stays on its setting as far as it is there."""
        chosen = (self.row.deck, self.row.option.name)
        same = [_names(group) for group in groups] == [_names(group) for group in self._groups]
        self._groups = tuple(groups)
        rows = [row for group in groups for row in group.rows]
        if not same:
            await self.remove_children()
            await self.mount(*self._lines())
        for line, row in zip(self.query(SettingLine), rows, strict=True):
            line.row = row
        names = [(row.deck, row.option.name) for row in rows]
        self.cursor = names.index(chosen) if chosen in names else 0
        self._draw()

    def go_to_deck(self, deck: str) -> None:
        """Put the cursor on the first setting of a deck."""
        rows = [line.row for line in self.query(SettingLine)]
        self.cursor = next((index for index, row in enumerate(rows) if row.deck == deck), self.cursor)

    def watch_cursor(self) -> None:
        """Draw the cursor where it is now, and keep it in sight."""
        self._draw()
        if self.is_mounted:
            self._line.scroll_visible(animate=False)
            if self.cursor == 0:
                self.scroll_to(y=0, animate=False)

    def _draw(self) -> None:
        for index, line in enumerate(self.query(SettingLine)):
            line.show(line.row, chosen=index == self.cursor)
        if self.query(SettingLine):
            self.post_message(self.Chosen(self.row))

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(0, self.cursor + lines), len(self.query(SettingLine)) - 1)

    def action_turn(self, step: int) -> None:
        """Take the next of a few values."""
        row = self.row
        choices = row.option.kind.choices
        if choices:
            now = choices.index(row.value) if row.value in choices else 0
            self.post_message(self.Changed(row, choices[(now + step) % len(choices)]))

    async def action_change(self) -> None:
        """Type another value, or take the next one where there are few."""
        row = self.row
        if row.option.kind.choices:
            self.action_turn(1)
            return
        value = "" if row.value is None else row.option.text(row.value)
        field = SettingField(value)
        self._line.query_one(".-value").display = False
        await self._line.mount(field, after=0)
        field.focus()

    def action_reset(self) -> None:
        """Take the learner's own value away."""
        if self.row.is_own:
            self.post_message(self.Changed(self.row, None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer only what works on this line."""
        if not self.is_mounted or not self.query(SettingLine):
            return True
        if action == "turn":
            return bool(self.row.option.kind.choices)
        return self.row.is_own if action == "reset" else True

    def on_setting_line_pressed(self, message: SettingLine.Pressed) -> None:
        """Choose with the mouse."""
        message.stop()
        if not self.is_typing:
            self.cursor = [*self.query(SettingLine)].index(message.line)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say at once what is wrong with what is typed."""
        message.stop()
        self.post_message(self.Chosen(self.row, self._problem(message.value)))

    async def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take what was typed, if it means something."""
        message.stop()
        if problem := self._problem(message.value):
            self.post_message(self.Chosen(self.row, problem))
            return
        row = self.row
        await self._close_field()
        self.post_message(self.Changed(row, row.option.typed(message.value)))

    async def on_setting_field_left(self, message: SettingField.Left) -> None:
        """Leave the value as it was."""
        message.stop()
        await self._close_field()
        self._draw()

    async def _close_field(self) -> None:
        await self.query(Input).remove()
        self._line.query_one(".-value").display = True
        self.focus()

    def _problem(self, text: str) -> str:
        option = self.row.option
        try:
            option.typed(text)
        except OptionError as error:
            return str(error).replace(option.name, option.title, 1)
        return ""


class SettingField(Line):
    """Where a value is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Take it", id="settings.take", tooltip="Take what is typed"),
        Binding("escape", "leave", "As it was", id="settings.keep", tooltip="Leave the value as it was"),
    ]

    @dataclass
    class Left(Message):
        """The learner leaves the value as it was."""

    def __init__(self, value: str) -> None:
        """Begin with the present value."""
        super().__init__(value, compact=True)

    def action_leave(self) -> None:
        """Leave the value as it was."""
        self.post_message(self.Left())


def _names(group: SettingGroup) -> tuple[str, list[str]]:
    return group.title, [row.option.name for row in group.rows]
