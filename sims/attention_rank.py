"""Attention layers on random tokens, and how far those are from being one and the same. Imports torch.

Tensors are (nets, tokens, width) unless said otherwise: independent nets run as one batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from sims import nets
from sims.protocol import Context

HIDDEN = 4  # width of the MLP's hidden layer over the stream's
NEAR, NEARER = 1e-2, 1e-3  # relative residuals between which the exponent is measured


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one layer of every net, x·W, and how the layer is put together.

    Attributes:
        query, key, value, output: (nets, width, width), entries N(0, 1/width).
        expand, contract: The MLP's, (nets, width, 4·width) and (nets, 4·width, width), He initialisation; None: no MLP.
        norm: Each sub-layer reads LN(x).
        causal: Token i sees tokens 0..i only.
    """

    query: torch.Tensor
    key: torch.Tensor
    value: torch.Tensor
    output: torch.Tensor
    expand: torch.Tensor | None
    contract: torch.Tensor | None
    heads: int
    norm: bool
    causal: bool

    def to(self, dtype: torch.dtype) -> Layer:
        """Return the same layer in another number format."""
        expand, contract = (None if w is None else w.to(dtype) for w in (self.expand, self.contract))
        return replace(
            self,
            query=self.query.to(dtype),
            key=self.key.to(dtype),
            value=self.value.to(dtype),
            output=self.output.to(dtype),
            expand=expand,
            contract=contract,
        )

    def forward(self, x: torch.Tensor, skip: float) -> torch.Tensor:
        """Return skip·x + Attention(x), followed by skip·x + MLP(x) if there is one."""
        x = skip * x + self.attention(self.read(x))
        if self.expand is None or self.contract is None:
            return x
        return skip * x + torch.bmm(torch.relu(torch.bmm(self.read(x), self.expand)), self.contract)

    def read(self, x: torch.Tensor) -> torch.Tensor:
        """Return what a sub-layer sees of the stream."""
        return nets.layer_norm(x) if self.norm else x

    def attention(self, y: torch.Tensor) -> torch.Tensor:
        """Return softmax(QKᵀ/√(width/heads))·V of all heads, joined and multiplied by the output matrix."""
        count, tokens, width = y.shape
        query, key, value = (self._split(torch.bmm(y, w)) for w in (self.query, self.key, self.value))
        logits = query @ key.mT / math.sqrt(width / self.heads)  # (nets, heads, tokens, tokens)
        if self.causal:
            hidden = torch.ones(tokens, tokens, dtype=torch.bool, device=y.device).triu(1)
            logits = logits.masked_fill(hidden, -math.inf)
        mixed = (logits.softmax(dim=-1) @ value).transpose(1, 2).reshape(count, tokens, width)
        return torch.bmm(mixed, self.output)

    def cubic_term(self, y: torch.Tensor) -> torch.Tensor:
        """Return the leading term of the output's residual, Σ_heads R·A·(RᵀR/n)·W_V·W_O with A = W_Q·W_Kᵀ/√(width/heads).

        R is what y's tokens differ from their mean by. Holds without a mask, to third order in R.
        """
        count, tokens, width = y.shape
        r = residual(y)
        query, key, value = (self._split(torch.bmm(r, w)) for w in (self.query, self.key, self.value))
        weights = query @ key.mT / (math.sqrt(width / self.heads) * tokens)  # (nets, heads, tokens, tokens)
        mixed = (weights @ value).transpose(1, 2).reshape(count, tokens, width)
        return torch.bmm(mixed, self.output)

    def _split(self, x: torch.Tensor) -> torch.Tensor:
        """Return x by heads: (nets, heads, tokens, width/heads)."""
        count, tokens, width = x.shape
        return x.view(count, tokens, self.heads, width // self.heads).transpose(1, 2)


def draw_layer(
    context: Context, place: int, count: int, width: int, heads: int, *, mlp: bool, norm: bool, causal: bool
) -> Layer:
    """Return layer number `place` of `count` nets in fp64, from streams of its own."""

    def drawn(name: str, rows: int, columns: int, variance: float) -> torch.Tensor:
        scale = math.sqrt(variance / rows)
        return nets.normal(context, f"{name}/{place}", count, rows, columns, scale=scale).double()

    query, key, value, output = (
        drawn(name, width, width, 1.0) for name in ("query", "key", "value", "output")
    )
    expand = drawn("expand", width, HIDDEN * width, 1.0) if mlp else None
    contract = drawn("contract", HIDDEN * width, width, 2.0) if mlp else None
    return Layer(query, key, value, output, expand, contract, heads, norm, causal)


def residual(x: torch.Tensor) -> torch.Tensor:
    """Return what each token differs from the mean token by."""
    return x - x.mean(dim=1, keepdim=True)


def log10_residual(x: torch.Tensor) -> torch.Tensor:
    """Return log10 of ‖x − 1·mean‖/‖x‖ per net, (nets,): 0 for tokens with mean 0, -inf for equal ones."""
    return (size(residual(x)) / size(x)).log10()


def size(x: torch.Tensor) -> torch.Tensor:
    """Return the Frobenius norm per net, (nets,)."""
    return x.square().sum(dim=(1, 2)).sqrt()


def exponent(forward: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Return d log(residual after) / d log(residual before) per net, (nets,), near equal tokens.

    The tokens of x are drawn towards their mean, in fp64, until the relative residual is NEAR, and then NEARER.
    """
    befores, afters = [], []
    mean, r = x.mean(dim=1, keepdim=True), residual(x)
    unit = size(x - r) / size(r)  # (nets,)
    for wanted in (NEAR, NEARER):
        drawn = mean + (wanted * unit).view(-1, 1, 1) * r
        befores.append(log10_residual(drawn))
        afters.append(log10_residual(forward(drawn)))
    return (afters[0] - afters[1]) / (befores[0] - befores[1])
