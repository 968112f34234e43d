"""A simulation opened from Home: the same screen as beside a card, with its predictions kept under no card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on

from quizapp.tui.prediction_keeper import PredictionKeeper
from quizapp.tui.screens.simulation import SimulationScreen
from quizapp.tui.widgets.simulation_view import SimulationView

if TYPE_CHECKING:
    from quizapp.core.topic import CardId
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace


class LabScreen(SimulationScreen):
    """One simulation over the whole screen."""

    def __init__(
        self,
        workspace: Workspace,
        simulation: str,
        settings: Mapping[str, str],
        *,
        host: Host,
        seed: int = 0,
        device: str = "auto",
        pause_after: int | None = None,
        card_id: CardId | None = None,
    ) -> None:
        """Open a simulation with these settings; see `SimulationView` for the other arguments.

        Args:
            card_id: The card that its predictions are kept with; None for none.
        """
        super().__init__(simulation, settings, host=host, seed=seed, device=device, pause_after=pause_after)
        self._keeper = PredictionKeeper(lambda: self.app, workspace, card_id)

    @on(SimulationView.PredictionCommitted)
    def prediction_committed(self, message: SimulationView.PredictionCommitted) -> None:
        """Keep what the learner said."""
        self._keeper.commit(message)

    @on(SimulationView.RunFinished)
    def run_finished(self, message: SimulationView.RunFinished) -> None:
        """Keep what the run said."""
        self._keeper.settle(message)
