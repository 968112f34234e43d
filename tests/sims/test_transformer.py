"""The batched transformer against one written out."""

import math

import pytest
import torch

from sims import transformer
from sims.protocol import Context
from sims.transformer import Shape

SHAPE = Shape(2, width=8, heads=2, tokens=5, vocabulary=4)


def drawn(shape: Shape, count: int) -> tuple[transformer.Weights, torch.Tensor]:
    """Return `count` nets and their input tokens, (count, 3, tokens)."""
    context = Context(1)
    tokens = torch.randint(shape.vocabulary, (count, 3, shape.tokens), generator=context.generator("tokens"))
    return transformer.joined([transformer.draw(shape, context, count)]), tokens


def norm(x: torch.Tensor) -> torch.Tensor:
    """Return x normed along its last axis, written out."""
    centred = x - x.mean(dim=-1, keepdim=True)
    return centred / (centred.square().mean(dim=-1, keepdim=True) + 1e-5).sqrt()


def attention(x: torch.Tensor, qkv: torch.Tensor, shape: Shape) -> torch.Tensor:
    """Return the heads' joined averages for one sequence, token by token: (tokens, width)."""
    width, head = shape.width, shape.width // shape.heads
    projected = x @ qkv
    rows = []
    for token in range(len(x)):
        seen = token + 1 if shape.causal else len(x)
        mixed = []
        for start in range(0, width, head):
            query = projected[token, start : start + head]
            key = projected[:seen, width + start : width + start + head]
            value = projected[:seen, 2 * width + start : 2 * width + start + head]
            mixed.append((key @ query / math.sqrt(head)).softmax(dim=0) @ value)
        rows.append(torch.cat(mixed))
    return torch.stack(rows)


def reference(
    shape: Shape, weights: transformer.Weights, net: int, words: torch.Tensor, *, pre: bool
) -> torch.Tensor:
    """Return one net's logits for one sequence, (tokens, vocabulary)."""
    x = weights["embedding"][net][words] + weights["positions"][net]
    for layer in range(shape.layers):
        w = {name: tensor[net, layer] for name, tensor in weights.items() if tensor.dim() == 4}
        branch = attention(norm(x) if pre else x, w["qkv"], shape) @ w["output"] * shape.multiplier
        x = x + branch if pre else norm(x + branch)
        branch = torch.relu((norm(x) if pre else x) @ w["w1"]) @ w["w2"] * shape.multiplier
        x = x + branch if pre else norm(x + branch)
    return norm(x) @ weights["readout"][net]


@pytest.mark.parametrize("shape", [SHAPE, Shape(2, 8, 4, 5, 4, causal=False, multiplier=0.3)])
def test_batch_of_nets_is_each_net_alone(shape: Shape) -> None:
    """Two Pre-LN nets and one Post-LN net in a batch give what each gives alone, sequence by sequence."""
    weights, tokens = drawn(shape, 3)
    got, _ = transformer.logits(shape, weights, tokens, 2)
    for net in range(3):
        for sequence in range(3):
            expected = reference(shape, weights, net, tokens[net, sequence], pre=net < 2)
            assert torch.allclose(got[net, sequence], expected, atol=1e-4)


def test_nets_do_not_reach_into_each_other() -> None:
    """The loss of one net has no gradient in the weights of another."""
    weights, tokens = drawn(SHAPE, 2)
    predicted, _ = transformer.logits(SHAPE, weights, tokens, 1)
    loss = transformer.losses(predicted, tokens)
    gradients = torch.autograd.grad(loss[0], list(weights.values()))
    assert all(gradient[0].abs().sum() > 0 and not gradient[1].any() for gradient in gradients)


def test_loss_of_a_uniform_guess_is_ln_of_the_vocabulary() -> None:
    """Equal logits cost ln V nats per token."""
    targets = torch.zeros(2, 3, 5, dtype=torch.long)
    assert transformer.losses(torch.zeros(2, 3, 5, 8), targets).tolist() == pytest.approx([math.log(8)] * 2)


def test_stream_begins_at_one_and_blocks_have_only_their_sub_layers() -> None:
    """The embedded tokens have RMS 1; a shape without attention or FFN has no weights for it."""
    shape = Shape(1, width=64, tokens=32, vocabulary=32)
    weights, tokens = drawn(shape, 8)
    _, passed = transformer.logits(shape, weights, tokens, 4)
    assert torch.cat(passed[0]).square().mean().item() == pytest.approx(1, abs=0.05)
    assert len(passed) == 2
    assert "qkv" not in transformer.draw(Shape(1, attention=False), Context(0), 1)
    assert "w2" not in transformer.draw(Shape(1, ffn=False), Context(0), 1)
