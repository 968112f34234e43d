"""What an expected answer is given in: a line, a line for each blank, or a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from quizapp.core.exact_answer import LONGEST_TYPED
from quizapp.core.expectation import Choice, Cloze, Expectation, Number
from quizapp.core.plain import printable
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.expected_choices import ExpectedChoices
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget


class AnswerLine(Line):
    """One line of an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Hand in", id="expected.submit_line"),
        Binding("escape", "leave", "Back to the card", id="expected.leave"),
    ]

    @dataclass
    class Left(Message):
        """The learner goes back to the card; the words stay."""

    @dataclass
    class Taken(Message):
        """The keyboard came here."""

    def __init__(self, asked: str) -> None:
        """Ask for something, in words that stand there until the learner types."""
        self._asked = printable(asked)
        super().__init__(compact=True, max_length=LONGEST_TYPED, select_on_focus=False)
        self.on_blur()

    def on_focus(self) -> None:
        """Tell that words can be typed now."""
        self.placeholder = self._asked
        self.post_message(self.Taken())

    def on_blur(self) -> None:
        """Tell that letters are commands until a key has brought the keyboard here."""
        self.placeholder = f"{keyed('{study.give=space}')} to type: {self._asked}"

    def action_leave(self) -> None:
        """Give the keyboard back."""
        self.post_message(self.Left())


def fields(expectation: Expectation) -> Iterator[Widget]:
    """Yield what an answer of this kind is given in."""
    match expectation:
        case Choice():
            takes_several = len(expectation.right) > 1
            lead = "Choose all that are right" if takes_several else "Choose one"
            yield Static(lead, id="expected-lead", markup=False)
            yield ExpectedChoices(expectation.texts, takes_several=takes_several)
        case Cloze() if len(expectation.blanks) > 1:
            for number, blank in enumerate(expectation.blanks, start=1):
                yield Horizontal(
                    Static(f"{number}", markup=False), AnswerLine(blank.hint or "what belongs there")
                )
        case Cloze():
            yield AnswerLine(expectation.blanks[0].hint or "what belongs there")
        case Number():
            unit = f", in {expectation.unit}" if expectation.unit else ""
            yield AnswerLine(f"a number{unit}: 0.005, 1e7, 3.4·10^7")
        case _:
            yield AnswerLine("the answer, in a word or a few")
