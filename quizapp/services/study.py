"""Studying: the next card, an answer, and everything that can be taken back. Each is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quizapp.core.card import Card
from quizapp.core.change import Change, Changed, Redone, Undone
from quizapp.core.day import Instant, StudyDay, moment_of
from quizapp.core.fold import TopicState, step
from quizapp.core.leech import becomes_leech
from quizapp.core.log import Entry, EntryKind, entry_id, format_id
from quizapp.core.memory import Rating
from quizapp.core.policy import Policy
from quizapp.core.session import ELAPSED_CAP_MS, Done, Session, after_answer, after_found, after_undo
from quizapp.core.topic import CardId
from quizapp.errors import UsageError
from quizapp.services import changes
from quizapp.services.ahead import Ahead, look, look_further
from quizapp.services.allowance import AT_ONCE, settings_for
from quizapp.services.next_card import eligible_follow_ups, left_sessions, with_current, with_next
from quizapp.services.redo import do_again
from quizapp.services.refold import refolded
from quizapp.services.undo import take_back
from quizapp.services.workspace import Workspace
from quizapp.store import cards, states, writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass
class Study:
    """One learner at one deck. `session` is where they stand; the database holds the same.

    Attributes:
        leech: The card that the latest answer made a leech, or reminded of it; None for any other answer.
        answered: How many answers were given since it was taken up, without those that were taken back.
    """

    workspace: Workspace
    session: Session
    leech: CardId | None = None
    answered: int = 0
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
        if self.session.filtered is not None:
            return self._answer_found(rating, elapsed_ms, extra)
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
            memory = before.state.card(card_id).memory
            done = ahead.done.with_one(memory.phase)
            session, card = self._advanced(connection, moved, done, now, ahead.likely)
        self.session = session
        self.answered += 1
        is_leech = becomes_leech(
            memory.lapses, after.card(card_id).memory.lapses, self.workspace.settings.leech_lapses
        )
        self.leech = card_id if is_leech else None
        return card

    def _answer_found(
        self, rating: Rating, elapsed_ms: int, extra: Mapping[str, object] | None
    ) -> Card | None:
        """Rate a card of a search: no follow-up comes that the search did not find, no daily limit ends it."""
        card_id = self._in_front()
        with self.workspace.database.write() as connection:
            now = self.workspace.today()
            ahead = self._known(execute_in(connection), card_id, now.day)
            rate = record if self.session.moves_schedule else record_cram
            rate(self.workspace, connection, ahead, rating, now, elapsed_ms, extra)
            moved = after_found(self.session, card_id, rating)
            session, card = self._advanced(connection, moved, ahead.done, now, ahead.likely)
        self.session = session
        self.answered += 1
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

    def change(self, change: Change) -> Changed:
        """Make a change to the card in front. Where that takes it away, `refresh` puts the next one there."""
        card_id = self._in_front()
        changed = changes.perform_in_study(self.workspace, card_id, change)
        if changed.cards and change.kind is EntryKind.RESET:
            # It is new again and could stay, but who forgets a card does not want to see it next.
            self.session = replace(self.session, current=None)
        return changed

    def undo(self) -> Undone | None:
        """Take back the latest answer or change; None if there is none.

        The card of what was made in study comes to the front again. What was done to cards from a list leaves the card
        in front where it is, unless it may not be studied any more.
        """
        with ExitStack() as files, self.workspace.database.write() as connection:
            undone = take_back(self.workspace, connection, files)
            if undone is None:
                return None
            execute = execute_in(connection)
            session, standing = self.session, states.known_standing(execute, undone.card_id)
            if undone.comes_to_front:
                session = after_undo(
                    session,
                    undone.card_id,
                    is_question=undone.card_id == standing.state.question,
                    siblings=standing.follow_ups,
                )
            if not undone.comes_to_front or self._has_gone(standing, undone.card_id):
                session = with_current(self.workspace.settings, execute, session, self.workspace.today())
            writes.keep_session(connection, session, self.workspace.owner, finished=False)
        self.session = session
        if undone.kind in (EntryKind.REVIEW, EntryKind.CRAM):
            self.answered = max(0, self.answered - 1)
        return undone

    def redo(self) -> Redone | None:
        """Do again what was taken back last; None if there is nothing. The card in front gives way as it did then."""
        with ExitStack() as files, self.workspace.database.write() as connection:
            execute, session = execute_in(connection), self.session
            before = states.standing(execute, session.current) if session.current is not None else None
            redone = do_again(self.workspace, connection, files)
            if redone is None:
                return None
            now = self.workspace.today()
            if before is not None and redone.takes_away and redone.card_id == session.current:
                session = self._given_way(execute, session, before, redone, now.day)
            session = with_current(self.workspace.settings, execute, session, now)
            writes.keep_session(connection, session, self.workspace.owner, finished=False)
        self.session = session
        return redone

    def _given_way(
        self, execute: Execute, session: Session, before: TopicStanding, redone: Redone, day: StudyDay
    ) -> Session:
        """Return the session without the card in front, and after a rating with what that brings."""
        card_id, rating = redone.card_id, redone.rating
        if rating is None:
            return replace(session, current=None)
        if session.filtered is not None:
            return after_found(session, card_id, rating)
        after = states.known_standing(execute, card_id).state
        is_question = card_id == before.state.question
        own = settings_for(self.workspace.settings, execute, card_id)
        earned = eligible_follow_ups(before, after, day) if is_question and own.follow_ups == AT_ONCE else ()
        return after_answer(session, card_id, rating, is_question=is_question, follow_ups=earned)

    def leave(self) -> None:
        """Let go of the session: with nothing in front it is over, otherwise the next start takes it up."""
        with self.workspace.database.write() as connection:
            writes.keep_session(connection, self.session, "", finished=self.session.current is None)

    def _has_gone(self, standing: TopicStanding, card_id: CardId) -> bool:
        return standing.is_archived(card_id) or standing.state.card(card_id).deleted

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
            "Give a later time, set the machine's clock right, or undo that review.",
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


def record_cram(
    workspace: Workspace,
    connection: Connection,
    ahead: Ahead,
    rating: Rating,
    now: Instant,
    elapsed_ms: int,
    extra: Mapping[str, object] | None = None,
) -> None:
    """Append a rating that leaves the schedule as it is; see `record` for the arguments."""
    standing = ahead.standing
    entry = Entry(
        id=writes.new_id(connection, now.ms, ahead.newest),
        at_ms=now.ms,
        day=now.day,
        device=workspace.device,
        card_id=ahead.card_id,
        kind=EntryKind.CRAM,
        rating=rating,
        phase=standing.state.card(ahead.card_id).memory.phase.value,
        elapsed_ms=max(0, min(elapsed_ms, ELAPSED_CAP_MS)),
        extra=extra or {},
    )
    _apply(connection, standing, entry, {})


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


def _apply(
    connection: Connection, standing: TopicStanding, entry: Entry, policies: Mapping[str, Policy]
) -> TopicState:
    """Append an entry and save the state after it; one from before others of its topic is folded into its place."""
    writes.append_entry(connection, entry)
    if entry.id > standing.latest:
        after = step(standing.state, entry, policies)
    else:
        after = refolded(execute_in(connection), standing)
    writes.save_states(connection, (standing, after))
    return after
