"""Shattered gradients: how far the gradient at one input still tells the gradient at the input next to it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    choice,
    whole,
)
from sims.theory_correlation import affine_correlation, gradient_cosine

if TYPE_CHECKING:
    import torch

NETS = 5  # independent nets: every cosine is their median
POINTS, WIDTH, COTANGENTS = 64, 256, 8
END = 2.0  # the inputs run from -END to END
INPUTS = tuple(END * (2 * k / (POINTS - 1) - 1) for k in range(POINTS))
LARGEST_LAG = 16
KINDS = ("plain", "residual")
TOLERANCE = {"plain": 0.15, "residual": 0.01}  # of the cosine
# The spread of one residual net's cosine grows with the lag: measured .0015 at lag 2, .006 at 8, .012 at 16.
LARGEST_RESIDUAL_LAG = 8
KEPT = 0.9  # a cosine above it counts as the same gradient
BOTH, ONLY_RESIDUAL, ONLY_PLAIN, NEITHER = (
    "both keep it (cosine above 0.9)",
    "only the residual net keeps it",
    "only the plain net keeps it",
    "neither keeps it",
)


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(24, 1, 32, "layers, L")
    residual: str = choice("inv-sqrt-L", ("inv-sqrt-L", "naive"), "α of the residual net: 1/√L, or naive: 1")
    lag: int = whole(2, 1, LARGEST_LAG, f"how far apart the two inputs are, in steps of {POINTS - 1} a range")

    @property
    def depths(self) -> tuple[int, ...]:
        """The depths that are measured: powers of two below L, and L."""
        return (*(2**k for k in range(6) if 2**k < self.depth), self.depth)

    def weights(self, kind: str, depth: int) -> tuple[float, float]:
        """Return s and α of a layer h' = s·h + α·W relu(h)."""
        if kind == "plain":
            return 0.0, 1.0
        return 1.0, 1.0 if self.residual == "naive" else 1 / math.sqrt(depth)


@dataclass(slots=True)
class Measured:
    """What is known of one kind of net.

    Attributes:
        cosines: One tuple a net and depth: the mean cosine at lags 1, 2, ... LARGEST_LAG.
        sizes: ln RMS ∂f/∂h_0 of each net and depth; the cotangent's is 0.
        curve: One unit's gradient along the input, of RMS 1: the first net's, at the depth reached last.
    """

    cosines: dict[int, list[tuple[float, ...]]] = field(default_factory=dict)
    sizes: dict[int, list[float]] = field(default_factory=dict)
    curve: tuple[float, ...] = (math.nan,) * POINTS

    def cosine(self, depth: int, lag: int) -> float:
        """Return the median net's cosine; NaN before the first."""
        known = [cosines[lag - 1] for cosines in self.cosines.get(depth, ())]
        return statistics.median(known) if known else math.nan

    def size(self, depth: int) -> float:
        """Return the median net's RMS gradient; NaN before the first."""
        known = self.sizes.get(depth)
        return math.exp(statistics.median(known)) if known else math.nan


class ShatteredGradients:
    """The simulation `shattered-gradients`."""

    header = Header(
        name="shattered-gradients",
        title="Shattered gradients: plain against residual",
        group="gradients",
        claim="In a deep plain relu net the gradient keeps its size and loses its meaning: a small step of the input "
        "turns it. With x + F(x)/√L it hardly turns, at any depth.",
        formula="cos(∂f/∂h_0 at x, at x') = ∏ (s² + α²κ0(ρ_l)) / (s² + α²),  ρ' = (s²ρ + α²κ1(ρ)) / (s² + α²)",
        symbols={
            "L": "depth; a layer is h' = s·h + α·W relu(h), W ~ N(0, 2/N)",
            "s": "1 with a skip, 0 without (then α = 1)",
            "α": "weight of the branch: 1/√L, or naive: 1",
            "ρ_l": "correlation of h_l at the two inputs x and x'",
            "κ0": "1 − arccos(ρ)/π: how many of the units active for x are so for x'",
            "κ1": "(√(1−ρ²) + ρ(π − arccos ρ))/π: what relu and W make of ρ",
            "N": f"width, {WIDTH}",
        },
        source="Balduzzi et al. 2017, The Shattered Gradients Problem; Cho & Saul 2009 for κ0 and κ1",
        simplification=f"Weights at initialisation, no biases, no norm; h_0 = x·a + b with random a and b, x from "
        f"{-END:g} to {END:g} in {POINTS} points, and one random cotangent at the output for all of them. The cosine "
        f"is taken over the N entries of ∂f/∂h_0 and averaged over all pairs and {COTANGENTS} cotangents; the median of "
        f"{NETS} nets is shown. The theory is for infinite width; at N = {WIDTH} single plain nets of 24 layers have its "
        "mean and spread by .06 about it. For the naive residual net, and for the scaled one at lags above "
        f"{LARGEST_RESIDUAL_LAG}, the line is drawn and nothing is claimed.",
        words=(
            "shattered gradient",
            "white noise",
            "gradient correlation",
            "vanishing gradient",
            "plain network",
            "residual connection",
            "skip connection",
            "relu",
            "degradation",
            "gradient direction",
            "Balduzzi",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "curve",
            "One unit's gradient along the input",
            "input x",
            "∂f/∂h_0, of RMS 1",
            tuple(f"{kind} net" for kind in KINDS),
            x="input",
        ),
        View("depth", "Cosine by depth, at the lag", "layers", "cosine", KINDS, x="depths", log_x=True),
        View(
            "lag",
            "Cosine by lag, at the full depth",
            "lag",
            "cosine",
            tuple(f"{kind} by lag" for kind in KINDS),
            x="lags",
        ),
    )
    declared_claims = (
        ClaimSpec(
            "plain-cosine",
            "The plain net's gradients at two near inputs have the cosine ∏ κ0(ρ_l).",
            "Cho & Saul 2009 (κ0, κ1); Balduzzi et al. 2017",
        ),
        ClaimSpec(
            "residual-cosine",
            "With x + F(x)/√L they have the cosine ∏ (1 + κ0(ρ_l)/L) / (1 + 1/L).",
            "Cho & Saul 2009 (κ0, κ1); Balduzzi et al. 2017",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame for each net, depth and kind; the first net's curves change as its depth grows."""
        import torch

        from sims import nets

        lines = _lines(knobs)
        measured = {kind: Measured() for kind in KINDS}
        total = NETS * len(knobs.depths) * len(KINDS)
        step = 0
        for net in range(NETS):
            first, second = nets.normal(context, f"{net}/input", 2, 1, WIDTH)  # (1, WIDTH) each
            inputs = torch.tensor(INPUTS, device=context.device)[:, None] * first + second  # (POINTS, WIDTH)
            cotangents = nets.normal(context, f"{net}/cotangent", COTANGENTS, 1, WIDTH)
            matrices: list[torch.Tensor] = []
            for depth in knobs.depths:
                for layer in range(len(matrices), depth):
                    scale = math.sqrt(2 / WIDTH)
                    matrices.append(nets.normal(context, f"{net}/{layer}", WIDTH, WIDTH, scale=scale))
                for kind in KINDS:
                    with torch.no_grad():
                        gradient = _gradient(inputs, cotangents, matrices, knobs.weights(kind, depth))
                        _measure(measured[kind], depth, gradient, first=net == 0)
                    step += 1
                    event = _event(knobs, measured[kind], kind, depth) if net == 0 else ""
                    yield _frame(knobs, measured, lines, step, total, event)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the plain net's cosine, and the scaled residual one's at the lags where its spread allows it."""
        claimed = knobs.residual == "inv-sqrt-L" and knobs.lag <= LARGEST_RESIDUAL_LAG
        return tuple(
            Claim(
                spec.id,
                spec.statement,
                expected=last.theory[kind][-1],
                measured=last.series[kind][-1],
                tolerance=TOLERANCE[kind],
                source=spec.source,
            )
            for kind, spec in zip(KINDS, self.declared_claims, strict=True)
            if kind == "plain" or claimed
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which net's gradient survives the step."""
        residual = "x + F(x)" if knobs.residual == "naive" else "x + F(x)/√L"
        return Prediction(
            f"{knobs.depth} relu layers. Move the input by {_step(knobs)} of its range: is the gradient still the same "
            f"in the plain net, and in the residual one, {residual}?",
            choices=(BOTH, ONLY_RESIDUAL, ONLY_PLAIN, NEITHER),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return which nets' cosine stayed above the bound."""
        plain, residual = (last.series[kind][-1] for kind in KINDS)
        truths = {
            (True, True): BOTH,
            (False, True): ONLY_RESIDUAL,
            (True, False): ONLY_PLAIN,
            (False, False): NEITHER,
        }
        return Outcome(
            truths[plain > KEPT, residual > KEPT],
            f"{_step(knobs)} of the range apart the gradients' cosine is {plain:.3f} (plain), {residual:.3f} (residual).",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what turns the plain gradient, why its size tells nothing of it, and what the skip changes."""
        plain, residual = (last.series[kind][-1] for kind in KINDS)
        sizes = {kind: last.scalars[f"{kind} size"] for kind in KINDS}
        _, alpha = knobs.weights("residual", knobs.depth)
        far = tuple(last.series[f"{kind} by lag"][-1] for kind in KINDS)
        return (
            f"Between two inputs {_step(knobs)} of the range apart some relu units switch. Each layer passes the "
            f"gradient only through the units that are active, and over {knobs.depth} plain layers the agreement "
            f"multiplied down to a cosine of {plain:.3f} (theory {last.theory['plain'][-1]:.3f}). At {LARGEST_LAG} steps "
            f"of the grid it is {far[0]:.3f}.\n\n"
            f"The plain gradient has not vanished: its RMS at the input is {sizes['plain']:.2g} times that at the output. "
            "A step along it helps at this input, and at the next one it is a step in another direction.\n\n"
            f"The residual branch weighs α = {alpha:.3g}: a switched unit turns only the branch's part of the gradient, "
            f"α² of 1 + α² in square. Its cosine is {residual:.3f} at the lag and {far[1]:.3f} at {LARGEST_LAG} steps, "
            f"and its RMS grew {sizes['residual']:.3g} times. With α = 1/√L the product stays near 1 however deep the "
            "net is; with α = 1 it falls by depth, only more slowly than the plain net's."
        )


def _step(knobs: Knobs) -> str:
    """Return the lag as a part of the range, in lowest terms."""
    common = math.gcd(knobs.lag, POINTS - 1)
    return f"{knobs.lag // common}/{(POINTS - 1) // common}"


def _gradient(
    inputs: torch.Tensor, cotangents: torch.Tensor, matrices: list[torch.Tensor], weights: tuple[float, float]
) -> torch.Tensor:
    """Return ∂(cotangent · h_L)/∂h_0 at every input: (COTANGENTS, POINTS, WIDTH).

    Args:
        inputs: h_0, (POINTS, WIDTH).
        cotangents: (COTANGENTS, 1, WIDTH).
        matrices: W of each layer, (WIDTH, WIDTH).
        weights: s and α.
    """
    import torch

    skip, branch = weights
    h, slopes = inputs, []
    for matrix in matrices:
        slopes.append(branch * (h > 0))  # (POINTS, WIDTH)
        h = skip * h + branch * (torch.relu(h) @ matrix.mT)
    gradient = cotangents.expand(-1, len(inputs), -1)
    for matrix, slope in zip(reversed(matrices), reversed(slopes), strict=True):
        gradient = skip * gradient + slope * (gradient @ matrix)
    return gradient


def _measure(measured: Measured, depth: int, gradient: torch.Tensor, *, first: bool) -> None:
    """Note one net's cosines, its gradient's size and, of the first net, the curve.

    Args:
        gradient: (COTANGENTS, POINTS, WIDTH).
    """
    import torch

    unit = torch.nn.functional.normalize(gradient, dim=-1)
    gram = unit @ unit.mT  # (COTANGENTS, POINTS, POINTS)
    cosines = [gram.diagonal(lag, 1, 2).mean() for lag in range(1, LARGEST_LAG + 1)]
    curve = gradient[0, :, 0]  # (POINTS,)
    curve = curve / curve.square().mean().sqrt().clamp_min(torch.finfo(torch.float32).tiny)
    size = gradient.square().mean().sqrt().log()
    numbers: list[float] = torch.cat((torch.stack((size, *cosines)), curve)).tolist()
    measured.sizes.setdefault(depth, []).append(numbers[0])
    measured.cosines.setdefault(depth, []).append(tuple(numbers[1 : 1 + LARGEST_LAG]))
    if first:
        measured.curve = tuple(numbers[1 + LARGEST_LAG :])


def _theory(knobs: Knobs, kind: str, depth: int, lag: int) -> float:
    """Return the cosine that infinite width gives, averaged over the pairs of inputs this lag apart."""
    skip, branch = knobs.weights(kind, depth)
    pairs = zip(INPUTS, INPUTS[lag:], strict=False)
    return statistics.fmean(
        gradient_cosine(affine_correlation(x, y), depth, skip=skip, branch=branch) for x, y in pairs
    )


def _lines(knobs: Knobs) -> dict[str, tuple[float, ...]]:
    """Return the theory under every cosine series."""
    lines = {}
    for kind in KINDS:
        lines[kind] = tuple(_theory(knobs, kind, depth, knobs.lag) for depth in knobs.depths)
        lines[f"{kind} by lag"] = tuple(
            _theory(knobs, kind, knobs.depth, lag) for lag in range(1, LARGEST_LAG + 1)
        )
    return lines


def _frame(
    knobs: Knobs,
    measured: Mapping[str, Measured],
    lines: Mapping[str, tuple[float, ...]],
    step: int,
    total: int,
    event: str,
) -> Frame:
    """Return what is known so far; depths not reached yet are NaN, which a chart leaves empty."""
    scalars: dict[str, float] = {}
    series: dict[str, tuple[float, ...]] = {
        "input": INPUTS,
        "depths": tuple(map(float, knobs.depths)),
        "lags": tuple(float(lag) for lag in range(1, LARGEST_LAG + 1)),
    }
    for kind, one in measured.items():
        series[f"{kind} net"] = one.curve
        series[kind] = tuple(one.cosine(depth, knobs.lag) for depth in knobs.depths)
        series[f"{kind} by lag"] = tuple(one.cosine(knobs.depth, lag) for lag in range(1, LARGEST_LAG + 1))
        scalars[f"{kind} cosine"] = series[kind][-1]
        scalars[f"{kind} cosine, theory"] = lines[kind][-1]
        scalars[f"{kind} measured/theory"] = series[kind][-1] / lines[kind][-1]
        scalars[f"{kind} size"] = one.size(knobs.depth)
    return Frame(step, total, scalars, series, lines, event)


def _event(knobs: Knobs, measured: Measured, kind: str, depth: int) -> str:
    """Say what the curve on screen is, and which net has no claim."""
    text = f"{kind}, {depth} layer{'s' * (depth > 1)}: cosine {measured.cosine(depth, knobs.lag):.3f} at lag {knobs.lag}"
    if kind == "residual" and depth == knobs.depth:
        if knobs.residual == "naive":
            return f"{text}; naive, so no claim"
        if knobs.lag > LARGEST_RESIDUAL_LAG:
            return f"{text}; nets differ too much at this lag for a claim"
    return text


SIMULATION: Simulation[Knobs] = ShatteredGradients()
