"""Times an answer from update to paint: our one widget against Textual's own Markdown, interleaved in one run."""

from __future__ import annotations

import asyncio
import statistics
import time
from importlib import resources
from typing import TYPE_CHECKING

from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from quizapp.core.page import lay_out
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from textual.app import ComposeResult

ROUNDS = 7


class Page(App[None]):
    """Both widgets, one above the other."""

    def compose(self) -> ComposeResult:
        """Lay out ours and theirs."""
        with VerticalScroll():
            yield MarkdownBlock()
        with VerticalScroll():
            yield Markdown()


async def painted_ms(app: Page, widget: MarkdownBlock | Markdown, text: str) -> float:
    """Return how long it takes from handing a text over until it has been painted."""
    done = asyncio.Event()
    begun = time.perf_counter()
    waiting = widget.update(text)
    if waiting is not None:
        await waiting
    app.call_after_refresh(done.set)
    await done.wait()
    return 1000 * (time.perf_counter() - begun)


async def measure(text: str) -> tuple[float, float]:
    """Return the medians for ours and theirs."""
    app = Page()
    ours: list[float] = []
    theirs: list[float] = []
    async with app.run_test(size=(100, 60)) as pilot:
        for _ in range(ROUNDS):
            for widget, times in ((app.query_one(MarkdownBlock), ours), (app.query_one(Markdown), theirs)):
                await painted_ms(app, widget, "x")
                await pilot.pause()
                times.append(await painted_ms(app, widget, text))
                await pilot.pause()
    return statistics.median(ours), statistics.median(theirs)


def main() -> None:
    """Print the medians, their ratio, and the layout alone."""
    text = (resources.files("cards") / "residual-connections" / "1-overview.md").read_text(encoding="utf-8")
    ours, theirs = asyncio.run(measure(text))
    layouts = []
    for _ in range(30):
        begun = time.perf_counter()
        lay_out(text, 88)
        layouts.append(1000 * (time.perf_counter() - begun))
    print(f"text: {len(text.encode())} bytes, {len(lay_out(text, 88))} lines")
    print(f"layout alone, median: {statistics.median(layouts):.1f} ms")
    print(f"update to painted, ours: {ours:.1f} ms; Textual's Markdown: {theirs:.1f} ms")
    print(f"ratio ours / Textual's Markdown: {ours / theirs:.3f}")


if __name__ == "__main__":
    main()
