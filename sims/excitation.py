"""A small conv net with or without a squeeze-and-excitation gate, and two tasks for it. Imports torch."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, conv2d

from sims import nets
from sims.protocol import Context

SIDE, PLANES = 8, 3  # pixels along a side; planes: picture A, picture B, cue
PERIOD = 4  # pixels of a stripe's period
RATE, BATCH = 5e-3, 64
TASKS = ("cued", "uncued")


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures with their labels.

    Attributes:
        images: (count, PLANES, SIDE, SIDE).
        labels: (count,), 1 for vertical stripes: in the plane that the cue points at, or in A where it is no use.
        cued_a: Whether the cue plane is bright, pointing at A, (count,).
    """

    images: torch.Tensor
    labels: torch.Tensor
    cued_a: torch.Tensor


def draw_pictures(generator: torch.Generator, count: int, task: str, noise: float, device: str) -> Pictures:
    """Return stripes of random direction and phase in planes A and B, a cue plane of 1 or -1, and noise on all."""
    vertical = torch.randint(2, (2, count, 1, 1), generator=generator)
    cue = torch.randint(2, (count,), generator=generator).bool()
    phases = 2 * math.pi * torch.rand(2, count, 1, 1, generator=generator)
    along = 2 * math.pi / PERIOD * torch.arange(SIDE)
    down, across = along.view(SIDE, 1).expand(SIDE, SIDE), along.view(1, SIDE).expand(SIDE, SIDE)
    stripes = math.sqrt(2) * torch.cos(
        torch.where(vertical == 1, across, down) + phases
    )  # (2, count, SIDE, SIDE)
    plane = torch.where(cue, 1.0, -1.0).view(count, 1, 1).expand(count, SIDE, SIDE)
    images = torch.stack((*stripes, plane), dim=1)
    images = images + noise * torch.randn(images.shape, generator=generator)
    in_a, in_b = vertical.view(2, count).float()
    labels = torch.where(cue, in_a, in_b) if task == "cued" else in_a
    return Pictures(images.to(device), labels.to(device), cue.to(device))


class ConvNet:
    """Two convs with relu, a gate on their channels or none, means over the image, and a linear readout.

    Attributes:
        weights: By name. `squeeze` (C/r, C) and `excite` (C, C/r) are there only with the gate.
    """

    def __init__(self, context: Context, net: int, channels: int, reduction: int, *, gated: bool) -> None:
        """Draw net number `net`'s He weights; with a gate or without, all others are the same."""

        def drawn(name: str, *shape: int, gain: float = 2.0) -> torch.Tensor:
            scale = math.sqrt(gain / math.prod(shape[1:]))
            return nets.normal(context, f"{net}/{name}", *shape, scale=scale).requires_grad_()

        self.weights = {
            "first": drawn("first", channels, PLANES, 3, 3),
            "second": drawn("second", channels, channels, 3, 3),
            "readout": drawn("readout", 1, channels, gain=1.0),
        }
        if gated:
            hidden = channels // reduction
            self.weights |= {
                "squeeze": drawn("squeeze", hidden, channels),
                "excite": drawn("excite", channels, hidden),
            }
        self.adam = nets.Adam(list(self.weights.values()), RATE)

    def step(self, pictures: Pictures) -> torch.Tensor:
        """Train one step and return the loss before it, in nats, a scalar."""
        loss = binary_cross_entropy_with_logits(self.logits(pictures.images), pictures.labels)
        self.adam.step(torch.autograd.grad(loss, list(self.weights.values())))
        return loss.detach()

    def logits(self, images: torch.Tensor) -> torch.Tensor:
        """Return the logit of label 1, (count,)."""
        return self.read_out(self.maps(images))

    def read_out(self, maps: torch.Tensor) -> torch.Tensor:
        """Return the logits of feature maps, gated or not, (count,)."""
        if "squeeze" in self.weights:
            maps = self.gates(maps)[:, :, None, None] * maps
        return (maps.mean(dim=(2, 3)) @ self.weights["readout"].T).squeeze(1)

    def maps(self, images: torch.Tensor) -> torch.Tensor:
        """Return the feature maps U that the gate scales, (count, C, SIDE, SIDE)."""
        h = torch.relu(conv2d(images, self.weights["first"], padding=1))
        return torch.relu(conv2d(h, self.weights["second"], padding=1))

    def gates(self, maps: torch.Tensor) -> torch.Tensor:
        """Return g = σ(W₂ relu(W₁ mean(U))), (count, C): the means over the image are all that it sees."""
        squeezed = maps.mean(dim=(2, 3))  # (count, C)
        return torch.sigmoid(torch.relu(squeezed @ self.weights["squeeze"].T) @ self.weights["excite"].T)


@torch.no_grad()
def inspect(net: ConvNet, pictures: Pictures, order: torch.Tensor) -> torch.Tensor:
    """Return, in one row, what a gated net does on these pictures, (2 + 2·C,).

    Args:
        order: A permutation of the SIDE² positions.

    Returns:
        The share labelled rightly, the largest change of any gate when the positions of U are put into that order, and
        each channel's mean gate where the cue points at A and where it points at B.
    """
    maps = net.maps(pictures.images)
    gates = net.gates(maps)
    shuffled = net.gates(maps.flatten(2)[:, :, order].view_as(maps))
    means = [gates[chosen].mean(dim=0) for chosen in (pictures.cued_a, ~pictures.cued_a)]
    change = (shuffled - gates).abs().max()
    return torch.cat((torch.stack((right(net, pictures, maps), change)), *means))


@torch.no_grad()
def right(net: ConvNet, pictures: Pictures, maps: torch.Tensor) -> torch.Tensor:
    """Return the share of pictures that the net labels rightly from its feature maps, a scalar."""
    return ((net.read_out(maps) > 0) == (pictures.labels > 0.5)).float().mean()


def gate_parameters(channels: int, reduction: int) -> int:
    """Return how many weights the gate of a block of this many channels has: counted on tensors without storage."""
    hidden = channels // reduction
    return sum(
        torch.empty(*shape, device="meta").numel() for shape in ((hidden, channels), (channels, hidden))
    )
