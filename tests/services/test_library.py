"""The library: taken in, again and again, checked, written back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizapp.core.deck_parser import parse_topics
from quizapp.core.memory import Rating
from quizapp.errors import DeckError
from quizapp.services import library as service
from quizapp.services.deck_checks import check
from quizapp.services.library import add, editable_file, export, open_library, require_deck
from quizapp.services.scripted import answer
from quizapp.store import library
from tests.learner import Learner, assert_state_is_fold, topic_text


def history(learner: Learner, card: str) -> object:
    """Return what a card's learner has earned."""
    return learner.card(card).state


def test_cards_are_added_once(learner: Learner) -> None:
    """The first time says which; the second time says nothing."""
    learner.write("Alpha", "Why so?")
    first = learner.add()
    assert first.added == ("alpha", "alpha/why-so")
    assert (first.changed, first.renamed, first.archived, first.problems) == ((), (), (), ())
    second = learner.add()
    assert (second.added, second.changed, second.renamed, second.archived, second.problems) == ((),) * 5


def test_a_reworded_follow_up_keeps_its_history(learner: Learner) -> None:
    """Its id stays, and so does what was learnt."""
    learner.learn("Alpha", "How large does the error get with depth?")
    card = "alpha/how-large-does-the-error-get-with-depth"
    answer(learner.workspace, card, Rating.GOOD)
    before = history(learner, card)
    learner.write("Alpha", "How large does the error become with depth?")
    done = learner.add()
    assert (done.added, done.changed, done.archived) == ((), (card,), ())
    assert history(learner, card) == before
    assert learner.card(card).question == "How large does the error become with depth?"


def test_what_vanished_is_archived_and_returns_with_its_history(learner: Learner) -> None:
    """A follow-up, and then the whole topic."""
    learner.learn("Alpha", "Why so?")
    for card in ("alpha", "alpha/why-so"):
        answer(learner.workspace, card, Rating.GOOD)
    before = {card: history(learner, card) for card in ("alpha", "alpha/why-so")}
    text = (learner.decks / "alpha.md").read_text(encoding="utf-8")

    learner.write("Alpha")
    assert learner.add().archived == ("alpha/why-so",)
    assert learner.card("alpha/why-so").queue == "out"
    (learner.decks / "alpha.md").unlink()
    assert learner.add().archived == ("alpha",)
    assert learner.add().archived == ()
    assert library.topics(learner.workspace.database.read) == []

    (learner.decks / "alpha.md").write_text(text, encoding="utf-8")
    assert set(learner.add().added) == {"alpha", "alpha/why-so"}
    assert {card: history(learner, card) for card in before} == before
    assert_state_is_fold(learner.workspace)


def test_a_moved_and_renamed_topic_keeps_its_cards(learner: Learner) -> None:
    """Another file, another title, another deck: still the same cards."""
    path = learner.write("Alpha", "Why so?", question="What is the loss of an identity block?")
    learner.add()
    answer(learner.workspace, "alpha", Rating.GOOD)
    path.unlink()
    learner.write("Beta", "Why so?", question="What is the loss of an identity block?", deck="other")
    done = learner.add()
    assert (done.added, done.archived) == ((), ())
    assert set(done.renamed) == {"alpha", "alpha/why-so"}
    assert (learner.card("alpha").title, learner.card("alpha").deck) == ("Beta", "other")
    assert learner.card("alpha").state.memory.reps == 1


def test_a_bad_file_costs_itself_alone(learner: Learner) -> None:
    """The good ones are taken in, and a topic whose file was spoilt stays as it was."""
    learner.learn("Alpha")
    learner.write("Beta")
    (learner.decks / "alpha.md").write_text("no title at all", encoding="utf-8")
    (learner.decks / "gamma.md").write_bytes(b"# G\n\xff\xfe")
    done = learner.add()
    assert done.added == ("beta",)
    assert done.archived == ()
    assert {Path(problem.path).name for problem in done.problems if problem.fatal} == {"alpha.md", "gamma.md"}
    assert not learner.card("alpha").archived


def test_a_single_file_archives_nothing_else(learner: Learner) -> None:
    """Only a folder that was looked through can miss a topic."""
    learner.write("Alpha")
    learner.write("Beta")
    learner.add()
    (learner.decks / "alpha.md").unlink()
    assert add(learner.workspace, [learner.decks / "beta.md"]).archived == ()


def test_the_folder_is_the_deck_where_the_file_names_none(learner: Learner, tmp_path: Path) -> None:
    """Levels of folders are levels of decks; a file of its own is unsorted."""
    text = topic_text("Alpha").replace("**Category:** deck\n", "")
    inner = tmp_path / "given" / "maths" / "sets"
    inner.mkdir(parents=True)
    (inner / "alpha.md").write_text(text, encoding="utf-8")
    (tmp_path / "given" / "beta.md").write_text(text.replace("Alpha", "Beta"), encoding="utf-8")
    add(learner.workspace, [tmp_path / "given"])
    assert learner.card("alpha").deck == "maths/sets"
    assert learner.card("beta").deck == "unsorted"


def test_readmes_hidden_files_and_other_endings_are_passed_over(learner: Learner) -> None:
    """A repository of decks may hold what every repository holds."""
    for name in ("README.md", ".hidden.md", "notes.txt"):
        (learner.decks / name).write_text(topic_text("Nothing"), encoding="utf-8")
    (learner.decks / ".git").mkdir()
    (learner.decks / ".git" / "a.md").write_text(topic_text("Nothing"), encoding="utf-8")
    assert learner.add().added == ()


def test_a_missing_path_is_told(learner: Learner, tmp_path: Path) -> None:
    """Nothing is archived for a folder that is not there."""
    learner.learn("Alpha")
    with pytest.raises(DeckError, match="does not exist"):
        add(learner.workspace, [tmp_path / "typo"])
    assert not learner.card("alpha").archived


def test_problems_are_found_all_at_once(learner: Learner) -> None:
    """With the path as it was given, the line and the column, in order; simulations are checked too."""
    learner.write("Alpha", answer="```sim\nvanishing-gradient depth=50\n```")
    (learner.decks / "beta.md").write_text("nothing", encoding="utf-8")
    problems = check([learner.decks])
    assert [Path(problem.path).name for problem in problems] == sorted(
        Path(problem.path).name for problem in problems
    )
    assert {Path(problem.path).name for problem in problems} == {"alpha.md", "beta.md"}
    assert any("vanishing-gradient" in problem.what for problem in problems)
    learner.write("Alpha", answer="```sim\nvanishing-gradients depth=50\n```")
    assert check([learner.decks / "alpha.md"]) == ()


def test_what_is_exported_reads_back_the_same(learner: Learner, tmp_path: Path) -> None:
    """Writing and reading again changes no topic, and taking it in again changes no card."""
    learner.write("Alpha", "Why so?", deck="a/b")
    learner.write("Beta", deck="c")
    learner.add()
    written = export(learner.workspace, tmp_path / "out")
    assert [path.relative_to(tmp_path / "out").as_posix() for path in written] == [
        "a/b/alpha.md",
        "c/beta.md",
    ]
    files = [(str(path), path.read_text(encoding="utf-8"), "") for path in written]
    read_back = [topic for _, topic in parse_topics(files).topics]
    assert read_back == [topic for topic, _ in library.topics(learner.workspace.database.read)]
    done = add(learner.workspace, [tmp_path / "out"])
    assert (done.added, done.changed, done.archived) == ((), (), ())


def test_export_replaces_nothing_unasked(learner: Learner, tmp_path: Path) -> None:
    """One file in the way that differs, and nothing at all is written."""
    learner.write("Alpha", deck="a")
    learner.write("Beta", deck="b")
    learner.add()
    in_the_way = tmp_path / "out" / "b" / "beta.md"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("mine", encoding="utf-8")
    with pytest.raises(DeckError, match="is there and differs"):
        export(learner.workspace, tmp_path / "out")
    assert not (tmp_path / "out" / "a").exists()
    assert in_the_way.read_text(encoding="utf-8") == "mine"
    export(learner.workspace, tmp_path / "out", overwrite=True)
    assert in_the_way.read_text(encoding="utf-8").startswith("# Beta")
    export(learner.workspace, tmp_path / "out")


def test_the_bundled_decks_come_by_themselves() -> None:
    """A new library holds them, once."""
    workspace = open_library(None)
    cards = workspace.database.read("SELECT count(*) FROM card", {})[0][0]
    topics = workspace.database.read("SELECT count(*) FROM topic WHERE source LIKE 'bundled:%'", {})[0][0]
    assert topics == 20
    workspace.close()
    again = open_library(None)
    assert again.database.read("SELECT count(*) FROM card", {}) == [(cards,)]
    again.close()


def test_a_new_release_of_the_decks_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it lacks is archived, history and all; topics that the learner has taken over stay theirs."""
    workspace = open_library(None)
    own = editable_file(workspace, library.topics(workspace.database.read)[0][0].id)
    assert own.is_relative_to(workspace.paths.decks)
    own.write_text(
        own.read_text(encoding="utf-8").replace("## Question\n", "## Question\nMine. "), encoding="utf-8"
    )
    add(workspace, [own])
    workspace.close()
    monkeypatch.setattr(service, "bundled_files", list)
    monkeypatch.setattr(service, "bundled_fingerprint", lambda: "the next release")
    workspace = open_library(None)
    ((kept, source),) = library.topics(workspace.database.read)
    assert source == str(own)
    assert kept.question.startswith("Mine. ")
    workspace.close()


def test_the_learners_own_file_is_edited_where_it_lies(learner: Learner) -> None:
    """A topic whose file has vanished is written anew into the learner's decks."""
    learner.learn("Alpha")
    (topic, _), *_ = library.topics(learner.workspace.database.read)
    path = learner.decks / "alpha.md"
    assert editable_file(learner.workspace, topic.id) == path
    path.unlink()
    again = editable_file(learner.workspace, topic.id)
    assert again == learner.workspace.paths.decks / "deck" / "alpha.md"
    assert again.read_text(encoding="utf-8").startswith("# Alpha")
    with pytest.raises(DeckError, match="There is no topic"):
        editable_file(learner.workspace, topic.id + "x")  # type: ignore[arg-type]  # no such id


def test_a_deck_has_to_be_there(learner: Learner) -> None:
    """A mistyped deck is told, with those that there are."""
    learner.learn("Alpha", deck="a/b")
    require_deck(learner.workspace, "a")
    with pytest.raises(DeckError, match="There is no deck 'x'") as told:
        require_deck(learner.workspace, "x")
    assert "a, a/b" in told.value.hint


def test_a_file_cannot_take_over_the_id_of_another_topic(learner: Learner, tmp_path: Path) -> None:
    """It is refused with a problem; the topic whose id it names keeps its words, its cards and its history."""
    learner.write("Alpha", "Why so?")
    learner.add()
    (learner.decks / "alpha.md").rename(learner.decks / "own.md")
    learner.add()
    stranger = tmp_path / "stranger" / "beta.md"
    stranger.parent.mkdir()
    text = "# Beta\n**Id:** alpha\n\n## Question\nSomething else entirely, please?\n\n## Answer\nNo.\n"
    stranger.write_text(text, encoding="utf-8")
    before = learner.card("alpha")
    done = add(learner.workspace, [stranger.parent])
    own = learner.decks / "own.md"
    assert [problem.what for problem in done.problems] == [f"id 'alpha' is already taken by {own}"]
    assert done.problems[0].fatal
    assert (done.added, done.changed, done.renamed, done.archived) == ((),) * 4
    assert learner.card("alpha") == before


def test_a_copy_takes_over_nothing(learner: Learner) -> None:
    """Neither read with the topic's own file nor alone, nor while that one is in the middle of a merge."""
    own = learner.write("Beta", "Why so?")
    learner.add()
    before = learner.card("beta")
    copy = learner.decks / "a-copy.md"
    copy.write_bytes(own.read_bytes())
    for paths in ([learner.decks], [copy]):
        done = add(learner.workspace, paths)
        assert [(problem.path, problem.fatal) for problem in done.problems] == [(str(copy), True)]
        assert learner.card("beta") == before
    text = own.read_text(encoding="utf-8")
    own.write_text(f"<<<<<<< a\n{text}=======\n>>>>>>> b\n", encoding="utf-8")
    done = add(learner.workspace, [copy])
    assert [problem.what for problem in done.problems if problem.path == str(copy)] == [
        f"the id 'beta' belongs to another topic, of {own}"
    ]
    own.unlink()
    assert add(learner.workspace, [learner.decks]).renamed
    assert not learner.card("beta").archived


def test_a_copy_becomes_another_topic(learner: Learner) -> None:
    """A file is often copied to begin the next one with: that one is new, and the first keeps its history."""
    own = learner.write("Beta")
    learner.add()
    answer(learner.workspace, "beta", Rating.GOOD)
    copy = learner.decks / "a-copy.md"
    copy.write_bytes(own.read_bytes())
    learner.add()
    copy.write_text(topic_text("Alpha", question="What bounds a norm from below?"), encoding="utf-8")
    assert learner.add().added == ("alpha",)
    rows = learner.workspace.database.read("SELECT id, reps FROM card ORDER BY id", {})
    assert [tuple(row) for row in rows] == [("alpha", 0), ("beta", 1)]


def test_what_is_no_utf_8_claims_no_id(learner: Learner) -> None:
    """The copy that was saved as UTF-8 is the topic, though it comes after the file that it was made of."""
    text = topic_text("Alpha", question="Qué?")
    (learner.decks / "a.md").write_bytes(text.encode("latin-1"))
    (learner.decks / "b.md").write_text(text, encoding="utf-8")
    assert learner.add().added == ("alpha",)


def test_a_bundled_topic_comes_back_when_the_learners_copy_goes(tmp_path: Path) -> None:
    """Its history is still there; what the learner never took over is not touched."""
    workspace = open_library(None)
    before = workspace.database.read("SELECT id, source FROM topic WHERE NOT archived ORDER BY id", {})
    answer(workspace, "rezero", Rating.GOOD)
    export(workspace, tmp_path / "mine")
    add(workspace, [tmp_path / "mine"])
    assert not workspace.database.read("SELECT id FROM topic WHERE source LIKE 'bundled:%'", {})
    for path in (tmp_path / "mine").rglob("*.md"):
        path.unlink()
    add(workspace, [tmp_path / "mine"])
    after = workspace.database.read("SELECT id, source FROM topic WHERE NOT archived ORDER BY id", {})
    assert after == before
    assert workspace.database.read("SELECT reps FROM card WHERE id = 'rezero'", {}) == [(1,)]
    workspace.close()


def test_only_files_are_read(tmp_path: Path) -> None:
    """A named pipe would be waited for."""
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(DeckError, match="is no file"):
        check([tmp_path / "pipe.md"])


def test_every_fault_of_a_sim_block_is_told_at_once(tmp_path: Path) -> None:
    """What a setting takes is looked at though another one is malformed."""
    block = "```sim\nvanishing-gradients depth=abc nope=1 c\n gain=99 gain=1\n```"
    path = tmp_path / "alpha.md"
    path.write_text(topic_text("Alpha", answer=block), encoding="utf-8")
    places = [(problem.line, problem.column, problem.what.split()[0]) for problem in check([path])]
    first = next(number for number, line in enumerate(path.read_text().splitlines(), 1) if "depth" in line)
    assert [(line - first, column) for line, column, _ in places] == [
        (0, 21),
        (0, 31),
        (0, 38),
        (1, 2),
        (1, 10),
    ]
