"""Progress by topic over the whole material: read, and as plain values for scripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from quizapp.core.day import date_of
from quizapp.core.deck_key_points import key_points
from quizapp.core.deck_predictions import prediction_blocks
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.progress_map import (
    Part,
    ProgressMap,
    Standing,
    Topic,
    progress_map,
    recommendation,
    step_words,
)
from quizapp.services.library import require_deck
from quizapp.services.workspace import Workspace
from quizapp.store import topic_standings


def read_map(workspace: Workspace, within: str = "") -> ProgressMap:
    """Return how every topic stands now, and what comes next.

    Args:
        within: Only topics of this deck and of those below it; empty for all.

    Raises:
        DeckError: There is no such deck.
        StoreError: The database cannot be read.
    """
    if within:
        require_deck(workspace, within)
    read = workspace.database.read
    day, _ = workspace.today()
    ticked, simulations = topic_standings.ticked(read), _simulations(workspace)
    run = topic_standings.run_simulations(read)
    topics = []
    for (
        topic,
        title,
        deck,
        cover,
        seen,
        cards,
        recall,
        due,
        new,
        locked,
        next_day,
    ) in topic_standings.standings(read, day):
        if within and not f"{deck}/".startswith(f"{within}/"):
            continue
        points = {point.text for point in key_points(cover)}
        names = simulations.get(topic, frozenset())
        standing = Standing(
            cards=Part(seen, cards),
            points=Part(len(points & ticked.get(topic, frozenset())), len(points)),
            used=names,
            run=names & run,
            recall=recall,
            due=due,
            new=new,
            locked=locked,
            next_day=next_day,
        )
        topics.append(Topic(topic, title, deck, standing))
    return progress_map(day, topics)


def _simulations(workspace: Workspace) -> Mapping[str, frozenset[str]]:
    """Return the simulations that each topic's answers launch or ask about."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for topic, text in topic_standings.texts(workspace.database.read):
        found[topic].update(block.simulation for block in sim_blocks(text))
        found[topic].update(block.simulation for _, block in prediction_blocks(text))
    return {topic: frozenset(names) for topic, names in found.items()}


def listed_map(shown: ProgressMap) -> dict[str, object]:
    """Return the map as plain values for scripts."""
    return {
        "day": date_of(shown.day).isoformat(),
        "next": {"topic": shown.next.id, "deck": shown.next.deck} if shown.next else None,
        "recommendation": recommendation(shown),
        "whole": _fields(shown.whole, shown.day),
        "decks": [
            {"deck": row.deck, **_fields(row.standing, shown.day)} for row in shown.rows if not row.topic
        ],
        "topics": [
            {"topic": row.topic, "title": row.name, "deck": row.deck, **_fields(row.standing, shown.day)}
            for row in shown.rows
            if row.topic
        ],
    }


def _fields(standing: Standing, day: int) -> dict[str, object]:
    return {
        "cards": standing.cards.total,
        "cards_seen": standing.cards.reached,
        "key_points": standing.points.total,
        "key_points_covered": standing.points.reached,
        "simulations": standing.simulations.total,
        "simulations_run": standing.simulations.reached,
        "strength": round(standing.strength, 4),
        "due": standing.due,
        "new": standing.new,
        "locked": standing.locked,
        "next_day": date_of(standing.next_day).isoformat() if standing.next_day else None,
        "next": step_words(standing, day),
    }
