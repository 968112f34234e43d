"""A band over seeds: medians with the least and the largest, what NaN and infinities do to them, and whole runs."""

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sims import band, catalogue, runner
from sims.band_run import BandRun, contexts_of, shared_out
from sims.protocol import Band, Claim, Context, Frame, KnobValue, messages
from tests.sims.settings import SMALL

INF, NAN = math.inf, math.nan
FINITE = st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=9)


def frames(*curves: Sequence[float], **fields: Any) -> tuple[Frame, ...]:
    """Return a frame for each curve."""
    return tuple(Frame(1, 2, series={"y": tuple(curve)}, **fields) for curve in curves)


@given(FINITE)
def test_a_point_is_the_median_with_the_least_and_the_largest(values: list[float]) -> None:
    """Over finite values it is what the statistics module and min and max say."""
    median, low, high = band.spread(values)
    assert math.isclose(median, statistics.median(values), rel_tol=1e-12, abs_tol=1e-290)
    assert (low, high) == (min(values), max(values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1.0, NAN, 3.0), (2.0, 1.0, 3.0)),
        ((1.0, NAN), (NAN, 1.0, 1.0)),
        ((NAN, 2.0, NAN), (NAN, 2.0, 2.0)),
        ((NAN, NAN), (NAN, NAN, NAN)),
        ((1.0, 2.0, INF), (2.0, 1.0, INF)),
        ((1.0, INF), (INF, 1.0, INF)),
        ((-INF, INF), (NAN, -INF, INF)),
        ((-INF, 0.0, INF), (0.0, -INF, INF)),
        ((1.7e308, 1.7e308), (1.7e308, 1.7e308, 1.7e308)),
    ],
)
def test_nan_is_left_out_while_most_seeds_have_a_value(
    values: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    """Where half of the seeds or more are NaN the median is a gap; infinities count; nothing overflows."""
    assert repr(band.spread(values)) == repr(expected)


def test_a_band_keeps_what_all_seeds_share_out_of_the_spread() -> None:
    """x values and theory stay as they are; a curve that differs has its least and largest."""
    of_seeds = [
        Frame(3, 9, {"a": float(seed)}, {"x": (1.0, 2.0), "y": (1.0, float(seed))}, {"y": (0.5, 0.6)})
        for seed in range(3)
    ]
    made = band.band_frame(of_seeds)
    assert (made.step, made.total, made.seeds, made.scalars) == (3, 9, 3, {"a": 1.0})
    assert made.series == {"x": (1.0, 2.0), "y": (1.0, 1.0)}
    assert made.theory == {"y": (0.5, 0.6)}
    assert (made.low, made.high) == ({"y": (1.0, 0.0)}, {"y": (1.0, 2.0)})


def test_a_shorter_curve_lacks_its_last_points() -> None:
    """Seeds whose curves have come less far count as NaN there."""
    made = band.band_frame(frames((1.0, 2.0), (3.0, 4.0), (5.0,)))
    assert made.series == {"y": (3.0, 3.0)}
    assert made.high == {"y": (5.0, 4.0)}


def test_an_event_names_its_seed_unless_all_tell_the_same() -> None:
    """The first seed that has something to tell is heard."""
    quiet, loud = Frame(1, 2), Frame(1, 2, event="overflow")
    assert band.band_frame((quiet, loud, quiet), 4).event == "seed 5: overflow"
    assert band.band_frame((loud, loud)).event == "overflow"
    assert band.band_frame((quiet, quiet)).event == ""


def test_seeds_that_are_lost_are_told_of() -> None:
    """A value that is NaN for half of the seeds is said to be; one that nobody has yet is not."""
    assert band.band_frame(frames((1.0, NAN), (2.0, NAN))).event == ""
    assert band.band_frame(frames((1.0, NAN), (2.0, 1.0))).event.startswith("1 of 2 seeds are NaN")


def claim(measured: float) -> Claim:
    """Return a claim that takes 0.9 to 1.1."""
    return Claim("a", "It is one.", 1.0, measured, 0.1, "s")


@pytest.mark.parametrize(
    ("measured", "worst", "holding"),
    [((1.0, 1.05, 0.98), 1.05, 3), ((1.0, 2.0, 1.05), 2.0, 2), ((3.0, NAN, 1.0), NAN, 1)],
)
def test_of_each_claim_the_worst_seed_speaks(measured: tuple[float, ...], worst: float, holding: int) -> None:
    """The band's claim holds only if every seed's does, and says on how many it does; NaN is the worst."""
    (made,) = band.band_claims([(claim(value),) for value in measured])
    assert repr(made.measured) == repr(worst)
    assert made.holds is (holding == len(measured))
    assert f"holds on {holding} of {len(measured)} seeds" in made.statement


@pytest.mark.parametrize("name", catalogue.names())
def test_a_band_is_that_of_its_seeds_own_runs(name: str) -> None:
    """For every simulation, each step's band is that of the frames of runs of their own, up to rounding in a batch."""
    made = list(runner.band(name, SMALL[name], 3, first_seed=2, device="cpu"))
    apart = [list(runner.run(name, SMALL[name], seed, "cpu")) for seed in (2, 3, 4)]
    assert len(made) == max(map(len, apart))
    assert (made[-1].step, made[-1].total, made[-1].seeds) == (len(made), len(made), 3)
    expected = band.band_frame([run[-1] for run in apart], 2)
    assert set(made[-1].series) == set(expected.series)
    for key, curve in expected.series.items():
        assert made[-1].series[key] == pytest.approx(curve, rel=1e-2, abs=1e-2, nan_ok=True), key


def test_a_band_crosses_the_wire() -> None:
    """It comes back with its seeds and its spread, by either encoder; a plain frame comes back as one."""
    made = band.band_frame(frames((1.0, NAN, INF), (2.0, 3.0, 4.0), (2.0, 3.0, 4.0)))
    lines = messages.encode(messages.frame_message(made)), messages.FrameEncoder({}).encode(made)
    for line in lines:
        back = messages.read_frame(messages.decode(line))
        assert isinstance(back, Band)
        assert repr(back) == repr(made)
    assert not isinstance(messages.read_frame(messages.frame_message(Frame(1, 1))), Band)


@dataclass(frozen=True, slots=True)
class NoKnobs:
    """Nothing to turn."""


class Uneven:
    """A simulation whose runs are of unequal length: as many frames as its seed, and one."""

    header = catalogue.get("densenet-concat").header
    knobs = NoKnobs

    def run(self, knobs: NoKnobs, context: Context) -> Iterator[Frame]:  # noqa: ARG002 -- the protocol's signature
        """Yield the frames."""
        total = context.seed + 1
        for step in range(1, total + 1):
            yield Frame(step, total, series={"y": (float(step),)})


class Neighbour:
    """A mate in this process."""

    def begin(self, name: str, knobs: Mapping[str, KnobValue], contexts: Sequence[Context]) -> None:  # noqa: ARG002
        """Begin the runs."""
        self.runs = [Uneven().run(NoKnobs(), context) for context in contexts]
        self.latest: list[Frame | None] = [None for _ in contexts]

    def frames(self) -> tuple[Frame, ...]:
        """Return the next frame of each."""
        self.latest = [next(run, before) for run, before in zip(self.runs, self.latest, strict=True)]
        return tuple(frame for frame in self.latest if frame is not None)


class Counted(Uneven):
    """The same, which counts the runs that were begun."""

    begun = 0

    def run(self, knobs: NoKnobs, context: Context) -> Iterator[Frame]:
        """Yield the frames."""
        Counted.begun += 1
        yield from super().run(knobs, context)


def bands(run: BandRun) -> list[Band]:
    """Return all frames of a band."""
    made = []
    while not run.is_over:
        if (frame := run.advance()) is not None:
            made.append(frame)
    return made


@pytest.mark.parametrize("mates", [0, 1, 2, 3])
@pytest.mark.parametrize("first", [0, 3])
def test_a_known_first_seed_is_played_and_not_run(mates: int, first: int) -> None:
    """Whether its run is the shortest or not, the band is the same and begins one run less."""
    contexts = contexts_of(Context(first, "cpu"), 4)
    known = tuple(Uneven().run(NoKnobs(), contexts[0]))
    simulation: Any = Counted()
    plain = bands(BandRun(simulation, NoKnobs(), contexts))
    before = Counted.begun
    shared = [Neighbour() for _ in range(mates)]
    assert bands(BandRun(simulation, NoKnobs(), contexts, shared, known)) == plain
    assert Counted.begun - before == 3 - sum(
        len(mate.runs) for mate in shared[: math.ceil(3 / math.ceil(3 / (1 + mates))) - 1]
    )


@pytest.mark.parametrize(
    ("count", "each", "shares"), [(7, 3, [1, 3, 3]), (8, 3, [2, 3, 3]), (4, 4, [4]), (1, 1, [1])]
)
def test_the_first_share_is_the_least(count: int, each: int, shares: list[int]) -> None:
    """All contexts are shared out, in order, and what is left over is taken by the process that also spreads."""
    contexts = contexts_of(Context(5, "cpu"), count)
    first, others = shared_out(contexts, each)
    assert (*first, *(context for share in others for context in share)) == contexts
    assert [len(first), *map(len, others)] == shares


@pytest.mark.parametrize("mates", [0, 1, 2, 3])
def test_runs_of_unequal_length_end_together(mates: int) -> None:
    """However many processes share the seeds, the band goes on until the longest run is over."""
    simulation: Any = Uneven()
    run = BandRun(
        simulation, NoKnobs(), contexts_of(Context(0, "cpu"), 4), [Neighbour() for _ in range(mates)]
    )
    made = []
    while not run.is_over:
        if (frame := run.advance()) is not None:
            made.append(frame)
    assert [frame.step for frame in made] == [1, 2, 3, 4]
    assert (made[-1].low, made[-1].high) == ({"y": (1.0,)}, {"y": (4.0,)})
