"""The browser: a search as it is typed, the cards found, one of them read, several marked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.search.sorting import SortKey
from quizapp.core.topic import CardId
from quizapp.errors import StoreError
from quizapp.services import changes
from quizapp.services import editor as editor_module
from quizapp.services import find as find_module
from quizapp.services.saved_searches import listed
from quizapp.tui.browser_columns import COLUMNS
from quizapp.tui.screens.browser import BrowserScreen
from quizapp.tui.screens.changes import ChangesScreen
from quizapp.tui.screens.choose import ChooseScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.save_search import SaveSearchScreen
from quizapp.tui.screens.search_help import SearchHelpScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.screens.why import WhyScreen
from quizapp.tui.widgets import found_cards as found_cards_module
from quizapp.tui.widgets import search_field as search_field_module
from quizapp.tui.widgets.card_table import CardTable
from quizapp.tui.widgets.deck_list import DeckList
from quizapp.tui.widgets.search_field import SearchField
from tests.learner import Learner
from tests.tui.desk import PATIENCE_S, Desk, at_home


def learn_three(learner: Learner) -> None:
    """Three topics in two decks, the first with a follow-up."""
    learner.write("Alpha", "And then?", deck="deep", answer="A dog, and a √L.")
    learner.write("Beta", deck="deep", answer="A cat.")
    learner.write("Gamma", deck="wide", answer="A dog and a cat.")
    learner.add()


def browser(desk: Desk) -> BrowserScreen:
    """Return the browser on top."""
    assert isinstance(desk.screen, BrowserScreen)
    return desk.screen


def table(desk: Desk) -> CardTable:
    """Return its list."""
    return desk.screen.query_one(CardTable)


def listed_questions(desk: Desk) -> list[str]:
    """Return what stands in the first column, of the lines that show a card."""
    widget = table(desk)
    found = []
    for y in range(1, widget.size.height):
        line = widget.render_line(y).text
        if line.strip():
            found.append(line[3:].strip().split("?")[0] + "?")
    return found


async def typed(desk: Desk, text: str) -> None:
    """Type a text into the field, over what stands there."""
    desk.screen.query_one(Input).value = text
    await desk.pilot.pause()
    await desk.settle()


async def opened(desk: Desk, query: str = "") -> None:
    """Open the browser from Home, with a search."""
    await desk.press("slash")
    await desk.settle()
    if query:
        await typed(desk, query)


async def test_an_empty_field_shows_every_card_and_what_could_be_typed(learner: Learner) -> None:
    """Examples stand below the field, the count beside them."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await desk.press("f")
        await desk.settle()
        assert listed_questions(desk) == ["What is Alpha?", "And then?", "What is Beta?", "What is Gamma?"]
        assert "4 cards · try  is:due" in desk.shown[1]
        assert "f1 tells the language" in desk.shown[0]


async def test_cards_are_found_while_the_learner_types(learner: Learner) -> None:
    """Each letter narrows the list, and a search without cards says what to do."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk)
        await desk.press("c", "a", "t")
        assert listed_questions(desk) == ["What is Beta?", "What is Gamma?"]
        assert "2 cards" in desk.shown[1]
        await desk.press("x")
        assert listed_questions(desk) == []
        assert "no card · take a word away" in desk.shown[1]
        await desk.press("enter", "backspace", "backspace")  # the keyboard stays with the field
        assert listed_questions(desk) == ["What is Beta?", "What is Gamma?"]


async def test_a_mistake_is_told_in_place_and_the_cards_stay(learner: Learner) -> None:
    """It says the column, what is wrong and what to write; the next search takes it away."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk, "cat")
        await typed(desk, "cat is:dew")
        assert "Column 5: `is:dew` is no state of a card. Did you mean `is:new`?" in " ".join(desk.shown[1:4])
        assert listed_questions(desk) == ["What is Beta?", "What is Gamma?"]
        await typed(desk, "cat is:new")
        assert "2 cards" in desk.shown[1]


async def test_a_search_that_was_overtaken_shows_nothing(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to an earlier text that comes late does not take the place of the later one's."""
    learn_three(learner)
    first_is_found, first_may_end = asyncio.Event(), asyncio.Event()
    real = asyncio.to_thread

    async def slow(function, /, *arguments, **options):  # type: ignore[no-untyped-def]
        result = await real(function, *arguments, **options)
        if "dog" in arguments:
            first_is_found.set()
            await first_may_end.wait()
        return result

    async with at_home(learner) as desk:
        await opened(desk)
        monkeypatch.setattr(asyncio, "to_thread", slow)
        desk.screen.query_one(Input).value = "dog"
        async with asyncio.timeout(PATIENCE_S):
            await first_is_found.wait()
        desk.screen.query_one(Input).value = "cat"
        await desk.pilot.pause()
        await desk.settle()
        first_may_end.set()
        await desk.settle()
        assert listed_questions(desk) == ["What is Beta?", "What is Gamma?"]


async def test_marks_choose_cards_and_survive_another_search_as_far_as_it_finds_them(
    learner: Learner,
) -> None:
    """Space marks and goes on; without marks the card under the cursor is the chosen one; * marks all and none."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk)
        assert list(browser(desk).chosen_ids) == ["alpha"]
        await desk.press("down", "down", "space", "space")
        assert list(browser(desk).chosen_ids) == ["alpha/and-then", "beta"]
        assert "2 marked" in desk.shown[1]
        await typed(desk, "cat")
        assert list(browser(desk).chosen_ids) == ["beta"]
        table(desk).focus()
        await desk.press("asterisk")
        assert list(browser(desk).chosen_ids) == ["beta", "gamma"]
        await desk.press("ctrl+a")
        assert "marked" not in desk.shown[1]
        await typed(desk, "nothing of this")
        assert list(browser(desk).chosen_ids) == []


async def test_sorting_by_keys_and_by_the_mouse(learner: Learner) -> None:
    """o goes to the next column, r turns round, a click on a name sorts by it; the cursor stays on its card."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk)
        await desk.press("down", "end", "o")
        assert table(desk).sorting.key is SortKey.QUESTION
        assert listed_questions(desk) == ["And then?", "What is Alpha?", "What is Beta?", "What is Gamma?"]
        await desk.press("r")
        assert listed_questions(desk)[0] == "What is Gamma?"
        assert list(browser(desk).chosen_ids) == ["gamma"]
        head = table(desk).render_line(0).text
        assert "question▾" in head
        await desk.click(CardTable, offset=(head.index("deck") + 2, 0))
        assert table(desk).sorting.key is SortKey.DECK
        await desk.click(CardTable, offset=(head.index("deck") + 2, 0))
        assert table(desk).sorting.descending
        await desk.click(CardTable, offset=(8, 3))
        assert list(browser(desk).chosen_ids) == ["alpha/and-then"]


async def test_a_card_is_read_whole_and_the_list_comes_back(learner: Learner) -> None:
    """Enter shows question and answer alone, n goes to the next card, esc comes back to the list, then to Home."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await desk.press("down")
        await opened(desk, "dog")
        await desk.press("enter", "enter")
        await desk.settle()
        text = "\n".join(desk.shown)
        assert "deep › Alpha" in text
        assert "What is Alpha?" in text
        assert "A dog, and a √L." in text
        assert not desk.sees("CardTable")
        await desk.press("n", "n")
        await desk.settle()
        assert "A dog and a cat." in "\n".join(desk.shown)
        await desk.press("escape")
        assert listed_questions(desk) == ["What is Alpha?", "And then?", "What is Gamma?"]
        assert list(browser(desk).chosen_ids) == ["gamma"]
        await desk.press("escape")
        assert desk.is_on(HomeScreen)
        assert desk.screen.query_one(DeckList).cursor == 1


async def test_the_preview_stands_beside_where_there_is_room_and_is_toggled_elsewhere(
    learner: Learner,
) -> None:
    """At 150 columns it follows the cursor; at 80 p shows it below the list, with the card's history."""
    learn_three(learner)
    learner.fronts(learner.begin("deep"), [Rating.EASY])
    async with at_home(learner, size=(150, 40)) as desk:
        await opened(desk)
        await desk.press("down")
        await desk.until(lambda: "Easy" in "\n".join(desk.shown))
        assert any("What is Alpha?" in line and "deep" in line for line in desk.shown)
        assert "A dog, and a √L." in "\n".join(desk.shown)
        await desk.press("down", "down")
        assert "A cat." in "\n".join(desk.shown)
        await desk.press("p")
        assert "A cat." not in "\n".join(desk.shown)
    async with at_home(learner) as desk:
        await opened(desk)
        assert "A dog" not in "\n".join(desk.shown)
        await desk.press("down", "p")
        await desk.settle()
        assert "A dog, and a √L." in "\n".join(desk.shown)
        assert listed_questions(desk)[0] == "What is Alpha?"


async def test_the_language_is_a_key_away_and_an_example_can_be_taken(learner: Learner) -> None:
    """F1 lists the examples; enter searches for the one under the cursor."""
    learn_three(learner)
    async with at_home(learner, size=(80, 40)) as desk:
        await opened(desk)
        await desk.press("f1")
        assert desk.is_on(SearchHelpScreen)
        text = "\n".join(desk.shown)
        for words in ("prop:ivl>=21", "is:due", "the whole word", "esc goes back"):
            assert words in text
        examples = desk.screen.query_one(OptionList)
        cursor = examples.get_component_styles("option-list--option-highlighted")
        assert cursor.background.a < 0.5, "words of a colour of their own can be read on it"
        await desk.press("escape", "f1", "down", "down", "enter")
        await desk.settle()
        assert browser(desk).query_one(Input).value == '"residual block"'


async def test_a_search_is_saved_with_what_its_study_does(learner: Learner) -> None:
    """It needs a name; effect and order are chosen; saved again it comes with what it had."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk, "dog")
        await desk.press("ctrl+s")
        assert desk.is_on(SaveSearchScreen)
        await desk.press("enter")
        assert "Give it a name first." in "\n".join(desk.shown)
        await desk.press("m", "y", "tab", "down", "tab", "down", "down", "enter")
        assert desk.is_on(BrowserScreen)
        (search,) = listed(learner.workspace)
        assert (search.name, search.query, search.reschedule, search.order.value) == (
            "my",
            "dog",
            True,
            "random",
        )
        await desk.press("down", "s")
        text = "\n".join(desk.shown)
        assert "● Study: ratings move the schedule" in text
        assert "● Mixed" in text
        await desk.press("escape")
        await typed(desk, "cat (")
        await desk.press("ctrl+s")
        assert desk.is_on(BrowserScreen)
        assert any("cannot be saved" in notice for notice in desk.notices)


async def test_why_and_editing_work_on_the_card_under_the_cursor(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the editor the list has the new words, and the cursor is on the same card."""
    learn_three(learner)

    def edit(path: Path) -> None:
        path.write_text(
            path.read_text(encoding="utf-8").replace("What is Beta?", "Whence Beta?"), encoding="utf-8"
        )

    monkeypatch.setattr(editor_module, "edit", edit)
    monkeypatch.setenv("EDITOR", "nano")
    async with at_home(learner) as desk:
        monkeypatch.setattr(desk.app, "suspend", desk.lent)
        await opened(desk, "cat")
        await desk.press("down", "i")
        assert desk.is_on(WhyScreen)
        await desk.press("escape", "e", "enter")
        await desk.settle()
        assert listed_questions(desk) == ["Whence Beta?", "What is Gamma?"]
        assert list(browser(desk).chosen_ids) == ["beta"]


async def test_reading_again_drops_what_is_found_no_more(learner: Learner) -> None:
    """Cards changed elsewhere leave the list, marks with them; the cursor stays where its card is."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk, "-is:suspended")
        await desk.press("down", "space", "down")
        learner.note("alpha", EntryKind.SUSPEND)
        await desk.press("ctrl+r")
        assert listed_questions(desk) == ["And then?", "What is Beta?", "What is Gamma?"]
        assert list(browser(desk).chosen_ids) == ["beta"]


async def test_a_library_that_cannot_be_read_leaves_what_is_shown(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is said; the cards stay."""
    learn_three(learner)

    def broken(*_: object) -> None:
        raise StoreError("The database is damaged.", "Restore a backup.")

    async with at_home(learner) as desk:
        await opened(desk, "cat")
        monkeypatch.setattr(search_field_module, "find", broken)
        await typed(desk, "dog")
        assert "The database is damaged." in desk.notices[-1]
        assert listed_questions(desk) == ["What is Beta?", "What is Gamma?"]


async def test_a_long_list_is_read_a_page_at_a_time(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the pages that come into sight are read, and each once."""
    for number in range(30):
        learner.write(f"T{number:02}", *[f"Why {at}?" for at in range(9)])
    learner.add()
    asked: list[int] = []
    real = find_module.rows

    def noting(workspace, numbers):  # type: ignore[no-untyped-def]
        asked.append(numbers[0])
        return real(workspace, numbers)

    monkeypatch.setattr(found_cards_module, "rows", noting)
    async with at_home(learner) as desk:
        await opened(desk)
        assert asked == [1]
        await desk.press("down", "end")
        await desk.settle()
        assert asked == [1, 201]
        assert listed_questions(desk)[-1] == "Why 8?"
        await desk.press("home", "end")
        assert asked == [1, 201]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (160, 45)])
async def test_every_size_shows_field_cards_and_keys(learner: Learner, size: tuple[int, int]) -> None:
    """No line is wider than the terminal, and the question keeps the most of it."""
    learn_three(learner)
    learner.learn(
        "Delta", question="A question that is " + "very " * 40 + "long?", deck="a/deck/with/a/long/name/too"
    )
    async with at_home(learner, size=size) as desk:
        await opened(desk)
        await desk.press("down")
        assert all(len(line) <= size[0] for line in desk.shown)
        assert "Mark" in desk.footer
        await desk.press("o")
        assert "e Edit" in desk.footer or size[0] < 120
        head = table(desk).render_line(0).text
        assert "question" in head
        assert "due" in head


async def test_hostile_texts_act_on_nothing(learner: Learner) -> None:
    """Neither control characters nor markup of a card or a query reach the terminal."""
    learner.learn("Alpha", question="[bold]\x1b[31mred\u202e[/bold]?", answer="\x1b]0;title\x07")
    async with at_home(learner, size=(150, 40)) as desk:
        await opened(desk)
        await typed(desk, "red \x1b[31m [/]")
        await typed(desk, "re")
        await desk.press("down")
        text = "\n".join(desk.shown)
        assert "[bold]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


async def test_a_long_answer_is_read_by_section(learner: Learner) -> None:
    """The preview shows how it begins; space in the opened card reads on to the next section."""
    filler = "Nobody reads this aloud. " * 40
    learner.write("Alpha", answer=f"It begins.\n\n### First\nalpha\n\n### Second\n{filler}")
    learner.add()
    async with at_home(learner) as desk:
        await opened(desk)
        await desk.press("down", "p")
        await desk.settle()
        assert "2 more sections: w shows all, space reads on in the opened card" in "\n".join(desk.shown)
        await desk.press("enter")
        await desk.settle()
        assert "It begins." in "\n".join(desk.shown)
        assert "alpha" not in desk.words("#preview-answer")
        await desk.press("space")
        await desk.settle()
        assert "alpha" in desk.words("#preview-answer")
        assert "1 more section:" in "\n".join(desk.shown)
        await desk.press("space")
        await desk.settle()
        assert "Nobody reads this aloud." in desk.words("#preview-answer")
        assert not desk.sees("#preview-more")
        await desk.press("escape", "enter", "w")
        assert "Nobody reads this aloud." in desk.words("#preview-answer")
        assert "Whole answer" not in desk.footer


RUNAWAY = '"re:(a+)+b"'


async def while_busy(desk: Desk, condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, while workers go on."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await desk.pilot.pause()


async def test_a_runaway_expression_is_stopped_by_a_key_or_by_typing_on(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said that it takes long; esc ends it and stays, another search takes its place, and nothing is left running."""
    monkeypatch.setattr(search_field_module, "SOON_S", 0.05)
    learner.write("Alpha", answer="a" * 60 + " c")
    learner.add()
    async with at_home(learner) as desk:
        await opened(desk, "alpha")
        field = desk.screen.query_one(SearchField)
        field.input.value = RUNAWAY
        await while_busy(desk, lambda: "searching …   esc stops it" in desk.shown[1])
        await desk.press("escape")
        assert "The search was stopped." in desk.shown[1]
        assert listed_questions(desk) == ["What is Alpha?"]
        assert isinstance(desk.screen, BrowserScreen)
        field.input.value = RUNAWAY + " "
        await while_busy(desk, lambda: field.is_searching)
        await typed(desk, "alph")
        assert "1 card" in desk.shown[1]
        await desk.press("escape")
        assert isinstance(desk.screen, HomeScreen)


async def test_what_is_found_is_studied_by_one_key(learner: Learner) -> None:
    """The schedule stays as it is; with A it moves; marked cards are studied alone; leaving comes back to the list."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk, "dog")
        await desk.press("down", "a")
        assert desk.is_on(StudyScreen)
        assert "What is Alpha?" in desk.card
        await desk.press("space", "3")
        assert learner.card("alpha").state.memory.reps == 0
        await desk.press("q", "enter")
        assert desk.is_on(BrowserScreen)
        await typed(desk, "")
        await desk.press("down", "down", "down", "space", "A")
        assert desk.is_on(StudyScreen)
        assert "What is Gamma?" in desk.card
        await desk.press("space", "3")
        assert learner.card("gamma").state.memory.reps == 1


async def test_cards_that_cannot_be_studied_are_told_of(learner: Learner) -> None:
    """The browser stays, and says why nothing is studied."""
    learn_three(learner)
    learner.note("beta", EntryKind.SUSPEND)
    async with at_home(learner) as desk:
        await opened(desk, "is:suspended")
        await desk.press("down", "a")
        assert isinstance(desk.screen, BrowserScreen)
        assert "finds no card that can be studied" in desk.notices[-1]


async def test_columns_are_chosen_and_kept(learner: Learner) -> None:
    """They stand in the chosen order, and again after a restart, until the usual ones are chosen."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk)
        await desk.press("down")
        usual = [column.key for column, _ in table(desk).shown_columns]
        await desk.press("C", "space", "down", "J", "enter")
        chosen = table(desk).chosen_columns
        assert chosen is not None
        assert usual[1] not in chosen
        assert chosen[1] == usual[2]
    learner.reopen()
    async with at_home(learner) as desk:
        await opened(desk)
        await desk.press("down")
        assert table(desk).chosen_columns == chosen
        shown = [column.key for column, _ in table(desk).shown_columns][1:]
        assert shown == list(chosen[: len(shown)])
        await desk.press("o")
        assert table(desk).sorting.key is chosen[0] or table(desk).sorting.key is SortKey.QUESTION
        await desk.press("C", "escape")
        assert table(desk).chosen_columns == chosen
        await desk.press("C", "d")
        assert table(desk).chosen_columns is None


async def test_changes_are_taken_back_and_done_again(learner: Learner) -> None:
    """In the browser and on Home, several in a row."""
    learn_three(learner)
    beta = [CardId("beta")]
    changes.suspend(learner.workspace, beta)
    changes.bury(learner.workspace, beta)
    async with at_home(learner) as desk:
        await opened(desk, "beta")
        await desk.press("down", "u", "u", "U")
        assert desk.notices[-1] == "‘What is Beta?’ is again suspended."
        assert learner.card("beta").state.suspended
        await desk.press("q", "U")
        assert desk.notices[-1] == "‘What is Beta?’ is again put off."
        await desk.press("U")
        assert desk.notices[-1] == "There is nothing to do again."


async def test_marks_come_back_with_their_cards_after_an_undo(learner: Learner) -> None:
    """What was deleted leaves the list and the count, and is marked again when it is back; the cursor stays near."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk)
        await desk.press("down", "down", "space", "space")
        for key, then in (("c", ChangesScreen), ("D", ChooseScreen), ("enter", BrowserScreen)):
            await desk.pilot.press(key)
            await while_busy(desk, lambda then=then: desk.is_on(then))  # type: ignore[misc]  # bound now
        await desk.until(lambda: "2 cards ·" in desk.shown[1])
        await desk.settle()
        assert listed_questions(desk) == ["What is Alpha?", "What is Gamma?"]
        assert "marked" not in desk.shown[1]
        assert table(desk).cursor == 1
        await desk.press("u")
        assert "2 marked" in desk.shown[1]
        assert list(browser(desk).chosen_ids) == ["alpha/and-then", "beta"]
        await typed(desk, "gamma")
        await typed(desk, "")
        assert "marked" not in desk.shown[1]


async def test_a_flag_stands_before_its_card_by_shape_and_number(learner: Learner) -> None:
    """Without colours it is told all the same."""
    learn_three(learner)
    changes.flag(learner.workspace, [CardId("beta")], 1)
    async with at_home(learner) as desk:
        await opened(desk)
        assert "▲1 What is Beta?" in table(desk).render_line(3).text


async def test_columns_without_room_are_counted(learner: Learner) -> None:
    """The head says how many there are besides, and the key that chooses; with room for all it says nothing."""
    learn_three(learner)
    async with at_home(learner, size=(60, 24)) as desk:
        await opened(desk)
        more = len(COLUMNS) - len(table(desk).shown_columns)
        assert f"question · {more} more: C" in table(desk).render_line(0).text
        await desk.press("down", "C", "d")
        table(desk).chosen_columns = [SortKey.DUE]
        assert "more:" not in table(desk).render_line(0).text


async def test_the_key_that_saves_is_the_one_that_works(learner: Learner) -> None:
    """A letter is typed into the field, so that it takes ctrl with it there."""
    learn_three(learner)
    async with at_home(learner) as desk:
        await opened(desk)
        assert "^s Save" in desk.footer
        await desk.press("down")
        assert " s Save" in desk.footer


@pytest.mark.parametrize("size", [(60, 40), (80, 60)])
async def test_no_word_of_the_language_is_cut(learner: Learner, size: tuple[int, int]) -> None:
    """What does not fit beside its example wraps below itself."""
    learn_three(learner)
    async with at_home(learner, size=size) as desk:
        await opened(desk)
        await desk.press("f1")
        assert "…" not in "".join(desk.shown).split("The search language")[1]
