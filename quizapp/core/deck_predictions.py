"""Reads the `sim predict` blocks, each of which is a card that asks what its simulation will measure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.deck_blocks import Blocks, read_blocks
from quizapp.core.deck_headings import SectionName
from quizapp.core.deck_layout import Layout
from quizapp.core.deck_report import Report
from quizapp.core.deck_sims import (
    CORRECT_IT,
    PREDICT,
    SimCheck,
    Word,
    info_words,
    is_prediction,
    sim_fences,
    words_of,
)
from quizapp.core.topic import FollowUp, PredictionBlock

if TYPE_CHECKING:
    from markdown_it.token import Token

_TOLERANCE = "tolerance"
_NAME = re.compile(r"\w[\w-]*")
_SETTING = re.compile(r"\w[\w-]*=\S+")


def prediction_blocks(markdown: str) -> tuple[tuple[int, PredictionBlock], ...]:
    """Return the well-formed `sim predict` blocks of a text with the 0-based line that each starts on."""
    if PREDICT not in markdown:
        return ()
    blocks = read_blocks(markdown)
    found = ((token, _block(blocks, token)) for token in sim_fences(blocks) if is_prediction(token))
    return tuple((token.map[0], block) for token, block in found if block and token.map)


def read_predictions(answer: str, follow_ups: Iterable[FollowUp]) -> tuple[PredictionBlock, ...]:
    """Return the prediction cards of a topic: those of its answer, then those of its follow-ups' answers."""
    own = [block for _, block in prediction_blocks(answer)]
    for follow_up in follow_ups:
        own += [replace(block, answer=follow_up.answer) for _, block in prediction_blocks(follow_up.answer)]
    return tuple(own)


def kept_prediction(markdown: str, answer: str = "") -> PredictionBlock | None:
    """Return the block that the library kept as `PredictionBlock.markdown`; None where it is none."""
    found = prediction_blocks(markdown)
    return replace(found[0][1], answer=answer) if found else None


def check_predictions(blocks: Blocks, layout: Layout, simulations: SimCheck | None, report: Report) -> None:
    """Report what is wrong with info strings, ranges, tolerances and places of `sim` blocks that are cards."""
    lines: dict[PredictionBlock, int] = {}
    for token in sim_fences(blocks):
        _check_info(blocks, token, report)
        if not is_prediction(token):
            continue
        for word, what in _form_faults(blocks, token):
            report.warn(word.line, word.column, what, "write knob=10..80, knob=0,0.5,1 or knob=50")
        _check_place(blocks, layout, token, report)
        block = _block(blocks, token)
        if block is not None and token.map is not None:
            first = lines.setdefault(block, token.map[0] + 1)
            if first != token.map[0] + 1:
                what = f"prediction card asks the same as the one on line {first}"
                report.warn(token.map[0] + 1, _column(blocks, token), what, "take one of them out")
        if simulations is not None and block is not None:
            _check_values(blocks, token, block, simulations, report)


def _block(blocks: Blocks, token: Token) -> PredictionBlock | None:
    """Return the block of a fence, or None where its form is wrong."""
    words = words_of(blocks, token)
    tolerances = [word for word in info_words(blocks, token) if word.setting[0] == _TOLERANCE]
    tolerance = _tolerance(tolerances[0]) if tolerances else None
    if not words or any(_form_faults(blocks, token)) or (tolerances and tolerance is None):
        return None
    name, *settings = words
    pairs = tuple(word.setting for word in settings)
    if not _NAME.fullmatch(name.text) or len(dict(pairs)) < len(pairs):
        return None
    return PredictionBlock(name.text, pairs, tolerance)


def _form_faults(blocks: Blocks, token: Token) -> Iterator[tuple[Word, str]]:
    """Yield what is no simulation's name or no setting; `check_sims` tells of what any block may have wrong."""
    for place, word in enumerate(words_of(blocks, token)):
        if place == 0 and not _NAME.fullmatch(word.text) and "=" not in word.text:
            yield word, f"{word.text!r} is no simulation's name"
        elif place == 0 and "=" in word.text:
            return
        elif place and all(word.setting) and not _SETTING.fullmatch(word.text):
            yield word, f"{word.text!r} sets no knob"


def _tolerance(word: Word) -> float | None:
    try:
        tolerance = float(word.setting[1])
    except ValueError:
        return None
    return tolerance if 0 < tolerance < math.inf else None


def _check_info(blocks: Blocks, token: Token, report: Report) -> None:
    """Report each word behind `sim` that means nothing there."""
    form = f"write `sim`, `sim {PREDICT}` or `sim {PREDICT} {_TOLERANCE}=0.3`"
    for word in info_words(blocks, token):
        name, given = word.setting
        if name == _TOLERANCE and given:
            if not is_prediction(token):
                report.warn(word.line, word.column, "a tolerance belongs to a prediction", form)
            elif _tolerance(word) is None:
                report.warn(word.line, word.column, f"{word.text!r} is no number above 0", form)
        elif word.text != PREDICT:
            report.warn(word.line, word.column, f"{word.text!r} means nothing in a sim block", form)


def _check_place(blocks: Blocks, layout: Layout, token: Token, report: Report) -> None:
    assert token.map is not None, "fences carry their lines"
    sections = [layout.sections.get(name) for name in (SectionName.ANSWER, SectionName.FOLLOW_UPS)]
    if not any(section and section.start <= token.map[0] < section.end for section in sections):
        hint = "move it into the answer, or into that of a follow-up"
        report.warn(token.map[0] + 1, _column(blocks, token), "prediction card stands in no answer", hint)


def _check_values(
    blocks: Blocks, token: Token, block: PredictionBlock, simulations: SimCheck, report: Report
) -> None:
    """Ask about the name, then about each setting alone, then about the tolerance, each at its own place."""
    name, *settings = words_of(blocks, token)
    if error := simulations.check(block.simulation, ()):
        report.warn(name.line, name.column, error, CORRECT_IT)
        return
    errors = [
        (word, simulations.check_prediction(block.simulation, (word.setting,), None)) for word in settings
    ]
    if not any(error for _, error in errors):
        place = next((word for word in info_words(blocks, token) if word.setting[0] == _TOLERANCE), name)
        errors = [(place, simulations.check_prediction(block.simulation, block.settings, block.tolerance))]
    for word, error in errors:
        if error:
            report.warn(word.line, word.column, error, CORRECT_IT)


def _column(blocks: Blocks, token: Token) -> int:
    assert token.map is not None, "fences carry their lines"
    return blocks.lines[token.map[0]].find(token.markup) + 1
