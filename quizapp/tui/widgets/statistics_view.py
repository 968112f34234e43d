"""The sections of the statistics one below another, in two columns where there is room; each line is drawn once."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from quizapp.core.chart import Role, RoleKind
from quizapp.core.statistics.drawn import conclusion_lines, drawings, evidence_lines
from quizapp.core.statistics.table import table_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from quizapp.core.statistics.section import Section

TWO_COLUMNS_FROM = 116
"""The width of the content; the terminal is four columns wider."""
_APART = 4
_WIDEST = 100
_COMPONENTS = {
    RoleKind.AXIS: "statistics--axis",
    RoleKind.LABEL: "statistics--label",
    RoleKind.TITLE: "statistics--title",
    RoleKind.MARK: "statistics--mark",
    RoleKind.ARROW: "statistics--mark",
}


@dataclass(slots=True)
class _Column:
    """Lines of one width, and at which of them each section begins."""

    width: int
    lines: list[list[Segment]] = field(default_factory=list)


class StatisticsView(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws sections at the width there is. It knows where each begins, so that keys can go there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *_COMPONENTS.values(),
        "statistics--series",
        "statistics--words",
        "statistics--key",
    }
    DEFAULT_CSS = """
    StatisticsView { background: $background; margin: 0 1; }
    StatisticsView { scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    StatisticsView > .statistics--title { color: $foreground; text-style: bold; }
    StatisticsView > .statistics--key { color: $primary; text-style: bold; }
    StatisticsView > .statistics--words { color: $text-success; }
    StatisticsView > .statistics--series { color: $text-primary; }
    StatisticsView > .statistics--axis { color: $foreground 30%; }
    StatisticsView > .statistics--label { color: $foreground 75%; }
    StatisticsView > .statistics--mark { color: $text-warning; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without sections."""
        super().__init__(id=id)
        self._sections: Sequence[Section] = ()
        self._strips: list[Strip] = []
        self._starts: list[int] = []
        self._drawn_at = 0

    def show(self, sections: Sequence[Section]) -> None:
        """Show other sections; what was in sight stays there."""
        self._sections = sections
        self._draw()

    def on_resize(self) -> None:
        """Draw for another width."""
        if self._drawn_at != self._width:
            self._draw()

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        if self._sections:
            self._draw()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def go_to(self, number: int) -> None:
        """Scroll to a section, counted from 0."""
        if 0 <= number < len(self._starts):
            self.scroll_to(y=self._starts[number], animate=False)

    def go(self, step: int) -> None:
        """Scroll to the section after the one at the top, or to the one before."""
        top = self.scroll_offset.y
        if step > 0:
            after = [start for start in sorted(self._starts) if start > top]
            self.scroll_to(y=after[0] if after else self.max_scroll_y, animate=False)
        else:
            before = [start for start in sorted(self._starts) if start < top]
            self.scroll_to(y=before[-1] if before else 0, animate=False)

    def render_line(self, y: int) -> Strip:
        """Return one line of what was drawn."""
        line = y + self.scroll_offset.y
        if line >= len(self._strips):
            return Strip.blank(self._width, self.rich_style)
        return self._strips[line]

    def _draw(self) -> None:
        width = self._width
        self._drawn_at = width
        self._starts = []
        if width <= 0 or not self._sections:
            return
        strips: list[Strip] = []
        if width < TWO_COLUMNS_FROM:
            column = _Column(min(width, _WIDEST))
            for number, section in enumerate(self._sections):
                self._add(column, number, section, 0)
            strips = self._joined((column,), width)
        else:
            head = _Column(width)
            self._add(head, 0, self._sections[0], 0)
            strips = self._joined((head,), width)
            half = (width - _APART) // 2
            left, right = _Column(half), _Column(half)
            for number, section in enumerate(self._sections[1:], start=1):
                shorter = left if len(left.lines) <= len(right.lines) else right
                self._add(shorter, number, section, len(strips))
            strips += self._joined((left, right), width)
        self._strips = strips
        self.virtual_size = Size(width, len(strips))
        self.refresh()

    def _add(self, column: _Column, number: int, section: Section, above: int) -> None:
        """Draw a section at the foot of a column, below so many lines of others."""
        style = self.get_component_rich_style
        lines = column.lines
        self._starts.append(above + len(lines))
        key = f"{number + 1} " if number < 9 else ""  # noqa: PLR2004, RUF100 - the digits that are keys
        lines.append(
            [Segment(key, style("statistics--key")), Segment(section.title, style("statistics--title"))]
        )
        for words in conclusion_lines(section, column.width):
            lines.append([Segment(words, style("statistics--words"))])
        for words in evidence_lines(section, column.width):
            lines.append([Segment(words, style("statistics--label"))])
        for drawing in drawings(section, column.width):
            lines += [[Segment(run.text, self._style(run.role)) for run in row] for row in drawing.rows]
        for table in section.tables:
            head, *rows = table_lines(table, column.width)
            words = head.lstrip()  # the blanks apart, else they are lost in a picture of the screen
            blanks = Segment(" " * (len(head) - len(words)), self.rich_style)
            lines.append([blanks, Segment(words, style("statistics--label"))])
            lines += [[Segment(row, self.rich_style)] for row in rows]
        lines.append([])

    def _joined(self, columns: Sequence[_Column], width: int) -> list[Strip]:
        """Return the columns side by side as whole lines."""
        blank, gap = self.rich_style, Segment(" " * _APART, self.rich_style)
        strips = []
        for parts in zip_longest(*(column.lines for column in columns), fillvalue=[]):
            segments: list[Segment] = []
            for number, (part, column) in enumerate(zip(parts, columns, strict=True)):
                segments += [gap] * bool(number)
                segments += Strip(part).adjust_cell_length(column.width, blank)
            strips.append(Strip(segments).adjust_cell_length(width, blank))
        return strips

    def _style(self, role: Role) -> Style:
        if role.kind is RoleKind.BLANK:
            return self.rich_style
        return self.get_component_rich_style(_COMPONENTS.get(role.kind, "statistics--series"))
