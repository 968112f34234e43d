"""Home: decks with their counts, the day's work, the days ahead, and what to do next."""

from __future__ import annotations

import threading

import pytest

from quizapp.core.change import Undone
from quizapp.core.topic import CardId
from quizapp.errors import StoreError
from quizapp.services import changes
from quizapp.services import home as home_module
from quizapp.services import undo as undo_module
from quizapp.services.count import Count
from quizapp.services.workspace import Workspace
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.deck_list import DeckList
from tests.learner import Learner
from tests.tui.desk import PATIENCE_S, Desk, at_home, studying


def row(desk: Desk, name: str) -> list[str]:
    """Return the words of the line of a deck."""
    return next(line.split() for line in desk.shown if name in line.split())


async def test_the_first_frame_says_what_waits(learner: Learner) -> None:
    """Date, streak, today, the tree with its counts, and what to press."""
    learner.learn("Alpha", "Why?", deck="deep/one")
    learner.learn("Beta", deck="deep/two")
    learner.learn("Gamma", deck="wide")
    async with at_home(learner) as desk:
        assert desk.shown[0].split() == ["quizapp", "Mon", "02", "Mar", "streak", "0", "days"]
        assert "3 new · about 1 min" in "\n".join(desk.shown)
        assert "next 14 days" in "\n".join(desk.shown)
        assert row(desk, "deep")[-6:-2] == ["2", "·", "·", "··········"]
        assert row(desk, "one")[1:4] == ["1", "·", "·"]
        assert row(desk, "wide")[1:4] == ["1", "·", "·"]
        assert any("enter studies the deck" in line for line in desk.shown)
        for words in ("Study", "a All due", "l Lab", "? Help", "q Quit"):
            assert words in desk.footer


async def test_what_was_done_today_is_counted(learner: Learner) -> None:
    """Coming back from Study, the figures are read anew: learning, done, streak, forecast."""
    learner.learn("Alpha")
    learner.learn("Beta")
    async with studying(learner) as desk:
        learner.clock.forward(seconds=30)
        await desk.press("space", "3", "space", "4", "q", "q")
        text = "\n".join(desk.shown)
        assert "1 learning" in text
        assert "2 done in 1 min" in text
        assert "streak 1 day" in text
        assert row(desk, "deck")[2:5] == ["·", "1", "·"]


async def test_enter_studies_the_deck_under_the_cursor_and_a_everything(learner: Learner) -> None:
    """Enter takes the deck with all below it; a takes the whole library."""
    learner.learn("Alpha", deck="one")
    learner.learn("Beta", deck="two")
    async with at_home(learner) as desk:
        await desk.press("down", "enter")
        assert desk.card == "What is Beta?"
        await desk.press("space", "4")
        assert "Nothing is left" in desk.summary
        await desk.press("q", "a")
        assert desk.card == "What is Alpha?"


async def test_enter_struck_twice_opens_one_session(learner: Learner) -> None:
    """A second enter does not pile a screen upon the first."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        desk.app.simulate_key("enter")
        desk.app.simulate_key("enter")
        desk.app.simulate_key("a")
        await desk.pilot.pause()
        await desk.settle()
        assert sum(isinstance(screen, StudyScreen) for screen in desk.app.screen_stack) == 1


async def test_an_empty_library_says_what_to_do(learner: Learner) -> None:
    """No deck, no study: the way to get cards is named, and no key breaks anything."""
    async with at_home(learner) as desk:
        assert any("quizapp add PATH" in line for line in desk.shown)
        assert "All due" not in desk.footer
        await desk.press("enter", "a", "down", "up", "left", "right", "x", "r")
        assert desk.is_on(HomeScreen)


async def test_all_done_looks_ahead(learner: Learner) -> None:
    """With nothing left Home says so, names the next work, and offers the lab."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("space", "4", "q")
        text = " ".join(" ".join(desk.shown).split())
        assert "nothing is left" in text
        assert "All done for today. The next review falls due in 8 days. l opens the lab" in text


async def test_the_day_after_shows_what_has_come_due(learner: Learner) -> None:
    """r reads the figures anew; a due review is counted as due, and the streak goes on."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("space", "4", "q")
        learner.clock.forward(days=8)
        await desk.press("r")
        assert "1 due" in "\n".join(desk.shown)
        assert row(desk, "deck")[2:5] == ["·", "·", "1"]


async def test_figures_that_cannot_be_read_leave_those_in_sight(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is said; the screen stays."""
    learner.learn("Alpha")

    def broken(*_: object) -> None:
        raise StoreError("The database is damaged.", "Restore a backup.")

    async with at_home(learner) as desk:
        monkeypatch.setattr(home_module, "overview", broken)
        await desk.press("r")
        assert "The figures could not be read: The database is damaged." in desk.notices[0]
        assert row(desk, "deck")


async def test_help_and_the_way_out(learner: Learner) -> None:
    """? explains the keys, esc comes back, q ends the app."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("question_mark")
        assert desk.is_on(HelpScreen)
        await desk.press("escape")
        assert desk.is_on(HomeScreen)
        await desk.pilot.press("q")
        assert not desk.app.is_running


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (150, 40)])
async def test_every_size_shows_decks_and_keys(learner: Learner, size: tuple[int, int]) -> None:
    """The counts are there at 60x18 too; what does not fit is the strength."""
    learner.learn("Alpha", deck="a-deck-with-quite-a-long-name-that-goes-on/and-one-below-it")
    async with at_home(learner, size=size) as desk:
        heads = next(line for line in desk.shown if "learning" in line.split())
        counts = next(line for line in desk.shown if "a-deck" in line)
        assert counts[heads.index("new") + 2] == "1"
        assert "q Quit" in desk.footer
        assert all(len(line) <= size[0] for line in desk.shown)
        assert desk.app.focused is desk.screen.query_one(DeckList)


async def test_without_cards_no_study_is_offered(learner: Learner) -> None:
    """The note says what can be done instead: write, take in, restore."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        assert "Study" in desk.footer
    changes.delete(learner.workspace, [CardId("alpha")])
    async with at_home(learner, size=(60, 18)) as desk:
        assert "Study" not in desk.footer
        text = " ".join(" ".join(desk.shown).split())
        for words in ("n writes a topic", "quizapp add PATH", "/ with is:deleted finds deleted ones."):
            assert words in text


async def test_every_step_back_is_told_however_fast_the_key(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second press does not silence the first, which is taken back all the same."""
    both, real = threading.Barrier(2), undo_module.undo

    def together(workspace: Workspace, count: Count) -> Undone | None:
        both.wait(PATIENCE_S)
        return real(workspace, count)

    monkeypatch.setattr(undo_module, "undo", together)
    learner.learn("Alpha")
    changes.suspend(learner.workspace, [CardId("alpha")])
    changes.flag(learner.workspace, [CardId("alpha")], 1)
    async with at_home(learner) as desk:
        await desk.pilot.press("u", "u")
        await desk.until(lambda: len(desk.notices) == 2)
        assert any("no longer flagged" in words for words in desk.notices)
        assert any("no longer suspended" in words for words in desk.notices)
