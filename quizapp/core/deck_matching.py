"""Decides which known topic an incoming one is, and which known question an incoming one is.

A pair is picked at most once on each side: certain signs go first, then the likest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from quizapp.core.deck_ids import slug
from quizapp.core.deck_similarity import MIN_SIMILARITY, Words
from quizapp.core.topic import CardId, CardKind, PredictionBlock, Topic, TopicId


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card that the library holds; `question` is its prompt, `answer` its own one."""

    id: CardId
    kind: CardKind
    question: str
    archived: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class KnownTopic:
    """A topic that the library holds, with the path that it last came from and its cards in order."""

    id: TopicId
    path: str
    title: str
    question: str
    archived: bool
    cards: tuple[KnownCard, ...]


Pair = tuple[int, int]
"""The index of something incoming and of the known one that it may be."""

Rated = tuple[tuple[float, ...], Pair]
"""A pair with what it is sorted by: the smallest is picked first."""


def match_questions(known: Sequence[tuple[str, bool]], incoming: Sequence[str]) -> dict[int, int]:
    """Return, by index, which known question of a topic each incoming one is, if any.

    Args:
        known: The questions with whether they are archived, in order. Of equals the active one wins, then
            the one whose place is nearest.
    """
    matches: dict[int, int] = {}
    old = [Words.of(question) for question, _ in known]
    new = [Words.of(question) for question in incoming]

    def pairs() -> Iterator[Pair]:
        yield from _free_pairs(matches, len(new), range(len(old)))

    def tie_break(pair: Pair) -> tuple[float, ...]:
        return float(known[pair[1]][1]), abs(pair[0] - pair[1])

    _pick(matches, ((tie_break(p), p) for p in pairs() if incoming[p[0]] == known[p[1]][0]))
    _pick(matches, ((tie_break(p), p) for p in pairs() if new[p[0]].key == old[p[1]].key))
    likeness = {p: new[p[0]].similarity(old[p[1]]) for p in pairs()}
    _pick(matches, (((-how, *tie_break(p)), p) for p, how in likeness.items() if how >= MIN_SIMILARITY))
    return matches


def match_predictions(
    known: Sequence[tuple[PredictionBlock | None, bool]], incoming: Sequence[PredictionBlock]
) -> dict[int, int]:
    """Return, by index, which known prediction card of a topic each incoming block is, if any.

    A card stays the same as long as it asks its simulation: with other ranges, another tolerance, at another place.

    Args:
        known: The blocks, None where one cannot be read any more, with whether they are archived, in order. Of equals
            the one with more settings in common wins, then the active one, then the nearest.
    """
    matches: dict[int, int] = {}
    rated: list[Rated] = []
    for old, (block, is_archived) in enumerate(known):
        for new, asked in enumerate(incoming):
            if block is not None and block.simulation == asked.simulation:
                other = len(frozenset(block.settings) ^ frozenset(asked.settings))
                other += (block.tolerance != asked.tolerance) + (block.answer != asked.answer)
                rated.append(((float(other), float(is_archived), float(abs(new - old))), (new, old)))
    _pick(matches, rated)
    return matches


def match_topics(
    known: Sequence[KnownTopic], incoming: Sequence[tuple[str, Topic]], vanishing: AbstractSet[TopicId]
) -> dict[int, int]:
    """Return, by index, which known topic each incoming one is, if any.

    Args:
        vanishing: The known topics that are not in the files any more, unless they are among the incoming.
    """
    matching = _TopicMatching(known, incoming, vanishing)
    for rank in (
        matching.same_id_and_path,
        matching.same_path_and_question,
        matching.same_id,
        matching.same_question,
        matching.same_path,
        matching.similar_question,
    ):
        _pick(matching.matches, rank())
    return matching.matches


class _TopicMatching:
    """The signs by which topics are matched; each yields the pairs that show it and are still free."""

    def __init__(
        self,
        known: Sequence[KnownTopic],
        incoming: Sequence[tuple[str, Topic]],
        vanishing: AbstractSet[TopicId],
    ) -> None:
        self.matches: dict[int, int] = {}
        self._known = known
        self._incoming = incoming
        self._vanishing = vanishing
        self._old = [Words.of(topic.question) for topic in known]
        self._new = [Words.of(topic.question) for _, topic in incoming]
        self._by_id = _index(topic.id for topic in known)
        self._by_path = _index(topic.path for topic in known)
        self._by_question = _index(words.key for words in self._old)

    def same_id_and_path(self) -> Iterator[Rated]:
        for new, (path, topic) in enumerate(self._incoming):
            for old in self._by_id[topic.id]:
                if self._known[old].path == path:
                    yield (), (new, old)

    def same_path_and_question(self) -> Iterator[Rated]:
        for new, (path, _) in enumerate(self._incoming):
            for old in self._by_path[path]:
                if self._new[new].key == self._old[old].key:
                    yield (self._known[old].archived,), (new, old)

    def same_id(self) -> Iterator[Rated]:
        """Leave out a topic that stays elsewhere and asks something else: two decks may use one title."""
        for new, (_, topic) in enumerate(self._incoming):
            for old in self._by_id[topic.id]:
                if _has_own_id(topic) or topic.id in self._vanishing or self._is_similar(new, old):
                    yield (), (new, old)

    def same_question(self) -> Iterator[Rated]:
        for new, (_, topic) in enumerate(self._incoming):
            for old in self._by_question[self._new[new].key]:
                if self._may_return(old):
                    like_title = Words.of(topic.title).similarity(Words.of(self._known[old].title))
                    yield (self._known[old].archived, -like_title), (new, old)

    def same_path(self) -> Iterator[Rated]:
        """Leave out an archived topic, and a file that now names another id and asks something else."""
        for new, (path, topic) in enumerate(self._incoming):
            for old in self._by_path[path]:
                is_other = _has_own_id(topic) and not self._is_similar(new, old)
                if not self._known[old].archived and not is_other:
                    yield (), (new, old)

    def similar_question(self) -> Iterator[Rated]:
        returning = [old for old in range(len(self._known)) if self._may_return(old)]
        for new, old in _free_pairs(self.matches, len(self._new), returning):
            likeness = self._new[new].similarity(self._old[old])
            if likeness >= MIN_SIMILARITY and self._new[new].is_about_the_same(self._old[old]):
                yield (-likeness, self._known[old].archived), (new, old)

    def _may_return(self, old: int) -> bool:
        return self._known[old].archived or self._known[old].id in self._vanishing

    def _is_similar(self, new: int, old: int) -> bool:
        return self._new[new].similarity(self._old[old]) >= MIN_SIMILARITY


def _has_own_id(topic: Topic) -> bool:
    """Return whether the file names an id that does not follow from its title."""
    return topic.id != slug(topic.title)


def _index(keys: Iterable[str]) -> defaultdict[str, list[int]]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        index[key].append(place)
    return index


def _free_pairs(matches: dict[int, int], incoming_count: int, known: Iterable[int]) -> Iterator[Pair]:
    taken = set(matches.values())
    free = [old for old in known if old not in taken]
    for new in range(incoming_count):
        if new not in matches:
            yield from ((new, old) for old in free)


def _pick(matches: dict[int, int], rated: Iterable[Rated]) -> None:
    """Add the pairs to the matches, the best rated first, as far as both sides are still free."""
    taken = set(matches.values())
    for _, (new, old) in sorted(rated):
        if new not in matches and old not in taken:
            matches[new] = old
            taken.add(old)
