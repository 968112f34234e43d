"""Lines of braille dots: two columns and four rows of dots in a cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress, cycle, islice, pairwise

Point = tuple[float, float]
Dot = tuple[int, int]

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))

# Which dots along a line are lit, over and over. Series take the patterns in turn; theory is the sparsest; a series
# that others are compared with is dashed.
SOLID = "1"
PATTERNS = (SOLID, "11111111111000", "110", "1111111001100", "111100", "11100100")
SPARSE = "1000"
DASHED = "1100"


@dataclass(slots=True)
class Raster:
    """Dots on a field of cells; a fraction of 0 is the left or the bottom edge, 1 the right or the top."""

    cols: int
    rows: int
    pattern: str = SOLID
    cells: dict[int, int] = field(default_factory=dict)

    def column(self, x: float) -> int:
        """Return the cell column of a horizontal fraction, held inside the field."""
        return round(min(1.0, max(0.0, x)) * (2 * self.cols - 1)) // 2

    def row(self, y: float) -> int:
        """Return the cell row of a vertical fraction, held inside the field."""
        return round((1 - min(1.0, max(0.0, y))) * (4 * self.rows - 1)) // 4

    def draw(self, points: list[Point], phase: int = 0) -> int:
        """Join the points, which lie inside the field, and return the phase at which the pattern goes on."""
        wide, high = 2 * self.cols - 1, 4 * self.rows - 1
        path = _path([(round(x * wide), round((1 - y) * high)) for x, y in points])
        lit = compress(path, islice(cycle(map(int, self.pattern)), phase % len(self.pattern), None))
        cells, cols = self.cells, self.cols
        for x, y in path if self.pattern == SOLID else lit:
            cell = (y >> 2) * cols + (x >> 1)
            cells[cell] = cells.get(cell, 0) | DOTS[y & 3][x & 1]
        return phase + len(path)


def _path(dots: list[Dot]) -> list[Dot]:
    """Return the dots with all those between them, none twice in a row."""
    path = dots[:1]
    for (x0, y0), (x1, y1) in pairwise(dots):
        across, down = x1 - x0, y1 - y0
        steps = max(across, -across, down, -down)
        if steps > 1:
            half, whole = steps, 2 * steps
            path += [
                (x0 + (2 * across * step + half) // whole, y0 + (2 * down * step + half) // whole)
                for step in range(1, steps)
            ]
        if steps:
            path.append((x1, y1))
    return path
