"""Where the answer is given that a card expects. It is graded here; most cards expect none, and load nothing for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from quizapp.core.plain import printable
from quizapp.tui.widgets.answering import AnswerChanged, AnswerSubmitted

if TYPE_CHECKING:
    from textual.widgets import Input

    from quizapp.core.expectation import Expectation
    from quizapp.core.grade import Grade
    from quizapp.tui.widgets.expected_choices import ExpectedChoices
    from quizapp.tui.widgets.expected_fields import AnswerLine


class ExpectedAnswer(Vertical):
    """The form below a question. Posts `Given` with the grade; what cannot be read is said and stays."""

    @dataclass
    class Given(Message):
        """An answer was handed in and graded."""

        grade: Grade

    DEFAULT_CSS = """
    ExpectedAnswer { height: auto; margin: 1 0 0 0; display: none; }
    ExpectedAnswer.-asking { display: block; }
    ExpectedAnswer > #expected-lead { height: auto; color: $text-muted; }
    ExpectedAnswer AnswerLine { width: 1fr; max-width: 60; height: 1; border: none; padding: 0 1; background: $boost; }
    ExpectedAnswer AnswerLine:focus { background: $primary 20%; }
    ExpectedAnswer > Horizontal { height: 1; }
    ExpectedAnswer > Horizontal > Static { width: auto; min-width: 4; color: $text-muted; }
    ExpectedAnswer > #expected-problem { height: auto; color: $text-error; display: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a question."""
        super().__init__(id=id)
        self.expectation: Expectation | None = None
        self.choices: ExpectedChoices | None = None
        self._lines: list[AnswerLine] = []

    async def ask(self, expectation: Expectation | None) -> None:
        """Ask for another answer, or for none."""
        self.expectation = expectation
        self.set_class(expectation is not None, "-asking")
        self.choices, self._lines = None, []
        await self.remove_children()
        if expectation is not None:
            from quizapp.tui.widgets.expected_choices import ExpectedChoices
            from quizapp.tui.widgets.expected_fields import AnswerLine, fields

            await self.mount(*fields(expectation), Static(id="expected-problem", markup=False))
            self.choices = next(iter(self.query(ExpectedChoices)), None)
            self._lines = list(self.query(AnswerLine))

    def close(self) -> None:
        """Take the form away: the answer is shown."""
        self.remove_class("-asking")

    @property
    def is_asking(self) -> bool:
        """Whether an answer can be given now."""
        return self.has_class("-asking")

    @property
    def text(self) -> str:
        """What stands there: chosen answers or words for the blanks, one a line."""
        if self.choices is not None:
            return self.choices.text
        return "\n".join(line.value for line in self._lines)

    def put(self, text: str) -> None:
        """Put back what stood there, as far as there is a place for it."""
        if self.choices is not None:
            self.choices.choose(text.split("\n"))
        for line, words in zip(self._lines, text.split("\n"), strict=False):
            line.value = words
            line.cursor_position = len(words)

    def take_focus(self) -> None:
        """Move the keyboard to where the answer is given: to the first line that is empty."""
        lines = self._lines
        empty = next((line for line in lines if not line.value.strip()), None)
        target = empty or next(iter(lines), None) or self.choices
        if target is not None:
            target.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next blank, or hand the answer in from the last one."""
        event.stop()
        lines: list[Input] = [*self._lines]
        later = lines[lines.index(event.input) + 1 :] if event.input in lines else []
        if later:
            later[0].focus()
        else:
            self._hand_in()

    def on_answer_submitted(self, event: AnswerSubmitted) -> None:
        """Hand the choice in."""
        event.stop()
        self._hand_in()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget the last complaint."""
        event.stop()
        self._show_problem("")

    def on_answer_changed(self, event: AnswerChanged) -> None:
        """Forget the last complaint."""
        event.stop()
        self._show_problem("")

    def _hand_in(self) -> None:
        if self.expectation is None or not self.is_asking:
            return
        from quizapp.core.grade import grade
        from quizapp.core.prediction import AnswerError

        try:
            graded = grade(self.expectation, self.text)
        except AnswerError as error:
            self._show_problem(str(error))
            return
        self.post_message(self.Given(graded))

    def _show_problem(self, words: str) -> None:
        for problem in self.query("#expected-problem").results(Static):
            problem.update(printable(words))
            problem.display = bool(words)
