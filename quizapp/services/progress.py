"""How a session stands and how it went, and why a card has its interval: reading only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizapp.core.calibration import Tally, tally
from quizapp.core.card import Card
from quizapp.core.fold import TopicState, step
from quizapp.core.learned import Learned
from quizapp.core.log import Entry, EntryKind
from quizapp.core.memory import Interval, Memory, Rating, intervals, retrievability
from quizapp.core.overview import Counts
from quizapp.core.said import Said, said_in
from quizapp.core.session import Session
from quizapp.services import filtered
from quizapp.services.calibration import settled
from quizapp.services.home import overview
from quizapp.services.workspace import Workspace
from quizapp.store import entries, queue


@dataclass(frozen=True, slots=True)
class DeckTally:
    """One deck's share of a session: how often each rating was given, and the time."""

    deck: str
    ratings: Mapping[Rating, int]
    seconds: float

    @property
    def reviews(self) -> int:
        """How many cards were rated."""
        return sum(self.ratings.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """A session so far, and what waits still.

    Attributes:
        left: What the queues hold for today.
        beside: How many cards the session holds that the queues do not count: follow-ups of a topic just asked.
        next_due: In how many days the next reviews fall due, and how many; None for none within the forecast.
        predicted: The predictions that were made and run meanwhile, in any deck.
        note: What is special about the session; empty for study as usual.
        learned: What the session taught, once it is over.
        withheld: What today's limits keep back, once it is over.
    """

    tallies: tuple[DeckTally, ...]
    left: Counts
    beside: int
    next_due: tuple[int, int] | None
    predicted: Tally
    note: str = ""
    learned: Learned = field(default_factory=Learned)
    withheld: Counts = field(default_factory=Counts)

    @property
    def done(self) -> int:
        """How many ratings were given in this session."""
        return sum(tally.reviews for tally in self.tallies)


@dataclass(frozen=True, slots=True)
class PastReview:
    """One review of a card, the memory state after it, and what was said."""

    at_ms: int
    rating: Rating
    elapsed_ms: int
    after: Memory
    said: Said = Said()  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, slots=True)
class Why:
    """Why a card has its interval."""

    card: Card
    day: int
    retention: float
    recall_now: float
    reviews: tuple[PastReview, ...]


def progress(workspace: Workspace, session: Session) -> Progress:
    """Return what a session has done and what is left in its deck."""
    read = workspace.database.read
    shown = overview(workspace)
    predicted = tally(settled(workspace, since_ms=session.started_ms))
    if session.filtered is not None:
        left, note = filtered.left(read, session, shown.day), filtered.note(session.filtered)
        return Progress(_tallies(workspace, session), left, 0, shown.next_due, predicted, note)
    row = next((row for row in shown.decks if row.path == session.deck), None)
    left = row.counts if row else shown.left
    inside = session.deck + "/"
    tallies = tuple(
        tally
        for tally in _tallies(workspace, session)
        if not session.deck or tally.deck == session.deck or tally.deck.startswith(inside)
    )
    beside = queue.put_off(read, (session.current, *session.probes), shown.day)
    return Progress(tallies, left, beside, shown.next_due, predicted)


def _tallies(workspace: Workspace, session: Session) -> tuple[DeckTally, ...]:
    """Return what was rated in each deck since the session began."""
    by_deck: dict[str, dict[Rating, int]] = {}
    seconds: dict[str, float] = {}
    kind = EntryKind.REVIEW if session.moves_schedule else EntryKind.CRAM
    since = entries.reviews_since(workspace.database.read, session.day, session.started_ms, kind)
    for deck, _, rating, count, elapsed in since:
        ratings = by_deck.setdefault(deck, {})
        ratings[Rating(rating)] = ratings.get(Rating(rating), 0) + count
        seconds[deck] = seconds.get(deck, 0.0) + elapsed / 1000
    return tuple(DeckTally(deck, ratings, seconds[deck]) for deck, ratings in by_deck.items())


def offered(workspace: Workspace, card: Card) -> dict[Rating, Interval]:
    """Return the interval that each rating of a card would give now."""
    day, now_ms = workspace.today()
    return intervals(
        card.state.memory,
        at_ms=now_ms,
        day=day,
        policy=workspace.settings.policy_of(card.deck),
        card_id=card.id,
    )


def why(workspace: Workspace, card: Card) -> Why:
    """Return what the card's interval rests on: its reviews, replayed one by one."""
    day, _ = workspace.today()
    policies = entries.policies(workspace.database.read)
    state = TopicState(card.id)
    reviews: list[PastReview] = []
    for entry in entries.of_card(workspace.database.read, card.id):
        state = step(state, entry, policies)
        if entry.policy_id:  # a review, or a rating of a drill that moved the schedule
            reviews.append(_past(entry, state))
    return Why(
        card=card,
        day=day,
        retention=workspace.settings.in_deck(card.deck).retention,
        recall_now=retrievability(card.state.memory, day),
        reviews=tuple(reviews),
    )


def _past(entry: Entry, state: TopicState) -> PastReview:
    assert entry.rating is not None
    memory = state.card(entry.card_id).memory
    return PastReview(entry.at_ms, entry.rating, entry.elapsed_ms, memory, said_in(entry.extra))
