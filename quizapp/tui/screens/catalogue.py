"""All simulations in a list, the best fit to a card first; type to narrow it down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from quizapp.tui.widgets.key_line import KeyLine
from sims import catalogue
from sims.protocol import Simulation

if TYPE_CHECKING:
    from textual.app import ComposeResult


class CatalogueScreen(ModalScreen[str | None]):
    """Returns the name of the simulation that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="catalogue.open", priority=True),
        Binding("down", "move(1)", "Choose", id="catalogue.next", key_display="↑↓", priority=True),
        Binding(
            "up", "move(-1)", "Choose the one before", id="catalogue.previous", priority=True, show=False
        ),
        Binding("pagedown", "move(5)", "Five further", id="catalogue.page-down", priority=True, show=False),
        Binding("pageup", "move(-5)", "Five back", id="catalogue.page-up", priority=True, show=False),
        Binding("escape", "cancel", "Back", id="catalogue.cancel"),
    ]
    DEFAULT_CSS = """
    CatalogueScreen {
        align: center middle;
        & > Vertical { width: 90%; max-width: 96; height: 80%; background: $surface; padding: 1 2; }
        & #lead { height: auto; text-style: bold; margin-bottom: 1; }
        & Input { border: none; height: 1; padding: 0 1; background: $boost; margin-bottom: 1; }
        & OptionList { height: 1fr; border: none; padding: 0; background: $surface; scrollbar-size-vertical: 1; }
        & OptionList > .option-list--option-highlighted { background: $primary 25%; color: $foreground; }
        & #nothing { color: $text-muted; display: none; }
        &.-empty #nothing { display: block; }
        &.-empty OptionList { display: none; }
        &.-short > Vertical { width: 100%; height: 1fr; padding: 0 1; }
    }
    """

    def __init__(self, words: str = "") -> None:
        """Take what the card says, so that what fits it stands first."""
        super().__init__()
        self._simulations = tuple(map(catalogue.get, catalogue.best_fit(words)))

    def compose(self) -> ComposeResult:
        """Lay out the filter above the list."""
        with Vertical():
            yield Static("Which simulation?", id="lead")
            yield Input(placeholder="type to filter", compact=True)
            yield OptionList()
            yield Static("No simulation matches. Shorten the filter.", id="nothing")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show everything; the keyboard stays with the filter."""
        self.query_one(OptionList).can_focus = False
        self._show("")

    @on(Input.Changed)
    def filter_changed(self, event: Input.Changed) -> None:
        """Show what matches the words typed."""
        self._show(event.value)

    @on(OptionList.OptionSelected)
    def option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the simulation that was clicked."""
        self.dismiss(event.option_id)

    def action_choose(self) -> None:
        """Return the highlighted simulation."""
        highlighted = self.query_one(OptionList).highlighted_option
        if highlighted is not None:
            self.dismiss(highlighted.id)

    def action_move(self, places: int) -> None:
        """Highlight another one."""
        options = self.query_one(OptionList)
        if options.option_count:
            options.highlighted = max(0, min(options.option_count - 1, (options.highlighted or 0) + places))

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _show(self, words: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(_prompt(simulation), simulation.header.name)
            for simulation in self._simulations
            if matches(simulation, words)
        )
        options.highlighted = 0 if options.option_count else None
        self.set_class(not options.option_count, "-empty")


def matches(simulation: Simulation[Any], words: str) -> bool:
    """Whether every word typed stands somewhere in what the simulation says of itself."""
    header = simulation.header
    text = " ".join((header.name, header.title, header.group, header.claim, *header.words)).casefold()
    return all(word in text for word in words.casefold().split())


def _prompt(simulation: Simulation[Any]) -> Content:
    header = simulation.header
    return Content.assemble(
        (header.title, "bold"),
        (f"   {header.group}", "$foreground 60%"),
        "\n",
        (header.claim, "$foreground 60%"),
        "\n",
    )
