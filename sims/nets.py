"""Tensor code that several simulations share: activations, norms that cannot overflow, layer norm, Adam.

Imports torch, so a simulation imports it inside `run`. Float64 is never used: Apple's MPS has none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch

from sims import theory
from sims.protocol import Context

NUMBERS_A_PIECE = 2**16  # what Adam moves at once: with moments and gradient 1 MB in fp32
DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


def value(activation: str, h: torch.Tensor) -> torch.Tensor:
    """Return φ(h), elementwise, any shape."""
    if activation == "linear":
        return h
    if activation == "relu":
        return torch.relu(h)
    return torch.tanh(h) if activation == "tanh" else torch.sigmoid(h)


def slope(activation: str, h: torch.Tensor) -> torch.Tensor:
    """Return φ'(h), elementwise, any shape; relu's is 0 at 0."""
    if activation == "linear":
        return torch.ones_like(h)
    if activation == "relu":
        return (h > 0).to(h.dtype)
    phi = value(activation, h)
    return 1 - phi * phi if activation == "tanh" else phi * (1 - phi)


def normal(context: Context, stream: str, *shape: int, scale: float = 1.0) -> torch.Tensor:
    """Return scale·N(0, 1) numbers of this shape from the run's own stream: drawn on the CPU, then moved."""
    drawn = torch.randn(*shape, generator=context.generator(stream))
    return drawn.mul_(scale).to(context.device)


def layer_weights(
    context: Context, layer: int, nets: int, width: int, activation: str, gain: float
) -> torch.Tensor:
    """Return W ~ N(0, σ_w²/N) of one layer for every net: (nets, width, width).

    Each layer has its own stream, so the backward pass draws the same weights again instead of keeping them.
    """
    scale = math.sqrt(theory.weight_variance(activation, gain) / width)
    return normal(context, f"weights/{layer}", nets, width, width, scale=scale)


def layer_weights_in_parts(
    context: Context, layer: int, nets: int, width: int, activation: str, gain: float, *, each: int
) -> Iterator[tuple[slice, torch.Tensor]]:
    """Yield such weights for `each` nets at a time, (nets of a part, width, width), so that they stay in the cache."""
    generator = context.generator(f"weights/{layer}")
    scale = math.sqrt(theory.weight_variance(activation, gain) / width)
    for first in range(0, nets, each):
        count = min(each, nets - first)
        drawn = torch.randn(count, width, width, generator=generator)
        yield slice(first, first + count), drawn.mul_(scale).to(context.device)


def unit_rms(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return x scaled to RMS 1 per net, and that RMS: log-carry adds up its logarithms.

    Args:
        x: (nets, batch, width).

    Returns:
        (nets, batch, width) and (nets,).
    """
    rms = x.square().mean(dim=(1, 2), keepdim=True).sqrt()
    return x / rms, rms.flatten()


def safe_rms(x: torch.Tensor) -> torch.Tensor:
    """Return each net's RMS in fp32; it overflows only where x itself has: inf or NaN in, the same out.

    Args:
        x: (nets, batch, width), in any floating dtype.

    Returns:
        (nets,), fp32.
    """
    wide = x.float()
    peak = wide.abs().amax(dim=(1, 2), keepdim=True)  # (nets, 1, 1)
    unit = peak.clamp_min(torch.finfo(torch.float32).tiny)
    rms = unit * (wide / unit).square().mean(dim=(1, 2), keepdim=True).sqrt()
    return torch.where(torch.isfinite(peak), rms, peak).flatten()


def layer_norm(x: torch.Tensor) -> torch.Tensor:
    """Return x with mean 0 and variance 1 along its last axis, of any shape (..., width)."""
    return torch.nn.functional.layer_norm(x, (x.shape[-1],))


class Adam:
    """Adam (Kingma & Ba 2015) on lists of tensors, without torch.optim, whose first use imports for a second."""

    def __init__(self, parameters: Sequence[torch.Tensor], rate: float) -> None:
        """Start at zero moments; β = (0.9, 0.999), ε = 1e-8 are the paper's."""
        self.rate = rate
        self.steps = 0
        self.pieces = [_pieces(parameter.detach()) for parameter in parameters]
        self.first = [[torch.zeros_like(p) for p in pieces] for pieces in self.pieces]
        self.second = [[torch.zeros_like(p) for p in pieces] for pieces in self.pieces]

    @torch.no_grad()
    def step(self, gradients: Sequence[torch.Tensor]) -> None:
        """Move the parameters, in place, one step against these gradients."""
        self.steps += 1
        root, rate = math.sqrt(1 - 0.999**self.steps), -self.rate / (1 - 0.9**self.steps)
        for gradient, *tensors in zip(gradients, self.pieces, self.first, self.second, strict=True):
            for g, parameter, first, second in zip(_pieces(gradient), *tensors, strict=True):
                first.lerp_(g, 0.1)
                second.mul_(0.999).addcmul_(g, g, value=0.001)
                parameter.addcdiv_(first, second.sqrt().div_(root).add_(1e-8), value=rate)


def _pieces(tensor: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return views of a tensor, split along its first axis, that stay in the cache from one operation to the next."""
    if tensor.device.type != "cpu":
        return (tensor,)
    return tuple(tensor.chunk(math.ceil(tensor.numel() / NUMBERS_A_PIECE)))
