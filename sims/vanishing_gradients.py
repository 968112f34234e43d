"""Vanishing gradients: the gradient through a plain stack and a residual one, layer by layer, from the output back."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    choice,
    number,
    whole,
)

if TYPE_CHECKING:
    import torch

NETS = 16  # independent nets, run as one batch: the curve is their median, the histogram their spread
BATCH = 16  # inputs, each with its own random cotangent, per net
SAMPLES_A_FRAME = 2**20  # random weights drawn per forward frame; measured: 4 layers of width 128 take 12 ms
KINDS = ("plain", "residual")
TOLERANCE = 0.02  # in ln per layer
MEAN_FIELD_WIDTH = 128  # below it the spread of ln RMS, about 5/(4N) per relu layer, rivals the tolerance
BINS = tuple(round(-1 + 0.1 * k, 1) for k in range(21))  # decades around the median net


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(50, 2, 100, "layers (plain) or blocks (residual)")
    gain: float = number(
        0.9, 0.5, 1.5, "relu, linear: √χ, the factor per layer; tanh, sigmoid: σ_w", step=0.05
    )
    branch: float = number(1.0, 0.0, 1.0, "α in x + αF(x)", step=0.05)
    scaling: str = choice("constant", ("constant", "inv-sqrt-L"), "inv-sqrt-L divides α by √depth")
    activation: str = choice("relu", theory.ACTIVATIONS, "φ, before each weight matrix")
    width: int = whole(128, 32, 256, "units per layer, N", step=32)

    @property
    def alpha(self) -> float:
        """α as the residual blocks use it."""
        return self.branch / math.sqrt(self.depth) if self.scaling == "inv-sqrt-L" else self.branch


@dataclass(slots=True)
class Stack:
    """One kind of net: h' = skip·h + branch·W φ(h).

    Attributes:
        h: The forward signal, (NETS, BATCH, width).
        slopes: φ'(h_l) of every layer passed, each (NETS, BATCH, width).
        cotangent: ∂L/∂h_l scaled to RMS 1 per net, (NETS, BATCH, width).
        logs: ln RMS ∂L/∂h_l of each net, from the output back: one list per layer passed.
    """

    skip: float
    branch: float
    h: torch.Tensor
    slopes: list[torch.Tensor]
    cotangent: torch.Tensor
    logs: list[list[float]]


class VanishingGradients:
    """The simulation `vanishing-gradients`."""

    header = Header(
        name="vanishing-gradients",
        title="Vanishing gradients: plain against residual",
        group="gradients",
        claim="A plain net multiplies the gradient by √χ per layer, a residual one by √(1 + α²χ): "
        "at α = 1 the cure for vanishing is an explosion.",
        formula="RMS ∂L/∂h_0 = RMS ∂L/∂h_L · ∏ √(s² + α²χ_l),  χ_l = σ_w² E[φ'(√q_l z)²]",
        symbols={
            "L": "depth",
            "h_l": "signal at layer l; h' = s·h + α·W φ(h)",
            "s": "1 with a skip, 0 without (then α = 1)",
            "α": "weight of the branch",
            "σ_w²": "N times the variance of a weight",
            "χ_l": "factor of the branch gradient's mean square",
            "q_l": "variance of h_l",
            "z": "a standard normal number",
        },
        source="Schoenholz et al. 2017, Deep Information Propagation; He et al. 2016, Identity Mappings, eq. 5",
        simplification="No biases, no norm, a random cotangent at the output in place of a loss, and weights at "
        f"initialisation. Curves are the median of {NETS} nets. The theory is for infinite width: no claim is made "
        f"below width {MEAN_FIELD_WIDTH}. Residual with tanh measures above it (at 50 blocks by 18 % of the logarithm "
        "for σ_w = 1, 60 % for 1.5), because units that kept clear of saturation stay clear, so that layers are not "
        "independent: with tanh or sigmoid the residual net has no claim and no theory line.",
        words=(
            "vanishing gradient",
            "exploding gradient",
            "gradient flow",
            "residual connection",
            "skip connection",
            "gradient highway",
            "chain rule",
            "deep network",
            "backpropagation",
            "identity",
            "saturation",
            "sigmoid",
            "0.9^50",
        ),
    )
    knobs = Knobs
    views = (
        View("profile", "Gradient by layer", "layer", "RMS ∂L/∂h", KINDS, log_y=True),
        View(
            "nets",
            f"First-layer gradient of {NETS} nets",
            "decades from the median net",
            "nets",
            ("plain nets", "residual nets"),
            x="decades",
        ),
    )
    declared_claims = (
        ClaimSpec(
            "plain-slope",
            "The plain net's gradient changes by √χ per layer (ln per layer).",
            "Schoenholz et al. 2017",
        ),
        ClaimSpec(
            "residual-slope",
            "The residual net's gradient changes by √(1 + α²χ) per block (ln per block).",
            "He et al. 2016, eq. 5; mean-field theory",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a few frames of forward pass, then one frame per layer on the way back."""
        import torch

        with torch.no_grad():
            stacks = _stacks(knobs, context)
        layers_a_frame = max(1, min(16, SAMPLES_A_FRAME // (NETS * knobs.width**2)))
        starts = range(0, knobs.depth, layers_a_frame)
        total = len(starts) + knobs.depth
        for step, start in enumerate(starts, 1):
            end = min(start + layers_a_frame, knobs.depth)
            with torch.no_grad():
                for layer in range(start, end):
                    _forward(knobs, context, stacks, layer)
            event = "forward pass first: the slopes φ' that the gradient will meet" if step == 1 else ""
            yield _frame(knobs, stacks, step, total, event)
        for step, layer in enumerate(reversed(range(knobs.depth)), 1 + len(starts)):
            with torch.no_grad():
                _backward(knobs, context, stacks, layer)
            yield _frame(knobs, stacks, step, total, _event(knobs, stacks, layer))

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the slopes, where the width is near enough to the theory's and the theory holds."""
        if knobs.width < MEAN_FIELD_WIDTH:
            return ()
        claimed = KINDS if knobs.activation in theory.HOMOGENEOUS else ("plain",)
        return tuple(
            Claim(
                spec.id,
                spec.statement,
                expected=_theory(knobs, kind)[0] / knobs.depth,
                measured=last.scalars[f"{kind} slope"],
                tolerance=TOLERANCE,
                source=spec.source,
            )
            for kind, spec in zip(KINDS, self.declared_claims, strict=True)
            if kind in claimed
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which of the two keeps the gradient near 1."""
        return Prediction(
            f"{knobs.activation}, gain {knobs.gain:g}, {knobs.depth} layers. The gradient is 1 at the output. "
            "Which net brings it nearer to 1 at layer 0?",
            choices=(*KINDS, "neither: both miss by more than 10 times"),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the nearer one in decades, or neither."""
        finals = {kind: last.scalars[kind] for kind in KINDS}
        decades = {kind: abs(last.scalars[f"{kind} slope"]) * knobs.depth / math.log(10) for kind in KINDS}
        nearest = min(KINDS, key=decades.__getitem__)
        truth = nearest if decades[nearest] <= 1 else self.prediction(knobs).choices[-1]
        return Outcome(
            truth,
            f"plain ends at {finals['plain']:.3g}, residual at {finals['residual']:.3g} (both began at 1).",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what each net did to the gradient, and what would bring the residual one to 1."""
        plain, residual = (last.scalars[f"{kind} slope"] for kind in KINDS)
        ends = {kind: last.scalars[kind] for kind in KINDS}
        return (
            f"Each plain layer multiplied the gradient by {math.exp(plain):.3g}. That is harmless once and fatal "
            f"{knobs.depth} times over: {math.exp(plain):.3g}^{knobs.depth} = {ends['plain']:.3g}.\n\n"
            f"Each residual block multiplied it by {math.exp(residual):.3g}. The skip brings 1, and the branch, with "
            f"α = {knobs.alpha:.3g}, adds its own square to it: the two are uncorrelated, so that mean squares add. "
            f"Over {knobs.depth} blocks that makes {ends['residual']:.3g}.\n\n"
            "So the skip does not hold the gradient at 1; it only keeps it from shrinking. What holds it is a branch "
            f"with α of about 1/√L, here {1 / math.sqrt(knobs.depth):.2g}: then (1 + χ/L)^(L/2) stays below √e for χ = 1."
        )


def _stacks(knobs: Knobs, context: Context) -> dict[str, Stack]:
    """Return both nets at layer 0: the same input and the same cotangent at the output."""
    from sims import nets

    shape = (NETS, BATCH, knobs.width)
    h = nets.normal(context, "input", *shape)  # (NETS, BATCH, width)
    cotangent, _ = nets.unit_rms(nets.normal(context, "cotangent", *shape))  # (NETS, BATCH, width)
    return {
        kind: Stack(skip, branch, h, [], cotangent, [[0.0] * NETS])
        for kind, skip, branch in (("plain", 0.0, 1.0), ("residual", 1.0, knobs.alpha))
    }


def _forward(knobs: Knobs, context: Context, stacks: Mapping[str, Stack], layer: int) -> None:
    """Carry both signals one layer on; where φ is homogeneous, scale is dropped, since φ' does not see it."""
    import torch

    from sims import nets

    weights = nets.layer_weights(context, layer, NETS, knobs.width, knobs.activation, knobs.gain)
    for stack in stacks.values():
        stack.slopes.append(nets.slope(knobs.activation, stack.h))
        branch = torch.bmm(nets.value(knobs.activation, stack.h), weights.mT)  # (NETS, BATCH, width)
        stack.h = stack.skip * stack.h + stack.branch * branch
        if knobs.activation in theory.HOMOGENEOUS:
            stack.h, _ = nets.unit_rms(stack.h)


def _backward(knobs: Knobs, context: Context, stacks: Mapping[str, Stack], layer: int) -> None:
    """Carry both cotangents one layer back and add up the logarithms of what they gained."""
    import torch

    from sims import nets

    weights = nets.layer_weights(context, layer, NETS, knobs.width, knobs.activation, knobs.gain)
    grown = []
    for stack in stacks.values():
        branch = stack.slopes.pop() * torch.bmm(stack.cotangent, weights)  # (NETS, BATCH, width)
        stack.cotangent, rms = nets.unit_rms(stack.skip * stack.cotangent + stack.branch * branch)
        grown.append(rms.log())
    gains: list[list[float]] = torch.stack(grown).tolist()  # (kinds, NETS)
    for stack, gain in zip(stacks.values(), gains, strict=True):
        stack.logs.append([log + more for log, more in zip(stack.logs[-1], gain, strict=True)])


def _theory(knobs: Knobs, kind: str) -> tuple[float, ...]:
    """Return ln RMS ∂L/∂h_l for l = 0..depth by mean-field theory."""
    skip, branch = (0.0, 1.0) if kind == "plain" else (1.0, knobs.alpha)
    return theory.log_gradients(knobs.activation, knobs.gain, knobs.depth, skip=skip, branch=branch)


def _frame(knobs: Knobs, stacks: Mapping[str, Stack], step: int, total: int, event: str) -> Frame:
    """Return what is known so far; layers not reached yet are NaN, which a chart leaves empty."""
    scalars: dict[str, float] = {}
    series: dict[str, tuple[float, ...]] = {"decades": BINS}
    overlay: dict[str, tuple[float, ...]] = {}
    for kind, stack in stacks.items():
        medians = [statistics.median(logs) for logs in stack.logs]
        back = len(medians) - 1
        unknown = (math.nan,) * (knobs.depth - back)
        series[kind] = unknown + tuple(math.exp(log) for log in reversed(medians))
        series[f"{kind} nets"] = _histogram(stack.logs[-1])
        predicted = _theory(knobs, kind)
        if kind == "plain" or knobs.activation in theory.HOMOGENEOUS:
            overlay[kind] = tuple(math.exp(log) for log in predicted)
        expected = predicted[knobs.depth - back]
        scalars[kind] = math.exp(medians[-1])
        scalars[f"{kind} slope"] = medians[-1] / back if back else math.nan
        scalars[f"{kind} slope, theory"] = expected / back if back else math.nan
        scalars[f"{kind} measured/theory"] = math.exp(medians[-1] - expected)
    return Frame(step, total, scalars, series, overlay, event)


def _histogram(logs: list[float]) -> tuple[float, ...]:
    """Count the nets by their distance from the median one in decades; the end bins take what lies beyond."""
    counts = [0.0] * len(BINS)
    middle = statistics.median(logs)
    for log in logs:
        place = round((log - middle) / math.log(10) * 10) + len(BINS) // 2
        counts[min(len(BINS) - 1, max(0, place))] += 1
    return tuple(counts)


def _event(knobs: Knobs, stacks: Mapping[str, Stack], layer: int) -> str:
    """Say where raw fp32 would have lost the gradient, and where a theory line is missing and why."""
    for kind, stack in stacks.items():
        before, now = (statistics.median(logs) for logs in stack.logs[-2:])
        if now < math.log(theory.SMALLEST["fp32"]) <= before:
            return f"underflow at layer {layer}: raw fp32 would hold 0 from here on ({kind}); the logarithm is carried"
    if layer == knobs.depth - 1 and knobs.width < MEAN_FIELD_WIDTH:
        return f"width {knobs.width}: too far from infinite width for a claim"
    if layer == knobs.depth - 1 and knobs.activation not in theory.HOMOGENEOUS:
        return f"residual + {knobs.activation}: mean-field theory is known to be off, so no line and no claim"
    return ""


SIMULATION: Simulation[Knobs] = VanishingGradients()
