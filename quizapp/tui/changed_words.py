"""What was taken in, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quizapp.core.plain import printable
from quizapp.core.topic import Problem
from quizapp.services.taking_in import Added
from quizapp.services.watching import Missing, changed_topics
from quizapp.tui.editing import problem_words


def topic_words(done: Added) -> str:
    """Return how many topics changed, are new and were archived; empty where none was."""
    counted = zip(("changed", "new", "archived"), map(len, changed_topics(done)), strict=True)
    parts = [(count, word) for word, count in counted if count]
    if not parts:
        return ""
    (count, word), *rest = parts
    first = f"{count} {'topic' if count == 1 else 'topics'} {word}"
    return ", ".join([first, *(f"{count} {word}" for count, word in rest)])


def card_words(done: Added) -> str:
    """Return how many cards changed, are new and were archived."""
    counts = (("changed", done.changed), ("new", done.added), ("archived", done.archived))
    parts = [(len(cards), word) for word, cards in counts if cards]
    if not parts:
        return "no card changed"
    (count, word), *rest = parts
    first = f"{count} {'card' if count == 1 else 'cards'} {word}"
    return ", ".join([first, *(f"{count} {word}" for count, word in rest)])


def files_words(problems: Sequence[Problem]) -> tuple[str, str]:
    """Return a title and a few lines for what is wrong in one file or in several."""
    by_file = Counter(problem.path for problem in problems)
    worst = next((problem.path for problem in problems if problem.fatal), problems[0].path)
    title, words = problem_words([problem for problem in problems if problem.path == worst])
    others = len(by_file) - 1
    if others:
        words += f"\nand in {others} {'file' if others == 1 else 'files'} more: quizapp check tells all"
    return title, words


def missing_words(missing: Missing) -> str:
    """Return what became of files that vanished together, and how to say that it was meant."""
    folder = printable(missing.folder)
    count = f"{missing.files} {'file' if missing.files == 1 else 'files'}"
    if missing.is_there:
        return f"{count} of {folder} went at once. Their topics are kept: `quizapp add` on it archives them."
    return f"The folder {folder} is not there. The topics of its {count} are kept until it is back."
