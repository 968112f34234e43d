"""The app: bindings, themes, screens, and the services that they share. Wiring, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType

from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from textual.screen import Screen

    from quizapp.core.card import Card
    from quizapp.core.overview import Overview
    from quizapp.services.simulation_host import SimulationHost
    from quizapp.services.workspace import Workspace

_WARM_UP_AFTER_S = 0.4
"""How long the first screen is left alone before the imports that later screens need begin."""


class QuizApp(App[None]):
    """Home, study and simulations over one library."""

    TITLE = "quizapp"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", id="app.help", show=False),
        Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, priority=True),
        Binding("ctrl+p", "command_palette", "Commands", id="app.commands", show=False, priority=True),
    ]

    def __init__(
        self, workspace: Workspace, overview: Overview, deck: str | None = None, card: Card | None = None
    ) -> None:
        """Take what the first screen shows, so that its first frame is complete.

        Args:
            deck: The deck to study at once, empty for all of them; None to begin at Home.
            card: The card that this deck begins with.
        """
        super().__init__()
        self.workspace = workspace
        self._overview = overview
        self._deck = deck
        self._card = card
        self._host: SimulationHost | None = None

    def simulation_host(self) -> SimulationHost:
        """Return the keeper of the simulations' process, which is started once the app is idle."""
        if self._host is None:
            from quizapp.services.simulation_host import SimulationHost

            self._host = SimulationHost()
        return self._host

    def on_mount(self) -> None:
        """Show the first screen, then get ready for the next ones."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = self.workspace.settings.theme
        from quizapp.tui.screens.home import HomeScreen

        self.push_screen(HomeScreen(self.workspace, self._overview, self.simulation_host))
        if self._deck is not None:
            from quizapp.tui.screens.study import StudyScreen

            self.push_screen(StudyScreen(self.workspace, self._deck, self._card, host=self.simulation_host))
        self.set_timer(_WARM_UP_AFTER_S, self._warm_up)

    def _warm_up(self) -> None:
        """Load what answering needs in a thread, and start the simulations' process."""
        self.run_worker(self._load, thread=True, group="warm-up", exit_on_error=False)
        self.simulation_host().start()

    def _load(self) -> None:
        import fsrs  # noqa: F401 - the first answer shall not wait for it

        from quizapp.tui import crash

        crash.hide_locals()
        self.workspace.database.warm()

    async def on_unmount(self) -> None:
        """End the simulations' process and close the database."""
        if self._host is not None:
            await self._host.close()
        self.workspace.close()

    def action_help(self) -> None:
        """Show every key of the present screen."""
        from quizapp.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every binding that works now, then Textual's own commands."""
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.description and not binding.system and active.enabled:
                action = binding.action
                yield SystemCommand(
                    binding.description,
                    f"key {self.get_key_display(binding)}",
                    lambda action=action, node=active.node: self.call_later(self.run_action, action, node),
                )
        yield from (command for command in super().get_system_commands(screen) if command.title != "Keys")
