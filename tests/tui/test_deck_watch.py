"""Deck files that change while the app is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.errors import StoreError
from quizapp.services import watching
from quizapp.tui import deck_watch
from quizapp.tui.screens.home import HomeScreen
from tests.learner import Learner, topic_text
from tests.tui.desk import Desk, at_home, studying
from tests.tui.material import learn_gradients

if TYPE_CHECKING:
    import pytest


async def look(desk: Desk) -> None:
    """Let two looks pass, and what they brought be shown."""
    for _ in range(2):
        await desk.app.deck_watch.look()
    await desk.pilot.pause()
    await desk.settle()


async def test_the_card_in_front_shows_its_new_words(learner: Learner) -> None:
    """As far revealed and scrolled as it was, with the time running on, and one quiet notice."""
    learn_gradients(learner)
    path = next(learner.decks.glob("*.md"))
    async with studying(learner) as desk:
        await look(desk)
        await desk.press("w", "home", "j", "j", "j")
        learner.clock.forward(seconds=20)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("multiplied fifty times", "scaled fifty times"), encoding="utf-8")
        await look(desk)
        assert "scaled fifty times" in desk.answer
        assert desk.page.scroll_offset.y == 3
        assert desk.notices == ["Changed on disk: 1 topic changed"]
        await look(desk)
        assert len(desk.notices) == 1
        learner.clock.forward(seconds=10)
        await desk.press("3")
        assert desk.reviews() == [("gradients", 3, 30_000)]


async def test_an_untouched_card_is_left_alone(learner: Learner) -> None:
    """Another topic changed: what is revealed stays so."""
    learner.learn("Alpha")
    learner.learn("Beta", question="How does a beta arise from nothing?")
    async with studying(learner) as desk:
        await look(desk)
        await desk.press("space")
        learner.write("Beta", question="How does a beta arise from so little?")
        await look(desk)
        assert desk.card == "What is Alpha?"
        assert desk.answer == "Because."


async def test_a_card_that_was_archived_makes_room(learner: Learner) -> None:
    """The next one comes; at the end of a session a new topic comes by itself."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await look(desk)
        (learner.decks / "alpha.md").unlink()
        await look(desk)
        assert "Nothing is left" in desk.summary
        assert desk.notices == ["Changed on disk: 1 topic archived"]
        learner.write("Beta", question="How does a beta arise from nothing?")
        await look(desk)
        assert desk.card == "How does a beta arise from nothing?"


async def test_home_counts_again(learner: Learner) -> None:
    """New, changed and archived topics in one notice."""
    learner.learn("Alpha")
    learner.learn("Beta", question="How does a beta arise from nothing?")
    async with at_home(learner) as desk:
        await look(desk)
        assert "2 new" in "\n".join(desk.shown)
        learner.write("Alpha", "Why?")
        learner.write("Gamma", question="Who was the first to see one of them?")
        learner.write("Delta", question="And where does the river flow in the end?")
        (learner.decks / "beta.md").unlink()
        await look(desk)
        assert desk.notices == ["Changed on disk: 1 topic changed, 2 new, 1 archived"]
        await desk.until(lambda: "3 new" in "\n".join(desk.shown))


async def test_what_another_process_takes_in_shows_too(learner: Learner) -> None:
    """`quizapp add` in another terminal, quicker than the next look; it has said itself what it did."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await look(desk)
        learner.learn("Alpha", question="Which Alpha?")
        await look(desk)
        assert desk.card == "Which Alpha?"
        assert desk.notices == []


async def test_a_merge_conflict_is_told_with_its_line(learner: Learner) -> None:
    """The card keeps its words, and takes those of the merge when it is done."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    async with studying(learner) as desk:
        await look(desk)
        path.write_text(
            topic_text("Alpha", question="<<<<<<< HEAD\nOurs?\n=======\nTheirs?\n>>>>>>> other"),
            encoding="utf-8",
        )
        await look(desk)
        (notice,) = desk.notices
        assert notice.startswith("Not taken in: alpha.md: line 7: merge conflict, up to line 11: keep one")
        assert desk.card == "What is Alpha?"
        path.write_text(topic_text("Alpha", question="Theirs?"), encoding="utf-8")
        await look(desk)
        assert desk.card == "Theirs?"


async def test_several_bad_files_take_one_notice(learner: Learner) -> None:
    """The first one's problems, and how many files more there are."""
    async with at_home(learner) as desk:
        learner.workspace.paths.decks.mkdir()
        for name in ("a.md", "b.md", "c.md"):
            (learner.workspace.paths.decks / name).write_text("nothing", encoding="utf-8")
        await look(desk)
        await look(desk)
        (notice,) = desk.notices
        assert notice.startswith("Not taken in: a.md: line 1: missing title")
        assert notice.endswith("and in 2 files more: quizapp check tells all")


async def test_a_folder_that_vanished_is_told(learner: Learner) -> None:
    """Its topics stay, and the message says so."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await look(desk)
        learner.decks.rename(learner.home / "away")
        await look(desk)
        assert desk.notices == [
            f"The folder {learner.decks} is not there. The topics of its 1 file are kept until it is back."
        ]
        assert desk.card == "What is Alpha?"


def test_large_folders_are_looked_at_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand files every second; what takes half a second, every fifty."""
    monkeypatch.setattr(deck_watch, "LOOK_EVERY_S", 1.0)
    assert deck_watch.pause_s(0.005) == 1.0
    assert deck_watch.pause_s(0.5) == 50.0


async def test_a_database_that_fails_for_a_while_costs_nothing(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said, and the look after it takes the change in."""
    learner.learn("Alpha")

    def locked(*_: object) -> None:
        raise StoreError("The database is locked by another program.", "Close it.")

    async with at_home(learner) as desk:
        await look(desk)
        learner.write("Alpha", question="Which Alpha?")
        with monkeypatch.context() as broken:
            broken.setattr(watching, "add_changes", locked)
            await look(desk)
        assert desk.is_on(HomeScreen)
        assert desk.notices == []
        await look(desk)
        assert learner.card("alpha").question == "Which Alpha?"
