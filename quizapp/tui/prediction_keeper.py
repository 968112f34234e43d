"""Writes what a simulation view tells of predictions to the database, in order and off the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quizapp.core.prediction import answer_text
from sims import catalogue

if TYPE_CHECKING:
    from quizapp.core.log import EntryId
    from quizapp.core.topic import CardId
    from quizapp.services.workspace import Workspace
    from quizapp.tui.widgets.simulation_view import SimulationView


class PredictionKeeper:
    """Keeps one view's predictions: each is written when it is committed and settled once by the run after it."""

    def __init__(self, workspace: Workspace, card_id: CardId | None) -> None:
        """Keep predictions that belong to a card, or to none when the lab asked."""
        self._workspace = workspace
        self._card_id = card_id
        self._open: EntryId | None = None
        self._turn = asyncio.Lock()

    async def commit(self, message: SimulationView.PredictionCommitted) -> None:
        """Write what the learner said."""
        from quizapp.services import predict

        async with self._turn:
            self._open = await asyncio.to_thread(
                predict.commit,
                self._workspace,
                card_id=self._card_id,
                simulation=message.simulation,
                knobs=message.knobs,
                seed=message.seed,
                question=_question(message),
                answer=answer_text(message.answer),
            )

    async def settle(self, message: SimulationView.RunFinished) -> None:
        """Write what the run said, if a prediction stands that it answers."""
        from quizapp.services import predict

        async with self._turn:
            if self._open is None or message.gap is None or message.outcome is None:
                return
            identifier, self._open = self._open, None
            await asyncio.to_thread(
                predict.settle,
                self._workspace,
                identifier,
                truth=answer_text(message.outcome.truth),
                hit=message.gap.hit,
                gap=message.gap.words,
                device=message.device,
            )


def _question(message: SimulationView.PredictionCommitted) -> str:
    simulation = catalogue.get(message.simulation)
    return simulation.prediction(simulation.knobs(**message.knobs)).question
