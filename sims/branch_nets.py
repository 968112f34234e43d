"""Nets without norm that differ in their branch weight: trained ones, and wide ones as they begin. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch

from sims import nets
from sims.protocol import Context
from sims.spirals import Spirals
from sims.stack import WIDTH, Blocks, Stack, measured, train

WIDE, WIDE_ROWS = 128, 16
WIDE_COPIES = 8  # ln of the growth at 1/√L spreads by .04 between nets: by .014 in the mean of eight


class BranchNets:
    """Several trained nets for each seed and α; all α of a net begin with the same weights.

    Figures are lists: one row a seed, one figure an α.
    """

    def __init__(
        self,
        contexts: Sequence[Context],
        alphas: Sequence[float],
        *,
        depth: int,
        skip: float,
        copies: int,
        learned: bool,
    ) -> None:
        """Draw the weights of `copies` nets for each seed and α."""
        own = [Context(c.seed * copies + copy, c.device) for c in contexts for copy in range(copies)]
        branch = [[alpha] * depth for alpha in alphas]
        blocks = Blocks(depth, norm=False)
        self._stack = Stack(own, blocks, [[skip] * depth] * len(alphas), branch, learned=learned)
        self._spirals = Spirals(own, WIDTH)
        self._shape = len(contexts), copies, len(alphas)

    def batch_losses(self, steps: int, rate: float) -> Iterator[list[list[float]]]:
        """Train, and yield after each step the median losses on its batch."""
        for losses in train(self._stack, self._spirals, steps, rate):
            yield self._medians(losses)

    def losses(self) -> list[list[float]]:
        """Return the median losses over all points."""
        loss, _ = measured(self._stack, self._spirals)
        return self._medians(loss)

    def sizes(self) -> list[list[float]]:
        """Return mean |α| over all blocks and copies."""
        sizes = self._stack.branch.detach().abs().mean(dim=(0, 2, 3))  # (nets,)
        means: list[list[float]] = sizes.view(self._shape).mean(dim=1).tolist()
        return means

    def _medians(self, figures: torch.Tensor) -> list[list[float]]:
        """Return, for each seed and α, the median over its copies of figures of shape (nets,)."""
        medians: list[list[float]] = figures.view(self._shape).median(dim=1).values.tolist()
        return medians


@torch.no_grad()
def wide_growth(
    contexts: Sequence[Context], alphas: Sequence[float], *, depth: int, skip: float, pause: int
) -> Iterator[list[list[float]]]:
    """Yield RMS x_l / RMS x_0 of untrained nets of width WIDE at every pause, the geometric mean of eight.

    Yields:
        One row a seed, one figure an α.
    """
    inputs = [nets.normal(context, "wide input", WIDE_COPIES, 1, WIDE_ROWS, WIDE) for context in contexts]
    x = torch.cat(inputs).expand(-1, len(alphas), -1, -1)  # (seeds · WIDE_COPIES, alphas, WIDE_ROWS, WIDE)
    factors = torch.tensor(alphas, device=x.device)[:, None, None]
    start = _log_rms(x)
    for block in range(depth):
        weights = [nets.layer_weights(context, block, WIDE_COPIES, WIDE, "relu", 1.0) for context in contexts]
        seen = torch.relu(x).flatten(1, 2)  # (seeds · WIDE_COPIES, alphas · WIDE_ROWS, WIDE)
        branch = torch.bmm(seen, torch.cat(weights).mT).view(x.shape)
        x = skip * x + factors * branch
        if (block + 1) % pause == 0:
            logs = (_log_rms(x) - start).view(len(contexts), WIDE_COPIES, len(alphas)).mean(dim=1)
            yield [[math.exp(log) for log in row] for row in logs.tolist()]


def _log_rms(x: torch.Tensor) -> torch.Tensor:
    """Return ln RMS of each net and α: (nets, alphas, rows, width) to (nets, alphas)."""
    return x.square().mean(dim=(2, 3)).log() / 2
