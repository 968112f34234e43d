"""The place beside a card, or over it, where a simulation is open; it keeps the predictions that are made there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.core.experiment import Experiment, Finding
    from quizapp.core.topic import CardId, SimBlock
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace
    from quizapp.tui.prediction_keeper import PredictionKeeper
    from quizapp.tui.widgets.simulation_view import SimulationView


class SimulationPane(Container):
    """Holds one simulation or none."""

    @dataclass
    class CloseWanted(Message):
        """The learner is done with the simulation."""

    @dataclass
    class RunEnded(Message):
        """A run came to its end."""

        finding: Finding

    def __init__(self, workspace: Workspace, *, host: Callable[[], Host], id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a simulation.

        Args:
            host: Gives the process that simulations run in.
        """
        super().__init__(id=id)
        self._workspace = workspace
        self._host = host
        self._keeper: PredictionKeeper | None = None
        self.block: SimBlock | None = None

    async def open(self, block: SimBlock, card_id: CardId, trial: Experiment | None = None) -> None:
        """Put the question of a simulation; what is predicted belongs to the card.

        Args:
            trial: What a prediction card asks; its seed and its tolerance count.

        Raises:
            UnknownSimulation: There is no simulation of this name.
        """
        from quizapp.tui.prediction_keeper import PredictionKeeper
        from quizapp.tui.widgets.simulation_view import SimulationView

        seed, tolerance = (trial.seed, trial.tolerance) if trial else (0, None)
        view = SimulationView(
            block.simulation,
            dict(block.settings),
            host=self._host(),
            seed=seed,
            device="auto",
            tolerance=tolerance,
        )
        await self.close()
        self._keeper = PredictionKeeper(lambda: self.app, self._workspace, card_id)
        self.block = block
        await self.mount(view)

    async def close(self) -> None:
        """End the simulation."""
        self.block = None
        await self.remove_children()

    def on_simulation_view_prediction_committed(self, message: SimulationView.PredictionCommitted) -> None:
        """Keep what the learner said."""
        message.stop()
        if self._keeper is not None:
            self._keeper.commit(message)

    def on_simulation_view_run_finished(self, message: SimulationView.RunFinished) -> None:
        """Keep what the run said."""
        message.stop()
        if self._keeper is not None:
            self._keeper.settle(message)
        self.post_message(self.RunEnded(message.finding))

    def on_simulation_view_close_requested(self, message: SimulationView.CloseRequested) -> None:
        """Tell the screen, which goes back to the card."""
        message.stop()
        self.post_message(self.CloseWanted())
