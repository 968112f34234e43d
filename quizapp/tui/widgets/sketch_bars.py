"""A sketch: one bar for each setting, drawn by the learner before the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from quizapp.core.chart.inline import LEVELS
from quizapp.core.chart.label import fit
from quizapp.core.prediction import said
from quizapp.core.sketch import LEAP, Sketch
from quizapp.tui.widgets.answering import PredictionField

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

BAR_ROWS = 6
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
    labels: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the height of values, bars, settings and the range."""
        return BAR_ROWS + 3

    def render(self) -> Content:
        """Return the values, the bars, the settings, and a line that says how far the bars go."""
        sketch = self.sketch
        if sketch is None:
            return Content()
        places, columns = range(len(sketch.heights)), self._columns()
        rows = [[fit(said(value), columns) for value in sketch.values]]
        rows += [[_block(sketch.share(place), row) * columns for place in places] for row in range(BAR_ROWS)]
        rows.append([fit(label, columns) for label in self.labels])
        lines = [
            self._line(cells, columns, is_bar=0 < number <= BAR_ROWS) for number, cells in enumerate(rows)
        ]
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
        if 1 <= at.y <= BAR_ROWS:
            chosen = chosen.raised(round((BAR_ROWS - at.y + 0.5) / BAR_ROWS * chosen.steps))
        self.sketch = chosen

    def _columns(self) -> int:
        count = len(self.sketch.heights) if self.sketch else 1
        return max(1, min(WIDEST_BAR, (self.content_size.width + GAP) // max(1, count) - GAP))

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


def _block(share: float, row: int) -> str:
    """Return what of a bar stands in a row, counted from the top: nothing, a full block or its upper end."""
    eighths = round(share * BAR_ROWS * len(LEVELS)) - (BAR_ROWS - 1 - row) * len(LEVELS)
    if eighths <= 0:
        return LEVELS[0] if row == BAR_ROWS - 1 else " "
    return LEVELS[min(len(LEVELS), eighths) - 1]
