"""What Home says above and below the decks, in lines that have room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizapp.core.log import EntryId
from quizapp.core.overview import Counts, DeckRow, Overview
from quizapp.core.predicted import Predicted
from quizapp.tui.home_words import note, today

SHOWN = Overview(739_000, (), Counts(new=19, learning=1), 4, 70.0, 25.0, streak=1, forecast=(0, 3, 0))


@pytest.mark.parametrize(
    ("width", "first"),
    [
        (54, "Today   1 learning · 19 new · about 8 min   4 done"),
        (62, "Today   1 learning · 19 new · about 8 min   4 done in 1 min"),
        (45, "Today   1 learning · 19 new · about 8 min"),
    ],
)
def test_what_was_done_gives_way_to_what_is_left(width: int, first: str) -> None:
    """No line is broken: how long it took goes first, then what was done."""
    lines = today(SHOWN, width).splitlines()
    assert lines[0] == first
    assert all(len(line) <= width for line in lines)
    assert "next 14 days" in lines[-1]


def test_a_long_gap_is_cut_and_the_key_is_kept() -> None:
    """The end of the sentence goes, with a sign of it, and not what can be done."""
    deck = DeckRow("deck", "deck", 0, Counts(), has_children=False)
    gap = "You chose 'plain'; it was 'neither: both miss by more than 10 times'. " * 3
    predicted = Predicted(
        EntryId(b"1"), 0, None, "vanishing-gradients", {}, 0, "Which?", "plain", "neither", gap
    )
    words = note(replace(SHOWN, decks=(deck,)), 108, None, predicted, offers_first_steps=False)
    assert len(words) <= 108
    assert "…" in words
    assert words.endswith("x runs it again")
