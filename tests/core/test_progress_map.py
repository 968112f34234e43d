"""The map and its recommendation."""

from __future__ import annotations

from datetime import date

import pytest

from quizapp.core.progress_map import (
    Part,
    Standing,
    Topic,
    locked_words,
    progress_map,
    recommendation,
    recommended,
    step_words,
)

TODAY = date(2026, 3, 2).toordinal()


def topic(title: str, deck: str = "deck", seen: int = 0, cards: int = 4, **figures: object) -> Topic:
    """Return a topic with some figures."""
    return Topic(title.lower(), title, deck, Standing(Part(seen, cards), **figures))  # type: ignore[arg-type]


def test_decks_stand_above_their_topics_as_a_tree() -> None:
    """Each deck takes in all below it; its own topics come before the decks below."""
    rows = progress_map(
        TODAY, [topic("A", "maths", seen=1), topic("B", "maths/sets"), topic("C", "music")]
    ).rows
    assert [(row.name, row.depth, row.standing.cards.words) for row in rows] == [
        ("maths", 0, "1/8"), ("A", 1, "1/4"), ("sets", 1, "0/4"), ("B", 2, "0/4"), ("music", 0, "0/4"), ("C", 1, "0/4"),
    ]  # fmt: skip


def test_a_simulation_that_two_topics_use_counts_once() -> None:
    """In the deck, and over all."""
    names = frozenset({"scale"})
    both = topic("A", used=names, run=names).standing + topic("B", used=names | {"depth"}).standing
    assert both.simulations.words == "1/2"


def test_the_next_day_of_a_deck_is_the_first_of_its_topics() -> None:
    """A topic without one has no say."""
    assert (Standing(next_day=9) + Standing() + Standing(next_day=7)).next_day == 7


def test_the_weakest_of_what_is_due_goes_first() -> None:
    """Before anything new, however weak."""
    topics = [
        topic("Strong", seen=4, due=1, recall=3.6),
        topic("Weak", seen=4, due=1, recall=1.2),
        topic("New", new=1),
    ]
    found = recommended(topics)
    assert found is not None
    assert found.title == "Weak"
    assert "at 30 %" in recommendation(progress_map(TODAY, topics))


def test_then_what_was_begun_then_what_was_not() -> None:
    """The least covered of those begun; the first in the author's order of those that were not."""
    begun = [topic("Half", seen=2, new=1), topic("Quarter", seen=1, new=1), topic("New", new=1)]
    assert recommended(begun) == begun[1]
    fresh = [topic("First", new=1), topic("Second", new=1)]
    assert recommended(fresh) == fresh[0]
    assert recommendation(progress_map(TODAY, fresh)) == "next: First (not begun yet; 1 card to start with)"


def test_when_nothing_waits_it_says_when_something_does() -> None:
    """Or that there is nothing at all."""
    rest = progress_map(TODAY, [topic("A", seen=4, next_day=TODAY + 2)])
    assert recommendation(rest) == "next: nothing waits before Wed 04 Mar."
    assert recommendation(progress_map(TODAY, [])) == "next: add a deck; there are no topics yet."


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"due": 3, "new": 2}, "3 due"),
        ({"new": 2, "locked": 4}, "2 new"),
        ({"next_day": TODAY + 1, "locked": 4}, "tomorrow"),
        ({"next_day": TODAY + 12}, "in 12 d"),
        ({"locked": 4}, "4 locked"),
        ({}, "set aside"),
    ],
)
def test_the_next_step_in_words(figures: dict[str, int], words: str) -> None:
    """The nearest thing that can be done."""
    assert step_words(topic("A", **figures).standing, TODAY) == words  # type: ignore[arg-type]


def test_locked_cards_are_told_beside_the_step() -> None:
    """None, no word."""
    assert locked_words(Standing(locked=3)) == "3 locked"
    assert locked_words(Standing()) == ""
    assert Part().words == "·"
