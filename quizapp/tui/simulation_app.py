"""`quizapp sim NAME` on a terminal: one simulation, and back to the shell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from quizapp.services.motion import motion_of
from quizapp.services.simulation_host import SimulationHost
from quizapp.tui import crash, key_words
from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.missing_device import tell_missing_device
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.lab import LabScreen
from quizapp.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from quizapp.services.workspace import Workspace


class SimulationApp(App[None]):
    """One simulation over the whole terminal."""

    TITLE = "quizapp"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", id="app.help", show=False),
        Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, priority=True),
    ]

    def __init__(
        self,
        workspace: Workspace,
        simulation: str,
        settings: Mapping[str, str],
        *,
        seed: int,
        device: str,
        steps: int | None,
    ) -> None:
        """Run this simulation with these settings.

        Args:
            device: `auto` for the one that the settings name or, where it is not there, the fastest.
            steps: After how many frames the run pauses; None for its end.
        """
        super().__init__()
        self._workspace = workspace
        self._host = SimulationHost(motion=motion_of(workspace.settings), device=workspace.settings.device)
        if workspace.settings.reduced_motion:
            self.animation_level = "none"
        self._lab = LabScreen(
            workspace, simulation, settings, host=self._host, seed=seed, device=device, pause_after=steps
        )

    def on_mount(self) -> None:
        """Open the simulation; leaving it leaves the app."""
        crash.hide_locals()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = self._workspace.settings.theme
        key_words.use(self._workspace.settings.keys)
        if keys := self._workspace.settings.keys:
            from quizapp.tui.bound_keys import use_keys

            use_keys(self, keys)
        tell_missing_device(self, self._host)
        self.push_screen(self._lab, lambda _: self.exit())

    def action_help(self) -> None:
        """Show every key of the present screen."""
        self.push_screen(HelpScreen(self.screen))

    async def on_unmount(self) -> None:
        """End the worker."""
        await self._host.close()
        self._workspace.close()
