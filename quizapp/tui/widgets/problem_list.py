"""What is wrong in the file that is edited, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from quizapp.core.plain import printable
from quizapp.tui.hanging import Hanging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.core.topic import Problem

FATAL, WARNING = "✗", "!"


class ProblemList(OptionList, can_focus=False):
    """Each problem with what to do about it; a click goes there. It takes no room while there is none."""

    DEFAULT_CSS = """
    ProblemList {
        height: auto; max-height: 4; border: none; padding: 0; background: $surface; display: none;
        scrollbar-size-vertical: 1;
        &.-any { display: block; }
        & > .option-list--option-highlighted { background: $primary 15%; color: $foreground; text-style: none; }
    }
    .-short ProblemList { max-height: 3; }
    """

    @dataclass
    class GoTo(Message):
        """A problem was chosen; line and column count from 1."""

        line: int
        column: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a problem."""
        super().__init__(id=id, markup=False)
        self._problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems in sight."""
        return self._problems

    def show(self, problems: Sequence[Problem]) -> None:
        """Show these problems, in the order of their places."""
        if tuple(problems) == self._problems:
            return
        self._problems = tuple(problems)
        self.clear_options()
        self.add_options([_line(problem) for problem in self._problems])
        self.set_class(bool(self._problems), "-any")

    def next_from(self, row: int, column: int) -> Problem | None:
        """Return the first problem behind a place, which counts from 0; after the last one the first again."""
        place = row + 1, column + 1
        behind = (number for number, one in enumerate(self._problems) if (one.line, one.column) > place)
        number = next(behind, 0)
        if not self._problems:
            return None
        self.highlighted = number
        return self._problems[number]

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Go to the problem that was clicked."""
        message.stop()
        problem = self._problems[message.option_index]
        self.post_message(self.GoTo(problem.line, problem.column))


def _line(problem: Problem) -> Hanging:
    sign, look = (FATAL, "$text-error") if problem.fatal else (WARNING, "$text-warning")
    place = f" {problem.line}:{problem.column} "
    lead = Content.assemble((sign, look), (place, "$foreground 75%"))
    return Hanging([(lead, Content(printable(f"{problem.what}: {problem.hint}")))])
