"""Saved searches on Home, and the filtered study that they begin."""

from __future__ import annotations

from quizapp.core.log import EntryKind
from quizapp.core.saved_search import CramOrder, SavedSearch
from quizapp.services.saved_searches import listed, save
from quizapp.store import entries
from quizapp.tui.screens.browser import BrowserScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.deck_list import DeckList
from quizapp.tui.widgets.search_list import SearchList
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying


def learn_two(learner: Learner) -> None:
    """Two topics, and three saved searches: a cram, one that moves the schedule, one that finds nothing."""
    learner.learn("Alpha", deck="one")
    learner.learn("Beta", deck="two")
    save(learner.workspace, SavedSearch("everything", ""))
    save(learner.workspace, SavedSearch("the first", "deck:one", reschedule=True, order=CramOrder.WEAKEST))
    save(learner.workspace, SavedSearch("leeches", "is:leech"))


async def test_without_any_there_is_no_sign_of_them(learner: Learner) -> None:
    """The section takes no room, and down stays on the last deck."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        assert "Saved searches" not in "\n".join(desk.shown)
        await desk.press("down", "down", "down")
        assert desk.app.focused is desk.screen.query_one(DeckList)


async def test_they_stand_below_the_decks_with_their_counts_and_effects(learner: Learner) -> None:
    """The arrows go from the decks to them and back."""
    learn_two(learner)
    async with at_home(learner) as desk:
        lines = [line.split() for line in desk.shown]
        assert ["Saved", "searches"] in lines
        assert ["everything", "cram", "2"] in lines
        assert ["the", "first", "moves", "the", "schedule", "1"] in lines
        assert ["leeches", "cram", "·"] in lines
        await desk.press("down", "down")
        assert isinstance(desk.app.focused, SearchList)
        assert "Study search" in desk.footer
        await desk.press("down", "up", "up")
        assert desk.screen.query_one(DeckList).has_focus


async def test_a_cram_leaves_the_schedule_and_says_so(learner: Learner) -> None:
    """The head and every button tell; a forgotten card comes again; the log knows it as a cram; u takes it back."""
    learn_two(learner)
    async with at_home(learner) as desk:
        await desk.press("down", "down", "enter")
        assert desk.is_on(StudyScreen)
        assert "Search “everything” · the schedule stays as it is" in desk.head
        assert "1 of 2" in desk.head
        await desk.press("space")
        assert [button.split()[1:] for button in desk.buttons] == [
            ["Again", "later"], ["Hard", "done"], ["Good", "done"], ["Easy", "done"],
        ]  # fmt: skip
        await desk.press("1")
        assert desk.card == "What is Beta?"
        await desk.press("u")
        assert desk.card == "What is Alpha?"
        assert desk.notices[-1] == "Again on ‘What is Alpha?’ was taken back."
        await desk.press("space", "1", "space", "3")
        assert desk.card == "What is Alpha?"
        await desk.press("space", "4")
        assert "Search “everything” · the schedule stays as it is" in desk.summary
        assert "3 cards rated" in desk.summary
        await desk.press("q")
        assert desk.is_on(HomeScreen)
        assert "2 new" in "\n".join(desk.shown)
        kinds = {entry.kind for entry in entries.everything(learner.workspace.database.read)}
        assert kinds == {EntryKind.CRAM, EntryKind.UNDO}


async def test_a_search_that_moves_the_schedule_says_what_each_rating_gives(learner: Learner) -> None:
    """Its ratings are reviews, and its buttons have intervals."""
    learn_two(learner)
    async with at_home(learner) as desk:
        await desk.press("down", "down", "down", "enter")
        assert "Search “the first” · ratings move the schedule" in desk.head
        await desk.press("space")
        assert desk.buttons[3].split()[-2:] == ["8", "d"]
        await desk.press("4", "q")
        assert desk.reviews()[0][:2] == ("alpha", 4)
        assert "1 done" in "\n".join(desk.shown)


async def test_an_interrupted_cram_goes_on_at_the_same_card(learner: Learner) -> None:
    """Leaving keeps the place until the next study day."""
    learn_two(learner)
    async with at_home(learner) as desk:
        await desk.press("down", "down", "enter", "space", "3", "q", "enter", "enter")
        assert desk.card == "What is Beta?"
        await desk.press("q")
        learner.clock.forward(days=1)
        await desk.press("enter")
        assert desk.card == "What is Alpha?"


async def test_a_search_that_finds_nothing_says_so_and_one_can_be_forgotten(learner: Learner) -> None:
    """No empty session is opened; delete takes the search away and tells what it was."""
    learn_two(learner)
    async with at_home(learner) as desk:
        await desk.press("down", "down", "down", "down", "enter")
        assert desk.is_on(HomeScreen)
        assert "finds no card" in desk.notices[-1]
        await desk.press("delete")
        assert "is:leech" in desk.notices[-1]
        assert [search.name for search in listed(learner.workspace)] == ["everything", "the first"]
        await desk.press("delete", "delete")
        assert desk.app.focused is desk.screen.query_one(DeckList)


async def test_the_browser_opens_with_the_search_under_the_cursor(learner: Learner) -> None:
    """From a saved search its query stands in the field; from the decks the field is empty."""
    learn_two(learner)
    async with at_home(learner) as desk:
        await desk.press("down", "down", "down", "slash")
        assert desk.is_on(BrowserScreen)
        assert "deck:one" in desk.shown[0]
        assert "1 card" in desk.shown[1]


async def test_all_of_it_fits_the_least_terminal(learner: Learner) -> None:
    """Decks, searches and the note share 18 lines, and the decks keep some of them."""
    learn_two(learner)
    for number in range(9):
        save(learner.workspace, SavedSearch(f"search {number}", f"prop:reps>{number}"))
    async with at_home(learner, size=(60, 18)) as desk:
        text = "\n".join(desk.shown)
        assert "Saved searches" in text
        assert "one" in text
        await desk.press("down", "down", *["down"] * 11)
        assert any("search 8" in line for line in desk.shown)


async def test_study_as_usual_knows_no_search(learner: Learner) -> None:
    """Its head has one line and its buttons their intervals."""
    learn_two(learner)
    async with studying(learner, "one") as desk:
        assert "Search" not in desk.head
        await desk.press("space")
        assert "later" not in " ".join(desk.buttons)


def said(desk: Desk) -> str:
    """Return all that stands on the screen, on one line."""
    return " ".join(" ".join(desk.shown).split())


async def test_the_note_says_what_enter_does_where_the_cursor_is(learner: Learner) -> None:
    """On a deck it studies the deck; on a saved search what that finds, and what becomes of the schedule."""
    learn_two(learner)
    async with at_home(learner) as desk:
        assert "studies the deck under the cursor" in said(desk)
        await desk.press("down", "down")
        assert "the cards that this search finds; the schedule stays as it is." in said(desk)
        await desk.press("down")
        assert "the cards that this search finds; ratings move the schedule." in said(desk)
        await desk.press("up", "up")
        assert "studies the deck under the cursor" in said(desk)
