"""The drill that was left before its end: what Home looks up at its start, and therefore only reading."""

from __future__ import annotations

from quizapp.core.drill.drill import Drill
from quizapp.services.owner import has_gone
from quizapp.services.workspace import Workspace
from quizapp.store import drills


def left(workspace: Workspace) -> Drill | None:
    """Return the latest drill that can be taken up; None when there is none."""
    found = drills.unfinished(workspace.database.read)
    return next((drill for drill, owner in found if has_gone(owner, workspace.device)), None)
