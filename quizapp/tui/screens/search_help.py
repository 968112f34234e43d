"""The search language in examples; the one that is chosen is searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from quizapp.core.search.examples import EXAMPLES
from quizapp.tui.hanging import Hanging
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from textual.app import ComposeResult


class SearchHelpScreen(ModalScreen[str | None]):
    """Returns the example that was chosen, or None."""

    CSS = """
    SearchHelpScreen { align: center middle; }
    SearchHelpScreen OptionList {
        width: 78; max-width: 96%; height: auto; max-height: 94%; padding: 0 1;
        background: $surface; border: round $primary 50%;
    }
    SearchHelpScreen OptionList > .option-list--option-disabled { color: $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "cancel", "Back", id="search-help.leave"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the examples below their headings."""
        room = max(cell_len(example) for _, lines in EXAMPLES for example, _ in lines)
        options: list[Option] = []
        for heading, lines in EXAMPLES:
            options.append(Option(Content.styled(heading, "bold"), disabled=True))
            options += [
                Option(
                    Hanging(
                        [
                            (
                                Content.assemble("  ", (example.ljust(room), "bold"), "  "),
                                Content.styled(words, "$foreground 70%"),
                            )
                        ]
                    ),
                    id=example,
                )
                for example, words in lines
            ]
        names = OptionList(*options)
        names.border_title = "The search language"
        names.border_subtitle = keyed(
            "{list.choose=enter} searches for the example   {search-help.leave=esc} goes back"
        )
        yield names

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Return the example."""
        self.dismiss(message.option.id)

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)
