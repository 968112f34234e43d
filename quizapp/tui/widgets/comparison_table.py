"""The figures of two runs, A and B, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from quizapp.core.chart.label import clean, fit
from quizapp.core.chart.number import number_text
from quizapp.core.comparison import ClaimRow, ScalarRow
from quizapp.core.wrapped import wrapped

if TYPE_CHECKING:
    from textual.geometry import Size

    from sims.protocol import Claim

CLAIMS_FROM_COLUMNS = 92
FIGURE_WIDTH = 11
MOST_NAME = 40
SIGNS = {True: " ✓", False: " ✗"}

Rows = tuple[tuple[ClaimRow, ...], tuple[ScalarRow, ...]]


class ComparisonTable(Widget):
    """Draws the claims of both runs where there is room for them, and the difference of each figure."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"comparison-table--heading"}
    DEFAULT_CSS = """
    ComparisonTable {
        height: auto;
        text-wrap: nowrap;
        max-width: 120;
        & > .comparison-table--heading { color: $text-muted; }
    }
    """

    rows: reactive[Rows] = reactive[Rows](((), ()), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- Textual's signature
        """Return the rows that the figures take at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the tables."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        claims, scalars = self.rows
        lines: list[str] = []
        headings: list[int] = []
        if claims and width >= CLAIMS_FROM_COLUMNS:
            headings.append(len(lines))
            lines += _claim_lines(claims, width)
        if scalars:
            headings.append(len(lines))
            lines += _scalar_lines(scalars, width)
        muted = self.get_visual_style("comparison-table--heading")
        return [
            Content.styled(line, muted) if place in headings else Content(line)
            for place, line in enumerate(lines)
        ]


def _claim_lines(rows: tuple[ClaimRow, ...], width: int) -> list[str]:
    each = 2 * FIGURE_WIDTH + len(SIGNS[True])
    room = width - 2 * each
    heads = [f"{f'{run} expected':>{FIGURE_WIDTH}}{f'{run} measured':>{FIGURE_WIDTH}}  " for run in "AB"]
    lines = ["claim".ljust(room) + "".join(heads)]
    for row in rows:
        first, *rest = wrapped(clean(row.statement), room - 2) or [""]
        lines.append(first.ljust(room) + _figures(row.a) + _figures(row.b))
        lines += ["  " + line for line in rest]
    return lines


def _figures(claim: Claim | None) -> str:
    if claim is None:
        return f"{'':>{FIGURE_WIDTH}}{'not claimed':>{FIGURE_WIDTH}}  "
    both = (number_text(value).rjust(FIGURE_WIDTH) for value in (claim.expected, claim.measured))
    return "".join(both) + SIGNS[claim.holds]


def _scalar_lines(rows: tuple[ScalarRow, ...], width: int) -> list[str]:
    longest = max(len(clean(row.name)) for row in rows)
    room = max(8, min(longest + 2, MOST_NAME, width - 3 * FIGURE_WIDTH))
    heads = "".join(head.rjust(FIGURE_WIDTH) for head in ("A", "B", "B − A"))
    return ["figure".ljust(room) + heads] + [
        fit(row.name, room - 1).ljust(room)
        + "".join(number_text(value).rjust(FIGURE_WIDTH) for value in (row.a, row.b, row.difference))
        for row in rows
    ]
