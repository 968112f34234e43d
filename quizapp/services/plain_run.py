"""A simulation run to its end as text: the final chart, the claims, the command that reproduces it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.core.chart import draw, to_text
from quizapp.core.frame_chart import chart_of
from quizapp.errors import SimulationError
from quizapp.services.simulation_command import simulation_command
from sims import catalogue
from sims.protocol import Claim, Frame
from sims.protocol.messages import decode, read_claim, read_frame

WIDTH, HEIGHT = 78, 20


def plain_run(arguments: Sequence[str]) -> tuple[str, int]:
    """Run a simulation by the arguments of `python -m sims` and return its text and its exit code.

    Raises:
        SimulationError: It ended before it had said anything.
    """
    last: Frame | None = None
    done: Mapping[str, Any] | None = None
    command = simulation_command([*arguments, "--json"])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        assert process.stdout is not None
        for line in process.stdout:
            message = decode(line)
            if message["type"] == "frame":
                last = read_frame(message)
            elif message["type"] == "done":
                done = message
    if last is None or done is None:
        raise SimulationError("The simulation ended before its end.", "What it said last stands above.")
    return _text(arguments[0], last, done), process.returncode


def _text(name: str, last: Frame, done: Mapping[str, Any]) -> str:
    simulation = catalogue.get(name)
    chart = chart_of(last, simulation.views[0], simulation.views[1:])
    knobs = " ".join(f"{knob}={value}" for knob, value in done["knobs"].items())
    lines = [
        simulation.header.title,
        f"{knobs}  seed {done['seed']}  {done['device']}",
        "",
        *(row.rstrip() for row in to_text(draw(chart, WIDTH, HEIGHT)).splitlines()),
        "",
        *claim_lines([read_claim(claim) for claim in done["claims"]]),
    ]
    if done.get("outcome"):
        lines += ["", f"{done['outcome']['reason']}"]
    return "\n".join(lines)


def claim_lines(claims: Sequence[Claim]) -> list[str]:
    """Return the claims as the lines of a table, each statement below its figures."""
    if not claims:
        return ["Nothing is claimed of these settings, or of a run cut short."]
    width = max(len(claim.id) for claim in claims)
    lines = [f"{'claim':<{width}} {'expected':>12} {'measured':>12} {'tolerance':>10}  verdict"]
    for claim in claims:
        figures = f"{claim.expected:>12.5g} {claim.measured:>12.5g} {claim.tolerance:>10.3g}"
        lines += [f"{claim.id:<{width}} {figures}  {claim.verdict}", f"{'':<{width}} {claim.statement}"]
    return lines
