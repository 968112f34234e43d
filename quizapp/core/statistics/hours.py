"""At which hours the learner studies, and whether recall differs between them."""

from __future__ import annotations

from quizapp.core.chart import Axis, Chart, ChartKind, Mark, Series
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.section import Said, Section, too_few
from quizapp.core.statistics.share import FEWEST, Share, fields
from quizapp.core.statistics.tally import Cells, Tally

HOURS = 24
WINDOW = 3
"""Hours that are compared as one, so that each has reviews enough."""


def hours(whole: Tally, by_hour: Cells) -> Section:
    """Return the reviews and the true retention of each hour of the learner's clock."""
    counts = [by_hour.get(str(hour), (0, 0, 0, 0)) for hour in range(HOURS)]
    shares = [Share(cells[2], cells[1]) for cells in counts]
    names = tuple(map(str, range(HOURS)))
    reviews = Chart(
        (Series("reviews", tuple(float(cells[0]) for cells in counts)),),
        x=Axis(names=names),
        y=Axis("reviews, by hour of the day"),
        kind=ChartKind.COLUMNS,
    )
    remembered = whole.remembered
    rates = Chart(
        (Series("passed", tuple(100 * (share.rate or 0.0) for share in shares)),),
        x=Axis(names=names),
        y=Axis("passed, %", high=100),
        marks=(Mark(100 * remembered.rate, f"all {per_cent(remembered.rate)}"),) if remembered.rate else (),
        kind=ChartKind.COLUMNS,
    )
    charts = (reviews, rates) if remembered.count else (reviews,)
    return Section(
        "hours",
        "Hours",
        conclusion(by_hour),
        charts if whole.reviews else (),
        figures={
            str(hour): {"reviews": cells[0], "retention": fields(share)}
            for hour, (cells, share) in enumerate(zip(counts, shares, strict=True))
            if cells[0]
        },
    )


def conclusion(cells: Cells) -> Said:
    """Return when most reviews happen, and whether they pass there as they do at other times.

    One comparison is made, of the busiest three hours with all others, so that none is found by looking often enough.
    """
    reviews = sum(values[0] for values in cells.values())
    if reviews < FEWEST:
        return too_few(reviews, "review")
    start = max(range(HOURS), key=lambda hour: _busyness(cells, hour))
    window = {(start + step) % HOURS for step in range(WINDOW)}
    inside, outside = Share(), Share()
    for hour in range(HOURS):
        share = Share(_at(cells, hour)[2], _at(cells, hour)[1])
        inside, outside = (inside + share, outside) if hour in window else (inside, outside + share)
    when = f"{start}–{(start + WINDOW) % HOURS or HOURS} h"
    line = f"You study most at {when}"
    part = per_cent(sum(_at(cells, hour)[0] for hour in window) / reviews)
    rates = f"{per_cent(inside.rate)} pass there and {per_cent(outside.rate)} at other hours"
    if not outside.count:
        return Said(
            f"You study at {when} alone, so hours cannot be compared.", f"{part} of your reviews are there."
        )
    evidence = f"{rates} (n = {inside.count:,} against {outside.count:,}); {part} of your reviews."
    if not (inside.tells and outside.tells):
        return Said(f"{line}; too few reviews to compare.", evidence)
    if not inside.differs(outside):
        short = f"{line}; recall shows no difference."
        return Said(f"{line}; no difference in recall to other hours shows.", evidence, short)
    points = round(100 * ((inside.rate or 0.0) - (outside.rate or 0.0)))
    than, advice = ("less", "try other hours") if points < 0 else ("more", "a good time")
    short = f"You pass {abs(points)} points {than} at {when}: {advice}."
    return Said(f"{line}, and pass {abs(points)} points {than} there: {advice}.", evidence, short)


def _busyness(cells: Cells, start: int) -> tuple[int, int]:
    """Return the reviews of a window of hours; of windows with as many, that comes first whose middle hour has most."""
    counts = [_at(cells, start + step)[0] for step in range(WINDOW)]
    return sum(counts), counts[WINDOW // 2]


def _at(cells: Cells, hour: int) -> tuple[int, int, int]:
    reviews, counted, passed, *_ = cells.get(str(hour % HOURS), (0, 0, 0))
    return reviews, counted, passed
