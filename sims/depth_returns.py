"""Depth's returns: what more blocks still bring, in trained nets and in published ones."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims.parameter_counts import LLAMAS, RESNETS, resnet
from sims.protocol import (
    Batched,
    Claim,
    ClaimSpec,
    Context,
    Frame,
    Header,
    Outcome,
    Prediction,
    View,
    number,
    whole,
)

if TYPE_CHECKING:
    from sims.sweep import Standing, Sweep

DEPTHS = (1, 2, 4, 8, 16, 32)
EARLY, LATE = DEPTHS.index(8), DEPTHS.index(32)
NETS = 5  # for each depth and seed: single nets' losses at 8 blocks go from 0.002 to 0.46
RATE, STEPS_A_FRAME = 3e-3, 2
CHANCE = math.log(2)
TOP_1 = {18: 27.88, 34: 25.03, 50: 22.85, 101: 21.75, 152: 21.43}
"""ImageNet top-1 error in per cent, 10-crop (He et al. 2015, Tables 2 and 3)."""
MODELS = tuple(LLAMAS.values())


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    turns: float = number(2.5, 1.0, 3.5, "how often the spirals wind: the task's difficulty", step=0.5)
    steps: int = whole(200, 50, 300, "training steps", step=50)


@dataclass(slots=True)
class Record:
    """One seed's losses and accuracies by depth, each the mean over its nets, and how the loss of each depth fell."""

    losses: list[float] = field(default_factory=lambda: [math.nan] * len(DEPTHS))
    accuracies: list[float] = field(default_factory=lambda: [math.nan] * len(DEPTHS))
    curves: list[list[float]] = field(default_factory=lambda: [[] for _ in DEPTHS])


class DepthReturns:
    """The simulation `depth-returns`."""

    header = Header(
        name="depth-returns",
        title="Depth's returns: what do more blocks bring?",
        group="depth",
        claim="Residual nets of any of these depths train, but more depth brings less and less: most of the gain comes "
        "with the first eight blocks. In published ResNets the same bend lies between 34 and 101 layers.",
        formula="x ← x + W φ(LN x)/√L, L = 1 … 32;  ResNet-L: top-1 error 27.9, 25.0, 22.9, 21.8, 21.4 %",
        symbols={
            "L": "blocks; in the published nets, weighted layers",
            "W": "32 × 32 matrix, N(0, 2/32)",
            "φ": "relu",
        },
        source="He et al. 2015, Tables 2-3 (ImageNet, 10-crop); Touvron et al. 2023a, Table 2, and 2023b (LLaMA); "
        "parameters counted from the published shapes",
        simplification=f"Two spirals, the same number of steps for every depth, the mean of {NETS} nets. Where returns "
        "end is a property of the task and of the training: fewer turns end them sooner. From 8 blocks on single nets "
        "differ more among themselves than depths do, so their order says nothing. Points are those trained on.",
        words=(
            "diminishing returns",
            "how deep",
            "depth limit",
            "ResNet-152",
            "LLaMA",
            "number of layers",
            "smaller gains",
            "scaling",
            "96 layers",
        ),
    )
    knobs = Knobs
    views = (
        View("loss", "Loss after training", "blocks", "nats", ("loss",), x="blocks", log_x=True),
        View("accuracy", "Right after training", "blocks", "share", ("accuracy",), x="blocks", log_x=True),
        View("training", "Loss while training", "step", "nats", tuple(f"L = {d}" for d in DEPTHS), x="step"),
        View(
            "imagenet",
            "ResNets on ImageNet, published",
            "layers",
            "top-1 error, %",
            ("top-1 error",),
            x="layers",
        ),
        View(
            "llama",
            "LLaMA models, counted",
            "billion parameters",
            "times the smallest",
            ("depth", "width"),
            x="billions",
            log_x=True,
            log_y=True,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "early-gain",
            "From 1 to 8 blocks the mean loss falls by 0.15 to 0.65 nats.",
            "measured for this simulation",
        ),
        ClaimSpec(
            "late-gain",
            "From 8 to 32 blocks it changes by less than 0.2, up or down.",
            "measured for this simulation; He et al. 2015 for the same bend in ResNets",
        ),
        ClaimSpec(
            "llama-depth",
            "From 7B to Llama-2's 70B depth grows 2.5-fold, parameters 10.24-fold.",
            "Touvron et al. 2023a, Table 2; 2023b",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a frame for every few steps of all nets' training."""
        return (frame for (frame,) in self.run_seeds(knobs, (context,)))

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds, whose nets train as one batch."""
        members = [Context(NETS * c.seed + net, c.device) for c in contexts for net in range(NETS)]
        records = [Record() for _ in contexts]
        standings = _sweep(knobs, members).standings(knobs.steps, STEPS_A_FRAME, RATE)
        for step, standing in enumerate(standings, 1):
            for place, record in enumerate(records):
                _note(record, standing[NETS * place : NETS * (place + 1)])
            yield tuple(_frame(knobs, record, step) for record in records)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the gains at the default task and length, and the count, which no knob touches."""
        early, late, llama = self.declared_claims
        s = last.scalars
        found = []
        if knobs == Knobs():
            found.append(Claim(early.id, early.statement, 0.4, s["gain, 1 to 8"], 0.25, early.source))
            found.append(Claim(late.id, late.statement, 0.0, s["gain, 8 to 32"], 0.2, late.source))
        found.append(Claim(llama.id, llama.statement, 10.24, s["70B over 7B"], 0.005, llama.source))
        return tuple(found)

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask for the loss at each depth."""
        return Prediction(
            f"Residual nets of 1 to 32 blocks learn spirals of {knobs.turns:g} turns in {knobs.steps} steps. Which loss "
            "does each end with? (Guessing is 0.69.)",
            unit="nats",
            bars=tuple(f"{depth} block{'s' * (depth > 1)}" for depth in DEPTHS),
            low=0.0,
            high=0.8,
            view="loss",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:  # noqa: ARG002 - the protocol's signature
        """Return the losses."""
        s = last.scalars
        return Outcome(
            last.series["loss"],
            f"1 to 8 blocks gained {s['gain, 1 to 8']:.2f} nats, 8 to 32 {s['gain, 8 to 32']:+.2f}: depth that the task "
            "does not need only makes training harder.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return where the gain came from and what published nets show."""
        s, losses = last.scalars, last.series["loss"]
        listed = ", ".join(f"{depth}: {loss:.2f}" for depth, loss in zip(DEPTHS, losses, strict=True))
        seven, seventy = MODELS[0], MODELS[-1]
        return (
            f"Mean loss by blocks: {listed}. One block draws a few folds through the plane and cannot follow "
            f"{knobs.turns:g} turns; each doubling lets the net fold what it folded before. From 8 on it can, and the "
            f"change to 32 is {s['gain, 8 to 32']:+.2f}, within what nets of one depth differ by.\n\n"
            "All of them trained: the skip makes depth possible. Whether it pays is another question, and one of "
            "the task. With fewer turns the bend comes sooner.\n\n"
            f"ResNets on ImageNet, as published: {TOP_1[18] - TOP_1[50]:.1f} points from 18 to 50 layers, "
            f"{TOP_1[50] - TOP_1[152]:.1f} from 50 to 152, for {resnet(152) / resnet(50):.2f} times the parameters. "
            f"Language models spend on width as well: from LLaMA-1 7B to Llama-2 70B {s['70B over 7B']:.2f} times the "
            f"parameters are {seventy.layers / seven.layers:g} times the depth and "
            f"{(seventy.width / seven.width) ** 2:g} times the square of the width (a wider FFN adds, shared keys and "
            "values take away)."
        )


def _sweep(knobs: Knobs, members: Sequence[Context]) -> Sweep:
    """Return a stack for each depth: NETS nets for each seed."""
    from sims.stack import Blocks, Stack
    from sims.sweep import Sweep

    stacks = [
        Stack(members, Blocks(depth), [[1.0] * depth], [[1 / math.sqrt(depth)] * depth], stream=f"{depth}")
        for depth in DEPTHS
    ]
    return Sweep(stacks, members, knobs.turns)


def _note(record: Record, standings: Sequence[Standing]) -> None:
    """Take the means over one seed's nets."""
    for place in range(len(DEPTHS)):
        loss = statistics.mean(standing.losses[place][0] for standing in standings)
        record.losses[place] = loss
        record.accuracies[place] = statistics.mean(standing.accuracies[place][0] for standing in standings)
        record.curves[place].append(loss)


def _frame(knobs: Knobs, record: Record, step: int) -> Frame:
    """Return what one seed's nets have come to, beside what was published."""
    smallest = MODELS[0]
    pauses = math.ceil(knobs.steps / STEPS_A_FRAME)
    series: dict[str, tuple[float, ...]] = {
        "blocks": tuple(map(float, DEPTHS)),
        "loss": tuple(record.losses),
        "accuracy": tuple(record.accuracies),
        "step": (*(float(STEPS_A_FRAME * pause) for pause in range(pauses)), float(knobs.steps)),
        **{f"L = {depth}": tuple(curve) for depth, curve in zip(DEPTHS, record.curves, strict=True)},
        "layers": tuple(map(float, RESNETS)),
        "top-1 error": tuple(TOP_1[depth] for depth in RESNETS),
        "billions": tuple(model.total / 1e9 for model in MODELS),
        "depth": tuple(model.layers / smallest.layers for model in MODELS),
        "width": tuple(model.width / smallest.width for model in MODELS),
    }
    losses = record.losses
    scalars = {
        "gain, 1 to 8": losses[0] - losses[EARLY],
        "gain, 8 to 32": losses[EARLY] - losses[LATE],
        "70B over 7B": MODELS[-1].total / smallest.total,
        **{f"loss, L = {depth}": loss for depth, loss in zip(DEPTHS, losses, strict=True)},
    }
    # What guessing costs, and by how much both would grow were parameters spent on width and depth alike (12·L·d²).
    balanced = tuple((model.total / smallest.total) ** (1 / 3) for model in MODELS)
    overlay = {"loss": (CHANCE,) * len(DEPTHS), "depth": balanced}
    return Frame(step, pauses + 1, scalars, series, overlay, _event(knobs, step, pauses + 1))


def _event(knobs: Knobs, step: int, total: int) -> str:
    """Say what begins, and what the end does not show."""
    if step == 1:
        return f"training {NETS} nets of each depth on spirals of {knobs.turns:g} turns"
    if step == total:
        return "from 8 blocks on, which depth is best changes with the seed"
    return ""


SIMULATION: Batched[Knobs] = DepthReturns()
