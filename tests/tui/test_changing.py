"""Changing cards from the screen: the menu, what it asks, what it says, and what study shows afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from quizapp.core.flag import FLAGS
from quizapp.core.log import EntryKind
from quizapp.core.topic import CardId
from quizapp.services import changes
from quizapp.services.chosen import chosen
from quizapp.tui.changing import change_cards
from quizapp.tui.operations import OPERATIONS
from quizapp.tui.screens.ask import AskScreen
from quizapp.tui.screens.changes import ChangesScreen
from quizapp.tui.screens.choose import ChooseScreen
from quizapp.tui.screens.flags import FlagsScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying
from tests.tui.material import learn_gradients


@pytest.fixture
def taught(learner: Learner) -> Learner:
    """Return a learner with two topics in two decks; the first has a follow-up."""
    learner.write("Alpha", "Why so?")
    learner.write("Beta", deck="other")
    learner.add()
    return learner


async def on(desk: Desk, kind: type) -> None:
    """Wait until a screen of this kind is on top."""
    await desk.until(lambda: desk.is_on(kind))


async def choose(desk: Desk, key: str, then: type = StudyScreen) -> None:
    """Open the menu of the card in front and press a key of it; wait for the screen that follows."""
    await desk.press("o")
    await on(desk, ChangesScreen)
    await desk.press(key)
    await on(desk, then)


async def told(desk: Desk, words: str) -> None:
    """Wait until something was said."""
    await desk.until(lambda: desk.notices and desk.notices[-1] == words)


async def test_the_menu_offers_what_would_do_something(taught: Learner) -> None:
    """Each line has its key, and a new card that nobody marked can be neither forgotten nor unsuspended."""
    async with studying(taught) as desk:
        await desk.press("o")
        await on(desk, ChangesScreen)
        text = "\n".join(desk.shown)
        assert "Alpha" in text
        for words in ("s  Suspend", "f  Flag…", "m  Move…", "D  Delete", "u  Undo"):
            assert words in text
        for words in ("Unsuspend", "Unbury", "Forget", "Restore", "Take a tag away", "does not stay"):
            assert words not in text
        await desk.press("R", "n", "S")
        assert desk.is_on(ChangesScreen)
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
        assert taught.card("alpha").state == taught.card("beta").state


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_the_menu_can_be_read_on_the_least_terminal(taught: Learner, size: tuple[int, int]) -> None:
    """What does not fit is scrolled to with the arrows."""
    async with studying(taught, size=size) as desk:
        await desk.press("o")
        await on(desk, ChangesScreen)
        await desk.press("end")
        assert any("u  Undo" in line for line in desk.shown)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("s", "1 card suspended. u takes it back."),
        ("b", "1 card put off until tomorrow. u takes it back."),
        ("D", "2 cards deleted, the history kept, 1 of them along with their question. u takes it back."),
    ],
)
async def test_what_takes_the_card_away_brings_the_next_one(taught: Learner, key: str, words: str) -> None:
    """It says what it did; u brings the card back to the front, also after a restart."""
    async with studying(taught) as desk:
        await choose(desk, key, ChooseScreen if key == "D" else StudyScreen)
        await desk.press(*(["enter"] if key == "D" else []))
        await told(desk, words)
        assert desk.card == "What is Beta?"
    async with studying(taught) as desk:
        assert desk.card == "What is Beta?"
        await desk.press("u")
        assert desk.card == "What is Alpha?"


async def test_a_flag_is_shown_by_shape_and_name(taught: Learner) -> None:
    """The card stays as far as it was read, and loses the flag by u."""
    async with studying(taught) as desk:
        await desk.press("space")
        await choose(desk, "f", FlagsScreen)
        for flag in FLAGS:
            assert any(f"{flag.number}  {flag}" in line for line in desk.shown)
        await desk.press("3")
        await told(desk, "1 card flagged ● green. u takes it back.")
        assert "● green" in desk.head
        assert desk.answer
        await desk.press("u")
        await told(desk, "‘What is Alpha?’ is no longer flagged ● green.")
        assert "green" not in desk.head
        assert desk.answer


async def test_a_flag_is_chosen_with_the_arrows_too(taught: Learner) -> None:
    """And none by 0."""
    async with studying(taught) as desk:
        await choose(desk, "f", FlagsScreen)
        await desk.press("down", "enter")
        await on(desk, StudyScreen)
        await desk.until(lambda: "◆ orange" in desk.head)
        await choose(desk, "f", FlagsScreen)
        await desk.press("0")
        await desk.until(lambda: "orange" not in desk.head)


async def test_a_tag_is_completed_from_those_known(taught: Learner) -> None:
    """The library's tags are listed as they fit what was typed; tab writes the first one out."""
    changes.tag(taught.workspace, [CardId("beta")], "hard one")
    async with studying(taught) as desk:
        await choose(desk, "t", AskScreen)
        shown = desk.screen.query_one(OptionList)
        assert [option.id for option in shown.options] == ["a", "b", "hard one"]
        await desk.press("h")
        assert [option.id for option in shown.options] == ["hard one"]
        await desk.press("tab")
        assert desk.screen.query_one(Input).value == "hard one"
        await desk.press("enter")
        await told(desk, "1 card tagged hard one. u takes it back.")
        assert "#hard one" in desk.head
        await choose(desk, "T", AskScreen)
        await desk.press("down", "enter")
        await told(desk, "1 card no longer tagged hard one. u takes it back.")
        assert "#" not in desk.head


async def test_a_wrong_answer_is_said_and_can_be_mended(taught: Learner) -> None:
    """The screen stays with what was typed; escape leaves all as it was."""
    async with studying(taught) as desk:
        await choose(desk, "d", AskScreen)
        await desk.press(*"7-3", "enter")
        assert desk.is_on(AskScreen)
        assert any("ends before it begins" in line for line in desk.shown)
        await desk.press("backspace", "backspace", "enter")
        await told(desk, "1 card due on 09 Mar 2026, in 7 days. u takes it back.")
        assert desk.card == "What is Beta?"
        await choose(desk, "d", AskScreen)
        await desk.press("escape")
        await on(desk, StudyScreen)
        assert taught.card("beta").state.not_before == 0


async def test_a_card_moves_with_its_file(taught: Learner) -> None:
    """The decks are offered, the head has the new one, the card stays in front, and u moves it back."""
    async with studying(taught, size=(100, 30)) as desk:
        await choose(desk, "m", AskScreen)
        assert any("Now in deck." in line for line in desk.shown)
        await desk.press(*"oth", "tab", "enter")
        await on(desk, ChooseScreen)
        await desk.press("enter")
        await told(desk, "2 cards moved to other, 1 of them along with their topic. u takes it back.")
        assert desk.head.startswith("other › Alpha")
        assert "**Category:** other\n" in (taught.decks / "alpha.md").read_text()
        await desk.press("u")
        await desk.until(lambda: desk.head.startswith("deck › Alpha"))
        assert "**Category:** deck\n" in (taught.decks / "alpha.md").read_text()


async def test_a_file_that_cannot_be_moved_is_said(taught: Learner) -> None:
    """The message names it, and the card is where it was."""
    (taught.decks / "alpha.md").write_text("# Alpha\n\nbroken\n")
    async with studying(taught) as desk:
        await choose(desk, "m", AskScreen)
        await desk.press(*"else", "enter")
        await on(desk, ChooseScreen)
        await desk.press("enter")
        await desk.until(lambda: desk.notices)
        assert "missing section" in desk.notices[-1]
        assert desk.card == "What is Alpha?"


async def test_chosen_cards_are_exported(taught: Learner) -> None:
    """Into the folder that was named."""
    async with studying(taught) as desk:
        await choose(desk, "x", AskScreen)
        desk.screen.query_one(Input).value = str(taught.home / "out")
        await desk.press("enter")
        await told(desk, f"1 topic written to {taught.home / 'out'}")
        assert [path.name for path in (taught.home / "out").rglob("*.md")] == ["alpha.md"]


async def test_forgetting_brings_another_card(taught: Learner) -> None:
    """Who forgets a card does not see it next; u makes it as it was, and puts it in front."""
    async with studying(taught) as desk:
        await desk.press("space", "1")
        taught.clock.forward(minutes=2)
        await desk.press("u", "space", "1")
        taught.clock.forward(minutes=2)
        await desk.press("b")
        assert desk.card == "What is Alpha?"
        await choose(desk, "n")
        await told(desk, "1 card forgotten, new again. u takes it back.")
        assert taught.card("alpha").state.memory.reps == 0


async def test_home_takes_the_last_change_back(taught: Learner) -> None:
    """By u, with a sentence; then there is nothing."""
    changes.delete(taught.workspace, [CardId("alpha"), CardId("beta")])
    async with at_home(taught) as desk:
        assert any("No cards." in line for line in desk.shown)
        await desk.press("u")
        await told(desk, "3 cards are back in the library.")
        await desk.until(lambda: any("other" in line for line in desk.shown))
        await desk.press("u")
        await told(desk, "There is nothing to take back.")


# From any screen.


async def changed(desk: Desk, cards: list[CardId]) -> Callable[[], object]:
    """Open the menu over Home for these cards, and return a way to ask for the outcome."""
    outcome: list[object] = []

    async def call() -> None:
        outcome.append(
            await change_cards(desk.app, desk.learner.workspace, cards, host=desk.app.simulation_host)
        )

    desk.screen.run_worker(call(), group="change")
    await on(desk, ChangesScreen)
    return lambda: outcome


async def test_many_cards_are_changed_by_one_call(taught: Learner) -> None:
    """The title counts them; the whole change is one step."""
    cards = [CardId("alpha"), CardId("alpha/why-so"), CardId("beta")]
    async with at_home(taught) as desk:
        outcome = await changed(desk, cards)
        assert any("3 cards" in line for line in desk.shown)
        await desk.press("s")
        await desk.until(lambda: outcome() == [True])
        assert desk.notices[-1] == "3 cards suspended. u takes it back."
        assert desk.is_on(HomeScreen)
        outcome = await changed(desk, cards[:1])
        await desk.press("u")
        await desk.until(lambda: outcome() == [True])
        assert desk.notices[-1] == "3 cards are no longer suspended."
        assert not taught.card("beta").state.suspended


async def test_cards_that_have_gone_are_said(taught: Learner) -> None:
    """Nothing opens, and the caller hears that nothing was done."""
    async with at_home(taught) as desk:
        outcome: list[bool] = []

        async def call() -> None:
            outcome.append(
                await change_cards(desk.app, taught.workspace, [CardId("x")], host=desk.app.simulation_host)
            )

        desk.screen.run_worker(call(), group="change")
        await desk.until(lambda: outcome == [False])
        assert "None of these cards" in desk.notices[-1]


def test_every_operation_has_its_own_key_and_name() -> None:
    """Names are kinds of the log, or what the menu does beside it."""
    assert len({operation.key for operation in OPERATIONS}) == len(OPERATIONS)
    kinds = {kind.value for kind in EntryKind}
    assert {operation.name for operation in OPERATIONS} - kinds == {"diagnose", "export"}


def test_a_deleted_card_can_only_be_restored(taught: Learner) -> None:
    """And what does not touch it stays possible."""
    changes.delete(taught.workspace, [CardId("beta")])
    known = chosen(taught.workspace, [CardId("beta")])
    assert [operation.name for operation in OPERATIONS if operation.works(known)] == ["restore", "undo"]


async def test_the_head_keeps_its_shape_with_many_marks(learner: Learner) -> None:
    """At every width place and time stand at its end, and it is one line."""
    learn_gradients(learner)
    changes.flag(learner.workspace, [CardId("gradients")], 7)
    for number in range(6):
        changes.tag(learner.workspace, [CardId("gradients")], f"a-rather-long-tag-{number}")
    async with studying(learner) as desk:
        for width in (60, 80, 140):
            await desk.resize(width, 24)
            assert re.search(r"1 of \d   0:00$", desk.head)
            assert "✚ purple" in desk.head
            assert len(desk.head) <= width - 2


async def test_the_path_of_an_export_may_be_the_home_folder(
    taught: Learner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`~` is the learner's own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    async with studying(taught) as desk:
        await choose(desk, "x", AskScreen)
        desk.screen.query_one(Input).value = "~/notes"
        await desk.press("enter")
        await desk.until(lambda: (tmp_path / "notes").is_dir())
        await desk.settle()


@pytest.mark.parametrize("key", ["D", "m"])
async def test_what_goes_along_is_named_before_it_is_done(taught: Learner, key: str) -> None:
    """Deleting a question and moving a topic take the other cards along: they are counted and named, and esc leaves all."""
    async with at_home(taught) as desk:
        outcome = await changed(desk, [CardId("alpha")])
        for step in (key, *(("x", "enter") if key == "m" else ())):
            await desk.press(step)
        await on(desk, ChooseScreen)
        text = " ".join(" ".join(desk.shown).replace("│", " ").split())
        assert ("Delete 2 cards?" if key == "D" else "Move 2 cards to x?") in text
        assert "1 other card goes along" in text
        assert "· Why so?" in text
        await desk.press("escape")
        await desk.until(lambda: outcome() == [False])
        assert taught.card("alpha/why-so").deck == "deck"
        outcome = await changed(desk, [CardId("alpha")])
        for step in (key, *(("x", "enter") if key == "m" else ())):
            await desk.press(step)
        await on(desk, ChooseScreen)
        await desk.press("enter")
        await desk.until(lambda: outcome() == [True])
        assert desk.notices[-1].startswith("2 cards")


async def test_one_card_that_goes_alone_is_deleted_at_once(taught: Learner) -> None:
    """Nothing more than what was chosen happens, and u takes it back."""
    async with at_home(taught) as desk:
        outcome = await changed(desk, [CardId("alpha/why-so")])
        await desk.press("D")
        await desk.until(lambda: outcome() == [True])
        assert "deleted" in desk.notices[-1]
