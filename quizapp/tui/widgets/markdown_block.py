"""Markdown in a single widget: the text is laid out by core, each style gets its look from the theme."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from quizapp.core.page import MAX_TEXT_WIDTH, Line, Style, cells, lay_out
from quizapp.core.page.code import LAUNCH_HINT
from quizapp.core.page.copied import copied_text
from quizapp.core.topic import SimBlock
from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.selection import Selection

HIGHLIGHT = "launch_highlight"


class MarkdownBlock(Widget):
    """Shows a Markdown text. Lines count from 0 at the top of the content."""

    @dataclass
    class LaunchRequested(Message):
        """The line of a simulation was clicked."""

        block: SimBlock

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "markdown-block--text",
        "markdown-block--strong",
        "markdown-block--emphasis",
        "markdown-block--strike",
        "markdown-block--code",
        "markdown-block--code-block",
        "markdown-block--heading-1",
        "markdown-block--heading-2",
        "markdown-block--heading-3",
        "markdown-block--bullet",
        "markdown-block--quote",
        "markdown-block--rule",
        "markdown-block--table-head",
        "markdown-block--table-rule",
        "markdown-block--link",
        "markdown-block--launch",
        "markdown-block--launch-detail",
        "markdown-block--launch-highlight",
        "markdown-block--faint",
        "markdown-block--math",
    }
    DEFAULT_CSS = """
    MarkdownBlock {
        width: 100%;
        height: auto;
        & > .markdown-block--text { color: $foreground; }
        & > .markdown-block--strong { text-style: bold; }
        & > .markdown-block--emphasis { text-style: italic; }
        & > .markdown-block--strike { text-style: strike; color: $text-muted; }
        & > .markdown-block--code { color: $text-accent; background: $foreground 7%; }
        & > .markdown-block--code-block { color: $foreground 90%; background: $foreground 7%; }
        & > .markdown-block--heading-1 { color: $text-primary; text-style: bold underline; }
        & > .markdown-block--heading-2 { color: $text-primary; text-style: bold; }
        & > .markdown-block--heading-3 { color: $text-secondary; text-style: bold; }
        & > .markdown-block--bullet { color: $text-primary; }
        & > .markdown-block--quote { color: $text-accent; }
        & > .markdown-block--rule { color: $foreground 30%; }
        & > .markdown-block--table-head { color: $text-primary; text-style: bold; }
        & > .markdown-block--table-rule { color: $foreground 30%; }
        & > .markdown-block--link { color: $text-primary; text-style: underline; }
        & > .markdown-block--launch { color: $text-success; background: $success 16%; text-style: bold; }
        & > .markdown-block--launch-detail { color: $foreground; background: $success 16%; }
        & > .markdown-block--launch-highlight { background: $success 16%; text-style: bold; }
        & > .markdown-block--faint { color: $foreground 75%; }
        & > .markdown-block--math { text-style: not italic; }

        &:light > .markdown-block--code { color: $text-primary; }
        &:light > .markdown-block--launch { color: $foreground; }
        &:ansi > .markdown-block--heading-2, &:nocolor > .markdown-block--heading-2 {
            text-style: bold underline;
        }
        &:ansi > .markdown-block--code { color: ansi_cyan; background: transparent; }
        &:ansi > .markdown-block--code-block { color: ansi_cyan; background: transparent; }
        &:ansi > .markdown-block--rule, &:ansi > .markdown-block--table-rule { color: ansi_bright_black; }
        &:ansi > .markdown-block--faint { color: ansi_default; text-style: dim; }
        &:ansi > .markdown-block--launch, &:ansi > .markdown-block--launch-detail { background: transparent; }
        &:ansi > .markdown-block--launch-highlight { color: ansi_black; background: ansi_green; }
        &:nocolor > .markdown-block--launch-highlight { text-style: bold underline; }
    }
    """

    def __init__(
        self,
        markdown: str = "",
        *,
        max_text_width: int = MAX_TEXT_WIDTH,
        id: str | None = None,  # noqa: A002 -- Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._markdown = markdown
        self._max_text_width = max(1, max_text_width)
        self._highlighted: int | None = None
        self._pages: dict[int, tuple[Line, ...]] = {}
        self._looks: dict[tuple[str, ...], RichStyle] = {}
        self._strips: tuple[int, list[Strip]] | None = None

    def update(self, markdown: str) -> None:
        """Show another text."""
        self._markdown = markdown
        self._pages.clear()
        self._strips = None
        self._highlighted = None
        self.refresh(layout=True)

    def highlight_launch(self, index: int | None) -> None:
        """Mark one of the launches, counted from 0, or none."""
        self._highlighted = index
        self._strips = None
        self.refresh()

    def launches(self) -> tuple[tuple[int, SimBlock], ...]:
        """Return the simulations of the text, each with the line that it stands on."""
        return tuple((y, line.launch) for y, line in enumerate(self._lines()) if line.launch)

    def source_line_at(self, y: int) -> int:
        """Return the line of the Markdown, from 0, that is shown at a line; beyond the ends, the nearest."""
        lines = self._lines()
        return lines[min(max(0, y), len(lines) - 1)].source_line if lines else 0

    def y_of_source(self, line: int) -> int:
        """Return where a line of the Markdown is shown, or the text before it where it shows nothing itself."""
        sources = [shown.source_line for shown in self._lines()]
        place = bisect_right(sources, line) - 1
        return bisect_left(sources, sources[place]) if place >= 0 else 0

    def notify_style_update(self) -> None:
        """Forget what was drawn with the looks before."""
        super().notify_style_update()
        self._looks.clear()
        self._strips = None

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 -- Textual's signature
        """Return the width of a block whose width is `auto`."""
        return min(container.width, self._max_text_width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- as above
        """Return how many lines the text takes at a width."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Return a line that was drawn before; mouse selection knows its characters by their offsets."""
        width = self.content_size.width
        if self._strips is None or self._strips[0] != width:
            self._strips = width, self._drawn(width)
        strips = self._strips[1]
        if not 0 <= y < len(strips):
            return Strip.blank(width, self._look(()))
        selection = self.text_selection
        span = selection.get_span(y) if selection else None
        strip = self._selected(strips[y], self._lines()[y].text, *span) if span else strips[y]
        return strip.apply_offsets(0, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected characters and what ends them; a formula is copied as it is written."""
        return copied_text(self._lines(), selection.get_span), "\n"

    def on_click(self, event: events.Click) -> None:
        """Ask for the simulation whose line was clicked."""
        offset = event.get_content_offset(self)
        block = dict(self.launches()).get(offset.y) if offset else None
        if block:
            event.stop()
            self.post_message(self.LaunchRequested(block))

    def _lines(self, width: int | None = None) -> tuple[Line, ...]:
        """Return the page at a width of the content, by default the present one."""
        room = self.content_size.width if width is None else width
        text_width = min(room or self._max_text_width, self._max_text_width)
        if text_width not in self._pages:
            # Two widths at most: that with and that without a scroll bar are asked for in turn.
            self._pages = dict(list(self._pages.items())[-1:])
            self._pages[text_width] = lay_out(self._markdown, text_width)
        return self._pages[text_width]

    def _drawn(self, width: int) -> list[Strip]:
        lines = self._lines(width)
        launches = [line for line in lines if line.launch]
        marked = next((line for at, line in enumerate(launches) if at == self._highlighted), None)
        return [self._strip(line, width, (HIGHLIGHT,) if line is marked else ()) for line in lines]

    def _strip(self, line: Line, width: int, mark: tuple[str, ...]) -> Strip:
        segments = [
            Segment(_with_own_key(run.text) if line.launch else run.text, self._look((*run.styles, *mark)))
            for run in line.runs
        ]
        used, text_width = line.width, min(width, self._max_text_width)
        if line.code or line.launch:
            ground = Style.CODE_BLOCK if line.code else Style.LAUNCH_DETAIL
            segments.append(Segment(" " * (text_width - used), self._look((ground, *mark))))
            used = text_width
        segments.append(Segment(" " * (width - used), self._look(())))
        return Strip([segment for segment in segments if segment.text], width)

    def _look(self, styles: tuple[str, ...]) -> RichStyle:
        if styles not in self._looks:
            names = (f"markdown-block--{style.replace('_', '-')}" for style in styles)
            self._looks[styles] = self.get_visual_style(*names).rich_style
        return self._looks[styles]

    def _selected(self, strip: Strip, text: str, start: int, end: int) -> Strip:
        """Return the strip with the look of selected text between two characters; -1 is the end of the text."""
        first, last = cells(text[:start]), cells(text if end < 0 else text[:end])
        look = self.screen.get_component_rich_style("screen--selection")
        ground = RichStyle(bgcolor=look.bgcolor, reverse=look.reverse)
        parts = strip.crop(0, first), strip.crop(first, last), strip.crop(last)
        chosen = Strip([Segment(part.text, (part.style or RichStyle()) + ground) for part in parts[1]])
        return Strip.join([parts[0], chosen, parts[2]])


def _with_own_key(text: str) -> str:
    """Return how a simulation is run with the learner's own key, in as many columns; all else as it is."""
    if not text.endswith(LAUNCH_HINT):
        return text
    hint = keyed("{study.simulate=x}" + LAUNCH_HINT.removeprefix("x"))
    return hint.rjust(len(text)) if len(hint) <= len(text) else " " * len(text)
