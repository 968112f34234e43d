"""The `**Category:**` line of a deck file: read, set and taken out without touching another byte of the text."""

from __future__ import annotations

import re

from quizapp.core.deck_blocks import Blocks, read_blocks, top_blocks
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
    place = _place(text)
    return None if place is None else _lines(text)[place.line - 1][0]


def with_category(text: str, deck: str) -> str:
    """Return the text with the deck in its category line, which is added above the other metadata if it is missing."""
    place = _place(text)
    lines = _lines(text)
    if place is not None:
        line, end = lines[place.line - 1]
        before, old = line[: place.column - 1], line[place.column - 1 :]
        gap = "" if before.endswith((" ", "\t")) else " "
        lines[place.line - 1] = (before + gap + deck + old[len(old.rstrip(_VALUE_END)) :], end)
        return _joined(text, lines)
    number = _first_metadata(text)
    end = next((end for _, end in lines if end), "\n")
    lines.insert(number, (f"**Category:** {deck}", end))
    return _joined(text, lines)


def with_former_category(text: str, former: str | None) -> str:
    """Return the text with its category line as it was before; None takes out one that was added."""
    place = _place(text)
    lines = _lines(text)
    if place is None:
        if former is None:
            return text
        lines.insert(_first_metadata(text), (former, next((end for _, end in lines if end), "\n")))
    elif former is None:
        del lines[place.line - 1]
    else:
        lines[place.line - 1] = (former, lines[place.line - 1][1])
    return _joined(text, lines)


def _place(text: str) -> MetadataLine | None:
    """Return the category line; of several the first one counts."""
    report = Report("")
    layout = read_layout(_blocks(text, report), report)
    return next((line for line in layout.metadata if line.name.casefold() == "category"), None)


def _first_metadata(text: str) -> int:
    """Return the index of the line before which a category line goes: the first metadata line, or after the title."""
    report = Report("")
    blocks = _blocks(text, report)
    layout = read_layout(blocks, report)
    if layout.metadata:
        return layout.metadata[0].line - 1
    return next((block.end for block in top_blocks(blocks) if block.tag == "h1"), 0)


def _blocks(text: str, report: Report) -> Blocks:
    return read_blocks(clean(text, report))


def _lines(text: str) -> list[tuple[str, str]]:
    """Return each line with its own end; line ends are those that the deck format knows."""
    found = [(line[1], line[2]) for line in _LINE.finditer(text.removeprefix(_BOM))]
    return found[:-1] if len(found) > 1 and found[-1] == ("", "") and not found[-2][1] else found


def _joined(text: str, lines: list[tuple[str, str]]) -> str:
    mark = _BOM if text.startswith(_BOM) else ""
    return mark + "".join(line + end for line, end in lines)
