"""Whiteboard questions: derive the formula that stands in a simulation's header."""

from __future__ import annotations

import re

from quizapp.core.topic import KeyPoint
from sims.protocol import Header

_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-Z])")


def derivation_question(header: Header) -> str:
    """Return what is asked at the whiteboard: the subject and its symbols are given, formula and claim are not."""
    symbols = "\n".join(f"- {symbol}: {words}" for symbol, words in header.symbols.items())
    return (
        f"**{header.title}.** Which law is behind this? Derive it as at a whiteboard: say what you assume, show the step "
        f"that turns one layer into many, and say where it stops holding.\n\n{symbols}"
    )


def derivation_answer(header: Header) -> str:
    """Return the model answer: formula, what follows from it, what is simplified, source."""
    return (
        f"```text\n{_lines(header.formula)}\n```\n\n{header.claim}\n\n"
        f"**What is assumed and simplified**\n\n{header.simplification}\n\n*Source:* {header.source}\n"
    )


def derivation_points(header: Header) -> tuple[KeyPoint, ...]:
    """Return what the derivation must hold."""
    formulas = [KeyPoint(f"Reaches {part}", "Formula") for part in _lines(header.formula).split("\n")]
    limit = _SENTENCE.split(header.simplification)[0]
    return (
        *formulas,
        KeyPoint("Every step follows from the one before, from one layer to many", "Derivation"),
        KeyPoint(f"Says what follows: {_SENTENCE.split(header.claim)[0]}", "Consequence"),
        KeyPoint(f"Says what is assumed: {limit}", "Limits"),
    )


def _lines(formula: str) -> str:
    """Return a formula with its parts on lines of their own; a header parts them with a semicolon and two blanks."""
    return "\n".join(part.strip() for part in formula.split(";  "))
