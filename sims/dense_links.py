"""A small dense net that learns two spirals, and what deleting each of its links costs. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of

from sims import nets
from sims.protocol import Context
from sims.spirals import BATCH, POINTS, two_spirals

TURNS, RATE = 1.5, 3e-3


class SpiralNet:
    """Layers of W·relu(everything before), then a readout of everything, at He initialisation.

    Attributes:
        weights: One (out, in) matrix per consumer: k rows for a layer, one for the readout, which is the last.
        inputs, targets: The embedded points, (POINTS, k0), and their arm, 0 or 1, (POINTS,).
        loss, accuracy: Over all points, in nats and as a share, as last measured.
    """

    def __init__(self, context: Context, k: int, k0: int, layers: int) -> None:
        """Draw the weights; the embedding's random bias keeps the points' radius visible to a norm-free net."""
        points, self.targets = two_spirals(TURNS, context.device)
        embedding = nets.normal(context, "embedding", 2, k0, scale=3.0)  # (2, k0)
        self.inputs = points @ embedding + nets.normal(context, "bias", k0)  # (POINTS, k0)
        self.weights = [
            he_weight(context, f"trained/{layer}", 1 if layer == layers else k, k0 + k * layer)
            for layer in range(layers + 1)
        ]
        self.loss = self.accuracy = math.nan
        self._context = context

    def train(self, steps: int, steps_a_pause: int) -> Iterator[int]:
        """Train with Adam, measuring and yielding the steps done at every pause and at the end."""
        adam = nets.Adam(self.weights, RATE)
        order = self._context.generator("batches")
        for step in range(1, steps + 1):
            rows = torch.randint(POINTS, (BATCH,), generator=order).to(self._context.device)
            loss = loss_of(_logits(self.weights, self.inputs[rows]), self.targets[rows])
            adam.step(torch.autograd.grad(loss, self.weights))
            if step % steps_a_pause == 0 or step == steps:
                self._measure()
                yield step

    @torch.no_grad()
    def deletion_costs(self, consumer: int) -> list[float]:
        """Return what deleting each single link into this consumer adds to the loss over all points, in nats."""
        losses = torch.stack(
            [
                loss_of(_logits(self.weights, self.inputs, (consumer, source)), self.targets)
                for source in range(consumer + 1)
            ]
        )
        return [loss - self.loss for loss in losses.tolist()]

    @torch.no_grad()
    def _measure(self) -> None:
        logits = _logits(self.weights, self.inputs)  # (POINTS,)
        right = ((logits > 0) == (self.targets > 0.5)).float().mean()
        self.loss, self.accuracy = torch.stack((loss_of(logits, self.targets), right)).tolist()


def he_weight(context: Context, stream: str, outputs: int, inputs: int) -> torch.Tensor:
    """Return a trainable matrix W ~ N(0, 2/inputs), (outputs, inputs)."""
    return nets.normal(context, stream, outputs, inputs, scale=math.sqrt(2 / inputs)).requires_grad_()


def _logits(
    weights: Sequence[torch.Tensor], inputs: torch.Tensor, cut: tuple[int, int] | None = None
) -> torch.Tensor:
    """Return the net's logits, (rows,), with the link cut = (consumer, source) set to zero if given."""
    features = [inputs]
    for consumer, weight in enumerate(weights):
        seen = list(features)
        if cut is not None and cut[0] == consumer:
            seen[cut[1]] = torch.zeros_like(seen[cut[1]])
        features.append(torch.relu(torch.cat(seen, dim=1)) @ weight.T)
    return features[-1].squeeze(1)
