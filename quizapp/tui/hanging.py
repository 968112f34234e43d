"""Lines whose words hang behind what leads them, such as a key, a bullet or a box, also where they wrap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

_LEAST = 12
"""Where fewer columns would be left to the words, they do not hang: a column of syllables reads worse."""


class Hanging(Visual):
    """What a widget takes in place of its content: each line a lead, and words that never come below it."""

    def __init__(self, lines: Iterable[tuple[Content, Content]]) -> None:
        """Take the lines.

        Args:
            lines: The lead and the words of each; words with an empty lead take the whole width.
        """
        self._lines = tuple(lines)
        self._laid: tuple[int, Content] | None = None

    def __str__(self) -> str:
        """Return the lines as they are where nothing has to wrap."""
        return "\n".join(f"{lead.plain}{words.plain}" for lead, words in self._lines)

    def _at(self, width: int) -> Content:
        """Return the lines as they stand in so many columns."""
        if self._laid is None or self._laid[0] != width:
            laid = [line for lead, words in self._lines for line in _hung(lead, words, width)]
            self._laid = width, Content("\n").join(laid)
        return self._laid[1]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Draw the lines."""
        return self._at(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return the columns in which no line wraps."""
        return max((lead.cell_length + words.cell_length for lead, words in self._lines), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return how many rows the lines take."""
        return self._at(width).get_height(rules, width)


def _hung(lead: Content, words: Content, width: int) -> list[Content]:
    indent = lead.cell_length
    if not indent or width - indent < _LEAST:
        return [Content.assemble(lead, words)]
    first, *others = words.wrap(width - indent) or [Content("")]
    return [Content.assemble(lead, first), *(Content.assemble(" " * indent, line) for line in others)]
