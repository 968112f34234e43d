"""How a claim's verdict and its last measurement are said."""

from __future__ import annotations

from datetime import tzinfo

from quizapp.core.chart.number import number_text
from quizapp.core.day import moment_of
from quizapp.core.measured import Measured
from quizapp.core.topic import TruthVerdict

SIGNS = {
    TruthVerdict.RIGHT: "✓",
    TruthVerdict.CONDITIONAL: "(✓)",
    TruthVerdict.MISLEADING: "!",
    TruthVerdict.WRONG: "✗",
}
_DIGITS = 4


def verdict_words(verdict: TruthVerdict) -> str:
    """Return a verdict as its sign and its word."""
    return f"{SIGNS[verdict]} {verdict}"


def measured_words(measured: Measured, zone: tzinfo | None) -> str:
    """Return a measurement in a line: the figure, what was expected, whether it holds, when and from which run."""
    claim, day = measured.claim, moment_of(measured.at_ms).astimezone(zone)
    figure, expected = (number_text(value, _DIGITS) for value in (claim.measured, claim.expected))
    sign = "✓ holds" if claim.holds else "✗ fails"
    when = f"on {day.day} {day:%b}, seed {measured.seed}, {measured.device}"
    return f"measured {figure} (expected {expected}) {sign}, {when}"
