"""Wraps pieces of text into lines: between words, between ideographs, and within what is wider than a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from quizapp.core.page.cells import cells, head_and_tail
from quizapp.core.page.inline import Piece
from quizapp.core.page.model import Line, Run, Style, joined
from quizapp.core.wrapped import UNIT

_BLANK = " \t\n"
_OF_WORDS = r"[^ \t\n\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
# Blanks, one ideograph or kana, or a word, which a number and its unit are together.
_CHUNK = re.compile(
    r"[ \t\n]+|[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
    rf"|{_OF_WORDS}+(?:(?<=\d) (?={UNIT}){_OF_WORDS}+)*"
)


@dataclass(slots=True)
class _Word:
    """What stays together: its runs, the blank before it, and the line that it stands in."""

    source_line: int
    blank: Run | None = None
    runs: list[Run] = field(default_factory=list)

    @property
    def width(self) -> int:
        return sum(run.width for run in self.runs)


@dataclass(slots=True)
class _Filler:
    """Fills lines with words."""

    room: int
    lines: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    used: int = 0
    source_line: int = 0

    def put(self, word: _Word) -> None:
        """Set the word behind the last one if it fits, else on a new line, cut where it is too wide."""
        gap, width = word.blank.width if word.blank else 0, word.width
        if self.runs and self.used + gap + width > self.room:
            self.end()
        if not self.runs:
            self.source_line = word.source_line
        elif word.blank:
            self._add(word.blank)
        for run in word.runs:
            self._put_run(run, word.source_line)

    def end(self) -> None:
        """Finish the line."""
        self.lines.append(Line(joined(self.runs), self.source_line))
        self.runs, self.used = [], 0

    def _put_run(self, run: Run, source_line: int) -> None:
        rest = run.text
        while rest:
            if self.used >= self.room or (self.used and self.used + Run(rest[0]).width > self.room):
                self.end()
                self.source_line = source_line
            head, rest = head_and_tail(rest, self.room - self.used)
            self._add(replace(run, text=head))

    def _add(self, run: Run) -> None:
        self.runs.append(run)
        self.used += run.width


def wrapped(pieces: Iterable[Piece], width: int) -> list[Line]:
    """Return the pieces as lines of at most `width` cells, at least 1."""
    pieces = tuple(pieces)
    if any(piece.formula for piece in pieces):
        from quizapp.core.page.formula import fitting

        pieces = fitting(pieces, width)
    if (text := _plain(pieces)) and cells(text) <= width:
        return [
            Line(
                joined([Run(piece.text, piece.styles, piece.formula) for piece in pieces]),
                pieces[0].source_line,
            )
        ]
    filler = _Filler(max(1, width))
    for word in _words(pieces):
        if word.runs:
            filler.put(word)
        else:
            filler.source_line = filler.source_line if filler.runs else word.source_line
            filler.end()
    if filler.runs:
        filler.end()
    return filler.lines


def _plain(pieces: tuple[Piece, ...]) -> str:
    """Return the text of the pieces if all that wrapping could change is where lines end, else nothing.

    Most paragraphs of an answer are short, and this spares them the way by words.
    """
    text = "".join(piece.text for piece in pieces)
    is_plain = text.isprintable() and "  " not in text and text.strip() == text
    return text if is_plain and not any(piece.breaks for piece in pieces) else ""


def _words(pieces: Iterable[Piece]) -> Iterator[_Word]:
    """Yield the words; one without runs ends the line."""
    word = _Word(0)
    for piece in pieces:
        if piece.breaks:
            yield from _finished(word)
            # The piece stands at the line after the break.
            yield _Word(max(0, piece.source_line - 1))
            word = _Word(piece.source_line)
        for chunk in [piece.text] if piece.formula else _CHUNK.findall(piece.text):
            is_blank = chunk[0] in _BLANK
            if is_blank or _parts(word, chunk):
                yield from _finished(word)
                word = _Word(piece.source_line, _blank(chunk, piece) if is_blank else None)
            if not is_blank:
                word.source_line = word.source_line if word.runs else piece.source_line
                word.runs.append(Run(chunk, piece.styles, piece.formula))
    yield from _finished(word)


def _finished(word: _Word) -> Iterator[_Word]:
    if word.runs:
        yield word


def _blank(chunk: str, piece: Piece) -> Run:
    # Code keeps its blanks; elsewhere many are as good as one.
    return Run(" " * len(chunk) if Style.CODE in piece.styles else " ", piece.styles, piece.formula)


def _parts(word: _Word, chunk: str) -> bool:
    """Tell whether a line may end between a word and the chunk that follows it without a blank."""
    return bool(word.runs) and (_is_ideograph(chunk) or _is_ideograph(word.runs[-1].text))


def _is_ideograph(chunk: str) -> bool:
    return (
        len(chunk) == 1
        and chunk >= "\u3041"
        and (chunk <= "\u9fff" or "\uf900" <= chunk <= "\ufaff" or chunk >= "\U00020000")
    )
