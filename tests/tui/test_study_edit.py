"""Editing a topic from its card: out to the editor and back to the same card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.topic import Problem
from quizapp.errors import StoreError
from quizapp.services import editor, library
from quizapp.tui.editing import problem_words
from tests.learner import Learner, topic_text
from tests.tui.desk import Desk, studying
from tests.tui.material import learn_gradients

if TYPE_CHECKING:
    import pytest


async def edit(desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: Callable[[Path], object]) -> None:
    """Press e with an editor that does this to the file."""
    monkeypatch.setattr(desk.app, "suspend", desk.lent)
    monkeypatch.setattr(editor, "edit", typed)
    await desk.press("e")


async def test_the_same_card_comes_back_with_its_new_words(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far revealed, ticked and scrolled as before, with the time running on."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "t", "down", "space", "escape", "home", "j", "j", "j")
        learner.clock.forward(seconds=20)

        def typed(path: Path) -> None:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("multiplied fifty times", "scaled fifty times"), encoding="utf-8")

        await edit(desk, monkeypatch, typed)
        assert "scaled fifty times" in desk.answer
        assert desk.page.points.ticked_texts == ["The skip"]
        assert desk.page.scroll_offset.y == 3
        assert desk.notices == []
        learner.clock.forward(seconds=10)
        await desk.press("3")
        assert desk.reviews() == [("gradients", 3, 30_000)]


async def test_a_broken_file_is_reported_and_the_card_stays(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The problem names file and line; the library keeps the words that it had; mending it helps."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await edit(desk, monkeypatch, lambda path: path.write_text("# Alpha\n\nNo parts at all.\n"))
        (told,) = desk.notices
        assert told.startswith("Not taken in: alpha.md: line 1: missing section")
        assert desk.card == "What is Alpha?"
        await edit(
            desk, monkeypatch, lambda path: path.write_text(topic_text("Alpha", question="Which Alpha?"))
        )
        assert desk.card == "Which Alpha?"


async def test_a_card_that_was_edited_away_makes_room(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A follow-up taken out of the file does not stay in front."""
    learner.learn("Alpha", "Why so?")
    async with studying(learner) as desk:
        await desk.press("space", "4")
        assert desk.card == "Why so?"
        await edit(desk, monkeypatch, lambda path: path.write_text(topic_text("Alpha")))
        assert "Nothing is left" in desk.summary


async def test_an_editor_that_is_missing_or_fails_is_said(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what to do, the card stays, and a rating works."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        monkeypatch.setattr(desk.app, "suspend", desk.lent)
        for command, words in (("no-such-editor", "cannot be started"), ("false", "ended with 1")):
            monkeypatch.setenv("EDITOR", command)
            await desk.press("e")
            assert words in desk.notices[-1]
            assert desk.card == "What is Alpha?"
        await desk.press("space", "4")
        assert len(desk.reviews()) == 1


async def test_a_terminal_that_cannot_be_lent_is_said(learner: Learner) -> None:
    """A headless terminal is one: the file is named."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("e")
        assert "cannot be lent to an editor" in desk.notices[0]
        assert "alpha.md" in desk.notices[0]


async def test_what_was_typed_is_in_the_file_when_the_library_fails(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is said, and the next edit takes it in."""
    learner.learn("Alpha")

    def locked(*_: object) -> None:
        raise StoreError("The database is locked by another program.", "Close it.")

    async with studying(learner) as desk:
        with monkeypatch.context() as broken:
            broken.setattr(library, "add", locked)
            await edit(desk, broken, lambda path: path.write_text(topic_text("Alpha", question="Which?")))
        assert "is locked" in desk.notices[0]
        assert desk.card == "What is Alpha?"
        await edit(desk, monkeypatch, lambda _: None)
        assert desk.card == "Which?"


def test_many_problems_take_one_notice() -> None:
    """The first three, and how many more; a file that is taken all the same is not called refused."""
    problems = [
        Problem("/long/way/alpha.md", line, 1, "odd", "mend it", fatal=line == 5) for line in range(1, 6)
    ]
    title, words = problem_words(problems)
    assert title == "Not taken in: alpha.md"
    assert words.splitlines()[2:] == ["line 3: odd: mend it", "and 2 more: quizapp check tells them all"]
    assert problem_words(problems[:2]) == (
        "Look again at alpha.md",
        "line 1: odd: mend it\nline 2: odd: mend it",
    )
