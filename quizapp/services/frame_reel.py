"""The frames of a run that were shown or passed over, kept as they came, so that the learner can go back."""

from __future__ import annotations

MOST_FRAMES = 2000
MOST_BYTES = 16 << 20


class FrameReel:
    """Keeps lines in bounded memory: when it is full, every second one goes, and later ones are kept as sparsely.

    The first and the newest line are always there.
    """

    def __init__(self, most_frames: int = MOST_FRAMES, most_bytes: int = MOST_BYTES) -> None:
        """Begin empty."""
        self._most_frames = most_frames
        self._most_bytes = most_bytes
        self._lines: list[bytes] = []
        self._bytes = 0
        self._stride = 1
        self._added = 0
        self._newest: bytes | None = None

    def __len__(self) -> int:
        """Return how many lines can be gone back to, the newest included."""
        return len(self._lines) + (self._newest is not None)

    def __getitem__(self, place: int) -> bytes:
        """Return the line at a place, 0 the first.

        Raises:
            IndexError: There is none.
        """
        if place == len(self._lines) and self._newest is not None:
            return self._newest
        if not 0 <= place < len(self._lines):
            raise IndexError(place)
        return self._lines[place]

    def add(self, line: bytes) -> None:
        """Take in the next line of the run."""
        if self._added % self._stride:
            self._newest = line
        else:
            self._newest = None
            self._lines.append(line)
            self._bytes += len(line)
        self._added += 1
        while len(self._lines) > 2 and (
            len(self._lines) > self._most_frames or self._bytes > self._most_bytes
        ):
            self._thin()

    def _thin(self) -> None:
        """Drop every second line; the newest stays at hand."""
        last = self._lines[-1]
        del self._lines[1::2]
        if self._newest is None and self._lines[-1] is not last:
            self._newest = last
        self._bytes = sum(map(len, self._lines))
        self._stride *= 2
