"""Which number each series goes by: theory shares that of its measurement, a twin that of the series it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.chart.drawing import Role, RoleKind, role
from quizapp.core.chart.label import clean
from quizapp.core.chart.model import Series


@dataclass(frozen=True, slots=True)
class Place:
    """A series with its number, which decides colour, line style and sign.

    Attributes:
        label: The name to write, cleaned; empty for theory whose measurement bears the same name.
        measured: The theory belongs to a measured series of the chart.
    """

    series: Series
    index: int
    label: str
    measured: bool = False

    @property
    def label_role(self) -> Role:
        """The role of the series' name and signs."""
        if self.series.twin:
            return role(RoleKind.QUIET, self.index)
        return role(RoleKind.FAINT_LABEL if self.series.faint else RoleKind.SERIES_LABEL, self.index)


def places(series: Sequence[Series]) -> tuple[Place, ...]:
    """Return every series with its number, in the given order."""
    solid = [one for one in series if not one.faint and not one.twin]
    by_label = {one.label: number for number, one in reversed(list(enumerate(solid)))}
    numbers = {False: 0, True: 0}
    found = []
    for one in series:
        if one.twin and one.twin in by_label:
            found.append(Place(one, by_label[one.twin], clean(one.label)))
            continue
        index = numbers[one.faint]
        numbers[one.faint] += 1
        if one.faint and one.label in by_label:
            found.append(Place(one, by_label[one.label], "", measured=True))
        else:
            found.append(Place(one, index, clean(one.label)))
    return tuple(found)
