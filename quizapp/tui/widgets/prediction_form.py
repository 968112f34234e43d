"""What is asked before a run: a choice, a number, a profile or a sketch, which the learner commits to or skips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Button, Input, Static

from quizapp.core.chart.label import clean
from quizapp.core.prediction import Answer, AnswerError, parsed_answer
from quizapp.core.sketch import begun
from quizapp.tui.widgets.answering import AnswerChanged, AnswerSubmitted
from quizapp.tui.widgets.choices import Choices
from quizapp.tui.widgets.profile_choices import ProfileChoices
from quizapp.tui.widgets.sketch_bars import SketchBars
from quizapp.tui.widgets.typed_in_order import Line
from sims.protocol import Prediction, PredictionKind

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

COMMIT, SKIP = "Commit and run", "Run without a prediction"


class NumberInput(Line):
    """A number, typed; enter commits to it, or to none where the line is empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Commit and run", id="prediction.commit_number"),
        Binding("enter", "skip", "Run without", id="prediction.skip_number"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Commit only to a number, skip only without one."""
        is_answered = bool(self.value.strip())
        return is_answered if action == "submit" else not is_answered if action == "skip" else True

    async def action_skip(self) -> None:
        """Go on without a number."""
        await self.action_submit()


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
        & > Choices, & > ProfileChoices, & > SketchBars { max-width: 110; }
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
        """Lay out the question, each kind of answer, and the button; what does not apply is hidden."""
        yield Static(id="question", markup=False)
        yield Choices()
        yield ProfileChoices()
        yield SketchBars()
        yield NumberInput(id="number", compact=True)
        yield Static(id="problem", markup=False)
        yield Button(SKIP, id="submit", compact=True)

    def on_mount(self) -> None:
        """Show the question."""
        self.watch_prediction(Prediction(""), self.prediction)

    def watch_prediction(self, before: Prediction, now: Prediction) -> None:
        """Put another question; an answer stays as far as it still answers it."""
        self.query_one("#question", Static).update(clean(now.question))
        self._put_choices(before, now)
        self._put_sketch(before, now)
        self.query_one(
            "#number", Input
        ).placeholder = f"a number{f', in {now.unit}' if now.unit else ''}: 0.005, 1e7, 10^7"
        for kind in PredictionKind:
            self._field(kind).display = kind is now.kind
        self._show_problem("")
        self._name_submit()

    def _put_choices(self, before: Prediction, now: Prediction) -> None:
        choices, profiles = self.query_one(Choices), self.query_one(ProfileChoices)
        if before.choices != now.choices or before.kind is not now.kind:
            choices.chosen = profiles.chosen = None
        choices.choices = now.choices
        profiles.prediction = now if now.kind is PredictionKind.PROFILE else Prediction("")

    def _put_sketch(self, before: Prediction, now: Prediction) -> None:
        bars = self.query_one(SketchBars)
        bars.labels = now.bars
        if not now.bars:
            bars.sketch = None
        elif bars.sketch is None or replace(before, question=now.question) != now:
            bars.sketch = begun(now)

    def take_focus(self) -> None:
        """Move the keyboard to where the answer is given."""
        self._field(self.prediction.kind).focus()

    @on(Input.Submitted)
    @on(AnswerSubmitted)
    @on(Button.Pressed)
    def submit(self, event: Message) -> None:
        """Commit to the answer given, or skip where there is none."""
        event.stop()
        try:
            self.post_message(self.Answered(self._answer()))
        except AnswerError as error:
            self._show_problem(str(error))

    @on(Input.Changed)
    @on(AnswerChanged)
    def answer_changed(self, event: Message) -> None:
        """Forget the last complaint and name what enter does."""
        event.stop()
        self._show_problem("")
        self._name_submit()

    def _name_submit(self) -> None:
        self.query_one("#submit", Button).label = COMMIT if self._is_answered() else SKIP
        self.refresh_bindings()

    def _field(self, kind: PredictionKind) -> Widget:
        """Return where an answer of this kind is given."""
        match kind:
            case PredictionKind.CHOICE:
                return self.query_one(Choices)
            case PredictionKind.PROFILE:
                return self.query_one(ProfileChoices)
            case PredictionKind.SKETCH:
                return self.query_one(SketchBars)
            case PredictionKind.NUMBER:
                return self.query_one("#number", Input)

    def _is_answered(self) -> bool:
        if self.prediction.kind is PredictionKind.NUMBER:
            return bool(self.query_one("#number", Input).value.strip())
        return self._answer() is not None

    def _answer(self) -> Answer | None:
        match self.prediction.kind:
            case PredictionKind.CHOICE:
                return self._chosen(self.query_one(Choices).chosen)
            case PredictionKind.PROFILE:
                return self._chosen(self.query_one(ProfileChoices).chosen)
            case PredictionKind.SKETCH:
                sketch = self.query_one(SketchBars).sketch
                return sketch.values if sketch is not None and sketch.is_touched else None
            case PredictionKind.NUMBER:
                text = self.query_one("#number", Input).value.strip()
                return parsed_answer(self.prediction, text) if text else None

    def _chosen(self, place: int | None) -> str | None:
        return None if place is None else self.prediction.choices[place]

    def _show_problem(self, words: str) -> None:
        problem = self.query_one("#problem", Static)
        problem.update(words)
        problem.display = bool(words)
