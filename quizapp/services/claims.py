"""The claims of topics, each with what this machine measured of it last."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.measured import Measured
from quizapp.core.topic import DeckClaim, Topic, TopicId
from quizapp.errors import DeckError
from quizapp.services.runs import measurements
from quizapp.services.workspace import Workspace
from quizapp.store import library


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim in its topic.

    Attributes:
        number: Counts 1, 2, ... within the topic.
        measured: The last measurement on this machine; None where no simulation measures the claim, or none has yet.
    """

    topic: TopicId
    title: str
    deck: str
    number: int
    claim: DeckClaim
    measured: Measured | None


def listed_claims(workspace: Workspace, topic_id: str | None = None) -> tuple[ListedClaim, ...]:
    """Return the claims of one topic, or of all topics by deck.

    Raises:
        DeckError: The library has no topic of this id.
    """
    found = _topics(workspace, topic_id)
    measured = measurements(workspace)

    def last(claim: DeckClaim) -> Measured | None:
        by = claim.measured_by
        return measured.get((by.simulation, by.claim)) if by else None

    return tuple(
        ListedClaim(topic.id, topic.title, topic.deck, number, claim, last(claim))
        for topic in found
        for number, claim in enumerate(topic.claims, start=1)
    )


def _topics(workspace: Workspace, topic_id: str | None) -> list[Topic]:
    read = workspace.database.read
    if topic_id is None:
        return library.studied_topics(read)
    found = library.topic(read, TopicId(topic_id))
    if found is None:
        known = ", ".join(topic.id for topic in library.studied_topics(read))
        raise DeckError(f"There is no topic {topic_id!r}.", f"There are: {known or 'none yet'}.")
    return [found[0]]
