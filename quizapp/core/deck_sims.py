"""Reads the fenced `sim` blocks, which launch a simulation with preset knobs from a place in the text.

One whose info string goes on with `predict` is a card, too: see deck_predictions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from quizapp.core.deck_blocks import Blocks, read_blocks
from quizapp.core.deck_report import Report
from quizapp.core.topic import SimBlock

if TYPE_CHECKING:
    from markdown_it.token import Token

PREDICT = "predict"
BETWEEN = ".."
CORRECT_IT = "correct it, or take the sim block out"
_FORM = "write a simulation's name, then knob=value"
_WORD = re.compile(r"[^ \t\n]+")


class SimCheck(Protocol):
    """Knows which simulations there are and what their knobs take."""

    def check(self, simulation: str, settings: tuple[tuple[str, str], ...]) -> str | None:
        """Return what is wrong with the name or the settings, or None."""
        ...

    def check_claim(self, simulation: str, claim: str) -> str | None:
        """Return what is wrong with a claim's id, or None; the simulation is one that there is."""
        ...

    def check_prediction(
        self, simulation: str, settings: tuple[tuple[str, str], ...], tolerance: float | None
    ) -> str | None:
        """Return what is wrong with the settings of a `sim predict` block, which may be ranges, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a block and its place in the text, counted from 1."""

    text: str
    line: int
    column: int

    @property
    def setting(self) -> tuple[str, str]:
        """The knob and the value that the word sets."""
        knob, _, value = self.text.partition("=")
        return knob, value


def sim_blocks(markdown: str) -> tuple[SimBlock, ...]:
    """Return the well-formed `sim` blocks of a text, in order; of a range the first value is launched."""
    blocks = read_blocks(markdown)
    # Only the well-formed ones are asked for here, so what is wrong with the others goes nowhere.
    unread = Report("")
    found = (_sim_block(blocks, token, unread) for token in sim_fences(blocks))
    return tuple(block for block in found if block)


def check_sims(blocks: Blocks, simulations: SimCheck | None, report: Report) -> None:
    """Report each malformed `sim` block and, given a checker, each name and setting that it does not know."""
    for token in sim_fences(blocks):
        block = _sim_block(blocks, token, report)
        words = words_of(blocks, token)
        if simulations and words and not is_prediction(token) and not any(_name_faults(words[0])):
            _check_settings(words[0], words[1:], simulations, report, whole=block is not None)


def sim_fences(blocks: Blocks) -> Iterator[Token]:
    """Yield the fences whose info string begins with `sim`, in order."""
    for token in blocks.tokens:
        if token.type == "fence" and token.info.split()[:1] == ["sim"]:
            yield token


def first_value(text: str) -> str:
    """Return the first of a knob's values as it is written: what is launched when nothing is drawn."""
    return text.split(",")[0].split(BETWEEN)[0]


def is_prediction(token: Token) -> bool:
    """Return whether a `sim` fence asks for a prediction card."""
    return PREDICT in token.info.split()[1:]


def _sim_block(blocks: Blocks, token: Token, report: Report) -> SimBlock | None:
    assert token.map is not None, "fences carry their lines"
    words = words_of(blocks, token)
    if not words:
        column = blocks.lines[token.map[0]].find(token.markup) + 1
        report.warn(token.map[0] + 1, column, "empty sim block", _FORM)
        return None
    name, *settings = words
    faults = [*_name_faults(name), *_setting_faults(settings)]
    for word, what in faults:
        report.warn(word.line, word.column, what, _FORM)
    if faults:
        return None
    pairs = tuple(word.setting for word in settings)
    if is_prediction(token):
        pairs = tuple((knob, first_value(values)) for knob, values in pairs)
    return SimBlock(name.text, pairs, token.map[0])


def _name_faults(name: Word) -> Iterator[tuple[Word, str]]:
    if "=" in name.text:
        yield name, f"a sim block starts with {name.text!r}, which is no name"


def _setting_faults(settings: list[Word]) -> Iterator[tuple[Word, str]]:
    knobs: set[str] = set()
    for word in settings:
        knob, value = word.setting
        if not knob or not value:
            yield word, f"{word.text!r} sets no knob"
        elif knob in knobs:
            yield word, f"knob {knob!r} is set twice"
        knobs.add(knob)


def _check_settings(
    name: Word, settings: list[Word], simulations: SimCheck, report: Report, *, whole: bool
) -> None:
    """Ask about the name, then about each setting alone, so that an error gets the place of its own word.

    Args:
        whole: Every setting is well formed, so that they can be asked about together, too.
    """
    if error := simulations.check(name.text, ()):
        report.warn(name.line, name.column, error, CORRECT_IT)
        return
    errors = [(word, simulations.check(name.text, (word.setting,))) for word in settings if all(word.setting)]
    if whole and not any(error for _, error in errors):
        errors = [(name, simulations.check(name.text, tuple(word.setting for word in settings)))]
    for word, error in errors:
        if error:
            report.warn(word.line, word.column, error, CORRECT_IT)


def words_of(blocks: Blocks, token: Token) -> list[Word]:
    """Return the words of a fence's content."""
    assert token.map is not None, "fences carry their lines"
    found: list[Word] = []
    for number, content in enumerate(token.content.split("\n")[:-1], start=token.map[0] + 1):
        # The content is the end of its line: what stands before it is indentation and quote marks.
        shift = len(blocks.lines[number]) - len(content)
        found += [
            Word(word.group(), number + 1, shift + word.start() + 1) for word in _WORD.finditer(content)
        ]
    return found


def info_words(blocks: Blocks, token: Token) -> list[Word]:
    """Return the words of a fence's info string behind the first."""
    assert token.map is not None, "fences carry their lines"
    line = blocks.lines[token.map[0]]
    start = line.find(token.markup) + len(token.markup)
    words = [Word(word.group(), token.map[0] + 1, word.start() + 1) for word in _WORD.finditer(line, start)]
    return words[1:]
