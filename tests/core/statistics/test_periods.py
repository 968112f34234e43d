"""A share over time: by the shortest periods of which most have cases enough."""

from __future__ import annotations

from datetime import date

from quizapp.core.statistics.periods import parts, share_charts
from quizapp.core.statistics.share import Share
from quizapp.core.statistics.span import Span

FIRST = date(2026, 1, 1).toordinal()
"""A Thursday."""


def test_a_span_is_cut_at_mondays_and_firsts() -> None:
    """The ends may be shorter, and nothing is left out."""
    january = Span(FIRST, FIRST + 30)
    assert [part.days for part in parts(january, "week")] == [4, 7, 7, 7, 6]
    assert [part.days for part in parts(Span(FIRST, FIRST + 364), "quarter")] == [90, 91, 92, 92]
    assert parts(Span(FIRST, FIRST), "year") == (Span(FIRST, FIRST),)


def test_the_shortest_periods_with_cases_enough_are_drawn() -> None:
    """One case a day: weeks for 7 of them, months for 28, and nothing where only one period has enough."""
    span = Span(FIRST, FIRST + 89)

    def share(part: Span) -> Share:
        return Share(part.days // 2, part.days)

    (weeks,) = share_charts(span, share, "passed", 7)
    assert weeks.y.label == "passed by week, %"
    assert weeks.series[0].values[0] == 0.0
    (months,) = share_charts(span, share, "passed", 28)
    assert months.x.names == ("01 Jan", "01 Feb", "01 Mar")
    assert months.series[0].values == (100 * 15 / 31, 50.0, 100 * 15 / 31)
    assert share_charts(span, share, "passed", 90) == ()
    assert share_charts(Span(FIRST, FIRST), share, "passed", 1) == ()
