"""Progress over the whole material: of every topic and deck how much was covered, how strong it is, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quizapp.core.day import date_of


@dataclass(frozen=True, slots=True)
class Part:
    """How much of something was reached."""

    reached: int = 0
    total: int = 0

    def __add__(self, other: Part) -> Part:
        """Return both together."""
        return Part(self.reached + other.reached, self.total + other.total)

    @property
    def words(self) -> str:
        """The two numbers; a point where there is nothing to reach."""
        return f"{self.reached}/{self.total}" if self.total else "·"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a topic stands, or all topics of a deck and below it.

    Attributes:
        cards: Those that were ever answered, of all that are in play.
        points: The key points that were ever ticked.
        used, run: The simulations that the texts launch or ask about, and those of them that were ever run here.
        recall: The sum of the present probabilities of recall; a card never answered counts as 0.
        due, new, locked: Cards that wait now, learning ones among the due; those that a topic's question keeps locked.
        next_day: The first study day after today on which a card comes; 0 for none.
    """

    cards: Part = field(default_factory=Part)
    points: Part = field(default_factory=Part)
    used: frozenset[str] = frozenset()
    run: frozenset[str] = frozenset()
    recall: float = 0.0
    due: int = 0
    new: int = 0
    locked: int = 0
    next_day: int = 0

    def __add__(self, other: Standing) -> Standing:
        """Return both together; a simulation that two topics use counts once."""
        days = [day for day in (self.next_day, other.next_day) if day]
        return Standing(
            self.cards + other.cards,
            self.points + other.points,
            self.used | other.used,
            self.run | other.run,
            self.recall + other.recall,
            self.due + other.due,
            self.new + other.new,
            self.locked + other.locked,
            min(days, default=0),
        )

    @property
    def simulations(self) -> Part:
        """How many of the simulations were run."""
        return Part(len(self.run), len(self.used))

    @property
    def strength(self) -> float:
        """The mean probability of recall now, as Home shows it."""
        return self.recall / self.cards.total if self.cards.total else 0.0


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic on the map."""

    id: str
    title: str
    deck: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class MapRow:
    """One line of the map: a deck, or a topic below its deck.

    Attributes:
        deck: The deck itself, or the one that the topic stands in; what enter studies.
        topic: The topic's id; empty for a deck.
    """

    name: str
    depth: int
    deck: str
    standing: Standing
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ProgressMap:
    """The whole material at one moment.

    Attributes:
        next: The topic to go on with; None when nothing waits.
    """

    day: int
    rows: tuple[MapRow, ...]
    whole: Standing
    next: Topic | None


def progress_map(day: int, topics: Sequence[Topic]) -> ProgressMap:
    """Return the map of some topics, which come in the author's order."""
    whole = sum((topic.standing for topic in topics), Standing())
    return ProgressMap(day, tuple(_rows(topics)), whole, recommended(topics))


def recommended(topics: Sequence[Topic]) -> Topic | None:
    """Return the topic to go on with.

    The rule: of the topics with cards due now, the weakest; else of those begun that have new cards, the one least
    covered; else the first one that was never begun. Among equals the author's order decides.
    """
    due = [topic for topic in topics if topic.standing.due]
    if due:
        return min(due, key=lambda topic: topic.standing.strength)
    new = [topic for topic in topics if topic.standing.new]
    begun = [topic for topic in new if topic.standing.cards.reached]
    if begun:
        return min(begun, key=lambda topic: topic.standing.cards.reached / topic.standing.cards.total)
    return new[0] if new else None


def recommendation(shown: ProgressMap) -> str:
    """Return what to do next and why, as a sentence."""
    topic = shown.next
    if topic is None:
        if not shown.whole.cards.total:
            return "next: add a deck; there are no topics yet."
        day = shown.whole.next_day
        return f"next: nothing waits before {date_of(day):%a %d %b}." if day else "next: nothing waits."
    here = topic.standing
    if here.due:
        why = f"{_cards(here.due)} due; of what is due it is the weakest, at {100 * here.strength:.0f} %"
    elif here.cards.reached:
        why = f"begun, {_cards(here.new)} new; {here.cards.words} covered"
    else:
        why = f"not begun yet; {_cards(here.new)} to start with"
    return f"next: {topic.title} ({why})"


def step_words(standing: Standing, day: int) -> str:
    """Return what comes next for a topic or deck, in a few words."""
    if standing.due:
        return f"{standing.due} due"
    if standing.new:
        return f"{standing.new} new"
    if standing.next_day:
        days = standing.next_day - day
        return "tomorrow" if days == 1 else f"in {days} d"
    if standing.locked:
        return f"{standing.locked} locked"
    return "set aside" if standing.cards.total else "empty"


def locked_words(standing: Standing) -> str:
    """Return what lies behind the next step: the cards that come once their topic's question is passed."""
    return f"{standing.locked} locked" if standing.locked else ""


def _cards(count: int) -> str:
    return "1 card" if count == 1 else f"{count} cards"


def _rows(topics: Iterable[Topic]) -> Iterable[MapRow]:
    """Yield the decks in the order of a tree, each with its own topics right below it."""
    decks: dict[tuple[str, ...], Standing] = {}
    within: dict[tuple[str, ...], list[Topic]] = {}
    for topic in topics:
        path = tuple(topic.deck.split("/"))
        within.setdefault(path, []).append(topic)
        for depth in range(1, len(path) + 1):
            decks[path[:depth]] = decks.get(path[:depth], Standing()) + topic.standing
    for path in sorted(decks):
        depth = len(path) - 1
        yield MapRow(path[-1], depth, "/".join(path), decks[path])
        for topic in within.get(path, ()):
            yield MapRow(topic.title, depth + 1, topic.deck, topic.standing, topic.id)
