"""The app: bindings, themes, screens, and the services that they share. Wiring, nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType

from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.offers import offers
from quizapp.tui.screens.too_small import TooSmallScreen, ask_for_room
from quizapp.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from textual import events
    from textual.driver import Driver
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
        self,
        workspace: Workspace,
        overview: Overview | None = None,
        deck: str | None = None,
        card: Card | None = None,
        *,
        driver_class: type[Driver] | None = None,
    ) -> None:
        """Take what the first screen shows, so that its first frame is complete.

        Args:
            overview: What Home shows; None if Home does not come first, and reads it later.
            deck: The deck to study at once, empty for all of them; None to begin at Home.
            card: The card that this deck begins with.
            driver_class: How to speak to the terminal, if not as Textual would.
        """
        super().__init__(driver_class)
        self.workspace = workspace
        self._overview = overview
        self._deck = deck
        self._card = card
        self._host: SimulationHost | None = None
        if workspace.settings.reduced_motion:
            self.animation_level = "none"
        # Before the style sheets are parsed, for they are parsed again for every change of the theme.
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self._is_theme_known = workspace.settings.theme in self.available_themes
        self.theme = workspace.settings.theme if self._is_theme_known else DARK.name

    def simulation_host(self) -> SimulationHost:
        """Return the keeper of the simulations' process, which is started once the app is idle."""
        if self._host is None:
            from quizapp.services.motion import motion_of
            from quizapp.services.simulation_host import SimulationHost

            self._host = SimulationHost(motion=motion_of(self.workspace.settings))
        return self._host

    def on_mount(self) -> None:
        """Show the first screen, then get ready for the next ones."""
        if self._deck is None:
            self._show_home()
        else:
            from quizapp.tui.screens.study import StudyScreen

            first = StudyScreen(self.workspace, self._deck, self._card, host=self.simulation_host)
            self.push_screen(first, lambda _: self._show_home())
        if not self._is_theme_known:
            name = self.workspace.settings.theme
            self.notify(f"There is no theme {name!r}; ctrl+p lists them.", severity="warning", markup=False)
        ask_for_room(self, self.size)
        self.set_timer(_WARM_UP_AFTER_S, self._warm_up)

    def on_resize(self, event: events.Resize) -> None:
        """Say so when there is too little room."""
        ask_for_room(self, event.size)

    def _show_home(self) -> None:
        from quizapp.services.home import overview
        from quizapp.tui.screens.home import HomeScreen

        shown = self._overview or overview(self.workspace)
        self.push_screen(HomeScreen(self.workspace, shown, self.simulation_host))

    def _warm_up(self) -> None:
        """Load what answering needs in a thread, and start the simulations' process."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        self.run_worker(self._load, thread=True, group="warm-up", exit_on_error=False)
        self.simulation_host().start()

    def _load(self) -> None:
        import fsrs  # noqa: F401 - the first answer shall not wait for it

        from quizapp.services.home import overview

        self.workspace.database.warm()
        self._overview = self._overview or overview(self.workspace)

    async def on_unmount(self) -> None:
        """End the simulations' process and close the database."""
        if self._host is not None:
            await self._host.close()
        self.workspace.close()

    def action_help(self) -> None:
        """Show every key of the present screen."""
        from quizapp.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing over a terminal that is too small to show it."""
        if action in ("help", "command_palette") and isinstance(self.screen, TooSmallScreen):
            return False
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every key of quizapp's that works now, then Textual's own commands."""
        for offer in offers(screen):
            action, node = offer.action, offer.node
            yield SystemCommand(
                offer.name,
                f"{offer.words} (key {offer.keys})" if offer.words != offer.name else f"key {offer.keys}",
                lambda action=action, node=node: self.call_later(self.run_action, action, node),
            )
        yield from (command for command in super().get_system_commands(screen) if command.title != "Keys")
