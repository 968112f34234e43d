"""The answers of a card that are to choose from, by digits, arrows or the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.plain import printable
from quizapp.tui.widgets.answering import AnswerChanged, AnswerSubmitted, digit_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events
    from textual.app import ComposeResult


class OptionLine(Horizontal):
    """One answer behind its digit and its mark, which it hangs from when it wraps."""

    @dataclass
    class Pressed(Message):
        """The learner clicked this answer."""

        place: int

    def __init__(self, place: int, text: str) -> None:
        """Show one answer."""
        super().__init__()
        self._place = place
        self._text = with_formulas(printable(text).replace("**", "").replace("`", ""))

    def compose(self) -> ComposeResult:
        """Lay out the mark and the words."""
        yield Static(classes="-mark")
        yield Static(Content(self._text), classes="-words")

    def show(self, mark: str, *, chosen: bool, under_cursor: bool) -> None:
        """Draw the mark and the cursor."""
        self.set_class(chosen, "-chosen")
        cursor = "▸" if under_cursor else " "
        self.query_one(".-mark", Static).update(Content(f"{cursor} {self._place + 1} {mark} "))

    def on_click(self, event: events.Click) -> None:
        """Tell that it was clicked."""
        event.stop()
        self.post_message(self.Pressed(self._place))


class ExpectedChoices(Vertical, can_focus=True):
    """The answers on offer, one a line. One of them is chosen, or as many as are right where there are several."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Hand in", id="expected.submit"),
        *digit_keys("expected.digit"),
        Binding("down", "move(1)", "Choose", id="expected.next", key_display="↑↓"),
        Binding("up", "move(-1)", "Choose the one before", id="expected.previous", show=False),
        Binding("space", "tick", "Choose, or not", id="expected.toggle", show=False),
    ]
    DEFAULT_CSS = """
    ExpectedChoices { height: auto; padding: 0 1; border-left: wide $panel; }
    ExpectedChoices:focus { border-left: wide $primary; }
    ExpectedChoices > OptionLine { height: auto; }
    OptionLine > .-mark { width: auto; height: 1; }
    OptionLine > .-words { width: 1fr; height: auto; }
    ExpectedChoices > .-chosen { color: $text-accent; text-style: bold; }
    """

    cursor: reactive[int] = reactive(0, init=False)
    chosen: reactive[frozenset[int]] = reactive(frozenset[int](), init=False)

    def __init__(self, texts: Sequence[str], *, takes_several: bool) -> None:
        """Offer these answers, none of them chosen."""
        super().__init__()
        self._texts = tuple(texts)
        self._takes_several = takes_several

    def compose(self) -> ComposeResult:
        """Lay out a line for each answer."""
        for place, text in enumerate(self._texts):
            yield OptionLine(place, text)

    def on_mount(self) -> None:
        """Draw the marks."""
        self._draw()

    @property
    def text(self) -> str:
        """The answers that are chosen, one a line."""
        return "\n".join(text for place, text in enumerate(self._texts) if place in self.chosen)

    def choose(self, texts: Collection[str]) -> None:
        """Choose these answers."""
        self.chosen = frozenset(place for place, text in enumerate(self._texts) if text in texts)
        self.cursor = min(self.chosen, default=0)

    def watch_cursor(self) -> None:
        """Draw the cursor where it is now, in sight."""
        self._draw()
        lines = self.query(OptionLine)
        if self.has_focus and self.cursor < len(lines):
            lines[self.cursor].scroll_visible(animate=False)

    def watch_chosen(self) -> None:
        """Draw the marks as they are now, and tell the form."""
        self._draw()
        self.post_message(AnswerChanged())

    def on_focus(self) -> None:
        """Show the cursor."""
        self._draw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._draw()

    def action_choose_digit(self, digit: int) -> None:
        """Choose the answer of a digit, or take it back; a digit that no answer has does nothing."""
        if digit <= len(self._texts):
            self._take(digit - 1)

    def action_move(self, step: int) -> None:
        """Go to the next answer, or the one before; of one alone, the cursor's is the one that is chosen."""
        if self._takes_several or self.chosen:
            self.cursor = (self.cursor + step) % len(self._texts)
        elif step < 0:
            self.cursor = len(self._texts) - 1
        if not self._takes_several:
            self.chosen = frozenset({self.cursor})

    def action_tick(self) -> None:
        """Choose the answer under the cursor, or take it back."""
        self._take(self.cursor)

    def action_submit(self) -> None:
        """Hand the choice in."""
        self.post_message(AnswerSubmitted())

    def on_option_line_pressed(self, message: OptionLine.Pressed) -> None:
        """Choose with the mouse."""
        message.stop()
        self._take(message.place)

    def _take(self, place: int) -> None:
        self.cursor = place
        self.chosen = self.chosen ^ {place} if self._takes_several else frozenset({place})

    def _draw(self) -> None:
        marks = ("[ ]", "[x]") if self._takes_several else ("○", "●")
        for place, line in enumerate(self.query(OptionLine)):
            is_chosen = place in self.chosen
            line.show(
                marks[is_chosen], chosen=is_chosen, under_cursor=self.has_focus and place == self.cursor
            )
