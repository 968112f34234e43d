"""Writes what a simulation view tells of predictions and runs to the database, in order and off the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from quizapp.core.prediction import answer_text
from quizapp.errors import QuizError
from quizapp.tui.turns import complain

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from textual.app import App

    from quizapp.core.experiment import Experiment, Finding
    from quizapp.core.log import EntryId
    from quizapp.core.topic import CardId
    from quizapp.services.workspace import Workspace
    from quizapp.tui.widgets.simulation_view import SimulationView
    from sims.protocol import KnobValue

Knobs = frozenset[tuple[str, "KnobValue"]]


class PredictionKeeper:
    """Keeps one view's predictions: each is written when it is committed and settled once by the run after it.

    What a run measured is remembered as well, whether or not anything was predicted of it.
    """

    def __init__(self, app: Callable[[], App[Any]], workspace: Workspace, card_id: CardId | None) -> None:
        """Keep predictions that belong to a card, or to none when the lab asked.

        Args:
            app: Outlives the view, so that closing this leaves nothing half written.
        """
        self._app = app
        self._workspace = workspace
        self._card_id = card_id
        self._open: dict[Knobs, EntryId] = {}
        self._turn = asyncio.Lock()

    def commit(self, message: SimulationView.PredictionCommitted) -> None:
        """Write what the learner said."""
        self._later(self._commit(message.experiment), "The prediction was not kept")

    def settle(self, message: SimulationView.RunFinished) -> None:
        """Write what the run said: beside the prediction, if one stands for its knobs, and as the last run."""
        self._later(self._settle(message.finding), "The prediction was not kept")
        self._later(self._remember(message.finding), "The run was not kept")

    def _later(self, writing: Coroutine[Any, Any, None], complaint: str) -> None:
        self._app().run_worker(self._in_turn(writing, complaint), group="predictions")

    async def _in_turn(self, writing: Coroutine[Any, Any, None], complaint: str) -> None:
        async with self._turn:
            try:
                await writing
            except QuizError as error:
                complain(self._app(), error, complaint)

    async def _commit(self, experiment: Experiment) -> None:
        from quizapp.services import predict

        if experiment.answer is None:
            return
        self._open[_key(experiment)] = await asyncio.to_thread(
            predict.commit,
            self._workspace,
            card_id=self._card_id,
            simulation=experiment.name,
            knobs=experiment.values,
            seed=experiment.seed,
            question=experiment.prediction.question,
            answer=answer_text(experiment.answer),
        )

    async def _settle(self, finding: Finding) -> None:
        from quizapp.services import predict

        identifier, missed = self._open.get(_key(finding.experiment)), finding.gap
        if identifier is None or missed is None or finding.outcome is None:
            return
        await asyncio.to_thread(
            predict.settle,
            self._workspace,
            identifier,
            truth=answer_text(finding.outcome.truth),
            hit=missed.hit,
            gap=missed.words,
            device=finding.experiment.device,
        )
        del self._open[_key(finding.experiment)]

    async def _remember(self, finding: Finding) -> None:
        from quizapp.services import runs

        await asyncio.to_thread(runs.keep, self._workspace, finding)


def _key(experiment: Experiment) -> Knobs:
    return frozenset(experiment.values.items())
