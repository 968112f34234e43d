"""Why an interval: the memory state, the curve, the reviews."""

from __future__ import annotations

import pytest

from quizapp.core.memory import Rating
from quizapp.errors import StoreError
from quizapp.services import progress
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.screens.why import WhyScreen
from tests.learner import Learner
from tests.tui.desk import studying


async def test_a_new_card_has_no_past(learner: Learner) -> None:
    """It says so, without a curve; esc, i and q go back to the card as it was."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("i")
        assert desk.is_on(WhyScreen)
        text = "\n".join(desk.shown)
        assert "New: not reviewed yet" in text
        assert "recall, %" not in text
        for key in ("escape", "i", "i", "i", "q"):
            await desk.press(key)
        assert desk.is_on(StudyScreen)
        assert desk.card == "What is Alpha?"


async def test_the_state_the_curve_and_the_reviews_are_shown(learner: Learner) -> None:
    """Stability, difficulty, recall now and wanted, today on the curve, and what every review gave."""
    learner.learn("Alpha")
    study = learner.begin()
    study.answer(Rating.GOOD, 75_000)
    learner.clock.forward(minutes=11)
    study.undo()
    learner.fronts(study, [Rating.GOOD, Rating.GOOD])
    study.leave()
    learner.clock.forward(days=3)
    async with studying(learner, size=(120, 36)) as desk:
        await desk.press("i")
        text = "\n".join(desk.shown)
        for words in (
            "until recall falls to 90 %",
            "of 10",
            "wanted 90 %",
            "2, 0 forgotten",
            "today",
            "wanted",
        ):
            assert words in text
        past = [line.split() for line in desk.shown if "2026-03-02" in line]
        assert [line[3:6] for line in past] == [["Good", "2", "d"], ["Good", "10", "min"]]


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_everything_can_be_reached_on_a_small_terminal(learner: Learner, size: tuple[int, int]) -> None:
    """The last review is in sight after scrolling down."""
    learner.learn("Alpha")
    study = learner.begin()
    for rating in (Rating.AGAIN, Rating.AGAIN, Rating.AGAIN, Rating.GOOD):
        study.answer(rating, 1000)
        learner.clock.forward(minutes=12)
    study.leave()
    async with studying(learner, size=size) as desk:
        await desk.press("i", *["j"] * 6)
        assert any("Again" in line for line in desk.shown)


async def test_a_history_that_cannot_be_read_is_said(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen stays open, empty, and closes as ever."""
    learner.learn("Alpha")

    def broken(*_: object) -> None:
        raise StoreError("The database is damaged.", "Restore a backup.")

    monkeypatch.setattr(progress, "why", broken)
    async with studying(learner) as desk:
        await desk.press("i")
        assert "is damaged" in desk.notices[0]
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
