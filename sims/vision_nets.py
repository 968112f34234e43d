"""Real torch modules of ResNets, VGG-19 and their blocks, without memory for weights: they are there to be counted.

Imports torch. Modules stand on the meta device, which has shapes and no numbers, so nothing is initialised or drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import nn
from torch.nn.functional import conv2d, pad

from sims import parameter_counts as counts


def parameters(module: nn.Module) -> int:
    """Return the number of the module's parameters, counted one tensor after the other."""
    return sum(parameter.numel() for parameter in module.parameters())


def convolution(
    inputs: int, outputs: int, kernel: int, *, groups: int = 1, stride: int = 1, bias: bool = False
) -> nn.Conv2d:
    """Return a padded convolution on the meta device."""
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=bias, device="meta")


def bottleneck(channels: int, ratio: int, groups: int = 1) -> list[nn.Conv2d]:
    """Return 1×1 down, 3×3 in groups, 1×1 up."""
    inner = channels // ratio
    return [
        convolution(channels, inner, 1),
        convolution(inner, inner, 3, groups=groups),
        convolution(inner, channels, 1),
    ]


def two_convolutions(channels: int) -> list[nn.Conv2d]:
    """Return two 3×3 convolutions at full width."""
    return [convolution(channels, channels, 3), convolution(channels, channels, 3)]


@torch.no_grad()
def multiply_adds(layer: nn.Conv2d, size: int) -> int:
    """Return the multiply-adds on a size × size image at stride 1, by letting the layer count them itself.

    Image, border and weights are all 1, so that each output is the number of products that made it. In float32 each is
    exact up to 2^24, and they are added up as integers.
    """
    border = layer.kernel_size[0] // 2
    image = pad(torch.ones(1, layer.in_channels, size, size), (border,) * 4, value=1.0)
    made = conv2d(image, torch.ones(layer.weight.shape), groups=layer.groups)  # (1, outputs, size, size)
    return int(made.long().sum())


def resnet(depth: int, narrow: bool | None = None) -> nn.Module:
    """Return a ResNet for ImageNet; `narrow` builds it of bottlenecks (or not), None as published."""
    blocks, published = counts.RESNETS[depth]
    block = _narrow_block if (published if narrow is None else narrow) else _basic_block
    layers: list[nn.Module] = [
        convolution(3, counts.STEM, 7, stride=2),
        nn.BatchNorm2d(counts.STEM, device="meta"),
    ]
    inputs = counts.STEM
    for stage, (count, outputs) in enumerate(zip(blocks, counts.stream_widths(depth), strict=True)):
        for position in range(count):
            stride = 2 if stage > 0 and position == 0 else 1
            layers.append(block(inputs, outputs, stride))
            inputs = outputs
    layers.append(nn.Linear(inputs, counts.CLASSES, device="meta"))
    return nn.ModuleList(layers)


def vgg_19() -> tuple[nn.Module, nn.Module]:
    """Return VGG-19's convolutions and its fully connected layers, all with biases."""
    layers, inputs = nn.ModuleList(), 3
    for width, count in counts.VGG_19:
        for _ in range(count):
            layers.append(convolution(inputs, width, 3, bias=True))
            inputs = width
    sizes = (inputs * 7 * 7, 4096, 4096, counts.CLASSES)
    head = [nn.Linear(into, out, device="meta") for into, out in pairwise(sizes)]
    return layers, nn.ModuleList(head)


def _basic_block(inputs: int, outputs: int, stride: int) -> nn.Module:
    body = [convolution(inputs, outputs, 3, stride=stride), convolution(outputs, outputs, 3)]
    return _with_norms(body, inputs, stride)


def _narrow_block(inputs: int, outputs: int, stride: int) -> nn.Module:
    inner = outputs // counts.EXPANSION
    body = [
        convolution(inputs, inner, 1),
        convolution(inner, inner, 3, stride=stride),
        convolution(inner, outputs, 1),
    ]
    return _with_norms(body, inputs, stride)


def _with_norms(body: Sequence[nn.Conv2d], inputs: int, stride: int) -> nn.Module:
    """Return the convolutions, a projection where the shape changes, and a batch norm after each of them."""
    outputs = body[-1].out_channels
    layers = list(body)
    if inputs != outputs or stride > 1:
        layers.append(convolution(inputs, outputs, 1, stride=stride))
    norms = [nn.BatchNorm2d(layer.out_channels, device="meta") for layer in layers]
    return nn.ModuleList([*layers, *norms])
