"""A small decoder whose nets, Pre-LN and Post-LN side by side, run as one batch of matrix products. Imports torch.

Every weight has a leading dimension of nets. The first `pre` nets are Pre-LN, x + F(LN(x)), the others Post-LN,
LN(x + F(x)); a last norm stands before the readout (Post-LN's stream is normed already, so it changes nothing there).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy, scaled_dot_product_attention

from sims import nets
from sims.protocol import Context

HIDDEN = 4  # width of the FFN's hidden layer over the stream's
Weights = dict[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the nets are built.

    Attributes:
        attention, ffn: Which of the two sub-layers a block has; at least one.
        output_init: What the initial weights of each sub-layer's last matrix are multiplied by, once.
        multiplier: What each sub-layer's output is multiplied by, at every step.
    """

    layers: int
    width: int = 32
    heads: int = 2
    tokens: int = 16
    vocabulary: int = 8
    causal: bool = True
    attention: bool = True
    ffn: bool = True
    output_init: float = 1.0
    multiplier: float = 1.0

    @property
    def last_matrix(self) -> str:
        """The weight that a block's branch ends with: w2, or the attention's output matrix without an FFN."""
        return "w2" if self.ffn else "output"


def draw(shape: Shape, context: Context, count: int, stream: str = "net") -> Weights:
    """Return the initial weights of `count` nets, He for w2 and N(0, 1/fan-in) for the others; the stream has RMS 1.

    Returns:
        embedding (count, vocabulary, width), positions (count, tokens, width), readout (count, width, vocabulary) and,
        as the shape has them, qkv (count, layers, width, 3·width), output (count, layers, width, width),
        w1 (count, layers, width, 4·width), w2 (count, layers, 4·width, width).
    """
    width, layers, hidden = shape.width, shape.layers, HIDDEN * shape.width
    declared: dict[str, tuple[tuple[int, ...], float]] = {
        "embedding": ((shape.vocabulary, width), 0.5),
        "positions": ((shape.tokens, width), 0.5),
        "readout": ((width, shape.vocabulary), 1 / width),
    }
    last = shape.output_init**2
    if shape.attention:
        declared["qkv"] = ((layers, width, 3 * width), 1 / width)
        declared["output"] = ((layers, width, width), last / width)
    if shape.ffn:
        declared["w1"] = ((layers, width, hidden), 1 / width)
        declared["w2"] = ((layers, hidden, width), 2 * last / hidden)
    return {
        name: nets.normal(context, f"{stream}/{name}", count, *sizes, scale=math.sqrt(variance))
        for name, (sizes, variance) in declared.items()
    }


def joined(drawn: Sequence[Weights]) -> Weights:
    """Return the nets of all of these, in order, as trainable leaves."""
    return {name: torch.cat([weights[name] for weights in drawn]).requires_grad_() for name in drawn[0]}


def logits(
    shape: Shape, weights: Mapping[str, torch.Tensor], tokens: torch.Tensor, pre: int
) -> tuple[torch.Tensor, list[tuple[torch.Tensor, torch.Tensor]]]:
    """Return the logits, (nets, batch, tokens, vocabulary), and the stream after 0, 1, 2, ... blocks.

    Args:
        tokens: Token numbers, (nets, batch, tokens).
        pre: How many nets, from the first on, are Pre-LN.

    Returns:
        The logits, and the stream as the pair (Pre-LN nets, Post-LN nets), each (nets, batch·tokens, width).
    """
    count, batch, length = tokens.shape
    at = tokens.reshape(count, batch * length, 1).expand(-1, -1, shape.width)
    x = weights["embedding"].gather(1, at) + weights["positions"].repeat(1, batch, 1)
    stream = (x[:pre], x[pre:])
    passed = [stream]
    by_layer = {name: w.unbind(1) for name, w in weights.items() if w.dim() == 4}
    for layer in range(shape.layers):
        if shape.attention:
            mixed = _attention(shape, _read(stream), by_layer["qkv"][layer], batch)
            stream = _add(shape, stream, torch.bmm(mixed, by_layer["output"][layer]))
        if shape.ffn:
            hidden = torch.relu(torch.bmm(_read(stream), by_layer["w1"][layer]))
            stream = _add(shape, stream, torch.bmm(hidden, by_layer["w2"][layer]))
        passed.append(stream)
    read_out = torch.bmm(nets.layer_norm(torch.cat(stream)), weights["readout"])
    return read_out.view(count, batch, length, shape.vocabulary), passed


def losses(predicted: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return each net's mean cross-entropy in nats, (nets,).

    Args:
        predicted: Logits, (nets, batch, tokens, vocabulary).
        targets: Token numbers, (nets, batch, tokens).
    """
    each = cross_entropy(predicted.flatten(0, 2), targets.flatten(), reduction="none")
    return each.view(len(targets), -1).mean(dim=1)


def _read(stream: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Return what a sub-layer sees: the Pre-LN nets' normed stream, the Post-LN nets' own."""
    pre, post = stream
    return torch.cat((nets.layer_norm(pre), post))


def _add(
    shape: Shape, stream: tuple[torch.Tensor, torch.Tensor], branch: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the stream with the branch added, normed afterwards in the Post-LN nets."""
    pre, post = stream
    to_pre, to_post = (shape.multiplier * branch).split_with_sizes([len(pre), len(post)])
    return pre + to_pre, nets.layer_norm(post + to_post)


def _attention(shape: Shape, y: torch.Tensor, qkv: torch.Tensor, batch: int) -> torch.Tensor:
    """Return the heads' joined averages of values, before the output matrix: (nets, batch·tokens, width)."""
    count, rows, width = y.shape
    head = width // shape.heads
    parts = torch.bmm(y, qkv).view(count * batch, rows // batch, 3, shape.heads, head)
    query, key, value = parts.permute(2, 0, 3, 1, 4)  # each (nets·batch, heads, tokens, head)
    mixed = scaled_dot_product_attention(query, key, value, is_causal=shape.causal)
    return mixed.transpose(1, 2).reshape(count, rows, width)
