"""Projection shortcuts: what they repair, which pixels they leave out, and what one in every block does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims import theory_shortcut as theory
from sims.protocol import (
    Claim,
    ClaimSpec,
    Context,
    Frame,
    Header,
    Outcome,
    Prediction,
    Simulation,
    View,
    ViewKind,
    choice,
)

if TYPE_CHECKING:
    from sims.shortcuts import Shape

IMAGE = 8  # pixels a side
WIDTH = 64  # of the chains
ALPHA = 0.1  # of the chains' branches: within the 0.1 to 0.3 of Szegedy et al. 2017
IDENTITY_BLOCKS, PROJECTION_BLOCKS = 50, 16
VECTORS = ((16,), (16, 1))
COLUMNS = ((8, 1), (8, 32))
ROWS = tuple(f"row {row}" for row in range(1, IMAGE + 1))
CHANNELS = ("16", "32", "64", "128")


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    inputs: str = choice("64", CHANNELS, "channels of x")
    outputs: str = choice("128", CHANNELS, "channels of F(x)")
    stride: str = choice("2", ("1", "2", "4"), "by how much F shrinks the image")
    option: str = choice("B", ("A", "B", "C"), "A pads with zeros, B projects here, C in every block")
    pool_first: str = choice(
        "no", ("no", "yes"), "average stride × stride pixels before the shortcut (ResNet-D)"
    )

    @property
    def x_shape(self) -> tuple[int, ...]:
        """The shape of x."""
        return (1, int(self.inputs), IMAGE, IMAGE)

    @property
    def branch_shape(self) -> tuple[int, ...]:
        """The shape of F(x)."""
        side = IMAGE // int(self.stride)
        return (1, int(self.outputs), side, side)


@dataclass(slots=True)
class Record:
    """What was measured so far.

    Attributes:
        sums: The shape that each of the two silent sums came out with.
        parameters: Of the shortcut.
        gradient: RMS gradient of each pixel, row by row; empty: not measured yet.
        blind: Share of pixels without any gradient: strided, and pooled first.
        sigmas: Singular values now: identity, projection; empty: no block yet.
        conditions: log10 of largest over smallest after 1, 2, ... blocks, of each.
    """

    sums: tuple[tuple[int, ...], ...] = ()
    parameters: float = math.nan
    gradient: list[list[float]] = field(default_factory=list)
    blind: tuple[float, float] = (math.nan, math.nan)
    sigmas: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    conditions: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))


class ProjectionShortcut:
    """The simulation `projection-shortcut`."""

    header = Header(
        name="projection-shortcut",
        title="Projection shortcut: what it mends and costs",
        group="vision",
        claim="Where the shape changes a 1×1 projection mends the sum. A strided one leaves out most pixels, and one in "
        "every block destroys what the identity keeps: that all directions pass alike.",
        formula="y = F(x) + W_s x;  blind pixels 1 − 1/s²;  ln σ_i: identity within ±α√(2L), projections −L·rate_i",
        symbols={
            "W_s": "1×1 convolution with the stride s of the branch",
            "σ_i": f"singular values of the chain's Jacobian, {WIDTH} × {WIDTH}",
            "L": "blocks of a chain",
            "α": f"weight of the branch in a chain, {ALPHA}",
            "cond": "largest σ over smallest",
        },
        source="He et al. 2015, eq. 2 and section 4.1 (options A, B, C); He et al. 2016, Table 1; He T. et al. 2019 "
        "(ResNet-D)",
        simplification="The chains are linear and of random weights N(0, 1/N): projection chains have a Gaussian matrix for "
        "each skip. Singular values are in float64 on the CPU, on any device; they end some 17 decades below the largest, "
        "where theory goes on. The theory of the identity chain is first order in α. Option A with fewer channels than "
        "before drops the surplus. What a projection in every block cost ResNet-110 (12.2 against 6.6 % error) is "
        "not trained here.",
        words=(
            "projection shortcut",
            "projection",
            "1×1 convolution",
            "dimension mismatch",
            "shape mismatch",
            "broadcast",
            "broadcasting",
            "stride",
            "downsampling",
            "option A",
            "zero padding",
            "ResNet-D",
            "isometry",
            "singular values",
            "condition number",
            "ResNet-110",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "singular",
            f"Identity {IDENTITY_BLOCKS} blocks, projection {PROJECTION_BLOCKS}",
            "i",
            "σ_i",
            ("identity", "projection"),
            x="i",
            log_y=True,
        ),
        View("pixels", "Gradient by pixel", "column", "RMS ∂L/∂x", ROWS, kind=ViewKind.HEAT),
        View(
            "condition",
            "Condition number by depth",
            "blocks",
            "log₁₀ cond",
            ("identity cond", "project cond"),
            x="blocks",
        ),
    )
    declared_claims = (
        ClaimSpec("vector-sum", "(16,) + (16, 1) is no error: it has 16 × 16 numbers.", "broadcasting rules"),
        ClaimSpec("column-sum", "(8, 1) + (8, 32) is no error: it has 8 × 32 numbers.", "broadcasting rules"),
        ClaimSpec(
            "shortcut-parameters",
            "Option A has no parameters, a projection inputs × outputs.",
            "He et al. 2015, section 3.3",
        ),
        ClaimSpec(
            "blind-strided",
            "Strided, the shortcut passes no gradient to 1 − 1/s² of the pixels.",
            "it reads one pixel in s²",
        ),
        ClaimSpec("blind-pooled", "Pooled first, it leaves out none.", "He T. et al. 2019"),
        ClaimSpec(
            "identity-condition",
            f"{IDENTITY_BLOCKS} blocks of x + αWx: log10 cond below 1 (0 to 1).",
            "semicircle law",
        ),
        ClaimSpec(
            "projection-condition",
            f"{PROJECTION_BLOCKS} blocks of projections: log10 cond above 10 (10 to 30).",
            "Newman 1986",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield frames for the sums, the shortcut and its gradient, then one per block of both chains."""
        from sims.shortcuts import Chain

        record = Record()
        total = 3 + IDENTITY_BLOCKS
        refusal = _refusal(knobs)
        yield _frame(record, 1, total, refusal)
        yield _frame(record, 2, total, _add_silently(record))
        yield _frame(record, 3, total, _measure_shortcut(knobs, context, record))
        chains = tuple(Chain(context, WIDTH, ALPHA, projected=projected) for projected in (False, True))
        for block in range(1, IDENTITY_BLOCKS + 1):
            for place, chain in enumerate(chains[: 2 if block <= PROJECTION_BLOCKS else 1]):
                chain.add_block()
                record.sigmas[place][:] = chain.singular_values()
                record.conditions[place].append(_decades(record.sigmas[place]))
            yield _frame(record, 3 + block, total, _chain_event(knobs, record, block, refusal))

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return all of them; counts and shares are exact, the condition numbers have a bound each."""
        s, stride = last.scalars, int(knobs.stride)
        parameters = 0 if knobs.option == "A" else int(knobs.inputs) * int(knobs.outputs)
        figures = {
            "vector-sum": (_numbers(VECTORS), s["(16,) + (16, 1) numbers"], 0.0),
            "column-sum": (_numbers(COLUMNS), s["(8, 1) + (8, 32) numbers"], 0.0),
            "shortcut-parameters": (float(parameters), s["shortcut parameters"], 0.0),
            "blind-strided": (1 - theory.seen_share(stride, pooled=False), s["blind, strided"], 0.0),
            "blind-pooled": (1 - theory.seen_share(stride, pooled=True), s["blind, pooled"], 0.0),
            "identity-condition": (0.5, s["log10 cond, identity"], 0.5),
            "projection-condition": (20.0, s["log10 cond, projection"], 10.0),
        }
        return tuple(
            Claim(spec.id, spec.statement, *figures[spec.id], source=spec.source)
            for spec in self.declared_claims
        )

    def prediction(self, knobs: Knobs) -> Prediction:  # noqa: ARG002 - the protocol's signature
        """Ask what a sum of two shapes does that no residual block should add."""
        return Prediction(
            "x has shape (16,), and by mistake F(x) has (16, 1). What does x + F(x) do?",
            choices=("an error", "a result (16,)", "a result (16, 1)", "a result (16, 16)"),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the shape that torch came to."""
        numbers = last.scalars["(16,) + (16, 1) numbers"]
        numbers, axes = (last.scalars[f"(16,) + (16, 1) {what}"] for what in ("numbers", "axes"))
        truths = {0: 0, 1: 1, 2: 2 if numbers == 16 else 3}
        return Outcome(
            self.prediction(knobs).choices[truths[int(axes)]],
            f"each axis of length 1 is repeated to fit, so the sum has {numbers:.0f} numbers.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what fits, what is left out, and what a projection in every block does."""
        s, stride = last.scalars, int(knobs.stride)
        fits = theory.broadcast_shape(knobs.x_shape, knobs.branch_shape) is not None
        return (
            f"x is {knobs.x_shape} and F(x) {knobs.branch_shape}: torch {'adds them' if fits else 'refuses the sum'}. "
            f"But it added (16,) and (16, 1) to {s['(16,) + (16, 1) numbers']:.0f} numbers without a word, because "
            "an axis of length 1 fits any other. Let the block assert that F(x).shape == x.shape.\n\n"
            f"Option {knobs.option} costs {s['shortcut parameters']:,.0f} parameters at this place. With stride {stride} a "
            f"1×1 reads one pixel in {stride**2}: {100 * s['blind, strided']:.0f} % of the pixels got no gradient "
            "through the "
            f"shortcut. Averaging {stride} × {stride} pixels first left out {100 * s['blind, pooled']:.0f} %.\n\n"
            f"In every block is another matter. After {IDENTITY_BLOCKS} blocks of x + {ALPHA}·Wx the largest singular value "
            f"was 10^{s['log10 cond, identity']:.2f} times the smallest. After {PROJECTION_BLOCKS} with a projection in "
            f"place of x it was 10^{s['log10 cond, projection']:.1f}: nearly all directions are lost. Their RMS is still "
            f"{s['RMS σ, projection']:.2f}, so that a plot of sizes would show nothing."
        )


def _numbers(shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> float:
    """Return how many numbers the sum of these shapes has by the rules."""
    return float(math.prod(theory.broadcast_shape(*shapes) or (0,)))


def _refusal(knobs: Knobs) -> str:
    """Say what torch says about x + F(x)."""
    from sims import shortcuts

    shape, words = shortcuts.addition(knobs.x_shape, knobs.branch_shape)
    if words:
        return f"x + F(x): {words} (RuntimeError)"
    return f"x + F(x) fits: {shape}, so that the identity would do"


def _add_silently(record: Record) -> str:
    """Add what should not fit, and does."""
    from sims import shortcuts

    record.sums = tuple(shortcuts.addition(*shapes)[0] for shapes in (VECTORS, COLUMNS))
    return f"no error: (16,) + (16, 1) gives {record.sums[0]}, (8, 1) + (8, 32) gives {record.sums[1]}"


def _measure_shortcut(knobs: Knobs, context: Context, record: Record) -> str:
    """Count the shortcut's parameters and measure the gradient that it passes to each pixel."""
    from sims import shortcuts

    strided, pooled = (_shape(knobs, pooled=pooled) for pooled in (False, True))
    weights = shortcuts.projection(context, strided)
    record.parameters = 0.0 if weights is None else float(weights.numel())
    maps = [shortcuts.pixel_gradient(context, shape, weights).tolist() for shape in (strided, pooled)]
    record.blind = (_blind(maps[0]), _blind(maps[1]))
    record.gradient = maps[knobs.pool_first == "yes"]
    dropped = "; A drops surplus channels" if strided.padded and strided.inputs > strided.outputs else ""
    return (
        f"option {knobs.option}: {record.parameters:,.0f} parameters; {100 * _blind(record.gradient):.0f} % of the "
        "pixels get "
        f"no gradient{dropped}"
    )


def _shape(knobs: Knobs, *, pooled: bool) -> Shape:
    from sims.shortcuts import Shape

    return Shape(int(knobs.inputs), int(knobs.outputs), int(knobs.stride), knobs.option == "A", pooled)


def _blind(gradient: list[list[float]]) -> float:
    """Return the share of pixels whose gradient is exactly 0."""
    pixels = [value for row in gradient for value in row]
    return sum(value == 0 for value in pixels) / len(pixels)


def _decades(sigmas: list[float]) -> float:
    """Return log10 of the largest over the smallest; inf if float64 holds the smallest as 0."""
    return math.log10(sigmas[0] / sigmas[-1]) if sigmas[-1] > 0 else math.inf


def _rms(sigmas: list[float]) -> float:
    """Return √(mean σ²): the factor of a random vector's RMS."""
    return math.sqrt(math.fsum(sigma**2 for sigma in sigmas) / len(sigmas)) if sigmas else math.nan


def _chain_event(knobs: Knobs, record: Record, block: int, refusal: str) -> str:
    """Say where the chains begin and end, and at the end what torch said, for whoever missed it."""
    if block == 1:
        every = "this is option C" if knobs.option == "C" else "option C"
        return f"chains of {WIDTH} units: the identity as skip, and a projection in every block ({every})"
    if block == PROJECTION_BLOCKS:
        return f"{block} projections: log10 cond {record.conditions[1][-1]:.1f}; float64 resolves no more"
    return refusal if block == IDENTITY_BLOCKS else ""


def _frame(record: Record, step: int, total: int, event: str) -> Frame:
    """Return what is known, with the singular values that theory gives for the blocks so far."""
    unknown = (math.nan,) * WIDTH
    blank = ((math.nan,) * IMAGE,) * IMAGE
    sums = [float(math.prod(shape)) if shape else 0.0 for shape in record.sums] or [math.nan] * 2
    conditions = [tuple(values) for values in record.conditions]
    scalars = {
        "(16,) + (16, 1) numbers": sums[0],
        "(16,) + (16, 1) axes": float(len(record.sums[0])) if record.sums else math.nan,
        "(8, 1) + (8, 32) numbers": sums[1],
        "shortcut parameters": record.parameters,
        "blind, strided": record.blind[0],
        "blind, pooled": record.blind[1],
        "log10 cond, identity": conditions[0][-1] if conditions[0] else math.nan,
        "log10 cond, projection": conditions[1][-1] if conditions[1] else math.nan,
        "RMS σ, identity": _rms(record.sigmas[0]),
        "RMS σ, projection": _rms(record.sigmas[1]),
    }
    series = {
        "i": tuple(float(place) for place in range(1, WIDTH + 1)),
        "identity": tuple(record.sigmas[0]) or unknown,
        "projection": tuple(record.sigmas[1]) or unknown,
        **dict(zip(ROWS, map(tuple, record.gradient or blank), strict=True)),
        "blocks": tuple(float(block) for block in range(1, IDENTITY_BLOCKS + 1)),
        "identity cond": conditions[0] + (math.nan,) * (IDENTITY_BLOCKS - len(conditions[0])),
        "project cond": conditions[1] + (math.nan,) * (IDENTITY_BLOCKS - len(conditions[1])),
    }
    return Frame(step, total, scalars, series, _theory(*map(len, conditions)), event)


def _theory(identities: int, projections: int) -> dict[str, tuple[float, ...]]:
    """Return the singular values after so many blocks, and the condition numbers of all."""
    rates = theory.product_rates(WIDTH, 1 + ALPHA**2)
    near = theory.near_identity(WIDTH, max(1, identities), ALPHA)
    edge = 2 * ALPHA * math.sqrt(2) / math.log(10)
    depths = range(1, IDENTITY_BLOCKS + 1)
    spread = (rates[0] - rates[-1]) / math.log(10)
    return {
        "identity": tuple(math.exp(log) for log in near),
        "projection": tuple(math.exp(max(1, projections) * rate) for rate in rates),
        "identity cond": tuple(edge * math.sqrt(depth) for depth in depths),
        "project cond": tuple(spread * depth if depth <= PROJECTION_BLOCKS else math.nan for depth in depths),
    }


SIMULATION: Simulation[Knobs] = ProjectionShortcut()
