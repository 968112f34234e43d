"""A scope of statistics as SQL: a condition on the table card, called c."""

from __future__ import annotations

from quizapp.core.statistics.scope import Scope
from quizapp.store.database import Execute

_IN_DECK = """ AND c.deck_id IN (SELECT id FROM deck WHERE path = :deck
    OR (path > :deck || '/' AND path < :deck || '0'))"""
_WITH_TAG = """ AND (EXISTS (SELECT 1 FROM json_each(c.own_tags) WHERE value = :tag)
    OR c.topic_id IN (SELECT id FROM topic WHERE EXISTS (SELECT 1 FROM json_each(topic.tags) WHERE value = :tag)))"""
_TAGS = """
    SELECT value FROM topic, json_each(topic.tags) WHERE NOT archived
    UNION SELECT value FROM card, json_each(card.own_tags) WHERE own_tags <> '[]' ORDER BY 1
"""


def condition(scope: Scope) -> str:
    """Return what a card of the scope fulfils, to be added to a WHERE; its parameters are `deck` and `tag`."""
    return _IN_DECK * bool(scope.deck) + _WITH_TAG * bool(scope.tag)


def parameters(scope: Scope) -> dict[str, object]:
    """Return the parameters of the condition."""
    return {"deck": scope.deck, "tag": scope.tag}


def tags(execute: Execute) -> list[str]:
    """Return every tag of a topic or card in the library, in their order."""
    return [tag for (tag,) in execute(_TAGS, {})]


def members(execute: Execute, scope: Scope) -> frozenset[str]:
    """Return the ids of the cards of a scope, archived ones included."""
    rows = execute(f"SELECT c.id FROM card c WHERE 1{condition(scope)}", parameters(scope))  # noqa: S608 - fixed text
    return frozenset(card for (card,) in rows)
