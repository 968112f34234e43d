"""Predictions kept: committed before a run, settled after it."""

from __future__ import annotations

from collections.abc import Mapping

from quizapp.core.log import EntryId
from quizapp.core.topic import CardId
from quizapp.services.workspace import Workspace
from quizapp.store import writes


def commit(
    workspace: Workspace,
    *,
    card_id: CardId | None,
    simulation: str,
    knobs: Mapping[str, object],
    seed: int,
    question: str,
    answer: str,
) -> EntryId:
    """Write what the learner said; it is on disk when this returns."""
    _, now_ms = workspace.today()
    with workspace.database.write() as connection:
        return writes.commit_prediction(
            connection,
            at_ms=now_ms,
            card_id=card_id,
            simulation=simulation,
            knobs=knobs,
            seed=seed,
            question=question,
            answer=answer,
        )


def settle(
    workspace: Workspace, identifier: EntryId, *, truth: str, hit: bool, gap: str, device: str
) -> None:
    """Write what the run said beside it."""
    with workspace.database.write() as connection:
        writes.settle_prediction(connection, identifier, truth=truth, hit=hit, gap=gap, device=device)
