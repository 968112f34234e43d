"""Lines in and out: all that plain study asks of a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.page import MAX_TEXT_WIDTH, lay_out

if TYPE_CHECKING:
    from quizapp.core.topic import SimBlock

_SPOKEN_MARKS = {"✓ ": "Right: ", "· ": "Not: "}
"""What a page marks choices with, in words."""


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

    def show(self, markdown: str, launch: Callable[[SimBlock], str] | None = None) -> None:
        """Print Markdown and an empty line; nothing in it can act on a terminal.

        Args:
            launch: Returns what stands for a simulation in the text.
        """
        self.say([*text_lines(markdown, self.width, launch), ""])

    def ask(self, words: str) -> str:
        """Print what can be typed, and return what was."""
        self.write(words)
        return self.read().strip()


def standard_terminal() -> Terminal:
    """Return the standard streams: a line read, a line written, and a sign that they lack as a question mark."""
    for stream in (sys.stdin, sys.stdout):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

    def read() -> str:
        line = sys.stdin.readline()
        if not line:
            raise EndOfInput
        return line.rstrip("\r\n")

    def write(line: str) -> None:
        print(line, flush=True)  # noqa: T201 - the session is the output

    return Terminal(read, write, _width())


def text_lines(markdown: str, width: int, launch: Callable[[SimBlock], str] | None = None) -> list[str]:
    """Return Markdown as plain lines; nothing in it can act on a terminal."""
    return [
        launch(line.launch) if launch and line.launch else _in_words(line.text.rstrip())
        for line in lay_out(markdown, width)
    ]


def in_a_line(markdown: str) -> str:
    """Return Markdown as one line of any length: whoever shows it wraps it."""
    return " ".join(line for line in text_lines(markdown, 10_000) if line)


def _width() -> int:
    """Return how long lines may be: those of a terminal, at most as long as a line is read with ease."""
    columns = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return max(20, min(columns - 2, MAX_TEXT_WIDTH))


def _in_words(line: str) -> str:
    return _SPOKEN_MARKS.get(line[:2], line[:2]) + line[2:]
