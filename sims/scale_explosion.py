"""Scale explosion: how the residual stream grows with depth, and what each cure makes of it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims import theory
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
    number,
    whole,
)

if TYPE_CHECKING:
    import torch

NETS = 16  # independent nets, run as one batch: every figure is their median
BATCH, WIDTH = 16, 128  # inputs and units of each net
ALPHA = 0.1
MULTIPLIERS = ("inv-sqrt-L", "inv-L", "alpha-0.1", "rezero")
NORMS = ("pre-LN", "pre-LN-scaled", "post-LN")
SHOWN = {
    "all": ("naive", "corr", *MULTIPLIERS, *NORMS),
    "unscaled": ("naive", "corr"),
    "multipliers": ("naive", *MULTIPLIERS),
    "norms": ("naive", *NORMS),
}
SLOPE_TOLERANCE = 0.045  # in ln per block, for the unscaled branches
RELATIVE_TOLERANCE = {  # of the final RMS
    "inv-sqrt-L": 0.06,
    "inv-L": 0.03,
    "alpha-0.1": 0.05,
    "rezero": 0.03,
    "pre-LN": 0.05,
    "pre-LN-scaled": 0.05,
    "post-LN": 0.05,
    "aligned": 0.03,
}
# The largest |xᵢ| of 2048 standard normal numbers is between 3.0 and 4.5, log2(65504 / it) between 13.8 and 14.4:
# doubled per block (c = 1) fp16 ends at block 14 or 15; grown by √2 (c = 0), with its spread, at 28 to 31.
FP16_OVERFLOW = {1.0: (14.5, 0.5), 0.0: (29.5, 1.5)}  # c: (middle, half width), in blocks
FP32_SQUARES_OVERFLOW = (59.5, 0.5)  # at c = 1 the sum of 2048 squares is 2^11 · 4^L: past 2^128 at L = 59
PEAK = 4.0  # largest element over RMS, about


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    schemes: str = choice("all", tuple(SHOWN), "which schemes run; naive always does")
    c: float = number(0.0, -1.0, 1.0, "corr(F, x) of the scheme `corr`: at 1, F(x) = x", step=0.25)
    depth: int = whole(50, 2, 100, "residual blocks, L")
    dtype: str = choice("fp32", ("fp32", "bf16", "fp16"), "the number format that the stream is kept in")


@dataclass(slots=True)
class Stream:
    """One scheme's residual stream and what was measured of it after each block.

    Attributes:
        x: (NETS, BATCH, WIDTH), in the knob's dtype.
        rms: The median net's RMS after 0, 1, 2, ... blocks; inf once half the nets hold an inf or NaN.
        overflow: The first block after which it is inf; NaN: none.
        squares_overflow: The first after which the median of x.square().mean(), in that dtype, is.
    """

    x: torch.Tensor
    rms: list[float] = field(default_factory=lambda: [1.0])
    overflow: float = math.nan
    squares_overflow: float = math.nan


class ScaleExplosion:
    """The simulation `scale-explosion`."""

    header = Header(
        name="scale-explosion",
        title="Scale explosion and its cures",
        group="scale",
        claim="y = x + F(x) grows by √(2 + 2c) per block: √2 when F is independent of x, 2 only when F(x) = x. "
        "A multiplier of 1/√L, or a norm, stops it.",
        formula="RMS x_L / RMS x_0 = √(2+2c)^L;  (1+α²)^(L/2);  (1+1/L)^(L/2) < √e;  pre-LN √(1+L);  post-LN 1",
        symbols={
            "L": "depth, in residual blocks",
            "F": "the branch: W·relu(x), W ~ N(0, 2/N), of the same RMS as x",
            "c": "corr(F, x); the scheme corr is F = c·x + √(1−c²)·Wx, W ~ N(0, 1/N)",
            "α": "what the branch is multiplied by",
            "N": f"width, {WIDTH}",
        },
        source="Hanin & Rolnick 2018; He et al. 2016, section 4.1; Radford et al. 2019 (GPT-2), section 2.3",
        simplification=f"The median of {NETS} nets of width {WIDTH}. One weight matrix per block at initialisation, "
        "no training. The branch does not end in ReLU: such a branch is positive, hence correlated with x, and grows "
        "faster than √2. ReZero and Fixup are both a branch that starts at 0. pre-LN-scaled multiplies the branch by "
        "1/√L, where GPT-2 scales its initial weights.",
        words=(
            "exploding activations",
            "variance",
            "initialization",
            "1/sqrt(L)",
            "scaled residual",
            "branch scaling",
            "ReZero",
            "Fixup",
            "LayerScale",
            "pre-norm",
            "post-norm",
            "LayerNorm",
            "overflow",
            "fp16",
            "mixed precision",
            "2^50",
            "residual stream",
        ),
    )
    knobs = Knobs
    views = (
        View("stream", "Size of the stream", "block", "RMS x", SHOWN["all"], log_y=True),
        View(
            "ratio",
            "Measured over theory, so far",
            "scheme",
            "ratio",
            tuple(f"{scheme} / theory" for scheme in SHOWN["all"]),
            kind=ViewKind.BARS,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "naive-growth", "An independent branch grows the stream by √2 per block (ln).", "variances add"
        ),
        ClaimSpec(
            "correlated-growth",
            "A branch with corr(F, x) = c grows the stream by √(2+2c) per block (ln).",
            "RMS²(x + F) = (2 + 2c)·RMS²(x)",
        ),
        ClaimSpec("aligned", "With F(x) = x the stream doubles per block: 2^L.", "c = 1 in √(2+2c)^L"),
        ClaimSpec("cancelled", "With F(x) = -x nothing is left after one block.", "c = -1 in √(2+2c)^L"),
        ClaimSpec("inv-sqrt-L", "α = 1/√L holds the stream at (1+1/L)^(L/2).", "GPT-2, section 2.3"),
        ClaimSpec("inv-L", "α = 1/L holds the stream at (1+1/L²)^(L/2).", "variances add"),
        ClaimSpec("alpha-0.1", "α = 0.1 gives (1+α²)^(L/2).", "variances add; Szegedy et al. 2017 for α"),
        ClaimSpec(
            "rezero", "A branch that starts at 0 leaves the stream as it is.", "Bachlechner et al. 2020"
        ),
        ClaimSpec("pre-LN", "Pre-LN: the stream grows as √(1+L).", "Xiong et al. 2020"),
        ClaimSpec("pre-LN-scaled", "Pre-LN with α = 1/√L ends at √2.", "GPT-2, section 2.3"),
        ClaimSpec(
            "post-LN", "Post-LN: the stream leaves every block at 1.", "Vaswani et al. 2017, section 3.1"
        ),
        ClaimSpec(
            "fp16-overflow", "fp16 overflows where the growth law meets 65504 (block).", "IEEE 754 binary16"
        ),
        ClaimSpec("fp32-squares", "x² overflows fp32 at half of x's own depth (block).", "IEEE 754 binary32"),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame per block, all schemes at once."""
        import torch

        from sims import nets

        start, _ = nets.unit_rms(nets.normal(context, "input", NETS, BATCH, WIDTH))  # (NETS, BATCH, WIDTH)
        streams = {scheme: Stream(start.to(nets.DTYPES[knobs.dtype])) for scheme in SHOWN[knobs.schemes]}
        for block in range(1, knobs.depth + 1):
            weights = nets.normal(
                context, f"weights/{block}", NETS, WIDTH, WIDTH, scale=1 / math.sqrt(WIDTH)
            )  # (NETS, WIDTH, WIDTH)
            with torch.no_grad():
                for scheme, stream in streams.items():
                    stream.x = _block(scheme, stream.x, weights, knobs)
                events = _measure(streams, block, knobs.dtype)
            yield _frame(knobs, streams, block, "; ".join(events))

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the claims of the schemes that ran and that stay inside the number format."""
        specs = {spec.id: spec for spec in self.declared_claims}
        return tuple(
            Claim(name, specs[name].statement, expected, measured, tolerance, specs[name].source)
            for name, expected, measured, tolerance in (
                *_growth_claims(knobs, last),
                *_overflow_claims(knobs, last),
            )
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask how large the naive stream becomes."""
        return Prediction(
            f"Naive, y = x + F(x), F independent of x and of the same size: by what factor has RMS x grown after"
            f" {knobs.depth} blocks? A number such as 100 or 10^15, inf if {knobs.dtype} overflows.",
            log_scale=True,
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the naive stream's measured size, inf where its format could not hold it."""
        final = last.series["naive"][-1]
        if math.isfinite(final):
            return Outcome(final, "Variances add, so √2 per block; doubling at each block needs F(x) = x.")
        block = last.scalars["naive first non-finite block"]
        largest = theory.LARGEST[knobs.dtype]
        return Outcome(
            math.inf, f"{knobs.dtype} ends at {largest:.5g}; √2 per block passed it at block {block:g}."
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what one block did to the naive stream, what its total is, and what the cures left."""
        naive = last.scalars["naive slope"]
        ends = {scheme: last.series[scheme][-1] for scheme in SHOWN[knobs.schemes]}
        parts = []
        if math.isfinite(naive):
            parts.append(
                f"One naive block multiplied the stream by {math.exp(naive):.4g}; √2 = 1.414 is what independent "
                f"variances give. {knobs.depth} of them made {ends['naive']:.3g}."
            )
        else:
            block = last.scalars["naive first non-finite block"]
            parts.append(
                f"The naive stream left {knobs.dtype} at block {block:g}. A number format has an end, and growth by a "
                "factor per block always reaches it; only the block at which it does so is a matter of the format."
            )
        if "corr" in ends:
            factor = theory.correlated_growth(knobs.c, 1)
            parts.append(
                f"With corr(F, x) = {knobs.c:g} the factor is √(2 + 2c) = {factor:.4g}: the part of F that points "
                f"along x adds to it in length, not in square. The stream ended at {ends['corr']:.3g}."
            )
        cures = [f"{scheme} {ends[scheme]:.3g}" for scheme in (*MULTIPLIERS, *NORMS) if scheme in ends]
        if cures:
            parts.append(
                f"After the same {knobs.depth} blocks: {', '.join(cures)}. A multiplier of 1/√L leaves at most √e = "
                "1.649, because L branches of variance 1/L add up to 1. pre-LN norms what the branch reads and not "
                "the stream, so that one unit of variance comes in per block."
            )
        return "\n\n".join(parts)


def _alpha(scheme: str, depth: int) -> float:
    """Return what the scheme multiplies its branch by."""
    inverse_sqrt = 1 / math.sqrt(depth)
    scales = {
        "inv-sqrt-L": inverse_sqrt,
        "inv-L": 1 / depth,
        "alpha-0.1": ALPHA,
        "rezero": 0.0,
        "pre-LN-scaled": inverse_sqrt,
    }
    return scales.get(scheme, 1.0)


def _block(scheme: str, x: torch.Tensor, weights: torch.Tensor, knobs: Knobs) -> torch.Tensor:
    """Return the stream after one more block: (NETS, BATCH, WIDTH), in x's dtype.

    Args:
        weights: W ~ N(0, 1/WIDTH), (NETS, WIDTH, WIDTH).
    """
    import torch

    from sims import nets

    if scheme == "corr":
        mixed = math.sqrt(1 - knobs.c**2) * torch.bmm(x, weights.to(x.dtype).mT) if abs(knobs.c) < 1 else 0.0
        return x + (knobs.c * x + mixed)
    source = nets.layer_norm(x) if scheme.startswith("pre-LN") else x
    branch = torch.bmm(torch.relu(source), (math.sqrt(2) * weights).to(x.dtype).mT)  # (NETS, BATCH, WIDTH)
    y = x + _alpha(scheme, knobs.depth) * branch
    return nets.layer_norm(y) if scheme == "post-LN" else y


def _measure(streams: dict[str, Stream], block: int, dtype: str) -> list[str]:
    """Note every stream's RMS, with one transfer from the device, and return what overflowed or vanished."""
    import torch

    from sims import nets

    measured = torch.stack(
        [
            torch.stack((nets.safe_rms(s.x), s.x.square().mean(dim=(1, 2)).float())) for s in streams.values()
        ]  # (2, NETS) each
    )
    rows: list[list[list[float]]] = measured.tolist()  # (schemes, 2, NETS)
    events = []
    for (scheme, stream), row in zip(streams.items(), rows, strict=True):
        rms, mean_square = (_median(values) for values in row)
        if rms == 0 < stream.rms[-1]:
            events.append(f"{scheme} is exactly 0 from block {block} ({dtype})")
        stream.rms.append(rms)
        if not math.isfinite(rms) and math.isnan(stream.overflow):
            stream.overflow = float(block)
            events.append(f"overflow at block {block} ({dtype}): {scheme}")
        if not math.isfinite(mean_square) and math.isnan(stream.squares_overflow):
            stream.squares_overflow = float(block)
            if math.isfinite(rms):
                events.append(
                    f"x.square().mean() is inf from block {block} ({dtype}), x is not yet: {scheme}"
                )
    return events


def _median(values: list[float]) -> float:
    """Return the median, with what is not finite counted as inf: after inf comes inf - inf = NaN."""
    return statistics.median(value if math.isfinite(value) else math.inf for value in values)


def _theory(scheme: str, knobs: Knobs, blocks: int) -> float:
    """Return RMS x after that many of the knobs' depth blocks."""
    alpha = _alpha(scheme, knobs.depth)
    if scheme == "corr":
        return theory.correlated_growth(knobs.c, blocks)
    if scheme.startswith("pre-LN"):
        return theory.pre_norm_growth(blocks, alpha)
    return 1.0 if scheme == "post-LN" else theory.scaled_growth(alpha, blocks)


def _frame(knobs: Knobs, streams: dict[str, Stream], block: int, event: str) -> Frame:
    """Return the curves up to this block; blocks to come are NaN, which a chart leaves empty."""
    unknown = (math.nan,) * (knobs.depth - block)
    scalars: dict[str, float] = {}
    series: dict[str, tuple[float, ...]] = {}
    overlay: dict[str, tuple[float, ...]] = {}
    for scheme, stream in streams.items():
        expected = _theory(scheme, knobs, block)
        ratio = stream.rms[-1] / expected if expected else math.nan
        series[scheme] = (*stream.rms, *unknown)
        series[f"{scheme} / theory"] = (ratio,)
        overlay[scheme] = tuple(_theory(scheme, knobs, passed) for passed in range(knobs.depth + 1))
        scalars[f"{scheme} measured/theory"] = ratio
        if scheme in SHOWN["unscaled"]:
            scalars[f"{scheme} slope"] = _log(stream.rms[-1]) / block
            scalars[f"{scheme} slope, theory"] = _log(expected) / block
            scalars[f"{scheme} first non-finite block"] = stream.overflow
            scalars[f"{scheme} first non-finite block, theory"] = _overflow_theory(scheme, knobs)
            scalars[f"{scheme} first non-finite x²"] = stream.squares_overflow
    return Frame(block, knobs.depth, scalars, series, overlay, event)


def _overflow_theory(scheme: str, knobs: Knobs) -> float:
    """Return the block at which the growth law takes the largest element past the format's end; inf: never."""
    growth = _theory(scheme, knobs, 1)
    start = theory.largest_of_normals(BATCH * WIDTH)
    blocks = theory.blocks_to_reach(theory.LARGEST[knobs.dtype] / start, growth)
    return float(math.ceil(blocks)) if math.isfinite(blocks) else math.inf


def _log(size: float) -> float:
    """Return ln, with ln 0 = -inf."""
    return math.log(size) if size else -math.inf


def _representable(size: float, knobs: Knobs) -> bool:
    """Whether a stream that ends near this size stays inside the format with the slope's tolerance to spare."""
    spare = PEAK * math.exp(SLOPE_TOLERANCE * knobs.depth)
    return theory.SMALLEST_NORMAL[knobs.dtype] * spare < size < theory.LARGEST[knobs.dtype] / spare


def _growth_claims(knobs: Knobs, last: Frame) -> Iterator[tuple[str, float, float, float]]:
    """Yield (claim, expected, measured, tolerance) of each scheme whose stream the format can hold."""
    for scheme in SHOWN[knobs.schemes]:
        expected, measured = _theory(scheme, knobs, knobs.depth), last.series[scheme][-1]
        if scheme == "corr" and knobs.c == -1:
            yield "cancelled", expected, measured, 0.0
        elif not _representable(expected, knobs):
            continue
        elif scheme == "corr" and knobs.c == 1:
            yield "aligned", expected, measured, RELATIVE_TOLERANCE["aligned"] * expected
        elif scheme in SHOWN["unscaled"]:
            name = "naive-growth" if scheme == "naive" else "correlated-growth"
            slope = math.log(expected) / knobs.depth
            yield name, slope, last.scalars[f"{scheme} slope"], SLOPE_TOLERANCE
        else:
            yield scheme, expected, measured, RELATIVE_TOLERANCE[scheme] * expected


def _overflow_claims(knobs: Knobs, last: Frame) -> Iterator[tuple[str, float, float, float]]:
    """Yield the blocks of the scheme `corr` at which the format ends, where the depth reaches them."""
    if "corr" not in SHOWN[knobs.schemes]:
        return
    if knobs.dtype == "fp16" and knobs.c in FP16_OVERFLOW:
        middle, half = FP16_OVERFLOW[knobs.c]
        if knobs.depth >= middle + half:
            yield "fp16-overflow", middle, last.scalars["corr first non-finite block"], half
    if knobs.dtype == "fp32" and knobs.c == 1:
        middle, half = FP32_SQUARES_OVERFLOW
        if knobs.depth >= middle + half:
            yield "fp32-squares", middle, last.scalars["corr first non-finite x²"], half


SIMULATION: Simulation[Knobs] = ScaleExplosion()
