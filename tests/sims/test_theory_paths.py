"""The shares of paths by length against all subsets of blocks."""

import itertools
import math

import pytest

from sims import theory_paths as paths

CHIS = (0.3, 0.1, 1.0, 0.02, 0.5)


def test_squares_are_the_sums_over_all_subsets() -> None:
    """e_k is what multiplying χ along every path of length k adds up to."""
    squares = paths.path_squares(CHIS)
    for k, square in enumerate(squares):
        subsets = itertools.combinations(CHIS, k)
        assert square == pytest.approx(math.fsum(math.prod(subset) for subset in subsets))


def test_shares_are_the_squares_over_their_sum() -> None:
    """The coins with χ/(1+χ) give the same distribution as the squares do, and it adds up to 1."""
    squares, shares = paths.path_squares(CHIS), paths.path_shares(CHIS)
    assert shares == pytest.approx([square / math.fsum(squares) for square in squares])
    assert math.fsum(shares) == pytest.approx(1)


def test_equal_blocks_are_binomial() -> None:
    """With the same χ in all blocks the shares are Binomial(n, χ/(1+χ))."""
    p = 0.25 / 1.25
    expected = [math.comb(54, k) * p**k * (1 - p) ** (54 - k) for k in range(55)]
    assert paths.path_shares([0.25] * 54) == pytest.approx(expected)


@pytest.mark.parametrize("scheme", paths.SCHEMES)
def test_mean_length_is_the_mean_of_the_shares(scheme: str) -> None:
    """Σ χ/(1+χ) is the first moment of the distribution."""
    chis = paths.block_chis(scheme, 17, 0.4)
    moment = math.fsum(k * share for k, share in enumerate(paths.path_shares(chis)))
    assert paths.mean_length(chis) == pytest.approx(moment)


def test_schemes_have_their_closed_means() -> None:
    """1/n gives n/(n+1), 1/l the harmonic number of n+1, less one."""
    assert paths.mean_length(paths.block_chis("1/n", 54, 0.9)) == pytest.approx(54 / 55)
    harmonic = math.fsum(1 / k for k in range(1, 56))
    assert paths.mean_length(paths.block_chis("1/l", 54, 0.9)) == pytest.approx(harmonic - 1)


def test_veit_s_figures_come_out_of_the_closed_form() -> None:
    """At n = 54, χ = 0.25 the middle 95 % are lengths 5 to 17, which are 0.45 % of all paths; 19 to 35 are 98 % of them."""
    shares = paths.path_shares([0.25] * 54)
    assert paths.central_window(shares) == (5, 17)
    counts = paths.path_count_shares(54)
    assert math.fsum(counts[5:18]) == pytest.approx(0.0045367, rel=1e-4)
    assert math.fsum(counts[19:36]) == pytest.approx(0.980, abs=1e-3)


def test_window_cuts_at_most_half_of_the_rest_at_each_end() -> None:
    """What lies outside at either end is at most 2.5 %, and one length more would be too much."""
    shares = paths.path_shares([0.3, 0.9, 1.0] * 7)
    low, high = paths.central_window(shares)
    below, above = math.fsum(shares[:low]), math.fsum(shares[high + 1 :])
    assert below <= 0.025 < below + shares[low]
    assert above <= 0.025 < above + shares[high]
    assert paths.central_window((1.0,)) == (0, 0)


def test_total_variation_is_the_share_that_moves() -> None:
    """Equal distributions are 0 apart, disjoint ones 1."""
    assert paths.total_variation((0.5, 0.5), (0.5, 0.5)) == 0
    assert paths.total_variation((1.0, 0.0), (0.0, 1.0)) == 1
    assert paths.total_variation((0.6, 0.4), (0.5, 0.5)) == pytest.approx(0.1)
