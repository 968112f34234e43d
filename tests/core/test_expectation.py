"""Choices: shuffled by card and review, the same for the same review."""

from __future__ import annotations

from quizapp.core.expectation import Choice, Option
from quizapp.core.topic import CardId

CHOICE = Choice(tuple(Option(text, text == "a") for text in "abcdef"))


def test_a_review_always_asks_in_the_same_order() -> None:
    """After a restart, on any machine: the order is written down here."""
    assert CHOICE.asked(CardId("topic/card"), 3) == CHOICE.asked(CardId("topic/card"), 3)
    assert CHOICE.asked(CardId("scale-explosion"), 0).texts == ("b", "d", "c", "a", "f", "e")


def test_reviews_and_cards_have_orders_of_their_own() -> None:
    """Every answer is there each time, and the right one stands everywhere at some time."""
    orders = {CHOICE.asked(CardId("card"), review).texts for review in range(40)}
    assert len(orders) > 30
    assert all(sorted(order) == list("abcdef") for order in orders)
    assert {order.index("a") for order in orders} == set(range(6))
    assert CHOICE.asked(CardId("one"), 0) != CHOICE.asked(CardId("other"), 0)


def test_an_order_that_is_meant_stays() -> None:
    """As the deck has it."""
    assert Choice(CHOICE.options, is_ordered=True).asked(CardId("card"), 7).texts == tuple("abcdef")
    assert CHOICE.right == ("a",)
