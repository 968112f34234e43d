"""Topics moved to another deck: their files by one line, the library and the log in step, whatever fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from quizapp.core.change_words import changed_words, undone_words
from quizapp.core.log import Entry
from quizapp.core.topic import CardId
from quizapp.errors import DeckError, StoreError, UsageError
from quizapp.services import changes, rewrites
from quizapp.services.deck_files import bundled_files
from quizapp.services.home import overview
from quizapp.services.library import open_library
from quizapp.services.listing import listed_entries
from quizapp.services.undo import undo
from quizapp.store import library, writes
from tests.learner import Learner, assert_state_is_fold, topic_text

ALPHA, WHY, BETA = map(CardId, ("alpha", "alpha/why-so", "beta"))


@pytest.fixture
def alpha(learner: Learner) -> Path:
    """Return the file of the first of two topics, with Windows line ends and two blanks after its deck."""
    path = learner.write("Alpha", "Why so?")
    text = topic_text("Alpha", "Why so?").replace("deck\n", "deck  \n", 1).replace("\n", "\r\n")
    path.write_bytes(text.encode())
    learner.write("Beta")
    learner.add()
    return path


def test_a_topic_moves_with_all_its_cards(learner: Learner, alpha: Path) -> None:
    """The file changes by its deck alone, each card gets an entry, and Home has the new deck."""
    before = alpha.read_bytes()
    done = changes.move(learner.workspace, [WHY], " maths / sets ")
    assert changed_words(done) == "2 cards moved to maths/sets, 1 of them along with their topic."
    assert alpha.read_bytes() == before.replace(b"deck  \r\n", b"maths/sets  \r\n", 1)
    assert (learner.card(ALPHA).deck, learner.card(WHY).deck) == ("maths/sets", "maths/sets")
    assert [row.path for row in overview(learner.workspace).decks] == ["deck", "maths", "maths/sets"]
    entries = list(listed_entries(learner.workspace))
    assert [(entry["kind"], entry["card"], entry["words"]) for entry in entries] == [
        ("move", ALPHA, "maths/sets"),
        ("move", WHY, "maths/sets"),
    ]
    assert entries[0]["extra"] == {"topic": "alpha", "from": "deck", "line": "**Category:** deck  "}
    assert changes.move(learner.workspace, [ALPHA], "maths/sets").cards == ()
    assert_state_is_fold(learner.workspace)


def test_adding_the_file_again_changes_nothing(learner: Learner, alpha: Path) -> None:
    """The library holds what the file says."""
    changes.move(learner.workspace, [ALPHA], "maths")
    added = learner.add()
    assert (added.changed, added.renamed, added.archived, added.problems) == ((), (), (), ())
    assert learner.card(ALPHA).deck == "maths"
    assert alpha.exists()


def test_undo_moves_it_back_to_the_byte(learner: Learner, alpha: Path) -> None:
    """Across a restart, with what was edited meanwhile kept."""
    before = alpha.read_bytes()
    changes.move(learner.workspace, [ALPHA, BETA], "maths")
    learner.reopen()
    undone = undo(learner.workspace)
    assert undone is not None
    assert undone_words(undone) == "3 cards are no longer in maths."
    assert alpha.read_bytes() == before
    assert {learner.card(card).deck for card in (ALPHA, WHY, BETA)} == {"deck"}
    changes.move(learner.workspace, [ALPHA], "maths")
    alpha.write_bytes(alpha.read_bytes().replace(b"Because", b"For"))
    undo(learner.workspace)
    assert alpha.read_bytes() == before.replace(b"Because", b"For")
    assert_state_is_fold(learner.workspace)


def test_a_file_without_a_category_gets_one_and_loses_it_again(learner: Learner) -> None:
    """Its deck was that of its folder, and is again."""
    path = learner.decks / "logic" / "gamma.md"
    path.parent.mkdir()
    path.write_text(topic_text("Gamma").replace("**Category:** deck\n", ""), encoding="utf-8")
    before = path.read_bytes()
    learner.add()
    assert learner.card("gamma").deck == "logic"
    changes.move(learner.workspace, [CardId("gamma")], "maths")
    assert path.read_text().startswith("# Gamma\n**Category:** maths\n**Difficulty:** 2\n")
    undo(learner.workspace)
    assert path.read_bytes() == before
    assert learner.card("gamma").deck == "logic"
    learner.add()
    assert learner.card("gamma").deck == "logic"


def test_a_bundled_topic_becomes_the_learners(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written to the learner's own decks first; undo leaves it there, in its former deck."""
    monkeypatch.setenv("QUIZAPP_HOME", str(learner.home))
    workspace = open_library(None)
    topic = library.topics(workspace.database.read)[0][0]
    card = CardId(topic.id)
    changes.move(workspace, [card], "mine")
    moved, source = next(
        found for found in library.topics(workspace.database.read) if found[0].id == topic.id
    )
    assert moved.deck == "mine"
    assert Path(source).is_relative_to(workspace.paths.decks)
    assert "**Category:** mine\n" in Path(source).read_text(encoding="utf-8")
    assert len(library.topics(workspace.database.read)) == len(bundled_files())
    undo(workspace)
    assert f"**Category:** {topic.deck}\n" in Path(source).read_text(encoding="utf-8")
    workspace.close()


def test_a_bundled_topic_that_cannot_be_moved_leaves_no_file(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a broken file beside it nor a database that refuses makes it the learner's."""
    monkeypatch.setenv("QUIZAPP_HOME", str(learner.home))
    workspace = open_library(None)
    learner.write("Zeta")
    learner.add()
    bundled = CardId(library.topics(workspace.database.read)[1][0].id)
    (learner.decks / "zeta.md").write_text("# Zeta\n")
    with pytest.raises(DeckError):
        changes.move(workspace, [bundled, CardId("zeta")], "mine")
    assert not workspace.paths.decks.exists()

    def full(connection: object, added: Sequence[Entry]) -> None:  # noqa: ARG001 - the real one's signature
        raise StoreError("The database cannot grow: the disk is full.")

    monkeypatch.setattr(writes, "append_entries", full)
    with pytest.raises(StoreError):
        changes.move(workspace, [bundled], "mine")
    assert list(workspace.paths.decks.rglob("*.md")) == []
    workspace.close()


@pytest.mark.parametrize("deck", ["", " / ", "..", "a\x1b", "end\\"])
def test_a_name_that_no_deck_has_is_refused(learner: Learner, alpha: Path, deck: str) -> None:
    """Nothing is written anywhere."""
    before = alpha.read_bytes()
    with pytest.raises(UsageError, match="names no deck"):
        changes.move(learner.workspace, [ALPHA], deck)
    assert alpha.read_bytes() == before
    assert list(listed_entries(learner.workspace)) == []


# What fails.


def test_a_broken_file_stops_all_of_it(learner: Learner, alpha: Path) -> None:
    """The other topic's file is not touched, and the message names the place."""
    beta = learner.decks / "beta.md"
    beta.write_text("# Beta\n\nnothing\n", encoding="utf-8")
    before = alpha.read_bytes()
    with pytest.raises(DeckError, match=r"beta\.md:1:1: missing section"):
        changes.move(learner.workspace, [ALPHA, BETA], "maths")
    assert alpha.read_bytes() == before
    assert {learner.card(card).deck for card in (ALPHA, BETA)} == {"deck"}


def test_a_file_that_has_become_another_topic_is_left_alone(learner: Learner, alpha: Path) -> None:
    """One that claims the other topic's id meanwhile is written back as it was, and nothing is logged."""
    question = "Why should anybody care for the other thing at all?"
    text = topic_text("Alpha", question=question).replace("**Tags:**", "**Id:** beta\n**Tags:**")
    alpha.write_text(text)
    with pytest.raises(DeckError):
        changes.move(learner.workspace, [ALPHA], "maths")
    assert alpha.read_text() == text
    assert {learner.card(card).deck for card in (ALPHA, BETA)} == {"deck"}
    assert list(listed_entries(learner.workspace)) == []


def test_a_database_that_refuses_puts_the_files_back(
    learner: Learner, alpha: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both files are as they were; the next time it works."""

    def full(connection: object, added: Sequence[Entry]) -> None:  # noqa: ARG001 - the real one's signature
        raise StoreError("The database cannot grow: the disk is full.")

    beta = learner.decks / "beta.md"
    before = alpha.read_bytes(), beta.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(writes, "append_entries", full)
        with pytest.raises(StoreError):
            changes.move(learner.workspace, [ALPHA, BETA], "maths")
    assert (alpha.read_bytes(), beta.read_bytes()) == before
    assert learner.card(ALPHA).deck == "deck"
    assert list(listed_entries(learner.workspace)) == []
    assert len(changes.move(learner.workspace, [ALPHA, BETA], "maths").cards) == 3


def test_a_crash_between_file_and_database_is_ended_by_the_next_move(
    learner: Learner, alpha: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file says the new deck, the library the old one; the move again brings both together."""

    def crash(connection: object, added: Sequence[Entry]) -> None:  # noqa: ARG001 - the real one's signature
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writes, "append_entries", crash)
        patched.setattr(rewrites, "_put_back", lambda rewrite: None)  # noqa: ARG005 - a dead process puts nothing back
        with pytest.raises(KeyboardInterrupt):
            changes.move(learner.workspace, [ALPHA], "maths")
    assert b"maths" in alpha.read_bytes()
    learner.reopen()
    assert learner.card(ALPHA).deck == "deck"
    assert_state_is_fold(learner.workspace)
    assert len(changes.move(learner.workspace, [ALPHA], "maths").cards) == 2
    assert learner.card(ALPHA).deck == "maths"
    undo(learner.workspace)
    assert learner.card(ALPHA).deck == "deck"
    assert b"**Category:** deck  " in alpha.read_bytes()


def test_undo_without_the_file_says_so(learner: Learner, alpha: Path) -> None:
    """The log has the undo, the topic stays where it is, and nothing else is lost."""
    changes.move(learner.workspace, [ALPHA], "maths")
    alpha.unlink()
    undone = undo(learner.workspace)
    assert undone is not None
    assert undone.note == "The files of these have gone, so they stay where they are: alpha."
    assert learner.card(ALPHA).deck == "maths"
    assert_state_is_fold(learner.workspace)
