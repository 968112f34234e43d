"""What a trained net is still worth without some of its blocks. Imports torch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import torch

from sims.protocol import Context
from sims.spirals import Spirals
from sims.stack import Stack, accuracies

Deleted = Sequence[frozenset[int]]
"""Which blocks are taken out, for each seed."""


@torch.no_grad()
def accuracy_without(
    stack: Stack, spirals: Spirals, deleted: Deleted, scale: torch.Tensor | None = None
) -> list[float]:
    """Return each net's accuracy over all points when the stream passes its seed's deleted blocks as it is.

    Args:
        scale: A factor for the branches that stay, (depth, nets, 1, 1); None: 1.

    Returns:
        One share of right answers a net: by seed, then by arm.
    """
    depth = stack.blocks.depth
    rows = [[block in blocks for block in range(depth)] for blocks in deleted for _ in range(stack.arms)]
    gone = torch.tensor(rows, device=stack.skip.device).T[..., None, None]  # (depth, nets, 1, 1)
    branch = stack.branch if scale is None else stack.branch * scale
    inputs, targets = spirals.everything(stack.arms)
    logits = stack.logits(inputs, torch.where(gone, 1.0, stack.skip), torch.where(gone, 0.0, branch))
    kept: list[float] = accuracies(logits, targets).tolist()
    return kept


def random_deletions(contexts: Sequence[Context], depth: int, k: int, draws: int) -> Iterator[Deleted]:
    """Yield so many times k different blocks of `depth` for each seed, drawn from the seed's own stream."""
    sources = [random.Random(f"{context.seed}/delete/{depth}/{k}") for context in contexts]  # noqa: S311 - no secret
    for _ in range(draws):
        yield [frozenset(source.sample(range(depth), k)) for source in sources]
