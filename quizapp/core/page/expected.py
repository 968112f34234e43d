"""Lays out what a card expected, where its answer says so: the right answers, and what was to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.deck_expect import expectation_in
from quizapp.core.expectation import Choice, Exact, Expectation, Number, Pattern
from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.page.cells import shown
from quizapp.core.page.inline import Piece
from quizapp.core.page.model import Line, Run, Style, behind
from quizapp.core.page.wrap import wrapped

if TYPE_CHECKING:
    from markdown_it.token import Token

RIGHT, OTHER = "✓ ", "· "
_LABEL = "Expected  "


def expected_lines(token: Token, width: int) -> list[Line]:
    """Return the lines of an `expect` block; none where it is malformed, and its source is shown."""
    expected = expectation_in(f"{token.markup}{token.info}\n{token.content}{token.markup}\n")
    start = token.map[0] if token.map else 0
    if isinstance(expected, Choice):
        return [
            line
            for option in expected.options
            for line in _option(option.text, option.is_right, start, width)
        ]
    return wrapped(_pieces(expected, start), width) if expected is not None else []


def _option(text: str, is_right: bool, start: int, width: int) -> list[Line]:
    style = Style.STRONG if is_right else Style.FAINT
    mark = Run(RIGHT if is_right else OTHER, (Style.TEXT, style))
    lines = wrapped(
        [Piece(shown(with_formulas(text)), (Style.TEXT, style), start)], max(1, width - mark.width)
    )
    return behind(mark, Run(" " * mark.width), lines)


def _pieces(expected: Expectation, start: int) -> list[Piece]:
    faint, strong = (Style.TEXT, Style.FAINT), (Style.TEXT, Style.STRONG)
    found = [Piece(_LABEL, faint, start)]
    match expected:
        case Exact():
            for number, answer in enumerate(expected.answers):
                found += [Piece(" or ", faint, start)] if number else []
                found.append(Piece(shown(with_formulas(answer)), strong, start))
        case Pattern():
            found.append(Piece(shown(with_formulas(expected.examples[0])), strong, start))
            found.append(Piece(" or what is of its form", faint, start))
        case Number():
            found.append(Piece(shown(expected.text), strong, start))
            if expected.tolerance:
                found.append(Piece(f"  ± {_tolerance(expected)}", faint, start))
    return found


def _tolerance(expected: Number) -> str:
    if expected.is_share:
        return f"{100 * expected.tolerance:g} %"
    return shown(f"{expected.tolerance:g} {expected.unit}").rstrip()
