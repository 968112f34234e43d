"""Learning the identity: which nets find y = x, and how far from it they begin."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sims import theory
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
    choice,
    number,
    whole,
)

if TYPE_CHECKING:
    import torch

    from sims.nets import Adam
    from sims.stack import Stack

ARMS = ("plain", "naive", "inv-sqrt-L", "zero")
DEPTHS = (2, 4, 8, 16, 32)
DEEPEST = DEPTHS[-1]
STEPS, STEPS_A_FRAME, BATCH, TESTED = 150, 2, 64, 512
TIMES_WORSE = 50.0
START_TOLERANCE = 0.25  # of ln MSE
MEAN_FIELD_WIDTH = 32  # below it single seeds stray: at width 16 by up to 0.4 of ln MSE


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    deepest: int = whole(DEEPEST, 2, DEEPEST, "blocks of the deepest net; 2, 4, 8, ... are trained beside it")
    activation: str = choice("tanh", ("tanh", "relu", "linear"), "φ in W·φ(x)")
    rate: float = number(0.003, 0.001, 0.01, "Adam's learning rate", step=0.001)
    width: int = whole(16, 4, 64, "units, N", step=4)

    @property
    def depths(self) -> tuple[int, ...]:
        """The depths that are trained."""
        return (*(depth for depth in DEPTHS if depth < self.deepest), self.deepest)

    @property
    def is_usual(self) -> bool:
        """Whether the nets are those that the claims about training are made of."""
        return self == Knobs()


@dataclass(slots=True)
class Record:
    """One seed's mean square errors: at the start by depth, now by depth, and the deepest nets' after each few steps."""

    start: dict[str, list[float]] = field(default_factory=lambda: {arm: [] for arm in ARMS})
    now: dict[str, list[float]] = field(default_factory=lambda: {arm: [] for arm in ARMS})
    deepest: dict[str, list[float]] = field(default_factory=lambda: {arm: [] for arm in ARMS})


class LearningIdentity:
    """The simulation `learning-identity`."""

    header = Header(
        name="learning-identity",
        title="Learning y = x",
        group="depth",
        claim="A deep plain net does not find the identity; a residual one begins near it, but only where its branch is "
        "scaled or begins at zero. Unscaled, it begins farther away than the plain net.",
        formula="plain y = F_L∘…∘F_1(x);  residual x ← x + α·W φ(x);  loss = mean (y − x)²",
        symbols={
            "F_l": "W·φ(x), W ~ N(0, σ²/N): σ² = 1, for relu 2",
            "α": "1 (naive), 1/√L (inv-sqrt-L); zero: W begins at 0",
            "x": "N(0, 1) in every unit, a new batch for every step",
        },
        source="He et al. 2015, section 3.1 (the conjecture); Hardt & Ma 2016; Zagoruyko & Komodakis 2017 (DiracNets: a "
        "plain net with identity initialisation)",
        simplification="One matrix a block, no norm, no bias, 150 steps of Adam. The theory of the start is for "
        f"infinite width; nothing is claimed of it below {MEAN_FIELD_WIDTH}. Depth 1 is left out: one layer learns "
        "y = x, but needs more than these steps to move its weights there. And it is no law of plain nets: with the "
        "identity as its initial weights a deep one begins at y = x. What fails is depth from a standard "
        "initialisation.",
        words=(
            "identity",
            "identity mapping",
            "delta",
            "refinement",
            "F(x) = 0",
            "starts near 0",
            "zero initialisation",
            "easier optimization",
            "optimisation",
        ),
    )
    knobs = Knobs
    views = (
        View("depth", "Error after training", "blocks", "MSE", ARMS, x="blocks", log_x=True, log_y=True),
        View(
            "loss",
            "Error of the deepest nets",
            "step",
            "MSE",
            tuple(f"{arm} loss" for arm in ARMS),
            x="step",
            log_y=True,
        ),
        View(
            "start",
            "Error before training",
            "blocks",
            "MSE",
            tuple(f"{arm} start" for arm in ARMS),
            x="blocks",
            log_x=True,
            log_y=True,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "plain-worsens",
            "Each doubling of a plain tanh net's depth, from 2 to 32, leaves a larger error (4 of 4).",
            "He et al. 2015, section 3.1; measured for this simulation",
        ),
        ClaimSpec(
            "scaled-wins",
            "At 32 blocks the plain net's error is at least 50 times that of x + F/√L (decades).",
            "measured for this simulation",
        ),
        ClaimSpec(
            "zero-exact", "A branch that begins at 0 is the identity: error 0.", "Bachlechner et al. 2020"
        ),
        ClaimSpec(
            "naive-start",
            "Unscaled, the deepest tanh net begins with the error that its branches add up to (ln).",
            "mean-field theory: the branches' variances add",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield frames of the training of all nets at once."""
        return (frame for (frame,) in self.run_seeds(knobs, (context,)))

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds in one batch."""
        records = [Record() for _ in contexts]
        total = 1 + math.ceil(STEPS / STEPS_A_FRAME)
        for step, event in enumerate(_train(knobs, contexts, records), 1):
            yield tuple(_frame(knobs, record, step, total, event) for record in records)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return what is claimed of these settings; about training, of the defaults alone."""
        worsens, wins, exact, start = self.declared_claims
        s = last.scalars
        found = []
        if knobs.is_usual:
            rises = float(sum(a < b for a, b in pairwise(last.series["plain"])))
            found.append(Claim(worsens.id, worsens.statement, 4.0, rises, 0.0, worsens.source))
            decades = math.log10(s["plain"] / s["inv-sqrt-L"])
            least = math.log10(TIMES_WORSE)
            found.append(Claim(wins.id, wins.statement, least + 1, decades, 1.0, wins.source))
        found.append(Claim(exact.id, exact.statement, 0.0, s["zero at start"], 0.0, exact.source))
        if knobs.activation == "tanh" and knobs.width >= MEAN_FIELD_WIDTH:
            expected, measured = (
                math.log(_start(knobs, "naive", knobs.deepest)),
                math.log(s["naive at start"]),
            )
            found.append(Claim(start.id, start.statement, expected, measured, START_TOLERANCE, start.source))
        return tuple(found)

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask who is nearest to the identity after training."""
        return Prediction(
            f"Three nets of {knobs.deepest} {knobs.activation} blocks from a standard initialisation learn y = x for "
            f"{STEPS} steps. Which one is nearest to it?",
            choices=("plain: y = F(x)", "naive: x + F(x)", "scaled: x + F(x)/√L"),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the one with the least error."""
        errors = [last.scalars[arm] for arm in ARMS[:3]]
        nearest = min(range(3), key=lambda place: _comparable(errors[place]))
        plain, naive, scaled = errors
        return Outcome(
            self.prediction(knobs).choices[nearest],
            f"errors: plain {plain:.2g}, naive {naive:.2g}, scaled {scaled:.2g}; the naive one began at "
            f"{last.scalars['naive at start']:.2g}, the scaled one at {last.scalars['inv-sqrt-L at start']:.2g}.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return where each net began, how far it came and why."""
        s = last.scalars
        plain = last.series["plain"]
        return (
            f"A plain net's output begins unrelated to its input, so its error starts at 1 + q = {s['plain at start']:.2g}. "
            f"With {knobs.depths[0]} layers it came down to {plain[0]:.2g}, with {knobs.deepest} to {plain[-1]:.2g}: the "
            "deeper the stack, the less of the error's gradient says how to move a layer towards the identity.\n\n"
            f"x + F(x) contains the identity at F = 0, but does not begin there. F is as large as x, so "
            f"{knobs.deepest} of them put the start at {s['naive at start']:.2g}. “F starts near 0” is a "
            "property of an initialisation, not of a skip.\n\n"
            f"Divided by √L the branches add up to at most one unit: {s['inv-sqrt-L at start']:.2g} at the start, "
            f"{s['inv-sqrt-L']:.2g} after {STEPS} steps. With W = 0 the error is {s['zero at start']:g} before the first "
            "step and there is nothing to learn: y = x exactly."
        )


@dataclass(slots=True)
class Learner:
    """The nets of one depth: every arm of every seed, and their optimiser."""

    stack: Stack
    adam: Adam


def _train(knobs: Knobs, contexts: Sequence[Context], records: Sequence[Record]) -> Iterator[str]:
    """Train all depths side by side, noting errors; yield an event or an empty text for each frame."""
    import torch

    learners = [_learner(knobs, contexts, depth) for depth in knobs.depths]
    sources = [context.generator("inputs") for context in contexts]
    device = contexts[0].device
    tested = _inputs(
        contexts, [context.generator("tested") for context in contexts], TESTED, knobs.width, device
    )
    _note(records, learners, tested)
    for record in records:
        for arm in ARMS:
            record.start[arm] = list(record.now[arm])
    yield f"before training: every net of 2 to {knobs.deepest} blocks, as initialised"
    for step in range(1, STEPS + 1):
        inputs = _inputs(contexts, sources, BATCH, knobs.width, device)
        for learner in learners:
            loss = _errors(learner.stack, inputs).sum()
            learner.adam.step(torch.autograd.grad(loss, [learner.stack.weights]))
        if step % STEPS_A_FRAME == 0 or step == STEPS:
            _note(records, learners, tested)
            yield ""


def _learner(knobs: Knobs, contexts: Sequence[Context], depth: int) -> Learner:
    """Return the nets of one depth before training; the arm `zero` begins with W = 0."""
    import torch

    from sims.nets import Adam
    from sims.stack import Blocks, Stack

    skips = [[0.0] * depth, *([[1.0] * depth] * 3)]
    branches = [[1.0] * depth, [1.0] * depth, [1 / math.sqrt(depth)] * depth, [1.0] * depth]
    blocks = Blocks(depth, knobs.activation, norm=False, width=knobs.width)
    stack = Stack(contexts, blocks, skips, branches, stream=f"identity/{depth}")
    with torch.no_grad():
        stack.weights[:, ARMS.index("zero") :: len(ARMS)] = 0.0
    return Learner(stack, Adam([stack.weights], knobs.rate))


def _inputs(
    contexts: Sequence[Context], sources: Sequence[torch.Generator], rows: int, width: int, device: str
) -> torch.Tensor:
    """Return standard normal inputs, the same for a seed's arms: (seeds · arms, rows, width)."""
    import torch

    drawn = [torch.randn(rows, width, generator=source) for source, _ in zip(sources, contexts, strict=True)]
    return torch.stack(drawn).to(device).repeat_interleave(len(ARMS), dim=0)


def _errors(stack: Stack, inputs: torch.Tensor) -> torch.Tensor:
    """Return each net's mean square distance from the identity, (nets,)."""
    *_, outputs = stack.states(inputs)
    return (outputs - inputs).square().mean(dim=(1, 2))


def _note(records: Sequence[Record], learners: Sequence[Learner], tested: torch.Tensor) -> None:
    """Measure every net on the seed's own test inputs, with one transfer from the device."""
    import torch

    with torch.no_grad():
        errors = torch.stack([_errors(learner.stack, tested) for learner in learners])  # (depths, nets)
    rows: list[list[float]] = errors.tolist()
    for place, record in enumerate(records):
        for arm, name in enumerate(ARMS):
            record.now[name] = [row[place * len(ARMS) + arm] for row in rows]
            record.deepest[name].append(record.now[name][-1])


def _start(knobs: Knobs, arm: str, depth: int) -> float:
    """Return the mean square error before training at infinite width.

    Args:
        arm: Plain: x and y are uncorrelated, 1 + q_L. Else the branches' variances, which add up to q_L − 1.
    """
    skip = 0.0 if arm == "plain" else 1.0
    branch = {"inv-sqrt-L": 1 / math.sqrt(depth), "zero": 0.0}.get(arm, 1.0)
    q = 1.0
    for _ in range(depth):
        q = theory.q_map(knobs.activation, 1.0, q, skip=skip, branch=branch)
    return 1 + q if arm == "plain" else q - 1


def _frame(knobs: Knobs, record: Record, step: int, total: int, event: str) -> Frame:
    """Return one seed's errors so far."""
    steps = (0, *range(STEPS_A_FRAME, STEPS, STEPS_A_FRAME), STEPS)
    series: dict[str, tuple[float, ...]] = {
        "blocks": tuple(float(depth) for depth in knobs.depths),
        "step": tuple(float(taken) for taken in steps),
    }
    scalars: dict[str, float] = {}
    overlay: dict[str, tuple[float, ...]] = {}
    for arm in ARMS:
        series[arm], series[f"{arm} start"] = tuple(record.now[arm]), tuple(record.start[arm])
        series[f"{arm} loss"] = tuple(record.deepest[arm])
        overlay[f"{arm} start"] = tuple(_start(knobs, arm, depth) for depth in knobs.depths)
        scalars[arm], scalars[f"{arm} at start"] = record.now[arm][-1], record.start[arm][-1]
    return Frame(step, total, scalars, series, overlay, event)


def _comparable(error: float) -> float:
    """Return the error, with what is not a number counted as infinite."""
    return math.inf if math.isnan(error) else error


SIMULATION: Batched[Knobs] = LearningIdentity()
