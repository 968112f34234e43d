"""Editing a topic from its card: out to the editor and back to the same card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.topic import Problem
from quizapp.errors import StoreError, UsageError
from quizapp.services import editor, library
from quizapp.tui.editing import problem_words
from quizapp.tui.screens.choose import ChooseScreen
from tests.learner import Learner, topic_text
from tests.tui.desk import Desk, studying
from tests.tui.material import learn_gradients

if TYPE_CHECKING:
    import pytest


async def edit(desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: Callable[[Path], object]) -> None:
    """Press e with an editor that does this to the file, and say yes where the file is named first."""
    monkeypatch.setattr(desk.app, "suspend", desk.lent)
    monkeypatch.setattr(editor, "edit", typed)
    monkeypatch.setenv("EDITOR", "some-editor")
    await desk.press("e")
    if desk.is_on(ChooseScreen):
        await desk.press("enter")


async def test_the_same_card_comes_back_with_its_new_words(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far revealed, ticked and scrolled as before, with the time running on."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w", "t", "down", "space", "escape", "home", "j", "j", "j")
        learner.clock.forward(seconds=20)

        def typed(path: Path) -> None:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("multiplied fifty times", "scaled fifty times"), encoding="utf-8")

        await edit(desk, monkeypatch, typed)
        assert "scaled fifty times" in desk.answer
        assert desk.page.points.ticked_texts == ["The skip"]
        assert desk.page.scroll_offset.y == 3
        assert desk.notices == ["Gradients: 1 card changed."]
        learner.clock.forward(seconds=10)
        await desk.press("3")
        assert desk.reviews() == [("gradients", 3, 30_000)]


async def test_the_file_is_named_before_it_is_opened_for_the_first_time(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the editor; escape leaves it as it is; the second time it opens at once."""
    learner.learn("Alpha")
    opened: list[Path] = []
    monkeypatch.setattr(editor, "edit", opened.append)
    monkeypatch.setenv("EDITOR", "some-editor --wait")
    async with studying(learner) as desk:
        monkeypatch.setattr(desk.app, "suspend", desk.lent)
        await desk.press("e")
        shown = "\n".join(desk.shown)
        assert "alpha.md" in shown
        assert "opens in some-editor" in shown
        await desk.press("escape")
        assert (desk.card, opened) == ("What is Alpha?", [])
        await desk.press("e", "enter")
        assert desk.notices == ["Alpha: no card changed."]
        await desk.press("e")
        assert len(opened) == 2


async def test_what_was_written_before_the_editor_failed_counts(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The failure is said, and the card has the words of its file all the same."""
    learner.learn("Alpha")

    def typed(path: Path) -> None:
        path.write_text(topic_text("Alpha", question="Which Alpha?"))
        raise UsageError("some-editor ended with 1.")

    async with studying(learner) as desk:
        await edit(desk, monkeypatch, typed)
        assert "ended with 1" in desk.notices[0]
        await desk.until(lambda: desk.card == "Which Alpha?")


async def test_a_file_that_the_editor_deletes_is_told(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card stays with its words."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await edit(desk, monkeypatch, Path.unlink)
        assert "alpha.md is gone" in desk.notices[0]
        assert desk.card == "What is Alpha?"


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
            if desk.is_on(ChooseScreen):
                await desk.press("enter")
            assert words in desk.notices[-1]
            assert desk.card == "What is Alpha?"
        await desk.press("space", "4")
        assert len(desk.reviews()) == 1


async def test_a_terminal_that_cannot_be_lent_is_said(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A headless terminal is one: the file is named."""
    monkeypatch.setenv("EDITOR", "some-editor")
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("e", "enter")
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
