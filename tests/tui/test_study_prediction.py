"""A prediction card in study: asked, run, graded, rated, and the way round each of these."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.services import scripted
from quizapp.services.trials import trial_of
from quizapp.store.predictions import latest
from quizapp.tui.widgets.rating_bar import RatingButton
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView
from tests.tui.desk import Desk, studying

if TYPE_CHECKING:
    from tests.learner import Learner

CARD = "growth/predict-scale-explosion"
ANSWER = """First words.

## Measured
It grows by √2 a block.

```sim predict tolerance=0.4
scale-explosion depth=10..80 schemes=unscaled
```
"""
SIZES = [(80, 24), (60, 18), (150, 40)]


def learn(learner: Learner) -> None:
    """Take in a topic whose prediction card is due, and nothing else."""
    learner.learn("Growth", question="How does it grow?", answer=ANSWER)
    learner.begin().answer(Rating.EASY, 0)
    learner.clock.forward(days=1)


def extra_of(learner: Learner) -> dict[str, object]:
    """Return what the log keeps of the latest review of the card."""
    rows = learner.workspace.database.read(
        "SELECT extra FROM log WHERE card_id = :card ORDER BY id DESC", {"card": CARD}
    )
    kept: dict[str, object] = json.loads(rows[0][0])
    return kept


async def predicted(desk: Desk, answer: str, truth: float) -> None:
    """Open the card's simulation, commit to a number, and let the run measure this truth."""
    await desk.press("space", *answer, "enter")
    await desk.until(lambda: desk.host.runs)
    desk.run.finish(truth, "variances add.")
    await desk.until(lambda: desk.view.stage is Stage.DONE)
    await desk.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_front_is_the_question_with_this_reviews_knobs(
    learner: Learner, size: tuple[int, int]
) -> None:
    """No answer and no rating is in sight, and the keys say what to do."""
    learn(learner)
    depth = trial_of(learner.card(CARD)).values["depth"]
    async with studying(learner, size=size) as desk:
        assert f"after {depth} blocks" in " ".join(desk.card.split())
        assert "Prediction for “Growth”" in "\n".join(desk.shown)
        assert desk.answer == ""
        assert desk.buttons == []
        assert any("predict and run" in line for line in desk.shown)
        assert "space Predict" in desk.footer
        await desk.press("3", "enter")
        assert desk.reviews()[1:] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("answer", "rating"),
    [("1000", Rating.EASY), ("2000", Rating.GOOD), ("5000", Rating.HARD), ("1e7", Rating.AGAIN)],
)
async def test_a_run_grades_the_answer_and_enter_accepts(
    learner: Learner, size: tuple[int, int], answer: str, rating: Rating
) -> None:
    """The proposed rating is marked on the bar, beside the simulation or below it, and enter gives it."""
    learn(learner)
    async with studying(learner, size=size) as desk:
        await predicted(desk, answer, 1000.0)
        marked = [str(button.render()) for button in desk.screen.query(".-proposed").results(RatingButton)]
        assert len(marked) == 1
        assert "▸" in marked[0]
        assert f"{rating.value} {rating.name.capitalize()}" in marked[0]
        assert len(desk.buttons) == 4
        assert desk.footer.strip().startswith("⏎ As proposed")
        assert "Again" not in desk.footer
        await desk.press("enter")
        assert desk.reviews()[-1][:2] == (CARD, rating)
        assert not desk.screen.query(SimulationView)


async def test_the_log_keeps_knobs_answer_and_grade(learner: Learner) -> None:
    """Beside the rating; the prediction itself is kept with the card's id and settled."""
    learn(learner)
    asked = trial_of(learner.card(CARD))
    async with studying(learner) as desk:
        await predicted(desk, "2000", 1000.0)
        await desk.press("enter")
        kept = extra_of(learner)["prediction"]
        assert isinstance(kept, dict)
        assert kept["knobs"] == dict(asked.values)
        assert (kept["seed"], kept["proposed"], kept["answer"], kept["truth"]) == (0, "good", "2000", "10³")
        await desk.until(lambda: latest(learner.workspace.database.read, 1))
        (prediction,) = latest(learner.workspace.database.read, 1)
        assert (prediction.card_id, prediction.answer, prediction.truth) == (CARD, "2000", "10³")
        assert "Within a factor of 2.51" in prediction.gap


async def test_the_run_has_the_cards_knobs_seed_and_tolerance(learner: Learner) -> None:
    """They are those of this review; after two reviews the seed is 2."""
    learn(learner)
    for _ in range(2):
        scripted.answer(learner.workspace, CARD, Rating.EASY)
    learner.note("growth", EntryKind.SUSPEND)
    learner.clock.forward(days=400)
    asked = trial_of(learner.card(CARD))
    assert asked.seed == 2
    async with studying(learner) as desk:
        await predicted(desk, "10", 1000.0)
        request = desk.run.request
        assert (request.seed, dict(request.knobs)) == (2, dict(asked.values))
        assert desk.view.experiment.prediction.tolerance == 0.4


async def test_another_rating_overrules_the_proposed_one(learner: Learner) -> None:
    """The keys 1 to 4 rate, over the simulation too; what was proposed stays in the log."""
    learn(learner)
    async with studying(learner) as desk:
        await predicted(desk, "1e7", 1000.0)
        await desk.press("2")
        assert desk.reviews()[-1][:2] == (CARD, Rating.HARD)
        kept = extra_of(learner)["prediction"]
        assert isinstance(kept, dict)
        assert kept["proposed"] == "again"


@pytest.mark.parametrize(("answer", "rating"), [("1000", "good"), ("5000", "good"), ("1e7", "again")])
async def test_on_two_buttons_every_proposed_pass_is_good(learner: Learner, answer: str, rating: str) -> None:
    """Easy and Hard are proposed and given as Good; the log keeps what the run itself proposed."""
    learn(learner)
    learner.change(two_buttons=True)
    async with studying(learner) as desk:
        await predicted(desk, answer, 1000.0)
        (marked,) = (button for button in desk.buttons if "▸" in button)
        assert rating.capitalize() in marked
        assert len(desk.buttons) == 2
        await desk.press("enter")
        assert desk.reviews()[-1][1] == Rating[rating.upper()]
        kept = extra_of(learner)["prediction"]
        assert isinstance(kept, dict)
        assert kept["proposed"] == {"1000": "easy", "5000": "hard", "1e7": "again"}[answer]


async def test_a_rating_can_be_clicked(learner: Learner) -> None:
    """The bar below the simulation takes the mouse."""
    learn(learner)
    async with studying(learner) as desk:
        await predicted(desk, "1e7", 1000.0)
        await desk.click("RatingButton.-good")
        assert desk.reviews()[-1][:2] == (CARD, Rating.GOOD)


async def test_skipping_the_prediction_proposes_again(learner: Learner) -> None:
    """The run is made and said, but nothing was committed to."""
    learn(learner)
    async with studying(learner) as desk:
        await predicted(desk, "", 1000.0)
        assert any("▸ 1 Again" in button for button in desk.buttons)
        await desk.press("escape")
        assert "No prediction was made. It was 10³." in " ".join(" ".join(desk.shown).split())


async def test_the_gap_stands_on_the_card_and_space_shows_the_answer(learner: Learner) -> None:
    """Esc goes back to the card with its verdict; the answer opens where the block stands."""
    learn(learner)
    async with studying(learner) as desk:
        await predicted(desk, "1e7", 1000.0)
        await desk.press("escape")
        assert "4.0 decades high: you said 10⁷, it was 10³. Variances add." in " ".join(
            " ".join(desk.shown).split()
        )
        assert desk.answer == ""
        await desk.press("space")
        assert "It grows by √2 a block." in desk.answer
        await desk.press("enter")
        assert desk.reviews()[-1][:2] == (CARD, Rating.AGAIN)


async def test_only_the_first_run_of_the_cards_own_knobs_counts(learner: Learner) -> None:
    """Knobs turned away measure something else, and a second try does not better the first."""
    learn(learner)
    async with studying(learner) as desk:
        await desk.press("space")
        view = desk.view
        view.experiment = view.experiment.turned("depth", 5)
        await desk.press(*"10", "enter")
        desk.run.finish(10.0)
        await desk.until(lambda: view.stage is Stage.DONE)
        assert desk.buttons == []
        await desk.press("escape", "space")
        await predicted_again(desk, "1e7")
        assert any("▸ 1 Again" in button for button in desk.buttons)
        await desk.press("p", *"1000", "enter")
        desk.run.finish(1000.0)
        await desk.until(lambda: desk.view.stage is Stage.DONE)
        assert any("▸ 1 Again" in button for button in desk.buttons)


async def predicted_again(desk: Desk, answer: str) -> None:
    """Commit to a number in the simulation that is open, and let it measure 1000."""
    await desk.press(*answer, "enter")
    desk.run.finish(1000.0)
    await desk.until(lambda: desk.view.stage is Stage.DONE)
    await desk.pilot.pause()


async def test_the_answer_can_be_shown_without_a_prediction(learner: Learner) -> None:
    """With n; then nothing is proposed, and the learner rates as any card."""
    learn(learner)
    async with studying(learner) as desk:
        await desk.press("n")
        assert "First words." in desk.answer
        assert len(desk.buttons) == 4
        assert not any("▸" in button for button in desk.buttons)
        await desk.press("enter")
        assert desk.reviews()[-1][:2] == (CARD, Rating.GOOD)
        kept = extra_of(learner)["prediction"]
        assert isinstance(kept, dict)
        assert "proposed" not in kept


async def test_a_restart_asks_the_same_and_undo_asks_it_again(learner: Learner) -> None:
    """Leaving before the rating loses nothing; taking the rating back brings the same question."""
    learn(learner)
    async with studying(learner) as desk:
        before = desk.card
        await desk.press("q")
    async with studying(learner) as desk:
        assert desk.card == before
        await predicted(desk, "1000", 1000.0)
        await desk.press("enter", "u")
        assert desk.card == before
        assert desk.buttons == []


async def test_a_run_that_fails_leaves_the_card_as_it_was(learner: Learner) -> None:
    """Nothing is graded, and it can be asked again."""
    learn(learner)
    async with studying(learner) as desk:
        await desk.press("space", *"10", "enter")
        await desk.until(lambda: desk.host.runs)
        desk.run.fail()
        await desk.until(lambda: desk.view.stage is Stage.FAILED)
        await desk.press("3", "escape")
        assert len(desk.reviews()) == 1
        await predicted(desk, "1000", 1000.0)
        assert any("▸ 4 Easy" in button for button in desk.buttons)


async def test_a_card_that_cannot_be_asked_is_a_card_to_be_read(learner: Learner) -> None:
    """It says what is wrong with it, shows its answer and is rated."""
    learn(learner)
    learner.learn("Growth", question="How does it grow?", answer=ANSWER.replace("10..80", "10..800"))
    async with studying(learner) as desk:
        assert "takes 2 to 100" in desk.card
        await desk.press("space", "3")
        assert desk.reviews()[-1][:2] == (CARD, Rating.GOOD)
