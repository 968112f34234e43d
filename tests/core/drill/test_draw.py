"""Which questions a drill draws: those that fit, in an order of the seed, the weaker the sooner, each once."""

from __future__ import annotations

from quizapp.core.drill.draw import Candidate, drawn
from quizapp.core.drill.setup import Setup
from quizapp.core.topic import CardId, TopicId


def candidate(name: str, recall: float | None = None, **parts: object) -> Candidate:
    """Return a question that may be asked."""
    values: dict[str, object] = {"deck": "deck", "difficulty": 3, "tags": ("x",), "recall": recall}
    return Candidate(CardId(name), TopicId(name), **{**values, **parts})  # type: ignore[arg-type]  # of a test's words


def test_a_seed_decides_the_order() -> None:
    """The same one gives the same, others give others, and each question comes once."""
    found = [candidate(f"q{number}") for number in range(20)]
    assert drawn(found, 1) == drawn(reversed(found), 1)
    assert drawn(found, 1) != drawn(found, 2)
    assert drawn(found, 1, "depth") != drawn(found, 1, "breadth")
    assert sorted(one.card_id for one in drawn(found, 1)) == sorted(one.card_id for one in found)


def test_the_weaker_come_sooner() -> None:
    """Over many seeds a forgotten card comes before one that is known well, most of the time and not always."""
    pair = [candidate("known", 0.95), candidate("forgotten", 0.2)]
    first = [drawn(pair, seed)[0].card_id for seed in range(400)]
    assert 300 < first.count(CardId("forgotten")) < 400


def test_a_poor_drill_makes_a_well_remembered_card_weak() -> None:
    """The worse of memory and of the last drill counts."""
    assert candidate("a", 0.95, score=0.1).weakness == 0.9
    assert candidate("a", 0.4, score=1.0).weakness == 0.6
    assert candidate("a").weakness == 0.6


def test_deck_tag_and_difficulty_narrow_it_down() -> None:
    """A deck takes in all below it and nothing beside it; tags know no case; difficulties count both ends."""
    one = candidate("a", deck="maths/sets", tags=("Proofs",), difficulty=4)
    assert one.fits(Setup(deck="maths"))
    assert one.fits(Setup(deck="maths/sets", tag="proofs", easiest=4, hardest=4))
    assert not one.fits(Setup(deck="math"))
    assert not one.fits(Setup(tag="proof"))
    assert not one.fits(Setup(easiest=5))
    assert not one.fits(Setup(hardest=3))
