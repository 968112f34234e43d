"""A sketch: one bar for each setting, drawn by the learner before the run."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from quizapp.core.chart.inline import LEVELS
from quizapp.core.chart.label import clean, fit
from quizapp.core.prediction import said
from quizapp.core.sketch import LEAP, Sketch
from quizapp.tui.widgets.answering import PredictionField

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

BAR_ROWS, BAR_ROWS_SHORT = 6, 4
MOST_LABEL_ROWS = 2
WIDEST_BAR = 12
GAP = 1


class SketchBars(PredictionField):
    """The bars side by side, each with its value above and its setting below."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sketch-bars--chosen", "sketch-bars--bar", "sketch-bars--words"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "choose(1)", "Choose a bar", id="sketch.next", key_display="←→"),
        Binding("left", "choose(-1)", "Choose the bar before", id="sketch.previous", show=False),
        Binding("up", "move(1)", "Move it", id="sketch.up", key_display="↑↓"),
        Binding("down", "move(-1)", "Move it down", id="sketch.down", show=False),
        Binding("pageup", f"move({LEAP})", "Move it far up", id="sketch.far-up", show=False),
        Binding("pagedown", f"move(-{LEAP})", "Move it far down", id="sketch.far-down", show=False),
    ]
    DEFAULT_CSS = """
    SketchBars {
        height: auto;
        padding: 0 1;
        & > .sketch-bars--chosen { color: $text-accent; text-style: bold; }
        & > .sketch-bars--bar { color: $text-primary; }
        & > .sketch-bars--words { color: $foreground; }
        &:focus { background: $boost; }
    }
    """

    sketch: reactive[Sketch | None] = reactive[Sketch | None](None, layout=True)
    labels: reactive[tuple[str, ...]] = reactive[tuple[str, ...]]((), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the height of values, bars, settings and the range."""
        return 1 + self._bar_rows + len(self._label_rows(self._columns(width))) + 1

    def render(self) -> Content:
        """Return the values, the bars, the settings, and a line that says how far the bars go."""
        sketch = self.sketch
        if sketch is None:
            return Content()
        places, columns, high = range(len(sketch.heights)), self._columns(), self._bar_rows
        rows = [[fit(said(value), columns) for value in sketch.values]]
        rows += [
            [_block(sketch.share(place), row, high) * columns for place in places] for row in range(high)
        ]
        rows += self._label_rows(columns)
        lines = [self._line(cells, columns, is_bar=0 < number <= high) for number, cells in enumerate(rows)]
        scale = "logarithmic" if sketch.log else "linear"
        words = f"from {said(sketch.low)} to {said(sketch.high)}, {scale}: {self.labels[sketch.place]}"
        lines.append(Content(fit(words, self.content_size.width)))
        return Content("\n").join(lines)

    def watch_sketch(self) -> None:
        """Tell the form."""
        self.answer_changed()

    @property
    def is_answered(self) -> bool:
        """Whether a bar was moved."""
        return self.sketch is not None and self.sketch.is_touched

    def action_choose(self, step: int) -> None:
        """Choose the next bar or the one before."""
        if self.sketch is not None:
            self.sketch = self.sketch.chosen(step)

    def action_move(self, steps: int) -> None:
        """Move the chosen bar."""
        if self.sketch is not None:
            self.sketch = self.sketch.moved(steps)

    def on_click(self, event: events.Click) -> None:
        """Choose the bar that was clicked, and draw it up to there."""
        at = event.get_content_offset(self)
        if at is None or self.sketch is None:
            return
        place = at.x // (self._columns() + GAP)
        if place >= len(self.sketch.heights):
            return
        chosen = self.sketch.chosen(place - self.sketch.place)
        if 1 <= at.y <= self._bar_rows:
            chosen = chosen.raised(round((self._bar_rows - at.y + 0.5) / self._bar_rows * chosen.steps))
        self.sketch = chosen

    @property
    def _bar_rows(self) -> int:
        return BAR_ROWS_SHORT if self.screen.has_class("-short") else BAR_ROWS

    def _columns(self, width: int | None = None) -> int:
        count = len(self.sketch.heights) if self.sketch else 1
        room = self.content_size.width if width is None else width
        return max(1, min(WIDEST_BAR, (room + GAP) // max(1, count) - GAP))

    def _label_rows(self, columns: int) -> list[list[str]]:
        """Return the settings below their bars: on one line, or on two where one is too long for it."""
        wrapped = [wrap(clean(label), columns, break_on_hyphens=False) or [""] for label in self.labels]
        high = min(MOST_LABEL_ROWS, max(map(len, wrapped), default=1))
        kept = [
            [*lines[: high - 1], *[""] * (high - 1 - len(lines)), fit(" ".join(lines[high - 1 :]), columns)]
            for lines in wrapped
        ]
        return [list(row) for row in zip(*kept, strict=True)]

    def _line(self, cells: list[str], columns: int, *, is_bar: bool) -> Content:
        """Return one row over all bars, the chosen one in its own look."""
        style = self.get_visual_style
        chosen = style("sketch-bars--chosen")
        other = style("sketch-bars--bar" if is_bar else "sketch-bars--words")
        place = self.sketch.place if self.sketch else 0
        parts = [
            Content.styled(text.center(columns), chosen if number == place else other)
            for number, text in enumerate(cells)
        ]
        return Content(" " * GAP).join(parts)


def _block(share: float, row: int, rows: int) -> str:
    """Return what of a bar stands in one of its rows, from the top: nothing, a full block or its upper end."""
    eighths = round(share * rows * len(LEVELS)) - (rows - 1 - row) * len(LEVELS)
    if eighths <= 0:
        return LEVELS[0] if row == rows - 1 else " "
    return LEVELS[min(len(LEVELS), eighths) - 1]
