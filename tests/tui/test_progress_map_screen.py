"""The map of the whole material on the screen."""

from __future__ import annotations

import pytest

from quizapp.core.memory import Rating
from quizapp.services.scripted import answer
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.progress_map import ProgressMapScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.topic_map import TopicMap
from tests.learner import Learner
from tests.tui.desk import Desk, at_home


def library(learner: Learner, topics: int = 3) -> None:
    """Take in some topics of two decks."""
    for number in range(topics):
        learner.write(f"Topic {number:03}", "Why so?", deck="maths" if number % 2 else "maths/sets")
    learner.add()


def chosen(desk: Desk) -> str:
    """Return the name of the line under the cursor."""
    row = desk.screen.query_one(TopicMap).chosen
    return row.name if row else ""


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (140, 40)])
async def test_m_shows_every_topic_with_its_figures(learner: Learner, size: tuple[int, int]) -> None:
    """Coverage, strength and the next step at every size; m, q and esc leave."""
    library(learner)
    answer(learner.workspace, "topic-000", Rating.EASY)
    async with at_home(learner, size=size) as desk:
        await desk.press("m")
        assert desk.is_on(ProgressMapScreen)
        line = next(line for line in desk.shown if "Topic 000" in line)
        assert "1/2" in line
        assert "50 %" in line
        assert "tomorrow" in line
        assert "strength" in next(line for line in desk.shown if "Deck and topic" in line).split()
        assert any("next: Topic" in line for line in desk.shown)
        assert "1/6 cards seen" in desk.shown[0]
        await desk.press("m")
        assert desk.is_on(HomeScreen)


async def test_a_hundred_topics_are_walked_by_keys(learner: Learner) -> None:
    """The cursor stays in sight; decks fold and unfold."""
    library(learner, 100)
    async with at_home(learner) as desk:
        await desk.press("m", "end")
        assert any("Topic 098" in line for line in desk.shown)
        assert chosen(desk) == "Topic 098"
        await desk.press("left")
        assert chosen(desk) == "sets"
        await desk.press("left")
        assert not any("Topic 098" in line for line in desk.shown)
        await desk.press("right", "down")
        assert chosen(desk) == "Topic 000"
        await desk.press("home")
        assert chosen(desk) == "maths"


async def test_n_goes_to_what_is_next(learner: Learner) -> None:
    """Also where its deck was folded."""
    library(learner)
    async with at_home(learner) as desk:
        await desk.press("m", "left")
        await desk.press("n")
        assert chosen(desk) == "Topic 001"


async def test_enter_studies_the_deck_of_the_line_and_comes_back(learner: Learner) -> None:
    """With the figures of after."""
    library(learner)
    async with at_home(learner) as desk:
        await desk.press("m", "n", "enter")
        assert desk.is_on(StudyScreen)
        await desk.press("space", "4", "q", "q")
        assert desk.is_on(ProgressMapScreen)
        assert chosen(desk) == "Topic 001"
        assert "1/6 cards seen" in desk.shown[0]


async def test_an_empty_library_says_what_to_do(learner: Learner) -> None:
    """No key fails."""
    async with at_home(learner) as desk:
        await desk.press("m", "down", "enter", "n", "left", "right")
        assert any("add a deck" in line for line in desk.shown)


async def test_titles_that_differ_only_in_their_ends_stay_different(learner: Learner) -> None:
    """Where they have no room; one alone keeps its beginning."""
    for title in (
        "A residual network of many layers: one",
        "A residual network of many layers: two",
        "Alone",
    ):
        learner.write(title, deck="maths")
    learner.write("A residual network of many layers: three", deck="music")
    learner.add()
    async with at_home(learner, size=(60, 18)) as desk:
        await desk.press("m")
        lines = [line for line in desk.shown if "A res" in line and "0/" in line]
        names = [line[: line.index("0/")].strip(" ›»") for line in lines]
        assert names[0].endswith("one")
        assert names[1].endswith("two")
        assert names[2].endswith("…")
