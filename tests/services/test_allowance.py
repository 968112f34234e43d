"""Settings of single decks: limits within limits, schedules of their own, and when follow-ups come."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.config import DeckSettings, Settings
from quizapp.core.memory import Rating
from quizapp.core.overview import Counts
from quizapp.services.home import overview
from quizapp.services.next_card import peek
from quizapp.services.progress import offered, why
from tests.learner import Learner, assert_state_is_fold


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """Return a learner with three topics in `deep/one`, two in `deep/two`, one in `wide`."""
    learner = Learner(tmp_path)
    for title, deck in (("A", "deep/one"), ("B", "deep/one"), ("C", "deep/one"), ("D", "deep/two")):
        learner.write(title, "Then?", deck=deck)
    learner.write("E", "Then?", deck="deep/two")
    learner.write("F", "Then?", deck="wide")
    learner.add()
    return learner


def change(learner: Learner, own: dict[str, DeckSettings], **settings: object) -> None:
    """Give decks settings of their own."""
    learner.change(fuzz=False, decks=own, **settings)


def counts(learner: Learner) -> dict[str, Counts]:
    """Return what Home shows of each deck, and of all under an empty name."""
    shown = overview(learner.workspace)
    return {row.path: row.counts for row in shown.decks} | {"": shown.left}


def studied(learner: Learner, deck: str = "", *, follow_ups: bool = False) -> list[str]:
    """Return the cards that come in a deck until nothing is left, each rated Easy."""
    study, shown = learner.begin(deck), []
    while (card := study.session.current) is not None:
        shown.append(card)
        study.answer(Rating.EASY, 1000)
    assert_state_is_fold(learner.workspace)
    study.leave()
    return [str(card) for card in shown] if follow_ups else [card for card in shown if "/" not in card]


def test_a_decks_limit_stops_its_new_cards_alone(learner: Learner) -> None:
    """The others go on, and Home counts what will come."""
    change(learner, {"deep/one": DeckSettings(new_per_day=1)}, follow_ups="later")
    assert {path: row.new for path, row in counts(learner).items()} == {
        "deep": 3, "deep/one": 1, "deep/two": 2, "wide": 1, "": 4,
    }  # fmt: skip
    assert sorted(studied(learner)) == ["a", "d", "e", "f"]
    assert counts(learner)["deep/one"].new == 0
    assert counts(learner)[""].new == 0
    learner.clock.forward(days=1)
    of_one = [card for card in studied(learner, follow_ups=True) if card[0] in "abc"]
    assert of_one == ["a/then"]


def test_a_limit_lies_within_those_of_the_decks_above(learner: Learner) -> None:
    """However much a deck allows, what encloses it allows no more; nor does the overall limit."""
    own = {"deep": DeckSettings(new_per_day=2), "deep/two": DeckSettings(new_per_day=50)}
    change(learner, own, follow_ups="later")
    assert counts(learner)["deep"].new == 2
    assert counts(learner)["deep/two"].new == 2
    assert studied(learner, "deep/two") == ["d", "e"]
    assert counts(learner)["deep/one"].new == 0
    assert studied(learner) == ["f"]
    learner.change(new_per_day=1, decks={"wide": DeckSettings(new_per_day=9)}, follow_ups="later")
    assert counts(learner)["wide"].new == 0


def test_reviews_have_limits_of_their_own(learner: Learner) -> None:
    """New cards of the deck still come."""
    assert set(studied(learner)) == {"a", "b", "c", "d", "e", "f"}
    learner.clock.forward(days=60)
    change(learner, {"deep/one": DeckSettings(reviews_per_day=2)}, follow_ups="later")
    assert counts(learner)["deep/one"].due == 2
    first = studied(learner, "deep/one", follow_ups=True)
    assert len(first) == 2
    assert studied(learner, "deep/one") == []
    assert len(studied(learner)) > 0


def test_a_follow_up_counts_within_its_decks_limit(learner: Learner) -> None:
    """With one new card a day, the question has used it up."""
    change(learner, {"wide": DeckSettings(new_per_day=1)})
    assert studied(learner, "wide", follow_ups=True) == ["f"]
    change(learner, {"wide": DeckSettings(new_per_day=2)})
    learner.clock.forward(days=1)
    assert studied(learner, "wide", follow_ups=True) == ["f/then"]


def test_a_cards_policy_is_its_decks(learner: Learner) -> None:
    """The buttons offer it, the log names it, and replaying gives the same state after a change of mind."""
    own = {"deep": DeckSettings(learning_steps=()), "deep/two": DeckSettings(retention=0.8)}
    change(learner, own)
    assert offered(learner.workspace, learner.card("a"))[Rating.GOOD].days == 2
    assert offered(learner.workspace, learner.card("f"))[Rating.GOOD].seconds == 600
    assert why(learner.workspace, learner.card("d")).retention == 0.8
    study = learner.begin("deep/two")
    study.answer(Rating.GOOD, 1000)
    policy = learner.workspace.settings.policy_of("deep/two")
    rows = learner.workspace.database.read("SELECT DISTINCT policy_id FROM log", {})
    assert [tuple(row) for row in rows] == [(policy.id,)]
    change(learner, {})
    assert_state_is_fold(learner.workspace)


@pytest.mark.parametrize(
    ("when", "first_day", "second_day"),
    [
        ("at once", ["f", "f/then"], []),
        ("later", ["f"], ["f/then"]),
        ("never", ["f"], []),
    ],
)
def test_follow_ups_come_when_they_are_wanted(
    learner: Learner, when: str, first_day: list[str], second_day: list[str]
) -> None:
    """At once after their question, later as cards of their own from the next day on, or not at all."""
    for own in ({"wide": DeckSettings(follow_ups=when)}, {}):
        learner = Learner(learner.home / when / str(len(own)), settings=Settings())
        learner.learn("F", "Then?", deck="wide")
        change(learner, own, **({} if own else {"follow_ups": when}))
        assert studied(learner, follow_ups=True) == first_day
        learner.clock.forward(days=1)
        assert counts(learner)[""].new == len(second_day)
        assert studied(learner, follow_ups=True) == second_day


def test_never_holds_for_what_was_begun_already(learner: Learner) -> None:
    """A follow-up in front, one that waits in the session and one that is due: none of them comes."""
    study = learner.begin("wide")
    study.answer(Rating.EASY, 1000)
    assert study.session.current == "f/then"
    study.leave()
    change(learner, {"wide": DeckSettings(follow_ups="never")})
    assert peek(learner.workspace, "wide") is None
    assert learner.begin("wide").session.current is None
    learner.clock.forward(days=100)
    assert studied(learner, "wide", follow_ups=True) == ["f"]


def test_without_decks_of_their_own_nothing_is_looked_up(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The usual case asks for the next card by one statement."""
    from quizapp.store import queue

    def forbidden(*_: object) -> None:
        raise AssertionError

    for name in ("deck_ids", "deck_of", "today_by_deck"):
        monkeypatch.setattr(queue, name, forbidden)
    assert len(studied(learner)) == 6
