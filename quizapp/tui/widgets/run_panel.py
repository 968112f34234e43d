"""What stands around a simulation's chart: the header above it, the findings beneath it, the text about it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from quizapp.core.chart.label import clean, fit
from quizapp.core.chart.number import number_text, with_powers
from quizapp.core.comparison import ClaimRow, ScalarRow
from quizapp.tui.widgets.claim_table import ClaimTable
from quizapp.tui.widgets.comparison_table import ComparisonTable
from sims.protocol import Claim, Header

if TYPE_CHECKING:
    from textual.app import ComposeResult

MOST_READOUTS = 4


def event_kind(words: str) -> str:
    """Return an event without its figures: "layer 4 of 50" and "layer 8 of 50" are one event that goes on."""
    return re.sub(r"\d+", "#", words)


def readouts(scalars: Mapping[str, float], columns: int) -> str:
    """Return the first few live figures in one line, each of them whole; theory's stand in the claims."""
    shown = [
        f"{clean(name)} {number_text(value)}"
        for name, value in scalars.items()
        if "theory" not in name and not math.isnan(value)
    ]
    line = ""
    for figure in shown[:MOST_READOUTS]:
        longer = f"{line}  ·  {figure}" if line else figure
        if line and cell_len(longer) > columns:
            break
        line = longer
    return line


class RunHeader(Widget):
    """The title at the left; seed, device, rate and progress at the right. Changes with every frame, so one paint."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"run-header--figures"}
    DEFAULT_CSS = """
    RunHeader {
        height: 1;
        padding: 0 1;
        background: $panel;
        text-wrap: nowrap;
        & > .run-header--figures { color: $text-muted; }
    }
    """

    figures: reactive[str] = reactive("")

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def render(self) -> Content:
        """Return the line; the title gives way to the figures where both do not fit."""
        room = max(0, self.content_size.width - len(self.figures) - 2)
        title = fit(self._title, room)
        figures = (self.figures, self.get_visual_style("run-header--figures"))
        return Content.assemble((title.ljust(room), "bold"), "  ", figures)

    def show(self, *parts: str) -> None:
        """Show these figures, leaving out empty ones."""
        self.figures = " · ".join(part for part in parts if part)


class Findings(VerticalScroll, can_focus=False):
    """The gap between prediction and measurement, the claims, the formula; scrolls where they do not fit."""

    DEFAULT_CSS = """
    Findings {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-color: $foreground 20%;
        & > #gap { height: auto; text-style: bold; max-width: 90; }
        & > ClaimTable { margin-top: 0; max-width: 110; }
        & > ComparisonTable { display: none; }
        &.-comparing > ComparisonTable { display: block; }
        & > #formula, & > #events { height: auto; color: $text-muted; max-width: 110; }
        & > #claim { height: auto; color: $text-muted; max-width: 90; }
        &.-hit > #gap { color: $text-success; }
        &.-miss > #gap { color: $text-warning; }
    }
    """

    def __init__(self, header: Header) -> None:
        super().__init__()
        self._header = header

    def compose(self) -> ComposeResult:
        """Lay out gap, claims and formula; the first two are empty before the first run has ended."""
        yield Static(id="gap", markup=False)
        yield ComparisonTable()
        yield ClaimTable()
        yield Static(id="events", markup=False)
        yield Static(self._header.claim, id="claim", markup=False)
        yield Static(self._header.formula, id="formula", markup=False)

    def on_mount(self) -> None:
        """Hide what has nothing to say yet."""
        self.show_gap("", None)
        self.show_claims(())
        self.show_events({})

    def show_gap(self, words: str, hit: bool | None) -> None:
        """Show how the prediction did; `hit` is None while that is open."""
        line = self.query_one("#gap", Static)
        if str(line.content) != (said := clean(words)):
            line.update(said)
        line.display = bool(words)
        self.set_class(hit is True, "-hit")
        self.set_class(hit is False, "-miss")

    def show_events(self, happened: Mapping[str, tuple[int, str]]) -> None:
        """Show what happened on the way, one line each."""
        events = self.query_one("#events", Static)
        events.update("\n".join(f"step {step}: {clean(words)}" for step, words in happened.values()))
        events.display = bool(happened)

    def show_claims(self, claims: tuple[Claim, ...]) -> None:
        """Show what the run measured."""
        table = self.query_one(ClaimTable)
        table.claims = claims
        table.display = bool(claims)
        self.scroll_home(animate=False)

    def show_comparison(self, claims: tuple[ClaimRow, ...], scalars: tuple[ScalarRow, ...]) -> None:
        """Show the figures of two runs side by side; nothing where there are none."""
        self.query_one(ComparisonTable).rows = (claims, scalars)
        self.set_class(bool(claims or scalars), "-comparing")


class About(VerticalScroll):
    """Everything that is said about a simulation: what it claims, measures, simplifies, and where that stands."""

    DEFAULT_CSS = """
    About {
        height: 1fr;
        padding: 1 2;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-color: $foreground 20%;
        & > Static { height: auto; max-width: 90; margin-bottom: 1; }
    }
    """

    def __init__(self, header: Header) -> None:
        super().__init__()
        self._header = header

    def show_explanation(self, words: str) -> None:
        """Put what explains the run's own figures above everything else; nothing where there is no run."""
        line = self.query_one("#explanation", Static)
        paragraphs = "\n\n".join(clean(paragraph) for paragraph in words.split("\n\n"))
        line.update(Content.assemble(("This run", "bold $text-accent"), "\n", with_powers(paragraphs)))
        line.display = bool(words)
        self.scroll_home(animate=False)

    def compose(self) -> ComposeResult:
        """Lay out a paragraph for each part; this run's comes first, once there is one."""
        explanation = Static(id="explanation", markup=False)
        explanation.display = False
        yield explanation
        header = self._header
        longest = max(map(len, header.symbols), default=0)
        symbols = "\n".join(f"{symbol:<{longest}}  {meaning}" for symbol, meaning in header.symbols.items())
        for lead, words in (
            ("What it claims", header.claim),
            ("Formula", f"{header.formula}\n{symbols}"),
            ("What is simplified", header.simplification),
            ("Source", header.source),
        ):
            yield Static(Content.assemble((lead, "bold $text-accent"), "\n", words))
