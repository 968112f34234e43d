"""Stochastic depth: blocks that are dropped at random while the net learns, so that none is indispensable."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    import torch

    from sims.spirals import Spirals
    from sims.stack import Stack

ARMS = ("ordinary", "stochastic")
RATE, STEPS_A_FRAME = 3e-3, 5
MOST_DELETED = (1, 2, 4, 8)
DRAWS = 16  # random sets of k blocks; the mean accuracy over them is shown
QUARTER = 4  # the claim is about deleting one block in four
GAIN = 0.1  # in accuracy
BLOCKS, ENOUGH_STEPS = 16, 300
LOWEST_P, HIGHEST_P = 0.1, 0.2  # above, 400 steps are too few: whole nets of p = 0.3 are right on 80 to 99 %


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    p: float = number(0.2, 0.0, 0.3, "how often a block is dropped in a training step", step=0.05)
    depth: int = whole(16, 4, 32, "residual blocks, L", step=4)
    steps: int = whole(300, 50, 400, "training steps", step=50)

    @property
    def deleted(self) -> tuple[int, ...]:
        """How many blocks are taken out after training: 0, then up to half of them, a quarter always."""
        return (0, *sorted({_quarter(self), *(k for k in MOST_DELETED if k <= self.depth // 2)}))


@dataclass(slots=True)
class Record:
    """What was measured of one seed's two nets: batch losses, and the mean accuracy without k blocks."""

    loss: dict[str, list[float]] = field(default_factory=lambda: {arm: [] for arm in ARMS})
    kept: dict[str, list[float]] = field(default_factory=lambda: {arm: [] for arm in ARMS})


class StochasticDepth:
    """The simulation `stochastic-depth`."""

    header = Header(
        name="stochastic-depth",
        title="Stochastic depth: training for missing blocks",
        group="training",
        claim="An ordinary residual net is no dropout: take a quarter of its blocks out and it fails on a third of the "
        "points. Trained with blocks dropped at random, it hardly notices.",
        formula="training: x ← x + b_l·α·F_l(x), b_l ~ Bernoulli(1 − p);  test: x ← x + (1 − p)·α·F_l(x)",
        symbols={
            "b_l": "1 where block l is kept in this step, drawn anew for every step",
            "p": "how often a block is dropped",
            "α": "1/√L",
            "k": "blocks deleted from the trained net, at random",
        },
        source="Huang et al. 2016, Deep Networks with Stochastic Depth, sections 3 and 5; Veit et al. 2016, section 4",
        simplification="Two spirals, layer norm, one matrix a block, accuracy on the training points. p is the same for "
        "every block, where the paper lets it grow with depth. Both nets begin with the same weights and see the same "
        "batches. Above p = 0.2 the training is too short for a "
        "claim. Whether stochastic depth generalises better is not measured.",
        words=(
            "stochastic depth",
            "dropout",
            "drop path",
            "dropout-like",
            "regularisation",
            "robustness",
            "ensemble",
        ),
    )
    knobs = Knobs
    views = (
        View("lesion", "Accuracy without k random blocks", "blocks deleted, k", "accuracy", ARMS, x="k"),
        View(
            "loss",
            "Training loss",
            "step",
            "nats",
            tuple(f"{arm} loss" for arm in ARMS),
            x="step",
            log_y=True,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "survives-deletion",
            "Without a quarter of its blocks, a net trained with p of 0.1 to 0.2 is right on 10 to 50 points more.",
            "Huang et al. 2016; the lesion is Veit et al.'s, section 4",
        ),
        ClaimSpec(
            "ordinary-fails",
            "Without a quarter of its blocks, the ordinary net is right on 50 to 85 %.",
            "Veit et al. 2016, section 4; measured for this simulation",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield frames of the training, then one for each k."""
        return (frame for (frame,) in self.run_seeds(knobs, (context,)))

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds in one batch."""
        records = [Record() for _ in contexts]
        total = math.ceil(knobs.steps / STEPS_A_FRAME) + len(knobs.deleted)
        for step, event in enumerate(_measure(knobs, contexts, records), 1):
            yield tuple(_frame(knobs, record, step, total, event) for record in records)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return both claims, for nets of the size and the training that they are about."""
        if knobs.depth != BLOCKS or knobs.steps < ENOUGH_STEPS:
            return ()
        survives, fails = self.declared_claims
        kept = {arm: last.scalars[f"{arm} without 1/4"] for arm in ARMS}
        gain = kept["stochastic"] - kept["ordinary"]
        found = [Claim(fails.id, fails.statement, 0.675, kept["ordinary"], 0.175, fails.source)]
        if LOWEST_P <= knobs.p <= HIGHEST_P:
            found.insert(0, Claim(survives.id, survives.statement, 0.3, gain, 0.2, survives.source))
        return tuple(found)

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask for the accuracy that the ordinary net keeps."""
        return Prediction(
            f"An ordinary residual net of {knobs.depth} blocks is right on all points. Delete {_quarter(knobs)} blocks "
            "at random, without training again: right on how many per cent? (Chance: 50.)",
            unit="%",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return what the ordinary net keeps, beside the other one."""
        kept = {arm: last.scalars[f"{arm} without 1/4"] for arm in ARMS}
        return Outcome(
            round(100 * kept["ordinary"], 1),
            f"trained with p = {knobs.p:g} it keeps {100 * kept['stochastic']:.0f} %: paths alone are no dropout, "
            "dropping is.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what dropping does to the training, what it costs and what it buys."""
        s = last.scalars
        dropped = knobs.p * knobs.depth
        return (
            f"Both nets began with the same weights. In each of {knobs.steps} steps the second one lost "
            f"{dropped:.1f} of its {knobs.depth} blocks on average, so no block could count on another one.\n\n"
            f"Without {_quarter(knobs)} blocks the ordinary net falls from {100 * s['ordinary whole']:.0f} % to "
            f"{100 * s['ordinary without 1/4']:.0f} %, the other from {100 * s['stochastic whole']:.0f} % to "
            f"{100 * s['stochastic without 1/4']:.0f} %. A sum of 2^{knobs.depth} paths is in both; only one of them "
            "was ever "
            "asked to do without some.\n\n"
            "It is not free: the whole net learns more slowly, and its branches are multiplied by "
            f"{1 - knobs.p:g} at the test, since that is the share of steps in which each was there."
        )


def _quarter(knobs: Knobs) -> int:
    """Return how many blocks are a quarter of them."""
    return knobs.depth // QUARTER


def _measure(knobs: Knobs, contexts: Sequence[Context], records: Sequence[Record]) -> Iterator[str]:
    """Train both arms, then delete more and more blocks; yield an event or an empty text for each frame."""
    import torch

    from sims.spirals import Spirals
    from sims.stack import WIDTH, Blocks, Stack, train

    rows = [[1.0] * knobs.depth] * len(ARMS)
    branches = [[1 / math.sqrt(knobs.depth)] * knobs.depth] * len(ARMS)
    stack, spirals = Stack(contexts, Blocks(knobs.depth), rows, branches), Spirals(contexts, WIDTH)
    waiting: list[torch.Tensor] = []
    training = train(stack, spirals, knobs.steps, RATE, kept=_kept(knobs, contexts))
    for step, losses in enumerate(training, 1):
        waiting.append(losses)
        if step % STEPS_A_FRAME and step < knobs.steps:
            continue
        means: list[float] = torch.stack(waiting).mean(dim=0).tolist()
        waiting.clear()
        _note([record.loss for record in records], means)
        yield f"the second net drops each block with p = {knobs.p:g}" if step == STEPS_A_FRAME else ""
    for k in knobs.deleted:
        _note([record.kept for record in records], _mean_accuracies(knobs, contexts, stack, spirals, k))
        yield "blocks are deleted at random from the trained nets" if k == 0 else ""


def _kept(knobs: Knobs, contexts: Sequence[Context]) -> Callable[[], torch.Tensor]:
    """Return what draws, for each step, the blocks that are kept: (depth, nets, 1, 1); all in the ordinary arm."""
    import torch

    sources = [context.generator("dropped") for context in contexts]
    device = contexts[0].device

    def draw() -> torch.Tensor:
        drawn = [torch.rand(knobs.depth, generator=source) >= knobs.p for source in sources]
        both = [torch.stack((torch.ones_like(kept), kept), dim=1) for kept in drawn]  # (depth, arms) each
        return torch.cat(both, dim=1).float().to(device)[..., None, None]

    return draw


def _mean_accuracies(
    knobs: Knobs, contexts: Sequence[Context], stack: Stack, spirals: Spirals, k: int
) -> list[float]:
    """Return each net's mean accuracy over random sets of k deleted blocks."""
    import torch

    from sims.lesions import accuracy_without, random_deletions

    scale = torch.tensor([1.0, 1 - knobs.p] * len(contexts), device=contexts[0].device)
    scale = scale[None, :, None, None]  # (1, nets, 1, 1)
    rounds = [
        accuracy_without(stack, spirals, deleted, scale)
        for deleted in random_deletions(contexts, knobs.depth, k, DRAWS if k else 1)
    ]
    return [statistics.mean(draws) for draws in zip(*rounds, strict=True)]


def _note(kept: Sequence[dict[str, list[float]]], values: Sequence[float]) -> None:
    """Append each net's value to its seed's and arm's list."""
    pairs = iter(values)
    for record in kept:
        for arm in ARMS:
            record[arm].append(next(pairs))


def _frame(knobs: Knobs, record: Record, step: int, total: int, event: str) -> Frame:
    """Return what is known of one seed's nets."""
    frames = math.ceil(knobs.steps / STEPS_A_FRAME)
    series: dict[str, tuple[float, ...]] = {
        "k": tuple(float(k) for k in knobs.deleted),
        "step": tuple(float(STEPS_A_FRAME * frame) for frame in range(1, frames + 1)),
    }
    scalars: dict[str, float] = {}
    for arm in ARMS:
        kept = record.kept[arm]
        series[arm] = (*kept, *((math.nan,) * (len(knobs.deleted) - len(kept))))
        series[f"{arm} loss"] = (*record.loss[arm],) or (math.nan,)
        place = knobs.deleted.index(_quarter(knobs))
        scalars[f"{arm} without 1/4"] = series[arm][place]
        scalars[f"{arm} whole"] = series[arm][0]
    # Were the paths independent voters, deleting blocks would leave the answer as it was.
    overlay = {"ordinary": (scalars["ordinary whole"],) * len(knobs.deleted)}
    return Frame(step, total, scalars, series, overlay, event)


SIMULATION: Batched[Knobs] = StochasticDepth()
