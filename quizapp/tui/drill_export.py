"""Writing a drill as Markdown: it is asked where to, and nothing that is there is written over."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp.errors import QuizError, UsageError
from quizapp.tui.turns import complain, say

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.core.drill.drill import Drill
    from quizapp.services.workspace import Workspace

FOLDER = "quizapp-drills"


async def export_drill(app: App[Any], workspace: Workspace, drill: Drill) -> None:
    """Ask where a drill shall be written to, write it, and say where it is."""
    from quizapp.services.drill_history import file_name, write
    from quizapp.tui.screens.ask import AskScreen

    name = file_name(workspace, drill)
    where = await app.push_screen_wait(
        AskScreen(
            "Export the drill to",
            "A folder, or a file that ends in .md; nothing is written over.",
            check=_free,
            typed=str(_first_free(Path.cwd() / FOLDER / name)),
        )
    )
    if where is None:
        return
    try:
        path = await asyncio.to_thread(write, workspace, drill, _path(where))
    except QuizError as error:
        complain(app, error)
    else:
        say(app, f"Written to {path}")


def _path(words: str) -> Path:
    return Path(words.strip()).expanduser()


def _free(words: str) -> None:
    """Refuse a place where nothing can be written."""
    if not words.strip():
        raise UsageError("There is no file.", "Name one; its folder is made if it is not there.")
    path = _path(words)
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is there already.", "Name another file.")


def _first_free(path: Path) -> Path:
    """Return the path, or the first of its name with a number that is not there yet."""
    if not path.exists():
        return path
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in numbered if not one.exists())
