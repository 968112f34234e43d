"""`python -m sims`: the simulations with their knobs."""

from __future__ import annotations

from sims import catalogue
from sims.protocol import knobs_of
from sims.verbs.speech import OK, narrate, write


def main() -> int:
    """List the simulations with their knobs."""
    for simulation in catalogue.everything():
        header = simulation.header
        write(f"{header.name:<22} {header.title}")
        for knob in knobs_of(simulation.knobs):
            takes = " | ".join(knob.choices) if knob.choices else f"{knob.low:g} to {knob.high:g}"
            write(f"    {knob.name}={knob.default:<12} {takes:<34} {knob.about}")
    for problem in catalogue.problems():
        narrate(f"{problem.name}: {problem.reason}")
    return OK
