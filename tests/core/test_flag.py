"""Flags: each told by name and shape."""

from __future__ import annotations

import pytest

from quizapp.core.flag import FLAGS, flag_number, flag_of
from quizapp.errors import UsageError


def test_no_two_flags_look_alike() -> None:
    """Names and shapes differ, for who sees no colour."""
    assert [flag.number for flag in FLAGS] == [1, 2, 3, 4, 5, 6, 7]
    assert len({flag.name for flag in FLAGS}) == len({flag.shape for flag in FLAGS}) == 7
    assert flag_of(0) is flag_of(8) is None


@pytest.mark.parametrize(("text", "number"), [("red", 1), ("Purple", 7), ("3", 3), ("none", 0), ("0", 0)])
def test_a_flag_is_named_or_numbered(text: str, number: int) -> None:
    """Or taken away by `none`."""
    assert flag_number(text) == number


def test_an_unknown_flag_lists_the_known() -> None:
    """The hint has all of them."""
    with pytest.raises(UsageError) as failed:
        flag_number("mauve")
    assert "6 turquoise" in failed.value.hint
