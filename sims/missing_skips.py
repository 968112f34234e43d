"""Missing skips: a residual net in which some blocks were built without theirs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sims import nested_skips
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
from sims.theory_holes import cliff, holes, log_gradients

if TYPE_CHECKING:
    from sims.nested_growth import Nested
    from sims.sweep import Standing, Sweep

STEPS, STEPS_A_FRAME, RATE = 150, 3, 3e-3
CLIFF_TOLERANCE = 0.12  # of one missing skip, in ln; k of them spread √k times as much
LEARNED, CHANCE_BELOW = 0.97, 0.66
NESTED_BLOCKS = 8
NESTED_TOLERANCE = 0.045  # in ln per block, as for any unscaled stream
SHARE_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(32, 8, 32, "blocks, L", step=8)
    missing: int = whole(4, 1, 32, "skips missing in the gradient's profile, k (at most L)")
    placed: str = choice("spread", ("spread", "start", "middle", "end"), "evenly, or as one run of blocks")

    @property
    def shown(self) -> int:
        """The missing skips of the profile."""
        return min(self.missing, self.depth)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many skips the trained nets lack, in rising order."""
        depth = self.depth
        return tuple(sorted({0, 1, depth // 8, depth // 4, depth // 2, depth, self.shown}))

    def skips(self, missing: int) -> list[float]:
        """Return 1 for each block with a skip and 0 for each without."""
        lost = holes(self.depth, missing, self.placed)
        return [0.0 if block in lost else 1.0 for block in range(self.depth)]


@dataclass(slots=True)
class Seen:
    """What one seed has shown so far.

    Attributes:
        profiles: For 0, 1 and k missing skips: ln RMS of the gradient from the output back, one for each state.
        losses: For each count of missing skips: one loss a pause.
        shares: For each count: right answers at the last pause.
        nested: What too many skips do: one round every operation.
    """

    profiles: list[list[float]]
    losses: list[list[float]]
    shares: list[float]
    nested: Nested

    def went_back(self, logs: Sequence[float]) -> None:
        """Add the gradient of one more block."""
        for profile, log in zip(self.profiles, logs, strict=True):
            profile.append(log)

    def trained(self, standing: Standing) -> None:
        """Add what one more pause measured."""
        (losses,), (self.shares,) = standing.losses, standing.accuracies
        for curve, loss in zip(self.losses, losses, strict=True):
            curve.append(loss)


class MissingSkips:
    """The simulation `missing-skips`."""

    header = Header(
        name="missing-skips",
        title="Missing skips: how many may be forgotten?",
        group="depth",
        claim="One forgotten skip of 32 cuts the gradient below it by √(L+1), and yet training does not notice: only "
        "many missing ones stop it.",
        formula="x ← s·x + W φ(norm x)/√L;  without norm: RMS gradient × √(1 + 1/L) with a skip, × √(1/L) without",
        symbols={
            "L": "blocks",
            "k": "skips that are missing",
            "s": "1 for a block with its skip, 0 for one without",
            "W": "32 × 32 matrix, N(0, 2/32); 128 × 128 for the profile",
            "φ": "relu",
        },
        source="He et al. 2015, Deep Residual Learning; mean-field theory for the gradient",
        simplification="Two spirals, 150 steps of Adam. The profile is of untrained nets of width 128 without norm, the "
        "median of 8; the trained nets have layer norm, which divides by the small stream behind a hole and so mends part "
        "of the loss of scale. Adam does not see scale anyway: that is why one hole does not show. Between 8 and 16 of 32 "
        "missing the accuracy has heavy tails: over seeds 0-9 it was .87 to 1 at 8 and .50 to .75 at 16, so nothing is "
        "claimed there. One run of 16 blocks without skips is milder (.89 to .96 on average) than 16 spread ones (.63).",
        words=(
            "missing skip",
            "forgetting the residual",
            "forgotten residual",
            "forget the skip",
            "missing residual",
            "harder to train",
            "common mistake",
            "silent bug",
            "skip connection",
            "how many skips",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "profile",
            "Gradient before training",
            "block",
            "RMS gradient",
            ("all skips", "1 missing", "k missing"),
            log_y=True,
        ),
        View("accuracy", "Right after training", "missing skips", "share", ("accuracy",), x="missing"),
        View("loss", "Training loss", "step", "nats", x="steps", log_y=True),
        View(
            "nested",
            "Too many: a skip round every operation",
            "block",
            "RMS x",
            ("every operation", "one a block"),
            log_y=True,
        ),
    )
    declared_claims = (
        ClaimSpec(
            "one-hole",
            "One missing skip cuts the gradient below it to 1/√(L+1) (ln of the ratio to the full net).",
            "mean-field theory: √(1/L) in place of √(1 + 1/L)",
        ),
        ClaimSpec(
            "k-holes", "k missing skips cut it to (L+1)^(-k/2) (ln of the ratio).", "the same, k times"
        ),
        ClaimSpec(
            "none-learns", "With all skips the net learns: more than 97 % right.", "He et al. 2015, section 4"
        ),
        ClaimSpec("one-learns", "With one missing skip it learns too: more than 97 % right.", "measured"),
        ClaimSpec(
            "plain-fails",
            "Without any of its 32 skips it stays near chance: less than 66 % right.",
            "He et al. 2015, fig. 1: degradation",
        ),
        ClaimSpec(
            "nested-growth",
            "With skips round linear, relu and linear a block grows the stream 3.4-fold, not √2-fold (ln).",
            "squares add: √10 in the first block, 3.454 at the fixed point",
        ),
        ClaimSpec(
            "nested-linear",
            "x + relu(x) is nearly a line: its linear R² is 0.961, relu's own 0.733.",
            "closed form over x ~ N(0, 1)",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a frame a block of the gradient's way back, then one for every few steps of training."""
        for (frame,) in self.run_seeds(knobs, (context,)):
            yield frame

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds, whose nets run as one batch."""
        from sims.holes import gradients
        from sims.nested_growth import nested

        seeds = [
            Seen([[0.0], [0.0], [0.0]], [[] for _ in knobs.counts], [], nested(context))
            for context in contexts
        ]
        arms = [knobs.skips(missing) for missing in (0, 1, knobs.shown)]
        for step, logs in enumerate(gradients(contexts, arms, 1 / math.sqrt(knobs.depth)), 1):
            for seen, log in zip(seeds, logs, strict=True):
                seen.went_back(log)
            yield tuple(_frame(knobs, seen, step) for seen in seeds)
        pauses = _sweep(knobs, contexts).standings(STEPS, STEPS_A_FRAME, RATE)
        for step, standings in enumerate(pauses, 1 + knobs.depth):
            for seen, standing in zip(seeds, standings, strict=True):
                seen.trained(standing)
            yield tuple(_frame(knobs, seen, step) for seen in seeds)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the cliffs, and what training does with none, one and all skips missing."""
        s, depth = last.scalars, knobs.depth
        learned = (1 + LEARNED) / 2, (1 - LEARNED) / 2
        made: dict[str, tuple[float, float, float]] = {  # expected, measured, tolerance
            "one-hole": (cliff(depth, 1), s["1 missing, ln ratio"], CLIFF_TOLERANCE),
            "k-holes": (
                cliff(depth, knobs.shown),
                s["k missing, ln ratio"],
                CLIFF_TOLERANCE * math.sqrt(knobs.shown),
            ),
            "none-learns": (learned[0], s["right, k = 0"], learned[1]),
            "one-learns": (learned[0], s["right, k = 1"], learned[1]),
        }
        if depth == 32:
            made["plain-fails"] = 0.5, s["right, k = 32"], CHANCE_BELOW - 0.5
        growth = math.log(nested_skips.mean_growth(NESTED_BLOCKS))
        made["nested-growth"] = growth, s["nested growth, ln"], NESTED_TOLERANCE
        share = nested_skips.SKIPPED_RELU_LINEAR_SHARE
        made["nested-linear"] = share, s["linear share"], SHARE_TOLERANCE
        return tuple(
            Claim(spec.id, spec.statement, *made[spec.id], source=spec.source)
            for spec in self.declared_claims
            if spec.id in made
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask for the accuracy at each count of missing skips."""
        return Prediction(
            f"{knobs.depth} residual blocks; somebody forgot k of the skips. How much do the nets get right after "
            f"{STEPS} steps? (Guessing is 0.5.)",
            bars=tuple(f"k = {missing}" for missing in knobs.counts),
            low=0.4,
            high=1.0,
            view="accuracy",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the accuracies."""
        shares = last.series["accuracy"]
        noticed = [missing for missing, share in zip(knobs.counts, shares, strict=True) if share < LEARNED]
        begun = (
            f"training noticed from {noticed[0]} missing skips on" if noticed else "training noticed nothing"
        )
        return Outcome(
            shares,
            f"{begun}; one missing skip cost the gradient below it a factor of {1 / last.scalars['1 missing, ratio']:.1f}.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what a hole does to the gradient, what training makes of it, and why that is a nasty bug."""
        s, depth, k = last.scalars, knobs.depth, knobs.shown
        listed = ", ".join(f"{missing}: {100 * s[f'right, k = {missing}']:.0f} %" for missing in knobs.counts)
        return (
            f"A block with its skip hands the gradient on times √(1 + 1/L) = {math.sqrt(1 + 1 / depth):.3f}, nearly whole; "
            f"one without it passes only its branch's share, √(1/L) = {math.sqrt(1 / depth):.3f}. So one hole left "
            f"{s['1 missing, ratio']:.3f} of the gradient below it (theory {math.exp(cliff(depth, 1)):.3f}) and {k} left "
            f"{s['k missing, ratio']:.2g} ({math.exp(cliff(depth, k)):.2g}).\n\n"
            f"Right after training, by missing skips: {listed}. Adam divides each gradient by its own size, and layer norm "
            "rescales what comes through a hole, so that a constant factor hurts neither.\n\n"
            "That makes a forgotten skip a nasty bug: no curve shows it. Look for it by printing the gradient's norm "
            "block by block at the start: it falls off at each hole. What training does notice is that many blocks in a "
            "row, or nearly so, must learn without a skip; where exactly it begins changes with the seed.\n\n"
            f"The opposite mistake: skips round linear, relu and linear grew the stream "
            f"{math.exp(s['nested growth, ln']):.2f}-fold a block, where one skip a block gives √2, and made relu "
            f"{100 * s['linear share']:.1f} % a straight line. Depth without bends is one matrix."
        )


def _sweep(knobs: Knobs, contexts: Sequence[Context]) -> Sweep:
    """Return one stack: for each seed a net for each count of missing skips, all with the same weights."""
    from sims.stack import Blocks, Stack
    from sims.sweep import Sweep

    skips = [knobs.skips(missing) for missing in knobs.counts]
    branch = [[1 / math.sqrt(knobs.depth)] * knobs.depth for _ in knobs.counts]
    return Sweep([Stack(contexts, Blocks(knobs.depth), skips, branch)], contexts)


def _frame(knobs: Knobs, seen: Seen, step: int) -> Frame:
    """Return what is known so far; blocks and steps not reached yet are NaN, which a chart leaves empty."""
    total = knobs.depth + 1 + math.ceil(STEPS / STEPS_A_FRAME)
    series: dict[str, tuple[float, ...]] = {}
    overlay: dict[str, tuple[float, ...]] = {}
    scalars: dict[str, float] = {}
    names = {"all skips": 0, "1 missing": 1, "k missing": knobs.shown}
    full = seen.profiles[0][-1]
    for (name, missing), logs in zip(names.items(), seen.profiles, strict=True):
        unknown = (math.nan,) * (knobs.depth + 1 - len(logs))
        series[name] = (*unknown, *(math.exp(log) for log in reversed(logs)))
        expected = log_gradients(knobs.skips(missing), 1 / math.sqrt(knobs.depth))
        overlay[name] = tuple(math.exp(log) for log in expected)
        scalars[f"{name}, ln ratio"] = logs[-1] - full
        scalars[f"{name}, ratio"] = math.exp(logs[-1] - full)
    series["every operation"], series["one a block"] = seen.nested.every, seen.nested.one
    overlay["every operation"] = tuple(
        nested_skips.mean_growth(blocks) ** blocks if blocks else 1.0 for blocks in range(NESTED_BLOCKS + 1)
    )
    overlay["one a block"] = tuple(
        nested_skips.ONE_SKIP_GROWTH**blocks for blocks in range(NESTED_BLOCKS + 1)
    )
    scalars["nested growth, ln"] = math.log(seen.nested.every[-1]) / NESTED_BLOCKS
    scalars["linear share"] = seen.nested.linear_share
    series["missing"] = tuple(map(float, knobs.counts))
    series["accuracy"] = tuple(seen.shares) or (math.nan,) * len(knobs.counts)
    series["steps"] = tuple(map(float, range(0, STEPS + 1, STEPS_A_FRAME)))
    for missing, losses, share in zip(knobs.counts, seen.losses, series["accuracy"], strict=True):
        series[f"k = {missing}"] = (*losses, *((math.nan,) * (len(series["steps"]) - len(losses))))
        scalars[f"right, k = {missing}"] = share
    return Frame(step, total, scalars, series, overlay, _event(knobs, scalars, step, total))


def _event(knobs: Knobs, scalars: dict[str, float], step: int, total: int) -> str:
    """Say what is seen: the gradient going back, the training, and where nothing can be said."""
    if step == 1:
        return "before training: the gradient on its way back from the output, block by block"
    if step == knobs.depth:
        return f"below one hole {scalars['1 missing, ratio']:.3f} of the gradient is left"
    if step == knobs.depth + 1:
        return "training: the same weights, with k skips missing (second and third view)"
    if step == total and knobs.depth == 32:
        return (
            "between 8 and 16 missing skips the result changes much with the seed: nothing is claimed there"
        )
    return ""


SIMULATION: Batched[Knobs] = MissingSkips()
