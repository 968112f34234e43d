"""Ids of the log: they sort by time, and within a millisecond by order."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.log import EntryId, entry_id, format_id, id_range

# Up to the year 2200, where study days end.
TIMES = st.integers(min_value=0, max_value=7_258_118_400_000)
BITS = st.integers(min_value=0, max_value=(1 << 74) - 1)


@given(TIMES, BITS)
def test_an_id_is_a_uuid_of_version_7(at_ms: int, randomness: int) -> None:
    """The standard library reads version, variant and time out of it."""
    identifier = uuid.UUID(bytes=bytes(entry_id(at_ms, randomness, None)))
    assert (identifier.version, identifier.variant) == (7, uuid.RFC_4122)
    assert identifier.int >> 80 == at_ms
    assert str(identifier) == format_id(EntryId(identifier.bytes))


@given(TIMES, BITS, BITS)
def test_ids_sort_by_time(at_ms: int, one: int, other: int) -> None:
    """A later millisecond gives a greater id, whatever the random bits."""
    assert entry_id(at_ms, one, None) < entry_id(at_ms + 1, other, None)


@given(TIMES, BITS)
def test_ids_of_one_millisecond_lie_in_its_range(at_ms: int, randomness: int) -> None:
    """The range of a millisecond holds its ids and no other's."""
    low, high = id_range(at_ms)
    assert low <= entry_id(at_ms, randomness, None) < high
    assert id_range(at_ms + 1)[0] == high


@given(TIMES, BITS)
def test_ids_of_one_millisecond_go_up(at_ms: int, randomness: int) -> None:
    """Each id after the first follows the one before, and is a UUID of version 7 as well."""
    ids = [entry_id(at_ms, randomness, None)]
    for _ in range(5):
        ids.append(entry_id(at_ms, 0, ids[-1]))
    assert ids == sorted(set(ids))
    assert {uuid.UUID(bytes=bytes(identifier)).version for identifier in ids} == {7}


@pytest.mark.parametrize("low_bits", [(1 << 62) - 1, (1 << 62) - 2])
def test_the_count_carries_over_the_variant(low_bits: int) -> None:
    """Where the low random bits are full, the ones above the variant take the carry."""
    first = entry_id(5, 3 << 62 | low_bits, None)
    second = entry_id(5, 0, first)
    third = entry_id(5, 0, second)
    assert first < second < third < id_range(5)[1]
    assert {uuid.UUID(bytes=bytes(one)).variant for one in (first, second, third)} == {uuid.RFC_4122}
