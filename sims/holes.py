"""The gradient through untrained residual nets some of whose skips are missing. Imports torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from sims import nets
from sims.protocol import Context

WIDTH, ROWS = 128, 16
COPIES = 8  # nets for each seed; the curves are their median


@torch.no_grad()
def gradients(
    contexts: Sequence[Context], skips: Sequence[Sequence[float]], branch: float
) -> Iterator[list[list[float]]]:
    """Yield ln RMS of the gradient at each block's input, from the last block back; it is 0 at the output.

    Blocks are x ← skip·x + branch·W relu(x) without norm. All arms of a net share weights, input and cotangent.

    Args:
        skips: One row an arm: 1 or 0 for each block.

    Yields:
        One row a seed, one figure an arm.
    """
    shape = COPIES, 1, ROWS, WIDTH
    kept = torch.tensor(skips, device=contexts[0].device).T[..., None, None]  # (depth, arms, 1, 1)
    inputs = torch.cat([nets.normal(context, "hole input", *shape) for context in contexts])
    x = inputs.expand(-1, len(skips), -1, -1)  # (seeds · COPIES, arms, ROWS, WIDTH)
    slopes = []
    for block, skip in enumerate(kept):
        slopes.append(x > 0)
        x = skip * x + branch * _through(torch.relu(x), _weights(contexts, block).mT)
    cotangents = torch.cat([nets.normal(context, "hole cotangent", *shape) for context in contexts])
    delta = cotangents.expand(-1, len(skips), -1, -1)
    start = _log_rms(delta)
    for block in reversed(range(len(kept))):
        delta = kept[block] * delta + branch * slopes[block] * _through(delta, _weights(contexts, block))
        logs = (_log_rms(delta) - start).view(len(contexts), COPIES, -1)
        medians: list[list[float]] = logs.median(dim=1).values.tolist()
        yield medians


def _weights(contexts: Sequence[Context], block: int) -> torch.Tensor:
    """Return one block's matrices, the same at every call, (seeds · COPIES, WIDTH, WIDTH)."""
    return torch.cat([nets.layer_weights(context, block, COPIES, WIDTH, "relu", 1.0) for context in contexts])


def _through(x: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Return every arm's rows times its net's matrix, (nets, arms, ROWS, WIDTH)."""
    return torch.bmm(x.flatten(1, 2), weights).view(x.shape)


def _log_rms(x: torch.Tensor) -> torch.Tensor:
    """Return ln RMS of each net and arm, in fp32 down to 1e-38: (nets, arms, ROWS, WIDTH) to (nets, arms)."""
    return nets.safe_rms(x.flatten(0, 1)).log().view(x.shape[:2])
