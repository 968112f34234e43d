"""The profiles of gradients by layer."""

import itertools
import math

import pytest

from sims import theory_profiles as profiles


def variances(family: str, depth: int, gain: float) -> list[float]:
    """Return the stream's variance before each block and at the end, iterated block by block."""
    stream = [1.0]
    for _ in range(depth):
        read = 1.0 if family == "pre-LN" else stream[-1]
        branch = gain**2 * read / (depth if family == "scaled" else 1)
        stream.append(branch if family == "plain" else 1.0 if family == "post-LN" else stream[-1] + branch)
    return stream


@pytest.mark.parametrize("family", profiles.FAMILIES)
@pytest.mark.parametrize("gain", [0.5, 1.0, 1.5])
def test_closed_forms_are_what_blocks_multiply_up_to(family: str, gain: float) -> None:
    """Iterating variances forward and mean squares backward gives both profiles."""
    depth, square = 7, gain**2
    stream = variances(family, depth, gain)
    gradient = [1.0]
    for layer in reversed(range(depth)):
        branch = (
            square / stream[layer] if family == "pre-LN" else square / (depth if family == "scaled" else 1)
        )
        factor = branch if family == "plain" else 1 + branch
        gradient.insert(0, gradient[0] * (factor / (1 + square) if family == "post-LN" else factor))
    assert profiles.activation_profile(family, depth, gain) == pytest.approx(
        [0.5 * math.log(value) for value in gradient], abs=1e-12
    )
    read = [1.0 if family.endswith("LN") else variance for variance in stream[:-1]]
    weight = [0.5 * math.log(gradient[block + 1] * read[block]) for block in range(depth)]
    expected = [value - weight[-1] for value in weight]
    assert profiles.weight_profile(family, depth, gain) == pytest.approx(expected, abs=1e-12)


def test_ends_are_the_known_ones() -> None:
    """At 50 blocks: √2^50 naive, below √e scaled, √51 and √(51/2) for pre-LN's two."""
    ends = {f: math.exp(profiles.activation_profile(f, 50, 1.0)[0]) for f in profiles.FAMILIES}
    assert ends["naive"] == pytest.approx(2**25)
    assert ends["scaled"] == pytest.approx(1.02**25)
    assert ends["pre-LN"] == pytest.approx(math.sqrt(51))
    assert ends["plain"] == ends["post-LN"] == 1
    assert math.exp(profiles.weight_profile("pre-LN", 50, 1.0)[0]) == pytest.approx(math.sqrt(51 / 2))


@pytest.mark.parametrize("kind", profiles.KINDS)
@pytest.mark.parametrize("gain", [0.5, 1.0, 1.5])
def test_distinct_profiles_lie_apart_and_near_every_family(kind: str, gain: float) -> None:
    """Any two of the drawn profiles differ at their ends, and each family has one within that distance."""
    curves = profiles.distinct_profiles(kind, 50, gain)
    firsts = [curve[0] for curve in curves]
    assert len(curves) >= 3
    assert all(later - earlier >= profiles.DISTINCT for earlier, later in itertools.pairwise(firsts))
    for family in profiles.FAMILIES:
        own = profiles.profile(kind, family, 50, gain)
        assert min(abs(own[0] - first) for first in firsts) < profiles.DISTINCT


def test_nearest_is_by_the_mean_difference() -> None:
    """A curve is told by all of its points."""
    assert profiles.nearest((0.0, 1.0, 2.0), [(0.0, 5.0, 5.0), (1.0, 1.0, 1.0), (9.0, 9.0, 9.0)]) == 1
