"""One-step change: how much one gradient step moves the output, for five ways to start a residual net, by depth."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sims import theory_one_step
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

NETS = 12  # independent nets per depth: every trace is their median
BATCH = 16  # inputs of a net, each with its own random cotangent: a net's trace is their mean
CURES = ("init-scale", "multiplier", "fixup", "rezero")
SCHEMES = (*CURES, "naive")
TOLERANCE = 0.25  # of the exponent
# The exponents are those of large L. (1 + 1/L)^(L−1) still rises to e: over 4 to 16 blocks that alone adds .17.
LEAST_DEEPEST = 32
GROWS = 0.5  # an exponent above it counts as growth with depth
PAIRS = {
    "init-scale and multiplier: both hold the forward pass": {"init-scale", "multiplier"},
    "multiplier and Fixup": {"multiplier", "fixup"},
    "Fixup and ReZero: both start with F = 0": {"fixup", "rezero"},
    "all four": set(CURES),
}
OTHER = "another set"


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    deepest: str = choice("64", ("16", "32", "64"), "blocks of the deepest nets; depths double from 4 on")
    width: int = whole(64, 32, 128, "units, N", step=32)
    power: float = number(0.5, 0.5, 1.0, "p: init-scale and multiplier use 1/L^p", step=0.1)

    @property
    def depths(self) -> tuple[int, ...]:
        """The depths that are measured: 4, 8, ... up to the deepest."""
        return tuple(4 * 2**k for k in range(5) if 4 * 2**k <= int(self.deepest))

    def theory(self, scheme: str, depth: int) -> float:
        """Return the closed form of the trace."""
        match scheme:
            case "init-scale":
                return theory_one_step.init_scale(depth, self.width, self.power)
            case "multiplier":
                return theory_one_step.multiplier(depth, self.width, self.power)
            case "fixup":
                return theory_one_step.fixup(self.width)
            case "rezero":
                return theory_one_step.rezero(depth)
            case _:
                return theory_one_step.naive(depth, self.width)


@dataclass(frozen=True, slots=True)
class Start:
    """How a scheme starts a block x' = x + a·V relu(W x): what is drawn how large, and what is learned.

    Attributes:
        inner: Standard deviation of W relative to √(2/N).
        outer: That of V relative to √(1/N).
        multiplier: a.
        learned: Whether a is a parameter.
    """

    inner: float
    outer: float
    multiplier: float
    learned: bool = False


class OneStepChange:
    """The simulation `one-step-change`."""

    header = Header(
        name="one-step-change",
        title="One-step change: initial scale is not a multiplier",
        group="scale",
        claim="Branch weights that start 1/√L smaller and a branch multiplied by 1/√L compute the same function at "
        "first; one gradient step moves the first further, by a factor that grows as L.",
        formula="Δf = −η·∂ℓ/∂f·Θ,  Θ = Σ (∂f/∂θ)²:  init-scale ∝ L,  multiplier ∝ 1,  Fixup N,  ReZero L",
        symbols={
            "L": "depth, in residual blocks x' = x + a·V relu(W x)",
            "N": "width",
            "a": "multiplier of the branch: 1, or 1/√L (scheme multiplier), or learned from 0 (ReZero)",
            "W, V": "N(0, 2/N), N(0, 1/N); init-scale draws V 1/√L smaller, Fixup V = 0 and W 1/√L smaller",
            "Θ": "the neural tangent kernel at one input: what a step of rate 1 would change, to first order",
            "η": "learning rate",
        },
        source="Yang et al. 2023, Tensor Programs VI (depth-μP); Bordelon et al. 2023; Zhang et al. 2019 (Fixup); "
        "Bachlechner et al. 2020 (ReZero)",
        simplification=f"The median of {NETS} nets, each the mean over {BATCH} inputs. Gradient descent on one example, "
        "one rate for all parameters, at initialisation; input and output layers are left out, as are Fixup's scalar "
        "biases and multipliers. ReZero's only movers at first are its L scalars: its Θ is small and grows like L. "
        "The closed forms are means over weights at any width; at 64 blocks naive nets spread a hundredfold, so that "
        "their median lies below the mean and nothing is claimed of them.",
        words=(
            "initialization",
            "1/sqrt(L)",
            "branch scaling",
            "scaled residual",
            "multiplier",
            "depth-muP",
            "depth-μP",
            "Fixup",
            "ReZero",
            "SkipInit",
            "learning rate",
            "hyperparameter transfer",
            "neural tangent kernel",
            "GPT-2",
            "update size",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "trace",
            "What one step changes, by depth",
            "blocks",
            "Θ",
            CURES,
            x="depths",
            log_x=True,
            log_y=True,
        ),
        View(
            "ratio",
            "Measured over theory at the deepest",
            "scheme",
            "ratio",
            tuple(f"{scheme} / theory" for scheme in SCHEMES),
            kind=ViewKind.BARS,
        ),
        View("naive", "The same with nothing scaled", "blocks", "Θ", ("naive",), x="depths", log_y=True),
    )
    declared_claims = (
        ClaimSpec(
            "init-scale-exponent",
            "Initial weights 1/L^p smaller: the one-step change grows as L.",
            "Yang et al. 2023; Bordelon et al. 2023",
        ),
        ClaimSpec(
            "multiplier-exponent",
            "A multiplier of 1/L^p on the branch: it goes as L^(1−2p), so L^0 at p = ½.",
            "Yang et al. 2023; Bordelon et al. 2023",
        ),
        ClaimSpec("fixup-exponent", "Fixup: it does not depend on L.", "Zhang et al. 2019"),
        ClaimSpec(
            "rezero-exponent", "ReZero: it grows as L, from L scalars at 0.", "Bachlechner et al. 2020"
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame for each net and depth, all schemes at once."""
        import torch

        traces: dict[int, list[list[float]]] = {depth: [] for depth in knobs.depths}
        total = NETS * len(knobs.depths)
        for net in range(NETS):
            for place, depth in enumerate(knobs.depths, 1):
                with torch.no_grad():
                    traces[depth].append(_traces(knobs, context, net, depth))
                step = net * len(knobs.depths) + place
                yield _frame(knobs, traces, step, total, _event(knobs, step, total))

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return each cure's exponent for deep nets; the naive net has none, since it grows exponentially."""
        if int(knobs.deepest) < LEAST_DEEPEST:
            return ()
        expected = (1.0, 1 - 2 * knobs.power, 0.0, 1.0)
        return tuple(
            Claim(
                spec.id,
                spec.statement,
                exponent,
                last.scalars[f"{scheme} exponent"],
                TOLERANCE,
                spec.source,
            )
            for scheme, spec, exponent in zip(CURES, self.declared_claims, expected, strict=True)
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which schemes' change does not grow."""
        factor = "1/√L" if knobs.power == 0.5 else f"1/L^{knobs.power:g}"
        return Prediction(
            f"A residual net of L blocks takes one gradient step. Branches start {factor} smaller (init-scale), are "
            f"multiplied by {factor} (multiplier), or start at 0 (Fixup: last layer 0; ReZero: learned factor 0). For "
            "which does the change of the output NOT grow with L?",
            choices=(*PAIRS, OTHER),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the schemes whose measured exponent stays below the bound."""
        exponents = {scheme: last.scalars[f"{scheme} exponent"] for scheme in CURES}
        still = {scheme for scheme, exponent in exponents.items() if exponent < GROWS}
        truth = next((words for words, schemes in PAIRS.items() if schemes == still), OTHER)
        listed = ", ".join(f"{scheme} L^{exponent:.2f}" for scheme, exponent in exponents.items())
        return Outcome(truth, f"Over {knobs.depths[0]} to {knobs.deepest} blocks: {listed}.")

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return why the same forward pass can hide an L times larger step, and what starting at 0 does."""
        ends = {scheme: last.series[scheme][-1] for scheme in SCHEMES}
        exponents = {scheme: last.scalars[f"{scheme} exponent"] for scheme in CURES}
        return (
            f"init-scale and multiplier compute the same function at first. One step of the same rate then changes it "
            f"by {ends['init-scale']:.4g} and by {ends['multiplier']:.4g} (per unit of rate, at {knobs.deepest} blocks): "
            f"a ratio of {ends['init-scale'] / ends['multiplier']:.3g}. Fitted exponents over depth: "
            f"{exponents['init-scale']:.2f} and {exponents['multiplier']:.2f}.\n\n"
            "A multiplier a meets every later update too: the gradient of V holds a once, and so does what V's update "
            "adds to the output, a² in all, for L blocks. Smaller initial weights leave the gradient of V, and what its "
            "update adds, at full size, and L blocks add up.\n\n"
            f"Fixup starts with V = 0, so that only V moves, and scales W by 1/√L, which V's gradient sees: "
            f"{ends['fixup']:.3g} at {knobs.deepest} blocks, exponent {exponents['fixup']:.2f}. ReZero also starts at "
            f"F = 0 and its L scalars all move: exponent {exponents['rezero']:.2f}, from a small start "
            f"({ends['rezero']:.3g}).\n\n"
            f"With nothing scaled the step changes the output by {ends['naive']:.3g}: no single rate suits several depths. "
            "A rate tuned on a shallow net carries over to a deep one only where the exponent is 0."
        )


def _start(scheme: str, knobs: Knobs, depth: int) -> Start:
    """Return how this scheme starts a net of this depth; Fixup's exponent is that of two layers a branch."""
    scaled = float(depth**-knobs.power)
    match scheme:
        case "init-scale":
            return Start(1.0, scaled, 1.0)
        case "multiplier":
            return Start(1.0, 1.0, scaled)
        case "fixup":
            return Start(1 / math.sqrt(depth), 0.0, 1.0)
        case "rezero":
            return Start(1.0, 1.0, 0.0, learned=True)
        case _:
            return Start(1.0, 1.0, 1.0)


def _traces(knobs: Knobs, context: Context, net: int, depth: int) -> list[float]:
    """Return Θ of one net under every scheme, the mean over its inputs; the schemes share what is drawn."""
    from sims import nets

    width, stream = knobs.width, f"{net}/{depth}"
    drawn = nets.normal(context, f"{stream}/weights", depth, 2, width, width, scale=1 / math.sqrt(width))
    x = nets.normal(context, f"{stream}/input", BATCH, width)
    cotangent = nets.normal(context, f"{stream}/cotangent", BATCH, width, scale=1 / math.sqrt(width))
    starts = [_start(scheme, knobs, depth) for scheme in SCHEMES]
    traces: list[float] = traces_of(starts, drawn, x, cotangent).mean(dim=1).tolist()  # (schemes,)
    return traces


def traces_of(
    starts: list[Start], drawn: torch.Tensor, x: torch.Tensor, cotangent: torch.Tensor
) -> torch.Tensor:
    """Return Θ of every scheme and input, by one hand-written pass back: (schemes, BATCH).

    A weight matrix's gradient at one input is an outer product, so its square is a product of two squared norms.

    Args:
        drawn: W/√2 and V before scaling, (depth, 2, N, N).
        x: (BATCH, N).
        cotangent: ∂f/∂x_L, (BATCH, N).
    """
    import torch

    def column(values: list[float]) -> torch.Tensor:
        return torch.tensor(values, device=x.device)[:, None, None]  # (schemes, 1, 1)

    inner = column([math.sqrt(2) * start.inner for start in starts])
    outer, a = column([start.outer for start in starts]), column([start.multiplier for start in starts])
    learned = column([float(start.learned) for start in starts]).flatten(1)  # (schemes, 1)
    fixed = 1 - learned * (a.flatten(1) == 0)  # where a = 0 no gradient reaches W and V
    x = x.expand(len(starts), -1, -1)
    passed = []
    for w, v in drawn:
        hidden = torch.relu(inner * (x @ w.mT))  # (schemes, BATCH, N)
        branch = outer * (hidden @ v.mT)
        passed.append((x, hidden, branch))
        x = x + a * branch
    delta = cotangent.expand_as(x)  # (schemes, BATCH, N)
    total = torch.zeros(x.shape[:2], device=x.device)
    for (w, v), (x, hidden, branch) in zip(reversed(drawn.unbind()), reversed(passed), strict=True):
        to_v = a * delta
        to_w = (hidden > 0) * (outer * (to_v @ v))
        total += fixed * (_square(to_v) * _square(hidden) + _square(to_w) * _square(x))
        total += learned * (delta * branch).sum(dim=-1).square()
        delta = delta + inner * (to_w @ w)
    return total


def _square(x: torch.Tensor) -> torch.Tensor:
    """Return the squared norm along the last axis: (schemes, BATCH)."""
    return x.square().sum(dim=-1)


def _slope(depths: tuple[int, ...], traces: tuple[float, ...]) -> float:
    """Return the exponent: the slope of ln Θ over ln L; NaN before every depth is measured."""
    if not all(trace > 0 for trace in traces):
        return math.nan
    return statistics.linear_regression([math.log(d) for d in depths], [math.log(t) for t in traces]).slope


def _frame(knobs: Knobs, traces: dict[int, list[list[float]]], step: int, total: int, event: str) -> Frame:
    """Return every scheme's median trace by depth, its exponent, and its ratio to the closed form."""
    scalars: dict[str, float] = {}
    series: dict[str, tuple[float, ...]] = {"depths": tuple(map(float, knobs.depths))}
    overlay: dict[str, tuple[float, ...]] = {}
    for place, scheme in enumerate(SCHEMES):
        series[scheme] = tuple(
            statistics.median(net[place] for net in known) if known else math.nan for known in traces.values()
        )
        overlay[scheme] = tuple(knobs.theory(scheme, depth) for depth in knobs.depths)
        ratio = series[scheme][-1] / overlay[scheme][-1]
        series[f"{scheme} / theory"] = (ratio,)
        scalars[f"{scheme} measured/theory"] = ratio
        if scheme in CURES:
            scalars[f"{scheme} exponent"] = _slope(knobs.depths, series[scheme])
            scalars[f"{scheme} exponent, theory"] = _slope(knobs.depths, overlay[scheme])
    return Frame(step, total, scalars, series, overlay, event)


def _event(knobs: Knobs, step: int, total: int) -> str:
    """Say what is measured, and at the end what is not claimed and why."""
    if step == 1:
        return "Θ = Σ (∂f/∂θ)²: what a gradient step of rate 1 would change of the output, to first order"
    if step == total and int(knobs.deepest) < LEAST_DEEPEST:
        return f"{knobs.deepest} blocks are too few for the exponents of large L: no claims"
    if step == total:
        return "naive: its median net lies below the theory's mean (wide spread): no claim"
    return ""


SIMULATION: Simulation[Knobs] = OneStepChange()
