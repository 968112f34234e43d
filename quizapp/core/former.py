"""What an entry that changes a card's schedule keeps of it as it was, so that taking it back need not replay its reviews.

The fold never reads this: it is a shortcut, which holds only while the log says that nothing else came between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, replace

from quizapp.core.fold import CardState
from quizapp.core.log import EntryKind
from quizapp.core.memory import Memory, Phase

_FORMER = "former"
KINDS = frozenset({EntryKind.SET_DUE, EntryKind.RESET})
"""The changes of many cards that alter a card's memory."""


def former(card: CardState, entries: int) -> Mapping[str, object]:
    """Return what an entry keeps of a card before it.

    Args:
        entries: How many entries the card has before this one, undone ones and undos included.
    """
    memory = [card.memory.phase.value, *astuple(card.memory)[1:]]
    return {_FORMER: [entries, card.not_before, card.buried_until, *memory]}


def brought_back(card: CardState, extra: Mapping[str, object], entries: int) -> CardState | None:
    """Return a card with the schedule that it had before an entry; None where the entry does not tell.

    Args:
        extra: What the entry keeps.
        entries: How many entries the card has before it by now: one more, and the card was another one then.
    """
    kept = extra.get(_FORMER)
    if not isinstance(kept, list) or kept[0] != entries:
        return None
    _, not_before, buried_until, phase, *figures = kept
    return replace(
        card, memory=Memory(Phase(phase), *figures), not_before=not_before, buried_until=buried_until
    )
