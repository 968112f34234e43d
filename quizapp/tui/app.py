"""The app: bindings, themes, screens, and the services that they share. Wiring, nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType

from quizapp.errors import QuizError
from quizapp.tui import key_words
from quizapp.tui.breakpoints import HORIZONTAL, VERTICAL
from quizapp.tui.colours import FLAGS_ON_DARK, FLAGS_ON_LIGHT
from quizapp.tui.deck_watch import DeckWatch
from quizapp.tui.key_words import keyed
from quizapp.tui.missing_device import tell_missing_device
from quizapp.tui.offers import offers
from quizapp.tui.screens.too_small import TooSmallScreen, ask_for_room
from quizapp.tui.theme import DARK, LIGHT
from quizapp.tui.turns import complain

if TYPE_CHECKING:
    from textual import events
    from textual.driver import Driver
    from textual.screen import Screen
    from textual.theme import Theme

    from quizapp.config import Settings
    from quizapp.core.card import Card
    from quizapp.core.drill.setup import Setup
    from quizapp.core.overview import Overview
    from quizapp.core.saved_search import SavedSearch
    from quizapp.services.simulation_host import SimulationHost
    from quizapp.services.workspace import Workspace
    from quizapp.tui.screens.settings import SettingsScreen

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
        self.cram: SavedSearch | None = None
        self._host: SimulationHost | None = None
        self._drill: tuple[Setup, bool] | None = None
        self._has_own_keys = False
        self.deck_watch = DeckWatch(self, workspace)
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

            settings = self.workspace.settings
            self._host = SimulationHost(motion=motion_of(settings), device=settings.device)
        return self._host

    def open_drill(self, setup: Setup, *, resumes: bool) -> None:
        """Begin over Home at the set-up of a drill, or at the drill that was left: before the app runs."""
        self._drill = setup, resumes

    def on_mount(self) -> None:
        """Show the first screen, then get ready for the next ones."""
        self._use_keys()
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        if self._deck is None:
            self._show_home()
            if self._drill is not None:
                from quizapp.tui.screens.drill_setup import DrillSetupScreen

                setup, resumes = self._drill
                drill = DrillSetupScreen(self.workspace, setup, host=self.simulation_host, resumes=resumes)
                self.push_screen(drill)
        else:
            from quizapp.tui.screens.study import StudyScreen

            host, cram = self.simulation_host, self.cram
            first = StudyScreen(self.workspace, self._deck, self._card, host=host, cram=cram)
            self.push_screen(first, lambda _: self._show_home())
        if not self._is_theme_known:
            name = self.workspace.settings.theme
            self.notify(
                f"There is no theme {name!r}; {keyed('{app.commands=ctrl+p}')} lists them.",
                severity="warning",
                markup=False,
            )
        ask_for_room(self, self.size)
        self.set_timer(_WARM_UP_AFTER_S, self._warm_up)
        self.deck_watch.start()

    def on_resize(self, event: events.Resize) -> None:
        """Say so when there is too little room."""
        ask_for_room(self, event.size)

    def on_settings_screen_changed(self, message: SettingsScreen.Changed) -> None:
        """Make changed settings effective."""
        self.use_settings(message.settings)

    def use_settings(self, settings: Settings) -> None:
        """Make other settings effective: keys and theme at once, the rest from where it is used next."""
        before, self.workspace.settings = self.workspace.settings, settings
        if settings.keys != before.keys:
            self._use_keys()
        if self._host is not None:
            from quizapp.services.motion import motion_of

            self._host.motion = motion_of(settings)
            self._host.prefer(settings.device)
        if settings.reduced_motion != before.reduced_motion:
            self.animation_level = "none" if settings.reduced_motion else "full"
        if settings.theme in self.available_themes:
            self.theme = settings.theme

    def _use_keys(self) -> None:
        key_words.use(self.workspace.settings.keys)
        if not self.workspace.settings.keys and not self._has_own_keys:
            return
        from quizapp.tui.bound_keys import use_keys

        self._has_own_keys = True
        for problem in use_keys(self, self.workspace.settings.keys):
            self.notify(problem, title="Settings", severity="warning", timeout=12, markup=False)

    def _keep_theme(self, theme: Theme) -> None:
        """Write a theme that was chosen elsewhere, as in the command palette, into the settings."""
        stands_in = not self._is_theme_known and theme.name == DARK.name
        if theme.name == self.workspace.settings.theme or stands_in:
            return
        from quizapp.settings_write import write_setting

        try:
            read = write_setting(self.workspace.paths.settings, (), "theme", theme.name)
        except QuizError as error:
            complain(self, error, "The theme was not kept")
            return
        self.workspace.settings = read.settings

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
        tell_missing_device(self, self.simulation_host())

    def _load(self) -> None:
        import fsrs  # noqa: F401 - the first answer shall not wait for it

        from quizapp.services.home import overview

        self.workspace.database.warm()
        self._overview = self._overview or overview(self.workspace)
        self._back_up()

    def _back_up(self) -> None:
        """Take the backup of this study day, if it is not there yet; a failure loses nothing, and is told."""
        from quizapp.services.backups import take_daily

        try:
            take_daily(self.workspace)
        except QuizError as error:
            self.call_from_thread(complain, self, error, "No backup was taken")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every theme the colours of the flags."""
        return FLAGS_ON_DARK if self.current_theme.dark else FLAGS_ON_LIGHT

    async def on_unmount(self) -> None:
        """End the simulations' process and close the database."""
        if self._host is not None:
            await self._host.close()
        self.workspace.close()

    def action_new_topic(self) -> None:
        """Write a new topic."""
        from quizapp.tui.screens.new_topic import NewTopicScreen

        self.push_screen(NewTopicScreen(self.workspace, self._study_deck))

    def _study_deck(self, deck: str) -> None:
        from quizapp.tui.screens.study import StudyScreen

        self.push_screen(StudyScreen(self.workspace, deck, None, host=self.simulation_host))

    async def action_quit(self) -> None:
        """Leave the app; an editor with something unsaved asks first."""
        from quizapp.tui.screens.editor import EditorScreen

        if isinstance(self.screen, EditorScreen) and self.screen.is_unsaved:
            self.screen.action_leave()
        else:
            self.exit()

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
        if not any(offer.action == "app.new_topic" for offer in offers(screen)):
            yield SystemCommand("New topic", "Write a topic of your own", self.action_new_topic)
        yield from (command for command in super().get_system_commands(screen) if command.title != "Keys")
