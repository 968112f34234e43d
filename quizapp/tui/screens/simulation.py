"""A simulation over the whole screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.screen import Screen

from quizapp.services.simulation_messages import Host
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.simulation_view import SimulationView
from sims.protocol import KnobValue

if TYPE_CHECKING:
    from textual.app import ComposeResult


class SimulationScreen(Screen[None]):
    """Shows one simulation; escape goes back. The view's messages rise to the app."""

    DEFAULT_CSS = """
    SimulationScreen { layout: vertical; }
    """

    view_type: ClassVar[type[SimulationView]] = SimulationView

    def __init__(
        self,
        simulation: str,
        settings: Mapping[str, KnobValue] | None = None,
        *,
        host: Host,
        seed: int = 0,
        device: str = "cpu",
        pause_after: int | None = None,
        caption: str = "",
    ) -> None:
        """Show a simulation; see `SimulationView` for the arguments."""
        super().__init__()
        self._view = self.view_type(
            simulation,
            settings,
            host=host,
            seed=seed,
            device=device,
            pause_after=pause_after,
            caption=caption,
        )

    def compose(self) -> ComposeResult:
        """Lay out the simulation over the keys that work now."""
        yield self._view
        yield KeyLine()

    @on(SimulationView.CloseRequested)
    def close_requested(self, event: SimulationView.CloseRequested) -> None:
        """Go back to where the simulation was opened."""
        event.stop()
        self.dismiss()
