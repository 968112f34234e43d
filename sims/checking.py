"""Every claim over several seeds: the runs behind `sims check` and its report."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sims import catalogue, runner
from sims.protocol import Claim
from sims.side_by_side import side_by_side


@dataclass(frozen=True, slots=True)
class CheckedRun:
    """One run at the defaults.

    Attributes:
        problem: Why there is no run, in one line; empty where there is one.
        details: The traceback of the same.
    """

    simulation: str
    seed: int
    claims: tuple[Claim, ...] = ()
    problem: str = ""
    details: str = ""

    @property
    def holds(self) -> bool:
        """Whether it ran and every claim holds."""
        return not self.problem and all(claim.holds for claim in self.claims)


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names in the order given; all there are, if none is.

    Raises:
        UnknownSimulation: One of them is none.
    """
    for name in names:
        catalogue.require(name)
    return tuple(names) or catalogue.names()


def check(
    names: Sequence[str], seeds: Sequence[int], device: str = "cpu", jobs: int = 1
) -> Iterator[CheckedRun]:
    """Yield each simulation's runs at its defaults, seed by seed, in this order; one that breaks costs itself alone.

    Raises:
        DeviceError: The device does not exist here; as soon as the function is called.
    """
    device = runner.pick_device(device)
    tasks = [(name, seed) for name in names for seed in seeds]
    return side_by_side(partial(checked, device), tasks, jobs)


def checked(device: str, task: tuple[str, int]) -> CheckedRun:
    """Run one simulation at its defaults and return its claims, or what went wrong."""
    name, seed = task
    try:
        return CheckedRun(name, seed, runner.result(name, {}, seed, device).claims)
    except Exception as error:  # an outer shell: one broken simulation must not end the check of the others
        return CheckedRun(
            name,
            seed,
            problem=f"{type(error).__name__}: {error}",
            details="".join(traceback.format_exception(error)),
        )
