"""Transformers that learn to say the token before the current one, several arms trained as one batch. Imports torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from sims import nets, transformer
from sims.protocol import Context
from sims.transformer import Shape

BATCH = 16  # fresh random sequences at each step, the same for all arms


@dataclass(frozen=True, slots=True)
class Schedule:
    """How one arm is trained.

    Attributes:
        rate: Adam's learning rate, reached after `warmup` steps in a straight line from 0.
        clip: The gradient is scaled down to this norm over all of the net's weights; 0: never.
        net: Which initial weights it starts from; schedules with the same number start alike.
    """

    rate: float
    warmup: int = 0
    clip: float = 0.0
    net: int = 0

    def rate_at(self, step: int) -> float:
        """Return the rate of step 1, 2, ..."""
        return self.rate * min(1.0, step / self.warmup) if self.warmup else self.rate


class CopyTask:
    """One net per schedule, trained on the same sequences; the first is Pre-LN, the others are Post-LN."""

    def __init__(self, shape: Shape, schedules: Sequence[Schedule], context: Context) -> None:
        """Draw the weights; nothing is trained yet."""
        self.shape, self.schedules, self.context = shape, schedules, context
        self.weights = transformer.joined(
            [transformer.draw(shape, context, 1, f"net/{schedule.net}") for schedule in schedules]
        )
        self.leaves = list(self.weights.values())
        self.steps = 0
        self._order = context.generator("sequences")
        # Adam moves its parameters in place, so that a view of one net moves that net inside the batch.
        self._adams = [
            nets.Adam([leaf.detach()[arm : arm + 1] for leaf in self.leaves], schedule.rate)
            for arm, schedule in enumerate(schedules)
        ]

    def step(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Train all arms one step on fresh sequences; return their losses before it and their gradient norms, (nets,)."""
        self.steps += 1
        sequences = torch.randint(
            self.shape.vocabulary, (1, BATCH, self.shape.tokens), generator=self._order
        ).to(self.context.device)
        tokens = sequences.expand(len(self.schedules), -1, -1)
        predicted, _ = transformer.logits(self.shape, self.weights, tokens, pre=1)
        losses = transformer.losses(predicted[:, :, 1:], tokens[:, :, :-1])  # position 0 has nothing to copy
        gradients = torch.autograd.grad(losses.sum(), self.leaves)
        norms = gradient_norms(gradients)
        for arm, (schedule, adam) in enumerate(zip(self.schedules, self._adams, strict=True)):
            adam.rate = schedule.rate_at(self.steps)
            own = [gradient[arm : arm + 1] for gradient in gradients]
            adam.step(clipped(own, norms[arm], schedule.clip) if schedule.clip else own)
        return losses.detach(), norms


def gradient_norms(gradients: Sequence[torch.Tensor]) -> torch.Tensor:
    """Return the norm over all weights of each net, (nets,), of gradients with a leading dimension of nets."""
    return torch.stack([gradient.flatten(1).square().sum(dim=1) for gradient in gradients]).sum(dim=0).sqrt()


def clipped(gradients: Sequence[torch.Tensor], norm: torch.Tensor, limit: float) -> list[torch.Tensor]:
    """Return one net's gradients scaled down to norm `limit` together where they exceed it (Pascanu et al. 2013)."""
    scale = (limit / norm).clamp(max=1.0)
    return [gradient * scale for gradient in gradients]
