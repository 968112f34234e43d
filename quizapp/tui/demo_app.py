"""`quizapp demo` on a terminal: simulations that play by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from quizapp.tui import crash
from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.missing_device import tell_missing_device
from quizapp.tui.screens.demo import DemoScreen
from quizapp.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from quizapp.services.simulation_host import SimulationHost
    from sims.protocol import Simulation


class DemoApp(App[None]):
    """Plays simulations over the whole terminal; leaving them leaves the app. It opens no library."""

    TITLE = "quizapp"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, priority=True),
    ]

    def __init__(
        self,
        simulations: Sequence[Simulation[Any]],
        host: SimulationHost,
        *,
        seconds: float,
        loop: bool,
        theme: str,
    ) -> None:
        """Play these; see `DemoScreen` for the other arguments."""
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = theme if theme in self.available_themes else DARK.name
        self._host = host
        self._demo = DemoScreen(simulations, host=host, seconds=seconds, loop=loop)

    def on_mount(self) -> None:
        """Begin to play."""
        crash.hide_locals()
        tell_missing_device(self, self._host)
        self.push_screen(self._demo, lambda _: self.exit())

    async def on_unmount(self) -> None:
        """End the worker."""
        await self._host.close()
