"""The layout of Home and Study, compared with pictures; the clock stands still and nothing moves."""

from __future__ import annotations

import pytest

from quizapp.config import Settings
from quizapp.core.memory import Rating
from quizapp.core.saved_search import SavedSearch
from quizapp.services.saved_searches import save
from tests.learner import Learner
from tests.tui.desk import at_home, studying
from tests.tui.material import learn_gradients
from tests.tui.screenshots import assert_same_picture

SIZES = [(60, 18), (80, 24), (120, 36)]


def learn(learner: Learner, theme: str = "quizapp-dark") -> None:
    """Take in three decks, and review some of the cards over some days."""
    learner.settings = Settings(theme=theme, fuzz=False)
    learner.reopen()
    learn_gradients(learner)
    learner.learn("Initialisation", "Why so?", deck="deep/start")
    learner.learn("Attention", deck="transformers")
    for _ in range(3):
        study = learner.begin()
        for rating in (Rating.GOOD, Rating.HARD, Rating.EASY):
            if study.session.current is not None:
                learner.clock.forward(seconds=40)
                study.answer(rating, 40_000)
        study.leave()
        learner.clock.forward(days=2)


@pytest.mark.parametrize("size", SIZES)
async def test_home(learner: Learner, size: tuple[int, int]) -> None:
    """Head, today, forecast, decks, note, keys."""
    learn(learner)
    async with at_home(learner, size=size) as desk:
        assert_same_picture(desk.app, f"home-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES)
async def test_study(learner: Learner, size: tuple[int, int]) -> None:
    """Head, question, answer with its simulation, ratings, keys."""
    learn_gradients(learner)
    async with studying(learner, size=size) as desk:
        await desk.press("space")
        assert_same_picture(desk.app, f"study-{size[0]}x{size[1]}")


async def test_the_question_alone_in_the_light_theme(learner: Learner) -> None:
    """A follow-up, with the topic that it belongs to."""
    learner.settings = Settings(theme="quizapp-light", fuzz=False)
    learner.reopen()
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "3")
        assert_same_picture(desk.app, "follow-up-light-80x24")


async def test_why(learner: Learner) -> None:
    """Words, curve and reviews over the card."""
    learner.learn("Alpha")
    learner.fronts(learner.begin(), [Rating.GOOD, Rating.GOOD])
    learner.clock.forward(days=4)
    async with studying(learner) as desk:
        await desk.press("i")
        assert_same_picture(desk.app, "why-80x24")


async def test_the_end(learner: Learner) -> None:
    """The table of ratings fits the least terminal."""
    learner.learn("Alpha", deck="a-long-name-of-a-deck/and-another-one-below")
    async with studying(learner, size=(60, 18)) as desk:
        await desk.press("space", "4")
        assert_same_picture(desk.app, "end-60x18")


async def test_claims(learner: Learner) -> None:
    """Verdicts, statements, truth and sources over the card, with the keys below."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "c")
        assert_same_picture(desk.app, "claims-80x24")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (150, 40)])
async def test_browser(learner: Learner, size: tuple[int, int]) -> None:
    """Field, count, cards with a mark and the cursor, the card beside or below them, keys."""
    learn(learner)
    async with at_home(learner, size=size) as desk:
        await desk.press("slash", "i", "n", "down", "space", *(() if size[0] == 150 else ("p",)))
        await desk.settle()
        assert_same_picture(desk.app, f"browser-{size[0]}x{size[1]}")


async def test_home_with_saved_searches(learner: Learner) -> None:
    """They stand quietly below the decks, the cursor on one of them."""
    learn(learner)
    save(learner.workspace, SavedSearch("hard ones", "prop:d>5"))
    save(learner.workspace, SavedSearch("before the exam", "deck:deep", reschedule=True))
    async with at_home(learner) as desk:
        await desk.press("end", "down")
        assert_same_picture(desk.app, "home-searches-80x24")
