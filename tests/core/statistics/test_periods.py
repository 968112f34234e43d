"""A share over time: by the shortest periods of which most have cases enough."""

from __future__ import annotations

from datetime import date

from quizapp.core.statistics.periods import MOST, NARROW_MOST, amount_chart, cut_up, parts, share_charts
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

    (weeks,) = share_charts(span, share, "passed", 7, MOST)
    assert weeks.y.label == "passed by week, %"
    assert weeks.series[0].values[0] == 0.0
    (months,) = share_charts(span, share, "passed", 28, MOST)
    assert months.x.names == ("01 Jan", "01 Feb", "01 Mar")
    assert months.series[0].values == (100 * 15 / 31, 50.0, 100 * 15 / 31)
    assert share_charts(span, share, "passed", 90, MOST) == ()
    assert share_charts(Span(FIRST, FIRST), share, "passed", 1, MOST) == ()


def test_a_long_range_is_cut_into_columns_that_have_room() -> None:
    """Days up to sixty, then weeks, months, quarters; one step longer where there is less room."""
    names = [cut_up(Span(FIRST, FIRST + days - 1), MOST)[0] for days in (7, 60, 61, 365, 500, 3_000)]
    assert names == ["day", "day", "week", "week", "month", "quarter"]
    assert cut_up(Span(FIRST, FIRST + 364), NARROW_MOST)[0] == "month"


def test_an_amount_of_a_longer_period_is_the_mean_of_its_days() -> None:
    """And its label says so; the first and the last week are as long as they are."""
    chart = amount_chart(Span(FIRST, FIRST + 89), {FIRST: 8.0, FIRST + 4: 14.0}, "reviews a day", MOST)
    assert chart.y.label == "reviews a day, by week"
    assert chart.series[0].values[:3] == (2.0, 2.0, 0.0)
    assert chart.x.names[:2] == ("01 Jan", "05 Jan")
