"""What a page is made of: lines of runs, each run with the styles that its text has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from quizapp.core.page.cells import cells
from quizapp.core.topic import SimBlock

MAX_TEXT_WIDTH = 88
"""Longer lines tire the eye on its way back."""


class Style(StrEnum):
    """What a piece of text is."""

    TEXT = "text"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRIKE = "strike"
    CODE = "code"
    CODE_BLOCK = "code_block"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    BULLET = "bullet"
    QUOTE = "quote"
    RULE = "rule"
    TABLE_HEAD = "table_head"
    TABLE_RULE = "table_rule"
    LINK = "link"
    LAUNCH = "launch"
    LAUNCH_DETAIL = "launch_detail"
    FAINT = "faint"
    MATH = "math"


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A formula of the text, as often as it stands there. What is copied of it is its source.

    Attributes:
        source: As it is written, its dollars included.
        is_display: Whether it has rows of its own where there is room for them.
    """

    source: str
    is_display: bool = False

    @property
    def content(self) -> str:
        """What stands between the dollars."""
        marks = 2 if self.source.startswith("$$") else 1
        return self.source[marks:-marks]


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one look. Of two styles that disagree the later one counts."""

    text: str
    styles: tuple[Style, ...] = (Style.TEXT,)
    formula: Formula | None = None

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return cells(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    Attributes:
        source_line: The 0-based line of the Markdown that it starts in; it never falls from line to line.
        launch: The simulation that this line starts.
        code: The line belongs to a code block, whose ground reaches to the right edge.
    """

    runs: tuple[Run, ...]
    source_line: int
    launch: SimBlock | None = None
    code: bool = False

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(run.text for run in self.runs)

    @property
    def width(self) -> int:
        """The cells that it takes."""
        return sum(run.width for run in self.runs)


def joined(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of the same look made one, and without empty ones."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].styles == run.styles and found[-1].formula is run.formula:
            found[-1] = replace(run, text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)


def behind(prefix: Run, rest: Run, lines: list[Line]) -> list[Line]:
    """Return the lines with the prefix before the first and `rest` before the others."""
    return [_behind(rest if place else prefix, line) for place, line in enumerate(lines)]


def _behind(prefix: Run, line: Line) -> Line:
    # An empty line stays without trailing blanks.
    before = prefix if line.runs else Run(prefix.text.rstrip(" "), prefix.styles)
    return replace(line, runs=joined([before, *line.runs]))
