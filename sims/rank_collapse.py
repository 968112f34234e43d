"""Rank collapse: what attention alone does to the differences between tokens, with and without the skip."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from sims import theory_attention as theory
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
    ViewKind,
    choice,
    number,
    whole,
)

if TYPE_CHECKING:
    import torch

    from sims.attention_rank import Layer

NETS = 8  # independent nets, run as one batch: every figure is their median
TOKENS, WIDTH = 32, 64
SHOWN, FEATURES = 4, 32  # tokens of each arm in the heat map and their first numbers, of the first net
EQUAL = -6.0  # log10 residual at which tokens count as equal: six digits
BARE, BARE32, SKIP = ARMS = ("no skip", "no skip, fp32", "with skip")
TOKEN_ROWS = tuple(f"{arm} {token}" for arm in (BARE, SKIP) for token in range(1, SHOWN + 1))
EXPONENTS = ("no skip: p", "with skip: p")
SMALL = -1.0  # log10 residual below which the leading term is taken for the whole
LOST = -14.0  # log10 residual below which fp64 begins to round the differences away
RATIO_TOLERANCE = 0.5  # nearer to 3 than to 2 or 4
EXPONENT_TOLERANCE = 0.05  # the next terms are of relative order 10^-2, the residual it is measured at


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    depth: int = whole(8, 1, 12, "attention layers, L")
    skip: float = number(
        1.0, 0.0, 1.0, "weight s of the skip in the arm that has one: s·x + Attn(x)", step=0.1
    )
    heads: str = choice("4", ("1", "2", "4", "8"), "attention heads")
    mask: str = choice("none", ("none", "causal"), "causal: a token sees only itself and those before it")
    norm: str = choice("LN", ("LN", "none"), "LN: each sub-layer reads the normed stream (Pre-LN)")
    mlp: str = choice("off", ("off", "on"), "an MLP after each attention, with the same skip")


@dataclass(slots=True)
class Arm:
    """One net of the comparison.

    Attributes:
        x: The tokens now, (NETS, TOKENS, WIDTH).
        logs: The median net's log10 residual after 0, 1, 2, ... layers.
        cubic: What the cubic term made of the layer before; NaN where that was not small.
        exponents: The median net's local exponent of each layer; NaN where it was not measured.
        tokens: The first SHOWN tokens of net 1 as they are now, over the RMS of its stream, FEATURES numbers each.
    """

    x: torch.Tensor
    skip: float
    logs: list[float] = field(default_factory=list)
    cubic: list[float] = field(default_factory=lambda: [math.nan])
    exponents: list[float] = field(default_factory=lambda: [math.nan])
    tokens: list[list[float]] = field(default_factory=list)


class RankCollapse:
    """The simulation `rank-collapse`."""

    header = Header(
        name="rank-collapse",
        title="Rank collapse: attention without its skip",
        group="transformers",
        claim="Without a skip, attention makes all tokens equal doubly exponentially: each layer cubes what tells them "
        "apart. The skip, not the MLP and not the norm, is what prevents it.",
        formula="ρ = ‖X − 1·mean(X)‖ / ‖X‖;  no skip: ρ' = C·ρ³, so log ρ triples per layer;  causal mask: ρ' = C·ρ",
        symbols={
            "X": f"the {TOKENS} tokens, one a row, {WIDTH} numbers each",
            "ρ": "relative residual: 0 when all tokens are equal (X has rank 1)",
            "C": "a constant of the layer's weights",
            "p": "local exponent: d log ρ' / d log ρ near ρ = 0",
            "s": "weight of the skip",
        },
        source="Dong et al. 2021, Attention is not all you need: pure attention loses rank doubly exponentially with depth",
        simplification=f"Random tokens and weights at initialisation, the median of {NETS} nets, no training. fp64, since "
        "fp32 rounds the differences away below 10^-6.9; Apple's MPS has no fp64, so there the CPU computes. The line "
        "of theory is the cubic term, worked out from the layer before as it was measured: it is drawn where that was "
        "small, without mask and MLP. Without the norm the tokens' mean shrinks in the first layer and C with it, so that "
        "log ρ more than triples at first. Under a causal mask the collapse is only exponential.",
        words=(
            "rank collapse",
            "attention without skip",
            "pure attention",
            "attention",
            "transformer",
            "skip connection",
            "residual connection",
            "rank-1",
            "token uniformity",
            "oversmoothing",
            "doubly exponential",
            "forgetting residual",
        ),
    )
    knobs = Knobs
    views = (
        View("residual", "What still tells tokens apart", "layer", "log10 residual ρ", ARMS),
        View(
            "tokens",
            "Tokens now, over their RMS",
            "feature",
            "token",
            TOKEN_ROWS,
            kind=ViewKind.HEAT,
        ),
        View("exponent", "Local exponent of each layer", "layer", "p in ρ' ~ ρ^p", EXPONENTS),
    )
    declared_claims = (
        ClaimSpec(
            "cubic", "Near equal tokens, a layer without skip raises ρ to the power 3.", "Dong et al. 2021"
        ),
        ClaimSpec(
            "causal-linear",
            "Under a causal mask it raises ρ to the power 1: token i averages its own prefix.",
            "prefix means are linear in X",
        ),
        ClaimSpec("tripling", "log ρ triples per layer, from ρ < 0.1 down to the floor.", "Dong et al. 2021"),
        ClaimSpec(
            "rank-one",
            "After 4 layers without skip log10 ρ is at most -5 (and at least -16).",
            "Dong et al. 2021",
        ),
        ClaimSpec(
            "floor-fp64", "The collapse ends at 1 to 5 unit roundoffs of fp64 (log10).", "IEEE 754 binary64"
        ),
        ClaimSpec(
            "floor-fp32", "In fp32 it ends at 1 to 5 unit roundoffs of fp32 (log10).", "IEEE 754 binary32"
        ),
        ClaimSpec("skip-keeps", "With the skip log10 ρ stays between -0.5 and 0.", "Dong et al. 2021"),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame per layer, all arms at once."""
        import torch

        from sims import attention_rank as rank
        from sims import nets

        here = Context(context.seed, "cpu") if context.device == "mps" else context
        x = nets.normal(here, "tokens", NETS, TOKENS, WIDTH).double()  # (NETS, TOKENS, WIDTH)
        arms = {BARE: Arm(x, 0.0), BARE32: Arm(x.float(), 0.0), SKIP: Arm(x, knobs.skip)}
        with torch.no_grad():
            _measure(arms)
        for place in range(1, knobs.depth + 1):
            with torch.no_grad():
                layer = rank.draw_layer(
                    here,
                    place,
                    NETS,
                    WIDTH,
                    int(knobs.heads),
                    mlp=knobs.mlp == "on",
                    norm=knobs.norm == "LN",
                    causal=knobs.mask == "causal",
                )
                _advance(arms, layer)
            yield _frame(knobs, arms, place, _event(knobs, arms, place))

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return what applies: without mask and MLP the collapse and its floors, with the full skip its absence."""
        s = last.scalars
        alone = knobs.mask == "none" and knobs.mlp == "off"
        bare, bare32, skip = (last.series[arm] for arm in ARMS)
        rows: dict[str, tuple[float, float, float]] = {}
        if knobs.mask == "none":
            rows["cubic"] = (3.0, s["exponent, no skip"], EXPONENT_TOLERANCE)
        else:
            rows["causal-linear"] = (1.0, s["exponent, no skip"], EXPONENT_TOLERANCE)
        if alone and knobs.norm == "LN" and knobs.depth >= 4:
            rows["tripling"] = (3.0, s["log ratio per layer"], RATIO_TOLERANCE)
        if alone and knobs.depth >= 4:
            rows["rank-one"] = (-10.5, bare[4], 5.5)
        if alone and knobs.depth >= 7:
            for name, dtype, series in (("floor-fp64", "fp64", bare), ("floor-fp32", "fp32", bare32)):
                half = math.log10(5) / 2
                rows[name] = (theory.rounding_floor(dtype) + half, series[-1], half)
        if knobs.skip == 1 and knobs.norm == "LN" and knobs.depth <= 8:
            rows["skip-keeps"] = (-0.25, skip[-1], 0.25)
        return tuple(
            Claim(spec.id, spec.statement, *rows[spec.id], spec.source)
            for spec in self.declared_claims
            if spec.id in rows
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask how many layers make all tokens equal to six digits."""
        return Prediction(
            f"{TOKENS} random tokens, attention only, no skip{', causal mask' if knobs.mask == 'causal' else ''}. "
            f"After how many layers are all tokens equal to six digits? inf: not after {knobs.depth}.",
            unit="layers",
            tolerance=0.25,  # of 4: one layer
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the first layer after which the residual is below 10^-6; inf where none is."""
        logs = last.series[BARE]
        layer = next((float(place) for place, log in enumerate(logs) if log < EQUAL), math.inf)
        if math.isinf(layer):
            return Outcome(layer, f"after {knobs.depth} layers log10 ρ is still {logs[-1]:.2f}.")
        path = ", ".join(f"{log:.2f}" for log in logs[: int(layer) + 1])
        return Outcome(
            layer, f"log10 ρ went {path}; with the skip it is {last.series[SKIP][-1]:.2f} at the end."
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return why the residual is cubed, what the exponent measured, and what the skip adds."""
        s = last.scalars
        bare, bare32, skip = (last.series[arm] for arm in ARMS)
        path = ", ".join(f"{log:.2f}" for log in bare[1:])
        if knobs.mask == "causal":
            why = (
                "A causal mask gives each token a prefix of its own to average, and those averages differ in first order: "
                f"the measured exponent is {s['exponent, no skip']:.2f}. So the residual shrinks by a factor per layer "
                "instead of being cubed."
            )
        else:
            why = (
                "When tokens are nearly equal, so are the rows of the softmax: two of them differ only by Rᵢ·A·Rⱼ, which "
                "is a product of two small differences, and they weigh values that differ by a third. Hence the cube: "
                f"drawn together to ρ = 10^-2 and 10^-3, the tokens come out with an exponent of "
                f"{s['exponent, no skip']:.3f}."
            )
        return (
            f"Without the skip log10 ρ went {path} over {knobs.depth} layers, and in fp32 it ended at {bare32[-1]:.2f}. "
            "What fp32 cannot tell apart lies below about -6.9, for fp64 below -15.6: there the rest is rounding noise."
            f"\n\n{why}\n\n"
            f"With a skip of weight {knobs.skip:g} the differences themselves are carried on, and the exponent is "
            f"{s['exponent, with skip']:.2f}: log10 ρ ended at {skip[-1]:.2f}. It still falls a little with each layer, "
            "since attention keeps adding much the same vector to all tokens.\n\n"
            "Heads, norm and MLP do not help: the norm works on one token at a time and keeps its direction, and an MLP "
            "without skip maps nearly equal tokens to nearly equal ones. Turn the knobs and see."
        )


def _measure(arms: dict[str, Arm]) -> None:
    """Note every arm's residuals, with one transfer from the device."""
    import torch

    from sims import attention_rank as rank

    shown = [
        arm.x[0, :SHOWN, :FEATURES] * (TOKENS * WIDTH) ** 0.5 / rank.size(arm.x)[0] for arm in arms.values()
    ]
    measured = torch.stack(
        [
            torch.cat((rank.log10_residual(arm.x), tokens.flatten())).double()
            for arm, tokens in zip(arms.values(), shown, strict=True)
        ]
    )
    for arm, row in zip(arms.values(), measured.tolist(), strict=True):  # (arms, NETS + SHOWN·FEATURES)
        arm.logs.append(statistics.median(row[:NETS]))
        arm.tokens = [row[NETS + n * FEATURES : NETS + (n + 1) * FEATURES] for n in range(SHOWN)]


def _advance(arms: dict[str, Arm], layer: Layer) -> None:
    """Carry every arm through the layer, and measure its exponent and its cubic term on the way."""
    import torch

    from sims import attention_rank as rank

    probes = [rank.exponent(partial(layer.forward, skip=arm.skip), arm.x) for arm in (arms[BARE], arms[SKIP])]
    before = arms[BARE].x
    for name, arm in arms.items():
        arm.x = (layer.to(torch.float32) if name == BARE32 else layer).forward(arm.x, arm.skip)
    probes.append((rank.size(layer.cubic_term(layer.read(before))) / rank.size(arms[BARE].x)).log10())
    bare, skip, cubic = (statistics.median(row) for row in torch.stack(probes).tolist())
    small = arms[BARE].logs[-1]
    arms[BARE].exponents.append(bare if small > LOST else math.nan)
    arms[SKIP].exponents.append(skip)
    arms[BARE].cubic.append(cubic if small < SMALL else math.nan)
    _measure(arms)


def _log_ratio(logs: list[float]) -> float:
    """Return the median of log ρ' / log ρ over layers that begin below SMALL and end above LOST; NaN: none does."""
    pairs = pairwise(logs)
    ratios = [after / before for before, after in pairs if before < SMALL and after > LOST]
    return statistics.median(ratios) if ratios else math.nan


def _median(values: list[float]) -> float:
    """Return the median of those that were measured; NaN: none was."""
    measured = [value for value in values if not math.isnan(value)]
    return statistics.median(measured) if measured else math.nan


def _frame(knobs: Knobs, arms: dict[str, Arm], place: int, event: str) -> Frame:
    """Return what is known so far; layers to come are NaN, which a chart leaves empty."""
    unknown = (math.nan,) * (knobs.depth - place)
    bare, skip = arms[BARE], arms[SKIP]
    scalars = {
        "log10 ρ, no skip": bare.logs[-1],
        "log10 ρ, with skip": skip.logs[-1],
        "exponent, no skip": _median(bare.exponents),
        "exponent, with skip": _median(skip.exponents),
        "log ratio per layer": _log_ratio(bare.logs),
        "log10 measured/cubic term": bare.logs[-1] - bare.cubic[-1],
    }
    series = {name: (*arm.logs, *unknown) for name, arm in arms.items()}
    for name, arm in zip(EXPONENTS, (bare, skip), strict=True):
        series[name] = (*arm.exponents, *unknown)
    for name, token in zip(TOKEN_ROWS, (*bare.tokens, *skip.tokens), strict=True):
        series[name] = tuple(token)
    floor = theory.rounding_floor("fp64")
    expected = float(theory.collapse_exponent(causal=knobs.mask == "causal"))
    overlay = {EXPONENTS[0]: (math.nan, *((expected,) * knobs.depth))}
    if knobs.mask == "none" and knobs.mlp == "off":
        cubic = (math.nan if math.isnan(log) else max(floor, log) for log in bare.cubic)
        overlay[BARE] = (*cubic, *unknown)
    return Frame(place, knobs.depth, scalars, series, overlay, event)


def _event(knobs: Knobs, arms: dict[str, Arm], place: int) -> str:
    """Say when the tokens became equal, and where a number format ran out of differences."""
    events = []
    if arms[BARE].logs[-1] < EQUAL <= arms[BARE].logs[-2]:
        events.append(f"no skip: all tokens equal to six digits after layer {place}")
    for name, dtype in ((BARE32, "fp32"), (BARE, "fp64")):
        floor = theory.rounding_floor(dtype) + math.log10(5)
        if arms[name].logs[-1] < floor <= arms[name].logs[-2]:
            events.append(f"underflow of the differences at layer {place}: the rest is {dtype}'s rounding")
    if any(math.isinf(arm.logs[-1]) for arm in arms.values()):
        events.append(f"the residual is exactly 0 at layer {place}")
    if place == 1 and knobs.mask == "causal":
        events.append("causal mask: exponent 1, so no doubly exponential collapse is claimed")
    return "; ".join(events)


SIMULATION: Simulation[Knobs] = RankCollapse()
