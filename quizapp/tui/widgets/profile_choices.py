"""A choice of one of a few drawn curves: "which profile will it be?"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from quizapp.core.chart import Axis, Chart, Drawing, Series, draw
from quizapp.core.chart.label import clean, fit
from quizapp.tui.widgets.answering import PredictionField, digit_keys
from sims.protocol import Prediction

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

LEAST_COLUMNS, MOST_COLUMNS = 16, 34
CURVE_ROWS, CURVE_ROWS_SHORT = 4, 3
MARK_COLUMNS, MOST_LABEL_ROWS = 4, 3
GAP = 2
LOG_DECADES = 3.0
"""Curves that are all above zero and span more decades than this are drawn on a logarithmic scale."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """How the panels stand: so many beside each other, each so many cells wide; the rows of its curve and of its label."""

    beside: int
    columns: int
    curve_rows: int
    label_rows: int

    @property
    def rows(self) -> int:
        """The height of a panel."""
        return self.curve_rows + self.label_rows


class ProfileChoices(PredictionField):
    """Each choice as a small chart with its label below; all share one scale. Digits, arrows or the mouse choose."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "profile-choices--chosen",
        "profile-choices--curve",
        "profile-choices--label",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "choose(1)", "Choose", id="profile.next", key_display="←→"),
        Binding("left", "choose(-1)", "Choose the one before", id="profile.previous", show=False),
        Binding("down", "choose_row(1)", "Choose the one below", id="profile.below", show=False),
        Binding("up", "choose_row(-1)", "Choose the one above", id="profile.above", show=False),
        *digit_keys("profile.digit"),
    ]
    DEFAULT_CSS = """
    ProfileChoices {
        height: auto;
        padding: 0 1;
        & > .profile-choices--chosen { color: $text-accent; text-style: bold; }
        & > .profile-choices--curve { color: $text-primary; }
        & > .profile-choices--label { color: $foreground; }
        &:focus { background: $boost; }
    }
    """

    chosen: reactive[int | None] = reactive[int | None](None)
    prediction: reactive[Prediction] = reactive(Prediction(""), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the height of all rows of panels."""
        grid, count = self._grid(width), len(self.prediction.curves)
        return math.ceil(count / grid.beside) * grid.rows

    def render(self) -> Content:
        """Return the panels, row by row."""
        grid = self._grid(self.content_size.width)
        places = range(len(self.prediction.curves))
        lines: list[Content] = []
        for first in places[:: grid.beside]:
            panels = [self._panel(place, grid) for place in places[first : first + grid.beside]]
            lines += [Content(" " * GAP).join(row) for row in zip(*panels, strict=True)]
        return Content("\n").join(lines)

    def watch_chosen(self) -> None:
        """Tell the form."""
        self.answer_changed()

    @property
    def is_answered(self) -> bool:
        """Whether one of them is chosen."""
        return self.chosen is not None

    def action_choose_digit(self, digit: int) -> None:
        """Choose the curve of a digit; one that no curve has does nothing."""
        if digit <= len(self.prediction.curves):
            self.chosen = digit - 1

    def action_choose(self, step: int) -> None:
        """Choose the next or the previous curve, around the ends."""
        if self.chosen is None:
            self.chosen = 0 if step > 0 else len(self.prediction.curves) - 1
        else:
            self.chosen = (self.chosen + step) % len(self.prediction.curves)

    def action_choose_row(self, step: int) -> None:
        """Choose the curve below or above; where there is none, the next or the previous one."""
        beside = self._grid(self.content_size.width).beside
        if self.chosen is not None and 0 <= self.chosen + step * beside < len(self.prediction.curves):
            self.chosen += step * beside
        else:
            self.action_choose(step)

    def on_click(self, event: events.Click) -> None:
        """Choose the panel that was clicked; a click on the chosen one takes it back."""
        at = event.get_content_offset(self)
        if at is None:
            return
        grid = self._grid(self.content_size.width)
        column = at.x // (grid.columns + GAP)
        place = at.y // grid.rows * grid.beside + column
        if column < grid.beside and place < len(self.prediction.curves):
            self.chosen = None if place == self.chosen else place

    def _grid(self, width: int) -> _Grid:
        """Return the panels as wide as there is room for, all on one row if that leaves them wide enough."""
        count = max(1, len(self.prediction.curves))
        beside = max(1, min(count, (width + GAP) // (LEAST_COLUMNS + GAP)))
        beside = math.ceil(count / math.ceil(count / beside))  # 5 where 4 have room: 3 and 2
        columns = max(1, min(MOST_COLUMNS, (width + GAP) // beside - GAP))
        labels = (self._label(place, columns) for place in range(len(self.prediction.choices)))
        return _Grid(
            beside,
            columns,
            CURVE_ROWS_SHORT if self.screen.has_class("-short") else CURVE_ROWS,
            max(map(len, labels), default=1),
        )

    def _label(self, place: int, columns: int) -> list[str]:
        """Return the lines of a label, behind the room for its mark; what three do not hold is cut off."""
        room = max(1, columns - MARK_COLUMNS)
        lines = wrap(clean(self.prediction.choices[place]), room, break_on_hyphens=False) or [""]
        return [*lines[: MOST_LABEL_ROWS - 1], fit(" ".join(lines[MOST_LABEL_ROWS - 1 :]), room)][
            : len(lines)
        ]

    def _panel(self, place: int, grid: _Grid) -> list[Content]:
        """Return the lines of one panel, each as wide as the panel."""
        is_chosen = place == self.chosen
        style = self.get_visual_style
        chosen = style("profile-choices--chosen")
        curve = chosen if is_chosen else style("profile-choices--curve")
        marks = [f"{place + 1} {'●' if is_chosen else '○'} ", *[" " * MARK_COLUMNS] * grid.label_rows]
        label = self._label(place, grid.columns)
        label += [""] * (grid.label_rows - len(label))
        drawing = self._drawing(place, grid)
        lines = [
            Content.styled("".join(run.text for run in row).ljust(grid.columns), curve)
            for row in drawing.rows
        ]
        look = chosen if is_chosen else style("profile-choices--label")
        below = (mark + words for mark, words in zip(marks, label, strict=False))
        return [*lines, *(Content.styled(line.ljust(grid.columns), look) for line in below)]

    def _drawing(self, place: int, grid: _Grid) -> Drawing:
        curves = self.prediction.curves
        values = [value for curve in curves for value in curve if math.isfinite(value)]
        low, high = min(values, default=0.0), max(values, default=1.0)
        log = low > 0 and (self.prediction.log_scale or math.log10(high / low) > LOG_DECADES)
        y = Axis(log=log, low=low, high=high if high > low else None)
        return draw(Chart((Series("", curves[place]),), y=y), grid.columns, grid.curve_rows)
