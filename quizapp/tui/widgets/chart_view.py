"""A chart on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from quizapp.core.chart import Chart, Drawing, Role, RoleKind, draw

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Size

SERIES_COLOURS = 6

_COMPONENTS = {
    RoleKind.AXIS: "chart-view--axis",
    RoleKind.LABEL: "chart-view--label",
    RoleKind.TITLE: "chart-view--title",
    RoleKind.MARK: "chart-view--mark",
    RoleKind.ARROW: "chart-view--arrow",
    RoleKind.FAINT: "chart-view--faint",
    RoleKind.FAINT_LABEL: "chart-view--faint",
}


class ChartView(Widget):
    """Shows the latest chart that it was given, rasterised once for each paint, size and theme.

    Charts that arrive between two paints are dropped but for the last, so that a simulation may send faster than
    a terminal shows. Without a chart it says so in one quiet line.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *_COMPONENTS.values(),
        *(f"chart-view--series-{number}" for number in range(SERIES_COLOURS)),
        *(f"chart-view--quiet-{number}" for number in range(SERIES_COLOURS)),
    }
    DEFAULT_CSS = """
    ChartView {
        width: 1fr;
        height: 1fr;
        color: $foreground;

        & > .chart-view--axis { color: $foreground 30%; }
        & > .chart-view--label { color: $foreground 75%; }
        & > .chart-view--title { color: $foreground; text-style: bold; }
        & > .chart-view--mark { color: $text-warning; }
        & > .chart-view--arrow { color: $text-error; text-style: bold; }
        & > .chart-view--faint { color: $foreground 65%; }
        & > .chart-view--series-0 { color: $text-primary; }
        & > .chart-view--series-1 { color: $text-success; }
        & > .chart-view--series-2 { color: $foreground; }
        & > .chart-view--series-3 { color: $text-error; }
        & > .chart-view--series-4 { color: $text-accent; }
        & > .chart-view--series-5 { color: $text-secondary; }
        & > .chart-view--quiet-0 { color: $text-primary 60%; }
        & > .chart-view--quiet-1 { color: $text-success 60%; }
        & > .chart-view--quiet-2 { color: $foreground 60%; }
        & > .chart-view--quiet-3 { color: $text-error 60%; }
        & > .chart-view--quiet-4 { color: $text-accent 60%; }
        & > .chart-view--quiet-5 { color: $text-secondary 60%; }
    }
    """

    chart: reactive[Chart | None] = reactive(None)

    def __init__(
        self,
        chart: Chart | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._shown: tuple[Chart | None, Size] | None = None
        self._chart_strips: tuple[Strip, ...] = ()
        self._role_styles: dict[Role, Style] = {}
        self.set_reactive(ChartView.chart, chart)

    def render_line(self, y: int) -> Strip:
        """Return one row of the chart, rasterising it if the chart, the size or the theme is new."""
        if self._shown != (self.chart, self.size):
            self._shown = (self.chart, self.size)
            self._chart_strips = self._painted(
                draw(self.chart or Chart(()), self.size.width, self.size.height)
            )
        return self._chart_strips[y]

    def notify_style_update(self) -> None:
        """Forget the colours of the theme that was left."""
        super().notify_style_update()
        self._role_styles.clear()
        self._shown = None

    def _painted(self, drawing: Drawing) -> tuple[Strip, ...]:
        style = self._style
        return tuple(
            Strip([Segment(run.text, style(run.role)) for run in row], drawing.width) for row in drawing.rows
        )

    def _style(self, role: Role) -> Style:
        if role not in self._role_styles:
            self._role_styles[role] = self._component_style(role)
        return self._role_styles[role]

    def _component_style(self, role: Role) -> Style:
        if role.kind is RoleKind.BLANK:
            return self.rich_style
        if role.kind in _COMPONENTS:
            return self.get_component_rich_style(_COMPONENTS[role.kind])
        kind = "quiet" if role.kind is RoleKind.QUIET else "series"
        return self.get_component_rich_style(f"chart-view--{kind}-{role.index % SERIES_COLOURS}")
