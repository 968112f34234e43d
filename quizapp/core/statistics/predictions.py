"""How well the predictions fit that were made before simulations ran."""

from __future__ import annotations

from quizapp.core.calibration import tally_words
from quizapp.core.statistics.facts import Facts, counted_words
from quizapp.core.statistics.periods import share_charts
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.share import FEWEST, Share, fields, per_cent
from quizapp.core.statistics.span import Span

_FEWEST_OF_A_PERIOD = 5
_SMALL_BIAS = 0.3
"""Decades, a factor of two: predictions of sizes that are nearer than this lean to no side worth naming."""


def predictions(facts: Facts) -> Section:
    """Return how well the predictions fit, in short."""
    tally = facts.predictions
    share = Share(tally.hits, tally.count)
    return Section(
        "predictions",
        "Predictions",
        _predicted_words(facts),
        share_charts(facts.counted, lambda part: _share(facts, part), "right", _FEWEST_OF_A_PERIOD),
        figures={
            **fields(share),
            "sized": tally.sized,
            "error_decades": tally.error_decades,
            "bias_decades": tally.bias_decades,
        },
    )


def _share(facts: Facts, part: Span) -> Share:
    hits = [one.hit for one in facts.settled if one.day in part]
    return Share(sum(hits), len(hits))


def _predicted_words(facts: Facts) -> Said:
    tally = facts.predictions
    if not tally.count:
        return Said("No prediction was run in this range: a run on a card asks for one.")
    share = Share(tally.hits, tally.count)
    if not share.tells:
        line = (
            f"{tally.hits} of {counted_words(tally.count, 'prediction')} right: too few to conclude anything."
        )
        return Said(line, f"It takes {FEWEST}. In all: {tally_words(tally)}.")
    low, high = share.interval()
    evidence = f"{tally_words(tally)}, so {round(100 * low)}–{round(100 * high)} % are right."
    line = f"{per_cent(share.rate)} of {counted_words(tally.count, 'prediction')} were right"
    bias = tally.bias_decades
    if bias is None:
        return Said(f"{line}.", evidence)
    if abs(bias) < _SMALL_BIAS:
        return Said(f"{line}; sizes lean to no side.", evidence)
    return Said(
        f"{line}; of sizes say {'more' if bias < 0 else 'less'}, by {10 ** abs(bias):.0f} times.", evidence
    )
