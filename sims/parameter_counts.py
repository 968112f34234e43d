"""How many parameters published nets have, by arithmetic: convolutions, ResNets, VGG-19, GPT-3, LLaMA.

Pure integers, loading neither torch nor numpy. Multiply-adds of a convolution are its weights times the pixels that
it puts out.
"""

from __future__ import annotations

from dataclasses import dataclass

CLASSES = 1000  # ImageNet
EXPANSION = 4  # a bottleneck's output over its inner width (He et al. 2015, Fig. 5)
STAGE_WIDTHS = (64, 128, 256, 512)  # inner width of the blocks of each stage (He et al. 2015, Table 1)
STEM = 64

RESNETS: dict[int, tuple[tuple[int, int, int, int], bool]] = {
    18: ((2, 2, 2, 2), False),
    34: ((3, 4, 6, 3), False),
    50: ((3, 4, 6, 3), True),
    101: ((3, 4, 23, 3), True),
    152: ((3, 8, 36, 3), True),
}
"""Depth: the blocks of each stage, and whether they are bottlenecks (He et al. 2015, Table 1)."""

VGG_19 = ((64, 2), (128, 2), (256, 4), (512, 4), (512, 4))
"""Width and number of the 3×3 convolutions of each stage (Simonyan and Zisserman 2014, Table 1, column E)."""


def convolution(inputs: int, outputs: int, kernel: int, *, groups: int = 1, bias: bool = False) -> int:
    """Return the parameters of a kernel × kernel convolution between these numbers of channels."""
    return inputs // groups * outputs * kernel**2 + (outputs if bias else 0)


def batch_norm(channels: int) -> int:
    """Return the parameters of a batch norm: a gain and a bias per channel."""
    return 2 * channels


def linear(inputs: int, outputs: int) -> int:
    """Return the parameters of a fully connected layer with biases."""
    return inputs * outputs + outputs


def bottleneck(channels: int, ratio: int, groups: int = 1) -> int:
    """Return the weights of 1×1 down, 3×3, 1×1 up: 2C²/r + 9C²/(r²g), without norms or biases."""
    inner = channels // ratio
    return (
        convolution(channels, inner, 1)
        + convolution(inner, inner, 3, groups=groups)
        + convolution(inner, channels, 1)
    )


def two_convolutions(channels: int) -> int:
    """Return the weights of two 3×3 convolutions at full width: 18C²."""
    return 2 * convolution(channels, channels, 3)


def bottleneck_saving(ratio: float, groups: int = 1) -> float:
    """Return how many times fewer weights a bottleneck has than two 3×3: 18/(2/r + 9/(r²g)), whatever C is."""
    return 18 / (2 / ratio + 9 / (ratio**2 * groups))


def resnet(depth: int, narrow: bool | None = None) -> int:
    """Return all parameters of ResNet-18, 34, 50, 101 or 152 for ImageNet, with projections where shapes change.

    Args:
        narrow: Whether blocks are bottlenecks, at the same widths of the stream; None: as published.
    """
    return sum(resnet_parts(depth, narrow).values())


def resnet_parts(depth: int, narrow: bool | None = None) -> dict[str, int]:
    """Return a ResNet's parameters by part: stem, stage 1 to 4, head."""
    blocks, published = RESNETS[depth]
    block = _narrow_block if (published if narrow is None else narrow) else _basic_block
    parts = {"stem": convolution(3, STEM, 7) + batch_norm(STEM)}
    inputs = STEM
    for stage, (count, outputs) in enumerate(zip(blocks, stream_widths(depth), strict=True), 1):
        parts[f"stage {stage}"] = block(inputs, outputs) + (count - 1) * block(outputs, outputs)
        inputs = outputs
    parts["head"] = linear(inputs, CLASSES)
    return parts


def stream_widths(depth: int) -> tuple[int, ...]:
    """Return the channels of a ResNet's stream in each stage."""
    return tuple(width * EXPANSION if RESNETS[depth][1] else width for width in STAGE_WIDTHS)


def _basic_block(inputs: int, outputs: int) -> int:
    """Return two 3×3 with norms, and a projection where the channels change."""
    body = convolution(inputs, outputs, 3) + convolution(outputs, outputs, 3) + 2 * batch_norm(outputs)
    return body + _projection(inputs, outputs)


def _narrow_block(inputs: int, outputs: int) -> int:
    """Return 1×1, 3×3, 1×1 with norms, and a projection where the channels change."""
    inner = outputs // EXPANSION
    body = (
        convolution(inputs, inner, 1)
        + convolution(inner, inner, 3)
        + convolution(inner, outputs, 1)
        + 2 * batch_norm(inner)
        + batch_norm(outputs)
    )
    return body + _projection(inputs, outputs)


def _projection(inputs: int, outputs: int) -> int:
    return 0 if inputs == outputs else convolution(inputs, outputs, 1) + batch_norm(outputs)


def vgg_19() -> int:
    """Return all parameters of VGG-19 without batch norm, for 224 × 224 images."""
    return sum(vgg_19_parts().values())


def vgg_19_parts() -> dict[str, int]:
    """Return VGG-19's parameters by part: stage 1 to 5, and the three fully connected layers."""
    parts, inputs = {}, 3
    for stage, (width, count) in enumerate(VGG_19, 1):
        first = convolution(inputs, width, 3, bias=True)
        parts[f"stage {stage}"] = first + (count - 1) * convolution(width, width, 3, bias=True)
        inputs = width
    parts["head"] = linear(inputs * 7 * 7, 4096) + linear(4096, 4096) + linear(4096, CLASSES)
    return parts


def transformer_blocks(layers: int, width: int) -> int:
    """Return the matrices of L blocks with a 4-fold FFN: 4d² of attention and 8d² of FFN each, 12·L·d²."""
    return 12 * layers * width**2


@dataclass(frozen=True, slots=True)
class Gpt:
    """A GPT: learned positions, an embedding that is also the readout, biases, two norms per block and a final one."""

    layers: int
    width: int
    vocabulary: int = 50257
    positions: int = 2048

    @property
    def blocks(self) -> int:
        """The matrices of its blocks."""
        return transformer_blocks(self.layers, self.width)

    @property
    def embeddings(self) -> int:
        """The token and position embeddings."""
        return (self.vocabulary + self.positions) * self.width

    @property
    def total(self) -> int:
        """Everything: biases take 9d a block, its two norms 4d, the final norm 2d."""
        return self.blocks + self.embeddings + (13 * self.layers + 2) * self.width


@dataclass(frozen=True, slots=True)
class Llama:
    """A LLaMA: a gated FFN of three matrices, RMSNorms, no biases, an embedding and a readout of its own.

    Attributes:
        key_value: The width of keys and of values; below `width` with grouped-query attention.
    """

    layers: int
    width: int
    ffn: int
    key_value: int
    vocabulary: int = 32000

    @property
    def block(self) -> int:
        """One block: query and output, key and value, the FFN, two norms."""
        attention = 2 * self.width**2 + 2 * self.width * self.key_value
        return attention + 3 * self.width * self.ffn + 2 * self.width

    @property
    def total(self) -> int:
        """Everything, with the final norm."""
        return self.layers * self.block + 2 * self.vocabulary * self.width + self.width


GPT_3 = Gpt(layers=96, width=12288)
"""GPT-3 175B (Brown et al. 2020, Table 2.1)."""

LLAMAS = {
    "LLaMA-1 7B": Llama(layers=32, width=4096, ffn=11008, key_value=4096),
    "LLaMA-1 13B": Llama(layers=40, width=5120, ffn=13824, key_value=5120),
    "LLaMA-1 33B": Llama(layers=60, width=6656, ffn=17920, key_value=6656),
    "LLaMA-1 65B": Llama(layers=80, width=8192, ffn=22016, key_value=8192),
    "Llama-2 70B": Llama(layers=80, width=8192, ffn=28672, key_value=1024),
}
"""Layers and widths: Touvron et al. 2023a, Table 2; 70B with 8 key-value heads of 128 (Touvron et al. 2023b)."""
