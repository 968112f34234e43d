"""Whether what is written can be read: the contrast of every word on the screen, as the two themes paint it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from quizapp.tui.screens.home import HomeScreen
from tests.learner import Learner
from tests.tui.desk import Desk, at_home
from tests.tui.material import learn_gradients

if TYPE_CHECKING:
    from rich.color_triplet import ColorTriplet
    from rich.style import Style

READABLE, HINT = 4.5, 3.0
"""The least contrast of text and of a hint in an empty field: WCAG 2.1, 1.4.3 (AA; large or incidental text)."""
WALKS = (
    (), ("comma",), ("comma", "enter"), ("comma", "K"), ("comma", "B"), ("a",), ("a", "space"), ("a", "space", "c"),
    ("a", "i"), ("a", "o"), ("a", "x"), ("a", "t"), ("a", "E"), ("slash",), ("slash", "enter"), ("s",), ("s", "f"),
    ("s", "d"), ("m",), ("d",), ("l",), ("c",), ("n",), ("question_mark",),
)  # fmt: skip


def luminance(colour: ColorTriplet) -> float:
    """Return the relative luminance of a colour, 0 to 1. Source: WCAG 2.1."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    """Return the contrast of a style's two colours, 1 to 21. Source: WCAG 2.1."""
    assert style.color is not None
    assert style.bgcolor is not None
    pair = (luminance(style.color.get_truecolor()), luminance(style.bgcolor.get_truecolor()))
    return (max(pair) + 0.05) / (min(pair) + 0.05)


def words(desk: Desk) -> Iterator[tuple[int, int, str, Style]]:
    """Yield each piece of text on the screen with its row, its column and its style."""
    for y, strip in enumerate(desk.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            if segment.style is not None and any(letter.isalnum() for letter in segment.text):
                yield y, x, segment.text, segment.style
            x += segment.cell_length


def pale(desk: Desk) -> list[str]:
    """Return the words that are too hard to read; a hint in an empty field may be paler."""
    hints = [field.region for field in desk.screen.query(Input) if not field.value]
    return [
        f"{text.strip()[:30]!r} {contrast(style):.2f}"
        for y, x, text, style in words(desk)
        if contrast(style) < (HINT if any(hint.contains(x, y) for hint in hints) else READABLE)
    ]


@pytest.mark.parametrize("theme", ["quizapp-light", "quizapp-dark"])
async def test_every_word_can_be_read(learner: Learner, theme: str) -> None:
    """On every screen that Home leads to, also under the cursor and in an empty field."""
    learn_gradients(learner)
    learner.workspace.settings = dataclasses.replace(learner.workspace.settings, theme=theme)
    found: dict[tuple[str, ...], list[str]] = {}
    async with at_home(learner, size=(100, 36)) as desk:
        for keys in WALKS:
            await desk.press(*keys)
            await desk.until(lambda: desk.screen.is_current)
            found[keys] = pale(desk)
            for _ in range(10):
                if desk.is_on(HomeScreen):
                    break
                await desk.press("escape")
            assert desk.is_on(HomeScreen), keys
    assert {keys: told for keys, told in found.items() if told} == {}
