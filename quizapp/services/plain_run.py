"""A simulation run to its end as text: the final chart, the claims, the command that reproduces it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.core.chart import Chart, draw, to_text
from quizapp.core.frame_chart import chart_of
from quizapp.errors import SimulationError
from quizapp.services.simulation_command import simulation_command
from sims import catalogue
from sims.protocol import Claim, Frame, Outcome
from sims.protocol.messages import decode, read_claim, read_frame, read_outcome

WIDTH, HEIGHT = 78, 20


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to its end: its last frame, what was told after it, its exit code, and what happened in it."""

    last: Frame
    done: Mapping[str, Any]
    code: int
    events: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, measured."""
        return tuple(read_claim(claim) for claim in self.done["claims"])

    @property
    def outcome(self) -> Outcome | None:
        """What a prediction should have been; None where the run asks for none."""
        return read_outcome(self.done["outcome"]) if self.done.get("outcome") else None


def plain_run(arguments: Sequence[str]) -> tuple[str, int]:
    """Run a simulation by the arguments of `python -m sims` and return its text and its exit code.

    Raises:
        SimulationError: It ended before it had said anything.
    """
    ended = run_to_end(arguments)
    return _text(arguments[0], ended.last, ended.done), ended.code


def run_to_end(arguments: Sequence[str]) -> Ended:
    """Run a simulation by the arguments of `python -m sims` in a process of its own, which reads no input.

    Raises:
        SimulationError: It ended before it had said anything.
    """
    last: Frame | None = None
    events: list[str] = []
    done: Mapping[str, Any] | None = None
    command = simulation_command([*arguments, "--json"])
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            message = decode(line)
            if message["type"] == "frame":
                last = read_frame(message)
                events += [last.event] if last.event else []
            elif message["type"] == "done":
                done = message
    if last is None or done is None:
        raise SimulationError("The simulation ended before its end.", "What it said last stands above.")
    return Ended(last, done, process.returncode, tuple(events))


def chart_lines(name: str, last: Frame, view: int = 0) -> list[str]:
    """Return the chart of a simulation's last frame, in the view of this place, as lines."""
    return [row.rstrip() for row in to_text(draw(_chart(name, last, view), WIDTH, HEIGHT)).splitlines()]


def curves_of(name: str, last: Frame) -> dict[str, tuple[float, ...]]:
    """Return what the charts of a simulation's last frame show as measured, by name."""
    charts = (_chart(name, last, view) for view in range(len(catalogue.get(name).views)))
    return {one.label: one.values for chart in charts for one in chart.series if not one.faint}


def _chart(name: str, last: Frame, view: int) -> Chart:
    views = catalogue.get(name).views
    return chart_of(last, views[view], (*views[:view], *views[view + 1 :]))


def _text(name: str, last: Frame, done: Mapping[str, Any]) -> str:
    simulation = catalogue.get(name)
    knobs = " ".join(f"{knob}={value}" for knob, value in done["knobs"].items())
    lines = [
        simulation.header.title,
        f"{knobs}  seed {done['seed']}  {done['device']}",
        "",
        *chart_lines(name, last),
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
