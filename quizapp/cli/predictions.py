"""`quizapp predictions`: what was predicted, what was measured, and how well the two fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing
from quizapp.cli.local_time import local_words
from quizapp.core.per_cent import per_cent

if TYPE_CHECKING:
    from quizapp.core.calibration import Calibration, Tally


@click.command("predictions", short_help="List what you predicted, and how well it fits.")
@click.option(
    "--simulation",
    default="",
    metavar="NAME",
    shell_complete=completing.simulations,
    help="Only predictions of this simulation.",
)
@click.option("--calibration", "only_tallies", is_flag=True, help="Only the tallies, without the list.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print one JSON object a line, one line a prediction; with --calibration one object.",
)
@click.pass_obj
def command(db: str | None, simulation: str, only_tallies: bool, as_json: bool) -> None:
    """List the kept predictions with their gaps, then say how well calibrated you are.

    The tallies go by simulation, week and month: how many, how many right, and for sizes by how many decades they
    were off.
    """
    from quizapp.core.plain import printable
    from quizapp.services.calibration import calibration, listed_predictions, tallied
    from quizapp.services.library import open_library

    with closing(open_library(db)) as workspace:
        if as_json and only_tallies:
            click.echo(json.dumps(tallied(calibration(workspace, simulation)), ensure_ascii=False))
            return
        if not only_tallies:
            for item in listed_predictions(workspace, simulation):
                words = item["gap"] or f"You said {item['answer']}; the run did not end."
                line = f"{local_words(str(item['at']), workspace.zone)}  {item['simulation']}  {words}"
                click.echo(json.dumps(item, ensure_ascii=False) if as_json else printable(line))
        if not as_json:
            for line in _lines(calibration(workspace, simulation)):
                click.echo(printable(line))


def _lines(shown: Calibration) -> Iterator[str]:
    """Yield the tallies as a table."""
    if not shown.everything.count:
        yield "No prediction has been run yet: x on a card, or l on Home, asks for one."
        return
    rows: list[tuple[str, Tally | None]] = [("all", shown.everything), ("by simulation", None)]
    rows += shown.by_simulation.items()
    rows += [("by week", None), *((day.isoformat(), tally) for day, tally in shown.by_week.items())]
    rows += [("by month", None), *((f"{day:%Y-%m}", tally) for day, tally in shown.by_month.items())]
    width = max(len(name) for name, _ in rows) + 2
    yield f"{'':{width}} {'count':>6} {'right':>6} {'decades off':>12} {'bias':>6}"
    for name, tally in rows:
        yield name if tally is None else f"{'  ' + name:{width}} {_figures(tally)}"


def _figures(tally: Tally) -> str:
    rate = "-" if tally.hit_rate is None else per_cent(tally.hit_rate)
    off = "-" if tally.error_decades is None else f"{tally.error_decades:.2f}"
    bias = "-" if tally.bias_decades is None else f"{tally.bias_decades:+.2f}"
    return f"{tally.count:>6} {rate:>6} {off:>12} {bias:>6}"
