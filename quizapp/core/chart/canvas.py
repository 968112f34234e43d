"""The surface that a chart is painted on, cell by cell, before it becomes a Drawing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from quizapp.core.chart.drawing import BLANK, Drawing, Role, Run

BRAILLE = "".join(map(chr, range(0x2800, 0x2900)))


class Canvas:
    """A grid of characters with a role each. What falls outside of it is cut off."""

    __slots__ = ("_chars", "_roles", "height", "width")

    def __init__(self, width: int, height: int) -> None:
        self.width = max(1, width)
        self.height = max(1, height)
        self._chars = [[" "] * self.width for _ in range(self.height)]
        self._roles = [[BLANK] * self.width for _ in range(self.height)]

    def put(self, row: int, col: int, text: str, role: Role) -> None:
        """Write the text from this cell on, over what stands there."""
        if col < 0:
            text, col = text[-col:], 0
        text = text[: max(0, self.width - col)]
        if text and 0 <= row < self.height:
            self._chars[row][col : col + len(text)] = text
            self._roles[row][col : col + len(text)] = [role] * len(text)

    def put_dots(self, row: int, col: int, dots: int, role: Role) -> None:
        """Write one braille cell, given the eight bits of its dots, over what stands there."""
        self._chars[row][col] = BRAILLE[dots]
        self._roles[row][col] = role

    def is_blank(self, row: int, col: int, length: int = 1) -> bool:
        """Whether this stretch lies on the canvas and nothing was written there."""
        inside = 0 <= row < self.height and col >= 0 and col + length <= self.width
        return inside and all(role is BLANK for role in self._roles[row][col : col + length])

    def drawing(self) -> Drawing:
        """Return what was painted."""
        rows = zip(self._chars, self._roles, strict=True)
        return Drawing(self.width, tuple(tuple(_runs(chars, roles)) for chars, roles in rows))


def _runs(chars: list[str], roles: list[Role]) -> Iterator[Run]:
    line, start = "".join(chars), 0
    for _, same in groupby(map(id, roles)):
        stop = start + len(list(same))
        current = roles[start]
        yield _blank_run(stop - start) if current is BLANK else Run(line[start:stop], current)
        start = stop


@cache
def _blank_run(length: int) -> Run:
    return Run(" " * length, BLANK)
