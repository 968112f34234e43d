"""Nets of equal depth, trained side by side: blocks of one matrix each, with or without a skip. Imports torch."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from sims import nets
from sims.protocol import Context
from sims.spirals import Spirals

WIDTH = 32
NETS_A_PASS = 9
"""What passes through the blocks at once. Of 64 blocks without norm a step takes 1.3 ms a net with 4 to 9 nets, 1.6 with
54, whose activations leave the cache; with one net it takes 2.6, for then the calls cost more than the arithmetic."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a net's blocks are made of.

    Attributes:
        activation: φ in W·φ(norm x): relu or tanh.
        init: he, W ~ N(0, 2/N) for relu and N(0, 1/N) for tanh; or orthogonal, scaled to the same mean square.
        norm: Whether every branch and the readout see a layer norm of the stream.
    """

    depth: int
    activation: str = "relu"
    init: str = "he"
    norm: bool = True
    width: int = WIDTH


class Stack:
    """x ← skip·x + branch·W φ(norm x), block by block, then a linear readout of norm x.

    Nets are ordered by seed, then by arm. All arms of a seed begin with the same weights.

    Attributes:
        weights: (depth, nets, width, width).
        readout: (nets, width, 1).
        skip, branch: What each block multiplies stream and branch by, (depth, nets, 1, 1).
    """

    def __init__(
        self,
        contexts: Sequence[Context],
        blocks: Blocks,
        skip: Sequence[Sequence[float]],
        branch: Sequence[Sequence[float]],
        stream: str = "trained",
        *,
        learned: bool = False,
    ) -> None:
        """Draw the weights.

        Args:
            skip, branch: One row an arm: a factor for each block.
            stream: Names the weights' random numbers; stacks of one run that differ in it have other weights.
            learned: Whether the branch's factors are trained too; the rows are where they begin.
        """
        self.blocks = blocks
        self.seeds, self.arms = len(contexts), len(skip)
        device = contexts[0].device
        drawn = torch.stack([_weights(context, blocks, stream) for context in contexts], dim=1)
        self.weights = drawn.repeat_interleave(self.arms, dim=1).requires_grad_()
        scale = 1 / math.sqrt(blocks.width)
        readouts = [
            nets.normal(context, f"{stream}/readout", blocks.width, 1, scale=scale) for context in contexts
        ]
        self.readout = torch.stack(readouts).repeat_interleave(self.arms, dim=0).requires_grad_()
        self.skip = self._factors(skip, device)
        self._is_whole = tuple(
            all(factor == 1 for factor in of_block) for of_block in zip(*skip, strict=True)
        )
        self.branch = self._factors(branch, device).requires_grad_(learned)

    def parts(self) -> Iterator[tuple[slice, Stack]]:
        """Yield the nets in equal parts that the cache can hold; a part's parameters are views of the stack's own."""
        count, is_cached = self.readout.shape[0], self.readout.device.type == "cpu"
        each = math.ceil(count / math.ceil(count / NETS_A_PASS)) if is_cached else count
        for first in range(0, count, each):
            place = slice(first, first + each)
            part = copy(self)
            part.weights = self.weights.detach()[:, place].requires_grad_()
            part.readout = self.readout.detach()[place].requires_grad_()
            part.skip = self.skip[:, place]
            part.branch = self.branch.detach()[:, place].requires_grad_(self.branch.requires_grad)
            yield place, part

    @property
    def parameters(self) -> list[torch.Tensor]:
        """What is trained."""
        return [self.weights, self.readout, *([self.branch] if self.branch.requires_grad else [])]

    def states(
        self, inputs: torch.Tensor, skip: torch.Tensor | None = None, branch: torch.Tensor | None = None
    ) -> Iterator[torch.Tensor]:
        """Yield the stream before the first block and after each one, (nets, rows, width).

        Args:
            inputs: (nets, rows, width).
            skip, branch: Stand in for the stack's own, (depth, nets, 1, 1).
        """
        is_whole = self._is_whole if skip is None else (False,) * self.blocks.depth
        skip = self.skip if skip is None else skip
        branch = self.branch if branch is None else branch
        x = inputs
        yield x
        weights = self.weights * branch  # one small product instead of one for every row of the stream
        for weight, kept, is_one in zip(weights.unbind(), skip.unbind(), is_whole, strict=True):
            x = torch.baddbmm(x if is_one else kept * x, self._seen(x), weight)  # (nets, rows, width)
            yield x

    def read(self, x: torch.Tensor) -> torch.Tensor:
        """Return the logits that the readout makes of a stream: (nets, rows, width) to (nets, rows)."""
        return torch.bmm(self._normed(x), self.readout).squeeze(2)

    def logits(
        self, inputs: torch.Tensor, skip: torch.Tensor | None = None, branch: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Return the nets' logits, (nets, rows); see `states` for the arguments."""
        (last,) = deque(self.states(inputs, skip, branch), maxlen=1)
        return self.read(last)

    def _seen(self, x: torch.Tensor) -> torch.Tensor:
        return nets.value(self.blocks.activation, self._normed(x))

    def _normed(self, x: torch.Tensor) -> torch.Tensor:
        return nets.layer_norm(x) if self.blocks.norm else x

    def _factors(self, rows: Sequence[Sequence[float]], device: str) -> torch.Tensor:
        factors = torch.tensor(rows, dtype=torch.float32, device=device).T  # (depth, arms)
        return factors.repeat(1, self.seeds)[..., None, None]  # (depth, nets, 1, 1)


def losses(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return each net's mean cross-entropy in nats: (nets, rows) and (nets, rows) or (rows,) to (nets,)."""
    return cross_entropy(logits, targets.expand_as(logits), reduction="none").mean(dim=1)


def accuracies(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return each net's share of right answers, (nets,); what is NaN is wrong."""
    return (((logits > 0) == (targets > 0.5)) & logits.isfinite()).float().mean(dim=1)


def train(
    stack: Stack,
    spirals: Spirals,
    steps: int,
    rate: float,
    *,
    kept: Callable[[], torch.Tensor] | None = None,
) -> Iterator[torch.Tensor]:
    """Train with Adam and yield, after each step, the loss of each net on its batch before that step, (nets,).

    Args:
        kept: Draws, for each step, which blocks it keeps: (depth, nets, 1, 1) of 0 and 1.
    """
    parts = [(place, part, nets.Adam(part.parameters, rate)) for place, part in stack.parts()]
    for _ in range(steps):
        inputs, targets = spirals.batch(stack.arms)
        keeps = None if kept is None else kept()
        before = []
        for place, part, adam in parts:
            branch = part.branch if keeps is None else part.branch * keeps[:, place]
            loss = losses(part.logits(inputs[place], branch=branch), targets[place])
            adam.step(torch.autograd.grad(loss.sum(), part.parameters))
            before.append(loss.detach())
        yield torch.cat(before)


@torch.no_grad()
def measured(stack: Stack, spirals: Spirals) -> tuple[torch.Tensor, torch.Tensor]:
    """Return each net's loss and accuracy over all points, (nets,) each."""
    inputs, targets = spirals.everything(stack.arms)
    logits = torch.cat([part.logits(inputs[place]) for place, part in stack.parts()])
    return losses(logits, targets), accuracies(logits, targets)


def _weights(context: Context, blocks: Blocks, stream: str) -> torch.Tensor:
    """Return one seed's matrices, (depth, width, width)."""
    variance = 2.0 if blocks.activation == "relu" else 1.0
    shape = (blocks.depth, blocks.width, blocks.width)
    if blocks.init == "he":
        return nets.normal(context, stream, *shape, scale=math.sqrt(variance / blocks.width))
    gaussian = torch.randn(*shape, generator=context.generator(stream))
    q, r = torch.linalg.qr(gaussian)
    signs = torch.diagonal(r, dim1=1, dim2=2).sign()[
        :, None, :
    ]  # makes the distribution uniform (Mezzadri 2007)
    uniform: torch.Tensor = q * signs
    return (math.sqrt(variance) * uniform).to(context.device)
