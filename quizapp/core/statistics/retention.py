"""True retention by the age of the card: of the first reviews of a day of cards in review, how many passed."""

from __future__ import annotations

from quizapp.core.chart import Chart, Mark
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.facts import Facts
from quizapp.core.statistics.periods import MOST, NARROW_MOST, share_charts
from quizapp.core.statistics.section import Said, Section, too_few
from quizapp.core.statistics.share import FEWEST, Share, fields
from quizapp.core.statistics.span import Span
from quizapp.core.statistics.table import Row, Table
from quizapp.core.statistics.tally import Age, Tally, summed

_PERIODS = (
    ("today", 0, 0),
    ("yesterday", 1, 1),
    ("last 7 days", 6, 0),
    ("last 30 days", 29, 0),
    ("last year", 364, 0),
)
"""The name of a period, and how many days ago its first and its last day lie."""
_WHOLE = "whole range"
_HEAD = ("young", "n", "mature", "n", "both", "n")


def retention(facts: Facts, whole: Tally) -> Section:
    """Return retention in the range, and in the usual periods that lie within it."""
    spans = {
        name: Span(facts.today - first, facts.today - last)
        for name, first, last in _PERIODS
        if facts.today - first >= facts.span.first and facts.today - last <= facts.span.last
    }
    periods = {name: summed(facts.within(span)) for name, span in spans.items() if span != facts.span}
    periods[facts.span.words] = whole
    names = {facts.span.words: _WHOLE}
    rows = tuple(_row(names.get(name, name), tally) for name, tally in periods.items())
    return Section(
        "retention",
        "True retention by age of card",
        conclusion(whole.kept(Age.YOUNG), whole.kept(Age.MATURE), facts.desired),
        _charts(facts, MOST),
        _charts(facts, NARROW_MOST),
        tables=(Table(_HEAD, rows),),
        figures={
            "desired": facts.desired,
            "periods": {
                name: {
                    "young": fields(tally.kept(Age.YOUNG)),
                    "mature": fields(tally.kept(Age.MATURE)),
                    "both": fields(tally.remembered),
                }
                for name, tally in periods.items()
            },
        },
    )


def _charts(facts: Facts, most: int) -> tuple[Chart, ...]:
    return share_charts(
        facts.counted,
        lambda part: summed(facts.within(part)).remembered,
        "passed",
        FEWEST,
        most,
        (Mark(100 * facts.desired, f"asked for {per_cent(facts.desired)}"),),
    )


def _row(name: str, tally: Tally) -> Row:
    shares = (tally.kept(Age.YOUNG), tally.kept(Age.MATURE), tally.remembered)
    cells = tuple(
        cell
        for share in shares
        for cell in (per_cent(share.rate), f"{share.count:,}" if share.count else "·")
    )
    return Row(name, cells, tally.remembered.rate)


def conclusion(young: Share, mature: Share, desired: float) -> Said:
    """Return what retention says about the schedule: of mature cards where these are enough, else of all in review."""
    share, which = (mature, "mature cards") if mature.tells else (young + mature, "cards in review")
    if not share.tells:
        return too_few(share.count, "first review")
    low, high = share.interval()
    evidence = (
        f"{per_cent(share.rate)} pass (n = {share.count:,}, so {round(100 * low)}–{round(100 * high)} %)"
    )
    if share.holds(desired):
        line = f"You pass {per_cent(share.rate)} of {which}, which agrees with the {per_cent(desired)} you asked for."
        short = f"You pass {per_cent(share.rate)} of {which}, as asked for ({per_cent(desired)})."
        return Said(line, f"{evidence}.", short)
    forgotten, asked = (round(100 * (1 - rate)) for rate in (share.rate or 0.0, desired))
    line = f"You forget {forgotten} of 100 {which}; you asked for {asked}"
    if low > desired:
        short = f"You forget {forgotten} % instead of {asked} %: you could review less."
        return Said(f"{line}: you could review less.", f"{evidence}.", short)
    short = f"You forget {forgotten} % instead of the {asked} % you asked for."
    return Said(f"{line}.", f"{evidence}. Split hard cards, and do not put due ones off.", short)
