"""What an answer needs to know, read while the learner thinks, so that only writing is left when the answer comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from quizapp.core.card import Card
from quizapp.core.day import Instant, StudyDay
from quizapp.core.log import EntryId
from quizapp.core.policy import Policy
from quizapp.core.session import Done
from quizapp.core.topic import CardId
from quizapp.services.next_card import done_today, head
from quizapp.services.workspace import Workspace
from quizapp.store import cards, entries, states
from quizapp.store.database import Database, Execute, Version
from quizapp.store.states import TopicStanding


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the database says that matters to an answer.

    Attributes:
        card_id, day, version: What it was read for; any of them changed, it holds no more.
        standing: The topic of the card.
        policies: Those that the log knows already, by id.
        newest: The last entry of the log as a whole.
        done: What counts against the day's limits.
        likely: Cards of other topics that may well come next.
    """

    card_id: CardId
    day: StudyDay
    version: Version
    standing: TopicStanding
    policies: Mapping[str, Policy]
    newest: EntryId | None
    done: Done
    likely: Mapping[CardId, Card] = field(default_factory=dict)

    def holds(self, database: Database, execute: Execute, card_id: CardId, day: StudyDay) -> bool:
        """Return whether it was read for this card and day, and nothing was written since."""
        return (self.card_id, self.day, self.version) == (card_id, day, database.version(execute))


def look(database: Database, execute: Execute, card_id: CardId, day: StudyDay) -> Ahead:
    """Read what an answer to a card needs to know. Inside `write` or `look` of the database.

    Raises:
        DeckError: There is no such card.
    """
    return Ahead(
        card_id,
        day,
        database.version(execute),  # first: what others write meanwhile makes the rest stale
        states.known_standing(execute, card_id),
        entries.policies(execute),
        entries.newest(execute),
        done_today(execute, day),
    )


def look_further(workspace: Workspace, execute: Execute, card_id: CardId, deck: str, now: Instant) -> Ahead:
    """Read also the card that will probably come next in a deck."""
    ahead = look(workspace.database, execute, card_id, now.day)
    likely = head(workspace.settings, execute, deck, ahead.done, now, besides=ahead.standing.id)
    card = cards.card(execute, likely) if likely is not None else None
    return replace(ahead, likely={card.id: card}) if card is not None else ahead
