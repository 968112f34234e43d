"""Degradation: plain nets of growing depth that stop fitting their own training points, beside residual ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
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
    ViewKind,
    choice,
    whole,
)

if TYPE_CHECKING:
    import torch

    from sims.stack import Stack
    from sims.sweep import Standing, Sweep

DEPTHS = (4, 8, 16, 32, 64)
KINDS = ("plain", "residual")
STEPS_A_FRAME = 4
CHANCE = math.log(2)  # the loss of a net that answers ½ everywhere
ROWS, COLUMNS = 16, 31  # of one net's map; a terminal's cell is twice as high as wide
ROW_NAMES = tuple(f"{1 - 2 * row / (ROWS - 1):+.2f}" for row in range(ROWS))


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    deepest: str = choice(
        "32", ("16", "32", "64"), "blocks of the deepest net; the others have 4, 8, 16, ..."
    )
    norm: str = choice("on", ("on", "off"), "layer norm before each branch and the readout, in both kinds")
    branch: str = choice("1/sqrt(L)", ("1/sqrt(L)", "1"), "α in the residual nets' x + αF(x)")
    activation: str = choice("relu", ("relu", "tanh"), "φ")
    init: str = choice("he", ("he", "orthogonal"), "weights: Gaussian or orthogonal, of the same mean square")
    rate: str = choice(
        "3e-3", ("3e-4", "1e-3", "3e-3", "1e-2"), "Adam's learning rate, the same at every depth"
    )
    steps: int = whole(150, 50, 300, "training steps", step=50)

    @property
    def depths(self) -> tuple[int, ...]:
        """The blocks of the nets that are trained."""
        return tuple(depth for depth in DEPTHS if depth <= int(self.deepest))

    @property
    def is_usual(self) -> bool:
        """Whether nets are built and trained as in the claims: layer norm, relu, the default learning rate."""
        return self.norm == "on" and self.activation == "relu" and self.rate == "3e-3"

    @property
    def is_isometric(self) -> bool:
        """Whether plain nets are the known exception: orthogonal tanh layers, a small learning rate, no norm."""
        made = (self.activation, self.init, self.norm)
        return made == ("tanh", "orthogonal", "off") and self.rate == "3e-4"


@dataclass(slots=True)
class Curves:
    """What one seed has shown so far.

    Attributes:
        losses: In nats; one curve for each kind and depth.
        shares: Right answers, for each kind and depth: the last.
        maps: One row of probabilities for each row of the map.
    """

    losses: dict[tuple[str, int], list[float]]
    shares: dict[tuple[str, int], float] = field(default_factory=dict)
    maps: list[list[float]] = field(default_factory=list)
    done: list[int] = field(default_factory=list)

    def extend(self, knobs: Knobs, standing: Standing, maps: list[list[float]]) -> None:
        """Add what one more pause measured."""
        self.done.append(standing.done)
        self.maps = maps
        for place, depth in enumerate(knobs.depths):
            for arm, kind in enumerate(KINDS):
                self.losses[kind, depth].append(standing.losses[place][arm])
                self.shares[kind, depth] = standing.accuracies[place][arm]


class Degradation:
    """The simulation `degradation`."""

    header = Header(
        name="degradation",
        title="Degradation: a deeper plain net trains worse",
        group="depth",
        claim="A plain net that is deep enough does not even fit its training points, though a shallower one does; a "
        "residual net of the same depth does.",
        formula="plain: x ← W φ(norm x);  residual: x ← x + α·W φ(norm x);  loss = mean cross-entropy, chance ln 2",
        symbols={
            "L": "blocks, of one matrix each",
            "x": "the stream, 32 wide; at first an embedding of the point",
            "φ": "relu or tanh",
            "α": "weight of the branch",
            "W": "32 × 32 matrix",
        },
        source="He et al. 2015, Deep Residual Learning, fig. 1 and section 4.1; orthogonal exception: Xiao et al. 2018",
        simplification="512 points on two spirals, blocks of one matrix, Adam, few steps; He et al. train two-layer "
        "convolutional blocks for long. The learning rate is the same for every depth, and that matters: over seeds "
        "0-9 the plain net of 32 blocks ends at .68 with rate 3e-3, at .20 with 1e-3 and at .09 with 3e-4, where the "
        "residual net is still at .52. At 64 blocks it fails with all three (.69, .69, .50). Plain nets of 16 blocks "
        "have heavy tails (.002 to .63), so nothing is claimed of them, nor of fewer than 150 steps: at 100 one of 20 deep "
        "ones was at .599. With layer norm, signals and gradients are "
        "not small here: this is not a picture of vanishing gradients.",
        words=(
            "degradation",
            "deeper network",
            "training error",
            "plain network",
            "optimization difficulty",
            "deep network",
            "depth limit",
            "ResNet-152",
            "VGG-19",
            "overfitting",
            "training loss",
            "orthogonal",
        ),
    )
    knobs = Knobs
    views = (
        View("loss", "Training loss", "step", "nats", x="steps", log_y=True),
        View("depth", "Final training loss", "blocks", "nats", KINDS, x="blocks", log_x=True, log_y=True),
        View(
            "map",
            "What the deepest nets answer",
            "plain left, residual right",
            "P(arm 2)",
            ROW_NAMES,
            kind=ViewKind.HEAT,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "plain-shallow",
            "A plain net of 4 blocks learns its training points: loss below .02.",
            "measured; He et al. 2015, section 4.1, have plain-18 and plain-20 train well",
        ),
        ClaimSpec(
            "plain-deep",
            "The deepest plain net, 32 blocks or more, stays near chance, ln 2: loss above .6.",
            "He et al. 2015, fig. 1: the deeper plain net has the higher training error",
        ),
        ClaimSpec(
            "residual-deep",
            "The residual net of that depth learns them: loss below .1.",
            "He et al. 2015, fig. 4 and section 4.1",
        ),
        ClaimSpec(
            "plain-isometric",
            "Orthogonal tanh layers let a plain net of 64 blocks train too: more than 70 % right.",
            "Xiao et al. 2018, dynamical isometry",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a frame before training and one for every few steps of all nets."""
        for (frame,) in self.run_seeds(knobs, (context,)):
            yield frame

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds, whose nets train as one batch."""
        from sims.sweep import Sweep

        sweep = Sweep([_stack(knobs, contexts, depth) for depth in knobs.depths], contexts)
        total = 1 + math.ceil(knobs.steps / STEPS_A_FRAME)
        seeds = [Curves({(kind, depth): [] for kind in KINDS for depth in knobs.depths}) for _ in contexts]
        pauses = sweep.standings(knobs.steps, STEPS_A_FRAME, float(knobs.rate))
        for step, standings in enumerate(pauses, 1):
            maps = _maps(sweep, contexts)
            for curves, standing, cells in zip(seeds, standings, maps, strict=True):
                curves.extend(knobs, standing, cells)
            yield tuple(_frame(knobs, curves, step, total) for curves in seeds)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the claims at those settings at which they were measured over seeds 0-9."""
        s, deepest = last.scalars, knobs.deepest
        made: dict[str, tuple[float, float, float]] = {}  # expected, measured, tolerance
        if knobs.is_usual and knobs.steps >= 150:
            made["plain-shallow"] = 0.01, s["plain 4"], 0.01
        if knobs.is_usual and knobs.branch == "1/sqrt(L)" and knobs.steps >= 150:
            made["residual-deep"] = 0.05, s[f"residual {deepest}"], 0.05
        if knobs.is_usual and knobs.init == "he" and int(deepest) >= 32 and knobs.steps >= 150:
            made["plain-deep"] = CHANCE, s[f"plain {deepest}"], CHANCE - 0.6
        if knobs.is_isometric and deepest == "64" and knobs.steps >= 300:
            made["plain-isometric"] = 0.85, s["plain 64 right"], 0.15
        return tuple(
            Claim(spec.id, spec.statement, *made[spec.id], source=spec.source)
            for spec in self.declared_claims
            if spec.id in made
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask for the plain nets' losses by depth."""
        return Prediction(
            f"Plain nets, {knobs.steps} steps on the same points. Which training loss does each depth end with? "
            "(Guessing is 0.69.)",
            unit="nats",
            log_scale=True,
            bars=tuple(f"L = {depth}" for depth in knobs.depths),
            low=1e-3,
            high=1.0,
            view="depth",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the plain nets' final losses."""
        losses = last.series["plain"]
        best = min(range(len(losses)), key=losses.__getitem__)
        return Outcome(
            losses,
            f"the plain net was best at {knobs.depths[best]} blocks ({losses[best]:.2g}) and ended at "
            f"{losses[-1]:.2g} with {knobs.deepest}; the residual one there at {last.series['residual'][-1]:.2g}.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what depth did to either kind, what it is not, and when a plain net gets through."""
        s, deepest = last.scalars, knobs.deepest
        plain, residual = s[f"plain {deepest}"], s[f"residual {deepest}"]
        verdict = "did not learn" if plain > 0.6 else "learned only in part" if plain > 0.1 else "learned"
        return (
            f"The plain net of {deepest} blocks {verdict} its own training points: loss {plain:.2g}, where 4 blocks "
            f"reach {s['plain 4']:.2g} and guessing costs {CHANCE:.2g}. These are training losses, so overfitting has "
            f"no part in it. The residual net of {deepest} blocks ended at {residual:.2g}.\n\n"
            f"{_shallow(s)}\n\n"
            "He et al. thought vanishing gradients an unlikely cause: their plain nets had batch norm and healthy "
            "gradients. A later account is direction: the gradients of nearby points have ever less in common. The "
            "size of a step counts too: at rate 3e-4 a plain net of 32 blocks gets through, slowly.\n\n"
            f"{_further(knobs, s)}"
        )


def _stack(knobs: Knobs, contexts: Sequence[Context], depth: int) -> Stack:
    """Return a plain and a residual net of this depth for each seed, with the same weights."""
    from sims.stack import Blocks, Stack

    alpha = 1.0 if knobs.branch == "1" else 1 / math.sqrt(depth)
    blocks = Blocks(depth, knobs.activation, knobs.init, norm=knobs.norm == "on")
    return Stack(contexts, blocks, ([0.0] * depth, [1.0] * depth), ([1.0] * depth, [alpha] * depth))


def _maps(sweep: Sweep, contexts: Sequence[Context]) -> list[list[list[float]]]:
    """Return, for each seed and row of the map, what the deepest nets give as the probability of the second arm.

    The plain net's COLUMNS cells come first, then a gap of NaN, then the residual net's.
    """
    shares = sweep.answers(-1, _grid(contexts[0].device))  # (nets, ROWS · COLUMNS)
    pairs = shares.view(-1, len(KINDS), ROWS, COLUMNS).transpose(1, 2)  # (seeds, ROWS, kinds, COLUMNS)
    cells: list[list[list[list[float]]]] = pairs.tolist()
    return [[[*plain, math.nan, *residual] for plain, residual in rows] for rows in cells]


def _grid(device: str) -> torch.Tensor:
    """Return the points of the map from its top left corner, row by row, (ROWS · COLUMNS, 2)."""
    import torch

    y, x = torch.meshgrid(torch.linspace(1, -1, ROWS), torch.linspace(-1, 1, COLUMNS), indexing="ij")
    return torch.stack((x, y), dim=2).flatten(0, 1).to(device)


def _frame(knobs: Knobs, curves: Curves, step: int, total: int) -> Frame:
    """Return the losses so far; steps not reached yet are NaN, which a chart leaves empty."""
    deepest = int(knobs.deepest)
    shown = {f"plain {depth}": curves.losses["plain", depth] for depth in knobs.depths}
    shown[f"residual {deepest}"] = curves.losses["residual", deepest]
    unknown = (math.nan,) * (total - step)
    series = {name: (*losses, *unknown) for name, losses in shown.items()}
    steps = (*range(0, knobs.steps, STEPS_A_FRAME), knobs.steps)
    series["steps"] = tuple(map(float, steps))
    series["blocks"] = tuple(map(float, knobs.depths))
    for kind in KINDS:
        series[kind] = tuple(curves.losses[kind, depth][-1] for depth in knobs.depths)
    series |= {name: tuple(cells) for name, cells in zip(ROW_NAMES, curves.maps, strict=True)}
    scalars = {f"{kind} {depth}": losses[-1] for (kind, depth), losses in curves.losses.items()}
    scalars |= {f"{kind} {depth} right": share for (kind, depth), share in curves.shares.items()}
    chance = {"plain": (CHANCE,) * len(knobs.depths), f"plain {deepest}": (CHANCE,) * total}
    return Frame(step, total, scalars, series, chance, _event(knobs, scalars, step, total))


def _event(knobs: Knobs, scalars: Mapping[str, float], step: int, total: int) -> str:
    """Say from where an unscaled net starts, and at the end who won at 4 blocks and at the deepest."""
    deepest = knobs.deepest
    if step == 1 and scalars[f"residual {deepest}"] > 10:
        loss = scalars[f"residual {deepest}"]
        return (
            f"without norm and scaling, the residual net of {deepest} blocks starts from a loss of {loss:.1e}"
        )
    if step == 1:
        return "all nets see the same points in the same order; dotted: ln 2, the loss of guessing"
    return _winners(scalars, deepest) if step == total else ""


def _winners(s: Mapping[str, float], deepest: str) -> str:
    won = [
        "plain" if s[f"plain {depth}"] < s[f"residual {depth}"] else "residual" for depth in ("4", deepest)
    ]
    return f"lower loss at 4 blocks: {won[0]}; at {deepest} blocks: {won[1]}"


def _shallow(s: Mapping[str, float]) -> str:
    """Return what the nets of 4 blocks say: that plain is not bad as such, where it is so."""
    plain, residual = s["plain 4"], s["residual 4"]
    if plain < residual:
        return (
            f"At 4 blocks the plain net is the better one: {plain:.2g} against {residual:.2g}. So it is depth that "
            "plain nets cannot bear, not that plain layers are bad."
        )
    return f"At 4 blocks the plain net ended at {plain:.2g}, the residual one at {residual:.2g}."


def _further(knobs: Knobs, s: Mapping[str, float]) -> str:
    """Return the exception that proves the skip not to be the only way, or where to find it."""
    if knobs.is_isometric:
        right = s[f"plain {knobs.deepest} right"]
        return (
            f"Orthogonal tanh layers keep lengths and angles nearly as they are. {100 * right:.0f} % right without "
            "any skip: "
            "the skip is one way to train deep nets, not the only one."
        )
    return (
        "Two settings to try with deepest = 64 and norm = off. Activation tanh, init orthogonal, rate 3e-4, steps 300: "
        "the plain net trains. Branch 1: the residual net starts from a loss of about 10⁹."
    )


SIMULATION: Batched[Knobs] = Degradation()
