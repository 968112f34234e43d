"""A topic's file in the learner's own editor, and back into the library."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from quizapp.errors import UsageError

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.core.topic import Problem, TopicId
    from quizapp.services.workspace import Workspace


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
