"""A card as it is studied: its own words, and what it takes from its topic."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.fold import CardState
from quizapp.core.topic import CardId, CardKind, TopicId


@dataclass(frozen=True, slots=True)
class Card:
    """One reviewable prompt with everything that the screens say about it.

    Attributes:
        number: 0 for the question, then 1, 2, ... for the follow-ups in the author's order, deleted ones left out.
        follow_ups: How many follow-ups the topic has, without those.
        tags: Those of its topic's file; `own_tags` are the learner's.
        own_answer: Empty for the question, and for a follow-up that is answered by its topic's answer.
        source: The file that the topic came from; `bundled:` begins the path of a deck that came with quizapp.
        claims_section: The claims of its topic, as written.
        synonyms: What its topic declares to be said in several ways, as written.
    """

    id: CardId
    topic_id: TopicId
    kind: CardKind
    number: int
    follow_ups: int
    deck: str
    title: str
    difficulty: int
    tags: tuple[str, ...]
    question: str
    own_answer: str
    topic_answer: str
    cover: str
    source: str
    archived: bool
    queue: str
    state: CardState
    claims_section: str = ""
    synonyms: str = ""

    @property
    def answer(self) -> str:
        """What stands on the back: its own answer, or else its topic's."""
        return self.own_answer or self.topic_answer

    @property
    def own_tags(self) -> tuple[str, ...]:
        """The learner's own tags, which live in the log."""
        return self.state.tags

    @property
    def all_tags(self) -> tuple[str, ...]:
        """The topic's tags, then the learner's own, each once: what is shown and searched."""
        return tuple(dict.fromkeys((*self.tags, *self.state.tags)))
