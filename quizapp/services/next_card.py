"""Which card comes next, by reading alone: the first card is painted before anything is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from quizapp.core.card import Card
from quizapp.core.fold import TopicState
from quizapp.core.memory import Phase
from quizapp.core.session import LEARN_AHEAD_MS, Session
from quizapp.core.topic import CardId
from quizapp.services.workspace import Workspace
from quizapp.store import cards, queue, sessions, states
from quizapp.store.database import Execute
from quizapp.store.states import TopicStanding


def peek(workspace: Workspace, deck: str = "") -> Card | None:
    """Return the card that a session of a deck will put in front, reading only: the first frame waits for no write."""
    day, now_ms = workspace.today()
    read = workspace.database.read
    left = sessions.unfinished(read, deck, is_free)
    if left is None or left.day != day or not still_there(read, left.current):
        fresh = left if left is not None and left.day == day else Session("", deck, day, now_ms)
        left = with_next(workspace, read, replace(fresh, current=None))
    return cards.card(read, left.current) if left.current is not None else None


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


def still_there(execute: Execute, card_id: CardId | None) -> bool:
    """Return whether a card can still be in front: neither archived nor suspended meanwhile."""
    if card_id is None:
        return False
    found = cards.card(execute, card_id)
    return found is not None and not found.archived and not found.state.suspended


def is_free(owner: str) -> bool:
    """Return whether the process that claimed a session has gone."""
    _, _, pid = owner.rpartition("/")
    if not pid.isdigit() or int(pid) == os.getpid():
        return True
    if os.name == "nt":  # asking for a process by signal would end it there
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
