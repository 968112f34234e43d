"""A choice of one of a few answers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from quizapp.core.chart.label import clean
from quizapp.tui.widgets.answering import PredictionField, digit_keys

if TYPE_CHECKING:
    from textual import events


class Choices(PredictionField):
    """The answers on offer, one a line behind its digit; digits, arrows or the mouse choose."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right", "choose(1)", "Choose", id="prediction.next", key_display="↑↓"),
        Binding("up,left", "choose(-1)", "Choose the one before", id="prediction.previous", show=False),
        *digit_keys("prediction.digit"),
    ]
    DEFAULT_CSS = """
    Choices {
        height: auto;
        padding: 0 1;
        & > .choices--chosen { color: $text-accent; text-style: bold; }
        &:focus { background: $boost; }
    }
    """

    chosen: reactive[int | None] = reactive[int | None](None)
    choices: reactive[tuple[str, ...]] = reactive[tuple[str, ...]]((), layout=True)

    def render(self) -> Content:
        """Return a line for each choice, the chosen one filled in."""
        style = self.get_visual_style("choices--chosen")
        lines = [
            Content.styled(f"{digit} ● {clean(words)}", style)
            if digit - 1 == self.chosen
            else Content(f"{digit} ○ {clean(words)}")
            for digit, words in enumerate(self.choices, 1)
        ]
        return Content("\n").join(lines)

    def watch_chosen(self) -> None:
        """Tell the form."""
        self.answer_changed()

    @property
    def is_answered(self) -> bool:
        """Whether one of them is chosen."""
        return self.chosen is not None

    def action_choose_digit(self, digit: int) -> None:
        """Choose the answer of a digit; one that no answer has does nothing."""
        if digit <= len(self.choices):
            self.chosen = digit - 1

    def action_choose(self, step: int) -> None:
        """Choose the next or the previous answer, around the ends."""
        if self.chosen is None:
            self.chosen = 0 if step > 0 else len(self.choices) - 1
        else:
            self.chosen = (self.chosen + step) % len(self.choices)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked; a click on the chosen one takes it back."""
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self.choices):
            self.chosen = None if place.y == self.chosen else place.y
