"""Every conclusion takes one line, in every width that charts are drawn in, whatever the figures and names are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from quizapp.core.calibration import Tally as Predictions
from quizapp.core.drill.readiness import Readiness
from quizapp.core.drill.trend import Trend
from quizapp.core.page.cells import cells
from quizapp.core.statistics import buttons, groups, hours, retention
from quizapp.core.statistics.drawn import conclusion_lines, section_lines
from quizapp.core.statistics.drilled import Drilled
from quizapp.core.statistics.drills import conclusion
from quizapp.core.statistics.facts import Facts
from quizapp.core.statistics.forecast import forecast
from quizapp.core.statistics.memories import Memories
from quizapp.core.statistics.predictions import predictions
from quizapp.core.statistics.report import sections, sections_of_cards
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.share import Share
from quizapp.core.statistics.sorted_reviews import SortedReviews
from quizapp.core.statistics.tally import Age, Tally
from quizapp.core.topic import TopicId
from tests.core.statistics.test_conclusions import TODAY, day_of, facts

WIDTHS = (56, 57, 58, 78, 80, 100, 116)
"""Half of a terminal of 118 and of 120 columns, then terminals of 60, 80 and more, and a pipe."""
LONG = (
    "dl::cnn/resnet-" + "very-" * 20 + "a",
    "dl::cnn/resnet-" + "very-" * 20 + "b",
    "深度学习/" * 20 + "甲",
)


def one_review() -> Facts:
    """Return the facts of somebody who rated one new card."""
    first = Tally({"new": [0, 0, 0, 0, 1, 9_000, 0, 0]})
    known = facts(
        {0: first}, length=365, first=TODAY, due=(0, 1), memories=Memories({}, {23: 1}, {21: 1}, {0: 1})
    )
    cell = {"9": [1, 0, 0, 9_000]}
    return replace(
        known, reviews=SortedReviews(cell, {"1": cell["9"]}, {"a": cell["9"]}), decks={"1": LONG[0]}
    )


def huge(days: int, wait: int, hardness: int) -> Facts:
    """Return the facts of somebody with ten million reviews and a million cards, whose names are long."""
    a_day = 10_000_000 // days
    tallies = {
        ago: day_of(a_day, a_day // 5, age=Age.MATURE if ago % 2 else Age.YOUNG) for ago in range(days)
    }
    cards = 1_000_000
    known = facts(
        tallies,
        length=days,
        first=TODAY - days + 1,
        due=(123_456, *(2_345,) * 364),
        memories=Memories({1_000: cards}, {23_400: cards}, {hardness: cards}, {wait: cards}),
        predictions=Predictions(987_654, 400_000, 800_000, 9.2, -9.1),
    )
    cells_of = {str(number): [900_000, 800_000, 700_000 - 90_000 * number, 10] for number in range(4)}
    names = dict(zip("0123", (*LONG, "x"), strict=True))
    tags = {names[key]: one for key, one in cells_of.items()}
    return replace(known, reviews=SortedReviews(cells_of, cells_of, tags), decks=names)


KNOWN = {
    "nothing": facts(first=0),
    "one review": one_review(),
    "few": facts({0: day_of(40, 3), 9: day_of(5)}, due=(3, 4)),
    "huge": huge(365, 500, 85),
    "huge and long": huge(20_000, 900_000, 50),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", KNOWN)
def test_every_section_concludes_in_one_line(name: str, width: int) -> None:
    """Of nothing, of one review, of little and of much; and nothing drawn below it is wider than the place."""
    shown = (*sections(KNOWN[name]), *sections_of_cards(KNOWN[name]))
    assert len({section.name for section in shown}) == 14
    for section in shown:
        held_in_one_line(section.said, width)
        assert all(cells(line) <= width for line in section_lines(section, width)), section.name


def held_in_one_line(said: Said, width: int) -> None:
    """Assert that a conclusion is one whole sentence on one line."""
    (line,) = conclusion_lines(Section("name", "Title", said), width)
    assert line == said.in_line(width)
    assert line.endswith("."), line
    assert cells(line) <= width, line


def many_sayings() -> Iterator[Said]:
    """Yield what each section says at the turns that its figures can take, with the longest words."""
    shares = [Share(passed, 1_000_000) for passed in (0, 700_000, 905_000, 999_999)]
    for young, mature in product([Share(), Share(3, 4), *shares], repeat=2):
        yield retention.conclusion(young, mature, 0.9)
    for ratings in product((0, 1, 29, 100, 999_999), repeat=4):
        yield buttons.conclusion(ratings)
    for inside, outside in product((0, 700_000, 990_000), (None, 0, 600_000, 990_000)):
        spread = {str(hour): [1_000_000, 1_000_000, inside, 0] for hour in (21, 22, 23)}
        yield hours.conclusion(
            spread if outside is None else {**spread, "9": [1_000_000, 1_000_000, outside, 0]}
        )
    yield hours.conclusion({"22": [1_000_000, 3, 1, 0], "9": [30, 1, 0, 0]})
    for word, rate in product(("deck", "tag"), (0, 500_000, 890_000)):
        named = {LONG[0]: Share(rate, 1_000_000), LONG[2]: Share(900_000, 1_000_000)}
        yield groups.conclusion(word, named)
        yield groups.conclusion(word, {LONG[2]: Share(rate, 1_000_000), LONG[0]: Share(900_000, 1_000_000)})
    for hits, bias in product((0, 29, 1_000_000), (None, -0.1, 0.5, -3.9, 200.0)):
        known = Predictions(1_000_000, hits, 1_000_000 if bias is not None else 0, abs(bias or 0.0), bias)
        yield predictions(facts(predictions=known)).said
    for first, later, days in product((0, 1, 9, 999_999), (0, 1, 12_345, 999_999), (7, 48, 49, 365)):
        yield forecast(facts({0: day_of(9, seconds=900)}, due=(first, *(later,) * (days - 1))), Tally()).said
    for mean, margin, scores in product((0.0, 0.66, 1.0), (0.05, 0.4), ((0.1,), (0.9, 0.1), (0.9,))):
        trend = Trend(TopicId("id"), LONG[2], scores)
        ready = Readiness(mean, margin, 1_000_000, 99_999, 1_000_000)
        yield conclusion(Drilled(1_000_000, (), (trend,), ready), (9, 9, 9, 999_999))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_turn_of_a_conclusion_fits_one_line(width: int) -> None:
    """Whatever it is that follows from the figures."""
    for said in many_sayings():
        held_in_one_line(said, width)
