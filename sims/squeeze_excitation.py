"""Squeeze-and-excitation: what the gate looks at, and what it costs."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims import theory_excitation as theory
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

    from sims.excitation import ConvNet, Pictures

NETS = 5  # gated nets: the gate is that of the net with the median difference
PICTURES = 256  # held out, for gates and accuracies
STEPS_A_FRAME = 2  # measured: two steps of the six nets take 22 ms
LOOK_EVERY = 10  # frames
SIZES = tuple(2.0**power for power in range(4, 12))  # channels of the cost view
CUES = ("cue at A", "cue at B")
LOSSES = ("with SE", "without SE")
COSTS = ("SE gate", "two 3×3 convs")
ENOUGH = 8  # hidden units of the gate: with fewer, all may die, and the gate stays at 1/2
MOVES = 0.22  # difference of a mean gate between the cues
BLIND = 1e-4  # change of a gate by shuffling, in fp32, that counts as rounding
LEARNED = 0.99


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    channels: int = whole(16, 16, 32, "channels C", step=8)
    reduction: str = choice("2", ("2", "4", "8"), "ratio r: the gate has C/r hidden units")
    task: str = choice(
        "cued", ("cued", "uncued"), "cued: a cue says whether picture A or B counts; uncued: A does"
    )
    noise: float = number(0.5, 0.0, 1.0, "noise on every pixel", step=0.1)
    steps: int = whole(200, 20, 200, "training steps", step=20)


@dataclass(slots=True)
class Progress:
    """What was measured so far.

    Attributes:
        losses: One value per frame, by name in LOSSES: the first gated net's and the plain net's.
        gates: Mean gates of the median net by cue, channels sorted by the first.
        difference: The largest difference between the cues over channels, of the median net; `first` before training.
        shuffled: The largest change of any gate of any net when positions are shuffled.
        accuracies: The worst gated net's and the plain net's.
    """

    losses: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in LOSSES})
    gates: tuple[Sequence[float], Sequence[float]] = ((), ())
    first: float = math.nan
    difference: float = math.nan
    shuffled: float = math.nan
    accuracies: dict[str, float] = field(default_factory=lambda: dict.fromkeys(LOSSES, math.nan))


class SqueezeExcitation:
    """The simulation `squeeze-excitation`."""

    header = Header(
        name="squeeze-excitation",
        title="Squeeze-and-excitation: the gate",
        group="vision",
        claim="The gate weighs channels by what the whole image holds, not by where it is, for 2C²/r weights. On tasks this "
        "small it brings no accuracy.",
        formula="g = σ(W₂·relu(W₁·mean(U))),  out = g ⊙ U;  2C²/r weights",
        symbols={
            "U": "feature maps, C channels",
            "mean": "over all positions: the squeeze",
            "g": "one number from 0 to 1 per channel: the excitation",
            "r": "reduction ratio; W₁ is (C/r, C), W₂ (C, C/r)",
        },
        source="Hu et al. 2018, Squeeze-and-Excitation Networks",
        simplification="A toy: two planes of stripes, a third plane is the cue. No gain is claimed, because with and "
        "without the gate the nets reach 0.99 and more. The gates shown are those of the net with the median difference "
        f"of {NETS}: single nets may solve the task without moving their gate, about one of ten here. With fewer than "
        f"{ENOUGH} hidden units, or with a skip round the gate, many leave it unused: there nothing is claimed of it. "
        "Counts are without biases.",
        words=(
            "squeeze-and-excitation",
            "squeeze and excitation",
            "SE block",
            "SENet",
            "SE-ResNet",
            "channel attention",
            "gate",
            "reduction ratio",
            "global average pooling",
        ),
    )
    knobs = Knobs
    views = (
        View("gates", "Mean gate by channel, for each cue", "channel, sorted by A", "gate", CUES),
        View("cost", "Weights", "channels C", "weights", COSTS, x="sizes", log_x=True, log_y=True),
        View(
            "loss", "Training loss, with and without the gate", "step", "nats", LOSSES, x="step", log_y=True
        ),
    )
    declared_claims = (
        ClaimSpec("parameters", "The gate adds 2C²/r weights.", "Hu et al. 2018"),
        ClaimSpec(
            "resnet50",
            "Gates with r = 16 in all blocks of ResNet-50 add 2.515 million weights.",
            "Hu et al. 2018",
        ),
        ClaimSpec(
            "context",
            "Some channel's mean gate differs by 0.22 or more (at most 1) between the cues.",
            "measured here",
        ),
        ClaimSpec(
            "no-place", "No gate changes when the positions are shuffled (at most 1e-4).", "g sees means only"
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a frame for every two training steps of all nets, and one for the untrained gates."""
        from sims import excitation

        def drawn(net: int, *, gated: bool) -> ConvNet:
            return excitation.ConvNet(context, net, knobs.channels, int(knobs.reduction), gated=gated)

        gated, plain = [drawn(net, gated=True) for net in range(NETS)], drawn(0, gated=False)
        fresh, held_out = context.generator("training"), context.generator("held out")
        pictures = excitation.draw_pictures(held_out, PICTURES, knobs.task, knobs.noise, context.device)
        order = _permutation(context)
        progress, frames = Progress(), math.ceil(knobs.steps / STEPS_A_FRAME)
        _look(progress, gated, plain, pictures, order)
        progress.first = progress.difference
        yield _frame(knobs, progress, 1, frames + 1, "before training: gates near 1/2")
        for step in range(1, frames + 1):
            for _ in range(min(STEPS_A_FRAME, knobs.steps - STEPS_A_FRAME * (step - 1))):
                batch = excitation.draw_pictures(
                    fresh, excitation.BATCH, knobs.task, knobs.noise, context.device
                )
                losses = [net.step(batch) for net in (*gated, plain)]
            for name, loss in zip(LOSSES, (losses[0].item(), losses[-1].item()), strict=True):
                progress.losses[name].append(loss)
            if step % LOOK_EVERY == 0 or step == frames:
                _look(progress, gated, plain, pictures, order)
            event = _verdict(progress) if step == frames else ""
            yield _frame(knobs, progress, step + 1, frames + 1, event)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the counts and the blindness to place; the gate's moves where the cue is of use and units survive."""
        s = last.scalars
        rows = {
            "parameters": (
                theory.gate_parameters(knobs.channels, int(knobs.reduction)),
                s["gate weights"],
                0.0,
            ),
            "resnet50": (theory.resnet50_gates(), s["SE-ResNet-50 weights added"], 0.0),
            "no-place": (0.0, s["change by shuffling"], BLIND),
        }
        measured = (knobs.task, knobs.noise, knobs.steps) == ("cued", 0.5, 200)
        if measured and knobs.channels // int(knobs.reduction) >= ENOUGH:
            rows["context"] = ((1 + MOVES) / 2, s["gate difference"], (1 - MOVES) / 2)
        return tuple(
            Claim(spec.id, spec.statement, *rows[spec.id], spec.source)
            for spec in self.declared_claims
            if spec.id in rows
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask what a trained gate answers to."""
        cue = (
            "a cue elsewhere says which of two pictures counts"
            if knobs.task == "cued"
            else "a cue is of no use"
        )
        return Prediction(
            f"A trained gate, in a task where {cue}. What makes a channel's gate move?",
            choices=(
                "what the whole image holds",
                "where in the image things are",
                "both",
                f"nothing moves it by {MOVES}",
            ),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return which of cue and shuffled positions moved a gate by 0.22."""
        s = last.scalars
        moved = (s["gate difference"] >= MOVES, s["change by shuffling"] >= MOVES)
        place = {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}[moved]
        return Outcome(
            self.prediction(knobs).choices[place],
            f"between the cues a gate moved by {s['gate difference']:.2f}; shuffling all positions moved none by more "
            f"than {s['change by shuffling']:.1g}.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what the gate answered to, what it costs and what it brought."""
        s = last.scalars
        small = theory.two_convs_parameters(knobs.channels)
        return (
            f"The squeeze keeps one mean per channel, so that place is lost before the gate sees anything: shuffling the "
            f"positions changed no gate by more than {s['change by shuffling']:.1g}. What the means do tell is what the "
            f"image as a whole holds, here the cue. Trained on the {knobs.task} task, one channel's mean gate differed by "
            f"{s['gate difference']:.2f} between the cues (untrained {s['untrained difference']:.2f}).\n\n"
            f"The price is two small matrices, 2C²/r = {s['gate weights']:.0f} weights beside the {small} of two 3×3 "
            f"convolutions: 1/(9r), or {100 * (s['gate weights'] / small):.1f} %. A bottleneck block has only "
            "17/16·C² weights, so "
            f"there it is more: SE-ResNet-50 pays {s['SE-ResNet-50 weights added'] / 1e6:.3f} million, "
            f"{100 * (s['SE-ResNet-50 weights added'] / theory.RESNET50_PARAMETERS):.1f} %.\n\n"
            f"Right on unseen pictures: {s['accuracy with SE']:.3f} with the gate (the worst of {NETS} nets), "
            f"{s['accuracy without SE']:.3f} without. A task this small shows no gain, and none is claimed; the gains "
            "that Hu et al. report are on ImageNet."
        )


def _permutation(context: Context) -> torch.Tensor:
    """Return an order of the positions in an image."""
    import torch

    from sims.excitation import SIDE

    return torch.randperm(SIDE**2, generator=context.generator("order")).to(context.device)


def _look(
    progress: Progress, gated: Sequence[ConvNet], plain: ConvNet, pictures: Pictures, order: torch.Tensor
) -> None:
    """Measure the gates and the accuracies, with one transfer from the device."""
    import torch

    from sims import excitation

    inspected = torch.cat([excitation.inspect(net, pictures, order) for net in gated])  # (NETS · (2 + 2·C),)
    alone = excitation.right(plain, pictures, plain.maps(pictures.images))
    *numbers, without = torch.cat((inspected, alone.view(1))).tolist()
    row, channels = len(numbers) // NETS, (len(numbers) // NETS - 2) // 2
    rows = [numbers[start : start + row] for start in range(0, len(numbers), row)]
    differences = [
        max(abs(a - b) for a, b in zip(gates[2 : 2 + channels], gates[2 + channels :], strict=True))
        for gates in rows
    ]
    progress.difference = statistics.median(differences)
    median = rows[differences.index(progress.difference)]
    pairs = sorted(zip(median[2 : 2 + channels], median[2 + channels :], strict=True))
    progress.gates = ([a for a, _ in pairs], [b for _, b in pairs])
    progress.shuffled = max(gates[1] for gates in rows)
    progress.accuracies = {LOSSES[0]: min(gates[0] for gates in rows), LOSSES[1]: without}


def _verdict(progress: Progress) -> str:
    """Say how right the nets are, and that this is no claim."""
    with_gate, without = (progress.accuracies[name] for name in LOSSES)
    if min(with_gate, without) >= LEARNED:
        return f"right on {with_gate:.3f} with SE, {without:.3f} without: both reach {LEARNED}, so no gain is claimed"
    return f"right on {with_gate:.3f} with SE, {without:.3f} without: no gain is claimed"


def _frame(knobs: Knobs, progress: Progress, step: int, total: int, event: str) -> Frame:
    """Return the gates as last looked at, the losses so far, and the counts."""
    from sims import excitation

    reduction = int(knobs.reduction)
    unknown = (math.nan,) * (total - step)
    stages = theory.RESNET50_STAGES
    scalars = {
        "gate difference": progress.difference,
        "accuracy with SE": progress.accuracies[LOSSES[0]],
        "accuracy without SE": progress.accuracies[LOSSES[1]],
        "untrained difference": progress.first,
        "change by shuffling": progress.shuffled,
        "gate weights": float(excitation.gate_parameters(knobs.channels, reduction)),
        "SE-ResNet-50 weights added": float(
            sum(blocks * excitation.gate_parameters(c, theory.RESNET50_REDUCTION) for c, blocks in stages)
        ),
    }
    series: dict[str, tuple[float, ...]] = {
        **{cue: tuple(gates) for cue, gates in zip(CUES, progress.gates, strict=True)},
        "step": tuple(float(min(knobs.steps, STEPS_A_FRAME * n)) for n in range(1, total)),
        **{name: (*values, *unknown) for name, values in progress.losses.items()},
        "sizes": SIZES,
        COSTS[0]: tuple(float(excitation.gate_parameters(int(size), reduction)) for size in SIZES),
        COSTS[1]: tuple(float(theory.two_convs_parameters(int(size))) for size in SIZES),
    }
    overlay = {COSTS[0]: tuple(theory.gate_parameters(int(size), reduction) for size in SIZES)}
    return Frame(step, total, scalars, series, overlay, event)


SIMULATION: Simulation[Knobs] = SqueezeExcitation()
