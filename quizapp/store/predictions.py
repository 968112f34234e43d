"""What learners predicted, and what was measured: append-only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from quizapp.core.log import EntryId
from quizapp.core.predicted import Predicted
from quizapp.store.database import Execute


def latest(execute: Execute, limit: int) -> list[Predicted]:
    """Return the latest predictions whose run has ended, newest first."""
    rows: Sequence[Any] = execute(
        """SELECT id, at_ms, card_id, simulation, knobs, seed, question, answer, truth, gap FROM prediction
           WHERE truth IS NOT NULL ORDER BY id DESC LIMIT :limit""",
        {"limit": limit},
    )
    return [
        Predicted(
            EntryId(row[0]),
            row[1],
            row[2],
            row[3],
            {name: str(setting) for name, setting in json.loads(row[4]).items()},
            row[5],
            row[6],
            row[7],
            row[8],
            row[9],
        )
        for row in rows
    ]
