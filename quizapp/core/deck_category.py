"""The `**Category:**` line of a deck file: read, set and taken out without touching another byte of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.deck_blocks import read_blocks, top_blocks
from quizapp.core.deck_layout import MetadataLine, read_layout
from quizapp.core.deck_report import Report
from quizapp.core.deck_text import clean

_BOM = "\ufeff"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_VALUE_END = " \t\\"


def category_line(text: str) -> str | None:
    """Return the line that names the deck, as written and without its end; None where no line does.

    Args:
        text: The file as it stands, with its own line ends.
    """
    return _Head.of(text).line


def with_category(text: str, deck: str) -> str:
    """Return the text with the deck in its category line, which is added above the other metadata if it is missing."""
    return recategorised(text, deck)[0]


def recategorised(text: str, deck: str) -> tuple[str, str | None]:
    """Return the text `with_category` of a deck, and the line that named the deck before, None where no line did."""
    head = _Head.of(text)
    if head.place is None or head.line is None:
        return head.with_new_line(f"**Category:** {deck}"), None
    before, old = head.line[: head.place.column - 1], head.line[head.place.column - 1 :]
    gap = "" if before.endswith((" ", "\t")) else " "
    return head.with_line(before + gap + deck + old[len(old.rstrip(_VALUE_END)) :]), head.line


def with_former_category(text: str, former: str | None) -> str:
    """Return the text with its category line as it was before; None takes out one that was added."""
    head = _Head.of(text)
    if head.place is None:
        return text if former is None else head.with_new_line(former)
    return head.with_line(former)


@dataclass(frozen=True, slots=True)
class _Head:
    """A file's lines, and where its deck is named or would be.

    Attributes:
        place: The category line; of several the first one counts.
        first: The index of the line before which a category line goes.
    """

    text: str
    lines: tuple[tuple[str, str], ...]
    place: MetadataLine | None
    first: int

    @classmethod
    def of(cls, text: str) -> _Head:
        """Return the head of a text."""
        report = Report("")
        blocks = read_blocks(clean(text, report))
        layout = read_layout(blocks, report)
        place = next((line for line in layout.metadata if line.name.casefold() == "category"), None)
        after_title = next((block.end for block in top_blocks(blocks) if block.tag == "h1"), 0)
        first = layout.metadata[0].line - 1 if layout.metadata else after_title
        return cls(text, tuple(_lines(text)), place, first)

    @property
    def line(self) -> str | None:
        """The category line as written."""
        return None if self.place is None else self.lines[self.place.line - 1][0]

    def with_line(self, line: str | None) -> str:
        """Return the text with another category line in place of this one, or without any."""
        assert self.place is not None
        number = self.place.line - 1
        others = [] if line is None else [(line, self.lines[number][1])]
        return _joined(self.text, [*self.lines[:number], *others, *self.lines[number + 1 :]])

    def with_new_line(self, line: str) -> str:
        """Return the text with a category line added."""
        end = next((end for _, end in self.lines if end), "\n")
        return _joined(self.text, [*self.lines[: self.first], (line, end), *self.lines[self.first :]])


def _lines(text: str) -> list[tuple[str, str]]:
    """Return each line with its own end; line ends are those that the deck format knows."""
    found = [(line[1], line[2]) for line in _LINE.finditer(text.removeprefix(_BOM))]
    return found[:-1] if len(found) > 1 and found[-1] == ("", "") and not found[-2][1] else found


def _joined(text: str, lines: Sequence[tuple[str, str]]) -> str:
    mark = _BOM if text.startswith(_BOM) else ""
    return mark + "".join(line + end for line, end in lines)
