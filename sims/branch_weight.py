"""Branch weight: 64 blocks of x + αF(x) without norm, trained with α from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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

NETS = 3  # independent nets for each α and seed; losses are their median
STEPS = 150
ZERO_DRAWN = 0.01  # where α = 0 stands on the logarithmic axis
GROWTH_TOLERANCE = 0.06
CHANCE = math.log(2)

Rows = list[list[float]]  # one row a seed, one figure an α
BLOCKS_A_FRAME = 16


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(64, 16, 64, "blocks, L", step=16)
    skip: float = number(1.0, 0.8, 1.0, "λ in λx + αF(x)", step=0.05)
    weights: str = choice(
        "fixed", ("fixed", "learned"), "learned: each block's α is trained too; from 0: ReZero"
    )
    rate: str = choice("3e-3", ("1e-3", "3e-3", "1e-2"), "Adam's learning rate")

    @property
    def alphas(self) -> tuple[float, ...]:
        """The branch weights, in rising order; the third is 1/√L."""
        return (0.0, 0.03, 1 / math.sqrt(self.depth), 0.3, 0.5, 1.0)

    @property
    def labels(self) -> tuple[str, ...]:
        """The same in words."""
        return tuple(
            "α = 1/√L" if place == 2 else f"α = {alpha:g}" for place, alpha in enumerate(self.alphas)
        )


class BranchWeight:
    """The simulation `branch-weight`."""

    header = Header(
        name="branch-weight",
        title="Branch weight: how large may α be?",
        group="scale",
        claim="Without norm, deep residual nets need a branch of about 1/√L: with α = 0 the blocks learn nothing, with "
        "α = 1 the loss explodes.",
        formula="x ← λ·x + α·W φ(x);  RMS x_L / RMS x_0 = (λ² + α²)^(L/2), at λ = 1 and α = 1/√L at most √e",
        symbols={
            "L": "blocks",
            "α": "weight of the branch",
            "λ": "weight of the skip",
            "φ": "relu",
            "W": "32 × 32 matrix, N(0, 2/32)",
        },
        source="He et al. 2016, Identity Mappings, eq. 6-8 (λ); Szegedy et al. 2017 (α of 0.1 to 0.3); De & Smith 2020 "
        "(SkipInit); Bachlechner et al. 2020 (ReZero)",
        simplification=f"Two spirals, 150 steps, blocks of one matrix. Losses are the median of {NETS} nets: a single "
        "net's vary a hundredfold at α = 1. While training runs a loss is that of the step's batch, at the end that of all "
        "512 points. Only three regimes separate: too small, about 1/√L to 0.5, and 1. The order of 1/√L, 0.3 and 0.5 "
        "changes from seed to seed in single nets. With 32 blocks α = 1 trains too. Growth is measured in untrained nets of "
        "width 128; at 64 blocks finite width takes it below the formula, by 18 % at α = 0.5 and 39 % at 1.",
        words=(
            "branch weight",
            "residual scaling",
            "scaling factor",
            "alpha",
            "stability",
            "ReZero",
            "SkipInit",
            "LayerScale",
            "Fixup",
            "scaled residual",
            "1/sqrt(L)",
            "without normalization",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "loss", "Training loss", "α (0 drawn at 0.01)", "nats", ("loss",), x="α", log_x=True, log_y=True
        ),
        View(
            "growth",
            "Growth of the stream before training",
            "α (0 drawn at 0.01)",
            "RMS x_L / RMS x_0",
            ("growth",),
            x="α",
            log_x=True,
            log_y=True,
        ),
        View(
            "learned",
            "Size of the branch weights",
            "α at first (0 drawn at 0.01)",
            "mean |α|",
            ("mean |α|",),
            x="α",
            log_x=True,
            log_y=True,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "no-branch",
            "With α = 0 only the readout learns: loss above .4, of ln 2 for guessing.",
            "x + 0·F(x) = x",
        ),
        ClaimSpec(
            "inverse-sqrt",
            "With α = 1/√L the net learns: loss below .15.",
            "De & Smith 2020; (1+1/L)^(L/2) < √e",
        ),
        ClaimSpec(
            "unscaled", "With α = 1 the loss ends above 10 (log10 above 1).", "(1 + α²)^(L/2) = 2^(L/2)"
        ),
        ClaimSpec(
            "growth",
            "At α = 1/√L an untrained stream grows as (λ² + 1/L)^(L/2) (as a ratio to it).",
            "variances add; He et al. 2016, eq. 8, for λ",
        ),
        ClaimSpec(
            "rezero",
            "Learned from 0, α leaves 0 and the net learns: loss below .4.",
            "Bachlechner et al. 2020, ReZero",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a few frames of growth before training, then one a step, then the losses over all points."""
        for (frame,) in self.run_seeds(knobs, (context,)):
            yield frame

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds, whose nets train as one batch."""
        from sims.branch_nets import BranchNets, wide_growth

        losses = sizes = [[math.nan] * len(knobs.alphas) for _ in contexts]
        untrained = wide_growth(
            contexts, knobs.alphas, depth=knobs.depth, skip=knobs.skip, pause=BLOCKS_A_FRAME
        )
        step, growth = 0, losses
        for step, growth in enumerate(untrained, 1):
            yield _frames(knobs, step, losses, growth, sizes)
        nets = BranchNets(
            contexts,
            knobs.alphas,
            depth=knobs.depth,
            skip=knobs.skip,
            copies=NETS,
            learned=knobs.weights == "learned",
        )
        for losses in nets.batch_losses(STEPS, float(knobs.rate)):
            step += 1
            yield _frames(knobs, step, losses, growth, nets.sizes())
        yield _frames(knobs, step + 1, nets.losses(), growth, nets.sizes())

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the claims at those settings at which they were measured over seeds 0-9."""
        s = last.scalars
        made: dict[str, tuple[float, float, float]] = {}  # expected, measured, tolerance
        if knobs.weights == "fixed":
            made["no-branch"] = CHANCE, s["loss, α = 0"], CHANCE - 0.4
        if knobs.skip == 1 and knobs.rate == "3e-3":
            made["inverse-sqrt"] = 0.075, s["loss, α = 1/√L"], 0.075
            if knobs.weights == "fixed" and knobs.depth == 64:
                made["unscaled"] = 3.0, _log10(s["loss, α = 1"]), 2.0
            if knobs.weights == "learned":
                made["rezero"] = 0.2, s["loss, α = 0"], 0.2
        if knobs.skip == 1:
            made["growth"] = 1.0, s["growth/theory, α = 1/√L"], GROWTH_TOLERANCE
        return tuple(
            Claim(spec.id, spec.statement, *made[spec.id], source=spec.source)
            for spec in self.declared_claims
            if spec.id in made
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask for the loss at each α."""
        return Prediction(
            f"{knobs.depth} blocks of {knobs.skip:g}·x + αF(x), no norm, {STEPS} steps. Which loss does each α end with? "
            "(Guessing is 0.69.)",
            unit="nats",
            log_scale=True,
            bars=knobs.labels,
            low=1e-4,
            high=1e4,
            tolerance=1.0,
            view="loss",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the losses."""
        losses = last.series["loss"]
        best = min(range(len(losses)), key=losses.__getitem__)
        return Outcome(
            losses,
            f"α = 0 ended at {losses[0]:.2g}, 1/√L = {knobs.alphas[2]:.3g} at {losses[2]:.2g}, α = 1 at {losses[-1]:.3g}; "
            f"the lowest was {knobs.labels[best]}.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return why either end fails, and how far the middle can be told apart."""
        s = last.scalars
        start = s["growth, α = 1"]
        return (
            f"{_without_branch(knobs, s)}\n\n"
            f"At α = 1 a block adds as much as is there: the untrained stream grew {start:.2g}-fold in {knobs.depth} "
            f"blocks, and the loss began accordingly. It ended at {s['loss, α = 1']:.3g}: training shrinks it, but not in "
            f"{STEPS} steps to the {s['loss, α = 1/√L']:.2g} of α = 1/√L = {knobs.alphas[2]:.3g}, where the stream grew "
            f"{s['growth, α = 1/√L']:.3g}-fold.\n\n"
            f"0.3 ended at {s['loss, α = 0.3']:.2g} and 0.5 at {s['loss, α = 0.5']:.2g}, although their streams began "
            f"{s['growth, α = 0.3']:.3g} and {s['growth, α = 0.5']:.3g} times as large: Adam repairs a factor that is not "
            "too large. In single nets the order of the three middle weights changes with the seed."
            f"{_with_less_skip(knobs)}"
        )


def _frames(knobs: Knobs, step: int, losses: Rows, growth: Rows, sizes: Rows) -> tuple[Frame, ...]:
    """Return a frame for each seed."""
    return tuple(_frame(knobs, step, *rows) for rows in zip(losses, growth, sizes, strict=True))


def _frame(knobs: Knobs, step: int, losses: list[float], growth: list[float], sizes: list[float]) -> Frame:
    """Return what is known so far of one seed."""
    predicted = [(knobs.skip**2 + alpha**2) ** (knobs.depth / 2) for alpha in knobs.alphas]
    scalars: dict[str, float] = {}
    for name, figures in (("loss", losses), ("growth", growth), ("mean |α|", sizes)):
        scalars |= {f"{name}, {label}": figure for label, figure in zip(knobs.labels, figures, strict=True)}
    scalars["growth/theory, α = 1/√L"] = growth[2] / predicted[2]
    series = {
        "α": (ZERO_DRAWN, *knobs.alphas[1:]),
        "loss": tuple(losses),
        "growth": tuple(growth),
        "mean |α|": tuple(sizes),
    }
    total = knobs.depth // BLOCKS_A_FRAME + STEPS + 1
    return Frame(
        step, total, scalars, series, {"growth": tuple(predicted)}, _event(knobs, step, losses, total)
    )


def _event(knobs: Knobs, step: int, losses: list[float], total: int) -> str:
    """Say what is seen first, from where α = 1 starts, and what the end does not show."""
    first = knobs.depth // BLOCKS_A_FRAME + 1
    if step == 1:
        return "before training: how far the stream grows from block to block (second view)"
    if step == first:
        return f"the first batch: loss {losses[2]:.2g} at α = 1/√L, {losses[-1]:.1e} at α = 1"
    if step == total:
        order = sorted(range(2, 5), key=losses.__getitem__)
        best = ", ".join(knobs.labels[place] for place in order)
        return (
            f"best to worst of the middle ones here: {best}; in single nets this order changes with the seed"
        )
    return ""


def _without_branch(knobs: Knobs, s: Mapping[str, float]) -> str:
    loss = s["loss, α = 0"]
    if knobs.weights == "learned":
        return (
            f"α began at 0 in every block, so that at the first step no weight of a branch had a gradient, only α itself. "
            f"It rose to {s['mean |α|, α = 0']:.2g} on average and the net reached {loss:.2g}: that is ReZero."
        )
    return (
        f"At α = 0 the blocks are not there: only the readout of the embedding learns, and {loss:.2g} is all that it "
        f"reaches, where guessing costs {CHANCE:.2g}. At 0.03 the branches learn, slowly: {s['loss, α = 0.03']:.2g}."
    )


def _with_less_skip(knobs: Knobs) -> str:
    if knobs.skip == 1:
        return ""
    left = knobs.skip**knobs.depth
    return (
        f"\n\nThe skip is scaled here too: alone it leaves {knobs.skip:g}^{knobs.depth} = {left:.2g} of the "
        "input. Small branches cannot make up for that, so the best α moves up. Scale the branch, never the skip."
    )


def _log10(loss: float) -> float:
    return math.log10(loss) if loss > 0 else -math.inf


SIMULATION: Batched[Knobs] = BranchWeight()
