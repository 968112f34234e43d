"""Drills that were held: listed, compared over time, and exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizapp.core.day import moment_of
from quizapp.core.drill.debrief import Debrief, debriefed
from quizapp.core.drill.drill import Drill
from quizapp.core.drill.readiness import Readiness, readiness
from quizapp.core.drill.report import markdown_report
from quizapp.core.drill.trend import Trend, trends
from quizapp.core.log import format_id
from quizapp.errors import DeckError, UsageError
from quizapp.services.replace_file import create_file
from quizapp.services.workspace import Workspace
from quizapp.store import drills

LAST = "last"
_FILE = (".md", ".markdown")
SHORT = 8
"""How many of an id's last characters name a drill; its first ones are the time, and alike."""


@dataclass(frozen=True, slots=True)
class History:
    """All drills, the oldest first, and what they say together.

    Attributes:
        finished: Whether each of the drills is.
    """

    drills: tuple[Drill, ...]
    finished: tuple[bool, ...]
    trends: tuple[Trend, ...]
    readiness: Readiness


def history(workspace: Workspace) -> History:
    """Return every drill with the trend of each topic and the readiness now."""
    found = drills.everything(workspace.database.read)
    held = tuple(drill for drill, _ in found)
    _, now_ms = workspace.today()
    answers = [one for drill in held for one in drill.answers]
    known = drills.topics(workspace.database.read)
    return History(held, tuple(done for _, done in found), trends(held), readiness(answers, now_ms, known))


def debrief(workspace: Workspace, drill: Drill) -> Debrief:
    """Return what a drill adds up to, as the database holds it."""
    return debriefed(drills.drill(workspace.database.read, drill.id) or drill)


def short_id(drill: Drill) -> str:
    """Return the name by which a drill is listed and exported."""
    return format_id(drill.id)[-SHORT:]


def export(workspace: Workspace, name: str) -> str:
    """Return a drill as Markdown.

    Args:
        name: `last`, a drill's id, or the end of one.

    Raises:
        UsageError: There is no such drill, or more than one.
    """
    drill = _named(workspace, name)
    began = moment_of(drill.at_ms).astimezone(workspace.zone)
    return markdown_report(debriefed(drill), began)


def file_name(workspace: Workspace, drill: Drill) -> str:
    """Return the name of the file that a drill is written to, where no other one is given."""
    began = moment_of(drill.at_ms).astimezone(workspace.zone)
    return f"drill-{began:%Y-%m-%d}-{short_id(drill)}.md"


def write(workspace: Workspace, drill: Drill, path: Path) -> Path:
    """Write a drill as Markdown, and return the file.

    Args:
        path: A file that ends in `.md`, or a folder, which is made where it is missing.

    Raises:
        DeckError: The file cannot be written, or is there with something else in it.
    """
    began = moment_of(drill.at_ms).astimezone(workspace.zone)
    if path.suffix.lower() not in _FILE or path.is_dir():
        path /= file_name(workspace, drill)
    write_new(path, markdown_report(debrief(workspace, drill), began))
    return path


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; one with the very same content stays.

    Raises:
        DeckError: The file cannot be written, or is there with something else in it.
    """
    content = text.encode()
    if create_file(path, content) or (path.is_file() and path.read_bytes() == content):
        return
    raise DeckError(f"{path} is there already.", "Name another file. Nothing was written.")


def listed_drills(workspace: Workspace) -> Iterator[dict[str, object]]:
    """Yield every drill as plain values, the oldest first."""
    for drill, finished in drills.everything(workspace.database.read):
        shown = debriefed(drill)
        yield {
            "id": format_id(drill.id),
            "name": short_id(drill),
            "at": moment_of(drill.at_ms).isoformat(),
            "finished": finished,
            **drill.setup.plain(),
            "used_seconds": round(drill.used_ms / 1000),
            "answers": sum(one.counts for one in drill.answers),
            "skipped": sum(one.is_skipped and not one.is_second for one in drill.answers),
            "score": _rounded(shown.score),
            "dimensions": {one.value: _rounded(mean) for one, mean in shown.by_dimension.items()},
            "topics": {topic.topic_id: _rounded(topic.score) for topic in shown.topics},
        }


def _named(workspace: Workspace, name: str) -> Drill:
    found = [drill for drill, _ in drills.everything(workspace.database.read)]
    if name == LAST:
        return _one(found[-1:], name)
    wanted = name.strip().lower()
    return _one([drill for drill in found if wanted and format_id(drill.id).endswith(wanted)], name)


def _one(found: Sequence[Drill], name: str) -> Drill:
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} drills end in {name!r}.", "Give more of the id.")
    what = "There is no drill yet." if name == LAST else f"There is no drill {name!r}."
    raise UsageError(what, "`quizapp drill --list` shows those that there are; `quizapp drill` holds one.")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
