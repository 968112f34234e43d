"""A band over seeds: the frames of several seeds at one step become one frame of medians with the least and the largest.

NaN is left out where fewer than half of the seeds have it; where half of them or more do, the median is NaN, a gap. The
least and the largest are those of the seeds that have a value, NaN where none has. An infinity counts as a value. Runs of
unequal length are put side by side as they stand: a seed whose run is over keeps its last frame.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from operator import eq, lt

from sims.protocol import Band, Claim, Frame

NAN = math.nan

Curve = tuple[float, ...]


def band_frame(frames: Sequence[Frame], first_seed: int = 0) -> Band:
    """Return the band of the frames of seeds `first_seed`, `first_seed` + 1, ... at one step.

    Its step is that of the run that has come farthest, its event that of the first seed that tells of one, with the seed's
    name unless all tell the same; where none does it says how many seeds are NaN where others have a value.
    """
    farthest = max(frames, key=lambda frame: (frame.total, frame.step))
    series, low, high, lost = _spread_curves([frame.series for frame in frames])
    theory, *_ = _spread_curves([frame.theory for frame in frames])
    columns = {name: [frame.scalars.get(name, NAN) for frame in frames] for name in _names(frames, "scalars")}
    return Band(
        step=farthest.step,
        total=farthest.total,
        scalars={name: spread(column)[0] for name, column in columns.items()},
        series=series,
        theory=theory,
        event=_event(frames, first_seed) or _lost_words(lost, len(frames)),
        seeds=len(frames),
        low=low,
        high=high,
    )


def band_claims(claims: Sequence[tuple[Claim, ...]]) -> tuple[Claim, ...]:
    """Return each claim as the seed measured it that is farthest off, and how many seeds it holds on."""
    found: dict[str, list[Claim]] = {}
    for claim in (claim for of_seed in claims for claim in of_seed):
        found.setdefault(claim.id, []).append(claim)
    return tuple(_worst(of_seeds) for of_seeds in found.values())


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Return median, least and largest of one point over the seeds; see the module for NaN."""
    total, gap = sum(values), False
    if total == total:
        ordered = sorted(values)
    elif not any(map(eq, values, values)):
        return NAN, NAN, NAN
    else:  # some NaN, or both infinities
        ordered = sorted(value for value in values if value == value)
        gap = 2 * len(ordered) <= len(values)
    middle, odd = divmod(len(ordered), 2)
    upper = ordered[middle]
    lower = upper if odd else ordered[middle - 1]
    median = NAN if gap else upper if lower == upper else lower / 2 + upper / 2
    return median, ordered[0], ordered[-1]


def _worst(claims: Sequence[Claim]) -> Claim:
    """Return the claim that is farthest off by its own tolerance, with the seeds counted in its statement."""
    worst = max(claims, key=_miss)
    holding = sum(claim.holds for claim in claims)
    counted = f"{worst.statement} [holds on {holding} of {len(claims)} seeds; this is the worst]"
    return Claim(worst.id, counted, worst.expected, worst.measured, worst.tolerance, worst.source)


def _miss(claim: Claim) -> tuple[bool, float]:
    """Return how far off a claim is: those that fail come after those that hold, NaN last."""
    distance = 0.0 if claim.measured == claim.expected else abs(claim.measured - claim.expected)
    share = distance / claim.tolerance if claim.tolerance else distance
    return not claim.holds, math.inf if math.isnan(share) else share


def _spread_curves(
    curves: Sequence[Mapping[str, Curve]],
) -> tuple[dict[str, Curve], dict[str, Curve], dict[str, Curve], tuple[str, int]]:
    """Return medians, least and largest by name, and the name and number of the most seeds that lost a value."""
    medians: dict[str, Curve] = {}
    low: dict[str, Curve] = {}
    high: dict[str, Curve] = {}
    lost = ("", 0)
    for name in dict.fromkeys(name for of_seed in curves for name in of_seed):
        of_seeds = [of_seed[name] for of_seed in curves if name in of_seed]
        first = of_seeds[0]
        if all(curve == first for curve in of_seeds):
            medians[name] = first
            continue
        columns = list(zip_longest(*of_seeds, fillvalue=NAN))
        medians[name], least, largest = zip(*map(spread, columns), strict=True)
        if any(map(lt, least, largest)):  # NaN of two processes are not equal, and no spread
            low[name], high[name] = least, largest
        if not all(map(eq, medians[name], medians[name])):
            missing = max(map(_missing, columns))
            lost = max(lost, (name, missing), key=lambda pair: pair[1])
    return medians, low, high, lost


def _missing(column: Sequence[float]) -> int:
    """Count the NaN of a point that some seed has a value for."""
    total = sum(column)
    if total == total:
        return 0
    having = sum(map(eq, column, column))
    return len(column) - having if having else 0


def _event(frames: Sequence[Frame], first_seed: int) -> str:
    """Return what the first seed that has something to tell tells."""
    events = [frame.event for frame in frames]
    told = next(((place, event) for place, event in enumerate(events) if event), None)
    if told is None:
        return ""
    place, event = told
    return event if all(other == event for other in events) else f"seed {first_seed + place}: {event}"


def _lost_words(lost: tuple[str, int], seeds: int) -> str:
    name, count = lost
    return f"{count} of {seeds} seeds are NaN where others have a value ({name})" if count else ""


def _names(frames: Iterable[Frame], field: str) -> list[str]:
    return list(dict.fromkeys(name for frame in frames for name in getattr(frame, field)))
