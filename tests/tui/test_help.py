"""Help and the command palette: every key of quizapp's, in words, each once."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from quizapp.tui.app import QuizApp
from quizapp.tui.offers import offers
from quizapp.tui.screens.ask import AskScreen
from quizapp.tui.screens.browser import BrowserScreen
from quizapp.tui.screens.changes import ChangesScreen
from quizapp.tui.screens.choose import ChooseScreen
from quizapp.tui.screens.claims import ClaimsScreen
from quizapp.tui.screens.editor import EditorScreen
from quizapp.tui.screens.flags import FlagsScreen
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.leech import LeechScreen
from quizapp.tui.screens.new_topic import NewTopicScreen
from quizapp.tui.screens.read import ReadScreen
from quizapp.tui.screens.save_search import SaveSearchScreen
from quizapp.tui.screens.search_help import SearchHelpScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.screens.why import WhyScreen
from quizapp.tui.widgets.card_table import CardTable
from quizapp.tui.widgets.deck_list import DeckList
from quizapp.tui.widgets.key_points import KeyPoints
from quizapp.tui.widgets.search_list import SearchList
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying
from tests.tui.material import learn_gradients

OWNERS = (
    QuizApp, HomeScreen, StudyScreen, WhyScreen, ClaimsScreen, HelpScreen, DeckList, KeyPoints,
    BrowserScreen, SaveSearchScreen, SearchHelpScreen, CardTable, SearchList,
    ChangesScreen, FlagsScreen, AskScreen, LeechScreen, ReadScreen,
    EditorScreen, NewTopicScreen, ChooseScreen,
)  # fmt: skip


def palette(desk: Desk) -> set[str]:
    """Return the names of the commands that the palette offers on the present screen."""
    return {command.title for command in desk.app.get_system_commands(desk.screen)}


@pytest.mark.parametrize("owner", OWNERS)
def test_every_binding_has_an_id_and_words(owner: type) -> None:
    """Ids let keys be changed, words feed help and palette; no id is given twice."""
    bindings = [binding for binding in vars(owner)["BINDINGS"] if isinstance(binding, Binding)]
    assert len(bindings) == len(vars(owner)["BINDINGS"])
    assert all(binding.id and binding.description for binding in bindings)
    assert len({binding.id for binding in bindings}) == len(bindings)


async def test_help_lists_what_works_now_and_nothing_of_textuals(learner: Learner) -> None:
    """The keys come with words, each once; before the answer there is nothing to rate."""
    learn_gradients(learner)
    async with studying(learner, size=(80, 50)) as desk:
        await desk.press("question_mark")
        text = "\n".join(desk.shown)
        assert desk.is_on(HelpScreen)
        for words in (
            "Show the answer, of a long one the first section",
            "Take the card out of study",
            "↓, j",
        ):
            assert words in text
        assert "Rate:" not in text
        assert "Scroll Left" not in text
        await desk.press("question_mark", "space", "question_mark")
        assert "Rate: recalled with trouble, a pass" in "\n".join(desk.shown)


async def test_help_can_be_read_to_its_end_on_the_least_terminal(learner: Learner) -> None:
    """It scrolls by keys."""
    learn_gradients(learner)
    async with studying(learner, size=(60, 18)) as desk:
        await desk.press("question_mark", *["pagedown"] * 4)
        assert any("To the end" in line for line in desk.shown)


async def test_the_palette_has_every_key_that_works(learner: Learner) -> None:
    """Also those that no footer shows, and none that does nothing now."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        assert {offer.name for offer in offers(desk.screen)} <= palette(desk)
        assert {"Answer", "Simulate", "Suspend", "Edit", "Page down"} <= palette(desk)
        assert "Good" not in palette(desk)
        await desk.press("w")
        assert {"Again", "Hard", "Good", "Easy", "Tick points"} <= palette(desk)
        assert "Answer" not in palette(desk)


async def test_a_command_from_the_palette_acts_on_the_card(learner: Learner) -> None:
    """ctrl+p, a few letters, enter."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("ctrl+p", *"answer")
        await desk.until(lambda: any("Show the answer" in line for line in desk.shown))
        await desk.press("enter")
        await desk.until(lambda: desk.is_on(StudyScreen))
        await desk.until(lambda: "multiplied" in desk.answer)
        assert "Answer" not in palette(desk)


async def test_home_has_its_keys_in_the_palette(learner: Learner) -> None:
    """Studying, the lab and the way out."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        assert {"Study", "All due", "Lab", "Quit", "Fold deck", "Theme"} <= palette(desk)
        assert "Run again" not in palette(desk)


async def test_the_editor_explains_itself(learner: Learner) -> None:
    """By f1, for ? is a sign that is typed there; the same key goes back."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("E")
        await desk.until(lambda: desk.is_on(EditorScreen))
        await desk.press("f1")
        assert any("no other byte" in line for line in desk.shown)
        await desk.press("f1")
        assert desk.is_on(EditorScreen)
