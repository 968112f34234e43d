"""Studying: the next card, an answer, and everything that can be taken back. Each is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quizapp.core.card import Card
from quizapp.core.day import Instant, StudyDay, moment_of
from quizapp.core.fold import TopicState, fold, step
from quizapp.core.log import Entry, EntryKind, entry_id, format_id
from quizapp.core.memory import Rating
from quizapp.core.policy import Policy
from quizapp.core.session import ELAPSED_CAP_MS, Done, Session, after_answer, after_undo
from quizapp.core.topic import CardId
from quizapp.errors import UsageError
from quizapp.services.ahead import Ahead, look, look_further
from quizapp.services.allowance import AT_ONCE, settings_for
from quizapp.services.next_card import eligible_follow_ups, left_sessions, with_current, with_next
from quizapp.services.workspace import Workspace
from quizapp.store import cards, entries, states, writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the kind of entry, and its card."""

    kind: EntryKind
    card_id: CardId


@dataclass
class Study:
    """One learner at one deck. `session` is where they stand; the database holds the same."""

    workspace: Workspace
    session: Session
    _ahead: Ahead | None = field(default=None, repr=False)

    def card(self) -> Card | None:
        """Return the card in front; None when nothing is left."""
        if self.session.current is None:
            return None
        return cards.card(self.workspace.database.read, self.session.current)

    def look_ahead(self) -> None:
        """Read what the next answer will need: for a moment when nobody waits. Without it an answer is only slower."""
        card_id, deck = self.session.current, self.session.deck
        if card_id is not None:
            with self.workspace.database.look() as execute:
                self._ahead = look_further(self.workspace, execute, card_id, deck, self.workspace.today())

    def answer(
        self, rating: Rating, elapsed_ms: int, extra: Mapping[str, object] | None = None
    ) -> Card | None:
        """Rate the card in front and return the next one; both are on disk when this returns."""
        card_id = self._in_front()
        with self.workspace.database.write() as connection:
            now = self.workspace.today()
            ahead = self._known(execute_in(connection), card_id, now.day)
            before = ahead.standing
            after = record(self.workspace, connection, ahead, rating, now, elapsed_ms, extra)
            is_question = card_id == before.state.question
            own = settings_for(self.workspace.settings, execute_in(connection), card_id)
            comes_now = is_question and own.follow_ups == AT_ONCE
            earned = eligible_follow_ups(before, after, now.day) if comes_now else ()
            moved = after_answer(self.session, card_id, rating, is_question=is_question, follow_ups=earned)
            done = ahead.done.with_one(before.state.card(card_id).memory.phase)
            session, card = self._advanced(connection, moved, done, now, ahead.likely)
        self.session = session
        return card

    def suspend(self) -> Card | None:
        """Take the card in front out of study until it is unsuspended, and return the next one."""
        return self._set_aside(EntryKind.SUSPEND)

    def bury(self) -> Card | None:
        """Put the card in front off until the next study day, and return the next one."""
        return self._set_aside(EntryKind.BURY)

    def refresh(self) -> Card | None:
        """Look again for a card: time has passed, or the deck has changed."""
        with self.workspace.database.write() as connection:
            session = with_current(
                self.workspace.settings, execute_in(connection), self.session, self.workspace.today()
            )
            writes.keep_session(connection, session, self.workspace.owner, finished=False)
        self.session = session
        return self.card()

    def undo(self) -> Undone | None:
        """Take back the latest answer, suspension or burial and put its card in front; None if there is none.

        A card that has gone from its deck since then stays away, and the next one comes.
        """
        with self.workspace.database.write() as connection:
            undone = take_back(self.workspace, connection)
            if undone is None:
                return None
            standing = states.known_standing(execute_in(connection), undone.card_id)
            session = after_undo(
                self.session,
                undone.card_id,
                is_question=undone.card_id == standing.state.question,
                siblings=standing.follow_ups,
            )
            if standing.is_archived(undone.card_id) or standing.state.card(undone.card_id).deleted:
                session = with_current(
                    self.workspace.settings, execute_in(connection), session, self.workspace.today()
                )
            writes.keep_session(connection, session, self.workspace.owner, finished=False)
        self.session = session
        return undone

    def leave(self) -> None:
        """Let go of the session: with nothing in front it is over, otherwise the next start takes it up."""
        with self.workspace.database.write() as connection:
            writes.keep_session(connection, self.session, "", finished=self.session.current is None)

    def _in_front(self) -> CardId:
        if self.session.current is None:
            raise UsageError("No card is in front.", "Choose a deck first.")
        return self.session.current

    def _set_aside(self, kind: EntryKind) -> Card | None:
        card_id = self._in_front()
        with self.workspace.database.write() as connection:
            now = self.workspace.today()
            ahead = self._known(execute_in(connection), card_id, now.day)
            append_event(self.workspace, connection, ahead, kind, now)
            probes = tuple(probe for probe in self.session.probes if probe != card_id)
            aside = replace(self.session, current=None, probes=probes)
            session, card = self._advanced(connection, aside, ahead.done, now, ahead.likely)
        self.session = session
        return card

    def _known(self, execute: Execute, card_id: CardId, day: StudyDay) -> Ahead:
        """Return what was read ahead where it holds still, else read it now."""
        ahead, self._ahead = self._ahead, None
        database = self.workspace.database
        if ahead is not None and ahead.holds(database, execute, card_id, day):
            return ahead
        return look(database, execute, card_id, day)

    def _advanced(
        self, connection: Connection, session: Session, done: Done, now: Instant, known: Mapping[CardId, Card]
    ) -> tuple[Session, Card | None]:
        """Return the session with its next card in front, and that card; write the session."""
        execute = execute_in(connection)
        session = with_next(self.workspace.settings, execute, session, done, now)
        writes.keep_session(connection, session, self.workspace.owner, finished=False)
        if session.current is None:
            return session, None
        return session, known.get(session.current) or cards.card(execute, session.current)


def begin(workspace: Workspace, deck: str = "") -> Study:
    """Take up the session of a deck where it was left, or begin one."""
    now = workspace.today()
    with workspace.database.write() as connection:
        execute = execute_in(connection)
        left = left_sessions(workspace, execute, deck)
        for old in left:
            if old.day != now.day:
                writes.keep_session(connection, old, "", finished=True)
        session = next((old for old in left if old.day == now.day), None)
        if session is None:
            session = Session(format_id(entry_id(now.ms, secrets.randbits(74), None)), deck, *now)
            writes.begin_session(connection, session, workspace.owner)
        session = with_current(workspace.settings, execute, session, now)
        writes.keep_session(connection, session, workspace.owner, finished=False)
    return Study(workspace, session)


def record(
    workspace: Workspace,
    connection: Connection,
    ahead: Ahead,
    rating: Rating,
    now: Instant,
    elapsed_ms: int,
    extra: Mapping[str, object] | None = None,
) -> TopicState:
    """Append a review of a card and save the states that follow; return the topic's state after it.

    Args:
        ahead: What the database says of the card before.

    Raises:
        UsageError: The moment lies before the card's last review.
    """
    memory = ahead.standing.state.card(ahead.card_id).memory
    if now.ms < memory.last_at:
        raise UsageError(
            f"{ahead.card_id} was last reviewed at {moment_of(memory.last_at):%Y-%m-%d %H:%M:%S} UTC,"
            f" after {moment_of(now.ms):%Y-%m-%d %H:%M:%S}.",
            "Give a later time, set the machine's clock right, or take that review back: u in the app.",
        )
    policy = settings_for(workspace.settings, execute_in(connection), ahead.card_id).policy
    if policy.id not in ahead.policies:
        writes.keep_policy(connection, policy)
    entry = Entry(
        id=writes.new_id(connection, now.ms, ahead.newest),
        at_ms=now.ms,
        day=now.day,
        device=workspace.device,
        card_id=ahead.card_id,
        kind=EntryKind.REVIEW,
        rating=rating,
        phase=memory.phase.value,
        elapsed_ms=max(0, min(elapsed_ms, ELAPSED_CAP_MS)),
        policy_id=policy.id,
        extra=extra or {},
    )
    return _apply(connection, ahead.standing, entry, {policy.id: policy})


def append_event(
    workspace: Workspace,
    connection: Connection,
    ahead: Ahead,
    kind: EntryKind,
    now: Instant,
    *,
    value: int = 0,
    words: str = "",
) -> None:
    """Append an entry of a card that is not a review, and save the states that follow."""
    identifier = writes.new_id(connection, now.ms, ahead.newest)
    entry = Entry(
        identifier, now.ms, now.day, workspace.device, ahead.card_id, kind, value=value, words=words
    )
    _apply(connection, ahead.standing, entry, {})


def take_back(workspace: Workspace, connection: Connection) -> Undone | None:
    """Append an undo of the latest entry and fold its topic anew; None when nothing can be undone."""
    execute = execute_in(connection)
    latest = entries.latest_undoable(execute)
    if latest is None:
        return None
    now = workspace.today()
    at_ms = max(now.ms, latest.at_ms)
    writes.append_entry(
        connection,
        Entry(
            id=writes.new_id(connection, at_ms),
            at_ms=at_ms,
            day=now.day,
            device=workspace.device,
            card_id=latest.card_id,
            kind=EntryKind.UNDO,
            target=latest.id,
        ),
    )
    standing = states.known_standing(execute, latest.card_id)
    writes.rewrite_states(connection, standing, refolded(execute, standing))
    return Undone(latest.kind, latest.card_id)


def refolded(execute: Execute, standing: TopicStanding) -> TopicState:
    """Return a topic's state by replaying its log."""
    return fold(entries.of_topic(execute, standing.id), standing.state.question, entries.policies(execute))


def _apply(
    connection: Connection, standing: TopicStanding, entry: Entry, policies: Mapping[str, Policy]
) -> TopicState:
    """Append an entry and save the state after it; one from before others of its topic is folded into its place."""
    writes.append_entry(connection, entry)
    if entry.id > standing.latest:
        after = step(standing.state, entry, policies)
    else:
        after = refolded(execute_in(connection), standing)
    writes.save_states(connection, standing, after)
    return after
