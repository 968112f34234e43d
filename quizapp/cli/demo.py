"""`quizapp demo`: simulations that play by themselves, with captions."""

from __future__ import annotations

import click

from quizapp.cli import completing
from quizapp.cli.sim_words import known
from quizapp.cli.study import require_terminal

SECONDS = 15.0


@click.command("demo", short_help="Play simulations full screen, with captions.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completing.simulations)
@click.option("--loop", is_flag=True, help="Begin again after the last, until somebody leaves.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=1.0),
    default=SECONDS,
    show_default=True,
    help="How long each is shown.",
)
def command(names: tuple[str, ...], loop: bool, seconds: float) -> None:
    """Play simulations at their defaults, for a talk or a screen in a corner: those named, or all.

    Each shows its claim, its formula, its run, and then what came of it. Space holds, the arrows go on and back, esc
    leaves. Nothing is asked and nothing is kept.
    """
    chosen = tuple(map(known, names))
    require_terminal("`quizapp sim NAME --plain` prints a simulation as text.")
    from quizapp.tui.start import start_demo

    start_demo(chosen, loop=loop, seconds=seconds)
