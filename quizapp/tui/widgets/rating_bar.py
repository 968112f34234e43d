"""The ratings, each with the interval that it gives and what it says of the recall; before the answer, what to press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from quizapp.core.duration import interval_words
from quizapp.core.memory import Interval, Rating
from quizapp.core.rating_scale import FOUR, RatingScale
from quizapp.tui.key_words import keyed
from quizapp.tui.study_words import HINT

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


PROPOSED = "▸ "
"""Stands before the rating that a prediction earned."""


class RatingButton(Static):
    """One rating; a click gives it. It never takes the focus: the keys work everywhere."""

    @dataclass
    class Pressed(Message):
        """The learner clicked this rating."""

        rating: Rating

    def __init__(self, rating: Rating, name: str, scale: RatingScale) -> None:
        """Stand for one rating.

        Args:
            name: Its keys and what it is called.
        """
        super().__init__(classes=f"-{rating.name.lower()}")
        self._rating = rating
        self._named = name
        self._scale = scale
        self._words = ""
        self._proposed = False

    def show(self, words: str, *, proposed: bool) -> None:
        """Say what the rating would do to the schedule, and whether it is the one that is proposed."""
        self._words = words
        self._proposed = proposed
        self.set_class(proposed, "-proposed")
        self._draw()

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self._draw()

    def _draw(self) -> None:
        room = self.content_size.width
        mark, name, words = PROPOSED if self._proposed else "", self._named, self._words
        above, below = mark, ""
        if len(f"{mark}{name} {words}") > room:
            above, below = below, above  # the line of the caption has room for it
        if len(f"{above}{name} {words}") > room:
            words = words.replace(" ", "")
        caption = self._scale.caption(self._rating, room)
        self.update(Content.assemble((above + name, "bold"), f" {words}\n", (below, "bold"), caption))

    def on_click(self, event: events.Click) -> None:
        """Give the rating."""
        event.stop()
        self.post_message(self.Pressed(self._rating))


class RatingBar(Horizontal):
    """The bar below the card."""

    DEFAULT_CSS = """
    RatingBar { height: 3; align-vertical: bottom; }
    RatingBar RatingButton {
        width: 1fr; height: 2; margin: 0 1; padding: 0 1;
        background: $panel; color: $foreground; text-align: center; text-wrap: nowrap;
    }
    RatingBar RatingButton:hover { background: $primary 40%; }
    RatingBar .-again { color: $text-error; }
    RatingBar .-hard { color: $text-warning; }
    RatingBar .-good { color: $text-success; }
    RatingBar .-easy { color: $text-primary; }
    RatingBar .-proposed { text-style: underline; background: $primary 30%; }
    RatingBar #rating-hint { width: 1fr; height: 1; padding: 0 1; color: $text-muted; display: none; }
    .-narrow RatingBar { padding: 0; }
    .-narrow RatingBar RatingButton { margin: 0 0 0 1; padding: 0; }
    RatingBar.-asking { align-vertical: middle; }
    RatingBar.-asking RatingButton { display: none; }
    RatingBar.-asking #rating-hint { display: block; }
    """
    SCOPED_CSS = False  # the layout depends on the screen's breakpoint classes

    def __init__(
        self,
        scale: RatingScale = FOUR,
        keys: Mapping[str, str] = MappingProxyType({}),
        *,
        moves_schedule: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's own word
    ) -> None:
        """Have a button for each rating of a scale.

        Args:
            keys: The learner's own keys, by the binding's id.
            moves_schedule: Say what ratings do to the schedule, or that they leave it as it is.
        """
        super().__init__(id=id)
        self._scale = scale
        self._keys = keys
        self._moves_schedule = moves_schedule
        self._hint = keyed(HINT)

    def compose(self) -> ComposeResult:
        """Lay out the hint and the buttons."""
        yield Static(self._hint, id="rating-hint")
        for rating in self._scale.ratings:
            yield RatingButton(rating, self._named(rating), self._scale)

    def _named(self, rating: Rating) -> str:
        own = self._keys.get(f"study.{rating.name.lower()}")
        if self._scale.has_two and rating is Rating.GOOD:
            own = self._keys.get("study.passed", own)
        if own is None:
            return self._scale.name(rating)
        from quizapp.tui.key_names import shown_keys

        return f"{shown_keys(own).split(', ')[0]} {rating.name.capitalize()}"

    def show(self, intervals: Mapping[Rating, Interval] | None, proposed: Rating | None = None) -> None:
        """Show the buttons, with their intervals once these are known, and the proposed one marked."""
        self.remove_class("-asking")
        for rating, button in zip(self._scale.ratings, self.query(RatingButton), strict=True):
            button.show(self._words(rating, intervals), proposed=rating is proposed)

    def _words(self, rating: Rating, intervals: Mapping[Rating, Interval] | None) -> str:
        if not self._moves_schedule:
            return "later" if rating is Rating.AGAIN else "done"
        interval = intervals.get(rating) if intervals else None
        return interval_words(interval) if interval else ""

    def ask(self, hint: str) -> None:
        """Hide the buttons, for there is no answer to be rated yet, and say what to press."""
        self._hint = hint
        self.add_class("-asking")
        self._show_hint()

    def on_resize(self) -> None:
        """Say what there is room for."""
        self._show_hint()

    def _show_hint(self) -> None:
        """Leave out the last parts that would be cut."""
        room = self.content_size.width - 2
        parts = self._hint.split("   ")
        while len(parts) > 1 and room > 0 and cell_len("   ".join(parts)) > room:
            parts.pop()
        self.query_one("#rating-hint", Static).update(Content("   ".join(parts)))
