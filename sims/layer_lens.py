"""Layer lens: read the answer off a trained net's stream after each block, not only after the last."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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

CHANCE = 0.5
ENOUGH_BLOCKS, ENOUGH_STEPS = 32, 200
PLAIN_DEPTHS = range(6, 11)


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(32, 4, 48, "blocks of the residual net", step=4)
    plain_depth: int = whole(8, 2, 16, "layers of the plain net; from about 16 on it often does not learn")
    steps: int = whole(250, 50, 400, "training steps of the residual net; the plain one takes 150", step=50)
    branch: str = choice("inv-sqrt-L", ("inv-sqrt-L", "one"), "what the residual branches are multiplied by")


@dataclass(slots=True)
class Record:
    """What was read of one seed's nets.

    Attributes:
        read: Each net's accuracy when read after 0, 1, 2, ... blocks: one list of nets a block.
    """

    learning: Learning = field(default_factory=Learning)
    read: dict[str, list[list[float]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def median(self, kind: str, block: int) -> float:
        """The median net's accuracy after that many blocks; NaN where it was not read yet."""
        read = self.read[kind]
        return statistics.median(read[block]) if block < len(read) else math.nan


class LayerLens:
    """The simulation `layer-lens`."""

    header = Header(
        name="layer-lens",
        title="Read the answer early",
        group="depth",
        claim="In a residual net the answer is refined along the stream: half-way it is readable in part, with the "
        "last block's own readout. In a plain net only the last layer speaks the readout's language.",
        formula="logit after l blocks = v · LN(x_l),  the readout v of the last block used for every l",
        symbols={
            "x_l": "the stream after l blocks, 32 wide",
            "v": "the trained readout",
            "L": "depth; the axis shows l/L, so that nets of different depth compare",
        },
        source="nostalgebraist 2020, interpreting GPT: the logit lens; for residual nets Jastrzębski et al. 2018, "
        "Residual Connections Encourage Iterative Inference",
        simplification="The nets of layer-lesion: two spirals, layer norm, accuracy on the training points, the median "
        f"of {NETS} nets. The plain net is shallower, because it does not learn at the residual one's depth. An early "
        "answer can lie below chance: a layer may keep the two arms apart and have their names exchanged.",
        words=(
            "logit lens",
            "early exit",
            "iterative refinement",
            "intermediate layers",
            "residual stream",
            "read out",
            "delta",
            "refinement",
        ),
    )
    knobs = Knobs
    views = (
        View("lens", "Accuracy when read early", "share of the blocks passed", "accuracy", KINDS, x="share"),
        View("loss", "Training loss", "step", "nats", ("residual loss", "plain loss"), x="step", log_y=True),
    )
    declared_claims = (
        ClaimSpec(
            "half-readable",
            "Read after half of its 32 or more blocks, a residual net is right on 60 to 99 %.",
            "measured for this simulation; the effect: Jastrzębski et al. 2018",
        ),
        ClaimSpec(
            "plain-unreadable",
            "After three quarters of the depth the residual net is ahead of the plain one by 20 points or more.",
            "measured for this simulation",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield frames of both trainings, then one for each block that is read."""
        return (frame for (frame,) in self.run_seeds(knobs, (context,)))

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds in one batch."""
        records = [Record() for _ in contexts]
        total = sum(training_frames(knobs, kind) for kind in KINDS) + max(knobs.depth, knobs.plain_depth) + 1
        for step, event in enumerate(_measure(knobs, contexts, records), 1):
            yield tuple(_frame(knobs, record, step, total, event) for record in records)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return what was read, of nets that learned and are deep enough."""
        half, ahead = self.declared_claims
        s = last.scalars
        if knobs.depth < ENOUGH_BLOCKS or knobs.steps < ENOUGH_STEPS or knobs.branch != "inv-sqrt-L":
            return ()
        found = [Claim(half.id, half.statement, 0.795, s["residual at 1/2"], 0.195, half.source)]
        if knobs.plain_depth in PLAIN_DEPTHS and s["plain whole"] >= LEARNED:
            lead = s["residual at 3/4"] - s["plain at 3/4"]
            found.append(Claim(ahead.id, ahead.statement, 0.6, lead, 0.4, ahead.source))
        return tuple(found)

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask what is readable half-way."""
        return Prediction(
            f"A residual net of {knobs.depth} blocks is right on all points. Read its answer after half of the "
            "blocks, with the same readout: right on how many per cent? (Chance: 50.)",
            unit="%",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:  # noqa: ARG002 - the protocol's signature
        """Return the residual net's accuracy after half of its blocks."""
        half, plain = last.scalars["residual at 1/2"], last.scalars["plain at 1/2"]
        return Outcome(
            round(100 * half, 1),
            f"the plain net at the same point: {100 * plain:.0f} %. A residual stream carries an answer that blocks "
            "correct.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return how the answer grows along the stream, and why the plain net's does not."""
        s = last.scalars
        return (
            f"After half of its {knobs.depth} blocks the residual net is right on {100 * s['residual at 1/2']:.0f} %, after "
            f"three quarters on {100 * s['residual at 3/4']:.0f} %, at the end on {100 * s['residual whole']:.0f} % "
            "or more. Every block "
            "writes into the same 32 numbers and the readout looks at those, so what the first blocks wrote is "
            "already in its language.\n\n"
            f"The plain net of {knobs.plain_depth} layers: {100 * s['plain at 1/2']:.0f} %, "
            f"{100 * s['plain at 3/4']:.0f} %, "
            f"{100 * s['plain whole']:.0f} %. Each layer rewrites everything, and nothing asks it to keep the meaning of a "
            "coordinate; only the last layer has been trained against the readout.\n\n"
            "Half-way is not finished, though. The stream holds a guess that later blocks still correct, which is why "
            "leaving early costs points here, and why early-exit nets train a readout for each exit."
        )


def _measure(knobs: Knobs, contexts: Sequence[Context], records: Sequence[Record]) -> Iterator[str]:
    """Train both kinds, then read them block by block; yield an event or an empty text for each frame."""
    trained: dict[str, Nets] = {}
    everybody = members(contexts)
    for kind in reversed(KINDS):
        trained[kind] = untrained(knobs, kind, everybody)
        yield from train_kind(knobs, kind, trained[kind], [record.learning for record in records])
    reading = {kind: _readings(nets) for kind, nets in trained.items()}
    for block in range(max(knobs.depth, knobs.plain_depth) + 1):
        for kind in KINDS:
            if block <= depth_of(knobs, kind):
                for record, accuracies in zip(records, by_seed(next(reading[kind])), strict=True):
                    record.read[kind].append(accuracies)
        yield "reading the stream block by block with the last block's readout" if block == 0 else ""


def _readings(nets: Nets) -> Iterator[list[float]]:
    """Yield every net's accuracy after 0, 1, 2, ... blocks."""
    import torch

    from sims.stack import accuracies

    stack, spirals = nets
    inputs, targets = spirals.everything(stack.arms)
    with torch.no_grad():
        states = list(stack.states(inputs))  # a generator may not hold no_grad open while others run
    for state in states:
        with torch.no_grad():
            right: list[float] = accuracies(stack.read(state), targets).tolist()
        yield right


def _frame(knobs: Knobs, record: Record, step: int, total: int, event: str) -> Frame:
    """Return what is known of one seed's nets; a net of fewer blocks is drawn as a staircase."""
    finest = max(knobs.depth, knobs.plain_depth)
    series: dict[str, tuple[float, ...]] = {
        "share": tuple(place / finest for place in range(finest + 1)),
        **learning_series(knobs, record.learning),
    }
    scalars: dict[str, float] = {}
    for kind in KINDS:
        depth = depth_of(knobs, kind)
        series[kind] = tuple(record.median(kind, place * depth // finest) for place in range(finest + 1))
        scalars[f"{kind} at 1/2"] = record.median(kind, depth // 2)
        scalars[f"{kind} at 3/4"] = record.median(kind, 3 * depth // 4)
        scalars[f"{kind} whole"] = record.learning.whole[kind]
    return Frame(step, total, scalars, series, {"plain": (CHANCE,) * (finest + 1)}, event)


SIMULATION: Batched[Knobs] = LayerLens()
