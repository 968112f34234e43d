"""What stands around a question: the line above it, whose follow-up it is, what to press."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from quizapp.core.duration import clock
from quizapp.core.session import ELAPSED_CAP_MS
from quizapp.core.topic import CardKind
from quizapp.services.trials import can_be_asked
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from quizapp.core.card import Card

HINT = "space shows the answer   n a section at a time   x predict and run it first"
TRIAL_HINT = "space predict and run it   n the answer without predicting"
_HINT_IDS = ("study.reveal", "study.section", "study.simulate")
_TRIAL_IDS = ("study.predict", "study.section")
"""The bindings that the parts of the hints name."""


def head(card: Card | None, deck: str, place: str, elapsed_s: float, width: int) -> str:
    """Return the line above a card: its deck and title as far as they fit, the place in the session, the time."""
    if card is None:
        return one_line(deck, width) or "all decks"
    right = f"{place}   {clock(min(elapsed_s, ELAPSED_CAP_MS / 1000))}"
    room = max(8, width - len(right) - 2)
    where = f"{card.deck} › {card.title}"
    if cell_len(where) > room:
        where = card.title
    return set_cell_size(one_line(where, room), room) + "  " + right


def hint(card: Card, keys: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return what to press before the answer is shown.

    Args:
        keys: The learner's own keys, by the binding's id.
    """
    words = TRIAL_HINT if can_be_asked(card) else HINT
    if not keys:
        return words
    from quizapp.tui.bound_keys import shown_keys

    ids = _TRIAL_IDS if words is TRIAL_HINT else _HINT_IDS
    parts = [part.split(" ", 1) for part in words.split("   ")]
    named = zip(ids, parts, strict=True)
    return "   ".join(
        f"{shown_keys(keys.get(name, usual)).split(', ')[0]} {rest}" for name, (usual, rest) in named
    )


def lead(card: Card) -> str:
    """Return which follow-up or prediction to what a card is; empty for a topic's question."""
    if card.kind is CardKind.QUESTION:
        return ""
    if card.kind is CardKind.PREDICTION:
        return f"Prediction for “{one_line(card.title, 60)}”"
    return f"Follow-up {card.number} of {card.follow_ups} to “{one_line(card.title, 60)}”"
