"""`quizapp demo` on a terminal: simulations that play by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from quizapp.tui import crash, key_words
from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.missing_device import tell_missing_device
from quizapp.tui.screens.demo import DemoScreen
from quizapp.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from quizapp.config import Settings
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
        settings: Settings,
    ) -> None:
        """Play these as the settings have it; see `DemoScreen` for the other arguments."""
        super().__init__()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = settings.theme if settings.theme in self.available_themes else DARK.name
        if settings.reduced_motion:
            self.animation_level = "none"
        self._keys = settings.keys
        self._host = host
        self._demo = DemoScreen(simulations, host=host, seconds=seconds, loop=loop)

    def on_mount(self) -> None:
        """Begin to play."""
        crash.hide_locals()
        tell_missing_device(self, self._host)
        key_words.use(self._keys)
        if self._keys:
            from quizapp.tui.bound_keys import use_keys

            use_keys(self, self._keys)
        self.push_screen(self._demo, lambda _: self.exit())

    async def on_unmount(self) -> None:
        """End the worker."""
        await self._host.close()
