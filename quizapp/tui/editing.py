"""A topic's file in an editor, the app's or the learner's own, and back into the library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from quizapp.core.plain import printable
from quizapp.errors import DeckError, UsageError

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.core.topic import Problem, TopicId
    from quizapp.services.taking_in import Added
    from quizapp.services.workspace import Workspace


MOST_PROBLEMS = 3


async def open_editor(app: App[Any], workspace: Workspace, topic: TopicId) -> None:
    """Open a topic's file in the app's own editor.

    Raises:
        DeckError: There is no file to edit, or it is not fit for this editor.
    """
    from quizapp.services.deck_editing import open_topic
    from quizapp.tui.screens.editor import EditorScreen

    app.push_screen(EditorScreen(workspace, await asyncio.to_thread(open_topic, workspace, topic)))


async def ask_before_editing(
    app: App[Any], workspace: Workspace, topic: TopicId, *, is_told: bool, then: Callable[[], object]
) -> None:
    """Say which file an editor will open, and go on if the learner wants that.

    Args:
        is_told: Whether that was said before: then only a copy that is to be made is asked about.

    Raises:
        DeckError: There is no such topic.
        UsageError: There is no editor.
    """
    from quizapp.services import editor, library
    from quizapp.tui.screens.choose import Choice, ChooseScreen

    place = await asyncio.to_thread(library.editable, workspace, topic)
    if is_told and not place.missing:
        then()
        return
    reason = "This topic came with quizapp" if place.came_with else "The file of this topic is gone"
    words = (
        f"{reason}. Your own copy of it is written first, and counts from then on.\n" if place.missing else ""
    )
    words += f"{place.path}\nopens in {editor.editor_command()[0]}. Close it to come back."
    choices = (Choice("enter", "open it"),)
    asked = ChooseScreen("Edit the topic's file", words, choices, "leave it as it is")

    def answered(key: str | None) -> None:
        if key:
            then()

    app.push_screen(asked, answered)


async def edit_topic(app: App[Any], workspace: Workspace, topic: TopicId) -> Added:
    """Lend the terminal to an editor until it is closed, take the file in, and return what that did.

    Raises:
        DeckError: There is no file to edit, or it has gone.
        StoreError: The library cannot be written; the file keeps what was typed.
        UsageError: There is no editor, it failed, or this terminal cannot be lent.
    """
    from quizapp.services import editor, library
    from quizapp.tui.library_changed import tell_screens

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
    if not path.exists():
        raise DeckError(
            f"{path} is gone.", "The library keeps the topic as it was; the file may be put back."
        )
    done = await asyncio.to_thread(
        library.add, workspace, [path]
    )  # what was written before a failure counts, too
    if failure is not None:
        tell_screens(app)
        raise failure
    return done


def say_edited(app: App[Any], done: Added, topic: str) -> None:
    """Say what an edit did, or what is wrong with the file."""
    from quizapp.tui.changed_words import card_words

    app.clear_notifications()
    if done.problems:
        title, words = problem_words(done.problems)
        app.notify(words, title=title, severity="error", timeout=20, markup=False)
    else:
        app.notify(f"{topic}: {card_words(done)}.", timeout=4, markup=False)


def problem_words(problems: Sequence[Problem]) -> tuple[str, str]:
    """Return what to say of a file's problems: a title with its name, and the first few of them, a line each."""
    name = Path(problems[0].path).name
    title = f"Not taken in: {name}" if any(problem.fatal for problem in problems) else f"Look again at {name}"
    lines = [f"line {problem.line}: {problem.what}: {problem.hint}" for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"and {len(problems) - MOST_PROBLEMS} more: quizapp check tells them all")
    return printable(title), printable("\n".join(lines))
