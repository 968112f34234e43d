"""Which card comes next in a session: probes first, then the head of the queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizapp.config import Settings
from quizapp.core.card import Card
from quizapp.core.day import Instant
from quizapp.core.fold import TopicState
from quizapp.core.memory import Phase
from quizapp.core.session import LEARN_AHEAD_MS, Done, Session
from quizapp.core.topic import CardId, CardKind, TopicId
from quizapp.services import filtered
from quizapp.services.allowance import NEVER, Allowance, allowance, scope, settings_for
from quizapp.services.owner import has_gone
from quizapp.services.workspace import Workspace
from quizapp.store import cards, queue, sessions, states
from quizapp.store.database import Execute
from quizapp.store.states import TopicStanding


def peek(workspace: Workspace, deck: str = "") -> Card | None:
    """Return the card that a session of a deck will put in front, reading only: the first frame waits for no write."""
    now = workspace.today()
    read = workspace.database.read
    left = [session for session in left_sessions(workspace, read, deck) if session.day == now.day]
    session = with_current(workspace.settings, read, left[0] if left else Session("", deck, *now), now)
    return cards.card(read, session.current) if session.current is not None else None


def left_sessions(workspace: Workspace, execute: Execute, key: str) -> list[Session]:
    """Return the sessions of a deck or a search, the latest first, neither finished nor held by a living process."""
    return sessions.left(execute, key, lambda owner: has_gone(owner, workspace.device))


def done_today(execute: Execute, day: int) -> Done:
    """Return what counts against the limits of a study day."""
    done = queue.today(execute, day)
    return Done(done.get(Phase.NEW, (0, 0))[0], done.get(Phase.REVIEW, (0, 0))[0])


def with_current(settings: Settings, execute: Execute, session: Session, now: Instant) -> Session:
    """Return the session with the card that is in front, or another one where that may not be studied any more."""
    if session.filtered is not None:
        return filtered.with_current(execute, session, now.day)
    if _still_waits(settings, execute, session.current, now.day):
        return session
    return with_next(settings, execute, replace(session, current=None), done_today(execute, now.day), now)


def eligible_follow_ups(before: TopicStanding, after: TopicState, day: int) -> Sequence[CardId]:
    """Return the follow-ups that an interviewer would ask now: new or due, and not set aside."""

    def comes(card_id: CardId) -> bool:
        card = after.card(card_id)
        due = card.memory.phase is Phase.NEW or (
            card.memory.phase is Phase.REVIEW and card.memory.due_day <= day
        )
        is_in_play = (
            not card.suspended and not card.deleted and max(card.buried_until, card.not_before) <= day
        )
        return due and after.unlocked and is_in_play

    return [card_id for card_id in before.follow_ups if comes(card_id)]


def with_next(settings: Settings, execute: Execute, session: Session, done: Done, now: Instant) -> Session:
    """Return the session with its next card in front: a probe, else the head of the queues, or of what a search found."""
    if session.filtered is not None:
        return filtered.with_next(execute, session, now.day)
    probes = list(session.probes)
    left = allowance(settings, execute, done, now.day) if probes else None
    while probes and left is not None:
        probe = probes.pop(0)
        if _may_come(settings, execute, probe, now.day, left):
            return replace(session, current=probe, probes=tuple(probes))
    return replace(session, current=head(settings, execute, session.deck, done, now), probes=())


def head(
    settings: Settings, execute: Execute, deck: str, done: Done, now: Instant, besides: TopicId | None = None
) -> CardId | None:
    """Return the head of a deck's queues, the cards of one topic passed over."""
    left = allowance(settings, execute, done, now.day)
    return queue.next_card(
        execute,
        deck=deck,
        now_ms=now.ms,
        ahead_ms=LEARN_AHEAD_MS,
        day=now.day,
        new_left=left.new,
        reviews_left=left.reviews,
        besides=besides or "",
        scope=scope(settings, execute, left, deck),
    )


def _may_come(settings: Settings, execute: Execute, card_id: CardId, day: int, left: Allowance) -> bool:
    standing = states.standing(execute, card_id)
    if standing is None or card_id not in eligible_follow_ups(standing, standing.state, day):
        return False
    if settings_for(settings, execute, card_id).follow_ups == NEVER:
        return False
    phase = standing.state.card(card_id).memory.phase
    return left.left_in(queue.deck_of(execute, card_id) if left.decks else "", phase) > 0


def _still_waits(settings: Settings, execute: Execute, card_id: CardId | None, day: int) -> bool:
    """Return whether a card can still be in front: not archived, set aside, or reviewed elsewhere meanwhile."""
    found = cards.card(execute, card_id) if card_id is not None else None
    if found is None or found.archived or found.state.suspended or found.state.deleted:
        return False
    if max(found.state.buried_until, found.state.not_before) > day:
        return False
    if found.kind is CardKind.FOLLOW_UP and settings.in_deck(found.deck).follow_ups == NEVER:
        return False
    return found.state.memory.phase is not Phase.REVIEW or found.state.memory.due_day <= day
