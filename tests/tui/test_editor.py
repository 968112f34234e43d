"""The app's own editor: typing, checking, saving, and nothing lost."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events

from quizapp.errors import StoreError
from quizapp.services import deck_editing, library
from quizapp.services.library import open_library
from quizapp.tui.screens.changed_on_disk import ChangedOnDiskScreen
from quizapp.tui.screens.choose import ChooseScreen
from quizapp.tui.screens.editor import EditorScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.deck_preview_pane import DeckPreviewPane
from quizapp.tui.widgets.deck_text_area import DeckTextArea
from quizapp.tui.widgets.problem_list import ProblemList
from tests.learner import Learner, topic_text
from tests.tui.desk import Desk, studying

QUESTION = "What is Alpha?"


@contextlib.asynccontextmanager
async def editing(learner: Learner, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Desk]:
    """Open the editor on the card in front."""
    async with studying(learner, size=size) as desk:
        await desk.press("E")
        await desk.until(lambda: desk.is_on(EditorScreen) or desk.is_on(ChooseScreen))
        await checked(desk)
        yield desk


def text(desk: Desk) -> DeckTextArea:
    """Return the text that is edited, also below a question."""
    return next(screen for screen in desk.app.screen_stack if isinstance(screen, EditorScreen)).query_one(
        DeckTextArea
    )


async def checked(desk: Desk) -> None:
    """Wait until what was typed is checked and kept."""
    editor = next(screen for screen in desk.app.screen_stack if isinstance(screen, EditorScreen))
    await desk.until(lambda: editor.is_checked)


async def typing(desk: Desk, old: str, new: str) -> None:
    """Replace words of the text where they stand."""
    area = text(desk)
    row = next(row for row, line in enumerate(area.lines) if old in line)
    column = area.lines[row].index(old)
    area.replace(new, (row, column), (row, column + len(old)))
    await desk.pilot.pause()
    await checked(desk)


def told(desk: Desk) -> list[str]:
    """Return the problems in sight."""
    return [f"{one.line}:{one.column} {one.what}" for one in desk.screen.query_one(ProblemList).problems]


async def test_saving_shows_on_the_card(learner: Learner) -> None:
    """The file has the new words and the card in front, too, as far revealed as it was."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("space", "E")
        await typing(desk, "Because", "Therefore")
        assert "not saved" in desk.shown[0]
        await desk.press("ctrl+s")
        assert desk.notices == ["Saved alpha.md: 1 card changed."]
        assert "not saved" not in desk.shown[0]
        assert "Therefore." in (learner.decks / "alpha.md").read_text(encoding="utf-8")
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
        await desk.until(lambda: "Therefore" in desk.answer)
        await desk.press("3")
        assert [card for card, _, _ in desk.reviews()] == ["alpha"]


async def test_nothing_typed_nothing_written(learner: Learner) -> None:
    """Saving at once leaves the file as it is, to the byte."""
    path = learner.write("Alpha")
    content = path.read_bytes().replace(b"\n", b"\r\n", 3) + b"\t \xff\x1b"
    learner.add()
    path.write_bytes(content)
    async with editing(learner) as desk:
        assert told(desk)[0].endswith("byte 0xFF is not UTF-8")
        assert "\x1b" not in "".join(text(desk).lines)
        await desk.press("ctrl+s", "escape")
        assert desk.is_on(StudyScreen)
    assert path.read_bytes() == content


async def test_what_is_wrong_is_told_while_typing(learner: Learner) -> None:
    """With line and column; a key goes from one problem to the next and around."""
    learner.learn("Alpha")
    async with editing(learner) as desk:
        assert told(desk) == []
        await desk.press("ctrl+n")
        assert desk.notices == ["Nothing to find fault with."]
        await typing(desk, "Because.", "```sim\nno-such x=1\n```")
        await typing(desk, "**Difficulty:** 2", "**Difficulty:** 9")
        assert [problem.split()[0] for problem in told(desk)] == ["3:17", "11:1"]
        assert any("3:17 bad difficulty" in line for line in desk.shown)
        text(desk).go_to(0, 0)
        places = []
        for _ in range(3):
            await desk.press("ctrl+n")
            places.append(text(desk).cursor_location)
        assert places == [(2, 16), (10, 0), (2, 16)]


async def test_a_broken_file_is_saved_and_the_card_stays(learner: Learner) -> None:
    """It is the learner's file; that the library keeps the former topic is said."""
    learner.learn("Alpha")
    async with editing(learner) as desk:
        await typing(desk, "## Answer", "## Anser")
        await desk.press("ctrl+s")
        assert desk.notices[-1].startswith("Saved, not taken in: line 9: '## Anser' starts no section")
        assert "keeps the topic as it was" in desk.notices[-1]
        assert "## Anser" in (learner.decks / "alpha.md").read_text(encoding="utf-8")
        await desk.press("escape")
        assert desk.card == QUESTION


async def test_leaving_asks_about_what_is_not_saved(learner: Learner) -> None:
    """Going on, throwing away, saving: each does what it says."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    before = path.read_bytes()
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
        await desk.press("escape", "escape")
        assert desk.is_on(EditorScreen)
        await desk.press("escape", "d")
        assert desk.is_on(StudyScreen)
        assert path.read_bytes() == before
        await desk.press("E")
        assert desk.is_on(EditorScreen)
        assert QUESTION in text(desk).lines
        await typing(desk, QUESTION, "Which?")
        await desk.press("escape", "s")
        await desk.until(lambda: desk.is_on(StudyScreen))
        await desk.until(lambda: desk.card == "Which?")


async def test_quitting_the_app_asks_too(learner: Learner) -> None:
    """The question comes before the app goes."""
    learner.learn("Alpha")
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
        await desk.press("ctrl+q")
        assert desk.is_on(ChooseScreen)
        assert desk.app.is_running


async def test_what_was_typed_survives_the_app(learner: Learner) -> None:
    """It is offered when the file is opened the next time, and can be thrown away."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    before = path.read_bytes()
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
    assert path.read_bytes() == before
    async with editing(learner) as desk:
        assert desk.is_on(ChooseScreen)
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
        await desk.press("E")
        await desk.until(lambda: desk.is_on(ChooseScreen))
        await desk.press("r")
        assert "Which?" in text(desk).lines
        assert text(desk).lines[text(desk).cursor_location[0]] == "Which?"
        assert "not saved" in desk.shown[0]
        await desk.press("ctrl+s", "escape")
        await desk.until(lambda: desk.card == "Which?")
        await desk.press("E")
        await checked(desk)
        assert desk.is_on(EditorScreen)


async def test_a_draft_can_be_thrown_away(learner: Learner) -> None:
    """It is not offered again."""
    learner.learn("Alpha")
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
    async with editing(learner) as desk:
        await desk.press("d", "escape", "E")
        await checked(desk)
        assert desk.is_on(EditorScreen)
        assert QUESTION in text(desk).lines


async def changing(desk: Desk, change: Callable[[], object]) -> None:
    """Type something, have another program change the file, and try to save."""
    await typing(desk, QUESTION, "Mine?")
    change()
    await desk.press("ctrl+s")
    await desk.until(lambda: desk.is_on(ChangedOnDiskScreen) or desk.is_on(ChooseScreen))


async def test_another_programs_words_are_not_overwritten_unasked(learner: Learner) -> None:
    """Going on, a copy beside, throwing mine away, overwriting theirs."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    async with editing(learner) as desk:
        await changing(desk, lambda: learner.write("Alpha", question="Theirs?"))
        await desk.press("escape")
        assert "Mine?" in text(desk).lines
        assert b"Theirs?" in path.read_bytes()
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.is_on(ChangedOnDiskScreen))
        await desk.press("b")
        await desk.until(lambda: "Theirs?" in text(desk).lines)
        assert b"Mine?" in path.with_name("alpha.md.mine").read_bytes()
        assert "alpha.md.mine" in desk.notices[-1]
        await typing(desk, "Theirs?", QUESTION)
        await changing(desk, lambda: learner.write("Alpha", question="Again?"))
        await desk.press("t")
        await desk.until(lambda: "Again?" in text(desk).lines)
        await typing(desk, "Again?", QUESTION)
        await changing(desk, lambda: learner.write("Alpha", question="Third?"))
        await desk.press("m")
        await desk.until(lambda: b"Mine?" in path.read_bytes())


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (120, 36)])
async def test_it_shows_where_the_file_differs(learner: Learner, size: tuple[int, int]) -> None:
    """The lines of both with their numbers and signs, and both in full."""
    learner.learn("Alpha")
    async with editing(learner, size) as desk:
        await changing(desk, lambda: learner.write("Alpha", question="What is Theirs?"))
        shown = "\n".join(desk.shown)
        assert "Another program wrote it since it was opened here." in shown
        assert "Nothing was written." in shown
        assert "1 place differs:   - on disk now   + typed here" in shown
        number = text(desk).lines.index("Mine?") + 1
        assert any(line.split() == [str(number), "-", "What", "is", "Theirs?"] for line in desk.shown)
        assert any(line.split() == [str(number), "+", "Mine?"] for line in desk.shown)
        assert desk.footer.startswith(" m Keep mine  t Take theirs  b Both  v In full  esc Edit on")
        await desk.press("v")
        whole = "\n".join(desk.shown)
        assert "on disk now" in whole
        assert "typed here" in whole
        assert whole.count("## Question") == 2
        await desk.press("v", "escape")
        assert desk.is_on(EditorScreen)


async def test_what_is_written_while_it_asks_is_asked_about_again(learner: Learner) -> None:
    """Nothing is overwritten that was not seen."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    async with editing(learner) as desk:
        await changing(desk, lambda: learner.write("Alpha", question="Theirs?"))
        asked = desk.screen
        learner.write("Alpha", question="Later?")
        await desk.press("m")
        await desk.until(lambda: desk.is_on(ChangedOnDiskScreen) and desk.screen is not asked)
        assert b"Later?" in path.read_bytes()
        assert "Later?" in "\n".join(desk.shown)
        await desk.press("m")
        await desk.until(lambda: b"Mine?" in path.read_bytes())


async def test_leaving_while_it_is_being_saved_waits_for_that(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked about that is saved a moment later."""
    learner.learn("Alpha")
    may_go_on = threading.Event()
    save = deck_editing.save

    def slowly(*args: Any) -> Any:
        may_go_on.wait(20)
        return save(*args)

    monkeypatch.setattr(deck_editing, "save", slowly)
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
        await desk.pilot.press("ctrl+s", "escape")
        assert desk.is_on(EditorScreen)
        may_go_on.set()
        await desk.until(lambda: desk.is_on(StudyScreen))
        await desk.until(lambda: desk.card == "Which?")


async def test_a_file_deleted_meanwhile_is_written_again_if_that_is_said(learner: Learner) -> None:
    """The message says that it was deleted."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    async with editing(learner) as desk:
        await changing(desk, path.unlink)
        assert any("was deleted" in line for line in desk.shown)
        assert not any("reload" in line for line in desk.shown)
        await desk.press("s")
        await desk.until(path.exists)
        assert b"Mine?" in path.read_bytes()


async def test_a_deleted_file_can_be_left_at_that(learner: Learner) -> None:
    """What was typed is thrown away where that is said, and the editor is left."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    async with editing(learner) as desk:
        await changing(desk, path.unlink)
        await desk.press("d")
        await desk.until(lambda: not desk.is_on(EditorScreen))
    assert not path.exists()
    assert not list((learner.workspace.paths.state / "drafts").iterdir())


async def test_a_moved_file_is_followed(learner: Learner) -> None:
    """What is typed goes to where the file lies by then, and is kept for there."""
    learner.learn("Alpha")
    path, there = learner.decks / "alpha.md", learner.decks / "deep" / "first.md"
    there.parent.mkdir()
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Mine?")
        path.rename(there)
        editor = desk.screen
        assert isinstance(editor, EditorScreen)
        editor.look_at_disk()
        await desk.until(lambda: bool(desk.notices))
        assert desk.notices[-1] == f"The file was moved, and is saved there from now on: {there}"
        (draft,) = (learner.workspace.paths.state / "drafts").iterdir()
        assert draft.name.startswith("first-")
        await desk.press("ctrl+s")
        await desk.until(lambda: "not saved" not in desk.shown[0])
        assert b"Mine?" in there.read_bytes()
        assert not path.exists()
        await desk.press("escape")
        await desk.until(lambda: desk.card == "Mine?")


async def test_a_change_on_disk_shows_where_nothing_was_typed(learner: Learner) -> None:
    """Otherwise the head says that there is one."""
    learner.learn("Alpha")
    async with editing(learner) as desk:
        editor = desk.screen
        assert isinstance(editor, EditorScreen)
        learner.write("Alpha", question="Theirs?")
        editor.look_at_disk()
        await desk.until(lambda: "Theirs?" in text(desk).lines)
        await typing(desk, "Theirs?", "Mine?")
        learner.write("Alpha", question="Again, and longer?")
        editor.look_at_disk()
        await desk.until(lambda: "changed on disk" in desk.shown[0])
        assert "Mine?" in text(desk).lines


async def test_a_library_that_fails_costs_no_words(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is saved and that is said; the next save takes it in."""
    learner.learn("Alpha")

    def locked(*_: object) -> None:
        raise StoreError("The database is locked by another program.", "Close it.")

    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
        with monkeypatch.context() as broken:
            broken.setattr(library, "add", locked)
            await desk.press("ctrl+s")
        assert desk.notices[-1].startswith("Saved, but not taken into the library: The database is locked")
        assert b"Which?" in (learner.decks / "alpha.md").read_bytes()
        await desk.press("ctrl+s", "escape")
        await desk.until(lambda: desk.card == "Which?")


async def test_a_read_only_file_is_told_and_the_text_kept(learner: Learner) -> None:
    """Nothing is written, and what was typed is offered again."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"
    path.chmod(0o444)
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
        await desk.press("ctrl+s")
        assert desk.notices[-1].startswith("Not saved; what was typed is kept")
        assert "read-only" in desk.notices[-1]
    assert QUESTION.encode() in path.read_bytes()
    async with editing(learner) as desk:
        assert desk.is_on(ChooseScreen)


async def test_what_the_editor_is_not_for_stays_closed(learner: Learner) -> None:
    """A binary file is told, and the card stays."""
    learner.learn("Alpha")
    (learner.decks / "alpha.md").write_bytes(b"\0\1\2")
    async with studying(learner) as desk:
        await desk.press("E")
        assert "no UTF-8 text" in desk.notices[0]
        assert desk.is_on(StudyScreen)


async def test_a_topic_whose_id_is_changed_stays_in_front(learner: Learner) -> None:
    """The card keeps its history under the id that it has."""
    learner.learn("Alpha")
    async with editing(learner) as desk:
        await typing(desk, "**Tags:** a, b", "**Tags:** a, b\n**Id:** something-else")
        await desk.press("ctrl+s", "escape")
        assert desk.card == QUESTION
        await desk.press("space", "3")
        assert [card for card, _, _ in desk.reviews()] == ["alpha"]


async def test_the_preview_shows_the_part_under_the_cursor(learner: Learner) -> None:
    """Beside the text where there is room, in its place by a key where there is none."""
    learner.learn("Alpha", "Why so?")
    async with editing(learner, (150, 40)) as desk:
        text(desk).go_to(6, 0)
        await desk.until(lambda: desk.words(".preview-front") == QUESTION)
        text(desk).go_to(12, 0)
        await desk.until(lambda: desk.words(".preview-front") == "Why so?")
        assert desk.sees("#editor-text")
    async with editing(learner) as desk:
        assert not desk.sees("#editor-preview")
        await desk.press("ctrl+t")
        assert desk.sees("#editor-preview")
        assert not desk.sees("#editor-text")
        await desk.press("ctrl+t")
        assert desk.sees("#editor-text")
        assert desk.app.focused is text(desk)


async def test_the_keys_scroll_a_preview_that_stands_alone(learner: Learner) -> None:
    """And type nothing into the text behind it."""
    learner.learn("Alpha", answer="\n\n".join(f"Line {number}." for number in range(60)))
    async with editing(learner) as desk:
        before = text(desk).lines
        text(desk).go_to(before.index("Line 0."), 0)
        await desk.press("ctrl+t")
        pane = desk.screen.query_one(DeckPreviewPane)
        await desk.until(lambda: pane.max_scroll_y > 20)
        top = pane.scroll_y
        await desk.press("x", "pagedown")
        await desk.until(lambda: pane.scroll_y > top)
        assert text(desk).lines == before


async def test_a_problem_says_in_full_what_to_do(learner: Learner) -> None:
    """Also in a small terminal."""
    learner.learn("Alpha")
    async with editing(learner, (60, 18)) as desk:
        await typing(desk, QUESTION, "Why $x is so?")
        shown = " ".join(" ".join(desk.shown).split())
        (problem,) = desk.screen.query_one(ProblemList).problems
        assert problem.hint in shown


async def test_a_key_adds_a_follow_up(learner: Learner) -> None:
    """The cursor stands where the question goes, and nothing else has changed."""
    learner.learn("Alpha", "Why so?")
    path = learner.decks / "alpha.md"
    before = path.read_bytes()
    async with editing(learner) as desk:
        await desk.press("ctrl+l", *"And")
        await checked(desk)
        await desk.press("ctrl+s")
    assert path.read_bytes() == before + b"- And\n"
    assert learner.card("alpha/and").question == "And"


async def test_a_new_line_keeps_its_indentation(learner: Learner) -> None:
    """For answers below their bullets; what is pasted cannot act on the terminal."""
    learner.learn("Alpha")
    async with editing(learner) as desk:
        area = text(desk)
        area.go_to(len(area.lines) - 1, 0)
        await desk.press("tab", "a", "enter", "b")
        assert area.lines[-2:] == ("  a", "  b")
        area.post_message(events.Paste("x\x1b[2J\r\ny"))
        await desk.pilot.pause()
        assert area.lines[-2:] == ("  bx�[2J", "y")
        assert area.cursor_location == (len(area.lines) - 1, 1)


async def test_a_bundled_topic_says_where_its_copy_goes(learner: Learner) -> None:
    """Before anything is written; saving makes the copy, and it counts."""
    learner.workspace.close()
    made = open_library(f"sqlite:///{learner.home / 'quizapp.db'}", may_create=True)
    made.close()
    learner.reopen()
    decks = learner.workspace.paths.decks
    async with editing(learner) as desk:
        shown = " ".join(" ".join(line.split()) for line in desk.shown[:4])
        assert "came with quizapp: saving writes your own copy" in shown
        assert not decks.exists()
        await desk.press("escape")
        assert not decks.exists()
        await desk.press("E")
        await checked(desk)
        await typing(desk, "What are residual connections", "What, then, are residual connections")
        await desk.press("ctrl+s", "escape")
        await desk.until(lambda: desk.card.startswith("What, then,"))
        assert len(list(decks.rglob("*.md"))) == 1


async def test_it_is_usable_in_a_small_terminal(learner: Learner) -> None:
    """At 60x18 the text, a problem and the keys are there."""
    path = learner.write("Alpha")
    learner.add()
    path.write_text(topic_text("Alpha").replace("Difficulty:** 2", "Difficulty:** x"), encoding="utf-8")
    async with editing(learner, (60, 18)) as desk:
        assert any("## Question" in line for line in desk.shown)
        assert any("3:17 bad difficulty" in line for line in desk.shown)
        assert "^s Save" in desk.footer
        assert "esc Back" in desk.footer


async def test_a_file_opened_from_a_path_is_not_the_draft_of_another(
    learner: Learner, tmp_path: Path
) -> None:
    """Two files of one name have their own drafts."""
    learner.learn("Alpha")
    other = tmp_path / "other"
    other.mkdir()
    (other / "alpha.md").write_text(topic_text("Other"), encoding="utf-8")
    async with editing(learner) as desk:
        await typing(desk, QUESTION, "Which?")
    from quizapp.services.deck_editing import open_file, unsaved

    assert unsaved(learner.workspace, open_file(other / "alpha.md")) is None
    assert unsaved(learner.workspace, open_file(learner.decks / "alpha.md")) is not None
