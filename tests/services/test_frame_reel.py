"""The kept frames of a run: all of a short one, ever sparser ones of a long one, in bounded memory."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.services.frame_reel import FrameReel


def reel_of(count: int, most_frames: int = 8, most_bytes: int = 10**9, size: int = 4) -> FrameReel:
    """Return a reel that took in so many lines, each its own number."""
    reel = FrameReel(most_frames, most_bytes)
    for number in range(count):
        reel.add(str(number).rjust(size).encode())
    return reel


def numbers(reel: FrameReel) -> list[int]:
    """Return the numbers of the lines that it kept."""
    return [int(reel[place]) for place in range(len(reel))]


def test_a_short_run_is_kept_whole() -> None:
    """Every line is there, in order."""
    assert numbers(reel_of(8)) == list(range(8))
    assert numbers(reel_of(0)) == []


@given(st.integers(1, 300))
def test_a_long_run_is_thinned_evenly_and_keeps_both_ends(count: int) -> None:
    """The first and the newest line stay, between them equal strides, never more than fit."""
    kept = numbers(reel_of(count))
    assert len(kept) <= 9
    assert (kept[0], kept[-1]) == (0, count - 1)
    assert len({after - before for before, after in pairwise(kept[:-1])}) <= 1
    assert len(kept) >= min(count, 4)


def test_large_lines_are_thinned_by_their_size() -> None:
    """No more bytes are kept than allowed, and one line for the newest."""
    reel = reel_of(1000, most_frames=10**6, most_bytes=5000, size=100)
    assert sum(len(reel[place]) for place in range(len(reel))) <= 5100
    assert numbers(reel)[-1] == 999


@pytest.mark.parametrize("place", [-1, 3])
def test_there_is_no_frame_beyond_the_ends(place: int) -> None:
    """A place before the first or after the newest is an error."""
    with pytest.raises(IndexError):
        reel_of(3)[place]
