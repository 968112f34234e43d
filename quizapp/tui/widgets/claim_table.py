"""The table of what a run measured: claim, expected, measured, verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from quizapp.core.chart.label import clean
from quizapp.core.chart.number import number_text
from quizapp.core.wrapped import wrapped
from sims.protocol import Claim

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.style import Style

VERDICTS = {True: "✓ holds", False: "✗ fails"}
FIGURES = ("expected", "measured")
FIGURE_WIDTH = 11
VERDICT_WIDTH = 9
FIGURES_WIDTH = len(FIGURES) * FIGURE_WIDTH + VERDICT_WIDTH
LEAST_STATEMENT = 12


class ClaimTable(Widget):
    """Draws claims; statements wrap, figures stand right-aligned."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "claim-table--heading",
        "claim-table--holds",
        "claim-table--fails",
    }
    DEFAULT_CSS = """
    ClaimTable {
        height: auto;
        text-wrap: nowrap;
        & > .claim-table--heading { color: $text-muted; }
        & > .claim-table--holds { color: $text-success; }
        & > .claim-table--fails { color: $text-error; text-style: bold; }
    }
    """

    claims: reactive[tuple[Claim, ...]] = reactive((), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- Textual's signature
        """Return the rows that the claims take at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Return the heading and the claims."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if not self.claims:
            return []
        room = max(LEAST_STATEMENT, width - FIGURES_WIDTH)
        heading = "claim".ljust(room) + "".join(name.rjust(FIGURE_WIDTH) for name in FIGURES) + "  verdict"
        lines = [Content.styled(heading, self.get_visual_style("claim-table--heading"))]
        for claim in self.claims:
            lines += _claim_lines(claim, room, self.get_visual_style(f"claim-table--{claim.verdict}"))
        return lines


def _claim_lines(claim: Claim, room: int, verdict_style: Style) -> list[Content]:
    first, *rest = wrapped(clean(claim.statement), room - 2) or [""]
    figures = "".join(number_text(value).rjust(FIGURE_WIDTH) for value in (claim.expected, claim.measured))
    verdict = ("  " + VERDICTS[claim.holds], verdict_style)
    return [Content.assemble(first.ljust(room) + figures, verdict), *(Content("  " + line) for line in rest)]
