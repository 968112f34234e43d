"""A file that another program changed while it was edited here: where the two differ, and whose words count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import takewhile
from math import ceil
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.core.plain import printable
from quizapp.core.text_difference import DifferentLine, Side, difference, places_that_differ
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

_THEIRS, _MINE = "on disk now", "typed here"
_MARGIN = 7
"""The columns of a line's number and sign."""
_LOOKS = {Side.FIRST: "$text-error", Side.SECOND: "$text-success", Side.LEFT_OUT: "$text-muted"}


class Whose(Enum):
    """Whose words the file shall hold."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class ChangedOnDiskScreen(Screen["Whose | None"]):
    """Returns whose words count, or None to go on editing."""

    CSS = """
    #changed-head { height: 1; padding: 0 1; color: $text-muted; }
    #changed-words { height: auto; padding: 0 3; margin: 1 0 0 0; }
    #changed-both { height: 1fr; margin: 1 0 0 0; }
    ChangedOnDiskScreen.-short #changed-words, ChangedOnDiskScreen.-short #changed-both { margin: 0; }
    #changed-both VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #changed-both VerticalScroll:focus { background: $surface; }
    .changed-whole { display: none; border-top: solid $panel; }
    ChangedOnDiskScreen.-whole #changed-places { display: none; }
    ChangedOnDiskScreen.-whole .changed-whole { display: block; }
    ChangedOnDiskScreen.-wide.-whole #changed-both { layout: horizontal; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "choose('MINE')", "Keep mine", id="changed.mine", tooltip="Write it over the file"),
        Binding("t", "choose('THEIRS')", "Take theirs", id="changed.theirs", tooltip="Throw away what is typed here"),
        Binding("b", "choose('BOTH')", "Both", id="changed.both", tooltip="Save yours beside it, and take theirs"),
        Binding("v", "whole", "In full", id="changed.whole", tooltip="Both in full, or the places where they differ"),
        Binding("question_mark", "app.help", "Help", id="changed.help", tooltip="Every key that works now", show=False),
        Binding("escape", "leave", "Edit on", id="changed.leave", tooltip="Go on editing; nothing is written"),
    ]  # fmt: skip

    def __init__(self, name: str, happened: str, theirs: Sequence[str], mine: Sequence[str]) -> None:
        """Show where two versions of a file differ.

        Args:
            name: The file's name.
            happened: What was done to it, as a sentence.
            theirs: Its lines on disk.
            mine: The lines that are typed here.
        """
        super().__init__()
        self._name = name
        self._happened = happened
        self._theirs = tuple(theirs)
        self._mine = tuple(mine)

    def compose(self) -> ComposeResult:
        """Lay out what happened, the places that differ, and both versions in full, which are hidden at first."""
        yield Static(Content(printable(f"Changed on disk   {self._name}")), id="changed-head")
        yield Static(Content(printable(self._words)), id="changed-words")
        with Container(id="changed-both"):
            with VerticalScroll(id="changed-places"):
                yield Static(_drawn(difference(self._theirs, self._mine)))
            for name, title in (("changed-theirs", _THEIRS), ("changed-mine", _MINE)):
                with VerticalScroll(id=name, classes="changed-whole") as box:
                    box.border_title = title
                    yield Static()
        yield KeyLine()

    @property
    def _words(self) -> str:
        places = places_that_differ(self._theirs, self._mine)
        if not places:
            return (
                f"{self._happened} Nothing was written.\n"
                "The words are the same; line ends, the encoding mark or signs that cannot be shown differ."
            )
        where = "1 place differs" if places == 1 else f"{places} places differ"
        beside = keyed("{changed.both=b}") + f" saves yours as {self._name}.mine and takes what is on disk."
        return f"{self._happened} Nothing was written. {beside}\n{where}:   - {_THEIRS}   + {_MINE}"

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one("#changed-places").focus()

    def action_choose(self, whose: str) -> None:
        """Say whose words count."""
        self.dismiss(Whose[whose])

    def action_whole(self) -> None:
        """Show both in full, or only where they differ."""
        self.toggle_class("-whole")
        is_whole = self.has_class("-whole")
        if is_whole:
            lines = difference(self._theirs, self._mine, context=None)
            for name, other in (("#changed-theirs", Side.SECOND), ("#changed-mine", Side.FIRST)):
                own = [line for line in lines if line.side is not other]
                self.query_one(f"{name} Static", Static).update(_drawn(own))
                self.call_after_refresh(self._go_to_first_change, name, own)
        self.query_one("#changed-theirs" if is_whole else "#changed-places").focus()

    def _go_to_first_change(self, name: str, lines: Sequence[DifferentLine]) -> None:
        """Scroll a version to where it first differs, with a line above it."""
        box = self.query_one(name)
        width = max(1, box.content_size.width)
        before = takewhile(lambda line: line.side is Side.BOTH, lines)
        rows = sum(max(1, ceil((_MARGIN + cell_len(line.text)) / width)) for line in before)
        box.scroll_to(y=rows - 1, animate=False)

    def action_leave(self) -> None:
        """Go on editing."""
        self.dismiss(None)


def _drawn(lines: Iterable[DifferentLine]) -> Content:
    """Return lines with their numbers and signs; the words that differ are underlined."""
    return Content("\n").join(_line(line) for line in lines)


def _line(line: DifferentLine) -> Content:
    if line.side is Side.LEFT_OUT:
        return Content.styled(f"     … {line.number} lines that are the same", "$text-muted")
    look = _LOOKS.get(line.side, "")
    words = [
        (printable(part.text), f"{look} underline".strip() if part.differs and part.text.strip() else look)
        for part in line.parts
    ]
    return Content.assemble((f"{line.number:>4} {line.side.value} ", look or "$text-muted"), *words)
