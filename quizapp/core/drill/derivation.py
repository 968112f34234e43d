"""Whiteboard questions: derive the formula that stands in a simulation's header."""

from __future__ import annotations

import re

from quizapp.core.topic import KeyPoint
from sims.protocol import Header

MOST_SYMBOLS = 5
_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-Z])")


def derivation_question(header: Header) -> str:
    """Return what is asked at the whiteboard: the claim is given, its formula is not."""
    return (
        f"**{header.title}.** {header.claim}\n\n"
        "Derive the formula behind this as you would at a whiteboard: say what you assume, define every symbol, show "
        "the steps, and say where it stops holding."
    )


def derivation_answer(header: Header) -> str:
    """Return the model answer: formula, symbols, what is simplified, source."""
    symbols = "\n".join(f"- {symbol}: {words}" for symbol, words in header.symbols.items())
    return (
        f"```text\n{_lines(header.formula)}\n```\n\n**Symbols**\n\n{symbols}\n\n"
        f"**What is assumed and simplified**\n\n{header.simplification}\n\n*Source:* {header.source}\n"
    )


def derivation_points(header: Header) -> tuple[KeyPoint, ...]:
    """Return what the derivation must hold."""
    formulas = [KeyPoint(f"Reaches {part}", "Formula") for part in _lines(header.formula).split("\n")]
    symbols = [
        KeyPoint(f"Defines {symbol}: {words}", "Symbols")
        for symbol, words in list(header.symbols.items())[:MOST_SYMBOLS]
    ]
    limit = _SENTENCE.split(header.simplification)[0]
    return (
        *formulas,
        *symbols,
        KeyPoint("Shows the step that turns one layer into L of them", "Derivation"),
        KeyPoint(f"Says what is assumed: {limit}", "Limits"),
    )


def _lines(formula: str) -> str:
    """Return a formula with its parts on lines of their own; a header parts them with a semicolon and two blanks."""
    return "\n".join(part.strip() for part in formula.split(";  "))
