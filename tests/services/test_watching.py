"""Deck files that change while the app runs: taken in once they rest, and never lost by an accident."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.errors import DeckError
from quizapp.services import changes, library, taking_in
from quizapp.services.deck_files import DeckFile, read_files
from quizapp.services.deck_folders import deck_folders
from quizapp.services.library import add
from quizapp.services.scripted import answer
from quizapp.services.watching import Missing, News, Watch, changed_topics
from tests.learner import Learner, assert_state_is_fold, topic_text


def looked(watch: Watch, times: int = 2) -> News | None:
    """Look so many times and return what the looks had to say in all: one of them at the most."""
    said = [news for news in (watch.look() for _ in range(times)) if news is not None]
    assert len(said) <= 1
    return said[0] if said else None


@pytest.fixture
def watch(learner: Learner) -> Watch:
    """Return a watch over two topics that has looked already."""
    learner.write("Alpha", "Why so?")
    learner.write("Beta")
    learner.add()
    watch = Watch(learner.workspace)
    assert looked(watch, 3) is None
    return watch


def test_what_changes_on_disk_is_taken_in(learner: Learner, watch: Watch) -> None:
    """Changed, new, archived, each told; the next looks are quiet, and nothing is read again for them."""
    learner.write("Alpha", "Why so?", question="Which Alpha?")
    learner.write("Gamma", question="How does a norm bound what follows?")
    (learner.decks / "beta.md").unlink()
    news = looked(watch)
    assert news is not None
    assert changed_topics(news.done) == ({"alpha"}, {"gamma"}, {"beta"})
    assert learner.card("alpha").question == "Which Alpha?"
    assert looked(watch, 3) is None
    assert_state_is_fold(learner.workspace)


def test_a_file_that_is_being_written_is_waited_for(learner: Learner, watch: Watch) -> None:
    """As long as it grows from look to look, the library has the former words."""
    path = learner.decks / "alpha.md"
    text = topic_text("Alpha", "Why so?", question="Which Alpha?")
    for end in (10, 40, 80):
        path.write_text(text[:end], encoding="utf-8")
        assert watch.look() is None
    path.write_text(text, encoding="utf-8")
    news = looked(watch)
    assert news is not None
    assert news.done.problems == ()
    assert learner.card("alpha").question == "Which Alpha?"


def test_a_file_that_vanishes_for_a_moment_is_not_archived(learner: Learner, watch: Watch) -> None:
    """Some editors delete the old file before the new one takes its name."""
    path = learner.decks / "alpha.md"
    path.rename(path.with_suffix(".bak"))
    assert watch.look() is None
    path.with_suffix(".bak").rename(path)
    news = looked(watch)
    assert news is None or not news.shows_something
    assert not learner.card("alpha").archived


def test_a_moved_file_keeps_its_cards(learner: Learner, watch: Watch) -> None:
    """A move is no archiving and no new topic."""
    answer(learner.workspace, "alpha", Rating.GOOD)
    (learner.decks / "deep").mkdir()
    (learner.decks / "alpha.md").rename(learner.decks / "deep" / "first.md")
    news = looked(watch)
    assert news is not None
    assert (news.done.added, news.done.archived) == ((), ())
    assert changed_topics(news.done) == ({"alpha"}, set(), set())
    assert learner.card("alpha").state.memory.reps == 1


def test_a_bad_file_is_told_once_and_keeps_its_topic(learner: Learner, watch: Watch) -> None:
    """A merge conflict, say; when it is resolved the topic has its new words."""
    text = topic_text("Alpha", "Why so?")
    conflict = text.replace("Because.", "<<<<<<< HEAD\nBecause.\n=======\nTherefore.\n>>>>>>> other")
    (learner.decks / "alpha.md").write_text(conflict, encoding="utf-8")
    news = looked(watch)
    assert news is not None
    (problem,) = news.done.problems
    assert problem.what.startswith("merge conflict")
    assert learner.card("alpha").answer == "Because."
    assert looked(watch, 3) is None
    (learner.decks / "alpha.md").write_text(text.replace("Because.", "Therefore."), encoding="utf-8")
    assert looked(watch) is not None
    assert learner.card("alpha").answer == "Therefore."


def test_a_file_that_cannot_be_read_costs_itself_alone(learner: Learner, watch: Watch) -> None:
    """It is told once, and the other change is taken in."""
    learner.write("Beta", question="Which Beta?")

    def unreadable(paths: list[Path], roots: tuple[Path, ...] = ()) -> object:
        if paths[0].name == "alpha.md":
            raise DeckError("alpha.md cannot be read: Permission denied.", "Check its permissions.")
        return read_files(paths, roots)

    learner.write("Alpha", question="Which?")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "read_files", unreadable)
        news = looked(watch)
        assert looked(watch) is None
    assert news is not None
    assert [problem.what for problem in news.done.problems] == ["alpha.md cannot be read: Permission denied"]
    assert learner.card("beta").question == "Which Beta?"
    assert not learner.card("alpha").archived


def test_a_folder_that_vanished_is_kept(learner: Learner, watch: Watch) -> None:
    """A drive that is not mounted archives nothing; it is told once, and when it is back all goes on."""
    away = learner.home / "away"
    learner.decks.rename(away)
    news = looked(watch, 4)
    assert news is not None
    assert news.missing == (Missing(str(learner.decks), 2, is_there=False),)
    assert not learner.card("alpha").archived
    away.rename(learner.decks)
    news = looked(watch)
    assert news is None or not news.shows_something
    learner.write("Alpha", question="Which Alpha?")
    assert looked(watch) is not None
    assert learner.card("alpha").question == "Which Alpha?"


def test_a_folder_that_was_emptied_is_kept_until_it_is_added_again(learner: Learner, watch: Watch) -> None:
    """As by the checkout of a branch without it; `add` says that it is meant."""
    shutil.rmtree(learner.decks)
    learner.decks.mkdir()
    news = looked(watch, 4)
    assert news is not None
    assert news.missing == (Missing(str(learner.decks), 2, is_there=True),)
    assert not learner.card("alpha").archived
    assert set(learner.add().archived) == {"alpha", "alpha/why-so", "beta"}
    news = looked(watch, 3)
    assert news is not None
    assert (news.by_others, news.missing) == (True, ())


def test_a_folder_that_is_gone_for_good_can_be_said_so(learner: Learner, watch: Watch) -> None:
    """Adding it tells how: no mistyped or unmounted folder archives anything."""
    shutil.rmtree(learner.decks)
    assert looked(watch, 3) is not None
    with pytest.raises(DeckError, match="does not exist") as told:
        learner.add()
    assert "an empty folder of that name" in told.value.hint
    learner.decks.mkdir()
    assert set(learner.add().archived) == {"alpha", "alpha/why-so", "beta"}


def test_most_of_a_folder_at_once_is_kept(learner: Learner) -> None:
    """Six of eight vanish together; two more that are deleted later are archived as ever."""
    for number in range(8):
        learner.write(
            f"T{number}", question=f"What is number {number} of these, spelt {'abcdefgh'[number] * 9}?"
        )
    learner.add()
    watch = Watch(learner.workspace)
    looked(watch)
    for number in range(6):
        (learner.decks / f"t{number}.md").unlink()
    news = looked(watch)
    assert news is not None
    assert news.missing == (Missing(str(learner.decks), 6, is_there=True),)
    (learner.decks / "t6.md").unlink()
    news = looked(watch)
    assert news is not None
    assert (news.done.archived, news.missing) == (("t6",), ())


def test_a_file_that_was_added_alone_is_watched(learner: Learner) -> None:
    """Only itself, not its neighbours."""
    path = learner.write("Alpha")
    learner.write("Beta")
    add(learner.workspace, [path])
    watch = Watch(learner.workspace)
    assert looked(watch, 3) is None
    learner.write("Alpha", question="Which Alpha?")
    assert looked(watch) is not None
    assert learner.card("alpha").question == "Which Alpha?"
    path.unlink()
    news = looked(watch)
    assert news is not None
    assert news.done.archived == ("alpha",)
    assert learner.topics() == ["alpha"]


def test_a_changed_file_keeps_the_deck_of_its_folder(learner: Learner) -> None:
    """Where it names none: the folder that was added says which, not the file's own."""
    text = topic_text("Alpha").replace("**Category:** deck\n", "")
    path = learner.decks / "maths" / "alpha.md"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    learner.add()
    watch = Watch(learner.workspace)
    looked(watch)
    path.write_text(text.replace("Because.", "So."), encoding="utf-8")
    assert looked(watch) is not None
    assert (learner.card("alpha").deck, learner.card("alpha").answer) == ("maths", "So.")
    add(learner.workspace, [path])
    assert learner.card("alpha").deck == "maths"


@pytest.mark.usefixtures("watch")
def test_what_changed_while_the_app_was_closed_is_taken_in(learner: Learner) -> None:
    """A pull between two sessions; the second watch knows what the library has."""
    learner.write("Alpha", "Why so?", question="Which Alpha?")
    learner.reopen()
    assert looked(Watch(learner.workspace)) is not None
    assert learner.card("alpha").question == "Which Alpha?"


def test_a_folder_added_by_another_process_is_watched_at_once(learner: Learner, watch: Watch) -> None:
    """The next look knows of it."""
    more = learner.home / "more"
    more.mkdir()
    (more / "gamma.md").write_text(topic_text("Gamma"), encoding="utf-8")
    add(learner.workspace, [more])
    news = looked(watch, 3)
    assert news is not None
    assert (news.by_others, news.done.added) == (True, ())
    (more / "delta.md").write_text(topic_text("Delta"), encoding="utf-8")
    assert looked(watch) is not None
    assert "delta" in learner.topics()


def test_a_copy_has_the_topic_once_the_first_file_lets_go(learner: Learner, watch: Watch) -> None:
    """It is told as a second file of one id at first; it takes the history along where the first one goes."""
    answer(learner.workspace, "alpha", Rating.GOOD)
    own, copy = learner.decks / "alpha.md", learner.decks / "a-copy.md"
    copy.write_bytes(own.read_bytes())
    news = looked(watch)
    assert news is not None
    assert [problem.path for problem in news.done.problems] == [str(copy)]
    own.unlink()
    news = looked(watch, 3)
    assert news is not None
    assert (news.done.archived, news.done.problems) == ((), ())
    assert not learner.card("alpha").archived
    assert learner.workspace.database.read("SELECT reps FROM card WHERE id = 'alpha'", {}) == [(1,)]


def test_a_copy_is_a_topic_once_the_first_file_has_another_id(learner: Learner, watch: Watch) -> None:
    """The file that is in the library keeps its cards, whichever of the two the learner renames."""
    own, copy = learner.decks / "alpha.md", learner.decks / "a-copy.md"
    copy.write_bytes(own.read_bytes())
    assert looked(watch) is not None
    text = own.read_text(encoding="utf-8").replace("# Alpha\n", "# Alpha\n**Id:** first\n", 1)
    own.write_text(text, encoding="utf-8")
    news = looked(watch, 3)
    assert news is not None
    assert (news.done.added[0], news.done.archived, news.done.problems) == ("alpha-2", (), ())


def test_the_learners_own_folder_is_watched_without_being_added(learner: Learner, watch: Watch) -> None:
    """New topics go there, and other editors may write there too."""
    own = learner.workspace.paths.decks
    own.mkdir()
    (own / "gamma.md").write_text(topic_text("Gamma"), encoding="utf-8")
    assert looked(watch) is not None
    assert "gamma" in learner.topics()


def test_a_link_to_a_file_is_one_topic(learner: Learner) -> None:
    """Its source is the file that it leads to, at each look."""
    target = learner.home / "elsewhere.md"
    target.write_text(topic_text("Alpha"), encoding="utf-8")
    (learner.decks / "alpha.md").symlink_to(target)
    learner.add()
    watch = Watch(learner.workspace)
    assert looked(watch, 3) is None
    target.write_text(topic_text("Alpha", question="Which Alpha?"), encoding="utf-8")
    assert looked(watch) is not None
    assert learner.card("alpha").question == "Which Alpha?"


def test_folders_are_remembered_once(learner: Learner) -> None:
    """One inside another that is added later has no say of its own any more."""
    inner = learner.decks / "inner"
    inner.mkdir()
    (inner / "alpha.md").write_text(topic_text("Alpha"), encoding="utf-8")
    own = learner.workspace.paths.decks
    add(learner.workspace, [inner])
    assert deck_folders(learner.workspace) == (own, inner)
    learner.add()
    learner.add()
    assert deck_folders(learner.workspace) == (own, learner.decks)


def test_a_file_that_is_moved_while_it_waits_is_not_taken_in_as_it_was(
    learner: Learner, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of it before would put the topic back into its former deck."""
    rightful = taking_in._rightful_files
    moves = iter(["far"])

    def moved_meanwhile(*given: Any) -> list[DeckFile]:
        for deck in moves:
            changes.move(learner.workspace, [CardId("alpha")], deck)
        return rightful(*given)

    monkeypatch.setattr(taking_in, "_rightful_files", moved_meanwhile)
    learner.write("Alpha", "Why so?", question="Which Alpha?")
    looked(watch)
    assert learner.card("alpha").deck == "far"
    looked(watch, 3)
    assert learner.card("alpha").deck == "far"
    assert learner.card("alpha").question == "Which Alpha?"
