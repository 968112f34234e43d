"""What is asked before a run: a choice or a number, which the learner commits to or skips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from quizapp.core.chart.label import clean
from quizapp.core.prediction import Answer, AnswerError, parsed_answer
from sims.protocol import Prediction

if TYPE_CHECKING:
    from textual.app import ComposeResult

COMMIT, SKIP = "Commit and run", "Run without a prediction"


class Choices(Widget, can_focus=True):
    """The answers on offer, one a line; arrows or the mouse choose."""

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

    @dataclass
    class Changed(Message):
        """Another answer was chosen, or none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choices--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right", "choose(1)", "Choose", id="prediction.next", key_display="↑↓"),
        Binding("up,left", "choose(-1)", "Choose the one before", id="prediction.previous", show=False),
        Binding("enter", "submit", "Commit and run", id="prediction.commit"),
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
            Content.styled(f"● {clean(words)}", style)
            if place == self.chosen
            else Content(f"○ {clean(words)}")
            for place, words in enumerate(self.choices)
        ]
        return Content("\n").join(lines)

    def watch_chosen(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed())

    def action_choose(self, step: int) -> None:
        """Choose the next or the previous answer, around the ends."""
        if self.chosen is None:
            self.chosen = 0 if step > 0 else len(self.choices) - 1
        else:
            self.chosen = (self.chosen + step) % len(self.choices)

    def action_submit(self) -> None:
        """Hand the choice in."""
        self.post_message(self.Submitted())

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked; a click on the chosen one takes it back."""
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self.choices):
            self.chosen = None if place.y == self.chosen else place.y


class NumberInput(Input):
    """A number, typed; enter commits to it, or to none where the line is empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Commit and run", id="prediction.commit_number"),
    ]


class PredictionForm(VerticalScroll, can_focus=False):
    """Asks for one prediction. Posts `Answered`, with None where it was skipped."""

    @dataclass
    class Answered(Message):
        """The learner committed to an answer, or to none."""

        answer: Answer | None

    DEFAULT_CSS = """
    PredictionForm {
        height: 1fr;
        padding: 1 2 0 2;
        & > #question { text-style: bold; margin-bottom: 1; max-width: 90; }
        & > Choices { max-width: 90; }
        & > #number { width: 100%; max-width: 40; border: none; height: 1; padding: 0 1; background: $boost; }
        & > #problem { color: $text-error; height: auto; padding: 0 1; }
        & > #submit { margin-top: 1; }
    }
    """

    prediction: reactive[Prediction] = reactive(Prediction(""), init=False)

    def __init__(self, prediction: Prediction) -> None:
        super().__init__()
        self.set_reactive(PredictionForm.prediction, prediction)

    def compose(self) -> ComposeResult:
        """Lay out the question, both kinds of answer, and the button; what does not apply is hidden."""
        yield Static(id="question", markup=False)
        yield Choices()
        yield NumberInput(id="number", compact=True)
        yield Static(id="problem", markup=False)
        yield Button(SKIP, id="submit", compact=True)

    def on_mount(self) -> None:
        """Show the question."""
        self.watch_prediction(Prediction(""), self.prediction)

    def watch_prediction(self, before: Prediction, now: Prediction) -> None:
        """Put another question; an answer stays as far as it still answers it."""
        choices, number = self.query_one(Choices), self.query_one("#number", Input)
        self.query_one("#question", Static).update(clean(now.question))
        if before.choices != now.choices:
            choices.chosen = None
        choices.choices = now.choices
        choices.display = bool(now.choices)
        number.display = not now.choices
        number.placeholder = f"a number{f', in {now.unit}' if now.unit else ''}: 0.005, 1e7, 10^7"
        self._show_problem("")

    def take_focus(self) -> None:
        """Move the keyboard to where the answer is given."""
        (self.query_one(Choices) if self.prediction.choices else self.query_one("#number", Input)).focus()

    @on(Input.Submitted)
    @on(Choices.Submitted)
    @on(Button.Pressed)
    def submit(self, event: Message) -> None:
        """Commit to the answer given, or skip where there is none."""
        event.stop()
        try:
            self.post_message(self.Answered(self._answer()))
        except AnswerError as error:
            self._show_problem(str(error))

    @on(Input.Changed)
    @on(Choices.Changed)
    def answer_changed(self, event: Message) -> None:
        """Forget the last complaint and name what enter does."""
        event.stop()
        self._show_problem("")
        self.query_one("#submit", Button).label = COMMIT if self._is_answered() else SKIP

    def _is_answered(self) -> bool:
        if self.prediction.choices:
            return self.query_one(Choices).chosen is not None
        return bool(self.query_one("#number", Input).value.strip())

    def _answer(self) -> Answer | None:
        if not self.prediction.choices:
            text = self.query_one("#number", Input).value.strip()
            return parsed_answer(self.prediction, text) if text else None
        chosen = self.query_one(Choices).chosen
        return None if chosen is None else self.prediction.choices[chosen]

    def _show_problem(self, words: str) -> None:
        problem = self.query_one("#problem", Static)
        problem.update(words)
        problem.display = bool(words)
