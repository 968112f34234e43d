"""What this machine measured last: a figure for each claim, and a frame for each simulation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sims.protocol import Claim, Frame, KnobValue


@dataclass(frozen=True, slots=True)
class Measured:
    """The last measurement of one claim, and the run that gave it."""

    simulation: str
    claim: Claim
    at_ms: int
    knobs: Mapping[str, KnobValue]
    seed: int
    device: str


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run of one simulation that came to its end, by its last frame."""

    simulation: str
    at_ms: int
    knobs: Mapping[str, KnobValue]
    seed: int
    device: str
    frame: Frame
