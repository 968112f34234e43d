"""Delimiters as high as what they hold.

Source: The Unicode Standard, block "Miscellaneous Technical", the pieces of brackets from U+239B on.
"""

from __future__ import annotations

from quizapp.core.maths.box import Box
from quizapp.core.maths.tree import UnreadableError

# Top, middle, bottom.
_PIECES = {
    "(": "⎛⎜⎝",
    ")": "⎞⎟⎠",
    "[": "⎡⎢⎣",
    "]": "⎤⎥⎦",
    "⌊": "⎢⎢⎣",
    "⌋": "⎥⎥⎦",
    "⌈": "⎡⎢⎢",
    "⌉": "⎤⎥⎥",
    "|": "│││",
    "‖": "║║║",
}
# Top, what fills, the point, bottom.
_BRACES = {"{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭"}
_LOW_BRACES = {"{": ("⎰", "⎱"), "}": ("⎱", "⎰")}
_ANGLES = {"⟨": "╱⟨╲", "⟩": "╲⟩╱"}


def bracket(sign: str, height: int, base: int) -> Box:
    """Return a delimiter of a height; an empty one has no width.

    Raises:
        UnreadableError: There are no pieces that it could be made of.
    """
    if not sign or height == 1:
        return Box((sign,) * height, base)
    if sign in _PIECES:
        top, middle, bottom = tuple(_PIECES[sign])
        return Box((top, *middle * (height - 2), bottom), base)
    if sign in _BRACES:
        return Box(_LOW_BRACES[sign] if height == 2 else _brace(_BRACES[sign], height), base)
    if sign in _ANGLES:
        upper, point, lower = tuple(_ANGLES[sign])
        half = height // 2
        return Box((*upper * half, *point * (height % 2), *lower * half), base)
    raise UnreadableError(f"{sign!r} does not grow")


def _brace(pieces: str, height: int) -> tuple[str, ...]:
    top, fill, point, bottom = tuple(pieces)
    inner = [fill] * (height - 2)
    inner[(height - 1) // 2 - (height % 2 == 0) if height > 3 else 0] = point
    return (top, *inner, bottom)
