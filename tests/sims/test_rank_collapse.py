"""What attention does to the differences between tokens."""

import math

import pytest

from sims import runner
from sims.protocol import Context, KnobValue, Result
from sims.rank_collapse import BARE, BARE32, SKIP, TOKEN_ROWS, Knobs


def finished(**settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU, seed 0."""
    return runner.result("rank-collapse", settings, device="cpu")


@pytest.mark.parametrize(
    "settings",
    [
        {"heads": "1"},
        {"heads": "8", "depth": 12},
        {"norm": "none"},
        {"mlp": "on"},
        {"mask": "causal"},
        {"mask": "causal", "norm": "none", "mlp": "on"},
        {"depth": 4},
        {"skip": 0.5},
    ],
)
def test_claims_hold_at_other_settings(settings: dict[str, KnobValue]) -> None:
    """The exponents, the floors and the skip's effect do not hang on heads, norm or MLP."""
    claims = runner.result("rank-collapse", settings, 1, "cpu").claims
    assert claims
    assert [claim for claim in claims if not claim.holds] == []


def test_four_layers_make_tokens_equal_and_the_skip_does_not() -> None:
    """At the defaults the tokens are equal to six digits after 4 layers; with the skip they stay apart."""
    result = finished()
    assert result.outcome.truth == 4
    assert result.last.series[BARE][4] < -5
    assert result.last.series[SKIP][-1] > -0.5
    assert result.last.series[BARE32][-1] > result.last.series[BARE][-1] + 8


def test_causal_mask_makes_the_collapse_exponential_only() -> None:
    """Under the mask 12 layers do not do what 4 do without it, and an event says why nothing is claimed of it."""
    frames = list(runner.run("rank-collapse", {"mask": "causal", "depth": 12}, device="cpu"))
    assert frames[-1].series[BARE][-1] > -3
    assert frames[-1].scalars["exponent, no skip"] == pytest.approx(1, abs=0.05)
    assert any("exponent 1" in frame.event for frame in frames)
    result = finished(mask="causal")
    assert result.outcome.truth == math.inf
    assert "causal-linear" in {claim.id for claim in result.claims}
    assert {"cubic", "tripling", "rank-one"}.isdisjoint(claim.id for claim in result.claims)


def test_a_weaker_skip_keeps_less() -> None:
    """The residual after 8 layers rises with the skip's weight, and a skip of 0 is none."""
    ends = [finished(skip=skip).last.series[SKIP][-1] for skip in (0.0, 0.3, 0.6, 1.0)]
    assert ends == sorted(ends)
    assert ends[0] == finished().last.series[BARE][-1]


def test_events_name_the_collapse_and_each_format_s_end() -> None:
    """The tokens' becoming equal, and fp32 before fp64 running out of digits, are told once each."""
    events = [frame.event for frame in runner.run("rank-collapse", device="cpu")]
    told = [
        next(layer for layer, event in enumerate(events, 1) if words in event)
        for words in ("equal to six digits", "fp32's rounding", "fp64's rounding")
    ]
    assert told[0] == 4
    assert told[1] <= told[2]
    assert sum("rounding" in event for event in events) <= 2


def test_heat_map_rows_become_one_without_the_skip() -> None:
    """The shown tokens differ at first; in the end those without a skip are equal, those with one are not."""

    def farthest(rows: list[tuple[float, ...]]) -> float:
        return max(abs(a - b) for row in rows for a, b in zip(rows[0], row, strict=True))

    frames = list(runner.run("rank-collapse", {"depth": 7}, device="cpu"))
    first, last = ([frame.series[name] for name in TOKEN_ROWS] for frame in (frames[0], frames[-1]))
    assert min(farthest(first[:4]), farthest(first[4:]), farthest(last[4:])) > 0.5
    assert farthest(last[:4]) < 1e-12


@pytest.mark.parametrize(("heads", "norm"), [("1", True), ("4", False), ("8", True)])
def test_cubic_term_is_attention_s_own_for_nearly_equal_tokens(heads: str, norm: bool) -> None:
    """Tokens drawn together to 10^-3 leave attention with the residual that the cubic term gives, to 1 %."""
    import torch

    from sims import attention_rank as rank
    from sims import nets

    layer = rank.draw_layer(Context(2), 1, 3, 32, int(heads), mlp=False, norm=norm, causal=False)
    x = nets.normal(Context(2), "tokens", 3, 16, 32).double()
    together = 3 * x.mean(dim=1, keepdim=True) + 1e-3 * rank.residual(x)
    y = layer.read(together)
    measured, expected = rank.residual(layer.attention(y)), layer.cubic_term(y)
    assert torch.all(rank.size(measured - expected) < 0.01 * rank.size(expected))


def test_attention_is_the_textbook_s() -> None:
    """The batched layer gives what a loop over heads and tokens gives, with the causal mask."""
    import torch

    from sims import attention_rank as rank
    from sims import nets

    layer = rank.draw_layer(Context(4), 1, 2, 8, 2, mlp=False, norm=False, causal=True)
    x = nets.normal(Context(4), "tokens", 2, 5, 8).double()
    got = layer.attention(x)
    for net in range(2):
        query, key, value = (x[net] @ w[net] for w in (layer.query, layer.key, layer.value))
        for token in range(5):
            mixed = []
            for head in (slice(0, 4), slice(4, 8)):
                logits = key[: token + 1, head] @ query[token, head] / 2
                mixed.append(logits.softmax(dim=0) @ value[: token + 1, head])
            assert torch.allclose(got[net, token], torch.cat(mixed) @ layer.output[net])


def test_residual_is_zero_for_equal_tokens_and_one_for_centred_ones() -> None:
    """log10 ρ is -inf for tokens that are one and the same, 0 for tokens whose mean is 0."""
    import torch

    from sims.attention_rank import log10_residual

    equal = torch.ones(1, 4, 3, dtype=torch.float64)
    centred = torch.tensor([[[1.0, 2.0], [-1.0, -2.0]]])
    assert log10_residual(equal).tolist() == [-math.inf]
    assert log10_residual(centred).tolist() == pytest.approx([0.0])
