"""The keys of the browser besides those of its table. Those that stand first are the first to have room in the footer."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def bindings() -> list[BindingType]:
    """Return the keys as Textual binds them; a word in the search field is typed, so letters work beside it alone."""
    return [
        Binding("down", "to_cards", "To the cards", id="browser.to_cards", priority=True),
        Binding("slash", "to_field", "Search", id="browser.to_field", tooltip="Back to the search field"),
        Binding("f1,h", "language", "Language", id="browser.language", tooltip="The search language, in examples"),
        Binding("s,ctrl+s", "save", "Save", id="browser.save", key_display="s",
                tooltip="Save the search under a name: Home studies its cards, whatever their due dates"),
        Binding("ctrl+s", "save_typed", "Save", id="browser.save_typed",
                tooltip="Save the search that is being typed under a name"),
        Binding("a", "study(False)", "Study", id="browser.study",
                tooltip="Study the marked cards, or all that were found, now; the schedule stays as it is"),
        Binding("A", "study(True)", "Study, the schedule moves", id="browser.study_moving", show=False,
                tooltip="Study the marked cards, or all that were found, now; ratings move the schedule as always"),
        Binding("p", "preview", "Preview", id="browser.preview", tooltip="Show the card below the list, or hide it"),
        Binding("m,c", "change", "Change", id="browser.change",
                tooltip="Suspend, flag, tag, set due, move, delete, export ... the marked cards, or this one"),
        Binding("w", "reveal_all", "Whole answer", id="browser.reveal_all",
                tooltip="Show all of a long answer at once"),
        Binding("U,ctrl+shift+z", "redo", "Redo", id="browser.redo", show=False, tooltip="Do again what was taken back"),
        Binding("C", "columns", "Columns", id="browser.columns", show=False,
                tooltip="Choose the columns and their order"),
        Binding("e", "edit", "Edit", id="browser.edit", tooltip="Edit the topic's file in $EDITOR"),
        Binding("u", "undo", "Undo", id="browser.undo", tooltip="Take back the last change"),
        Binding("E", "edit_here", "Edit here", id="browser.edit_here", show=False,
                tooltip="Edit the topic's file in the app"),
        Binding("i", "why", "Why", id="browser.why", tooltip="Why this interval: memory, forgetting curve, reviews"),
        Binding("question_mark", "app.help", "Help", id="browser.help", tooltip="Every key that works now"),
        Binding("escape", "back", "Back", id="browser.back", tooltip="Stop a search, unmark all cards, or go back to Home"),
        Binding("q", "leave", "Back to Home", id="browser.leave", show=False),
        Binding("ctrl+r", "read_again", "Search again", id="browser.read_again", show=False),
        Binding("enter", "close_card", "Close the card", id="browser.close_card", show=False),
        Binding("n", "step(1)", "Next card", id="browser.next", show=False),
        Binding("N", "step(-1)", "Card before", id="browser.previous", show=False),
        Binding("down,j", "scroll(1)", "Scroll down", id="browser.scroll_down", show=False),
        Binding("up,k", "scroll(-1)", "Scroll up", id="browser.scroll_up", show=False),
        Binding("pagedown,space", "scroll_page(1)", "Page down", id="browser.scroll_page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="browser.scroll_page_up", show=False),
    ]  # fmt: skip
