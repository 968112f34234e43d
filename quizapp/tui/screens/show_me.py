"""A simulation opened from a drill, with its prediction; what is predicted belongs to the card that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.prediction_keeper import PredictionKeeper
from quizapp.tui.screens.lab import LabScreen

if TYPE_CHECKING:
    from quizapp.core.topic import CardId, SimBlock
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace


class ShowMeScreen(LabScreen):
    """One simulation over the whole screen; escape goes back to the drill, whose clock has stood still."""

    def __init__(self, workspace: Workspace, block: SimBlock, card_id: CardId, *, host: Host) -> None:
        """Open the simulation of a block.

        Raises:
            UnknownSimulation: There is no simulation of this name.
        """
        super().__init__(workspace, block.simulation, dict(block.settings), host=host)
        self._keeper = PredictionKeeper(lambda: self.app, workspace, card_id)
