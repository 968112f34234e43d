"""What a session taught: cards passed for the first time, cards that came back, topics that grew, points still missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quizapp.core.memory import Phase, Rating
from quizapp.core.topic import CardId, TopicId


@dataclass(frozen=True, slots=True)
class Given:
    """One rating of the session.

    Attributes:
        phase: The phase that the card was in.
        ticked: The key points ticked with it; None where none were, which tells nothing.
    """

    card: CardId
    topic: TopicId
    rating: Rating
    phase: Phase
    ticked: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """How strong a topic was before a session and is after it: the mean probability of recall on that day."""

    topic: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What a session taught; topics go by their titles.

    Attributes:
        new: How many new cards of each topic were passed, and passed when they were last asked.
        back: How many cards of each topic came back from a lapse, in this session or before it.
        open: How many cards of each topic failed when they were last asked.
        grown: The topics that are stronger than before, by how much.
        missed: (topic, key point) of what was not ticked, in topics where something was.
        right, wrong: The simulations whose predictions were hit, and those missed.
    """

    new: Mapping[str, int] = field(default_factory=dict)
    back: Mapping[str, int] = field(default_factory=dict)
    open: Mapping[str, int] = field(default_factory=dict)
    grown: tuple[Growth, ...] = ()
    missed: tuple[tuple[str, str], ...] = ()
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def learned(
    given: Sequence[Given],
    titles: Mapping[TopicId, str],
    strengths: Mapping[TopicId, tuple[float, float]],
    points: Mapping[TopicId, Sequence[str]],
) -> Learned:
    """Return what the ratings of a session say, in the order in which they were given.

    Args:
        titles: Of each topic.
        strengths: Of each topic, before and after.
        points: The key points of each topic.
    """
    first = {one.card: one for one in reversed(given)}
    last = {one.card: one for one in given}
    lapsed = {one.card for one in given if one.phase is Phase.RELEARNING}
    passed = {card for card, one in last.items() if one.rating > Rating.AGAIN}
    grown = [
        Growth(titles[topic], *strengths[topic])
        for topic in dict.fromkeys(one.topic for one in given)
        if topic in strengths and round(100 * strengths[topic][1]) > round(100 * strengths[topic][0])
    ]
    return Learned(
        new=_by_topic(
            (last[card] for card in last if first[card].phase is Phase.NEW and card in passed), titles
        ),
        back=_by_topic((last[card] for card in last if card in lapsed and card in passed), titles),
        open=_by_topic((last[card] for card in last if card not in passed), titles),
        grown=tuple(sorted(grown, key=lambda one: one.before - one.after)),
        missed=tuple(_missed(given, titles, points)),
    )


def _by_topic(given: Iterable[Given], titles: Mapping[TopicId, str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in given:
        counts[titles[one.topic]] = counts.get(titles[one.topic], 0) + 1
    return counts


def _missed(
    given: Sequence[Given], titles: Mapping[TopicId, str], points: Mapping[TopicId, Sequence[str]]
) -> Iterable[tuple[str, str]]:
    """Yield the points that no answer of a topic covered; where nothing was ticked nothing is known."""
    ticked: dict[TopicId, frozenset[str]] = {}
    for one in given:
        if one.ticked is not None:
            ticked[one.topic] = ticked.get(one.topic, frozenset()) | one.ticked
    for topic, covered in ticked.items():
        yield from ((titles[topic], point) for point in points.get(topic, ()) if point not in covered)
