"""How well the predictions fit that were made before simulations ran."""

from __future__ import annotations

from collections.abc import Collection

from quizapp.core.calibration import Settled, tally_words
from quizapp.core.chart import Chart
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.facts import Facts, counted_words
from quizapp.core.statistics.periods import MOST, NARROW_MOST, share_charts
from quizapp.core.statistics.section import Said, Section, too_few
from quizapp.core.statistics.share import Share, fields
from quizapp.core.statistics.span import Span

_FEWEST_OF_A_PERIOD = 5
_SMALL_BIAS = 0.3
"""Decades, a factor of two: predictions of sizes that are nearer than this lean to no side worth naming."""
_HUGE_BIAS = 3
"""Decades from which on it does not matter how many they are."""


def predictions(facts: Facts) -> Section:
    """Return how well the predictions fit, in short."""
    tally = facts.predictions
    share = Share(tally.hits, tally.count)
    return Section(
        "predictions",
        "Predictions",
        _predicted_words(facts),
        right_charts(facts.settled, facts.counted, MOST),
        right_charts(facts.settled, facts.counted, NARROW_MOST),
        figures={
            **fields(share),
            "sized": tally.sized,
            "error_decades": tally.error_decades,
            "bias_decades": tally.bias_decades,
        },
    )


def right_charts(settled: Collection[Settled], span: Span, most: int) -> tuple[Chart, ...]:
    """Return one chart of the share that was right over a span, by periods of which most have cases enough; or none.

    Args:
        most: So many columns have room.
    """

    def share(part: Span) -> Share:
        hits = [one.hit for one in settled if one.day in part]
        return Share(sum(hits), len(hits))

    return share_charts(span, share, "right", _FEWEST_OF_A_PERIOD, most)


def _predicted_words(facts: Facts) -> Said:
    tally = facts.predictions
    if not tally.count:
        line = "No prediction was run in this range"
        return Said(f"{line}: a run on a card asks for one.", short=f"{line}.")
    share = Share(tally.hits, tally.count)
    if not share.tells:
        few = too_few(tally.count, "prediction")
        return few._replace(evidence=f"{few.evidence} In all: {tally_words(tally)}.")
    low, high = share.interval()
    evidence = f"{tally_words(tally)}, so {round(100 * low)}–{round(100 * high)} % are right."
    line = f"{per_cent(share.rate)} of {counted_words(tally.count, 'prediction')} were right"
    short = f"{per_cent(share.rate)} were right"
    if tally.bias_decades is None:
        return Said(f"{line}.", evidence)
    lean = _lean_words(tally.bias_decades)
    return Said(f"{line}; {lean}.", evidence, f"{short}; {lean}.")


def _lean_words(bias: float) -> str:
    """Return to which side sizes lean, by how much in the middle.

    Args:
        bias: In decades, below 0 where too little was said.
    """
    if abs(bias) < _SMALL_BIAS:
        return "sizes lean to no side"
    times = f"{10 ** abs(bias):,.0f}" if abs(bias) < _HUGE_BIAS else f"over {10**_HUGE_BIAS:,}"
    return f"sizes were {times} times too {'small' if bias < 0 else 'large'}"
