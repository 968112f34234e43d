"""New topics and new follow-ups, written into the learner's decks."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from quizapp.core.deck_skeleton import NewTopic, deck_file
from quizapp.core.topic import Topic, TopicId
from quizapp.errors import DeckError
from quizapp.services import library
from quizapp.services.deck_checks import CatalogueCheck
from quizapp.services.deck_files import place_in
from quizapp.services.drafts import content_of
from quizapp.services.replace_file import create_file, replace_file
from quizapp.services.taking_in import Added
from quizapp.services.workspace import Workspace
from quizapp.store import library as stored
from quizapp.store import queue


def known_decks(workspace: Workspace) -> list[str]:
    """Return the paths of the decks that there are."""
    return sorted(set(queue.decks(workspace.database.read)))


def write_topic(workspace: Workspace, folder: Path, new: NewTopic) -> Path:
    """Write a new topic with all that it is to have, and return its file.

    Raises:
        DeckError: It cannot be a topic as it is, or there is one like it, or the file cannot be written.
    """
    from quizapp.core.deck_parser import parse_topic

    text = deck_file(new)
    parsed = parse_topic(text, "new topic", simulations=CatalogueCheck())
    fatal = [problem for problem in parsed.problems if problem.fatal]
    if fatal:
        worst = max(
            fatal, key=lambda problem: problem.line
        )  # what is missing is told at the title, its cause below
        raise DeckError(f"{_begun(worst.what)}.", f"{_begun(worst.hint)}.")
    topic = parsed.topic
    assert topic is not None, "without a fatal problem there is a topic"
    if not _says(topic, new):
        raise DeckError(
            "A line of the text is a heading such as '## Answer'.",
            "Use another heading, or write the file itself.",
        )
    return create_topic(workspace, folder, text.encode())


def create_topic(workspace: Workspace, folder: Path, content: bytes) -> Path:
    """Write a new topic's file under a name that its title gives and that nothing bears, and return it.

    Raises:
        DeckError: There is a topic like it already, or the file cannot be written.
    """
    from quizapp.core.deck_blocks import read_blocks
    from quizapp.core.deck_layout import read_layout
    from quizapp.core.deck_metadata import DEFAULT_DECK, read_metadata
    from quizapp.core.deck_report import Report
    from quizapp.core.deck_text import clean, decode

    report = Report("")
    layout = read_layout(read_blocks(clean(decode(content, "")[0], report)), report)
    head = read_metadata(layout.metadata, layout.title or "new topic", DEFAULT_DECK, report)
    _require_other(workspace, head.id, content)
    for number in count(1):
        path = place_in(folder, head.deck, f"{head.id}-{number}" if number > 1 else head.id)
        if create_file(path, content):
            return path
    raise AssertionError("numbers do not end")


def add_follow_up(
    workspace: Workspace, topic_id: TopicId, question: str, answer: str = ""
) -> tuple[Path, Added]:
    """Write a further follow-up into a topic's file and take it in; a bundled topic is copied for that first.

    Raises:
        DeckError: There is no such topic, or its file cannot be written.
        StoreError: The library cannot be written; the file has the follow-up already.
    """
    from quizapp.core.follow_up_place import follow_up_place
    from quizapp.core.kept_text import is_text, kept_text

    words = " ".join(question.split())
    if not words:
        raise DeckError("The follow-up asks nothing.", "Give its question.")
    path = library.editable_file(workspace, topic_id)
    content = content_of(path) or b""
    if not is_text(content):
        raise DeckError(f"{path} is no UTF-8 text.", "Save it as UTF-8.")
    text = kept_text(content)
    place = follow_up_place(text.lines, words, answer.strip("\n"))
    replace_file(path, text.with_lines([*text.lines[: place.at], *place.lines, *text.lines[place.at :]]))
    return path, library.add(workspace, [path])


def _begun(words: str) -> str:
    """Return words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _says(topic: Topic, new: NewTopic) -> bool:
    """Return whether a topic has what was meant, with nothing swallowed by a section that its own text began."""
    asked, answered = new.question.strip("\n").rstrip(), new.answer.strip("\n").rstrip()
    is_whole = (topic.question, topic.answer) == (asked, answered)
    return (
        is_whole
        and not topic.cover
        and not topic.claims_section
        and (not topic.follow_ups or bool(new.follow_ups))
    )


def _require_other(workspace: Workspace, topic_id: TopicId, content: bytes) -> None:
    """Raise unless this is another topic than the one of its id: otherwise it would take over that one's cards."""
    from quizapp.core.deck_ids import slug
    from quizapp.core.deck_parser import parse_topic
    from quizapp.core.deck_similarity import MIN_SIMILARITY, Words
    from quizapp.core.deck_text import decode

    found = stored.topic(workspace.database.read, topic_id)
    if found is None:
        return
    other = found[0]
    mine = parse_topic(decode(content, "")[0], "").topic
    asked = Words.of(mine.question) if mine else None
    is_named = mine is not None and mine.id != slug(mine.title)
    if is_named or (asked and asked.similarity(Words.of(other.question)) >= MIN_SIMILARITY):
        raise DeckError(
            f"There is a topic like this already: {other.title!r} in {other.deck}, id {topic_id}.",
            "Edit that one, or give this one another title and another question.",
        )
