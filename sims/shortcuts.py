"""Shortcuts round a change of shape, the gradient that they pass, and chains of blocks. Imports torch.

Chains are kept in float64 and on the CPU: what they are about lies up to sixteen decades apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn.functional import avg_pool2d, conv2d, pad

from sims import nets
from sims.protocol import Context

IMAGE = 8  # pixels a side


@dataclass(frozen=True, slots=True)
class Shape:
    """What a block does to the shape, and how its shortcut follows.

    Attributes:
        padded: Option A, zeros in place of new channels; else a 1×1 convolution.
        pooled: Whether the shortcut averages stride × stride pixels first (ResNet-D).
    """

    inputs: int
    outputs: int
    stride: int
    padded: bool
    pooled: bool


def addition(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """Return the shape of the sum of two tensors, and torch's own words if it refuses: then the shape is empty."""
    try:
        return tuple((torch.zeros(first) + torch.zeros(second)).shape), ""
    except RuntimeError as error:
        return (), str(error)


def projection(context: Context, shape: Shape) -> torch.Tensor | None:
    """Return the weights of the 1×1 convolution, (outputs, inputs, 1, 1); None: the option has none."""
    if shape.padded:
        return None
    scale = 1 / math.sqrt(shape.inputs)
    return nets.normal(context, "projection", shape.outputs, shape.inputs, 1, 1, scale=scale)


def shortcut(x: torch.Tensor, shape: Shape, weights: torch.Tensor | None) -> torch.Tensor:
    """Return the shortcut's output, (1, outputs, side/stride, side/stride).

    Args:
        x: (1, inputs, side, side).
    """
    stride = shape.stride
    if shape.pooled:
        x, stride = avg_pool2d(x, stride), 1
    if weights is not None:
        return conv2d(x, weights, stride=stride)
    strided = x[:, : shape.outputs, ::stride, ::stride]
    return pad(strided, (0, 0, 0, 0, 0, shape.outputs - strided.shape[1]))


def pixel_gradient(context: Context, shape: Shape, weights: torch.Tensor | None) -> torch.Tensor:
    """Return the RMS over channels of the gradient at each pixel, through the shortcut alone: (side, side)."""
    x = torch.zeros(1, shape.inputs, IMAGE, IMAGE, device=context.device, requires_grad=True)
    out = shortcut(x, shape, weights)
    cotangent = nets.normal(context, "cotangent", *out.shape)
    # A scalar: given a cotangent, autograd.grad imports sympy at its first use, for a second.
    (gradient,) = torch.autograd.grad((out * cotangent).sum(), x)
    return gradient.square().mean(dim=(0, 1)).sqrt()


class Chain:
    """The Jacobian of a chain of linear blocks, skip + αW, multiplied up block by block.

    Attributes:
        jacobian: (width, width), float64.
    """

    def __init__(self, context: Context, width: int, alpha: float, *, projected: bool) -> None:
        """Start at the identity; `projected` puts a Gaussian matrix in place of each skip."""
        self._context = Context(context.seed)
        self._alpha, self._projected = alpha, projected
        self.jacobian = torch.eye(width, dtype=torch.float64)
        self._blocks = 0

    @torch.no_grad()
    def add_block(self) -> None:
        """Multiply by one more block; branch and projection are N(0, 1/width)."""
        width = self.jacobian.shape[0]
        block = self._alpha * self._drawn("branch", width)
        block += self._drawn("projection", width) if self._projected else torch.eye(width)
        self.jacobian = block.double() @ self.jacobian
        self._blocks += 1

    def singular_values(self) -> list[float]:
        """Return the Jacobian's singular values, largest first."""
        values: list[float] = torch.linalg.svdvals(self.jacobian).tolist()
        return values

    def _drawn(self, stream: str, width: int) -> torch.Tensor:
        return nets.normal(
            self._context, f"{stream}/{self._blocks}", width, width, scale=1 / math.sqrt(width)
        )
