"""`quizapp progress`: how much of the material was covered, how strong it is, and what comes next."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.progress_map import ProgressMap, Standing

_NAME = 38


@click.command("progress", short_help="Show how every topic stands, and what comes next.")
@click.option(
    "--deck",
    default="",
    metavar="DECK",
    shell_complete=completing.decks,
    help="Only this deck and all below it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(db: str | None, deck: str, as_json: bool) -> None:
    """Show every deck and topic: cards seen, key points covered, simulations run, strength, and what comes next."""
    from quizapp.core.plain import printable
    from quizapp.services.library import open_library
    from quizapp.services.progress_map import listed_map, read_map

    with closing(open_library(db)) as workspace:
        shown = read_map(workspace, deck)
    if as_json:
        click.echo(json.dumps(listed_map(shown), ensure_ascii=False))
        return
    for line in _lines(shown):
        click.echo(printable(line))


def _lines(shown: ProgressMap) -> Iterator[str]:
    """Yield the map as a table, the whole at its foot, then the recommendation."""
    from quizapp.core.progress_map import recommendation, step_words

    yield f"{'':{_NAME}} {'cards':>9} {'points':>8} {'sims':>6} {'strength':>9}  next"
    for row in shown.rows:
        indent = "  " * row.depth
        yield f"{_line(indent, row.name, row.standing)}  {step_words(row.standing, shown.day)}"
    yield _line("", "in all", shown.whole)
    yield ""
    yield recommendation(shown)


def _line(indent: str, name: str, standing: Standing) -> str:
    from quizapp.core.page.cells import cells
    from quizapp.core.statistics.table import one_line

    words = indent + one_line(name, max(8, _NAME - len(indent)))
    return (
        f"{words}{' ' * (_NAME - cells(words))} {standing.cards.words:>9} {standing.points.words:>8}"
        f" {standing.simulations.words:>6} {100 * standing.strength:>7.0f} %"
    )
