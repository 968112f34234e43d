"""The task that the trained nets learn: which of two interleaved spirals a point lies on. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from sims import nets
from sims.protocol import Context

POINTS, BATCH = 512, 128


class Spirals:
    """Both arms, embedded for each seed, and each seed's own order of batches.

    Attributes:
        points: The plane's coordinates, (POINTS, 2).
        targets: 0 or 1 for each point, (POINTS,).
        embeddings: A and b of each seed: (seeds, 2, width) and (seeds, 1, width).
    """

    def __init__(self, contexts: Sequence[Context], width: int, turns: float = 1.5) -> None:
        """Draw an embedding A·x + b for each seed, all N(0, 1); b keeps a point's radius visible past a layer norm."""
        device = contexts[0].device
        self.points, self.targets = two_spirals(turns, device)
        slopes = [nets.normal(context, "embedding", 2, width) for context in contexts]
        biases = [nets.normal(context, "bias", 1, width) for context in contexts]
        self.embeddings = torch.stack(slopes), torch.stack(biases)
        self._inputs = self.embed(self.points)  # (seeds, POINTS, width)
        self._orders = [context.generator("batches") for context in contexts]

    def embed(self, points: torch.Tensor) -> torch.Tensor:
        """Return what each seed's nets see of points in the plane.

        Args:
            points: (rows, 2).

        Returns:
            (seeds, rows, width).
        """
        slopes, biases = self.embeddings
        return points @ slopes + biases

    def everything(self, arms: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return all inputs, (seeds · arms, POINTS, width), and their targets, (POINTS,)."""
        return self._inputs.repeat_interleave(arms, dim=0), self.targets

    def batch(self, arms: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the next BATCH inputs and targets: (seeds · arms, BATCH, width) and (seeds · arms, BATCH).

        A seed's arms see the same points, and a seed sees the same ones whichever others run beside it.
        """
        device = self.targets.device
        rows = torch.stack([torch.randint(POINTS, (BATCH,), generator=order) for order in self._orders])
        rows = rows.to(device)  # (seeds, BATCH)
        seeds = torch.arange(len(rows), device=device)[:, None]
        inputs = self._inputs[seeds, rows]  # (seeds, BATCH, width)
        return inputs.repeat_interleave(arms, dim=0), self.targets[rows].repeat_interleave(arms, dim=0)


def two_spirals(turns: float, device: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the points of two interleaved spirals, (POINTS, 2), and 0 or 1 for each, (POINTS,)."""
    along = torch.linspace(0.1, 1, POINTS // 2)
    angle = 2 * math.pi * turns * along
    arm = torch.stack((along * angle.cos(), along * angle.sin()), dim=1)  # (POINTS/2, 2)
    targets = torch.cat((torch.zeros_like(along), torch.ones_like(along)))
    return torch.cat((arm, -arm)).to(device), targets.to(device)
