"""DenseNet: what concatenation costs against addition, and which of its links a trained net uses."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims import theory
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
    whole,
)

if TYPE_CHECKING:
    import torch

BATCH = 64  # rows of the activations whose bytes are counted
TRAINED_LAYERS = 8
STEPS, STEPS_A_FRAME = 150, 5
LEARNED = 0.95  # accuracy
MATTERS = 0.01  # nats of loss that make a deleted link count as used
CONSUMERS = (*(f"layer {layer}" for layer in range(1, TRAINED_LAYERS + 1)), "readout")
COUNTED = ("dense parameters", "add parameters", "dense bytes", "add bytes")


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    k: int = whole(12, 4, 32, "growth rate: channels that each dense layer appends", step=4)
    depth: int = whole(32, 2, 64, "layers, L")
    k0: int = whole(24, 4, 64, "channels at the dense net's input", step=4)
    channels: int = whole(64, 8, 128, "channels C of the net that adds", step=8)


@dataclass(slots=True)
class Ledger:
    """What was built so far and what autograd keeps of it.

    Attributes:
        features: Everything a dense layer sees, each (BATCH, channels).
        stream: The adding net's residual stream, (BATCH, C).
        counts: One list per name in COUNTED: the running total after each layer.
        links: The inputs that the dense layers were given, counted one by one.
        weights, saved: Storage addresses of parameters, and of tensors that were counted already.
    """

    features: list[torch.Tensor]
    stream: torch.Tensor
    counts: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in COUNTED})
    links: int = 0
    weights: set[int] = field(default_factory=set)
    saved: set[int] = field(default_factory=set)

    @property
    def channels(self) -> int:
        """The channels that the next dense layer would see."""
        return sum(feature.shape[1] for feature in self.features)


@dataclass(slots=True)
class Reuse:
    """What the small trained net shows.

    Attributes:
        costs: One row per consumer, one cell per source: the loss in nats that deleting the link adds; NaN: no link,
            or not measured yet.
        loss, accuracy: Over all points, in nats and as a share.
    """

    costs: list[list[float]]
    loss: float = math.nan
    accuracy: float = math.nan

    def row_name(self, consumer: int) -> str:
        """Return the heat map row's name."""
        return "readout" if consumer == len(self.costs) - 1 else f"layer {consumer + 1}"

    @property
    def distant_share(self) -> float:
        """The share of measured links, other than to the previous layer, whose deletion costs more than MATTERS."""
        distant = [
            cost for consumer, row in enumerate(self.costs) for cost in row[:consumer] if not math.isnan(cost)
        ]
        return sum(cost > MATTERS for cost in distant) / len(distant) if distant else math.nan


class DensenetConcat:
    """The simulation `densenet-concat`."""

    header = Header(
        name="densenet-concat",
        title="DenseNet: concatenate or add",
        group="depth",
        claim="L layers that concatenate have L(L+1)/2 links and few parameters, but saved naively their activations "
        "grow as L²; addition keeps one stream, so they grow as L.",
        formula="dense: k·k0·L + k²L(L−1)/2 parameters, B(k0·L + kL(L−1)/2) saved;  add: C²L, B·C·L",
        symbols={
            "L": "layers",
            "k": "growth rate: channels a dense layer appends",
            "k0": "channels at the dense net's input",
            "C": "channels of the net that adds",
            "B": f"rows in a batch, {BATCH}; a saved number takes 4 bytes",
        },
        source="Huang et al. 2017, Densely Connected Convolutional Networks; memory: Pleiss et al. 2017",
        simplification="Layers are W·relu(x) without norm, bias or convolution. Bytes are those of the naive way, one "
        "concatenated copy per layer; buffers shared between layers make them linear in L again. The heat map is of a "
        f"net of up to {TRAINED_LAYERS} layers with these k and k0, trained on two spirals: the loss that deleting one "
        "link adds, in nats. The size of a link's weights is not shown: it says little about use.",
        words=(
            "DenseNet",
            "dense connections",
            "concatenate",
            "concatenation",
            "concat",
            "feature reuse",
            "growth rate",
            "memory",
            "channels",
            "dense block",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "cost",
            "Parameters and bytes saved for backward",
            "layers",
            "count",
            COUNTED,
            x="layers",
            log_x=True,
            log_y=True,
        ),
        View(
            "links",
            "Loss added by deleting a link (nats)",
            "source",
            "consumer",
            CONSUMERS,
            kind=ViewKind.HEAT,
        ),
    )
    declared_claims = (
        ClaimSpec("dense-channels", "The dense net ends with k0 + k·L channels.", "Huang et al. 2017"),
        ClaimSpec("dense-links", "Its layers have L(L+1)/2 incoming links.", "Huang et al. 2017"),
        ClaimSpec("dense-parameters", "It has k·k0·L + k²L(L−1)/2 parameters.", "sum of k(k0 + k·l)"),
        ClaimSpec(
            "dense-bytes", "Saved naively, it keeps 4B(k0·L + kL(L−1)/2) bytes.", "sum of 4B(k0 + k·l)"
        ),
        ClaimSpec("add-parameters", "The adding net has C²L parameters.", "one C × C matrix per layer"),
        ClaimSpec("add-bytes", "The adding net keeps 4B·C·L bytes.", "one activation per layer"),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame per added layer, then a few of training, then one per consumer whose links are deleted."""
        from sims.dense_links import SpiralNet

        layers = min(TRAINED_LAYERS, knobs.depth)
        total = knobs.depth + math.ceil(STEPS / STEPS_A_FRAME) + layers + 1
        ledger = _ledger(knobs, context)
        reuse = Reuse([[math.nan] * (layers + 1) for _ in range(layers + 1)])
        for layer in range(knobs.depth):
            _add_layer(knobs, context, ledger, layer)
            yield _frame(knobs, ledger, reuse, layer + 1, total, "")
        net = SpiralNet(context, knobs.k, knobs.k0, layers)
        step = knobs.depth
        for done in net.train(STEPS, STEPS_A_FRAME):
            step += 1
            reuse.loss, reuse.accuracy = net.loss, net.accuracy
            yield _frame(knobs, ledger, reuse, step, total, _progress(reuse, done))
        for consumer in range(layers + 1):
            step += 1
            costs = net.deletion_costs(consumer)
            reuse.costs[consumer][: len(costs)] = costs
            event = "deleting the trained net's links, one at a time" if consumer == 0 else ""
            yield _frame(knobs, ledger, reuse, step, total, event)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the counts, all of them exact."""
        k0, k, depth, channels = knobs.k0, knobs.k, knobs.depth, knobs.channels
        expected = {
            "dense-channels": theory.dense_channels(k0, k, depth),
            "dense-links": theory.dense_links(depth),
            "dense-parameters": theory.dense_parameters(k0, k, depth),
            "dense-bytes": theory.dense_saved_bytes(k0, k, depth, BATCH),
            "add-parameters": theory.add_parameters(channels, depth),
            "add-bytes": theory.add_saved_bytes(channels, depth, BATCH),
        }
        return tuple(
            Claim(
                spec.id,
                spec.statement,
                expected=float(expected[spec.id]),
                measured=last.scalars[spec.id.replace("-", " ")],
                tolerance=0.0,
                source=spec.source,
            )
            for spec in self.declared_claims
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which of the two costs more of what."""
        return Prediction(
            f"{knobs.depth} layers: concatenating k = {knobs.k} channels each, or adding to {knobs.channels}. "
            "Which has more parameters, and which saves more for the backward pass?",
            choices=(
                "dense has more of both",
                "dense: parameters; add: memory",
                "add: parameters; dense: memory",
                "add has more of both",
            ),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return who has more of what; a tie counts for the adding net."""
        scalars = last.scalars
        more_parameters = scalars["dense parameters"] > scalars["add parameters"]
        more_bytes = scalars["dense bytes"] > scalars["add bytes"]
        place = 2 * (not more_parameters) + (not more_bytes)
        return Outcome(
            self.prediction(knobs).choices[place],
            f"parameters {scalars['dense parameters']:.0f} dense, {scalars['add parameters']:.0f} add; saved "
            f"{scalars['dense bytes'] / 1024:.0f} KiB dense, {scalars['add bytes'] / 1024:.0f} KiB add.",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return where the parameters and the bytes come from, and what the deletions say."""
        s = last.scalars
        return (
            f"A dense layer has only k = {knobs.k} outputs, so its matrix is small although it reads everything: "
            f"{s['dense parameters']:.0f} parameters in {knobs.depth} layers, where {knobs.channels} × "
            f"{knobs.channels} matrices take {s['add parameters']:.0f}.\n\n"
            "What grows is the reading. Each layer keeps a copy of all that came before, so the bytes add up like "
            f"1 + 2 + … + L: {s['dense bytes'] / 1024:.0f} KiB against {s['add bytes'] / 1024:.0f} KiB. The last "
            f"layer's slope on log-log axes was {s['dense bytes slope']:.2f} (towards 2) and {s['add bytes slope']:.2f} "
            "(1). A buffer that the layers share makes both linear.\n\n"
            f"The trained net was right on {100 * s['accuracy']:.0f} % of its points. Deleting its links one at a time, "
            f"{100 * s['distant links used']:.0f} % of those that reach past the previous layer cost more than "
            f"{MATTERS} nats: "
            "most links exist without being used."
        )


def _ledger(knobs: Knobs, context: Context) -> Ledger:
    """Return both nets before their first layer."""
    from sims import nets

    return Ledger(
        features=[nets.normal(context, "dense input", BATCH, knobs.k0)],
        stream=nets.normal(context, "add input", BATCH, knobs.channels),
    )


def _add_layer(knobs: Knobs, context: Context, ledger: Ledger, layer: int) -> None:
    """Add one layer to each net, inside one graph, and count its weights and what autograd saves for it."""
    import torch

    from sims.dense_links import he_weight

    dense = he_weight(context, f"dense/{layer}", knobs.k, ledger.channels)  # (k, k0 + k·layer)
    add = he_weight(context, f"add/{layer}", knobs.channels, knobs.channels)  # (C, C)
    ledger.weights |= {dense.untyped_storage().data_ptr(), add.untyped_storage().data_ptr()}
    ledger.links += len(ledger.features)
    with _counting(ledger, "dense bytes"):
        seen = torch.cat(ledger.features, dim=1)  # (BATCH, k0 + k·layer)
        ledger.features.append(torch.relu(seen) @ dense.T)
    with _counting(ledger, "add bytes"):
        ledger.stream = ledger.stream + torch.relu(ledger.stream) @ add.T
    for name, weight in (("dense parameters", dense), ("add parameters", add)):
        counts = ledger.counts[name]
        counts.append(weight.numel() + (counts[-1] if counts else 0))


def _counting(ledger: Ledger, name: str) -> torch.autograd.graph.saved_tensors_hooks:
    """Return a context that adds the bytes of every new tensor kept for backward, parameters excepted."""
    from torch.autograd.graph import saved_tensors_hooks

    counts = ledger.counts[name]
    counts.append(counts[-1] if counts else 0)

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        address = tensor.untyped_storage().data_ptr()
        if address not in ledger.weights | ledger.saved:
            ledger.saved.add(address)
            counts[-1] += tensor.untyped_storage().nbytes()
        return tensor

    return saved_tensors_hooks(keep, lambda tensor: tensor)


def _progress(reuse: Reuse, done: int) -> str:
    """Say that training began, and at its end whether the heat map will be one of a net that learned."""
    if done == STEPS:
        verdict = "learned" if reuse.accuracy >= LEARNED else "did not learn, so read its links with care"
        return f"the small net is right on {100 * reuse.accuracy:.0f} %: it {verdict}"
    return f"training {len(reuse.costs) - 1} dense layers on two spirals" if done == STEPS_A_FRAME else ""


def _frame(knobs: Knobs, ledger: Ledger, reuse: Reuse, step: int, total: int, event: str) -> Frame:
    """Return the counts of the layers so far, their formulas for all, and the heat map as far as it is known."""
    built = len(ledger.counts["add bytes"])
    scalars = {name: float(counts[-1]) for name, counts in ledger.counts.items()}
    scalars |= {
        "dense channels": float(ledger.channels),
        "dense links": float(ledger.links),
        "dense bytes slope": _slope(ledger.counts["dense bytes"]),
        "add bytes slope": _slope(ledger.counts["add bytes"]),
        "loss": reuse.loss,
        "accuracy": reuse.accuracy,
        "distant links used": reuse.distant_share,
    }
    layers = range(1, knobs.depth + 1)
    series = {
        "layers": tuple(float(layer) for layer in layers),
        **{
            name: (*(float(count) for count in counts), *((math.nan,) * (knobs.depth - built)))
            for name, counts in ledger.counts.items()
        },
        **{reuse.row_name(consumer): tuple(row) for consumer, row in enumerate(reuse.costs)},
    }
    overlay = {
        "dense parameters": tuple(float(theory.dense_parameters(knobs.k0, knobs.k, n)) for n in layers),
        "add parameters": tuple(float(theory.add_parameters(knobs.channels, n)) for n in layers),
        "dense bytes": tuple(float(theory.dense_saved_bytes(knobs.k0, knobs.k, n, BATCH)) for n in layers),
        "add bytes": tuple(float(theory.add_saved_bytes(knobs.channels, n, BATCH)) for n in layers),
    }
    return Frame(step, total, scalars, series, overlay, event)


def _slope(counts: list[int]) -> float:
    """Return the last step's slope on log-log axes: towards 2 for L², 1 for L."""
    if len(counts) < 2:
        return math.nan
    return math.log(counts[-1] / counts[-2]) / math.log(len(counts) / (len(counts) - 1))


SIMULATION: Simulation[Knobs] = DensenetConcat()
