"""Ask for any range of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from quizapp.core.statistics.span import Wanted, wanted_from
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

_HINT = "Days up to today, all, or one or two dates: 45, 2026-01-01, 2026-01-01 2026-03-31"


class RangeScreen(ModalScreen[Wanted | None]):
    """One line to type the range into; what is wrong with it is said below."""

    CSS = """
    RangeScreen { align: center middle; }
    #range { width: 64; max-width: 95%; height: auto; padding: 0 1; background: $surface; border: round $primary 50%; }
    #range-words { height: auto; color: $text-muted; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", id="range.leave")]

    def compose(self) -> ComposeResult:
        """Lay out the line and the words."""
        with Vertical(id="range") as box:
            box.border_title = "Range"
            box.border_subtitle = keyed("enter shows it, {range.leave=esc} goes back")
            yield Line(placeholder="2026-01-01 2026-03-31", id="range-text")
            yield Static(Content(_HINT), id="range-words")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Hand the range back, or say what it may be."""
        message.stop()
        try:
            self.dismiss(wanted_from(message.value))
        except ValueError as error:
            self.query_one("#range-words", Static).update(Content(str(error)))
