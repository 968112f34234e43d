"""What the simulation `bottleneck` counts from real modules, piece by piece. Imports torch."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from copy import copy
from functools import partial

import torch
from torch import nn
from torch.nn.functional import conv2d

from sims import nets, vision_nets
from sims.bottleneck import IMAGE, PROBED_WIDTH, WIDTHS, Knobs
from sims.protocol import Context

PROBED_IMAGE = 20  # side of the image whose pixels the rank is over: 400, more than channels
TIMED_IMAGE = 14  # ResNet's third stage works on 14 × 14


class Tally:
    """The counts of one run so far.

    Attributes:
        narrow, wide: Parameters of one bottleneck, and of two 3×3, at each of WIDTHS up to now.
        narrow_at_c, wide_at_c: The same at the knobs' C.
        macs: Multiply-adds of all blocks: (bottleneck, two 3×3).
        ranks: Of F(x) and of x + F(x), over the pixels of a random image.
        spreads: The smallest singular value that counts in that rank, over the largest.
        nets, compared: Parameters by name: of whole nets, and of what the first view compares.
        times: Seconds of each repeat: (bottleneck, two 3×3).
    """

    def __init__(self, knobs: Knobs, context: Context) -> None:
        """Build and count the blocks at the knobs' C; everything else waits for its frame."""
        self.knobs = knobs
        self._context = Context(context.seed)  # counting happens on the CPU
        self.ranks = [math.nan, math.nan]
        self.spreads = [math.nan, math.nan]
        self._narrow = vision_nets.bottleneck(knobs.c, knobs.r, knobs.g)
        self._wide = vision_nets.two_convolutions(knobs.c)
        self.narrow_at_c, self.wide_at_c = _total(self._narrow), _total(self._wide)
        self.narrow: list[float] = []
        self.wide: list[float] = []
        self.macs = [math.nan, math.nan]
        self.nets: dict[str, float] = {}
        self.compared: dict[str, float] = {}
        self.times: list[tuple[float, float]] = []

    def of_seed(self, context: Context) -> Tally:
        """Return a tally that has these counts, also those to come, with ranks of another seed."""
        other = copy(self)
        other._context = Context(context.seed)
        other.ranks, other.spreads = [math.nan, math.nan], [math.nan, math.nan]
        return other

    def count_width(self, width: int) -> str:
        """Count one bottleneck and one pair of 3×3 at this width."""
        self.narrow.append(_total(vision_nets.bottleneck(width, self.knobs.r, self.knobs.g)))
        self.wide.append(_total(vision_nets.two_convolutions(width)))
        return f"one block at {len(WIDTHS)} widths: real modules, counted" if width == WIDTHS[0] else ""

    def count_macs(self, part: int) -> str:
        """Let one of the five convolutions count its multiply-adds, for every block."""
        layer = [*self._narrow, *self._wide][part]
        kind = int(part >= len(self._narrow))
        before = 0.0 if math.isnan(self.macs[kind]) else self.macs[kind]
        self.macs[kind] = before + self.knobs.blocks * vision_nets.multiply_adds(layer, IMAGE)
        return "multiply-adds: ones convolved with ones count themselves" if part == 0 else ""

    def measure_rank(self, place: int) -> str:
        """Measure the rank of the branch's update (0) or of the stream after it (1), channels against pixels."""
        width = min(self.knobs.c, PROBED_WIDTH)
        image = nets.normal(self._context, "image", 1, width, PROBED_IMAGE, PROBED_IMAGE)
        layers = vision_nets.bottleneck(width, self.knobs.r, self.knobs.g)
        update = self._forward(layers, self._he_weights(layers), image)
        matrix = (update, image + update)[place].flatten(2)[0]  # (width, pixels)
        sigmas = torch.linalg.svdvals(matrix)  # (width,), descending
        least = sigmas[0] * max(matrix.shape) * torch.finfo(matrix.dtype).eps  # what matrix_rank counts as 0
        self.ranks[place] = float((sigmas > least).sum())
        self.spreads[place] = float(sigmas[int(self.ranks[place]) - 1] / sigmas[0])
        return f"rank over the pixels of {('F(x)', 'x + F(x)')[place]}: {self.ranks[place]:.0f} of {width}"

    def count_net(self, net: str) -> str:
        """Build one whole net and count it."""
        family, _, depth = net.partition("-")
        parts = vision_nets.vgg_19() if family == "vgg" else (vision_nets.resnet(int(depth)),)
        self.nets[net] = _total(parts)
        return f"{net}: {self.nets[net]:,.0f} parameters, counted"

    def count_compared(self) -> str:
        """Count what the first view compares: blocks, a net of either kind of block, or the parts of VGG."""
        knobs = self.knobs
        modules: dict[str, Sequence[nn.Module]]
        if knobs.depth:
            modules = {
                "bottleneck": [vision_nets.resnet(knobs.depth, narrow=True)],
                "two 3×3": [vision_nets.resnet(knobs.depth, narrow=False)],
            }
        elif knobs.preset == "vgg-19":
            modules = {
                name: [part]
                for name, part in zip(("convolutions", "connected"), vision_nets.vgg_19(), strict=True)
            }
        else:
            pair = partial(vision_nets.two_convolutions, knobs.c)
            modules = {
                "bottleneck": self._repeated(partial(vision_nets.bottleneck, knobs.c, knobs.r, knobs.g)),
                "two 3×3": self._repeated(pair),
                "one 3×3": self._repeated(lambda: pair()[:1]),
                "two 3×3 at C/r": self._repeated(partial(vision_nets.two_convolutions, knobs.c // knobs.r)),
            }
        self.compared |= {name: _total(parts) for name, parts in modules.items()}
        return ""

    def time_both(self) -> str:
        """Time one forward pass of each kind at 14 × 14 pixels."""
        image = nets.normal(self._context, "timed image", 1, self.knobs.c, TIMED_IMAGE, TIMED_IMAGE)
        narrow, wide = (self._seconds(layers, image) for layers in (self._narrow, self._wide))
        self.times.append((narrow, wide))
        return f"{TIMED_IMAGE} × {TIMED_IMAGE} pixels took {1000 * narrow:.2f} and {1000 * wide:.2f} ms"

    def _seconds(self, layers: Sequence[nn.Conv2d], image: torch.Tensor) -> float:
        """Return the wall time of one forward pass; a constant weight costs what any weight costs."""
        weights = [torch.full(layer.weight.shape, 1e-3) for layer in layers]
        begun = time.perf_counter()
        self._forward(layers, weights, image)
        return time.perf_counter() - begun

    def _repeated(self, block: Callable[[], list[nn.Conv2d]]) -> list[nn.Conv2d]:
        return [layer for _ in range(self.knobs.blocks) for layer in block()]

    def _he_weights(self, layers: Sequence[nn.Conv2d]) -> list[torch.Tensor]:
        """Return He weights of each layer, (outputs, inputs/groups, kernel, kernel)."""
        shapes = [tuple(layer.weight.shape) for layer in layers]
        return [
            nets.normal(self._context, f"layer {place}", *shape, scale=math.sqrt(2 / math.prod(shape[1:])))
            for place, shape in enumerate(shapes)
        ]

    @staticmethod
    def _forward(
        layers: Sequence[nn.Conv2d], weights: Sequence[torch.Tensor], image: torch.Tensor
    ) -> torch.Tensor:
        """Return the convolutions of relu, one after the other, on (1, C, side, side)."""
        for layer, weight in zip(layers, weights, strict=True):
            image = conv2d(torch.relu(image), weight, padding=weight.shape[-1] // 2, groups=layer.groups)
        return image


def _total(modules: Sequence[nn.Module]) -> float:
    return float(sum(map(vision_nets.parameters, modules)))
