"""A finished chart: rows of runs, each run one role, so that any medium can colour it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class RoleKind(StrEnum):
    """What a run of cells says."""

    BLANK = "blank"
    AXIS = "axis"
    LABEL = "label"
    TITLE = "title"
    MARK = "mark"
    ARROW = "arrow"
    SERIES = "series"
    SERIES_LABEL = "series-label"
    QUIET = "quiet"
    FAINT = "faint"
    FAINT_LABEL = "faint-label"


@dataclass(frozen=True, slots=True)
class Role:
    """A kind, and the number of the series for those kinds that belong to one."""

    kind: RoleKind
    index: int = 0


@cache
def role(kind: RoleKind, index: int = 0) -> Role:
    """Return the one shared Role of its value, so that runs are told apart by identity."""
    return Role(kind, index)


BLANK = role(RoleKind.BLANK)
AXIS = role(RoleKind.AXIS)
LABEL = role(RoleKind.LABEL)
TITLE = role(RoleKind.TITLE)
MARK = role(RoleKind.MARK)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring cells of one role.

    Blank cells are spaces in runs of their own (role blank): no run mixes spaces and braille, because an SVG
    viewer stretches a run as a whole and would shear the two apart.
    """

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Drawing:
    """Rows of runs; every row is exactly `width` single-cell characters."""

    width: int
    rows: tuple[tuple[Run, ...], ...]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)


def to_text(drawing: Drawing) -> str:
    """Return the drawing as plain lines without trailing blanks."""
    return "\n".join("".join(run.text for run in row).rstrip() for row in drawing.rows)
