"""Deck files rewritten so that nothing is left half done: all of them, or each as it was before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_text import decode
from quizapp.core.topic import TopicId
from quizapp.errors import DeckError, QuizError
from quizapp.services.deck_files import DeckFile, write_whole


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file before and after.

    Attributes:
        before: What stands in the file, or would stand there without the move.
        deck: Where its topic belongs afterwards.
        is_new: The file is not there yet: the topic came with quizapp, or its file has gone.
    """

    topic: TopicId
    path: Path
    before: str
    after: str
    deck: str
    is_new: bool = False


def checked(rewrite: Rewrite) -> Rewrite:
    """Return the rewrite if the file then holds the same topic in the wanted deck.

    Raises:
        DeckError: It does not, or it holds no topic before.
    """
    before = parse_topic(rewrite.before, str(rewrite.path), default_deck=rewrite.deck)
    after = parse_topic(rewrite.after, str(rewrite.path), default_deck=rewrite.deck)
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
    """Write the files, give them as the library takes them in, and put them back if anything fails."""
    done: list[Rewrite] = []
    try:
        for rewrite in rewrites:
            if rewrite.is_new or rewrite.after != rewrite.before:
                write_whole(rewrite.path, rewrite.after)
                done.append(rewrite)
        yield [_deck_file(rewrite) for rewrite in rewrites]
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
