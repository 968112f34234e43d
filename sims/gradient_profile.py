"""Gradient profile: activation and weight gradients by layer in five families of nets at initialisation."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sims import theory_profiles as profiles
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

NETS, BATCH, WIDTH = 24, 16, 256  # independent nets, run as one batch; inputs, and units, of each
DEEPEST_CLAIM = WIDTH // 5  # finite width shifts the ends by about L/N: measured 0.04 of post-LN's 0.1 at 50
DECADES = {"naive": 0.5}  # tolerance of log10 first/last
USUAL_DECADES = 0.1
INVARIANT_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    family: str = choice("pre-LN", profiles.FAMILIES, "scaled: x + F(x)/√L; naive: x + F(x)")
    what: str = choice("weight", profiles.KINDS, "which gradient the question is about; both are measured")
    depth: int = whole(50, 2, 100, "blocks, L")
    gain: float = number(1.0, 0.5, 1.5, "√χ of a branch: 1 keeps the size of what it reads", step=0.05)


@dataclass(slots=True)
class Measured:
    """What has been measured on the way back, from the output on: one value per net in each row.

    Attributes:
        activation: ln RMS ∂L/∂x, from x_L, where it is 0, to x_0.
        weight: ln ‖∂L/∂W‖, from the last block to the first.
        invariant: ⟨W, ∂L/∂W⟩, in the same order.
    """

    activation: list[list[float]] = field(default_factory=lambda: [[0.0] * NETS])
    weight: list[list[float]] = field(default_factory=list)
    invariant: list[list[float]] = field(default_factory=list)


class GradientProfile:
    """The simulation `gradient-profile`."""

    header = Header(
        name="gradient-profile",
        title="Gradient by layer in five families",
        group="gradients",
        claim="“Early layers have small gradients” is wrong for the modern default: in a pre-LN net the first block's "
        "weight gradient is √((1+L)/2) times the last one's. Without a norm all blocks have the same, however far the "
        "activations' gradients vanish or explode.",
        formula="‖∂L/∂W_l‖ ∝ RMS ∂L/∂x_l · RMS(what block l reads);   pre-LN: RMS ∂L/∂x_l ∝ √((1 + g²L)/(1 + g²l))",
        symbols={
            "L": "depth, in blocks",
            "x_l": "signal after block l; pre-LN: x + F(LN x), post-LN: LN(x + F(x))",
            "F": "the branch W relu(·), W ~ N(0, 2g²/N)",
            "g": "gain: plain g per block, naive √(1 + g²), scaled √(1 + g²/L)",
            "⟨W, ∂L/∂W⟩": "in a plain relu net the same for every layer, exactly",
        },
        source="Xiong et al. 2020 (pre- and post-LN); Du et al. 2018 (balancedness, the invariant); Shleifer et al. "
        "2021 (pre-LN, early layers larger)",
        simplification=f"At initialisation, one matrix a block, no attention, no final norm, a random cotangent in place "
        f"of a loss. Curves are the RMS over {NETS} nets of width {WIDTH}. Theory is for infinite width and misses by "
        f"about L/N: no claim on a profile is made above {DEEPEST_CLAIM} blocks. “Early small, late large” is true where "
        "the forward signal is held while gradients decay (sigmoid, some post-LN transformers). A gradient's scale is not "
        "a step's: Adam divides it out per tensor, so an uneven profile alone does not call for layer-wise rates.",
        words=(
            "gradient magnitude",
            "gradient norm",
            "early layers",
            "late layers",
            "gradient by layer",
            "weight gradient",
            "layer-wise learning rate",
            "gradient profile",
            "equalize",
            "pre-LN",
            "post-LN",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "activation", "Gradient of the activations", "layer", "RMS ∂L/∂x_l", ("activation",), log_y=True
        ),
        View(
            "weight",
            "Gradient of the weights, last block = 1",
            "block",
            "‖∂L/∂W_l‖",
            ("weight",),
            x="block",
            log_y=True,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "activation-ends",
            "The activation gradient's log10 first/last is the family's by theory (within 0.1; naive 0.5).",
            "mean-field theory; Xiong et al. 2020 for the norms",
        ),
        ClaimSpec(
            "weight-ends",
            "The weight gradient's log10 first/last is the family's by theory (within 0.1; naive 0.5).",
            "mean-field theory; Shleifer et al. 2021 for pre-LN's larger early ones",
        ),
        ClaimSpec(
            "invariant",
            "Plain relu: ⟨W_l, ∂L/∂W_l⟩ is the same in every layer (spread below 1e-3 of it).",
            "Euler's theorem on homogeneous functions; Du et al. 2018",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame per block of the forward pass, then one per block on the way back."""
        from sims.profile_stack import INVARIANT, LOG_RMS, LOG_WEIGHT, ProfileStack

        stack = ProfileStack(context, knobs.family, knobs.depth, knobs.gain, (NETS, BATCH, WIDTH))
        measured, total = Measured(), 2 * knobs.depth
        for block in range(knobs.depth):
            stack.forward(block)
            event = "forward pass first: what each block reads" if block == 0 else ""
            yield _frame(knobs, measured, block + 1, total, event)
        for block in reversed(range(knobs.depth)):
            rows: list[list[float]] = stack.backward(block).tolist()  # (3, NETS)
            measured.activation.append(rows[LOG_RMS])
            measured.weight.append(rows[LOG_WEIGHT])
            measured.invariant.append(rows[INVARIANT])
            event = _event(knobs, measured) if block == 0 else ""
            yield _frame(knobs, measured, total - block, total, event)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return both ends where the width is near enough to the theory's, and plain's invariant at every depth."""
        rows: dict[str, tuple[float, float, float]] = {}
        if knobs.depth <= DEEPEST_CLAIM:
            tolerance = DECADES.get(knobs.family, USUAL_DECADES)
            for kind in profiles.KINDS:
                name = f"{kind} first/last, log10"
                rows[f"{kind}-ends"] = (last.scalars[f"{name}, theory"], last.scalars[name], tolerance)
        if knobs.family == "plain":
            rows["invariant"] = (0.0, last.scalars["invariant spread"], INVARIANT_TOLERANCE)
        return tuple(
            Claim(spec.id, spec.statement, *rows[spec.id], spec.source)
            for spec in self.declared_claims
            if spec.id in rows
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which of a few profiles is this family's."""
        curves = profiles.distinct_profiles(knobs.what, knobs.depth, knobs.gain)
        of, last = ("activation", "output") if knobs.what == "activation" else ("weight", "last block")
        return Prediction(
            f"{knobs.family}, {knobs.depth} blocks, gain {knobs.gain:g}, at initialisation. Which profile has the "
            f"{of} gradient? It is 1 at the {last}.",
            choices=tuple(_name(curve) for curve in curves),
            curves=tuple(tuple(map(math.exp, curve)) for curve in curves),
            view=knobs.what,
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the profile that the measured one is nearest to, and the families that share it."""
        curves = profiles.distinct_profiles(knobs.what, knobs.depth, knobs.gain)
        measured = [math.log(value) for value in last.series[knobs.what]]
        place = profiles.nearest(measured, curves)
        alike = [
            family
            for family in profiles.FAMILIES
            if profiles.nearest(profiles.profile(knobs.what, family, knobs.depth, knobs.gain), curves)
            == place
        ]
        others = ", ".join(alike) or "none of the five"
        first = last.scalars[f"{knobs.what} first"]
        return Outcome(
            _name(curves[place]), f"the first was {first:.3g} times the last; so by theory: {others}."
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return where each of the two profiles comes from, and what does not follow from it."""
        s = last.scalars
        parts = [
            (
                f"Down to the input the {knobs.family} net's activation gradient became {s['activation first']:.3g} times "
                f"the output's (theory {10 ** s['activation first/last, log10, theory']:.3g}). {_ACTIVATION[knobs.family]}"
            ),
            (
                f"The first block's weight gradient was {s['weight first']:.3g} times the last one's (theory "
                f"{10 ** s['weight first/last, log10, theory']:.3g}). {_WEIGHT[knobs.family]}"
            ),
        ]
        if knobs.family == "plain":
            parts.append(
                "That is more than an average: scaling W_l scales the output, so ⟨W_l, ∂L/∂W_l⟩ is the output's own "
                f"⟨x_L, ∂L/∂x_L⟩ for every layer. Its spread over {knobs.depth} layers was {s['invariant spread']:.1e}."
            )
        parts.append(
            "What does not follow is that layers need learning rates of their own: Adam divides each tensor's gradient "
            "by its own size, so a profile, however steep, cancels in its steps."
        )
        return "\n\n".join(parts)


_ACTIVATION = {
    "plain": "Each layer multiplies it by the gain.",
    "naive": "Each block adds the branch's square to the skip's 1, so it explodes.",
    "scaled": "1/√L leaves L blocks of 1 + g²/L: close to even, which is what residuals without a scale are not.",
    "pre-LN": "The norm divides by a stream that grows, so early blocks, where it is small, amplify most.",
    "post-LN": "The norm divides out what the branch brings, so it stays even here; with attention it need not.",
}
_WEIGHT = {
    "plain": "Where the signal has grown the gradient has shrunk by as much, and the product is the same.",
    "naive": "The activations' explosion does not show: what grows backward was small forward.",
    "scaled": "So is every other block's: a scaled residual net does equalise its weight gradients.",
    "pre-LN": "All blocks read a normed signal of the same size, so the activations' larger early gradient stays: early "
    "layers have the larger gradients, not the smaller.",
    "post-LN": "Behind a norm all blocks read the same size, and the activation gradient is even.",
}


def _name(curve: Sequence[float]) -> str:
    """Return what a profile is called: by its first value, the last being 1; short, for it stands below a small chart."""
    if abs(curve[0]) < profiles.DISTINCT / 2:
        return "flat"
    first = math.exp(curve[0])
    words = f"{first:.0f}" if 10 <= first < 1e4 else f"{first:.2g}"
    return f"first {re.sub(r'e([+-])0*', lambda power: 'e' + power[1].strip('+'), words)}"


def _rms(logs: Sequence[float]) -> float:
    """Return ln of the RMS over nets whose own RMS have these logarithms."""
    top = max(logs)
    return top + 0.5 * math.log(math.fsum(math.exp(2 * (log - top)) for log in logs) / len(logs))


def _spread(rows: Sequence[Sequence[float]]) -> float:
    """Return how far the invariant strays over layers in the worst net, over its RMS in all nets."""
    size = math.sqrt(math.fsum(value**2 for row in rows for value in row) / (len(rows) * NETS))
    by_net: list[tuple[float, ...]] = list(zip(*rows, strict=True))
    return max(max(values) - min(values) for values in by_net) / size


def _frame(knobs: Knobs, measured: Measured, step: int, total: int, event: str) -> Frame:
    """Return both profiles as far back as they are known, under the theory's."""
    activation = [_rms(row) for row in reversed(measured.activation)]
    weight = [_rms(row) for row in reversed(measured.weight)]
    passed = len(weight)
    unknown = (math.nan,) * (knobs.depth - passed)
    scalars: dict[str, float] = {}
    expected = {
        kind: profiles.profile(kind, knobs.family, knobs.depth, knobs.gain) for kind in profiles.KINDS
    }
    for kind, logs in (("activation", activation), ("weight", weight)):
        first = logs[0] - logs[-1] if logs and passed else math.nan
        theory = expected[kind][len(expected[kind]) - len(logs)] if logs else math.nan
        scalars[f"{kind} first"] = math.exp(first)
        scalars[f"{kind} first/last, log10"] = first / math.log(10)
        scalars[f"{kind} first/last, log10, theory"] = theory / math.log(10)
        scalars[f"{kind} measured/theory"] = math.exp(first - theory)
    if knobs.family == "plain":
        scalars["invariant spread"] = _spread(measured.invariant) if passed else math.nan
    series = {
        "activation": (*unknown, *map(math.exp, activation)),
        "weight": (*unknown, *(math.exp(log - weight[-1]) for log in weight)),
        "block": tuple(float(block) for block in range(1, knobs.depth + 1)),
    }
    overlay = {kind: tuple(map(math.exp, curve)) for kind, curve in expected.items()}
    return Frame(step, total, scalars, series, overlay, event)


def _event(knobs: Knobs, measured: Measured) -> str:
    """Say whether early layers have the small gradients, or why nothing is claimed."""
    if knobs.depth > DEEPEST_CLAIM:
        return f"{knobs.depth} blocks: too deep at width {WIDTH} for a claim on the profiles"
    decades = (_rms(measured.weight[-1]) - _rms(measured.weight[0])) / math.log(10)
    if abs(decades) < USUAL_DECADES:
        return "early layers small? no: all blocks' weight gradients are alike"
    return (
        f"early layers small? no: the first block's weight gradient is {10**decades:.2g} times the last one's"
    )


SIMULATION: Simulation[Knobs] = GradientProfile()
