"""Highway gate: how the gate's bias decides what is left of the gradient at the first layer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sims import theory_gates as gates
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
    number,
    whole,
)

if TYPE_CHECKING:
    import torch

NETS, BATCH, WIDTH = 16, 16, 128  # independent nets, run as one batch; inputs, and units, of each
SWEPT = (-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0)
CLAIMED = (0.0, -1.0, -2.0, -3.0, -4.0)
SHOWN = {-4.0: "b = -4", -2.0: "b = -2"}  # curves of the first view, beside plain and the chosen one
TOLERANCE = 0.005  # in ln per layer
FEWEST_OPEN = (
    10  # layers: open gates (b > 0) spread as plain nets do, over 2 layers by as much as the tolerance
)
PLAIN_TOLERANCE = (
    0.02  # as in the simulation of plain nets; units that stay saturated tie the layers together
)
ALIKE = 2.0  # gradients within this factor of each other count as the same


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    bias: float = number(
        0.0, -6.0, 2.0, "b of the gate that the question is about; all from -6 to 2 run", step=0.5
    )
    depth: int = whole(50, 2, 100, "layers, L")

    @property
    def biases(self) -> tuple[float, ...]:
        """The biases that run: the swept ones, the chosen one if it is none of them, and last ∞, the plain net."""
        extra = () if self.bias in SWEPT else (self.bias,)
        return (*SWEPT, *extra, gates.PLAIN)


@dataclass(slots=True)
class Highway:
    """The nets of every bias, with the same weights.

    Attributes:
        bias: b of each net's gates, (biases, 1, 1).
        h: The forward signal, (NETS, biases, BATCH, WIDTH).
        passed: The signal that each layer read, of the same shape.
        cotangent: ∂L/∂h scaled to RMS 1 per net and bias, of the same shape.
        logs: ln RMS ∂L/∂h by layer from the output back, for each net and bias: (NETS · biases) values a row.
    """

    bias: torch.Tensor
    h: torch.Tensor
    cotangent: torch.Tensor
    passed: list[torch.Tensor] = field(default_factory=list)
    logs: list[list[float]] = field(default_factory=list)


class HighwayGate:
    """The simulation `highway-gate`."""

    header = Header(
        name="highway-gate",
        title="Highway: the bias of the gate",
        group="gradients",
        claim="A highway net y = g·H(x) + (1 − g)·x with g = σ(W_g x + b) needs a negative bias. The formula without b "
        "leaves out what is vital: at b = 0 half the signal is dropped at every layer, and 50 layers leave less "
        "gradient than a plain net does.",
        formula="(RMS ∂L/∂h_l / RMS ∂L/∂h_(l+1))² = E[(1−g)²] + E[g²]χ + E[g'²](E[H²] + q)",
        symbols={
            "g": "transform gate, σ(a), a ~ N(b, q); g' = g(1 − g)",
            "b": "the gate's bias; ∞ is the plain net",
            "H": "the branch W tanh(h), W ~ N(0, 1/N)",
            "q": "mean square of h; the next is E[g²]E[H²] + E[(1−g)²]q",
            "χ": "E[tanh'²], the branch's factor",
            "L": "depth, in layers",
        },
        source="Srivastava et al. 2015, Highway Networks; the factor follows from mean-field theory as in Schoenholz "
        "et al. 2017",
        simplification=f"At initialisation, gate weights N(0, 1/N), a random cotangent; the RMS over {NETS} nets of width "
        f"{WIDTH}. Training moves biases and gates. (1 − σ(b))^L, often quoted as what is left, is drawn but is a rough "
        "guess and no bound: too low from b = -2 up, since branch and gate lead back too, too high from b = -3 down, "
        "since gates spread about b. Highway nets were inspired by the LSTM (1997) and its forget gate (2000), "
        "not a precursor of it.",
        words=(
            "highway",
            "highway network",
            "gate",
            "gate bias",
            "transform gate",
            "carry gate",
            "gated residual",
            "gating",
            "LSTM",
            "GRU",
            "forget gate",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "profile",
            "Gradient by layer",
            "layer",
            "RMS ∂L/∂h",
            ("plain", "chosen b", *SHOWN.values()),
            log_y=True,
        ),
        View(
            "bias",
            "Gradient at the first layer by bias",
            "gate bias b",
            "RMS ∂L/∂h_0",
            ("highway", "plain net", "(1-σ(b))^L"),
            x="swept b",
            log_y=True,
        ),
    )
    declared_claims = (
        *(
            ClaimSpec(
                f"bias{bias:g}",
                f"With b = {bias:g} the gradient changes by the theory's factor per layer (ln).",
                "mean-field theory, the header's formula",
            )
            for bias in CLAIMED
        ),
        ClaimSpec(
            "chosen-bias",
            "With the chosen b the gradient changes by the theory's factor per layer (ln).",
            "mean-field theory, the header's formula",
        ),
        ClaimSpec(
            "zero-is-worse",
            "Without a bias (b = 0) each layer loses more than a plain one, by the theory's difference (ln).",
            "mean-field theory for both nets",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame per layer of the forward pass, then one per layer on the way back, all biases at once."""
        import torch

        highway, total = _start(knobs, context), 2 * knobs.depth
        for layer in range(knobs.depth):
            with torch.no_grad():
                _forward(context, highway, layer)
            event = "forward pass first: the signals that the gates will see" if layer == 0 else ""
            yield _frame(knobs, highway, layer + 1, total, event)
        for layer in reversed(range(knobs.depth)):
            with torch.no_grad():
                _backward(context, highway, layer)
            frame = _frame(knobs, highway, total - layer, total, "")
            yield frame if layer else _with_event(knobs, frame)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the slope at several biases, the chosen one's if it is none of them, and b = 0 against plain."""
        slopes = {bias: last.scalars[f"{_key(bias)} slope"] for bias in knobs.biases}
        expected = {bias: _theory(bias, knobs.depth)[0] / knobs.depth for bias in knobs.biases}
        rows = {f"bias{bias:g}": (expected[bias], slopes[bias], TOLERANCE) for bias in CLAIMED}
        if knobs.bias not in CLAIMED and (knobs.bias < 0 or knobs.depth >= FEWEST_OPEN):
            rows["chosen-bias"] = (expected[knobs.bias], slopes[knobs.bias], TOLERANCE)
        difference = expected[0.0] - expected[gates.PLAIN]
        both = TOLERANCE + PLAIN_TOLERANCE
        if difference < -both:
            rows["zero-is-worse"] = (difference, slopes[0.0] - slopes[gates.PLAIN], both)
        return tuple(
            Claim(spec.id, spec.statement, *rows[spec.id], spec.source)
            for spec in self.declared_claims
            if spec.id in rows
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask whether a gate of this bias leaves more of the gradient than a plain net."""
        return Prediction(
            f"Highway layers with gate bias b = {knobs.bias:g}, {knobs.depth} of them, against as many plain tanh "
            "layers. The gradient is 1 at the output. Which is left with more at the first layer?",
            choices=("highway", "plain", f"alike: within {ALIKE:g} times"),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return which gradient is larger."""
        highway, plain = (last.scalars[_key(bias)] for bias in (knobs.bias, gates.PLAIN))
        choices = self.prediction(knobs).choices
        place = 0 if highway > ALIKE * plain else 1 if plain > ALIKE * highway else 2
        return Outcome(choices[place], f"b = {knobs.bias:g} left {highway:.3g}, the plain net {plain:.3g}.")

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return what one layer did at the chosen bias, at others, and how rough the common guess is."""
        s, depth = last.scalars, knobs.depth
        chosen = math.exp(s[f"{_key(knobs.bias)} slope"])
        carry, guess = (math.exp(gates.carry_alone(knobs.bias, layers)) for layers in (1, depth))
        ends = ", ".join(f"b = {bias:g}: {s[_key(bias)]:.2g}" for bias in (0.0, -1.0, -2.0, -4.0, -6.0))
        return (
            f"At b = {knobs.bias:g} each layer multiplied the gradient by {chosen:.4g}, and {depth} layers by "
            f"{s[_key(knobs.bias)]:.3g}; plain tanh layers left {s[_key(gates.PLAIN)]:.3g}.\n\n"
            f"g and 1 − g add up to 1, but carry and branch are uncorrelated, so their squares add: at g = ½ that is "
            f"¼ + ¼, a factor √½ a layer. A residual net adds without paying with the skip. Left after {depth} layers: "
            f"{ends}.\n\n"
            "So the bias is no detail. With b well below 0 the gates begin nearly shut, the net begins as the identity, "
            "and training opens what it needs.\n\n"
            f"(1 − σ(b))^L counts the carry only, with every gate at its bias: {carry:.3g}^{depth} = {guess:.2g}, where "
            f"{s[_key(knobs.bias)]:.2g} was measured. It is a rough guess and no bound: far too low near b = 0, where "
            "branch and gate lead back too, and too high from b = -3 down, where gates spread about b."
        )


@lru_cache(maxsize=64)
def _theory(bias: float, depth: int) -> tuple[float, ...]:
    """Return ln RMS ∂L/∂h_l; kept, since each quadrature is of 80 points and every frame asks."""
    return gates.log_gradients(bias, depth)


def _key(bias: float) -> str:
    """Return a bias's name among the scalars."""
    return "plain" if bias == gates.PLAIN else f"b={bias:g}"


def _start(knobs: Knobs, context: Context) -> Highway:
    """Return all nets at layer 0: the same input and the same cotangent at the output for every bias."""
    import torch

    from sims import nets

    biases = len(knobs.biases)
    start, _ = nets.unit_rms(nets.normal(context, "input", NETS, BATCH, WIDTH))
    cotangent, _ = nets.unit_rms(nets.normal(context, "cotangent", NETS, BATCH, WIDTH))
    return Highway(
        bias=torch.tensor(knobs.biases, device=context.device).view(biases, 1, 1),
        h=start.unsqueeze(1).repeat(1, biases, 1, 1),
        cotangent=cotangent.unsqueeze(1).repeat(1, biases, 1, 1),
        logs=[[0.0] * (NETS * biases)],
    )


def _weights(context: Context, layer: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return W and W_g of one layer, each (NETS, WIDTH, WIDTH) ~ N(0, 1/N): the same each time."""
    from sims import nets

    scale = 1 / math.sqrt(WIDTH)
    drawn = nets.normal(context, f"weights/{layer}", 2, NETS, WIDTH, WIDTH, scale=scale)
    return drawn[0], drawn[1]


def _times(x: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return x @ weights for every net, its biases and inputs in a row: (NETS, biases, BATCH, WIDTH)."""
    import torch

    return torch.bmm(x.flatten(1, 2), weights).view_as(x)


def _forward(context: Context, highway: Highway, layer: int) -> None:
    """Carry all signals one layer on."""
    import torch

    branch_weights, gate_weights = _weights(context, layer)
    h = highway.h
    gate = torch.sigmoid(_times(h, gate_weights.mT) + highway.bias)
    highway.passed.append(h)
    highway.h = gate * _times(torch.tanh(h), branch_weights.mT) + (1 - gate) * h


def _backward(context: Context, highway: Highway, layer: int) -> None:
    """Carry all cotangents one layer back, by carry, branch and gate, and add up what they gained."""
    import torch

    from sims import nets

    branch_weights, gate_weights = _weights(context, layer)
    h, back = highway.passed.pop(), highway.cotangent
    phi = torch.tanh(h)
    gate = torch.sigmoid(_times(h, gate_weights.mT) + highway.bias)
    by_branch = (1 - phi * phi) * _times(back * gate, branch_weights)
    seen = _times(phi, branch_weights.mT) - h  # H − h: what opening the gate changes
    by_gate = _times(back * seen * gate * (1 - gate), gate_weights)
    back = back * (1 - gate) + by_branch + by_gate
    unit, rms = nets.unit_rms(back.flatten(0, 1))  # (NETS · biases, BATCH, WIDTH), (NETS · biases,)
    highway.cotangent = unit.view_as(h)
    gained: list[float] = rms.log().tolist()
    highway.logs.append([log + more for log, more in zip(highway.logs[-1], gained, strict=True)])


def _rms(logs: list[float]) -> float:
    """Return ln of the RMS over nets whose own RMS have these logarithms."""
    top = max(logs)
    return top + 0.5 * math.log(math.fsum(math.exp(2 * (log - top)) for log in logs) / len(logs))


def _frame(knobs: Knobs, highway: Highway, step: int, total: int, event: str) -> Frame:
    """Return every bias's figures so far, the curves of the first view, and the ends by bias."""
    back = len(highway.logs) - 1
    unknown = (math.nan,) * (knobs.depth - back)
    biases = knobs.biases
    so_far = {
        bias: [_rms(row[place :: len(biases)]) for row in highway.logs] for place, bias in enumerate(biases)
    }
    scalars: dict[str, float] = {}
    for bias, logs in so_far.items():
        expected = _theory(bias, knobs.depth)[knobs.depth - back]
        scalars[_key(bias)] = math.exp(logs[-1])
        scalars[f"{_key(bias)} slope"] = logs[-1] / back if back else math.nan
        scalars[f"{_key(bias)} measured/theory"] = math.exp(logs[-1] - expected)
    shown = {"plain": gates.PLAIN, "chosen b": knobs.bias, **{name: bias for bias, name in SHOWN.items()}}
    series = {name: (*unknown, *map(math.exp, reversed(so_far[bias]))) for name, bias in shown.items()}
    overlay = {name: tuple(map(math.exp, _theory(bias, knobs.depth))) for name, bias in shown.items()}
    ends = {bias: math.exp(so_far[bias][-1]) if not unknown else math.nan for bias in biases}
    series |= {
        "swept b": SWEPT,
        "highway": tuple(ends[bias] for bias in SWEPT),
        "plain net": (ends[gates.PLAIN],) * len(SWEPT),
        "(1-σ(b))^L": tuple(math.exp(gates.carry_alone(bias, knobs.depth)) for bias in SWEPT),
    }
    overlay["highway"] = tuple(math.exp(_theory(bias, knobs.depth)[0]) for bias in SWEPT)
    return Frame(step, total, scalars, series, overlay, event)


def _with_event(knobs: Knobs, frame: Frame) -> Frame:
    """Return the last frame with what b = 0 left, beside plain and the common guess."""
    zero, plain = frame.scalars["b=0"], frame.scalars["plain"]
    guess = math.exp(gates.carry_alone(0.0, knobs.depth))
    event = f"b = 0 left {zero:.2g}, plain {plain:.2g}; (1-σ(0))^L = {guess:.2g} is only a rough guess"
    return Frame(frame.step, frame.total, frame.scalars, frame.series, frame.theory, event)


SIMULATION: Simulation[Knobs] = HighwayGate()
