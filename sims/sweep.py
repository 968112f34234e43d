"""Nets of several depths, trained side by side for a seed or for many. Imports torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from sims.protocol import Context
from sims.spirals import Spirals
from sims.stack import WIDTH, Stack, measured, train


@dataclass(frozen=True, slots=True)
class Standing:
    """How one seed's nets stand over all training points.

    Attributes:
        done: Training steps behind them.
        losses: In nats: one row a stack, one figure an arm.
        accuracies: Shares of right answers, in the same order.
    """

    done: int
    losses: list[list[float]]
    accuracies: list[list[float]]


class Sweep:
    """Stacks with equally many arms; those of a seed see the same points in the same order."""

    def __init__(self, stacks: Sequence[Stack], contexts: Sequence[Context], turns: float = 1.5) -> None:
        """Give each stack the two spirals of its seeds."""
        self._stacks = list(stacks)
        self._tasks = [Spirals(contexts, WIDTH, turns) for _ in stacks]

    def standings(self, steps: int, pause: int, rate: float) -> Iterator[list[Standing]]:
        """Train all stacks; yield each seed's standing before the first step, at every pause and at the end."""
        pairs = zip(self._stacks, self._tasks, strict=True)
        trainings = [train(stack, task, steps, rate) for stack, task in pairs]
        yield self._measured(0)
        for done in range(1, steps + 1):
            for training in trainings:
                next(training)
            if done % pause == 0 or done == steps:
                yield self._measured(done)

    @torch.no_grad()
    def answers(self, stack: int, points: torch.Tensor) -> torch.Tensor:
        """Return the probability that each of a stack's nets gives the second arm: (rows, 2) to (nets, rows)."""
        nets = self._stacks[stack]
        inputs = self._tasks[stack].embed(points).repeat_interleave(nets.arms, dim=0)  # (nets, rows, width)
        return torch.sigmoid(nets.logits(inputs))

    def _measured(self, done: int) -> list[Standing]:
        pairs = zip(self._stacks, self._tasks, strict=True)
        figures = torch.stack(
            [torch.stack(measured(stack, task)) for stack, task in pairs]
        )  # (stacks, 2, nets)
        first = self._stacks[0]
        split = figures.view(-1, 2, first.seeds, first.arms).permute(2, 1, 0, 3)  # (seeds, 2, stacks, arms)
        return [Standing(done, losses, accuracies) for losses, accuracies in split.tolist()]
