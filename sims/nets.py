"""Tensor code that several simulations share: activations, norms that cannot overflow, layer norm, Adam.

Imports torch, so a simulation imports it inside `run`. Float64 is never used: Apple's MPS has none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from sims import theory
from sims.protocol import Context

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
        self.parameters = list(parameters)
        self.rate = rate
        self.steps = 0
        self.first = [torch.zeros_like(p) for p in parameters]
        self.second = [torch.zeros_like(p) for p in parameters]

    @torch.no_grad()
    def step(self, gradients: Sequence[torch.Tensor]) -> None:
        """Move the parameters, in place, one step against these gradients."""
        self.steps += 1
        gradients = list(gradients)
        torch._foreach_lerp_(self.first, gradients, 0.1)
        torch._foreach_mul_(self.second, 0.999)
        torch._foreach_addcmul_(self.second, gradients, gradients, 0.001)
        scale = torch._foreach_sqrt(self.second)
        torch._foreach_div_(scale, math.sqrt(1 - 0.999**self.steps))
        torch._foreach_add_(scale, 1e-8)
        torch._foreach_addcdiv_(self.parameters, self.first, scale, -self.rate / (1 - 0.9**self.steps))
