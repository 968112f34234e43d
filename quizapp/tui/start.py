"""From the command line to the first frame: everything that it shows is read before the app is built."""

from __future__ import annotations

import gc
import logging
from pathlib import Path


def start(db: str | None, deck: str | None) -> None:
    """Open the library and run the app until the user leaves.

    Args:
        db: The database's URL; None for the default one.
        deck: The deck to study at once, empty for all of them; None to begin at Home.

    Raises:
        QuizError: The settings or the database cannot be used, or there is no such deck.
    """
    from quizapp.services.home import overview
    from quizapp.services.library import open_library, require_deck
    from quizapp.services.next_card import peek
    from quizapp.tui.crash import hide_locals

    hide_locals()
    gc.disable()  # until the first frame stands: nothing that is imported or built till then is garbage
    workspace = open_library(db, may_create=True)
    shown = overview(workspace)
    if deck:
        require_deck(shown, deck)
    card = peek(workspace, deck) if deck is not None else None
    workspace.paths.state.mkdir(parents=True, exist_ok=True)
    _log_to(workspace.paths.log)
    from quizapp.tui.app import QuizApp

    QuizApp(workspace, shown, deck, card).run()


def _log_to(path: Path) -> None:
    """Send warnings and tracebacks to the log file, for the terminal belongs to the app."""
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
    workspace.paths.state.mkdir(parents=True, exist_ok=True)
    _log_to(workspace.paths.log)
    SimulationApp(workspace, name, settings, seed=seed, device=device, steps=steps).run()
