"""The drill as a value: its steps, its clock, follow-ups that are earned, hints, and the way back from the database."""

from __future__ import annotations

import pytest

from quizapp.core.drill.answered import Answered, answered_from
from quizapp.core.drill.ask import AskKind
from quizapp.core.drill.drill import Drill, drill_from
from quizapp.core.drill.front import Step
from quizapp.core.drill.plan import Round, RoundKind
from quizapp.core.drill.rubric import Band, Dimension
from quizapp.core.drill.setup import Reach, Setup
from quizapp.core.log import EntryId
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from tests.drilling import GOOD, POOR, answered, drill, prompt, question

SIBLINGS = (CardId("a/1"), CardId("a/2"))


def judged(before: Drill, given: dict[Dimension, Band], hint: str = "Look.") -> Drill:
    """Answer the question in front and give it these bands."""
    front = before.front
    assert front is not None
    asked = prompt(front.ask.card_id, "one", "two", ask=front.ask, siblings=SIBLINGS)
    rated = before.typed("words").answered().ticked(["one"]).checked()
    for dimension, band in given.items():
        rated = rated.banded(dimension, band)
    return rated.judged(rated.record(asked, 5), SIBLINGS, hint)


def in_front(one: Drill) -> str | None:
    """Return the card in front."""
    return one.front.ask.card_id if one.front is not None else None


def test_time_counts_for_the_answer_only_while_it_is_given() -> None:
    """The drill's clock goes on while key points are ticked."""
    one = drill(question("a")).passed(30_000).answered().passed(10_000)
    assert one.front is not None
    assert one.front.answer_ms == 30_000
    assert one.used_ms == 40_000
    assert one.left_ms == 10 * 60_000 - 40_000


def test_an_answer_keeps_what_was_said_ticked_and_missed() -> None:
    """With its bands and its time."""
    one = judged(drill(question("a"), question("b")).passed(7000), GOOD)
    (answer,) = one.answers
    assert (answer.answer, answer.ticked, answer.missed) == ("words", ("one",), ("two",))
    assert answer.bands == GOOD
    assert (answer.answer_ms, answer.planned_s) == (7000, 120)


def test_a_good_answer_earns_the_next_follow_up_until_there_is_none() -> None:
    """One after another, in the author's order; then the next question comes."""
    one = judged(drill(question("a"), question("b")), GOOD)
    assert in_front(one) == "a/1"
    assert one.front is not None
    assert one.front.is_earned
    one = one.judged(_follow_up(one), SIBLINGS, "Look.")
    assert in_front(one) == "a/2"
    one = one.judged(_follow_up(one), SIBLINGS, "Look.")
    assert in_front(one) == "b"


def _follow_up(one: Drill) -> Answered:
    front = one.front
    assert front is not None
    asked = prompt("a", ask=front.ask)
    rated = one.answered().checked()
    for dimension, band in GOOD.items():
        rated = rated.banded(dimension, band)
    return rated.record(asked, 6)


@pytest.mark.parametrize(("reach", "asked"), [(Reach.NONE, ["a", "b"]), (Reach.ONE, ["a", "a/1", "b"])])
def test_follow_ups_go_as_far_as_the_setup_says(reach: Reach, asked: list[str]) -> None:
    """None at all, or one."""
    one = drill(question("a"), question("b"), setup=Setup(minutes=10, reach=reach))
    seen = [in_front(one)]
    while in_front(one) != "b":
        answer = _follow_up(one)
        one = one.judged(answer, SIBLINGS, "Look.")
        seen.append(in_front(one))
    assert seen == asked


def test_a_poor_answer_is_offered_a_hint_and_a_second_try() -> None:
    """The hint stays in sight; the second try is kept as one, and offers no further hint."""
    one = judged(drill(question("a"), question("b")), POOR)
    assert one.front is not None
    assert (one.front.step, one.front.hint) == (Step.HINT, "Look.")
    again = one.tried_again()
    assert again.front is not None
    assert (again.front.step, again.front.draft, again.front.is_second) == (Step.ANSWERING, "", True)
    after = judged(again, POOR)
    assert [answer.hint for answer in after.answers] == ["", "Look."]
    assert [answer.counts for answer in after.answers] == [True, False]
    assert in_front(after) == "b"


def test_a_hint_before_the_model_answer_is_taken_up_in_the_answer() -> None:
    """What was written stays; the answer is judged once, is Hard at best, counts half and earns no follow-up."""
    offered = drill(question("a"), question("b")).typed("words").offered_hint().passed(5000)
    helped = offered.helped("Look.").passed(3000)
    assert helped.front is not None
    assert (helped.front.step, helped.front.draft, helped.front.hint) == (Step.ANSWERING, "words", "Look.")
    assert helped.front.answer_ms == 3000
    after = judged(helped, GOOD)
    (answer,) = after.answers
    assert (answer.hint, answer.is_second, answer.rating) == ("Look.", False, Rating.HARD)
    assert answer.counts
    assert answer.score == pytest.approx(1 / 3)
    assert in_front(after) == "b"
    assert drill_from(helped.id, 0, helped.place(), ()).front == helped.front
    assert answered_from(answer.plain()) == answer


def test_a_poor_answer_that_had_its_hint_is_offered_no_other() -> None:
    """The next question comes."""
    helped = drill(question("a"), question("b")).helped("Look.")
    assert in_front(judged(helped, POOR)) == "b"


def test_an_answer_kept_before_hints_came_first_is_a_second_try() -> None:
    """Its row does not say so."""
    plain = answered("a", POOR, hint="Look.", is_second=True).plain()
    del plain["second"]
    assert answered_from(plain).is_second


def test_no_question_comes_twice() -> None:
    """One that stands in two rounds is asked in the first."""
    rounds = (
        Round(RoundKind.BREADTH, 5, (question("a"),)),
        Round(RoundKind.DEPTH, 5, (question("a"), question("b"))),
    )
    one = judged(Drill(EntryId(b"d" * 16), 0, Setup(minutes=10, is_mock=True), rounds).next(), GOOD)
    assert (in_front(one), one.at) == ("b", 1)


def test_a_round_without_time_gives_way_to_the_next() -> None:
    """What it has left is not asked; at the end of all rounds nothing is in front."""
    rounds = (
        Round(RoundKind.BREADTH, 1, (question("a"), question("b"))),
        Round(RoundKind.CLOSING, 9, (question("c", AskKind.SUMMARY),)),
    )
    one = Drill(EntryId(b"d" * 16), 0, Setup(minutes=10, is_mock=True), rounds).next().passed(61_000)
    one = judged(one, GOOD)
    assert (in_front(one), one.round.kind) == ("c", RoundKind.CLOSING)
    assert judged(one, GOOD).front is None


def test_when_the_time_is_up_nothing_more_is_begun() -> None:
    """No question, and no follow-up however good the answer."""
    assert judged(drill(question("a"), question("b")).passed(10 * 60_000), GOOD).front is None


def test_a_skipped_question_has_no_bands_and_misses_every_point() -> None:
    """It earns nothing, and no hint is offered."""
    one = drill(question("a"), question("b"))
    answer = one.record(prompt("a", "one", "two"), 5)
    assert answer.is_skipped
    assert answer.missed == ("one", "two")
    assert in_front(one.judged(answer, SIBLINGS, "Look.")) == "b"


def test_the_place_comes_back_from_the_database() -> None:
    """In the middle of a word, of ticking, and of judging."""
    one = drill(question("a"), question("b")).passed(1500).typed("half a wo")
    for place in (one, one.answered(["one"]), one.answered().checked().banded(Dimension.DEPTH, Band.SOLID)):
        assert drill_from(place.id, place.at_ms, place.place(), ()) == place
