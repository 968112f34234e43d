"""One claim of a topic: what is said, how true it is, what is precisely true, its source, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from quizapp.core.claim_words import measured_words, verdict_words
from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.plain import printable
from quizapp.core.topic import SimBlock
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.markdown_block import MarkdownBlock

if TYPE_CHECKING:
    from datetime import tzinfo

    from textual.app import ComposeResult

    from quizapp.services.claims import ListedClaim

MARK = "▸ "


class ClaimEntry(Vertical):
    """Draws a claim; the one that keys act on has a mark before it."""

    @dataclass
    class Chosen(Message):
        """The claim was clicked."""

        entry: ClaimEntry

    DEFAULT_CSS = """
    ClaimEntry {
        height: auto;
        margin-bottom: 1;
        & > .-said { height: auto; text-style: bold; }
        & > MarkdownBlock, & > .-source, & > .-measured { margin-left: 2; height: auto; }
        & > .-source { color: $text-muted; }
    }
    """

    def __init__(self, listed: ListedClaim, zone: tzinfo | None) -> None:
        """Show a claim, with its last measurement in a time zone."""
        super().__init__()
        self._listed = listed
        self._zone = zone

    @property
    def block(self) -> SimBlock | None:
        """The simulation that measures the claim, with the knobs for it; None where there is none."""
        by = self._listed.claim.measured_by
        return SimBlock(by.simulation, by.settings, 0) if by else None

    def compose(self) -> ComposeResult:
        """Lay out the claim over its truth, its source and its measurement."""
        claim = self._listed.claim
        yield Static(classes="-said")
        yield MarkdownBlock(claim.precise)
        if claim.source:
            yield Static(Content(printable(f"Source: {claim.source}")), classes="-source")
        if words := self._measured():
            yield Static(Content(printable(words)), classes="-measured")

    def on_mount(self) -> None:
        """Begin without the mark."""
        self.mark(chosen=False)

    def mark(self, *, chosen: bool) -> None:
        """Draw the mark, or take it away."""
        claim = self._listed.claim
        said = f"{verdict_words(claim.verdict)}   “{with_formulas(printable(claim.statement))}”"
        self.query_one(".-said", Static).update(Content((MARK if chosen else "  ") + said))

    def on_click(self) -> None:
        """Tell that it was clicked."""
        self.post_message(self.Chosen(self))

    def _measured(self) -> str:
        """Return what was measured last, or what would measure it."""
        by = self._listed.claim.measured_by
        if by is None:
            return ""
        if self._listed.measured is None:
            return keyed(f"not measured here yet: {{claims.run=x}} runs {by.simulation}")
        measured = self._listed.measured
        return f"{by.simulation}: {measured.claim.statement}\n{measured_words(measured, self._zone)}"
