"""Nets with a skip round every operation, as they begin. Imports torch."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from sims import nets
from sims.protocol import Context

BLOCKS, WIDTH, ROWS, COPIES = 8, 128, 16, 8


@dataclass(frozen=True, slots=True)
class Nested:
    """What one seed's nets show.

    Attributes:
        every: RMS of the stream after 0, 1, ... blocks with a skip round each of linear, relu and linear.
        one: The same with a single skip round all three. Both are the geometric mean of COPIES nets.
        linear_share: R² of the best straight line through x + relu(x), over the inputs.
    """

    every: tuple[float, ...]
    one: tuple[float, ...]
    linear_share: float


@torch.no_grad()
def nested(context: Context) -> Nested:
    """Run both kinds of net from the same input through the same weights."""
    start, _ = nets.unit_rms(nets.normal(context, "nested input", COPIES, ROWS, WIDTH))
    every = one = start  # (COPIES, ROWS, WIDTH)
    logs = [torch.zeros(2, device=start.device)]
    for block in range(BLOCKS):
        first, second = (
            nets.layer_weights(context, 2 * block + place, COPIES, WIDTH, "linear", 1.0) for place in (0, 1)
        )  # (COPIES, WIDTH, WIDTH)
        every = every + torch.bmm(every, first.mT)
        every = every + torch.relu(every)
        every = every + torch.bmm(every, second.mT)
        # √2 makes up for what relu takes, so that the branch is as large as the stream.
        one = one + torch.bmm(torch.relu(torch.bmm(one, first.mT)), math.sqrt(2) * second.mT)
        logs.append(torch.stack([nets.safe_rms(x).log().mean() for x in (every, one)]))
    sizes: list[list[float]] = torch.stack(logs).exp().T.tolist()  # (2, BLOCKS + 1)
    x = start.flatten()
    kinked = x + torch.relu(x)
    share = float(torch.corrcoef(torch.stack((x, kinked)))[0, 1].square())
    return Nested(tuple(sizes[0]), tuple(sizes[1]), share)
