"""A simulation's knobs in a row: arrow keys or the mouse change them, five at most in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import HorizontalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from quizapp.core.chart.number import number_text
from sims.protocol import Knob, KnobValue

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

IN_SIGHT = 5


def value_text(knob: Knob, value: KnobValue) -> str:
    """Return a knob's value with its unit, as the learner reads it."""
    words = value if isinstance(value, str) else number_text(float(value))
    return f"{words} {knob.unit}".strip()


def about_text(knob: Knob) -> str:
    """Return what a knob is and what it takes, in one line."""
    if knob.choices:
        return f"{knob.name}: {knob.about} · {', '.join(knob.choices)}"
    return f"{knob.name}: {knob.about} · {number_text(knob.low)} to {number_text(knob.high)}"


class KnobCell(Widget, can_focus=True):
    """One knob: its name and value, and beneath them a slider or the choice between arrows."""

    @dataclass
    class Moved(Message):
        """The knob was given another value."""

        name: str
        value: KnobValue

    @dataclass
    class Chosen(Message):
        """The knob now takes the arrow keys."""

        cell: KnobCell

    COMPONENT_CLASSES: ClassVar[set[str]] = {"knob-cell--name", "knob-cell--value", "knob-cell--track"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left",
            "move(-1)",
            "Knob",
            id="knob.less",
            key_display="←→",
            tooltip="Turn the knob by a step: less, more",
        ),
        Binding("right", "move(1)", "One step more", id="knob.more", show=False),
        Binding("shift+left", "move(-10)", "Ten steps less", id="knob.much-less", show=False),
        Binding("shift+right", "move(10)", "Ten steps more", id="knob.much-more", show=False),
        Binding("backspace", "reset", "Default", id="knob.default", show=False),
    ]
    DEFAULT_CSS = """
    KnobCell {
        width: 1fr;
        min-width: 14;
        max-width: 28;
        height: 2;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .knob-cell--name { color: $text-muted; }
        & > .knob-cell--value { color: $foreground; text-style: bold; }
        & > .knob-cell--track { color: $text-muted; }
        &:focus {
            background: $boost;
            & > .knob-cell--name { color: $text-accent; text-style: underline; }
            & > .knob-cell--track { color: $text-accent; }
        }
    }
    """

    value: reactive[KnobValue] = reactive[KnobValue](0, layout=True)

    def __init__(self, knob: Knob, value: KnobValue) -> None:
        super().__init__(id=f"knob-{knob.name}")
        self.knob = knob
        self.set_reactive(KnobCell.value, value)

    def render(self) -> Content:
        """Return both lines at the present width."""
        style = self.get_visual_style
        track, value = style("knob-cell--track"), style("knob-cell--value")
        name = Content.styled(self.knob.name, style("knob-cell--name"))
        shown = Content.styled(value_text(self.knob, self.value), value)
        if self.content_size.height < 2:
            return Content.assemble(name, " ", shown)
        if self.knob.choices:
            return Content.assemble(name, "\n", ("◂ ", track), shown, (" ▸", track))
        return Content.assemble(name, " ", shown, "\n", self._slider(self.content_size.width))

    def _slider(self, width: int) -> Content:
        knob, track = self.knob, self.get_visual_style("knob-cell--track")
        room = max(1, width - 2)
        share = (float(self.value) - knob.low) / (knob.high - knob.low)
        place = round(share * (room - 1))
        bar = "━" * place + "●" + "─" * (room - 1 - place)
        return Content.styled(f"◂{bar}▸", track)

    def action_move(self, steps: int) -> None:
        """Turn the knob by so many steps."""
        self._set(self.knob.move(self.value, steps))

    def action_reset(self) -> None:
        """Give the knob its default value."""
        self._set(self.knob.default)

    def on_focus(self) -> None:
        """Tell whoever explains the knob."""
        self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Turn one step towards the arrow that was clicked, or to the place on the slider."""
        place = event.get_content_offset(self)
        if place is None or place.y != 1:
            return
        width = self.content_size.width
        if self.knob.choices or place.x == 0 or place.x >= width - 1:
            self.action_move(-1 if place.x < width / 2 else 1)
        else:
            self._set_share((place.x - 1) / max(1, width - 3))

    def _set_share(self, share: float) -> None:
        knob = self.knob
        steps = round((knob.low + share * (knob.high - knob.low) - float(self.value)) / knob.step)
        self.action_move(steps)

    def _set(self, value: KnobValue) -> None:
        if value != self.value:
            self.value = value
            self.post_message(self.Moved(self.knob.name, value))


class KnobBar(HorizontalScroll, can_focus=False, inherit_bindings=False):
    """The knobs of one simulation. Posts `KnobCell.Moved` and `KnobCell.Chosen`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)", "Knob before", id="knob.previous", show=False),
        Binding("down", "choose(1)", "Next knob", id="knob.next", show=False),
    ]
    DEFAULT_CSS = """
    KnobBar {
        height: 2;
        scrollbar-size: 0 0;
        &.-many KnobCell { width: 20%; max-width: 24; }
    }
    """

    def __init__(self, knobs: tuple[Knob, ...], values: Mapping[str, KnobValue]) -> None:
        super().__init__(classes="-many" if len(knobs) > IN_SIGHT else "")
        self.knobs = knobs
        self._values = dict(values)

    def compose(self) -> ComposeResult:
        """Lay out one cell a knob."""
        for knob in self.knobs:
            yield KnobCell(knob, self._values[knob.name])

    def action_choose(self, step: int) -> None:
        """Give the arrow keys to the next knob or the one before, around the ends."""
        cells = list(self.query(KnobCell))
        chosen = next((place for place, cell in enumerate(cells) if cell.has_focus), 0)
        cells[(chosen + step) % len(cells)].focus()
