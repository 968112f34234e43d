"""A stack of blocks of one family, many nets at once: forward, then back block by block. Imports torch.

Where relu makes the net homogeneous, signal and cotangent are scaled to RMS 1 per net at every block and the logarithms of
what was taken out are kept. Behind a norm the signal needs none of that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from sims import nets
from sims.protocol import Context

NORM_EPSILON = 1e-5  # torch's default
NETS_A_PASS = 4  # whose weights, 1 MB at width 256, stay in the cache between being drawn and being used
LOG_RMS, LOG_WEIGHT, INVARIANT = range(3)  # the rows of what a step back measures


@dataclass(frozen=True, slots=True)
class Passed:
    """What the way back needs of one block.

    Attributes:
        read: What the branch read, before relu, (nets, batch, width).
        deviation: What the block's norm divided by, (nets, batch, 1); of no use without a norm.
        after: The block's output, (nets, batch, width).
        log_scale: ln of what `read` stands too small by, per net, (nets,).
    """

    read: torch.Tensor
    deviation: torch.Tensor
    after: torch.Tensor
    log_scale: torch.Tensor


class ProfileStack:
    """One family's nets: x' = skip·x + α·W relu(x), with a layer norm before the branch, after the sum, or nowhere."""

    def __init__(
        self, context: Context, family: str, depth: int, gain: float, shape: tuple[int, int, int]
    ) -> None:
        """Draw the input and the cotangent; shape is (nets, batch, width)."""
        self.family, self.gain, self.shape = family, gain, shape
        self.skip = 0.0 if family == "plain" else 1.0
        self.alpha = 1 / math.sqrt(depth) if family == "scaled" else 1.0
        self.x, _ = nets.unit_rms(nets.normal(context, "input", *shape))
        self.cotangent, _ = nets.unit_rms(nets.normal(context, "cotangent", *shape))
        self.log_x = self.x.new_zeros(shape[0])
        self.log_cotangent = self.x.new_zeros(shape[0])
        self.passed: list[Passed] = []
        self._context = context

    @torch.no_grad()
    def forward(self, block: int) -> None:
        """Carry the signal through one more block."""
        x = self.x
        deviation, log_scale = x, self.log_x
        read = x
        if self.family == "pre-LN":
            read, deviation = _norm(x)
        seen, branch = torch.relu(read), torch.empty_like(x)
        for place, weights in self.weights(block):
            torch.bmm(seen[place], weights.mT, out=branch[place])
        y = self.skip * x + self.alpha * branch
        if self.family == "post-LN":
            y, deviation = _norm(y)
        elif self.family != "pre-LN":
            y, rms = nets.unit_rms(y)
            self.log_x = self.log_x + rms.log()
        self.x = y
        self.passed.append(Passed(read, deviation, y, log_scale))

    @torch.no_grad()
    def backward(self, block: int) -> torch.Tensor:
        """Carry the cotangent back through the last block left.

        Returns:
            Per net, (3, nets): ln RMS ∂L/∂x before the block, ln ‖∂L/∂W‖ of the block, and ⟨W, ∂L/∂W⟩.
        """
        passed = self.passed.pop()
        at_sum = self.cotangent  # ∂L/∂(skip·x + α·branch), (nets, batch, width)
        if self.family == "post-LN":
            at_sum = _norm_backward(at_sum, passed.after, passed.deviation)
        seen, below = torch.relu(passed.read), torch.empty_like(at_sum)
        squares, products = [], []  # of ∂L/∂W with itself and with W, each (nets of a pass,)
        for place, weights in self.weights(block):
            gradient = self.alpha * torch.bmm(
                at_sum[place].mT, seen[place]
            )  # ∂L/∂W: (nets of a pass, width, width)
            squares.append(gradient.square().sum(dim=(1, 2)))
            products.append(gradient.mul_(weights).sum(dim=(1, 2)))
            torch.bmm(at_sum[place], weights, out=below[place])
        scale = self.log_cotangent + passed.log_scale
        log_weight = torch.cat(squares).log() / 2 + scale
        invariant = torch.cat(products) * scale.exp()
        at_read = self.alpha * below * nets.slope("relu", passed.read)
        if self.family == "pre-LN":
            at_read = _norm_backward(at_read, passed.read, passed.deviation)
        self.cotangent, rms = nets.unit_rms(self.skip * at_sum + at_read)
        self.log_cotangent = self.log_cotangent + rms.log()
        return torch.stack((self.log_cotangent, log_weight, invariant))

    def weights(self, block: int) -> Iterator[tuple[slice, torch.Tensor]]:
        """Yield W of one block for a few nets at a time, (nets of a pass, width, width): the same each time."""
        count, _, width = self.shape
        yield from nets.layer_weights_in_parts(
            self._context, block, count, width, "relu", self.gain, each=NETS_A_PASS
        )


def _norm(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the layer norm of x, (nets, batch, width), and the deviation that it divided by, (nets, batch, 1)."""
    variance, mean = torch.var_mean(x, dim=2, keepdim=True, correction=0)
    deviation = (variance + NORM_EPSILON).sqrt()
    return (x - mean) / deviation, deviation


def _norm_backward(cotangent: torch.Tensor, normed: torch.Tensor, deviation: torch.Tensor) -> torch.Tensor:
    """Return the cotangent of what a norm read, all (nets, batch, width): its mean and its part along the output go."""
    along = (cotangent * normed).mean(dim=2, keepdim=True)
    return (cotangent - cotangent.mean(dim=2, keepdim=True) - normed * along) / deviation
