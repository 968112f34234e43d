"""The browser's columns: which of them a width holds, and what they say."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from quizapp.core.search.sorting import SortKey
from quizapp.tui.browser_columns import COLUMNS, cell, fitting_columns, next_key


@pytest.mark.parametrize("room", [30, 57, 77, 117, 200])
@pytest.mark.parametrize("key", SortKey)
def test_columns_take_exactly_the_room_there_is(room: int, key: SortKey) -> None:
    """The question is always there, with the most of it, and the sorted column where it fits."""
    shown = fitting_columns(room, key)
    keys = [column.key for column, _ in shown]
    assert sum(width for _, width in shown) == room
    assert keys[0] is SortKey.QUESTION
    assert shown[0][1] >= 24
    if room >= 57 and key in {column.key for column in COLUMNS} and key is not SortKey.ADDED:
        assert key in keys


def test_sorting_goes_round_all_columns() -> None:
    """Each comes once, whatever the width; from an order that no column shows it goes to the first."""
    keys = [column.key for column in COLUMNS]
    seen = [keys[0]]
    while (key := next_key(seen[-1], 1)) is not keys[0]:
        seen.append(key)
    assert seen == keys
    assert next_key(keys[0], -1) is keys[-1]
    assert next_key(SortKey.STATE, 1) is keys[0]


def test_a_text_never_leaves_its_column() -> None:
    """Long ones are cut where they say least, wide letters count twice, line ends are blanks."""
    columns = {column.key: column for column in COLUMNS}
    assert cell(columns[SortKey.QUESTION], "Why\nso long a question?", 10) == " Why so l…"
    assert cell(columns[SortKey.DECK], "foundations/scale", 10) == " …ns/scale"
    assert cell(columns[SortKey.REPS], "12", 6) == "    12"
    assert cell_len(cell(columns[SortKey.QUESTION], "深度学习深度学习", 8)) == 8
