"""Deck files rewritten so that nothing is left half done: all of them, or each as it was before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_text import decode
from quizapp.core.topic import Topic, TopicId
from quizapp.errors import DeckError, QuizError
from quizapp.services.deck_files import DeckFile, write_whole


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file before and after.

    Attributes:
        before: What stands in the file, or would stand there without the move.
        deck: Where its topic belongs afterwards.
        is_new: The file is not there yet: the topic came with quizapp, or its file has gone.
        former_line: The line that named the deck before; None where no line did.
        is_known: Afterwards the file holds what the library has of the topic, but for the deck: nothing has to be taken in.
    """

    topic: TopicId
    path: Path
    before: str
    after: str
    deck: str
    is_new: bool = False
    former_line: str | None = None
    is_known: bool = False


def holds(rewrite: Rewrite, known: Topic) -> bool:
    """Return whether the file afterwards holds this topic, in the wanted deck."""
    after = parse_topic(rewrite.after, str(rewrite.path), default_deck=rewrite.deck).topic
    return after == replace(known, deck=rewrite.deck)


def checked(rewrite: Rewrite, known: Topic) -> Rewrite:
    """Return the rewrite if the file then holds the same topic in the wanted deck.

    Args:
        known: The topic as the library has it, in any deck.

    Raises:
        DeckError: It does not, or it holds no topic before.
    """
    if holds(rewrite, known):
        return replace(rewrite, is_known=True)
    after = parse_topic(rewrite.after, str(rewrite.path), default_deck=rewrite.deck)
    before = parse_topic(rewrite.before, str(rewrite.path), default_deck=rewrite.deck)
    if before.topic is None:
        problem = next(problem for problem in before.problems if problem.fatal)
        raise DeckError(f"{problem}", "Nothing was moved. Mend the file first.")
    if after.topic is None or after.topic != replace(before.topic, deck=rewrite.deck):
        raise DeckError(
            f"{rewrite.path} cannot be moved to {rewrite.deck!r} by its category line.",
            "Nothing was moved. Write the line `**Category:** deck` below its title by hand.",
        )
    return rewrite


def file_text(path: Path) -> str:
    """Return a file's text with its own line ends and mark.

    Raises:
        DeckError: It cannot be read, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DeckError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error
    _, problems = decode(content, str(path))
    if problems:
        raise DeckError(f"{problems[0]}", "Nothing was moved.")
    return content.decode("utf-8")


@contextmanager
def rewritten(rewrites: Sequence[Rewrite]) -> Iterator[list[DeckFile]]:
    """Write the files, give those that the library has to take in, and put all back if anything fails."""
    done: list[Rewrite] = []
    try:
        for rewrite in rewrites:
            if rewrite.is_new or rewrite.after != rewrite.before:
                write_whole(rewrite.path, rewrite.after)
                done.append(rewrite)
        yield [_deck_file(rewrite) for rewrite in rewrites if not rewrite.is_known]
    except BaseException:
        for rewrite in done:
            _put_back(rewrite)
        raise


def _deck_file(rewrite: Rewrite) -> DeckFile:
    text, problems = decode(rewrite.after.encode(), str(rewrite.path))
    return DeckFile(str(rewrite.path.resolve()), str(rewrite.path), text, rewrite.deck, problems)


def _put_back(rewrite: Rewrite) -> None:
    """Write what stood in the file, or take a new one away; what made the move fail is what the learner hears of."""
    with suppress(QuizError, OSError):
        if rewrite.is_new:
            rewrite.path.unlink()
        else:
            write_whole(rewrite.path, rewrite.before)
