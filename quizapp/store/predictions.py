"""What learners predicted, and what was measured: append-only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from quizapp.core.log import EntryId
from quizapp.core.predicted import Predicted
from quizapp.core.topic import CardId
from quizapp.store.database import Execute

_SELECT = """
    SELECT id, at_ms, card_id, simulation, knobs, seed, question, answer, coalesce(truth, ''), coalesce(gap, ''), hit
    FROM prediction
"""


def latest(execute: Execute, limit: int) -> list[Predicted]:
    """Return the latest predictions whose run has ended, newest first."""
    rows = execute(_SELECT + " WHERE truth IS NOT NULL ORDER BY id DESC LIMIT :limit", {"limit": limit})
    return [_predicted(row) for row in rows]


def kept(execute: Execute, simulation: str = "", since_ms: int = 0) -> list[Predicted]:
    """Return the predictions of a simulation, or of all of them, made since a moment, oldest first."""
    rows = execute(
        _SELECT
        + " WHERE at_ms >= :since AND (:simulation = '' OR simulation = :simulation) ORDER BY at_ms, id",
        {"simulation": simulation, "since": since_ms},
    )
    return [_predicted(row) for row in rows]


def of_card(execute: Execute, card: CardId) -> list[Predicted]:
    """Return the predictions that were made on a card, oldest first."""
    rows = execute(_SELECT + " WHERE card_id = :card ORDER BY at_ms, id", {"card": card})
    return [_predicted(row) for row in rows]


def _predicted(row: Sequence[Any]) -> Predicted:
    return Predicted(
        id=EntryId(row[0]),
        at_ms=row[1],
        card_id=row[2],
        simulation=row[3],
        knobs={name: str(setting) for name, setting in json.loads(row[4]).items()},
        seed=row[5],
        question=row[6],
        answer=row[7],
        truth=row[8],
        gap=row[9],
        hit=None if row[10] is None else bool(row[10]),
    )
