"""What a session taught: read once, at its end."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from statistics import fmean
from typing import Any

from quizapp.core.deck_key_points import key_points
from quizapp.core.fold import fold
from quizapp.core.learned import Given, Learned, learned
from quizapp.core.memory import Phase, Rating, retrievability
from quizapp.core.overview import Counts
from quizapp.core.session import Session
from quizapp.core.topic import CardId, TopicId
from quizapp.services.allowance import quiet_decks
from quizapp.services.progress import Progress, progress
from quizapp.services.workspace import Workspace
from quizapp.store import entries, predictions, queue, session_ratings, states


def finished(workspace: Workspace, session: Session) -> Progress:
    """Return how a session went, with what it taught.

    Raises:
        StoreError: The database cannot be read.
    """
    stands = progress(workspace, session)
    withheld = Counts() if session.filtered is not None else _withheld(workspace, session.deck, stands.left)
    return replace(stands, learned=taught(workspace, session), withheld=withheld)


def _withheld(workspace: Workspace, deck: str, left: Counts) -> Counts:
    """Return the cards of a deck, and of those below it, that would come today if there were no limits."""
    read, (day, _) = workspace.database.read, workspace.today()
    waiting = Counts()
    for path, *counts in queue.counts(read, day, quiet_decks(workspace.settings, read)):
        if not deck or path == deck or path.startswith(f"{deck}/"):
            waiting += Counts(*counts)
    return Counts(waiting.new - left.new, 0, waiting.due - left.due)


def taught(workspace: Workspace, session: Session) -> Learned:
    """Return what a session taught in its deck."""
    read = workspace.database.read
    inside = session.deck + "/"
    given = [
        _given(row)
        for row in session_ratings.ratings(read, session.started_ms)
        if not session.deck or row[6] == session.deck or row[6].startswith(inside)
    ]
    topics = dict.fromkeys(one.topic for one in given)
    texts = {topic: session_ratings.title_and_cover(read, topic) for topic in topics}
    points = {topic: [point.text for point in key_points(cover)] for topic, (_, cover) in texts.items()}
    last = {one.card: one.rating for one in given}
    failed = {card for card, rating in last.items() if rating is Rating.AGAIN}
    strengths = {topic: _strengths(workspace, topic, session, failed) for topic in topics}
    titles = {topic: title for topic, (title, _) in texts.items()}
    said = [one for one in predictions.kept(read, since_ms=session.started_ms) if one.hit is not None]
    return replace(
        learned(given, titles, strengths, points),
        right=tuple(one.simulation for one in said if one.hit),
        wrong=tuple(one.simulation for one in said if not one.hit),
    )


def _given(row: Any) -> Given:
    _, card, topic, rating, phase, extra, _ = row
    ticked = json.loads(extra).get("ticked") if extra != "{}" else None
    return Given(
        CardId(card),
        TopicId(topic),
        Rating(rating),
        Phase(phase or Phase.NEW),
        frozenset(ticked) if ticked else None,
    )


def _strengths(
    workspace: Workspace, topic: TopicId, session: Session, failed: Collection[CardId]
) -> tuple[float, float]:
    """Return a topic's mean probability of recall today, by its log up to the session and by its present state.

    Args:
        failed: The cards that failed when they were last asked. Having just been seen, they would count as known; they
            count as before.
    """
    read = workspace.database.read
    day, _ = workspace.today()
    standing = states.standing_of_topic(read, topic)
    assert standing is not None
    first = session_ratings.first_id(session.started_ms)
    earlier = [entry for entry in entries.of_topic(read, topic) if entry.id < first]
    before, now = fold(earlier, standing.state.question, entries.policies(read)), standing.state
    cards = [shape.id for shape in standing.shapes if not shape.archived and not now.card(shape.id).deleted]
    was = [retrievability(before.card(card).memory, day) for card in cards]
    recalls = [retrievability((before if card in failed else now).card(card).memory, day) for card in cards]
    return (fmean(was), fmean(recalls)) if cards else (0.0, 0.0)
