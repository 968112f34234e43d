"""One simulation of the gallery: its picture, what it claims, when it ran here, which topics launch it."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quizapp.core.chart.label import clean
from quizapp.core.day import moment_of
from quizapp.core.frame_chart import chart_of
from quizapp.core.gallery import Exhibit
from quizapp.core.measured import LastRun
from quizapp.tui.widgets.chart_view import ChartView
from sims.protocol import Frame, knob_values

if TYPE_CHECKING:
    from textual.app import ComposeResult

MOST_TOPICS = 3


class ExhibitPanel(Vertical):
    """Shows the exhibit under the cursor; the picture is its last run here, else the one that comes with it."""

    SCOPED_CSS = False  # the layout depends on the screen's breakpoint classes
    DEFAULT_CSS = """
    ExhibitPanel {
        & > #exhibit-title { height: auto; text-style: bold; }
        & > ChartView { height: 1fr; min-height: 6; margin: 1 0; }
        & > #exhibit-about { height: auto; color: $text-muted; }
        &.-bare > ChartView { display: none; }
    }
    .-short ExhibitPanel > ChartView { margin: 0; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the title over the picture over the words."""
        yield Static(id="exhibit-title", markup=False)
        yield ChartView()
        yield Static(id="exhibit-about", markup=False)

    def show(
        self,
        exhibit: Exhibit | None,
        golden: Frame | None,
        last: LastRun | None,
        topics: tuple[str, ...],
        zone: tzinfo | None,
    ) -> None:
        """Show an exhibit, or nothing where none is chosen."""
        frame = last.frame if last else golden
        simulation = exhibit.simulation if exhibit else None
        self.set_class(simulation is None or frame is None, "-bare")
        self.query_one("#exhibit-title", Static).update(Content(clean(exhibit.title) if exhibit else ""))
        if simulation is not None and frame is not None:
            views = simulation.views
            self.query_one(ChartView).chart = chart_of(frame, views[0], views)
        words = _words(exhibit, last, topics, zone, pictured=frame is not None) if exhibit else []
        self.query_one("#exhibit-about", Static).update(Content("\n".join(map(clean, words))))


def _words(
    exhibit: Exhibit, last: LastRun | None, topics: tuple[str, ...], zone: tzinfo | None, *, pictured: bool
) -> list[str]:
    """Return the lines below the picture."""
    if exhibit.simulation is None:
        return [exhibit.problem, "The others are not touched by it."]
    if last is not None:
        ran = _ran(exhibit, last, zone)
    else:
        ran = "not run yet here; the picture is of its defaults, seed 0" if pictured else "not run yet here"
    lines = [ran, exhibit.simulation.header.claim]
    if topics:
        more = f" and {len(topics) - MOST_TOPICS} more" if len(topics) > MOST_TOPICS else ""
        lines.append(f"In {', '.join(topics[:MOST_TOPICS])}{more}")
    return lines


def _ran(exhibit: Exhibit, last: LastRun, zone: tzinfo | None) -> str:
    """Return when it ran last, with what was not at its default."""
    assert exhibit.simulation is not None
    day = moment_of(last.at_ms).astimezone(zone)
    defaults = knob_values(exhibit.simulation.knobs())
    turned = [f"{name}={value}" for name, value in last.knobs.items() if defaults.get(name) != value]
    return ", ".join([f"last run {day.day} {day:%b}", f"seed {last.seed}", last.device, *turned])
