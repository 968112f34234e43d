"""Lines in and out: all that plain study asks of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quizapp.core.page import lay_out


class EndOfInput(Exception):  # noqa: N818 - the end of a pipe is no error
    """Nothing more will be typed."""


@dataclass(frozen=True)
class Terminal:
    """Where lines come from and go to.

    Attributes:
        read: Returns one line without its end; raises EndOfInput.
        write: Prints one line.
        width: How many cells a line may take.
    """

    read: Callable[[], str]
    write: Callable[[str], None]
    width: int = 78

    def say(self, lines: Iterable[str]) -> None:
        """Print lines."""
        for line in lines:
            self.write(line)

    def show(self, markdown: str) -> None:
        """Print Markdown and an empty line; nothing in it can act on a terminal."""
        self.say([*text_lines(markdown, self.width), ""])

    def ask(self, words: str) -> str:
        """Print what can be typed, and return what was."""
        self.write(words)
        return self.read().strip()


def text_lines(markdown: str, width: int) -> list[str]:
    """Return Markdown as plain lines; nothing in it can act on a terminal."""
    return ["".join(run.text for run in line.runs).rstrip() for line in lay_out(markdown, width)]
