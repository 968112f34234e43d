"""The colours of a chart that leaves the terminal: dark on paper, series told apart in print and by the colour-blind."""

from __future__ import annotations

from collections.abc import Mapping

from quizapp.core.chart.drawing import Role, RoleKind

Colour = tuple[int, int, int]

PAPER: Colour = (255, 255, 255)
_INK: Mapping[RoleKind, Colour] = {
    RoleKind.AXIS: (150, 155, 165),
    RoleKind.LABEL: (90, 96, 110),
    RoleKind.TITLE: (25, 28, 38),
    RoleKind.MARK: (150, 90, 0),
    RoleKind.ARROW: (179, 34, 63),
    RoleKind.FAINT: (130, 136, 150),
    RoleKind.FAINT_LABEL: (130, 136, 150),
}
# Blue, orange, green, black, purple and red of the palette that Okabe and Ito chose for all kinds of colour vision.
_SERIES: tuple[Colour, ...] = (
    (0, 114, 178),
    (213, 94, 0),
    (0, 140, 104),
    (35, 35, 35),
    (170, 80, 140),
    (179, 34, 63),
)


def ink(role: Role, strength: float = 1.0) -> Colour:
    """Return the colour of a role on paper, thinned where its strength is less than 1."""
    full = _INK.get(role.kind) or _SERIES[role.index % len(_SERIES)]
    red, green, blue = (
        round(paper + strength * (one - paper)) for one, paper in zip(full, PAPER, strict=True)
    )
    return red, green, blue
