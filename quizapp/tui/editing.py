"""A topic's file in the learner's own editor, and back into the library."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from quizapp.core.plain import printable
from quizapp.errors import UsageError

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.core.topic import Problem, TopicId
    from quizapp.services.workspace import Workspace


MOST_PROBLEMS = 3


async def edit_topic(app: App[Any], workspace: Workspace, topic: TopicId) -> tuple[Problem, ...]:
    """Lend the terminal to an editor until it is closed, take the file in, and return what is wrong with it.

    Raises:
        DeckError: There is no file to edit, or it has gone.
        StoreError: The library cannot be written; the file keeps what was typed.
        UsageError: There is no editor, it failed, or this terminal cannot be lent.
    """
    from quizapp.services import editor, library

    path = await asyncio.to_thread(library.editable_file, workspace, topic)
    failure: UsageError | None = None
    try:
        with app.suspend():
            try:
                editor.edit(path)
            except UsageError as error:  # an error that left this block would leave the screen suspended
                failure = error
    except SuspendNotSupported as error:
        raise UsageError(
            "This terminal cannot be lent to an editor.", f"Edit {path} elsewhere, then `quizapp add` it."
        ) from error
    if failure is not None:
        raise failure
    return (await asyncio.to_thread(library.add, workspace, [path])).problems


def problem_words(problems: Sequence[Problem]) -> tuple[str, str]:
    """Return what to say of a file's problems: a title with its name, and the first few of them, a line each."""
    name = Path(problems[0].path).name
    title = f"Not taken in: {name}" if any(problem.fatal for problem in problems) else f"Look again at {name}"
    lines = [f"line {problem.line}: {problem.what}: {problem.hint}" for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"and {len(problems) - MOST_PROBLEMS} more: quizapp check tells them all")
    return printable(title), printable("\n".join(lines))
