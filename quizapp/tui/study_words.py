"""What stands around a question: the line above it, whose follow-up it is, what to press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from quizapp.core.duration import clock
from quizapp.core.flag import Flag, flag_of
from quizapp.core.leech import is_leech
from quizapp.core.long_answer import is_long
from quizapp.core.session import ELAPSED_CAP_MS
from quizapp.core.topic import CardKind
from quizapp.services.trials import can_be_asked, expectation_of
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from quizapp.core.card import Card

HINT = "{study.reveal=space} shows the answer   {study.type=t} type yours   {study.simulate=x} run it first"
LONG_HINT = "{study.reveal=space} shows the answer by section   {study.type=t} type yours   {study.simulate=x} run it first"
EXPECT_HINT = "{study.give=space} your answer   {study.show=n} shows it   {study.type=t} type freely"
CHOICE_HINT = (
    "1-9 or ↑↓ choose   {expected.submit=enter} hands in   {study.show=n} shows it   {study.type=t} type"
)
GIVING_HINT = "{expected.submit=enter} hands it in   {expected.leave=esc} keeps it and goes back"
TYPING_HINT = "{typed.reveal=ctrl+j} shows the answer   {typed.leave=esc} keeps it and goes back"
KEPT_HINT = "Your words are kept: {study.type=t} goes on with them"
TRIAL_HINT = "{study.predict=space} predict and run it   {study.show=n} the answer without predicting"


def marks(card: Card, leech_lapses: int) -> str:
    """Return a card's flag, whether it is a leech, and the learner's own tags; empty for a card without any."""
    flag = flag_of(card.state.flag)
    parts = [str(flag)] if flag else []
    if is_leech(card.state.memory.lapses, leech_lapses):
        parts.append("leech")
    return " ".join([*parts, *(f"#{tag}" for tag in card.own_tags)])


def place(done: int, ahead: int, follow_ups: int) -> str:
    """Return the place in a session; the follow-ups to come are named, for it is they that make the whole grow.

    Args:
        done: The cards that were rated.
        ahead: The cards that come, the present one included.
        follow_ups: How many of these are follow-ups.
    """
    words = f"{done + 1} of {done + ahead}"
    return f"{words} · {follow_ups} follow-up{'s' * (follow_ups > 1)}" if follow_ups else words


def head(card: Card | None, deck: str, place: str, elapsed_s: float, width: int, marked: str = "") -> str:
    """Return the line above a card: deck and title as far as they fit, its marks, the place in the session, the time.

    Args:
        marked: What `marks` says of the card.
    """
    if card is None:
        return one_line(deck, width) or "all decks"
    right = f"{place}   {clock(min(elapsed_s, ELAPSED_CAP_MS / 1000))}"
    room = max(8, width - len(right) - 2)
    if marked:
        marked = "  " + one_line(marked, room // 2)
        room -= cell_len(marked)
    where = f"{card.deck} › {card.title}"
    if cell_len(where) > room:
        where = card.title
    return set_cell_size(one_line(where, room) + marked, room + cell_len(marked)) + "  " + right


def flag_in(line: str, card: Card | None) -> tuple[int, Flag] | None:
    """Return where the shape of a card's flag stands in the line above it, and the flag; None where none does."""
    flag = flag_of(card.state.flag) if card is not None else None
    # Two blanks: the words of a deck or a title never have them, the marks always do.
    at = line.find(f"  {flag.shape} ") if flag is not None else -1
    return (at + 2, flag) if flag is not None and at >= 0 else None


def hint(card: Card) -> str:
    """Return what to press before the answer is shown."""
    return keyed(_hint(card))


def _hint(card: Card) -> str:
    expected = expectation_of(card)
    if expected is not None:
        from quizapp.core.expectation import Choice

        return CHOICE_HINT if isinstance(expected, Choice) else EXPECT_HINT
    if can_be_asked(card):
        return TRIAL_HINT
    return LONG_HINT if is_long(card.answer) else HINT


def lead(card: Card) -> str:
    """Return which follow-up or prediction to what a card is; empty for a topic's question."""
    if card.kind is CardKind.QUESTION:
        return ""
    if card.kind is CardKind.PREDICTION:
        return f"Prediction for “{one_line(card.title, 60)}”"
    return f"Follow-up {card.number} of {card.follow_ups} to “{one_line(card.title, 60)}”"
