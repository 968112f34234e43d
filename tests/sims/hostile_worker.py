"""A worker whose simulations misbehave: `python -m tests.sims.hostile_worker`, started by the worker's tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sims import worker
from sims.protocol import ClaimSpec, Context, Frame, Header, Outcome, Prediction, View, whole


@dataclass(frozen=True, slots=True)
class Knobs:
    """One knob, so that a wrong one can be named."""

    size: int = whole(1, 1, 9, "nothing")


class Hostile:
    """A simulation of two frames that does its mischief before the second."""

    knobs = Knobs
    views: tuple[View, ...] = ()
    declared_claims: tuple[ClaimSpec, ...] = ()

    def __init__(self, name: str) -> None:
        """Take the name of the mischief."""
        self.header = Header(name, name, "", "", "", {}, "", "", ())

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:  # noqa: ARG002 - the protocol's signature
        """Yield a frame, misbehave, yield the last."""
        yield Frame(1, 2)
        getattr(self, self.header.name)()
        yield Frame(2, 2)

    def raises(self) -> None:
        """Fail as a bug does."""
        raise ZeroDivisionError("a bug in a simulation")

    def chatters(self) -> None:
        """Print where the messages go, in Python and below it."""
        sys.stdout.write("stray\n")
        sys.stdout.flush()
        os.write(1, b"stray\n")

    def hungers(self) -> None:
        """Take eight gigabytes."""
        import torch

        torch.ones(2**31)

    def grinds(self) -> None:
        """Stay inside one native call for tens of seconds."""
        import torch

        torch.ones(9000, 9000) @ torch.ones(9000, 9000)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[()]:  # noqa: ARG002 - the protocol's signature
        """Claim nothing."""
        return ()

    def prediction(self, knobs: Knobs) -> Prediction:  # noqa: ARG002 - the protocol's signature
        """Ask nothing."""
        return Prediction("")

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:  # noqa: ARG002 - the protocol's signature
        """Say nothing."""
        return Outcome("", "")

    def explanation(self, knobs: Knobs, last: Frame) -> str:  # noqa: ARG002 - the protocol's signature
        """Explain nothing."""
        return ""


def find(name: str) -> Any:
    """Return the simulation of this mischief."""
    return Hostile(name)


if __name__ == "__main__":
    worker.main(find=find)
