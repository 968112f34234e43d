"""Pre-LN and Post-LN transformers at initialisation: the weight gradients by block, and how they change with depth."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims import theory_attention as theory
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

if TYPE_CHECKING:
    from sims.transformer import Shape

NETS = 16  # independent nets of each kind: gradients are their median, the stream's mean square their mean
BATCH, TOKENS, VOCABULARY = 4, 16, 64
DEPTHS = (3, 6, 12, 24, 48)
LAYERS_A_FRAME = 24  # blocks run in one frame, both kinds; measured: 24 of width 32 take 20 ms
KINDS = ("pre", "post")
FLAT = 0.1  # decades between thirds of the profile that count as a difference
SUB_LAYERS = {"attention+ffn": (True, True), "ffn": (False, True), "attention": (True, False)}


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(12, 3, 48, "blocks, L, of the profile")
    width: int = whole(32, 32, 64, "width d of the stream", step=32)
    heads: str = choice("2", ("1", "2", "4", "8"), "attention heads")
    mask: str = choice("causal", ("causal", "none"), "causal: a token sees only itself and those before it")
    sublayers: str = choice("attention+ffn", tuple(SUB_LAYERS), "what a block is made of")
    output: str = choice(
        "1", ("1", "inv-sqrt-2L"), "initial weights of the sub-layers' last matrices are multiplied by it"
    )
    sweep: str = choice("on", ("on", "off"), "also measure at L = 3, 6, 12, 24, 48")


@dataclass(slots=True)
class Depth:
    """What was measured of nets of one depth, by kind.

    Attributes:
        gradients: |∂L/∂w2| by block, one row per net.
        squares: The stream's mean square after 0, 1, 2, ... blocks, one row per net.
    """

    gradients: dict[str, list[list[float]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    squares: dict[str, list[list[float]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def gradient(self, kind: str) -> list[float]:
        """Return the median net's gradient by block; nothing while no net was measured."""
        return [statistics.median(nets) for nets in zip(*self.gradients[kind], strict=True)]

    def square(self, kind: str) -> list[float]:
        """Return the stream's mean square, over all nets, after 0, 1, 2, ... blocks."""
        return [statistics.fmean(nets) for nets in zip(*self.squares[kind], strict=True)]


class PrePostNorm:
    """The simulation `pre-post-norm`."""

    header = Header(
        name="pre-post-norm",
        title="Pre-LN against Post-LN at initialisation",
        group="transformers",
        claim="In a Pre-LN transformer the first block has the largest weight gradients, by about √((1+L)/2), and the "
        "last one's shrink as 1/√L; Post-LN's last gradient does not shrink with depth.",
        formula="pre: x + F(LN x), q_l ≈ 1 + l, |∂L/∂w2_l| ∝ 1/√q_l·const, last ∝ 1/√L;  post: LN(x + F x), last ∝ L^0",
        symbols={
            "L": "blocks: attention, then FFN",
            "F": "a sub-layer",
            "w2": "the second matrix of a block's FFN",
            "q_l": "mean square of the stream after block l",
            "d": "width of the stream",
        },
        source="Xiong et al. 2020, On Layer Normalization in the Transformer Architecture, theorem 1",
        simplification=f"Initialisation only: {NETS} nets of each kind, {BATCH} sequences of {TOKENS} random tokens, "
        "cross-entropy against random targets, no biases, norms without gain. w2 is He, all else N(0, 1/fan-in). The line "
        "of theory under the profile takes q_l from the forward pass where a block has attention, whose output's variance "
        "has no closed form. Post-LN's gradients do not vanish towards the first block, as is often said: it had 0.5 to 1.0 "
        "of the last one's at L = 12 and 0.3 to 0.7 at 48 (measured over seeds). With attention alone the output matrix "
        "takes w2's place, tokens grow alike with depth, and nothing is claimed.",
        words=(
            "pre-norm",
            "post-norm",
            "Pre-LN",
            "Post-LN",
            "LayerNorm",
            "layer normalization",
            "transformer",
            "gradient norm",
            "residual stream",
            "early layers",
            "late layers",
            "curse of depth",
            "GPT-2",
            "LLaMA",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "profile",
            "Weight gradient over the last block's",
            "block",
            "ratio",
            KINDS,
            x="blocks",
            log_y=True,
        ),
        View(
            "depth",
            "Gradient of the last block's w2",
            "blocks L",
            "|∂L/∂w2|",
            ("pre, last", "post, last"),
            x="depths",
            log_x=True,
            log_y=True,
        ),
        View("stream", "Size of the stream (theory: FFN alone)", "block", "RMS x", ("pre: RMS", "post: RMS")),
    )
    declared_claims = (
        ClaimSpec(
            "pre-depth",
            "Pre-LN: the last block's w2 gradient falls as L^-1/2 (exponent).",
            "Xiong et al. 2020, theorem 1",
        ),
        ClaimSpec(
            "post-depth",
            "Post-LN: it does not fall; its exponent is above -0.1 (and below 0.9).",
            "Xiong et al. 2020, theorem 1",
        ),
        ClaimSpec(
            "early-larger",
            "Pre-LN: the first block's gradient is above 10^0.2 times the last's (and below 10^2).",
            "Shleifer et al. 2021",
        ),
        ClaimSpec(
            "stream-between",
            "Pre-LN: the stream ends between √(1+L) and √(1+2L); attention adds less than 1.",
            "variances add",
        ),
        ClaimSpec("stream", "Pre-LN without attention: the stream ends at √(1+L).", "variances add"),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield frames of a few nets each: first the profile's depth, then the others."""
        for (frame,) in self.run_seeds(knobs, (context,)):
            yield frame

    def run_seeds(self, knobs: Knobs, contexts: Sequence[Context]) -> Iterator[tuple[Frame, ...]]:
        """Yield the same for several seeds, whose nets run as one batch."""
        depths = (
            (knobs.depth, *(d for d in DEPTHS if d != knobs.depth)) if knobs.sweep == "on" else (knobs.depth,)
        )
        plan = [(depth, places) for depth in depths for places in _shares(depth)]
        seeds: list[dict[int, Depth]] = [{} for _ in contexts]
        for step, (depth, places) in enumerate(plan, 1):
            into = [measured.setdefault(depth, Depth()) for measured in seeds]
            _measure(_shape(knobs, depth), contexts, places, into)
            is_profile = seeds[0].keys() == {knobs.depth} and places[-1] == NETS - 1
            yield tuple(
                _frame(
                    knobs,
                    measured,
                    step,
                    len(plan),
                    _profile_event(measured[knobs.depth]) if is_profile else "",
                )
                for measured in seeds
            )

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return what applies to blocks with an FFN whose output matrices are not scaled down."""
        if knobs.output != "1" or knobs.sublayers == "attention":
            return ()
        s, rows = last.scalars, dict[str, tuple[float, float, float]]()
        if knobs.sweep == "on":
            rows["pre-depth"] = (-0.5, s["pre exponent"], 0.2)
            rows["post-depth"] = (0.4, s["post exponent"], 0.5)
        if knobs.depth >= 12:
            rows["early-larger"] = (1.1, s["pre log10 first/last"], 0.9)
        low, high = (math.sqrt(1 + branches * knobs.depth) for branches in (1, 2))
        if knobs.sublayers == "ffn":
            rows["stream"] = (low, s["pre stream"], 0.05 * low)
        else:
            rows["stream-between"] = ((low + high) / 2, s["pre stream"], (high - low) / 2)
        return tuple(
            Claim(spec.id, spec.statement, *rows[spec.id], spec.source)
            for spec in self.declared_claims
            if spec.id in rows
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask for the Pre-LN profile's shape."""
        falling = theory.pre_norm_profile(theory.unit_branch_squares(knobs.depth))
        middle = (knobs.depth - 1) / 2
        hump = tuple(
            1 + math.sqrt(knobs.depth) * (1 - ((n - middle) / middle) ** 2) for n in range(knobs.depth)
        )
        return Prediction(
            f"A Pre-LN transformer of {knobs.depth} blocks at initialisation. In which block are the weight gradients "
            "largest?",
            choices=("the first", "the last", "the middle", "all alike"),
            curves=(falling, tuple(1 / value for value in falling), hump, (1.0,) * knobs.depth),
            view="profile",
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the third of the measured profile that stands out, if one does."""
        names = self.prediction(knobs).choices
        logs = [math.log10(value) for value in last.series["pre"]]
        size = max(1, knobs.depth // 3)
        first, final = statistics.fmean(logs[:size]), statistics.fmean(logs[-size:])
        middle = statistics.fmean(logs[size:-size])
        if middle > max(first, final) + FLAT:
            truth = names[2]
        elif abs(first - final) > FLAT:
            truth = names[0] if first > final else names[1]
        else:
            truth = names[3]
        return Outcome(
            truth,
            f"the first block's gradient is {last.series['pre'][0]:.3g} times the last's; "
            f"in Post-LN {last.series['post'][0]:.3g} times.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what the stream's growth does to the gradients, what depth does, and what Post-LN does instead."""
        s = last.scalars
        parts = [
            (
                f"Pre-LN never norms the stream itself, so each branch adds to it: its RMS went from 1 to "
                f"{s['pre stream']:.3g} in {knobs.depth} blocks (√(1+L) = {math.sqrt(1 + knobs.depth):.3g}). LayerNorm does "
                "not stop that; it only norms what the branches read."
            ),
            (
                "A branch that reads x/RMS(x) passes back a gradient divided by RMS(x). Late blocks, behind a large stream, "
                "add little to the gradient; early blocks collect from all that follow. Hence the first block's is "
                f"{last.series['pre'][0]:.3g} times the last's, where the stream's own growth predicts "
                f"{10 ** s['pre log10 first/last, theory']:.3g}."
            ),
            (
                f"Post-LN norms the stream after each sub-layer (RMS {s['post stream']:.3g} at the end); its first "
                f"block's gradient is {last.series['post'][0]:.3g} times the last's."
            ),
        ]
        if knobs.sweep == "on":
            parts.append(
                f"Over L = 3 to 48 the last block's gradient went as L^{s['pre exponent']:.2f} in Pre-LN, because the final "
                f"norm divides by a stream of √L, and as L^{s['post exponent']:.2f} in Post-LN. With the same learning rate "
                "a deep Post-LN net therefore takes far larger steps near its output, which is what warmup is for."
            )
        if knobs.output != "1":
            parts.append(
                "With the output matrices scaled by 1/√2L, as in GPT-2, all branches together add a variance of at most "
                "1: the stream hardly grows, and the blocks become alike."
            )
        return "\n\n".join(parts)


def _shares(depth: int) -> list[range]:
    """Return the nets of each frame of one depth, so that a frame runs about LAYERS_A_FRAME blocks of each kind."""
    size = max(1, min(NETS, LAYERS_A_FRAME // depth))
    return [range(start, min(start + size, NETS)) for start in range(0, NETS, size)]


def _shape(knobs: Knobs, depth: int) -> Shape:
    """Return the nets of this depth as the knobs have them."""
    from sims.transformer import Shape

    attention, ffn = SUB_LAYERS[knobs.sublayers]
    return Shape(
        depth,
        knobs.width,
        int(knobs.heads),
        TOKENS,
        VOCABULARY,
        causal=knobs.mask == "causal",
        attention=attention,
        ffn=ffn,
        output_init=1.0 if knobs.output == "1" else 1 / math.sqrt(2 * depth),
    )


def _measure(shape: Shape, contexts: Sequence[Context], places: Sequence[int], into: Sequence[Depth]) -> None:
    """Run these nets of each seed forward and back, as Pre-LN and as Post-LN with the same weights; note what they show."""
    import torch

    from sims import transformer

    members = [(context, f"{shape.layers}/{place}") for context in contexts for place in places]
    drawn = [transformer.draw(shape, context, 1, stream) for context, stream in members]
    weights = transformer.joined(drawn + drawn)
    words = torch.stack(
        [
            torch.randint(VOCABULARY, (2, BATCH, TOKENS), generator=context.generator(f"tokens/{stream}"))
            for context, stream in members
        ]
    ).to(contexts[0].device)  # (seeds · places, inputs and targets, BATCH, TOKENS)
    inputs, targets = words.repeat(2, 1, 1, 1).unbind(1)
    predicted, passed = transformer.logits(shape, weights, inputs, len(members))
    loss = transformer.losses(predicted, targets).sum()
    (gradient,) = torch.autograd.grad(loss, [weights[shape.last_matrix]])  # (nets, L, rows, d)
    with torch.no_grad():
        sizes = gradient.square().sum(dim=(2, 3)).sqrt()  # (nets, L)
        squares = torch.stack(
            [torch.cat(x).square().mean(dim=(1, 2)) for x in passed], dim=1
        )  # (nets, L + 1)
        rows: list[list[float]] = torch.cat((sizes, squares), dim=1).tolist()
    for kind, first in zip(KINDS, (0, len(members)), strict=True):
        for seed, depth in enumerate(into):
            found = rows[first + seed * len(places) : first + (seed + 1) * len(places)]
            depth.gradients[kind] += [row[: shape.layers] for row in found]
            depth.squares[kind] += [row[shape.layers :] for row in found]


def _frame(knobs: Knobs, measured: dict[int, Depth], step: int, total: int, event: str) -> Frame:
    """Return the profile of the nets so far and the last gradients of the depths so far; NaN is not reached yet."""
    at = measured[knobs.depth]
    scalars: dict[str, float] = {}
    series = {
        "blocks": tuple(float(block) for block in range(1, knobs.depth + 1)),
        "depths": tuple(float(depth) for depth in DEPTHS),
    }
    overlay: dict[str, tuple[float, ...]] = {}
    for kind, exponent in zip(KINDS, (-0.5, 0.0), strict=True):
        profile = at.gradient(kind)
        last = tuple(measured[d].gradient(kind)[-1] if d in measured else math.nan for d in DEPTHS)
        stream = tuple(math.sqrt(square) for square in at.square(kind))
        series |= {
            kind: tuple(value / profile[-1] for value in profile),
            f"{kind}, last": last,
            f"{kind}: RMS": stream,
        }
        scalars |= {
            f"{kind} log10 first/last": math.log10(profile[0] / profile[-1]),
            f"{kind} exponent": math.nan if math.isnan(sum(last)) else theory.power_fit(DEPTHS, last),
            f"{kind} stream": stream[-1],
        }
        if not math.isnan(sum(last)):
            overlay[f"{kind}, last"] = _power_law(last, exponent)
    squares = theory.unit_branch_squares(knobs.depth) if knobs.sublayers == "ffn" else at.square("pre")[1:]
    overlay |= {
        "pre": theory.pre_norm_profile(squares),
        "post": (1.0,) * knobs.depth,
        "pre: RMS": (1.0, *(math.sqrt(q) for q in theory.unit_branch_squares(knobs.depth))),
        "post: RMS": (1.0,) * (knobs.depth + 1),
    }
    scalars["pre log10 first/last, theory"] = math.log10(overlay["pre"][0])
    return Frame(step, total, scalars, series, overlay, event)


def _power_law(values: Sequence[float], exponent: float) -> tuple[float, ...]:
    """Return L^exponent over DEPTHS through the values' geometric mean."""
    shape = [depth**exponent for depth in DEPTHS]
    level = statistics.fmean(math.log(value / form) for value, form in zip(values, shape, strict=True))
    return tuple(math.exp(level) * form for form in shape)


def _profile_event(depth: Depth) -> str:
    """Say what the profile of both kinds came to."""
    first = {kind: gradient[0] / gradient[-1] for kind in KINDS for gradient in (depth.gradient(kind),)}
    return f"first block over last: pre {first['pre']:.2f}, post {first['post']:.2f} (flat is 1)"


SIMULATION: Batched[Knobs] = PrePostNorm()
