"""The sentences: each follows from its figures, and says so when they are too few."""

from __future__ import annotations

from datetime import date

import pytest

from quizapp.core.calibration import Tally as Predictions
from quizapp.core.statistics import activity, buttons, groups, histograms, hours, retention
from quizapp.core.statistics.drawn import section_lines
from quizapp.core.statistics.drills import drills
from quizapp.core.statistics.facts import Facts, total
from quizapp.core.statistics.forecast import forecast
from quizapp.core.statistics.memories import Memories, mean, median
from quizapp.core.statistics.predictions import predictions
from quizapp.core.statistics.scope import Scope
from quizapp.core.statistics.share import Share
from quizapp.core.statistics.span import Span
from quizapp.core.statistics.tally import Age, Tally

TODAY = date(2026, 3, 2).toordinal()


def day_of(good: int, again: int = 0, seconds: int = 10, age: Age = Age.YOUNG) -> Tally:
    """Return a day with so many reviews."""
    ms = 1000 * seconds
    return Tally({age.value: [again, again * ms, 0, 0, good, good * ms, 0, 0]})


def facts(
    days: dict[int, Tally] | None = None,
    *,
    length: int = 30,
    first: int = TODAY - 200,
    due: tuple[int, ...] = (),
    memories: Memories | None = None,
    predictions: Predictions | None = None,
) -> Facts:
    """Return the facts of a learner whose days are given by how long they are ago."""
    return Facts(
        today=TODAY,
        span=Span(TODAY - length + 1, TODAY),
        scope=Scope(),
        first_rating=first,
        desired=0.9,
        days={TODAY - ago: tally for ago, tally in (days or {}).items()},
        due=due,
        memories=memories or Memories(),
        predictions=predictions or Predictions(),
    )


def test_the_calendar_counts_days_and_runs() -> None:
    """The longest run, the one up to now, and the busiest day; a run that ended yesterday still goes on."""
    known = facts({1: day_of(5), 2: day_of(9), 10: day_of(1), 11: day_of(1), 12: day_of(1)})
    words = activity.calendar(known).said.words
    assert words.startswith("You studied on 5 of 30 days: cards pile up on the days between.")
    assert "3 in a row at most and 2 up to now; most on 28 Feb (9 reviews)." in words
    assert "2 in a row up to now" in activity.calendar(facts({0: day_of(1), 1: day_of(2)})).said.words


def test_days_before_the_first_rating_were_not_missed() -> None:
    """Who began last week studied on each of seven days, not on seven of thirty."""
    known = facts({ago: day_of(2) for ago in range(7)}, first=TODAY - 6)
    assert "on 7 of 7 days" in activity.calendar(known).said.words
    assert "steady" in activity.calendar(known).said.words
    gaps = facts({ago: day_of(2) for ago in range(8) if ago != 3}, first=TODAY - 9)
    assert activity.calendar(gaps).said.line == "You studied on 7 of 10 days: regular, with gaps."


def test_reviews_and_time_by_day() -> None:
    """A day with study, and the mean over all days."""
    known = facts({0: day_of(20), 1: day_of(10)})
    words = activity.by_day(known, total(known)).said.words
    assert words.startswith("A day of study has 15 reviews and takes 2 min. 30 reviews in 5 min, 10 s each;")
    assert words.endswith("over all 30 days 1.0 a day.")


def test_a_range_without_reviews_says_so() -> None:
    """No chart is drawn of nothing but the calendar."""
    known = facts()
    assert activity.calendar(known).said == activity.NOTHING
    assert activity.by_day(known, total(known)).charts == ()


def test_the_forecast_names_the_fullest_day_and_a_backlog() -> None:
    """A backlog is what today has beyond the days after it."""
    known = facts({0: day_of(10, seconds=60)}, due=(4, 2, 9, 1))
    assert (
        "4.0 reviews a day are due, about 4 min; most on Wed 04 Mar (9). 16 reviews in 4 days"
        in forecast(known, total(known)).said.words
    )
    late = facts({0: day_of(10, seconds=60)}, due=(50, 2, 2, 2))
    assert "50 reviews wait today, 50 min at your pace: a backlog" in forecast(late, total(late)).said.words
    rare = forecast(facts(due=(0, 0, 0, 2)), Tally()).said
    assert rare.line == "2 reviews in the next 4 days; most on Thu 05 Mar (2)."
    assert "No review falls due in the next 2 days" in forecast(facts(due=(0, 0)), Tally()).said.words


@pytest.mark.parametrize(
    ("young", "mature", "words"),
    [
        (Share(9, 10), Share(1, 2), "12 first reviews are too few to conclude anything. It takes 30."),
        (Share(90, 100), Share(0, 3), "You pass 87 % of cards in review, which agrees with"),
        (
            Share(0, 0),
            Share(86, 100),
            "agrees with the 90 % you asked for. 86 % pass (n = 100, so 78–91 %).",
        ),
        (Share(0, 0), Share(780, 1000), "You forget 22 of 100 mature cards; you asked for 10. 78 % pass"),
        (
            Share(0, 0),
            Share(970, 1000),
            "You forget 3 of 100 mature cards; you asked for 10: you could review less.",
        ),
    ],
)
def test_retention_is_held_against_what_was_asked_for(young: Share, mature: Share, words: str) -> None:
    """Of mature cards where these are enough; a difference that chance may explain is none."""
    assert words in retention.conclusion(young, mature, 0.9).words


def test_conclusions_are_true_of_odd_learners() -> None:
    """Only lapses, only Good, no Good to speak of, one review, one hour, cards that hold for minutes."""
    lapses, good = (50, 0, 0, 0), (0, 0, 50, 0)
    assert buttons.conclusion(lapses).line.startswith("Again is 100 % of your ratings")
    assert buttons.conclusion(good).line == "Every rating in review is Good: nothing was forgotten."
    assert buttons.conclusion((5, 35, 25, 35)).line.startswith("You use Hard (35 %) and Easy (35 %) much")
    assert buttons.conclusion((1, 0, 0, 0)).line.startswith("1 review rating is too few")
    one = facts({0: day_of(1)}, length=1, first=TODAY)
    assert activity.by_day(one, total(one)).said.line == "A day of study has 1 review and takes 10 s."
    said = hours.conclusion({"9": (100, 100, 90, 0)})
    assert said.line == "You study at 8–11 h alone, so hours cannot be compared."
    assert "·" not in said.words
    assert "within a day" in histograms.stability(Memories(stabilities={1: 50})).said.line


def test_a_time_that_is_not_known_is_none() -> None:
    """Reviews given by a script took no time: no minutes are drawn, and the pace is the usual one."""
    known = facts({0: day_of(5, seconds=0), 1: day_of(5, seconds=0)}, due=(20,) * 7)
    section = activity.by_day(known, total(known))
    assert section.said.line == "A day of study has 5 reviews; how long they took is not known."
    assert [chart.y.label for chart in section.charts] == ["reviews a day"]
    assert "about 1 min" not in forecast(known, total(known)).said.line


def test_charts_of_one_section_stand_in_line() -> None:
    """Whatever their numbers are: the columns of a day stand below each other."""
    known = facts({ago: day_of(1_000, seconds=1) for ago in range(20)})
    section = activity.by_day(known, total(known))
    rules = [line for line in section_lines(section, 80) if "───" in line]
    assert len(rules) == 2
    assert rules[0] == rules[1]


def test_retention_has_the_periods_that_lie_in_the_range() -> None:
    """Today, yesterday, a week and a month in thirty days; no year; a range of the past has itself alone."""
    known = facts({0: day_of(3, 1), 1: day_of(1), 20: day_of(4)}, length=40)
    rows = retention.retention(known, total(known)).tables[0]
    assert rows is not None
    assert [row.name for row in rows.rows] == [
        "today", "yesterday", "last 7 days", "last 30 days", "whole range",
    ]  # fmt: skip
    assert rows.rows[0].cells[:2] == ("75 %", "4")
    assert rows.rows[-1].cells[-1] == "9"


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ((1, 0, 9, 0), "10 review ratings are too few"),
        ((10, 50, 40, 0), "Hard is 50 % of your ratings in review: what you forgot is Again."),
        ((5, 5, 20, 70), "Easy is 70 %"),
        ((10, 0, 90, 0), "Again (10 %) and Good alone"),
        ((12, 15, 62, 11), "used as they are meant"),
    ],
)
def test_buttons(ratings: tuple[int, int, int, int], words: str) -> None:
    """Hard and Easy are worth a word when they are the usual rating."""
    assert words in buttons.conclusion(ratings).words


def hour(reviews: int, counted: int, passed: int) -> list[int]:
    """Return the figures of one hour."""
    return [reviews, counted, passed, 0]


def test_hours_are_compared_once_and_only_with_enough_reviews() -> None:
    """The busiest three hours with all others; a window may reach over midnight."""
    late = {"22": hour(300, 300, 210), "23": hour(300, 300, 210), "9": hour(200, 200, 180)}
    words = hours.conclusion(late).words
    assert words.startswith("You study most at 21–24 h, and pass 20 points less there")
    assert "70 % pass there and 90 % at other hours" in words
    assert "(n = 600 against 200)" in words
    alike = {"22": hour(300, 300, 270), "9": hour(200, 200, 180)}
    assert "no difference in recall" in hours.conclusion(alike).words
    few = {"22": hour(300, 300, 270), "9": hour(10, 10, 1)}
    assert "too few" in hours.conclusion(few).words
    assert hours.conclusion({"9": hour(3, 3, 3)}).line.startswith("3 reviews are too few")


def test_the_weakest_deck_is_named_when_it_is_more_than_chance() -> None:
    """Against the rest, with as many comparisons as there are decks; small ones have no say."""
    shares = {"a": Share(90, 100), "b": Share(180, 200), "weak": Share(50, 100), "small": Share(0, 5)}
    assert groups.conclusion("deck", shares).words.startswith(
        "weak is the weakest deck, at 50 %: begin there. n = 100, against 89 % of 305"
    )
    assert (
        "No deck is worse than the rest by more than chance"
        in groups.conclusion("deck", {"a": Share(90, 100), "b": Share(85, 100)}).line
    )
    assert groups.conclusion("tag", {"a": Share(90, 100)}).line.startswith(
        "Only one tag has 30 first reviews"
    )
    assert groups.conclusion("tag", {}).line == "No review of a card with a tag in this range."


def test_intervals_and_stability_are_told_by_their_medians() -> None:
    """Half of the cards; few cards conclude nothing."""
    memories = Memories({5: 20, 30: 20}, {50: 20, 300: 20}, {55: 40}, {0: 40})
    assert (
        "Half of 40 cards in review come back within 5 d; 50 % are mature"
        in histograms.intervals(memories).said.words
    )
    assert "hold 5 d or more" in histograms.stability(memories).said.words
    assert "too few" in histograms.intervals(Memories({5: 3}, {50: 3}, {55: 3}, {0: 3})).said.words


def test_difficulty_names_many_hard_cards() -> None:
    """From a fifth on."""
    assert "split them" in histograms.difficulty(Memories(difficulties={85: 20, 50: 20})).said.words
    assert "no burden" in histograms.difficulty(Memories(difficulties={85: 2, 50: 38})).said.words


def test_retrievability_is_the_forgetting_curve_over_the_waits() -> None:
    """A card that waited its stability out is recalled with 90 %; one just reviewed surely."""
    memories = Memories(difficulties={50: 100}, waits={0: 50, 1000: 50})
    section = histograms.retrievability(facts(memories=memories))
    assert section.figures["mean"] == pytest.approx(0.95, abs=0.001)
    assert "recall 95 % of 100 cards now, as it should be" in section.said.words


def test_histograms_hold_every_card() -> None:
    """Whatever the value, in the range that begins at or below it."""
    section = histograms.intervals(Memories(intervals={1: 1, 7: 2, 8: 4, 40_000: 8}))
    assert section.figures["histogram"] == {
        "1d": 1, "2d": 0, "4d": 2, "8d": 4, "15d": 0, "22d": 0, "1mo": 0, "2mo": 0, "3mo": 0, "6mo": 0, "1y": 0,
        "2y": 0, "5y+": 8,
    }  # fmt: skip


def test_means_and_medians_of_counts() -> None:
    """The lower of two middles; nothing has 0."""
    assert (mean({1: 1, 4: 2}), median({1: 1, 4: 2}), median({1: 1, 3: 1})) == (3.0, 4.0, 1.0)
    assert (mean({}), median({})) == (0.0, 0.0)


def test_predictions_say_to_which_side_they_lean() -> None:
    """From thirty on, and by a factor of two at least."""
    low = Predictions(40, 20, 40, 1.0, -1.0)
    assert "sizes were 10 times too small" in predictions(facts(predictions=low)).said.words
    assert "lean to no side" in predictions(facts(predictions=Predictions(40, 20, 40, 0.5, 0.1))).said.words
    assert "too few" in predictions(facts(predictions=Predictions(4, 2))).said.words
    assert "No prediction" in predictions(facts()).said.words


def test_drills_are_counted_by_rating_and_day() -> None:
    """Whether they moved the schedule or not."""
    known = facts({0: Tally(drills=(10, 0, 30, 0)), 3: Tally(drills=(0, 0, 5, 0))})
    section = drills(known, total(known))
    assert section.figures["answers"] == 45
    assert section.figures["by_day"] == {"2026-02-27": 5, "2026-03-02": 40}
    assert "45 ratings, 78 % passed" in section.said.words
    assert "No drill" in drills(facts(), Tally()).said.words
