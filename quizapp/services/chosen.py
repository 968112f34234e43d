"""Chosen cards as a whole: how many are suspended, flagged and so on, and what may be asked for when they are changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.card import Card
from quizapp.core.leech import is_leech
from quizapp.core.topic import CardId
from quizapp.errors import DeckError
from quizapp.services.trials import front_line
from quizapp.services.workspace import Workspace
from quizapp.store import cards, library, queue


@dataclass(frozen=True, slots=True)
class Chosen:
    """What can be said of some cards together.

    Attributes:
        name: The words of a single card; empty for several.
        reviewed: How many are not new.
        own_tags: Every tag of the learner's own that any of them has.
        decks: The decks that they are in.
        is_leech: It is a single card, and a leech.
    """

    ids: tuple[CardId, ...]
    name: str = ""
    suspended: int = 0
    buried: int = 0
    flagged: int = 0
    deleted: int = 0
    reviewed: int = 0
    own_tags: tuple[str, ...] = ()
    decks: tuple[str, ...] = ()
    is_leech: bool = False

    @property
    def count(self) -> int:
        """How many cards they are."""
        return len(self.ids)


def chosen(workspace: Workspace, ids: Sequence[CardId]) -> Chosen:
    """Return what there is to know of these cards; ids that there are not are left out.

    Raises:
        DeckError: None of them is in the library.
    """
    day, _ = workspace.today()
    read = workspace.database.read
    found = cards.marks(read, tuple(dict.fromkeys(ids)))
    if not found:
        raise DeckError("None of these cards is in the library.", "Choose others.")
    return Chosen(
        ids=tuple(card.id for card in found),
        name=_name(cards.card(read, found[0].id)) if len(found) == 1 else "",
        suspended=sum(card.suspended for card in found),
        buried=sum(card.buried_until > day for card in found),
        flagged=sum(card.flag > 0 for card in found),
        deleted=sum(card.deleted for card in found),
        reviewed=sum(card.reps > 0 for card in found),
        own_tags=tuple(sorted({tag for card in found for tag in card.own_tags})),
        decks=tuple(sorted({card.deck for card in found})),
        is_leech=len(found) == 1 and is_leech(found[0].lapses, workspace.settings.leech_lapses),
    )


def fronts(workspace: Workspace, ids: Sequence[CardId]) -> list[str]:
    """Return what these cards ask, a line each."""
    return [front_line(card) for card in cards.chosen(workspace.database.read, ids)]


def known_tags(workspace: Workspace) -> tuple[str, ...]:
    """Return every tag in the library, the learner's own and those of the decks."""
    return library.tags(workspace.database.read)


def known_decks(workspace: Workspace) -> tuple[str, ...]:
    """Return every deck that holds cards."""
    return tuple(queue.decks(workspace.database.read))


def _name(card: Card | None) -> str:
    if card is None:
        return ""
    return front_line(card) if card.number else card.title
