"""Which card comes next in a session of a search: those of its list, then those that were forgotten."""

from __future__ import annotations

from dataclasses import replace

from quizapp.core.overview import Counts
from quizapp.core.session import Filtered, Session
from quizapp.store import sessions
from quizapp.store.database import Execute


def with_current(execute: Execute, session: Session, day: int) -> Session:
    """Return the session with the card that is in front, or the next one where that has gone or was set aside."""
    if session.current is not None and sessions.may_come(execute, session.current, day):
        return session
    return with_next(execute, replace(session, current=None), day)


def with_next(execute: Execute, session: Session, day: int) -> Session:
    """Return the session with its next card in front: one that an undo pushed back, one of the list, a forgotten one."""
    filtered = session.filtered
    assert filtered is not None
    probes = list(session.probes)
    while probes:
        probe = probes.pop(0)
        if sessions.may_come(execute, probe, day):
            return replace(session, current=probe, probes=tuple(probes))
    following = sessions.next_found(execute, session.id, filtered.at, day)
    if following is not None:
        place, card = following
        return replace(session, current=card, probes=(), filtered=replace(filtered, at=place + 1))
    filtered = replace(filtered, at=filtered.total)
    again = list(filtered.again)
    while again:
        card = again.pop(0)
        if sessions.may_come(execute, card, day):
            return replace(session, current=card, probes=(), filtered=replace(filtered, again=tuple(again)))
    return replace(session, current=None, probes=(), filtered=replace(filtered, again=()))


def left(execute: Execute, session: Session, day: int) -> Counts:
    """Return how many cards of a filtered session come, the one in front included."""
    filtered = session.filtered
    assert filtered is not None
    listed = sessions.left_of_found(execute, session.id, filtered.at, day)
    return Counts(due=listed + len(filtered.again) + len(session.probes) + (session.current is not None))


def note(filtered: Filtered) -> str:
    """Return what a session of a search does, in a few words."""
    effect = "ratings move the schedule" if filtered.search.reschedule else "the schedule stays as it is"
    return f"Search “{filtered.search.title}” · {effect}"
