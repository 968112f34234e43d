"""Links in and to deck folders: one file is one topic, in the same deck by whichever path it is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.services.deck_checks import check
from quizapp.services.deck_folders import deck_folders, seen_files, stamps
from quizapp.services.library import add
from quizapp.services.watching import Watch
from tests.learner import Learner, topic_text


def topic(title: str, question: str = "Why so?") -> str:
    """Return a topic that names no deck."""
    return topic_text(title, question=question).replace("**Category:** deck\n", "")


@pytest.fixture
def notes(learner: Learner) -> Path:
    """Return a folder with six topics in a deck of their own, taken in."""
    folder = learner.home / "notes"
    (folder / "maths").mkdir(parents=True)
    for number in range(6):
        text = topic(f"Topic {number}", f"What is the number {number * 'x'}?")
        (folder / "maths" / f"{number}.md").write_text(text, encoding="utf-8")
    add(learner.workspace, [folder])
    return folder


def test_a_folder_that_became_a_link_stays_what_it_is(learner: Learner, notes: Path) -> None:
    """Its topics keep their deck, the looks come to rest, and changes and deletions count as before."""
    watch = Watch(learner.workspace)
    watch.look()
    moved = notes.with_name("moved")
    notes.rename(moved)
    notes.symlink_to(moved)
    told = [news for news in (watch.look() for _ in range(3)) if news is not None]
    assert [(news.done.archived, news.done.added, news.done.problems, news.missing) for news in told] == [
        ((), (), (), ())
    ]
    assert learner.card("topic-0").deck == "maths"
    assert moved in deck_folders(learner.workspace)
    assert [path for path in stamps(seen_files(learner.workspace)) if path.startswith(f"{notes}/")] == []
    (moved / "maths" / "0.md").write_text(topic("Topic 0", "What else?"), encoding="utf-8")
    (moved / "maths" / "1.md").unlink()
    (news,) = [news for news in (watch.look() for _ in range(3)) if news is not None]
    assert (news.done.changed, news.done.archived) == (("topic-0",), ("topic-1",))
    assert learner.card("topic-0").deck == "maths"


def test_a_link_to_an_added_folder_adds_nothing(learner: Learner, notes: Path) -> None:
    """Neither the folder's topics again nor the folder."""
    link = notes.with_name("link")
    link.symlink_to(notes)
    before = deck_folders(learner.workspace)
    done = add(learner.workspace, [link])
    assert (done.added, done.changed, done.renamed, done.archived, done.problems) == ((),) * 5
    assert deck_folders(learner.workspace) == before
    add(learner.workspace, [link / "maths" / "0.md"])
    assert learner.card("topic-0").deck == "maths"


def test_a_linked_file_has_the_deck_of_its_link(learner: Learner, notes: Path) -> None:
    """Also after a change, which is seen where the file itself lies, and when it is added by that path."""
    target = learner.home / "elsewhere.md"
    target.write_text(topic("Alpha"), encoding="utf-8")
    (notes / "maths" / "alpha.md").symlink_to(target)
    add(learner.workspace, [notes])
    watch = Watch(learner.workspace)
    watch.look()
    target.write_text(topic("Alpha", "Which Alpha?"), encoding="utf-8")
    watch.look()
    watch.look()
    assert (learner.card("alpha").deck, learner.card("alpha").question) == ("maths", "Which Alpha?")
    add(learner.workspace, [target])
    assert learner.card("alpha").deck == "maths"


def test_a_link_into_an_added_folder_has_the_files_own_deck(learner: Learner, notes: Path) -> None:
    """Whether it is added by itself or with the folder that it lies in."""
    other = learner.home / "other"
    other.mkdir()
    (other / "link.md").symlink_to(notes / "maths" / "0.md")
    for path in (other / "link.md", other):
        add(learner.workspace, [path])
        assert learner.card("topic-0").deck == "maths"


def test_a_linked_folder_that_is_passed_over_is_told(learner: Learner, notes: Path) -> None:
    """Where it holds deck files from elsewhere; the others come in."""
    elsewhere = learner.home / "elsewhere"
    elsewhere.mkdir()
    (notes / "linked").symlink_to(elsewhere)
    (notes / "loop").symlink_to(notes)
    assert check([notes]) == ()
    (elsewhere / "alpha.md").write_text(topic("Alpha"), encoding="utf-8")
    for problems in (check([notes]), add(learner.workspace, [notes]).problems):
        (problem,) = problems
        assert (problem.path, problem.fatal) == (str(notes / "linked"), False)
        assert str(elsewhere) in problem.hint
