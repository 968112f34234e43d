"""The line above a card: its deck and title, the place in the session, the time spent on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from quizapp.tui.one_line import one_line
from quizapp.tui.study_words import flag_in, head, marks, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from quizapp.core.card import Card


class SessionHead(Static):
    """Says where the learner is, and counts the time."""

    def __init__(
        self,
        deck: str,
        now: Callable[[], datetime],
        *,
        leech_lapses: int,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        """Belong to a session of this deck.

        Args:
            leech_lapses: How many lapses make a card a leech.
        """
        super().__init__(id=id)
        self._deck = deck
        self._leech_lapses = leech_lapses
        self._now = now
        self._since = now()
        self._card: Card | None = None
        self._place = ""
        self._note = ""

    def on_mount(self) -> None:
        """Count the seconds."""
        self.set_interval(1.0, self._show)

    def on_resize(self) -> None:
        """Use the room there is."""
        self._show()

    def show_card(self, card: Card | None) -> None:
        """Show another card, and count its time from now."""
        self._card = card
        self._since = self._now()
        self._show()

    def replace_card(self, card: Card) -> None:
        """Show the same card with other words or marks; its time runs on."""
        self._card = card
        self._show()

    def show_place(self, done: int, ahead: int, follow_ups: int, note: str = "") -> None:
        """Show how many cards were rated and how many come, and what is special about the session.

        Args:
            done: The cards that were rated.
            ahead: The cards that come, the present one included.
            follow_ups: How many of these are follow-ups that join after the present card.
            note: Stands in a line of its own.
        """
        self._place = place(done, ahead, follow_ups)
        self._note = note
        self._show()

    @property
    def elapsed(self) -> timedelta:
        """The time since the card was shown."""
        return max(timedelta(), self._now() - self._since)

    def _show(self) -> None:
        card, width = self._card, self.content_size.width
        marked = marks(card, self._leech_lapses) if card is not None else ""
        line = Content(head(card, self._deck, self._place, self.elapsed.total_seconds(), width, marked))
        if (flagged := flag_in(line.plain, card)) is not None:
            at, flag = flagged
            line = line.stylize(f"$flag-{flag.name}", at, at + 1)
        self.update(line.append(f"\n{one_line(self._note, width)}") if self._note else line)
