"""The seven flags to choose from, each with its digit, shape, name and colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.core.flag import FLAGS
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from textual.app import ComposeResult


class FlagsScreen(ModalScreen[int | None]):
    """Returns the number of the flag that was chosen, 0 for none, or None for no choice."""

    CSS = """
    FlagsScreen { align: center middle; }
    #flags { width: 34; height: auto; max-height: 100%; padding: 0 1; }
    #flags { background: $surface; border: round $primary 50%; }
    #flags OptionList { height: auto; max-height: 100%; border: none; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(flag.number),
                f"choose({flag.number})",
                f"Flag {flag.name}",
                id=f"flags.{flag.name}",
                show=False,
            )
            for flag in FLAGS
        ),
        Binding("0", "choose(0)", "No flag", id="flags.none", show=False),
        Binding("escape,q", "leave", "Back", id="flags.leave"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the flags, one a line, none last."""
        with Vertical(id="flags") as box:
            box.border_title = "Flag"
            box.border_subtitle = keyed("a key, or ↑↓ and {list.choose=enter}")
            yield OptionList(
                *(
                    Option(
                        Content.assemble(
                            (f"{flag.number}  ", "$primary bold"),
                            (f"{flag.shape} ", f"$flag-{flag.name}"),
                            flag.name,
                        ),
                        str(flag.number),
                    )
                    for flag in FLAGS
                ),
                Option(Content.assemble(("0  ", "$primary bold"), "  none"), "0"),
            )

    def on_mount(self) -> None:
        """Begin at the first one."""
        self.query_one(OptionList).highlighted = 0

    @on(OptionList.OptionSelected)
    def option_selected(self, message: OptionList.OptionSelected) -> None:
        """Return the flag under the cursor, or the one that was clicked."""
        self.dismiss(int(message.option_id or 0))

    def action_choose(self, number: int) -> None:
        """Return the flag of a digit."""
        self.dismiss(number)

    def action_leave(self) -> None:
        """Return no choice."""
        self.dismiss(None)
