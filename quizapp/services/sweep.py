"""A knob over several values as text: a table, and the chart of the first measure against the knob."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from quizapp.core.chart import draw, to_text
from quizapp.core.swept import Swept, read_rows, swept_chart, table_lines
from quizapp.errors import SimulationError
from quizapp.services.simulation_command import simulation_command

WIDTH, HEIGHT = 78, 18


def sweep_text(arguments: Sequence[str]) -> tuple[str, int]:
    """Run a sweep by the arguments of `python -m sims` and return its text and its exit code.

    Its progress and its complaints go to stderr; where it could not run there is no text.

    Raises:
        SimulationError: What it wrote cannot be read.
    """
    command = simulation_command([*arguments, "--json"])
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own program
    if not done.stdout:
        return "", done.returncode
    try:
        rows = read_rows(done.stdout)
    except ValueError as error:
        raise SimulationError(f"The sweep wrote what cannot be read: {error}.") from error
    return _text(rows), done.returncode


def _text(rows: Sequence[Swept]) -> str:
    measures = list(dict.fromkeys(row.measure for row in rows))
    charted = [row for row in rows if row.measure == measures[0]]
    drawn = to_text(draw(swept_chart(charted), WIDTH, HEIGHT)).rstrip()
    return "\n".join([*table_lines(rows), "", drawn])
