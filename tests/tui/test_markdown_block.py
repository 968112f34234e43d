"""The Markdown widget: painted text, places in the source, launches and selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.selection import Selection

from quizapp.core.topic import SimBlock
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from rich.color import Color
    from textual.strip import Strip

TEXT = """# Residuals

A paragraph of some length, which a narrow screen has to break into more lines than a wide one does.

```
y = x + F(x)
```

```sim
vanishing-gradients depth=50
```

The last paragraph, after everything else.

```sim
scale-explosion
```
"""
FIRST = SimBlock("vanishing-gradients", (("depth", "50"),), 8)
SECOND = SimBlock("scale-explosion", (), 14)


class BlockApp(App[None]):
    """One block in a scrolling view."""

    CSS = "MarkdownBlock { padding: 1 2; }"

    def __init__(self, markdown: str = TEXT, max_text_width: int = 88) -> None:
        super().__init__()
        self.block = MarkdownBlock(markdown, max_text_width=max_text_width)
        self.launched: list[SimBlock] = []

    def compose(self) -> ComposeResult:
        """Lay out the block."""
        with VerticalScroll():
            yield self.block

    def on_markdown_block_launch_requested(self, event: MarkdownBlock.LaunchRequested) -> None:
        """Remember what was asked for."""
        self.launched.append(event.block)


def painted(block: MarkdownBlock) -> list[str]:
    """Return the lines of the content without trailing blanks."""
    return [block.render_line(y).text.rstrip() for y in range(block.content_size.height)]


def colours(strip: Strip) -> list[tuple[Color | None, Color | None]]:
    """Return the foreground and the background of each segment."""
    return [(segment.style.color, segment.style.bgcolor) for segment in strip if segment.style]


async def test_the_whole_text_is_painted_in_one_widget() -> None:
    """The height is that of the text, and nothing is mounted within."""
    app = BlockApp()
    async with app.run_test(size=(80, 40)):
        lines = painted(app.block)
        assert lines[0] == "Residuals"
        assert "y = x + F(x)" in lines[lines.index("Residuals") + 5]
        assert lines[-1].lstrip().startswith("▶ scale-explosion")
        assert not app.block.children


async def test_text_keeps_to_its_greatest_width() -> None:
    """On a wide screen the lines end at the greatest width, while the strips fill the widget."""
    app = BlockApp(max_text_width=30)
    async with app.run_test(size=(100, 40)):
        assert max(map(len, painted(app.block))) <= 30
        assert app.block.render_line(0).cell_length == app.block.content_size.width


async def test_update_shows_another_text_and_its_height() -> None:
    """The old text, its launches and its height are gone."""
    app = BlockApp()
    async with app.run_test(size=(80, 40)) as pilot:
        app.block.update("one\n\ntwo")
        await pilot.pause()
        assert painted(app.block) == ["one", "", "two"]
        assert app.block.launches() == ()


async def test_places_survive_a_resize() -> None:
    """A place in the source is found again at another width."""
    app = BlockApp()
    async with app.run_test(size=(100, 40)) as pilot:
        wide = app.block.y_of_source(12)
        assert painted(app.block)[wide].startswith("The last")
        await pilot.resize_terminal(30, 40)
        await pilot.pause()
        narrow = app.block.y_of_source(12)
        assert narrow > wide
        assert painted(app.block)[narrow].startswith("The last")
        assert app.block.source_line_at(narrow) == 12


async def test_places_beyond_the_text_are_the_nearest() -> None:
    """No line of the source or of the page is out of reach."""
    app = BlockApp()
    async with app.run_test(size=(80, 40)):
        last = app.block.content_size.height - 1
        assert app.block.y_of_source(999) == last
        assert app.block.y_of_source(-1) == 0
        assert app.block.source_line_at(999) == app.block.source_line_at(last)
        app.block.update("")
        assert (app.block.source_line_at(3), app.block.y_of_source(3)) == (0, 0)


async def test_a_click_on_a_launch_line_asks_for_the_simulation() -> None:
    """Only the line of the simulation answers to the mouse."""
    app = BlockApp()
    async with app.run_test(size=(80, 40)) as pilot:
        (first, block), (_, other) = app.block.launches()
        assert (block, other) == (FIRST, SECOND)
        await pilot.click(app.block, offset=(4, 1))
        assert app.launched == []
        await pilot.click(app.block, offset=(4, first + 1))
        assert app.launched == [FIRST]


async def test_a_marked_launch_looks_different() -> None:
    """The mark changes the look of its line alone, and goes with the text."""
    app = BlockApp()
    async with app.run_test(size=(80, 40)):
        places = [y for y, _ in app.block.launches()]
        plain = [colours(app.block.render_line(y)) for y in places]
        app.block.highlight_launch(1)
        assert [colours(app.block.render_line(y)) == look for y, look in zip(places, plain, strict=True)] == [
            True,
            False,
        ]
        app.block.update(TEXT)
        assert colours(app.block.render_line(places[1])) == plain[1]


async def test_a_theme_change_paints_anew() -> None:
    """The same characters get the colours of the new theme."""
    app = BlockApp()
    async with app.run_test(size=(80, 40)) as pilot:
        text, dark = painted(app.block), colours(app.block.render_line(0))
        app.theme = "textual-light"
        await pilot.pause()
        assert painted(app.block) == text
        assert colours(app.block.render_line(0)) != dark


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light"])
async def test_every_line_has_a_look_in_every_theme(theme: str) -> None:
    """No style is missing, and text never has the colour of its ground."""
    app = BlockApp(TEXT + "\n> *q* ~~s~~ `c` [l](https://a.b)\n\n| a |\n|---|\n| b |\n\n---\n\n### h\n1. x")
    async with app.run_test(size=(80, 60)) as pilot:
        app.theme = theme
        await pilot.pause()
        app.block.highlight_launch(0)
        for y in range(app.block.content_size.height):
            for colour, ground in colours(app.block.render_line(y)):
                assert colour is None or colour.is_default or colour != ground


async def test_without_colours_headings_still_differ_from_strong_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Under NO_COLOR a heading is underlined."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = BlockApp("## Heading\n\n**strong**")
    async with app.run_test(size=(80, 40)):
        looks = [next(iter(app.block.render_line(y))).style for y in (0, 2)]
        assert [bool(look and look.underline) for look in looks] == [True, False]


async def test_markup_in_the_text_stays_literal() -> None:
    """Square brackets and escape sequences style nothing."""
    app = BlockApp("[bold red]x[/] \x1b[31my")
    async with app.run_test(size=(80, 40)):
        strip = app.block.render_line(0)
        assert strip.text.rstrip() == "[bold red]x[/] �[31my"
        assert not any(segment.style.bold for segment in strip if segment.style)


async def test_selected_text_is_shown_and_copied() -> None:
    """A selection counts characters, also behind wide ones."""
    app = BlockApp("漢字 one two\n\nthree")
    async with app.run_test(size=(80, 40)):
        selection = Selection(Offset(3, 0), Offset(6, 0))
        plain = app.block.render_line(0)
        app.screen.selections = {app.block: selection}
        strip = app.block.render_line(0)
        assert app.block.get_selection(selection) == ("one", "\n")
        assert strip.text == plain.text
        changed = [
            segment.text for segment in strip if segment.style and segment.style.bgcolor != _ground(plain)
        ]
        assert "".join(changed) == "one"


def _ground(strip: Strip) -> object:
    return next(segment.style.bgcolor for segment in strip if segment.style)
