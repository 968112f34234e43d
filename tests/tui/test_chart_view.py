"""The chart widget: it paints the latest chart once for each size and theme."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult

from quizapp.core.chart import Axis, Chart, Drawing, Series, draw
from quizapp.tui.widgets import chart_view
from quizapp.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from rich.color import Color
    from textual.pilot import Pilot


def falling(step: int) -> Chart:
    """Return a chart of two curves that depends on the step."""
    plain = tuple(0.9 ** (layer + step) for layer in range(50))
    return Chart(
        (Series("plain", plain), Series("residual", tuple(1 / (1 + layer) for layer in range(50)))),
        Axis("layer"),
        Axis("gradient", log=True),
    )


class ChartApp(App[None]):
    """Nothing but a chart."""

    def __init__(self, chart: Chart | None = None) -> None:
        super().__init__()
        self.view = ChartView(chart)

    def compose(self) -> ComposeResult:
        """Fill the screen with the chart."""
        yield self.view


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Chart]:
    """Record every chart that is rasterised, in order."""
    charts: list[Chart] = []

    def recording(chart: Chart, width: int, height: int) -> Drawing:
        charts.append(chart)
        return draw(chart, width, height)

    monkeypatch.setattr(chart_view, "draw", recording)
    return charts


def painted(app: ChartApp) -> list[str]:
    """Return the text of the widget's rows."""
    return [app.view.render_line(row).text for row in range(app.view.size.height)]


def colours(app: ChartApp) -> set[Color | None]:
    """Return the colours that the widget paints with."""
    strips = [app.view.render_line(row) for row in range(app.view.size.height)]
    return {segment.style.color for strip in strips for segment in strip if segment.style}


def expected(chart: Chart, width: int, height: int) -> list[str]:
    """Return the rows that the core draws."""
    return ["".join(run.text for run in row) for row in draw(chart, width, height).rows]


async def test_paints_what_the_core_draws() -> None:
    """The rows on the screen are the drawing's, cell by cell."""
    app = ChartApp(falling(0))
    async with app.run_test(size=(80, 20)):
        assert painted(app) == expected(falling(0), 80, 20)


async def test_only_the_latest_of_many_charts_is_rasterised(drawn: list[Chart]) -> None:
    """A hundred charts that arrive at once cost hardly more than one, and the last one is shown."""
    app = ChartApp()
    async with app.run_test(size=(80, 20)) as pilot:
        drawn.clear()
        for step in range(100):
            app.view.chart = falling(step)
        await pilot.pause()
        assert 1 <= len(drawn) <= 3
        assert drawn[-1] == falling(99)
        assert painted(app) == expected(falling(99), 80, 20)


async def test_repainting_does_not_rasterise_again(drawn: list[Chart]) -> None:
    """A paint without news reads the rows that are there."""
    app = ChartApp(falling(0))
    async with app.run_test(size=(80, 20)) as pilot:
        drawn.clear()
        app.view.refresh()
        await pilot.pause()
        assert drawn == []


async def test_resizing_draws_for_the_new_size() -> None:
    """After a resize the chart fills the new size, down to a tiny one."""
    app = ChartApp(falling(0))
    async with app.run_test(size=(80, 20)) as pilot:
        for width, height in ((40, 10), (3, 2), (120, 36)):
            await resize(pilot, width, height)
            assert painted(app) == expected(falling(0), width, height)


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    """Give the terminal a new size and let the widget take it."""
    await pilot.resize_terminal(width, height)
    await pilot.pause()


async def test_a_theme_change_recolours_the_same_chart() -> None:
    """Another theme gives other colours and the same text."""
    app = ChartApp(falling(0))
    async with app.run_test(size=(80, 20)) as pilot:
        before, text = colours(app), painted(app)
        app.theme = "textual-light"
        await pilot.pause()
        assert len(colours(app) & before) <= 1  # a middle grey is faint on dark and on light ground
        assert painted(app) == text


async def test_series_have_colours_of_their_own() -> None:
    """Two curves are painted in two colours, apart from those of axis and labels."""
    app = ChartApp(falling(0))
    async with app.run_test(size=(80, 20)):
        assert len(colours(app)) >= 4


async def test_no_color_keeps_everything_legible(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR the screen holds the same signs and names in shades of grey."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = ChartApp(falling(0))
    async with app.run_test(size=(80, 20)):
        screenshot = app.export_screenshot()
        assert "residual" in screenshot
        assert "◆" in screenshot


@pytest.mark.parametrize("chart", [None, Chart(()), Chart((Series("a", (math.nan,)),))])
async def test_an_empty_chart_says_so_quietly(chart: Chart | None) -> None:
    """Without values the widget shows one line of text."""
    app = ChartApp(chart)
    async with app.run_test(size=(60, 12)):
        assert [line.strip() for line in painted(app) if line.strip()] == ["no values yet"]
