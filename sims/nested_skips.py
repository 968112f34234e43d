"""What a skip round every single operation does: closed forms for x + Wx and x + relu(x), loading no torch.

A block is linear, relu, linear. One skip round the branch V·relu(Wx) doubles the mean square, √2 in RMS. A skip round
each of the three multiplies the mean square of a zero-mean input by 2 · 5/2 · 2 = 10. From the second block on the input
is no longer zero-mean, since x + relu(x) is not, and the factor grows to a fixed point (see `block_growth`).

Weights are N(0, 1/N) for linear layers that keep the mean square, and inputs Gaussian: after W the sum of many terms.
"""

from __future__ import annotations

import math

ONE_SKIP_GROWTH = math.sqrt(2)
"""RMS growth of x + F(x), F of x's size and uncorrelated with it."""
NESTED_GROWTH = math.sqrt(10)
"""RMS growth of a block with a skip round each operation, on a zero-mean Gaussian input."""


def rectified_moments(mean: float, deviation: float) -> tuple[float, float]:
    """Return E[relu(u)] and E[relu(u)²] for u ~ N(mean, deviation²)."""
    if deviation == 0:
        return max(mean, 0.0), max(mean, 0.0) ** 2
    z = mean / deviation
    above = math.erfc(-z / math.sqrt(2)) / 2  # P(u > 0)
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    first = mean * above + deviation * density
    second = (mean**2 + deviation**2) * above + mean * deviation * density
    return first, second


def nested_block(mean: float, mean_square: float) -> tuple[float, float]:
    """Return mean and mean square of a coordinate after x + Wx, then x + relu(x), then x + Wx.

    W keeps the mean square and has no mean, so x + Wx keeps the mean and doubles the mean square;
    (u + relu(u))² = u² + 3·relu(u)².
    """
    doubled = 2 * mean_square
    first, second = rectified_moments(mean, math.sqrt(max(0.0, doubled - mean**2)))
    return mean + first, 2 * (doubled + 3 * second)


def block_growth(block: int) -> float:
    """Return the RMS growth of block 1, 2, ... from a zero-mean input: √10 at first, 3.4537 at the fixed point.

    The value before the relu is taken as Gaussian in every block; wide nets agree to 2 percent in the mean over blocks.
    """
    mean, mean_square = 0.0, 1.0
    growth = 1.0
    for _ in range(block):
        mean, following = nested_block(mean, mean_square)
        growth = math.sqrt(following / mean_square)
        mean, mean_square = mean / math.sqrt(following), 1.0  # the growth does not depend on scale
    return growth


def mean_growth(blocks: int) -> float:
    """Return the geometric mean of the growth over so many blocks: 3.395 over 8, against √2 with one skip a block."""
    return math.exp(math.fsum(math.log(block_growth(block)) for block in range(1, blocks + 1)) / blocks)


def linear_share(slope_below: float, slope_above: float) -> float:
    """Return the R² of the best straight line through a kinked function of x ~ N(0, 1).

    f(x) = a·x below 0 and b·x above. cov(f, x) = (a + b)/2, E[f²] = (a² + b²)/2, E[f] = (b − a)/√(2π).
    """
    covariance = (slope_below + slope_above) / 2
    square = (slope_below**2 + slope_above**2) / 2
    mean = (slope_above - slope_below) / math.sqrt(2 * math.pi)
    return covariance**2 / (square - mean**2)


RELU_LINEAR_SHARE = linear_share(0, 1)
"""0.733: how linear relu(x) is."""
SKIPPED_RELU_LINEAR_SHARE = linear_share(1, 2)
"""0.961: how linear x + relu(x) is; the skip takes most of the nonlinearity away."""
