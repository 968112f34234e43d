"""The closed forms against brute force."""

import math
from collections.abc import Callable

import pytest

from sims import theory


def integral(f: Callable[[float], float], variance: float) -> float:
    """Return E[f(√variance z)] by the midpoint rule on [-12, 12]."""
    steps = 24_000
    width = 24 / steps
    points = (-12 + (k + 0.5) * width for k in range(steps))
    return math.fsum(
        f(math.sqrt(variance) * z) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * width for z in points
    )


def test_quadrature_is_exact_for_polynomials() -> None:
    """Even moments of a normal number come out as the double factorials, odd ones as 0."""
    for half, expected in ((0, 1), (1, 1), (2, 3), (3, 15), (5, 945)):
        assert theory.gaussian_mean(lambda z, n=2 * half: z**n, 1.0) == pytest.approx(expected, rel=1e-12)  # type: ignore[misc]  # mypy cannot type a lambda's default
    assert theory.gaussian_mean(lambda z: z**7, 1.0) == pytest.approx(0, abs=1e-9)


def test_quadrature_has_its_nodes_in_order_and_in_pairs() -> None:
    """The 80 nodes rise, mirror each other and carry all the weight."""
    nodes = [z for z, _ in theory.gauss_hermite()]
    assert len(nodes) == theory.QUADRATURE_POINTS
    assert nodes == sorted(nodes)
    assert nodes == [-z for z in reversed(nodes)]
    assert math.fsum(w for _, w in theory.gauss_hermite()) == pytest.approx(1, rel=1e-13)


@pytest.mark.parametrize("activation", theory.ACTIVATIONS)
@pytest.mark.parametrize("q", [0.1, 1.0, 3.0])
def test_mean_squares_match_an_integral(activation: str, q: float) -> None:
    """E[φ²] and E[φ'²] agree with a fine midpoint rule to 3 parts in 10 000, far inside any claim's tolerance."""
    square = integral(lambda h: theory.value(activation, h) ** 2, q)
    slope = integral(lambda h: theory.slope(activation, h) ** 2, q)
    assert theory.mean_square_value(activation, q) == pytest.approx(square, rel=3e-4)
    assert theory.mean_square_slope(activation, q) == pytest.approx(slope, rel=3e-4)


@pytest.mark.parametrize("activation", theory.ACTIVATIONS)
def test_slopes_are_the_derivatives(activation: str) -> None:
    """φ' is the difference quotient of φ, also far out."""
    for h in (-40.0, -2.0, -0.3, 0.4, 1.5, 40.0):
        quotient = (theory.value(activation, h + 1e-5) - theory.value(activation, h - 1e-5)) / 2e-5
        assert theory.slope(activation, h) == pytest.approx(quotient, abs=1e-6)


def test_gain_is_the_factor_per_layer_for_relu_and_linear() -> None:
    """χ is gain² for relu and linear, whatever the variance."""
    for activation in theory.HOMOGENEOUS:
        assert theory.chi(activation, 0.9, 7.0) == pytest.approx(0.81)


def test_plain_and_residual_profiles_are_powers() -> None:
    """Gain 0.9 over 50 layers is 0.9^50 without a skip and 1.81^25 with one."""
    assert math.exp(theory.log_gradients("relu", 0.9, 50)[0]) == pytest.approx(0.9**50)
    assert math.exp(theory.log_gradients("relu", 0.9, 50, skip=1.0)[0]) == pytest.approx(1.81**25)
    assert len(theory.log_gradients("relu", 0.9, 50)) == 51
    assert theory.log_gradients("relu", 0.9, 50)[-1] == 0


def test_profile_follows_the_variance_layer_by_layer() -> None:
    """tanh's profile is the product of the factors along the iterated q-map."""
    q, product = 1.0, 1.0
    for _ in range(4):
        product *= math.sqrt(1 + 0.25 * 1.2**2 * integral(lambda h: (1 - math.tanh(h) ** 2) ** 2, q))
        q += 0.25 * 1.2**2 * integral(lambda h: math.tanh(h) ** 2, q)
    logs = theory.log_gradients("tanh", 1.2, 4, skip=1.0, branch=0.5)
    assert math.exp(logs[0]) == pytest.approx(product, rel=1e-6)


@pytest.mark.parametrize("c", [-1.0, -0.5, 0.0, 0.5, 1.0])
def test_correlated_growth_is_a_norm(c: float) -> None:
    """√(2+2c) is the length of x + F for unit vectors at that angle."""
    length = math.hypot(1 + c, math.sqrt(1 - c * c))
    assert theory.correlated_growth(c, 1) == pytest.approx(length)
    assert theory.correlated_growth(c, 7) == pytest.approx(length**7)


def test_growth_laws_add_up_variances() -> None:
    """Each closed form is what adding one block's variance after another gives."""
    depth = 13
    multiplied, normed = 1.0, 1.0
    for _ in range(depth):
        multiplied += multiplied / depth
        normed += 1.0
    assert theory.inverse_sqrt_growth(depth) == pytest.approx(math.sqrt(multiplied))
    assert theory.scaled_growth(1 / math.sqrt(depth), depth) == pytest.approx(math.sqrt(multiplied))
    assert theory.pre_norm_growth(depth) == pytest.approx(math.sqrt(normed))
    assert theory.pre_norm_growth(depth, 1 / math.sqrt(depth)) == pytest.approx(math.sqrt(2))


def test_inverse_sqrt_growth_stays_below_root_e() -> None:
    """1/√L holds the stream below √e at every depth, and comes close to it."""
    growths = [theory.inverse_sqrt_growth(depth) for depth in range(1, 1001)]
    assert growths == sorted(growths)
    assert growths[-1] < math.sqrt(math.e)
    assert growths[-1] == pytest.approx(math.sqrt(math.e), rel=1e-3)


@pytest.mark.parametrize("growth", [1.1, math.sqrt(2), 2.0])
def test_blocks_to_reach_counts_what_a_loop_counts(growth: float) -> None:
    """The next whole block is the first to pass the limit."""
    blocks, size = 0, 1.0
    while size <= 65504:
        size *= growth
        blocks += 1
    assert math.ceil(theory.blocks_to_reach(65504, growth)) == blocks
    assert theory.blocks_to_reach(65504, 1.0) == math.inf


def test_largest_of_normals_is_the_median_maximum() -> None:
    """Half of all samples of that size have their largest element below it."""
    for count in (1, 100, 8192):
        inside = math.erf(theory.largest_of_normals(count) / math.sqrt(2))
        assert inside**count == pytest.approx(0.5, rel=1e-9)


@pytest.mark.parametrize(("k0", "k", "layers"), [(24, 12, 32), (4, 4, 2), (64, 32, 64), (7, 3, 1)])
def test_dense_counts_match_counting(k0: int, k: int, layers: int) -> None:
    """Channels, links, parameters and bytes are what building the block layer by layer adds up to."""
    widths = [k0 + k * layer for layer in range(layers + 1)]
    assert theory.dense_channels(k0, k, layers) == widths[-1]
    assert theory.dense_links(layers) == sum(range(1, layers + 1))
    assert theory.dense_parameters(k0, k, layers) == sum(k * width for width in widths[:-1])
    assert theory.dense_saved_bytes(k0, k, layers, 64) == sum(4 * 64 * width for width in widths[:-1])


def test_adding_counts_are_linear_in_depth() -> None:
    """The adding net has one C × C matrix and one activation per layer."""
    assert theory.add_parameters(64, 32) == sum(64 * 64 for _ in range(32))
    assert theory.add_saved_bytes(64, 32, 16) == sum(4 * 64 * 16 for _ in range(32))
