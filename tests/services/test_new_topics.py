"""New topics and follow-ups: written into the learner's decks, over nothing that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.core.deck_skeleton import NewTopic, skeleton
from quizapp.core.topic import TopicId
from quizapp.errors import DeckError
from quizapp.services.library import add, open_library
from quizapp.services.new_topics import add_follow_up, create_topic, known_decks, write_topic
from tests.learner import Learner, topic_text

NEW = NewTopic("Deep nets", "nets/deep", question="What makes a net deep?", answer="Layers.")


@pytest.fixture
def folder(learner: Learner) -> Path:
    """Return the learner's own decks."""
    return learner.workspace.paths.decks


def test_a_new_topic_is_a_file_of_its_deck(learner: Learner, folder: Path) -> None:
    """Named by its title, below the folders of its deck; taken in, it is a card."""
    path = write_topic(learner.workspace, folder, NEW)
    assert path == folder / "nets" / "deep" / "deep-nets.md"
    assert add(learner.workspace, [path]).added == ("deep-nets",)
    assert known_decks(learner.workspace) == ["nets/deep"]


@pytest.mark.parametrize("deck", ["../../..", "/etc", "~/x", "a/../../b"])
def test_no_deck_leads_out_of_the_folder(learner: Learner, folder: Path, deck: str) -> None:
    """Whatever is typed."""
    path = write_topic(learner.workspace, folder, NewTopic("A", deck, question="q", answer="a"))
    assert path.resolve().is_relative_to(folder)


def test_a_name_that_is_taken_gets_a_number(learner: Learner, folder: Path) -> None:
    """Whatever lies there stays."""
    taken = folder / "nets" / "deep" / "deep-nets.md"
    taken.parent.mkdir(parents=True)
    taken.write_text("mine", encoding="utf-8")
    path = write_topic(learner.workspace, folder, NEW)
    assert path.name == "deep-nets-2.md"
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_topic_that_is_there_already_keeps_its_cards(learner: Learner, folder: Path) -> None:
    """One with the same title and the same question is refused; with another question it is another topic."""
    learner.learn("Deep nets", question=NEW.question)
    with pytest.raises(DeckError, match="like this already: 'Deep nets' in deck"):
        write_topic(learner.workspace, folder, NEW)
    assert not folder.exists()
    other = NewTopic("Deep nets", question="Who wrote about them first, and when?", answer="a")
    assert add(learner.workspace, [write_topic(learner.workspace, folder, other)]).added == ("deep-nets-2",)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewTopic("", question="q", answer="a"), "Missing title"),
        (NewTopic("A", answer="a"), "Section 'Question' is empty"),
        (NewTopic("A", question="q"), "Section 'Answer' is empty"),
        (NewTopic("A", question="q\n## Follow-up Questions\n- x", answer="a"), "is a heading such as"),
        (NewTopic("A", question="q", answer="a\n## What to Cover\n- x"), "is a heading such as"),
        (NewTopic("A", question="q\n```", answer="a"), "Code fence is not closed"),
    ],
)
def test_what_is_no_topic_is_told(learner: Learner, folder: Path, new: NewTopic, words: str) -> None:
    """Nothing is written."""
    with pytest.raises(DeckError, match=words):
        write_topic(learner.workspace, folder, new)
    assert not folder.exists()


def test_a_skeleton_is_written_for_going_on(learner: Learner, folder: Path) -> None:
    """Without a title, too; it is no topic yet."""
    path = create_topic(learner.workspace, folder, skeleton(NewTopic()).encode())
    assert path == folder / "unsorted" / "new-topic.md"
    assert add(learner.workspace, [path]).added == ()


def test_a_follow_up_is_added_to_the_file(learner: Learner) -> None:
    """Every other byte stays as it was, and it is a card at once."""
    path = learner.write("Alpha", "Why so?")
    old = path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n") + b" \t"
    path.write_bytes(old)
    learner.add()
    written, done = add_follow_up(learner.workspace, TopicId("alpha"), "And  at\nbatch size one?", "Nothing.")
    assert written == path
    assert path.read_bytes() == old + b"\r\n- And at batch size one?\r\n\r\n  Nothing."
    assert done.added == ("alpha/and-at-batch-size-one",)


def test_a_follow_up_of_a_bundled_topic_goes_into_the_learners_copy(learner: Learner) -> None:
    """The copy is made for it."""
    workspace = open_library(f"sqlite:///{learner.home / 'other.db'}", may_create=True)
    workspace.paths = learner.workspace.paths
    path, done = add_follow_up(workspace, TopicId("scale-explosion"), "What of a mug of tea?")
    assert path.is_relative_to(workspace.paths.decks)
    assert done.added == ("scale-explosion/what-of-a-mug-of-tea",)
    assert done.archived == ()
    workspace.close()


@pytest.mark.parametrize(("topic", "words"), [("none", "There is no topic"), ("alpha", "asks nothing")])
def test_a_follow_up_to_nothing_is_told(learner: Learner, topic: str, words: str) -> None:
    """Neither topic nor words."""
    learner.learn("Alpha")
    with pytest.raises(DeckError, match=words):
        add_follow_up(learner.workspace, TopicId(topic), " " if topic == "alpha" else "Why?")


def test_a_file_that_is_no_text_takes_no_follow_up(learner: Learner) -> None:
    """Its topic has been taken in before it was overwritten."""
    learner.learn("Alpha")
    (learner.decks / "alpha.md").write_bytes(topic_text("Alpha").encode("utf-16"))
    with pytest.raises(DeckError, match="no UTF-8"):
        add_follow_up(learner.workspace, TopicId("alpha"), "Why?")
