"""Path lengths: which of a residual net's 2^n paths carry its gradient, by backprop that keeps lengths apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims import theory_paths as paths
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

NETS = 16  # independent nets, run as one batch: every figure is a mean square over all of them
BATCH, WIDTH = 8, 128  # inputs, each with its own random cotangent, and units of each net
BLOCKS_A_FRAME = 4  # forward: 16 · 4 · 128² random weights take about 10 ms
DISTANCE_TOLERANCE = 0.08  # of the share that would have to move
LENGTH_TOLERANCE = 0.05  # relative
VEIT = (54, 0.25)  # blocks of the paper's net, and the χ at which the window below is that of the closed form
WINDOW = (5, 17)


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    blocks: int = whole(54, 4, 60, "residual blocks, n")
    chi: float = number(
        0.25, 0.02, 1.0, "χ of the scheme const: a branch's share next to the skip's 1", step=0.01
    )
    scheme: str = choice(
        "const", paths.SCHEMES, "χ of block l: the knob's, 1/n (multiplier 1/√n), 1/l (as batch norm)"
    )

    @property
    def chis(self) -> tuple[float, ...]:
        """χ_l of the blocks l = 1..n."""
        return paths.block_chis(self.scheme, self.blocks, self.chi)

    @property
    def is_veit(self) -> bool:
        """Whether this is the net in which lengths 5 to 17 are claimed."""
        return self.scheme == "const" and (self.blocks, self.chi) == VEIT


@dataclass(slots=True)
class Walk:
    """The gradient on its way back, one part per path length.

    A part of length k is kept `tilt`^k times too large: then the parts are of like size, and none underflows fp32.

    Attributes:
        h: The forward signal, (NETS, BATCH, WIDTH).
        slopes: φ'(h) of every block passed, each (NETS, BATCH, WIDTH).
        parts: (NETS, lengths, BATCH, WIDTH), as many lengths as blocks were passed on the way back, and 0.
        mean_lengths: The mean length after 0, 1, 2, ... of those blocks.
    """

    h: torch.Tensor
    parts: torch.Tensor
    tilt: float
    slopes: list[torch.Tensor] = field(default_factory=list)
    squares: tuple[float, ...] = (1.0,)
    mean_lengths: list[float] = field(default_factory=lambda: [0.0])


class PathLengths:
    """The simulation `path-lengths`."""

    header = Header(
        name="path-lengths",
        title="Which paths carry the gradient",
        group="gradients",
        claim="Unrolled, n residual blocks have 2^n paths, but not all of them count alike: the gradient goes through "
        "short ones. Its share by length is Binomial(n, χ/(1+χ)), not the paths' own Binomial(n, ½).",
        formula="G_k ← G_k + J_lᵀ G_(k−1);   ‖G_k‖² ∝ C(n, k) · χ^k;   mean length = Σ χ_l/(1 + χ_l)",
        symbols={
            "n": "residual blocks; a path takes branch or skip at each",
            "k": "a path's length: how many branches it takes",
            "G_k": "the gradient through all paths of length k",
            "J_l": "Jacobian of block l's branch, a_l·W φ'(h)",
            "χ_l": "factor by which a branch changes the gradient's mean square",
            "C(n, k)": "number of paths of length k",
        },
        source="Veit et al. 2016, Residual Networks Behave Like Ensembles of Relatively Shallow Networks; the closed "
        "form follows from mean-field theory",
        simplification=f"{NETS} nets at initialisation, branch a·W relu(h), random cotangents. What splits into 2^n "
        "paths exactly is the Jacobian at one input; the function does not, unless F is linear, and the paths share "
        "their weights. So this is no ensemble of 2^n nets. Veit's net was trained; that χ = 0.25 gives its window of "
        "5 to 17 is observed here, not said in the paper. The curve of mean lengths goes through one net's last blocks. "
        "ReLU patterns persist from block to block, so that at this width paths far longer than the mean measure above "
        "the closed form (length 60 at χ = 0.02: by 2 of its 102 decades; by none with a constant slope).",
        words=(
            "ensemble of paths",
            "path length",
            "short paths",
            "2^n paths",
            "exponentially many paths",
            "binomial",
            "unrolled",
            "unraveled view",
            "ensemble",
            "effective depth",
            "shallow networks",
        ),
    )
    knobs = Knobs
    views = (
        View("shares", "Share by length", "path length", "share", ("gradient", "paths")),
        View(
            "product",
            "Paths × one path = product",
            "path length",
            "count or gradient²",
            ("C(n, k)", "one path", "product"),
            log_y=True,
        ),
        View("mean", "Mean path length", "blocks passed, from the output", "mean length", ("mean length",)),
    )
    declared_claims = (
        ClaimSpec(
            "path-shares",
            "The gradient's shares by length are (Poisson-)binomial: total variation from it below 0.08.",
            "closed form: ∏(1 + χ_l z) expanded in z",
        ),
        ClaimSpec(
            "window",
            "With n = 54, χ = 0.25, paths of length 5 to 17 carry more than 95 % of the gradient² (0.975 ± 0.025).",
            "Veit et al. 2016 for the lengths",
        ),
        ClaimSpec(
            "mean-length", "The mean length is Σ χ_l/(1 + χ_l), within 5 %.", "mean of the closed form"
        ),
        ClaimSpec(
            "below-one",
            "With χ = 1/n the mean length is n/(n + 1), below one branch, within 5 %.",
            "mean of the closed form",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a few frames of forward pass, then one frame per block of polynomial backprop."""
        import torch

        walk = _start(knobs, context)
        starts = range(0, knobs.blocks, BLOCKS_A_FRAME)
        total = len(starts) + knobs.blocks
        for step, start in enumerate(starts, 1):
            with torch.no_grad():
                for block in range(start, min(start + BLOCKS_A_FRAME, knobs.blocks)):
                    _forward(knobs, context, walk, block)
            event = "forward pass first: the slopes φ' that the gradient will meet" if step == 1 else ""
            yield _frame(knobs, walk, step, total, event)
        for step, block in enumerate(reversed(range(knobs.blocks)), 1 + len(starts)):
            with torch.no_grad():
                _backward(knobs, context, walk, block)
            yield _frame(knobs, walk, step, total, _event(knobs, walk) if step == total else "")

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return how far the shares are from the closed form, the window where it is claimed, and the mean."""
        rows = {"path-shares": (0.0, last.scalars["distance from binomial"], DISTANCE_TOLERANCE)}
        if knobs.is_veit:
            low, high = WINDOW
            rows["window"] = (0.975, math.fsum(last.series["gradient"][low : high + 1]), 0.025)
        expected = paths.mean_length(knobs.chis)
        mean = (expected, last.scalars["mean length"], LENGTH_TOLERANCE * expected)
        rows["below-one" if knobs.scheme == "1/n" else "mean-length"] = mean
        return tuple(
            Claim(spec.id, spec.statement, *rows[spec.id], spec.source)
            for spec in self.declared_claims
            if spec.id in rows
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which lengths carry most of the gradient."""
        chi = f"χ = {knobs.chi:g}" if knobs.scheme == "const" else f"χ = {knobs.scheme}"
        return Prediction(
            f"{knobs.blocks} residual blocks, {2.0**knobs.blocks:.2g} paths, {chi}. A path's length is the number of "
            "branches it takes. Which lengths carry most of the gradient²?",
            choices=tuple(
                f"{low}" if low == high else f"{low} to {high}" for low, high in _ranges(knobs.blocks)
            ),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the range of lengths that carries most, and the window of 95 %."""
        shares = last.series["gradient"]
        held = [math.fsum(shares[low : high + 1]) for low, high in _ranges(knobs.blocks)]
        place = max(range(len(held)), key=held.__getitem__)
        low, high = paths.central_window(shares)
        return Outcome(
            self.prediction(knobs).choices[place],
            f"these carry {100 * held[place]:.1f} %; the middle 95 % of the gradient² lies at {low} to {high} branches.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return how many paths carry how much, why, and what that does not mean."""
        s, n = last.scalars, knobs.blocks
        low, high = s["window low"], s["window high"]
        middle = n // 2
        return (
            f"Lengths {low:.0f} to {high:.0f} carried {100 * s['share in the window']:.1f} % of the gradient² and are "
            f"{100 * s['paths in the window']:.2f} % of the {2.0**n:.2g} paths. Most paths have about {middle} "
            "branches; those "
            f"of length {middle} carried {last.series['gradient'][middle]:.1e}.\n\n"
            f"Paths of length k are many, C(n, k), and each is weak: a branch multiplies the gradient² by χ, so one "
            f"path of length {middle} had {last.series['one path'][middle]:.1e} of the bare skip's. The product is a "
            f"binomial: each block is a coin that shows the branch with probability χ/(1 + χ). Its mean is "
            f"{s['mean length, theory']:.4g}; measured {s['mean length']:.4g}.\n\n"
            f"So of {n} blocks the gradient meets {s['mean length']:.3g} on average. With a multiplier of 1/√n it meets "
            "less than one: a scaled deep net begins as a shallow one.\n\n"
            "“All paths contribute” and “an ensemble of 2^n nets” say too much. The Jacobian at one input is a sum of "
            "2^n products; the net is not a sum of 2^n nets, and its paths share weights and train together."
        )


def _ranges(blocks: int) -> tuple[tuple[int, int], ...]:
    """Return the four ranges of lengths to choose from: Veit's window of 54 blocks, scaled, and those around it."""
    of, (low, high) = VEIT[0], WINDOW
    ends = [round(blocks * end / of) for end in (low - 1, high, 36)]
    return tuple(zip((0, *(end + 1 for end in ends)), (*ends, blocks), strict=True))


def _start(knobs: Knobs, context: Context) -> Walk:
    """Return the nets before their first block, and a cotangent of mean square 1 at their output."""
    from sims import nets

    h = nets.normal(context, "input", NETS, BATCH, WIDTH)
    cotangent = nets.normal(context, "cotangent", NETS, BATCH, WIDTH)
    cotangent /= cotangent.square().mean().sqrt()
    typical = math.fsum(map(math.log, knobs.chis)) / knobs.blocks  # ln of the geometric mean of χ_l
    return Walk(h, cotangent.unsqueeze(1), math.exp(-typical / 2))


def _weights(knobs: Knobs, context: Context, block: int) -> torch.Tensor:
    """Return a_l·W of one block, (NETS, WIDTH, WIDTH), of a variance that makes its factor χ_l: the same each time."""
    from sims import nets

    return nets.layer_weights(context, block, NETS, WIDTH, "relu", math.sqrt(knobs.chis[block]))


def _forward(knobs: Knobs, context: Context, walk: Walk, block: int) -> None:
    """Carry the signal through one block and keep its slopes."""
    import torch

    from sims import nets

    walk.slopes.append(nets.slope("relu", walk.h))
    walk.h = walk.h + torch.bmm(
        torch.relu(walk.h), _weights(knobs, context, block).mT
    )  # (NETS, BATCH, WIDTH)


def _backward(knobs: Knobs, context: Context, walk: Walk, block: int) -> None:
    """Let each part go back by the skip, keeping its length, and by the branch, adding 1 to it."""
    import torch

    weights = walk.tilt * _weights(knobs, context, block)
    longer = torch.bmm(walk.parts.flatten(1, 2), weights).view_as(walk.parts)  # (NETS, lengths, BATCH, WIDTH)
    longer *= walk.slopes.pop().unsqueeze(1)
    parts = walk.parts.new_zeros(NETS, walk.parts.shape[1] + 1, BATCH, WIDTH)
    parts[:, :-1] = walk.parts
    parts[:, 1:] += longer
    walk.parts = parts
    tilted: list[float] = parts.square().mean(dim=(0, 2, 3)).tolist()  # (lengths,)
    walk.squares = tuple(square * walk.tilt ** (-2 * k) for k, square in enumerate(tilted))
    walk.mean_lengths.append(_mean(walk.squares))


def _mean(squares: Sequence[float]) -> float:
    """Return the mean length that these mean squares give."""
    return math.fsum(k * square for k, square in enumerate(squares)) / math.fsum(squares)


def _frame(knobs: Knobs, walk: Walk, step: int, total: int, event: str) -> Frame:
    """Return the shares of the lengths reached so far under the closed form of the whole net."""
    passed = len(walk.squares) - 1
    whole_square = math.fsum(walk.squares)
    shares = tuple(square / whole_square for square in walk.squares)
    unknown = (math.nan,) * (knobs.blocks - passed)
    expected = paths.path_squares(knobs.chis)
    counts = [math.comb(knobs.blocks, k) for k in range(knobs.blocks + 1)]
    series = {
        "gradient": (*shares, *unknown),
        "paths": paths.path_count_shares(knobs.blocks),
        "C(n, k)": tuple(map(float, counts)),
        "one path": (*(square / math.comb(passed, k) for k, square in enumerate(walk.squares)), *unknown),
        "product": (*walk.squares, *unknown),
        "mean length": (*walk.mean_lengths, *unknown),
    }
    overlay = {
        "gradient": paths.path_shares(knobs.chis),
        "one path": tuple(square / count for square, count in zip(expected, counts, strict=True)),
        "product": expected,
        "mean length": _mean_lengths(knobs),
    }
    return Frame(step, total, _scalars(knobs, shares, walk.mean_lengths[-1]), series, overlay, event)


def _mean_lengths(knobs: Knobs) -> tuple[float, ...]:
    """Return the closed form's mean length after 0, 1, 2, ... blocks, the last block first."""
    backward = knobs.chis[::-1]
    return tuple(paths.mean_length(backward[:passed]) for passed in range(knobs.blocks + 1))


def _scalars(knobs: Knobs, shares: tuple[float, ...], mean: float) -> dict[str, float]:
    """Return the window, the mean and the distance from the closed form of the blocks passed so far."""
    passed = len(shares) - 1
    chis = knobs.chis[knobs.blocks - passed :]
    expected = paths.mean_length(chis)
    low, high = paths.central_window(shares)
    return {
        "mean length": mean,
        "mean length, theory": expected,
        "mean length measured/theory": mean / expected if passed else math.nan,
        "distance from binomial": paths.total_variation(shares, paths.path_shares(chis)),
        "window low": float(low),
        "window high": float(high),
        "share in the window": math.fsum(shares[low : high + 1]),
        "paths in the window": math.fsum(paths.path_count_shares(passed)[low : high + 1]),
    }


def _event(knobs: Knobs, walk: Walk) -> str:
    """Say which lengths carry the gradient and how few of the paths they are."""
    whole_square = math.fsum(walk.squares)
    low, high = paths.central_window([square / whole_square for square in walk.squares])
    held = math.fsum(paths.path_count_shares(knobs.blocks)[low : high + 1])
    return f"95 % of the gradient² takes {low} to {high} branches: {100 * held:.2f} % of the paths"


SIMULATION: Simulation[Knobs] = PathLengths()
