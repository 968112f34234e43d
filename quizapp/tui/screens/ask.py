"""One question that is answered by typing, with what is known already to complete from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from quizapp.core.plain import printable
from quizapp.errors import QuizError
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

MOST_SHOWN = 200


class AskScreen(ModalScreen[str | None]):
    """Returns what was typed or chosen once it is right, or None."""

    CSS = """
    AskScreen { align: center middle; }
    #ask { width: 64; max-width: 95%; height: auto; max-height: 100%; padding: 0 1; }
    #ask { background: $surface; border: round $primary 50%; }
    #ask Input { border: none; height: 1; padding: 0 1; background: $boost; }
    #ask-hint { height: auto; color: $text-muted; }
    #ask-hint.-wrong { color: $text-error; }
    #ask OptionList { height: auto; max-height: 9; border: none; padding: 0; background: $surface; }
    #ask OptionList { text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1; }
    #ask.-empty OptionList { display: none; }
    AskScreen.-short #ask OptionList { max-height: 5; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Choose", id="ask.next", key_display="↑↓", priority=True),
        Binding("up", "move(-1)", "Choose the one before", id="ask.previous", priority=True, show=False),
        Binding(
            "tab", "complete", "Complete", id="ask.complete", priority=True, tooltip="Take the words over"
        ),
        Binding("escape", "leave", "Back", id="ask.leave"),
    ]

    def __init__(
        self,
        title: str,
        hint: str,
        *,
        known: Sequence[str] = (),
        check: Callable[[str], object],
        typed: str = "",
    ) -> None:
        """Ask for words.

        Args:
            known: What may be meant; more can be typed.
            check: Raises a QuizError for an answer that is wrong: it is shown, and nothing is lost.
            typed: What stands there at first.
        """
        super().__init__()
        self._title = title
        self._hint = hint
        self._known = tuple(known)
        self._check = check
        self._typed = typed

    def compose(self) -> ComposeResult:
        """Lay out the line over what it can be completed with."""
        with Vertical(id="ask") as box:
            box.border_title = self._title
            completes = keyed("   {ask.complete=tab} completes") if self._known else ""
            box.border_subtitle = f"enter takes it{completes}   {keyed('{ask.leave=esc} goes back')}"
            yield Line(
                self._typed, compact=True, suggester=SuggestFromList(self._known, case_sensitive=False)
            )
            yield Static(Content(self._hint), id="ask-hint")
            yield OptionList()

    def on_mount(self) -> None:
        """Keep the keyboard with the line."""
        self._list.can_focus = False
        self._show()

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    @on(Input.Changed)
    def words_changed(self) -> None:
        """Show what the words could become."""
        self._say(self._hint, wrong=False)
        self._show()

    @on(Input.Submitted)
    def words_submitted(self, message: Input.Submitted) -> None:
        """Take what stands in the line; what is chosen below goes before it."""
        message.stop()
        option = self._list.highlighted_option
        self._take(option.id if option is not None and option.id else message.value)

    @on(OptionList.OptionSelected)
    def option_selected(self, message: OptionList.OptionSelected) -> None:
        """Take the one that was clicked."""
        self._take(message.option_id or "")

    def action_move(self, places: int) -> None:
        """Choose among what is known; above the first stands what was typed."""
        shown = self._list
        if not shown.options:
            return
        now = -1 if shown.highlighted is None else shown.highlighted
        following = min(len(shown.options) - 1, now + places)
        shown.highlighted = following if following >= 0 else None

    def action_complete(self) -> None:
        """Write into the line what is chosen, or the first that fits."""
        option = self._list.highlighted_option or (self._list.options[0] if self._list.options else None)
        if option is not None and option.id:
            line = self.query_one(Input)
            line.value = option.id
            line.cursor_position = len(line.value)

    def action_leave(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _take(self, words: str) -> None:
        try:
            self._check(words)
        except QuizError as error:
            self._say(str(error), wrong=True)
            return
        self.dismiss(words)

    def _say(self, words: str, *, wrong: bool) -> None:
        shown = self.query_one("#ask-hint", Static)
        shown.set_class(wrong, "-wrong")
        shown.update(Content(printable(words)))

    def _show(self) -> None:
        wanted = self.query_one(Input).value.strip().casefold()
        fitting = [known for known in self._known if wanted in known.casefold()][:MOST_SHOWN]
        self._list.clear_options()
        self._list.add_options([Option(Content(printable(known)), known) for known in fitting])
        self._list.highlighted = None
        self.query_one("#ask").set_class(not fitting, "-empty")
