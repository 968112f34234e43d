"""From the command line to the first frame: everything that it shows is read before the app is built."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.errors import QuizError

if TYPE_CHECKING:
    from textual.driver import Driver

    from quizapp.core.card import Card
    from quizapp.core.drill.setup import Setup
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
    _back_up(workspace)


def _back_up(workspace: Workspace) -> None:
    """Take a backup of what was learnt; a failure loses nothing, and is told."""
    from quizapp.services.backups import take_on_leaving

    try:
        take_on_leaving(workspace)
    except QuizError as error:
        print(f"quizapp: no backup was taken: {error}", file=sys.stderr)  # noqa: T201 - the app has left the terminal


def start_cram(db: str | None, query: str, *, keep_schedule: bool, order: str | None) -> None:
    """Study what a query finds, or a saved search of this name, until the user leaves.

    Args:
        keep_schedule: Leave the schedule as it is, whatever the saved search says.
        order: Which cards come first; None for the saved search's own order, or the due ones.

    Raises:
        QuizError: The query cannot be understood or finds nothing, or the settings or the database cannot be used.
    """
    from quizapp.services.cram import require_cards
    from quizapp.services.library import open_library
    from quizapp.services.saved_searches import named

    gc.disable()
    workspace = open_library(db, may_create=True)
    search = named(workspace, query, keep_schedule=keep_schedule, order=order)
    require_cards(workspace, search)
    app = _app(workspace, None, "")
    app.cram = search
    app.run()


def _study(workspace: Workspace, deck: str, card: Card | None) -> None:
    """Show the first card at once, then run the app in its place."""
    from quizapp.tui import first_frame
    from quizapp.tui.study_words import marks

    marked = marks(card, workspace.settings.leech_lapses) if card is not None else ""
    has_own_keys = bool(workspace.settings.keys)  # the frame shows the usual ones
    if card is None or has_own_keys or not first_frame.show(card, deck, workspace.settings.theme, marked):
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


def start_drill(db: str | None, setup: Setup, *, resumes: bool) -> None:
    """Open the app at the set-up of a drill, with Home below it.

    Args:
        resumes: Take up the drill that was left in place of a new one.

    Raises:
        QuizError: The settings or the database cannot be used, no question fits the setup, or no drill was left.
    """
    from quizapp.services.drill import require_left
    from quizapp.services.drill_material import candidates, fitting
    from quizapp.services.home import overview
    from quizapp.services.library import open_library, require_deck

    workspace = open_library(db, may_create=True)
    if resumes:
        require_left(workspace)
    else:
        if setup.deck:
            require_deck(workspace, setup.deck)
        fitting(candidates(workspace), setup)
    app = _app(workspace, overview(workspace))
    app.open_drill(setup, resumes=resumes)
    app.run()


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
    SimulationApp(workspace, name, settings, seed=seed, device=device, steps=steps).run()


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
    host = SimulationHost(motion=motion_of(settings), device=settings.device)
    DemoApp(simulations, host, seconds=seconds, loop=loop, settings=settings).run()
