"""The card and, beside it or below it, what the learner typed: kept, brought back, and matched against the key points."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Container

from quizapp.core.covered import covered, kept_words, points_of
from quizapp.errors import QuizError
from quizapp.tui.widgets.card_page import CardPage
from quizapp.tui.widgets.typed_answer import TypedAnswer

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.covered import Covered
    from quizapp.services.draft import Draft
    from quizapp.services.workspace import Workspace

KEEP_S = 0.25
"""How often what is typed is written down."""
BESIDE_COLUMNS = 110
"""From this width on both have lines that can be read side by side; a simulation may have taken its share before."""


class AnswerDesk(Container):
    """Has the class `-beside` while it is wide enough for two columns."""

    DEFAULT_CSS = """
    AnswerDesk { width: 1fr; height: 1fr; layout: vertical; }
    AnswerDesk TypedAnswer { height: auto; max-height: 40%; }
    AnswerDesk TypedAnswer.-open { height: 50%; min-height: 5; max-height: 50%; }
    AnswerDesk.-beside { layout: horizontal; }
    AnswerDesk.-beside TypedAnswer, AnswerDesk.-beside TypedAnswer.-open {
        height: 1fr; max-height: 100%; width: 42%; margin: 1 0 0 0; border-top: none; border-left: vkey $panel;
    }
    """

    def __init__(self, workspace: Workspace, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a card."""
        super().__init__(id=id)
        self._workspace = workspace
        self._card: Card | None = None
        self._kept: Draft | None = None
        self._keeping = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Lay out the card and the typed words."""
        yield CardPage(id="study-page")
        yield TypedAnswer(id="study-typed")

    def on_resize(self, event: events.Resize) -> None:
        """Put the two side by side where there is room."""
        self.set_class(event.size.width >= BESIDE_COLUMNS, "-beside")

    def on_mount(self) -> None:
        """Keep what is typed while it is typed, and what is chosen."""
        self.set_interval(KEEP_S, self._keep_while_typing)

    @property
    def page(self) -> CardPage:
        """Question, answer and key points."""
        return self.query_one(CardPage)

    @property
    def typed(self) -> TypedAnswer:
        """What the learner types."""
        return self.query_one(TypedAnswer)

    @property
    def has_words(self) -> bool:
        """Whether anything is typed."""
        return bool(self.typed.text.strip())

    @property
    def kept_words(self) -> dict[str, object]:
        """What the log keeps of the words with their review."""
        return kept_words(self._card, self.typed.text) if self._card is not None else {}

    def turn_to(self, card: Card) -> None:
        """Begin another card without words; `bring_back` takes up those that were typed for it before."""
        self._card, self._kept = card, None
        self.typed.begin()

    def replace(self, card: Card) -> None:
        """Go on with the same card in other words."""
        self._card = card

    def propose_points(self) -> None:
        """Tick the key points that the typed words cover: once, for the learner may overrule it."""
        self.page.points.tick(self.show_typed())

    def show_typed(self) -> tuple[str, ...]:
        """Show the typed words beside the answer, and return the key points that they cover."""
        assert self._card is not None, "a card is shown"
        found = covered(self._card, self.typed.text)
        if self.has_words:
            self.page.compare_points()
        self.typed.show(found.spans, _coverage_lead(self._card, found))
        self.page.points.explain(found.words)
        return found.points

    async def keep_typed(self) -> None:
        """Write down what is typed before it is rated: neither leaving nor a killed terminal loses it.

        Raises:
            StoreError: The library cannot be written.
        """
        from quizapp.services import draft

        async with self._keeping:
            card, before = self._card, self._kept
            if card is None or before is None:
                return
            now = self._typed_after(before)
            if now != before:
                await asyncio.to_thread(draft.keep, self._workspace, card, now)
                if card is self._card:
                    self._kept = now

    def _typed_after(self, before: Draft) -> Draft:
        given = self.page.expected.text
        words = self.typed.text if self.has_words else ""
        return replace(before, words=words, given=given if given.strip() else "")

    @property
    def _is_changed(self) -> bool:
        return self._kept is not None and self._kept != self._typed_after(self._kept)

    @work(group="keep-typed")
    async def _keep_while_typing(self) -> None:
        if not self._keeping.locked() and self._is_changed:
            with suppress(QuizError):  # said when the words are handed in
                await self.keep_typed()

    async def bring_back(self) -> bool:
        """Take up what was typed for this review before; return whether there are words now."""
        from quizapp.services import draft

        card = self._card
        if card is None or self._kept is not None:
            return self.has_words
        try:
            kept = await asyncio.to_thread(draft.kept, self._workspace, card)
        except QuizError:
            return False  # said at the next turn; nobody asked for anything
        if card is not self._card:
            return False
        self._kept = kept
        if not self.page.reading.revealed:
            if kept.words and not self.typed.text:
                self.typed.begin(kept.words)
            if kept.given and not self.page.expected.text.strip():
                self.page.expected.put(kept.given)
        return self.has_words


def _coverage_lead(card: Card, found: Covered) -> str:
    """Return how many key points are covered, for the line above the typed words; empty where there are none."""
    hits, points = len(found.points), len(points_of(card))
    if not points or not found.words:
        return ""
    return f" · {hits} of {points} key points{' (marked)' if hits else ''}"
