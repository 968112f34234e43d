"""What was typed for a card and not rated yet: kept for each card, so that neither leaving nor a killed terminal loses it.

It is no part of any card's state; with the rating it goes into the review's entry in the log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from quizapp.core.card import Card
from quizapp.services.workspace import Workspace
from quizapp.store import entries, library
from quizapp.store.database import Execute


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed for one review of a card.

    Attributes:
        after: The rating that the review follows, in hexadecimal digits; empty for the first. A rating that came later puts
            the draft away, and taking that back brings it back.
        words: In the editor.
        given: For the answer that the card expects, as `grade` takes it; not handed in, or not rated yet.
    """

    after: str = ""
    words: str = ""
    given: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.words or self.given)


def keep(workspace: Workspace, card: Card, draft: Draft) -> None:
    """Write what was typed for a card, in place of what was kept for it before; on disk when this returns."""
    from quizapp.store import library_writes  # reading comes right after the first frame, and does without it

    content = json.dumps([draft.after, draft.words, draft.given], ensure_ascii=False)
    before = library.fact(workspace.database.read, _name(card))
    if before != content and (before or not draft.is_empty):
        with workspace.database.write() as connection:
            library_writes.remember(connection, _name(card), content)


def kept(workspace: Workspace, card: Card) -> Draft:
    """Return what was typed for a card's present review; an empty draft where nothing was."""
    execute = workspace.database.read
    after, content = _last_rating(execute, card), library.fact(execute, _name(card))
    if content:
        draft = Draft(*map(str, json.loads(content)))
        if after <= draft.after:  # ids rise with time
            return draft
    return Draft(after)


def _last_rating(execute: Execute, card: Card) -> str:
    found = entries.last_rating(execute, card.id)
    return found.hex() if found is not None else ""


def _name(card: Card) -> str:
    return f"typed answer: {card.id}"
