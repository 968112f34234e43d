"""Which card comes next, by reading alone: the first card is painted before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizapp.core.card import Card
from quizapp.core.fold import TopicState
from quizapp.core.memory import Phase
from quizapp.core.session import LEARN_AHEAD_MS, Session
from quizapp.core.topic import CardId
from quizapp.services.owner import has_gone
from quizapp.services.workspace import Workspace
from quizapp.store import cards, queue, sessions, states
from quizapp.store.database import Execute
from quizapp.store.states import TopicStanding


def peek(workspace: Workspace, deck: str = "") -> Card | None:
    """Return the card that a session of a deck will put in front, reading only: the first frame waits for no write."""
    day, now_ms = workspace.today()
    read = workspace.database.read
    left = [session for session in left_sessions(workspace, read, deck) if session.day == day]
    session = with_current(workspace, read, left[0] if left else Session("", deck, day, now_ms))
    return cards.card(read, session.current) if session.current is not None else None


def left_sessions(workspace: Workspace, execute: Execute, deck: str) -> list[Session]:
    """Return the sessions of a deck that were neither finished nor are held by a living process, the latest first."""
    return sessions.left(execute, deck, lambda owner: has_gone(owner, workspace.device))


def with_current(workspace: Workspace, execute: Execute, session: Session) -> Session:
    """Return the session with the card that is in front, or another one where that may not be studied any more."""
    day, _ = workspace.today()
    if _still_waits(execute, session.current, day):
        return session
    return with_next(workspace, execute, replace(session, current=None))


def eligible_follow_ups(before: TopicStanding, after: TopicState, day: int) -> Sequence[CardId]:
    """Return the follow-ups that an interviewer would ask now: new or due, and not set aside."""

    def comes(card_id: CardId) -> bool:
        card = after.card(card_id)
        due = card.memory.phase is Phase.NEW or (
            card.memory.phase is Phase.REVIEW and card.memory.due_day <= day
        )
        return due and after.unlocked and not card.suspended and card.buried_until <= day

    return [card_id for card_id in before.follow_ups if comes(card_id)]


def with_next(workspace: Workspace, execute: Execute, session: Session) -> Session:
    """Return the session with its next card in front: a probe, else the head of the queues."""
    day, now_ms = workspace.today()
    done = queue.today(execute, day)
    new_left = workspace.settings.new_per_day - done.get(Phase.NEW, (0, 0))[0]
    reviews_left = workspace.settings.reviews_per_day - done.get(Phase.REVIEW, (0, 0))[0]
    probes = list(session.probes)
    while probes:
        probe = probes.pop(0)
        if _may_come(execute, probe, day, new_left, reviews_left):
            return replace(session, current=probe, probes=tuple(probes))
    following = queue.next_card(
        execute,
        deck=session.deck,
        now_ms=now_ms,
        ahead_ms=LEARN_AHEAD_MS,
        day=day,
        new_left=new_left,
        reviews_left=reviews_left,
    )
    return replace(session, current=following, probes=())


def _may_come(execute: Execute, card_id: CardId, day: int, new_left: int, reviews_left: int) -> bool:
    standing = states.standing(execute, card_id)
    if standing is None or card_id not in eligible_follow_ups(standing, standing.state, day):
        return False
    is_new = standing.state.card(card_id).memory.phase is Phase.NEW
    return (new_left if is_new else reviews_left) > 0


def _still_waits(execute: Execute, card_id: CardId | None, day: int) -> bool:
    """Return whether a card can still be in front: not archived, set aside, or reviewed elsewhere meanwhile."""
    found = cards.card(execute, card_id) if card_id is not None else None
    if found is None or found.archived or found.state.suspended or found.state.buried_until > day:
        return False
    return found.state.memory.phase is not Phase.REVIEW or found.state.memory.due_day <= day
