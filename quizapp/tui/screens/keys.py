"""Every key of quizapp's by the action that it belongs to, and others in its place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from quizapp.core.sentence import sentence
from quizapp.errors import QuizError
from quizapp.settings_file import read_settings
from quizapp.settings_write import write_setting
from quizapp.tui.bound_keys import bound_keys, new_key_problems
from quizapp.tui.key_names import place_words, shown_keys
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.pick_list import PickList
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.core.key_clashes import BoundKeys
    from quizapp.services.workspace import Workspace


class KeysScreen(Screen[None]):
    """The keys by screen; one of them has the cursor."""

    CSS = """
    #keys-head, #keys-about { height: 1; padding: 0 3; color: $text-muted; }
    #keys-list { height: 1fr; margin: 1 1; }
    KeysScreen ToastRack { margin: 0 0 2 0; }
    KeysScreen.-short #keys-list { margin: 0 1; }
    #keys-filter { display: none; margin: 0 3; }
    #keys-filter.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="keys.filter", tooltip="Show the actions of these words alone"),
        Binding("down", "to_list", "To the list", id="keys.to_list", show=False),
        Binding("plus", "add", "One more", id="keys.add", tooltip="Press a further key for this"),
        Binding("backspace,delete", "reset", "Default", id="keys.default", tooltip="The usual keys again"),
        Binding("question_mark", "app.help", "Help", id="keys.help", tooltip="Every key that works now"),
        Binding("escape,q", "leave", "Back", id="keys.leave"),
    ]  # fmt: skip

    def __init__(self, workspace: Workspace) -> None:
        """Show the keys that are in force."""
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Lay out head, keys, and what the chosen one does."""
        yield Static(keyed("Keys   {list.choose=enter}: press another one for this action"), id="keys-head")
        yield Line(placeholder="type to filter", id="keys-filter", compact=True)
        yield PickList(*self._options(""), id="keys-list", markup=False)
        yield Static(id="keys-about", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first key."""
        self._box.focus()

    @property
    def _box(self) -> PickList:
        return self.query_one(PickList)

    @property
    def _changed(self) -> dict[str, str]:
        return dict(self._workspace.settings.keys)

    @property
    def _chosen(self) -> BoundKeys | None:
        index = self._box.highlighted
        identifier = self._box.get_option_at_index(index).id if index is not None else None
        return next((bound for bound in bound_keys() if bound.id == identifier), None)

    def _options(self, wanted: str) -> list[Option]:
        """Return the actions in whose words, keys or place each of some words stands, below their places."""
        options: list[Option] = []
        seen: set[str] = set()
        place = ""
        for bound in bound_keys():
            if bound.id in seen or not _has(bound, wanted):
                continue
            seen.add(bound.id)
            if bound.place != place:
                place = bound.place
                options.append(Option(Content.styled(place_words(place), "bold $primary"), disabled=True))
            own = self._changed.get(bound.id)
            keys = shown_keys(own or ",".join(bound.keys)) + (" *" if own else "")
            options.append(Option(Content(f"  {keys:<12} {bound.name[:17]:<17} {bound.id}"), id=bound.id))
        return options

    def on_option_list_option_highlighted(self) -> None:
        """Say what the key under the cursor does."""
        bound = self._chosen
        if bound is not None:
            usual = shown_keys(",".join(bound.keys))
            self.query_one("#keys-about", Static).update(f"{bound.words}. Usually {usual}")
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """Press another key."""
        self.action_change()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer the usual keys where others are in their place, and while letters are typed only what is no letter."""
        if not self.is_mounted:
            return True
        if self._filter.has_focus:
            return action in ("to_list", "leave") or action.startswith("app.")
        if action == "reset":
            return self._chosen is not None and self._chosen.id in self._changed
        return action != "to_list"

    @property
    def _filter(self) -> Input:
        return self.query_one("#keys-filter", Input)

    def action_filter(self) -> None:
        """Type what to look for."""
        self._filter.add_class("-open")
        self._filter.focus()

    def action_to_list(self) -> None:
        """Go on in the list."""
        self._box.focus()

    def on_input_submitted(self) -> None:
        """Go on in the list."""
        self._box.focus()

    def on_input_changed(self) -> None:
        """Show what is looked for."""
        self._box.clear_options()
        self._box.add_options(self._options(self._filter.value))
        self._box.highlighted = 1 if self._box.option_count else None
        self.refresh_bindings()

    @work(group="settings")
    async def action_change(self) -> None:
        """Put another key in the place of those that there are."""
        await self._ask(())

    @work(group="settings")
    async def action_add(self) -> None:
        """Add a key to those that there are."""
        bound = self._chosen
        if bound is not None:
            await self._ask(tuple(self._changed.get(bound.id, ",".join(bound.keys)).split(",")))

    async def _ask(self, before: tuple[str, ...]) -> None:
        bound = self._chosen
        if bound is None or not (key := await self.app.push_screen_wait(PressKeyScreen(bound.name))):
            return
        keys = ",".join((*before, key) if key not in before else before)
        await self._change(bound, keys)

    async def _change(self, bound: BoundKeys, keys: str | None) -> None:
        """Write an action's keys, None for the usual ones, if they bring no mistake."""
        for _, what, hint in new_key_problems(self._changed, bound.id, keys):
            words = sentence(f"{what[:1].upper()}{what[1:]}: {hint}")
            self.notify(words, title="Not changed", severity="error", timeout=8, markup=False)
            return
        await self._write(bound, keys)

    @work(group="turn")
    async def action_reset(self) -> None:
        """Take the usual keys again."""
        bound = self._chosen
        if bound is not None:
            await self._change(bound, None)

    async def _write(self, bound: BoundKeys, keys: str | None) -> None:
        from quizapp.tui.screens.settings import SettingsScreen

        def written() -> Any:
            where = self._workspace.paths.settings
            return write_setting(where, ("keys",), bound.id, keys, seen=read_settings(where).text)

        try:
            read = await asyncio.to_thread(written)
        except QuizError as error:
            complain(self.app, error, "Not written")
            return
        self.post_message(SettingsScreen.Changed(read.settings))
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        index, y = self._box.highlighted, self._box.scroll_offset.y
        self._box.clear_options()
        self._box.add_options(self._options(self._filter.value))
        self._box.highlighted = index
        self._box.scroll_to(y=y, animate=False)
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Show all keys again, or go back."""
        if not self._filter.has_class("-open"):
            self.dismiss()
            return
        self._filter.value = ""
        self._filter.remove_class("-open")
        self._box.focus()


def _has(bound: BoundKeys, wanted: str) -> bool:
    text = " ".join(
        (shown_keys(",".join(bound.keys)), bound.name, bound.words, bound.id, place_words(bound.place))
    )
    return all(word in text.casefold() for word in wanted.casefold().split())


class PressKeyScreen(ModalScreen[str]):
    """Waits for one key; esc takes none."""

    CSS = """
    PressKeyScreen { align: center middle; }
    #press-key { width: auto; max-width: 90%; height: auto; padding: 1 3; background: $surface; border: round $primary; }
    """

    def __init__(self, name: str) -> None:
        """Ask for a key for this."""
        super().__init__()
        self._name = name

    def compose(self) -> ComposeResult:
        """Lay out the words."""
        yield Static(
            f"Press the key for “{self._name}”.\nesc leaves it as it is.", id="press-key", markup=False
        )

    def on_key(self, event: events.Key) -> None:
        """Take the key."""
        event.stop()
        event.prevent_default()
        self.dismiss("" if event.key == "escape" else event.key)
