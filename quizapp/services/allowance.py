"""What a study day still allows, deck by deck, and the settings that are in force in a card's deck.

A deck's limit counts it with all below it, and lies within those of the decks that enclose it and within the overall
one. Without settings of single decks nothing of this is looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.config import Settings, enclosing
from quizapp.core.memory import Phase
from quizapp.core.overview import NO_LIMIT
from quizapp.core.session import Done
from quizapp.core.topic import CardId
from quizapp.store import queue
from quizapp.store.database import Execute
from quizapp.store.queue import Scope

AT_ONCE, NEVER = "at once", "never"
"""When a question's follow-ups come; between the two lies `later`, as cards of their own."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a day's limits.

    Attributes:
        new, reviews: Over all decks.
        decks: The same for each deck that has a limit, itself and all below it; None for no limit of its own.
    """

    new: int
    reviews: int
    decks: Mapping[str, tuple[int | None, int | None]]

    @property
    def in_decks(self) -> dict[str, tuple[int, int]]:
        """What is left in the decks that have a limit, a number where one of the two has none."""
        return {
            path: (NO_LIMIT if new is None else new, NO_LIMIT if reviews is None else reviews)
            for path, (new, reviews) in self.decks.items()
        }

    def left_in(self, deck: str, phase: Phase) -> int:
        """Return how many more cards of a phase may come in a deck; cards in learning know no limit."""
        if phase not in (Phase.NEW, Phase.REVIEW):
            return 1
        which = 0 if phase is Phase.NEW else 1
        own = (self.decks.get(path, (None, None))[which] for path in enclosing(deck))
        return min((self.new, self.reviews)[which], *(left for left in own if left is not None), NO_LIMIT)


def settings_for(settings: Settings, execute: Execute, card_id: CardId) -> Settings:
    """Return the settings as they are in a card's deck."""
    return settings.in_deck(queue.deck_of(execute, card_id)) if settings.decks else settings


def allowance(settings: Settings, execute: Execute, done: Done, day: int) -> Allowance:
    """Return what a study day still allows."""
    limited = {
        path: own
        for path, own in settings.decks.items()
        if own.new_per_day is not None or own.reviews_per_day is not None
    }
    counted = _done_in(execute, day, limited) if limited else {}
    decks = {
        path: (
            None if own.new_per_day is None else own.new_per_day - counted[path].new,
            None if own.reviews_per_day is None else own.reviews_per_day - counted[path].reviews,
        )
        for path, own in limited.items()
    }
    return Allowance(settings.new_per_day - done.new, settings.reviews_per_day - done.reviews, decks)


def scope(settings: Settings, execute: Execute, left: Allowance, deck: str) -> Scope | None:
    """Return which decks may give which cards; None where all may, which is the usual case and the fastest."""
    shut = any(count is not None and count <= 0 for counts in left.decks.values() for count in counts)
    if not shut and not _is_quiet_anywhere(settings):
        return None
    decks = queue.deck_ids(execute)
    inside = {path for path in decks if not deck or path == deck or path.startswith(deck + "/")}
    return Scope(
        all=tuple(decks[path] for path in inside),
        new=tuple(decks[path] for path in inside if left.left_in(path, Phase.NEW) > 0),
        review=tuple(decks[path] for path in inside if left.left_in(path, Phase.REVIEW) > 0),
        quiet=tuple(decks[path] for path in inside if settings.in_deck(path).follow_ups == NEVER),
    )


def quiet_decks(settings: Settings, execute: Execute) -> tuple[int, ...]:
    """Return the ids of the decks whose follow-ups never come."""
    if not _is_quiet_anywhere(settings):
        return ()
    decks = queue.deck_ids(execute)
    return tuple(decks[path] for path in decks if settings.in_deck(path).follow_ups == NEVER)


def _is_quiet_anywhere(settings: Settings) -> bool:
    return settings.follow_ups == NEVER or any(own.follow_ups == NEVER for own in settings.decks.values())


def _done_in(execute: Execute, day: int, limited: Mapping[str, object]) -> dict[str, Done]:
    """Return what was done today in each of these decks and all below it."""
    counted = dict.fromkeys(limited, Done())
    for deck, phase, count in queue.today_by_deck(execute, day):
        new, reviews = (count if phase == kind else 0 for kind in (Phase.NEW, Phase.REVIEW))
        for path in enclosing(deck):
            if path in counted:
                counted[path] = Done(counted[path].new + new, counted[path].reviews + reviews)
    return counted
