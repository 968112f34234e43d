"""Live torch simulations that measure what the cards claim.

    from sims import run

    for frame in run("vanishing-gradients", depth=20, seed=1):
        print(frame.step, frame.scalars["plain"])

`import sims` loads no torch; `run` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sims.protocol import KnobValue
    from sims.runner import Run

__all__ = ["run"]


def run(name: str, /, *, seed: int = 0, device: str = "auto", **knobs: KnobValue) -> Run:
    """Return a run of a simulation: an iterator of its frames, whose `result` then holds claims and outcome.

    Args:
        device: `auto` for the fastest there is, cpu, cuda or mps.
        knobs: The simulation's own settings; those not named keep their defaults.

    Raises:
        UnknownSimulation, KnobError, DeviceError: Something named does not exist; all of them are ValueErrors.
    """
    from sims import catalogue, runner

    return runner.prepare(catalogue.get(name), knobs, seed, device)
