"""Layer lesion: take one block out of a trained net, or several, and ask what it still knows."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sims.plain_and_residual import (
    KINDS,
    LEARNED,
    NETS,
    Learning,
    Nets,
    by_seed,
    depth_of,
    learning_series,
    members,
    train_kind,
    training_frames,
    untrained,
)
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
    whole,
)

MOST_DELETED = (1, 2, 4, 8)
DRAWS = 8  # random sets of k blocks; their median is shown
CHANCE = 0.5
ENOUGH_BLOCKS, ENOUGH_STEPS = 32, 200  # at 16 blocks each does more of the work: measured 0.88 in the median
PLAIN_DEPTHS = range(6, 11)  # what plain nets learn and still need every layer for


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(32, 4, 48, "blocks of the residual net", step=4)
    plain_depth: int = whole(8, 2, 16, "layers of the plain net; from about 16 on it often does not learn")
    steps: int = whole(250, 50, 400, "training steps of the residual net; the plain one takes 150", step=50)
    branch: str = choice("inv-sqrt-L", ("inv-sqrt-L", "one"), "what the residual branches are multiplied by")

    def deleted(self, kind: str) -> tuple[int, ...]:
        """How many blocks are taken out at random: up to half of them."""
        return tuple(k for k in MOST_DELETED if k <= depth_of(self, kind) // 2)


@dataclass(slots=True)
class Record:
    """What was measured of one seed's nets.

    Attributes:
        single: The accuracy of each net without block 1, 2, ...
        several: The median accuracy without k random blocks, for the k of `Knobs.deleted`.
    """

    learning: Learning = field(default_factory=Learning)
    single: dict[str, list[list[float]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    several: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


class LayerLesion:
    """The simulation `layer-lesion`."""

    header = Header(
        name="layer-lesion",
        title="Delete a layer of a trained net",
        group="depth",
        claim="A trained residual net hardly misses one of its blocks, while a plain net without one of its layers is "
        "back at chance: the residual stream carries the answer past any single block.",
        formula="x ← x + F_l(x) for every l but the deleted one;  plain: x ← F_l(x), the deleted layer passes x on",
        symbols={
            "x": "the stream, 32 wide",
            "F_l": "block l: α·W relu(LN x), α = 1/√L; the plain net has α = 1",
            "L": "blocks of the residual net",
            "k": "how many blocks are deleted at random",
        },
        source="Veit et al. 2016, Residual Networks Behave Like Ensembles of Relatively Shallow Networks, section 4",
        simplification="Two spirals of 512 points, layer norm in both nets, accuracy on the training points. "
        f"{NETS} nets of each kind, and their median. The plain "
        "net has fewer layers, because a plain net of the residual one's depth does not learn in the first place. A "
        "block here is one matrix. Single blocks do matter: the worst one costs about a third of the points.",
        words=(
            "ensemble",
            "paths",
            "delete a layer",
            "drop a layer",
            "lesion",
            "robust",
            "redundant",
            "shallow networks",
            "without dropout",
        ),
    )
    knobs = Knobs
    views = (
        View("single", "Accuracy without one block", "deleted block", "accuracy", KINDS, x="block"),
        View(
            "several",
            "Accuracy without k random blocks",
            "blocks deleted, k",
            "accuracy",
            ("residual, k", "plain, k"),
            x="k",
        ),
        View("loss", "Training loss", "step", "nats", ("residual loss", "plain loss"), x="step", log_y=True),
    )
    declared_claims = (
        ClaimSpec(
            "residual-survives",
            "Without one of its 32 or more blocks, a residual net is right on at least 95 % (median).",
            "Veit et al. 2016, section 4",
        ),
        ClaimSpec(
            "plain-collapses",
            "Without one of its layers, a plain net is right on less than 60 % (median; chance is 50 %).",
            "Veit et al. 2016, section 4",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield frames of both trainings, then of one deleted block after another, then of several at once."""
        return (frame for (frame,) in self.run_seeds(knobs, (context,)))

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds in one batch."""
        records = [Record() for _ in contexts]
        total = _total(knobs)
        for step, event in enumerate(_measure(knobs, contexts, records), 1):
            yield tuple(_frame(knobs, record, step, total, event) for record in records)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the medians of nets that learned and are of a size that the statement is about."""
        residual, plain = self.declared_claims
        s = last.scalars
        found = []
        if knobs.depth >= ENOUGH_BLOCKS and knobs.steps >= ENOUGH_STEPS and knobs.branch == "inv-sqrt-L":
            found.append(
                Claim(residual.id, residual.statement, 1.0, s["residual median"], 0.05, residual.source)
            )
        if knobs.plain_depth in PLAIN_DEPTHS and s["plain whole"] >= LEARNED:
            found.append(Claim(plain.id, plain.statement, 0.3, s["plain median"], 0.3, plain.source))
        return tuple(found)

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which of the two nets survives."""
        return Prediction(
            f"A residual net of {knobs.depth} blocks and a plain one of {knobs.plain_depth} layers have learned two "
            "spirals. Take one block out, without training again. Who is still right on more than 90 %?",
            choices=("both", "the residual net only", "the plain net only", "neither"),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return who stays above 90 % in the median over the deleted block."""
        residual, plain = (last.scalars[f"{kind} median"] for kind in KINDS)
        names = self.prediction(knobs).choices
        truth = names[
            {(True, True): 0, (True, False): 1, (False, True): 2}.get((residual > 0.9, plain > 0.9), 3)
        ]
        return Outcome(
            truth,
            f"without one block the median residual net is right on {100 * residual:.1f} %, the plain one on "
            f"{100 * plain:.0f} %.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return why one block is dispensable, which is not, and what several cost."""
        s = last.scalars
        block = _worst_place(last.series["residual"])
        several = last.series["residual, k"]
        counted = [f"{k}: {100 * several[place]:.0f} %" for place, k in enumerate(knobs.deleted("residual"))]
        return (
            f"Whole, the nets are right on {100 * s['residual whole']:.0f} % (residual) and "
            f"{100 * s['plain whole']:.0f} % (plain) or "
            f"more. A residual block adds α·F to a stream that goes on without it; α is 1/√{knobs.depth} here, so one of "
            f"{knobs.depth} terms is missing and the readout finds the rest: {100 * s['residual median']:.1f} % in "
            "the median. "
            "A plain layer is a step of a chain. The next one gets inputs that it never saw: "
            f"{100 * s['plain median']:.0f} %.\n\n"
            f"The median hides that blocks differ. Without block {block} only {100 * s['residual worst']:.0f} % is "
            "left: the "
            "first blocks in particular do work that later ones build upon.\n\n"
            f"Damage adds up. Deleting k blocks at random leaves {', '.join(counted)} (median of {DRAWS} draws). An "
            "ensemble of independent nets would fall more slowly; the paths share their blocks and were trained "
            "together, so this is no dropout and no vote."
        )


def _measure(knobs: Knobs, contexts: Sequence[Context], records: Sequence[Record]) -> Iterator[str]:
    """Fill the records step by step, with an event or an empty text for each frame."""
    from sims.lesions import accuracy_without, random_deletions

    trained: dict[str, Nets] = {}
    everybody = members(contexts)
    for kind in reversed(KINDS):
        trained[kind] = untrained(knobs, kind, everybody)
        yield from train_kind(knobs, kind, trained[kind], [record.learning for record in records])
    for block in range(max(knobs.depth, knobs.plain_depth)):
        for kind, (stack, spirals) in trained.items():
            if block < depth_of(knobs, kind):
                kept = accuracy_without(stack, spirals, [frozenset({block})] * len(everybody))
                for record, accuracies in zip(records, by_seed(kept), strict=True):
                    record.single[kind].append(accuracies)
        yield "each block is deleted in turn, without training again" if block == 0 else ""
    for kind, (stack, spirals) in trained.items():
        for k in knobs.deleted(kind):
            rounds = [
                accuracy_without(stack, spirals, deleted)
                for deleted in random_deletions(everybody, depth_of(knobs, kind), k, DRAWS)
            ]
            for record, draws in zip(records, zip(*map(by_seed, rounds), strict=True), strict=True):
                record.several[kind].append(statistics.median(value for nets in draws for value in nets))
            yield ""


def _total(knobs: Knobs) -> int:
    """Return how many frames a run has."""
    training = sum(training_frames(knobs, kind) for kind in KINDS)
    return training + max(knobs.depth, knobs.plain_depth) + sum(len(knobs.deleted(kind)) for kind in KINDS)


def _frame(knobs: Knobs, record: Record, step: int, total: int, event: str) -> Frame:
    """Return what is known of one seed's nets."""
    longest = max(knobs.depth, knobs.plain_depth)
    series: dict[str, tuple[float, ...]] = {
        "block": tuple(float(block) for block in range(1, longest + 1)),
        "k": tuple(float(k) for k in max((knobs.deleted(kind) for kind in KINDS), key=len)),
        **learning_series(knobs, record.learning),
    }
    scalars: dict[str, float] = {}
    for kind in KINDS:
        single, depth = record.single[kind], depth_of(knobs, kind)
        medians = tuple(statistics.median(accuracies) for accuracies in single)
        series[kind] = (*medians, *((math.nan,) * (depth - len(medians))))
        series[f"{kind}, k"] = (*record.several[kind],) or (math.nan,)
        scalars[f"{kind} median"] = statistics.median(chain.from_iterable(single)) if single else math.nan
        scalars[f"{kind} whole"] = record.learning.whole[kind]
        scalars[f"{kind} worst"] = min(medians, default=math.nan)
    overlay = {
        "residual": (record.learning.whole["residual"],) * knobs.depth,
        "plain": (CHANCE,) * knobs.plain_depth,
    }
    return Frame(step, total, scalars, series, overlay, event)


def _worst_place(accuracies: Sequence[float]) -> int:
    """Return the number, from 1, of the block whose deletion costs most."""
    return min(range(len(accuracies)), key=accuracies.__getitem__) + 1


SIMULATION: Batched[Knobs] = LayerLesion()
