"""From the command line to the first frame: everything that it shows is read before the app is built."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

    from quizapp.core.card import Card
    from quizapp.core.overview import Overview
    from quizapp.services.workspace import Workspace
    from quizapp.tui.app import QuizApp


def start(db: str | None, deck: str | None) -> None:
    """Open the library and run the app until the user leaves.

    Args:
        db: The database's URL; None for the default one.
        deck: The deck to study at once, empty for all of them; None to begin at Home.

    Raises:
        QuizError: The settings or the database cannot be used, or there is no such deck.
    """
    from quizapp.services.library import open_library, require_deck
    from quizapp.services.next_card import peek

    gc.disable()  # until the first frame stands: nothing that is imported or built till then is garbage
    workspace = open_library(db, may_create=True)
    if deck:
        require_deck(workspace, deck)
    if deck is None:
        from quizapp.services.home import overview

        _app(workspace, overview(workspace)).run()
    else:
        _study(workspace, deck, peek(workspace, deck))


def _study(workspace: Workspace, deck: str, card: Card | None) -> None:
    """Show the first card at once, then run the app in its place."""
    from quizapp.tui import first_frame

    if card is None or not first_frame.show(card, deck, workspace.settings.theme):
        _app(workspace, None, deck, card).run()
        return
    try:
        from quizapp.tui.staying_driver import StayingDriver

        _app(workspace, None, deck, card, StayingDriver).run()
    finally:
        first_frame.take_away()


def _app(
    workspace: Workspace,
    overview: Overview | None,
    deck: str | None = None,
    card: Card | None = None,
    driver_class: type[Driver] | None = None,
) -> QuizApp:
    """Import the app and make it; see there for the arguments."""
    from quizapp.tui.crash import hide_locals

    hide_locals()
    _log_to(workspace.paths.log)
    from quizapp.tui.app import QuizApp

    return QuizApp(workspace, overview, deck, card, driver_class=driver_class)


def _log_to(path: Path) -> None:
    """Send warnings and tracebacks to the log file, for the terminal belongs to the app."""
    import logging

    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    logging.basicConfig(
        handlers=[handler], level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )


def start_simulation(
    db: str | None, name: str, settings: dict[str, str], seed: int, device: str, steps: int | None
) -> None:
    """Run one simulation on the screen; leaving it ends the app.

    Raises:
        QuizError: The settings or the database cannot be used.
    """
    from quizapp.services.library import open_library
    from quizapp.tui.simulation_app import SimulationApp

    workspace = open_library(db, may_create=True)
    _log_to(workspace.paths.log)
    wanted = workspace.settings.device if device == "auto" else device
    SimulationApp(workspace, name, settings, seed=seed, device=wanted, steps=steps).run()


def start_demo(names: Sequence[str], *, loop: bool, seconds: float) -> None:
    """Play the named simulations, or all of them, until somebody leaves. No library is opened.

    Raises:
        ConfigError: The settings cannot be used.
    """
    from quizapp import config
    from quizapp.services.motion import motion_of
    from quizapp.services.simulation_host import SimulationHost
    from quizapp.tui.demo_app import DemoApp
    from sims import catalogue

    where = config.paths()
    settings = config.load_settings(where.settings)
    _log_to(where.log)
    simulations = tuple(map(catalogue.get, names)) or catalogue.everything()
    host = SimulationHost(motion=motion_of(settings))
    app = DemoApp(simulations, host, seconds=seconds, loop=loop, theme=settings.theme, device=settings.device)
    if settings.reduced_motion:
        app.animation_level = "none"
    app.run()
