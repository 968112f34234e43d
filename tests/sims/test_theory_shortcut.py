"""Broadcasting, Lyapunov exponents of Gaussian products and the semicircle, against brute force."""

import math

import pytest
import torch

from sims import theory_shortcut as theory
from sims.protocol import Context


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((16,), (16, 1)),
        ((8, 1), (8, 32)),
        ((3,), (4,)),
        ((2, 3, 4), (3, 1)),
        ((), (5,)),
        ((0,), (1,)),
        ((2, 1), (3,)),
    ],
)
def test_broadcast_shapes_are_torch_s(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    """The rule gives the shape that torch gives, or none where torch refuses."""
    try:
        expected: tuple[int, ...] | None = tuple((torch.empty(first) + torch.empty(second)).shape)
    except RuntimeError:
        expected = None
    assert theory.broadcast_shape(first, second) == expected


@pytest.mark.parametrize("twice", [1, 2, 3, 8, 64, 127])
def test_half_digamma_is_torch_s(twice: int) -> None:
    """ψ of halves agrees with torch's digamma."""
    expected = float(torch.digamma(torch.tensor(twice / 2, dtype=torch.float64)))
    assert theory.half_digamma(twice) == pytest.approx(expected, abs=1e-12)


def test_product_rates_are_those_of_a_long_product() -> None:
    """300 Gaussian matrices, orthogonalised at each step, stretch each direction at Newman's rate."""
    width, depth, generator = 8, 3000, Context(0).generator("product")
    frame = torch.eye(width, dtype=torch.float64)
    sums = torch.zeros(width, dtype=torch.float64)
    for _ in range(depth):
        step = torch.randn(width, width, generator=generator, dtype=torch.float64) / math.sqrt(width)
        frame, upper = torch.linalg.qr(step @ frame)
        sums += upper.diagonal().abs().log()
    assert (sums / depth).tolist() == pytest.approx(theory.product_rates(width), abs=0.06)


def test_rates_add_up_to_the_determinant_s() -> None:
    """The rates' sum is E ln |det W|: half the sum of E ln χ² over 1 to N degrees of freedom."""
    rates = theory.product_rates(5, 2.0)
    assert sum(rates) == pytest.approx(
        sum(
            0.5 * (math.log(2) + float(torch.digamma(torch.tensor(k / 2)))) + 0.5 * math.log(2 / 5)
            for k in range(1, 6)
        ),
        abs=1e-5,
    )


def test_semicircle_is_symmetric_and_of_the_right_variance() -> None:
    """Slices of the law on [−1, 1] mirror each other and have mean square ¼."""
    places = theory.semicircle(400)
    assert list(places) == sorted(places, reverse=True)
    assert [-place for place in reversed(places)] == pytest.approx(places, abs=1e-9)
    assert sum(place**2 for place in places) / 400 == pytest.approx(0.25, abs=2e-3)


def test_near_identity_is_the_spectrum_of_a_chain() -> None:
    """30 blocks of I + 0.05·W have the semicircle's ln σ to 0.03."""
    width, generator = 64, Context(1).generator("chain")
    jacobian = torch.eye(width, dtype=torch.float64)
    for _ in range(30):
        branch = torch.randn(width, width, generator=generator, dtype=torch.float64) / math.sqrt(width)
        jacobian = jacobian + 0.05 * branch @ jacobian
    logs = torch.linalg.svdvals(jacobian).log()
    assert logs.tolist() == pytest.approx(theory.near_identity(width, 30, 0.05), abs=0.03)


def test_seen_share_is_one_pixel_in_a_square() -> None:
    """A stride of 2 reads a quarter, of 1 or after pooling everything."""
    assert [theory.seen_share(stride, pooled=False) for stride in (1, 2, 4)] == [1, 0.25, 0.0625]
    assert theory.seen_share(4, pooled=True) == 1
