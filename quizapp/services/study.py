"""Studying: the next card, an answer, and everything that can be taken back. Each is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from quizapp.core.card import Card
from quizapp.core.day import milliseconds
from quizapp.core.fold import TopicState, fold, step
from quizapp.core.log import Entry, EntryId, EntryKind, entry_id, format_id
from quizapp.core.memory import Rating
from quizapp.core.policy import Policy
from quizapp.core.session import (
    ELAPSED_CAP_MS,
    Session,
    after_answer,
    after_undo,
)
from quizapp.core.topic import CardId
from quizapp.errors import DeckError, UsageError
from quizapp.services.next_card import eligible_follow_ups, left_sessions, with_current, with_next
from quizapp.services.workspace import Workspace
from quizapp.store import cards, entries, states, writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NO_ID = EntryId(b"")


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

    def card(self) -> Card | None:
        """Return the card in front; None when nothing is left."""
        if self.session.current is None:
            return None
        return cards.card(self.workspace.database.read, self.session.current)

    def answer(
        self, rating: Rating, elapsed_ms: int, extra: Mapping[str, object] | None = None
    ) -> Card | None:
        """Rate the card in front and return the next one; both are on disk when this returns."""
        card_id = self._in_front()
        with self.workspace.database.write() as connection:
            before, after = record(
                self.workspace, connection, card_id, rating, self.workspace.now(), elapsed_ms, extra
            )
            earned = eligible_follow_ups(before, after, self.workspace.today()[0])
            moved = after_answer(
                self.session, card_id, rating, is_question=card_id == before.question, follow_ups=earned
            )
            session = self._advanced(connection, moved)
        self.session = session
        return self.card()

    def suspend(self) -> Card | None:
        """Take the card in front out of study until it is unsuspended, and return the next one."""
        return self._set_aside(EntryKind.SUSPEND)

    def bury(self) -> Card | None:
        """Put the card in front off until the next study day, and return the next one."""
        return self._set_aside(EntryKind.BURY)

    def refresh(self) -> Card | None:
        """Look again for a card: time has passed, or the deck has changed."""
        with self.workspace.database.write() as connection:
            session = with_current(self.workspace, execute_in(connection), self.session)
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
            standing = states.standing(execute_in(connection), undone.card_id)
            assert standing is not None
            session = after_undo(
                self.session,
                undone.card_id,
                is_question=undone.card_id == standing.question,
                siblings=standing.follow_ups,
            )
            if standing.is_archived(undone.card_id):
                session = replace(session, current=None)
            session = self._advanced(connection, session)
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
            append_event(self.workspace, connection, card_id, kind)
            probes = tuple(probe for probe in self.session.probes if probe != card_id)
            session = self._advanced(connection, replace(self.session, current=None, probes=probes))
        self.session = session
        return self.card()

    def _advanced(self, connection: Connection, session: Session) -> Session:
        """Return the session with a card in front, and write it."""
        if session.current is None:
            session = with_next(self.workspace, execute_in(connection), session)
        writes.keep_session(connection, session, self.workspace.owner, finished=False)
        return session


def begin(workspace: Workspace, deck: str = "") -> Study:
    """Take up the session of a deck where it was left, or begin one."""
    day, now_ms = workspace.today()
    with workspace.database.write() as connection:
        execute = execute_in(connection)
        left = left_sessions(workspace, execute, deck)
        for old in left:
            if old.day != day:
                writes.keep_session(connection, old, "", finished=True)
        session = next((old for old in left if old.day == day), None)
        if session is None:
            session = Session(format_id(entry_id(now_ms, secrets.randbits(74), None)), deck, day, now_ms)
            writes.begin_session(connection, session, workspace.owner)
        session = with_current(workspace, execute, session)
        writes.keep_session(connection, session, workspace.owner, finished=False)
    return Study(workspace, session)


def record(
    workspace: Workspace,
    connection: Connection,
    card_id: CardId,
    rating: Rating,
    moment: datetime,
    elapsed_ms: int,
    extra: Mapping[str, object] | None = None,
) -> tuple[TopicStanding, TopicState]:
    """Append a review and save the states that follow; return the topic before and after.

    Raises:
        DeckError: There is no such card.
        UsageError: The moment lies before the card's last review, or outside the years that quizapp counts in.
    """
    standing = _standing(execute_in(connection), card_id)
    memory = standing.state.card(card_id).memory
    at_ms = milliseconds(moment)
    day = workspace.day_of(moment)
    if at_ms < memory.last_at:
        raise UsageError(
            f"{card_id} was last reviewed after {moment:%Y-%m-%d %H:%M:%S} UTC.",
            "Give a later time, or set the machine's clock right.",
        )
    policy = workspace.settings.policy
    entry = Entry(
        id=_NO_ID,
        at_ms=at_ms,
        day=day,
        device=workspace.device,
        card_id=card_id,
        kind=EntryKind.REVIEW,
        rating=rating,
        phase=memory.phase.value,
        elapsed_ms=max(0, min(elapsed_ms, ELAPSED_CAP_MS)),
        policy_id=policy.id,
        extra=extra or {},
    )
    after = _apply(connection, standing, entry, policy)
    return standing, after


def append_event(workspace: Workspace, connection: Connection, card_id: CardId, kind: EntryKind) -> None:
    """Append an entry that is not a review, and save the states that follow."""
    day, now_ms = workspace.today()
    standing = _standing(execute_in(connection), card_id)
    entry = Entry(_NO_ID, now_ms, day, workspace.device, card_id, kind)
    _apply(connection, standing, entry, None)


def take_back(workspace: Workspace, connection: Connection) -> Undone | None:
    """Append an undo of the latest entry and fold its topic anew; None when nothing can be undone."""
    execute = execute_in(connection)
    latest = entries.latest_undoable(execute)
    if latest is None:
        return None
    day, now_ms = workspace.today()
    writes.append_entry(
        connection,
        Entry(
            id=_NO_ID,
            at_ms=max(now_ms, latest.at_ms),
            day=day,
            device=workspace.device,
            card_id=latest.card_id,
            kind=EntryKind.UNDO,
            target=latest.id,
        ),
    )
    standing = _standing(execute, latest.card_id)
    writes.rewrite_states(connection, standing, refolded(execute, standing))
    return Undone(latest.kind, latest.card_id)


def refolded(execute: Execute, standing: TopicStanding) -> TopicState:
    """Return a topic's state by replaying its log."""
    return fold(entries.of_topic(execute, standing.id), standing.question, entries.policies(execute))


def _apply(
    connection: Connection, standing: TopicStanding, entry: Entry, policy: Policy | None
) -> TopicState:
    """Append an entry and save the state after it; one from before others of its topic is folded into its place."""
    entry = writes.append_entry(connection, entry, policy)
    execute = execute_in(connection)
    if entries.is_latest(execute, standing.id, entry.id):
        known = {policy.id: policy} if policy is not None else {}
        after = step(standing.state, entry, standing.question, known)
    else:
        after = refolded(execute, standing)
    writes.save_states(connection, standing, after)
    return after


def _standing(execute: Execute, card_id: CardId) -> TopicStanding:
    standing = states.standing(execute, card_id)
    if standing is None:
        raise DeckError(f"There is no card {card_id!r}.", "`quizapp cards` lists them.")
    return standing
