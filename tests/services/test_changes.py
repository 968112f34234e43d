"""Changes of one card or many: one transaction, one batch in the log, and nothing where a card is so already."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizapp.core.change import Change, Changed
from quizapp.core.change_words import changed_words
from quizapp.core.log import EntryKind
from quizapp.core.memory import Phase, Rating
from quizapp.core.topic import CardId
from quizapp.errors import DeckError, UsageError
from quizapp.services import changes, count
from quizapp.services.find import card_ids, find
from quizapp.services.home import overview, strengths
from quizapp.services.library import export
from quizapp.services.listing import listed_cards, listed_deleted, listed_entries
from quizapp.services.redo import redo
from quizapp.services.scripted import answer
from quizapp.services.undo import undo
from quizapp.services.workspace import Workspace
from quizapp.store import many
from tests.learner import Learner, assert_state_is_fold

ALPHA, WHY, THEN, BETA = map(CardId, ("alpha", "alpha/why-so", "alpha/what-then", "beta"))
EVERY = (ALPHA, WHY, THEN, BETA)


@pytest.fixture
def workspace(learner: Learner) -> Workspace:
    """Return a library of two topics, the first with two follow-ups."""
    learner.write("Alpha", "Why so?", "What then?")
    learner.write("Beta")
    learner.add()
    return learner.workspace


def log(workspace: Workspace) -> list[dict[str, object]]:
    """Return the log as scripts see it."""
    return list(listed_entries(workspace))


def test_a_change_of_many_is_one_batch(workspace: Workspace) -> None:
    """One entry a card, all named after the first of them, whatever order the cards were given in."""
    done = changes.suspend(workspace, [BETA, WHY, ALPHA])
    assert set(done.cards) == {ALPHA, WHY, BETA}
    entries = log(workspace)
    assert [entry["kind"] for entry in entries] == ["suspend"] * 3
    assert {entry["batch"] for entry in entries} == {entries[0]["id"]}
    assert_state_is_fold(workspace)


def test_more_cards_than_a_statement_takes(
    learner: Learner, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are asked for in several statements, a topic's cards in different ones, and changed and undone as one."""
    monkeypatch.setattr(many, "IDS_AT_ONCE", 2)
    before = [learner.card(card) for card in EVERY]
    assert set(changes.delete(workspace, [THEN, BETA, WHY, ALPHA]).cards) == set(EVERY)
    assert_state_is_fold(workspace)
    undone = undo(workspace)
    assert undone is not None
    assert undone.count == 4
    assert [learner.card(card) for card in EVERY] == before
    assert_state_is_fold(workspace)


CHANGES: list[tuple[Callable[[Workspace, list[CardId]], Changed], str]] = [
    (changes.suspend, "1 card suspended; 1 was so already."),
    (changes.bury, "1 card put off until tomorrow; 1 was so already."),
    (lambda workspace, cards: changes.flag(workspace, cards, 1), "1 card flagged ▲ red; 1 was so already."),
    (lambda workspace, cards: changes.tag(workspace, cards, "hard"), "1 card tagged hard; 1 was so already."),
    (
        lambda workspace, cards: changes.set_due(workspace, cards, "2026-03-05"),
        "1 card due on 05 Mar 2026, in 3 days; 1 was so already.",
    ),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_what_is_so_already_gets_no_entry(
    workspace: Workspace, change: Callable[[Workspace, list[CardId]], Changed], words: str
) -> None:
    """The second time only the new card is written, and the sentence says so; the third time nothing is."""
    change(workspace, [ALPHA])
    assert changed_words(change(workspace, [ALPHA, BETA])) == words
    again = change(workspace, [ALPHA, BETA])
    assert again.cards == ()
    assert changed_words(again) == "Nothing to do: the cards are so already."
    assert len(log(workspace)) == 2
    assert_state_is_fold(workspace)


def test_what_is_taken_away_has_to_be_there(workspace: Workspace) -> None:
    """Unsuspend, unbury, unflag, untag, restore and forget do nothing to a card that has none of it."""
    for change in (changes.unsuspend, changes.unbury, changes.restore, changes.forget):
        assert change(workspace, list(EVERY)).cards == ()
    assert changes.flag(workspace, EVERY, 0).cards == ()
    assert changes.untag(workspace, EVERY, "hard").cards == ()
    assert changed_words(changes.unsuspend(workspace, [ALPHA])) == "Nothing to do: the card is not suspended."
    assert log(workspace) == []


def test_a_burial_that_is_over_is_none(learner: Learner, workspace: Workspace) -> None:
    """Tomorrow there is nothing to take away, and burying again counts."""
    changes.bury(workspace, [ALPHA])
    learner.clock.forward(days=1)
    assert changes.unbury(workspace, [ALPHA]).cards == ()
    assert changes.bury(workspace, [ALPHA]).cards == (ALPHA,)
    assert changes.unbury(workspace, [ALPHA]).cards == (ALPHA,)


def test_one_bad_id_changes_nothing(workspace: Workspace) -> None:
    """The message names it; also one whose text has gone."""
    with pytest.raises(DeckError, match="The card gamma is not in the library"):
        changes.suspend(workspace, [ALPHA, CardId("gamma")])
    with pytest.raises(DeckError, match="cards c0, c1, c2 and 2 more are not in"):
        changes.suspend(workspace, [CardId(f"c{number}") for number in range(5)])
    assert log(workspace) == []


def test_a_card_whose_text_has_gone_is_not_changed(learner: Learner, workspace: Workspace) -> None:
    """It says how it comes back."""
    (learner.decks / "beta.md").unlink()
    learner.add()
    with pytest.raises(DeckError, match="The card beta is gone from the decks"):
        changes.suspend(workspace, [BETA])


def test_forgetting_makes_new_and_keeps_the_history(learner: Learner, workspace: Workspace) -> None:
    """Memory, due day and lapses are those of a new card; the log still has the reviews; undo brings all back."""
    answer(workspace, ALPHA, Rating.EASY)
    before = learner.card(ALPHA)
    changes.forget(workspace, [ALPHA])
    assert learner.card(ALPHA).state.memory.phase is Phase.NEW
    assert [entry["kind"] for entry in log(workspace)] == ["review", "reset"]
    undo(workspace)
    assert learner.card(ALPHA) == before
    assert_state_is_fold(workspace)


def test_a_range_is_drawn_for_each_card(learner: Learner) -> None:
    """Cards spread over the days, reviewed ones by their due day and new ones by the day they may come."""
    for number in range(12):
        learner.write(f"T{number}")
    learner.add()
    cards = [CardId(f"t{number}") for number in range(12)]
    answer(learner.workspace, cards[0], Rating.EASY)
    today = learner.workspace.today().day
    assert "in 3 to 7 days" in changed_words(changes.set_due(learner.workspace, cards, "3-7"))
    days = [learner.card(card).state for card in cards]
    assert days[0].memory.due_day in range(today + 3, today + 8)
    drawn = {state.not_before for state in days[1:]}
    assert len(drawn) > 2
    assert drawn <= set(range(today + 3, today + 8))
    assert_state_is_fold(learner.workspace)


def test_set_due_today_comes_today(learner: Learner, workspace: Workspace) -> None:
    """A card that was learnt long ago is in the queue at once."""
    answer(workspace, BETA, Rating.EASY)
    learner.clock.forward(days=1)
    assert overview(workspace).left.due == 0
    changes.set_due(workspace, [BETA], "0")
    assert overview(workspace).left.due == 1


def found(workspace: Workspace, query: str) -> set[CardId]:
    """Return the cards that a query means."""
    return set(card_ids(workspace, find(workspace, query).numbers))


def test_set_due_today_comes_today_whatever_was_asked(workspace: Workspace) -> None:
    """Also a card that was answered today, and a follow-up whose question was."""
    answer(workspace, ALPHA, Rating.EASY)
    before = overview(workspace).left
    changes.set_due(workspace, [ALPHA, WHY], "0")
    after = overview(workspace).left
    assert (after.due, after.new) == (before.due + 1, before.new + 1)
    assert found(workspace, "is:due") >= {ALPHA}
    assert found(workspace, "is:buried") == {THEN}, "which was not set, and waits for its siblings"
    assert_state_is_fold(workspace)


def test_the_day_that_is_set_for_a_new_card_is_found(workspace: Workspace) -> None:
    """It stays new, and has a day nevertheless."""
    changes.set_due(workspace, [BETA], "3")
    assert found(workspace, "prop:due=3 is:new") == {BETA}


def test_own_tags_are_told_apart_from_the_topics(learner: Learner, workspace: Workspace) -> None:
    """Shown together, listed apart; the file's own tag cannot be taken away here."""
    changes.tag(workspace, [ALPHA], "  hard   one ")
    changes.tag(workspace, [ALPHA], "a")
    card = learner.card(ALPHA)
    assert (card.tags, card.own_tags, card.all_tags) == (
        ("a", "b"),
        ("a", "hard one"),
        ("a", "b", "hard one"),
    )
    (listed,) = [card for card in listed_cards(workspace) if card["id"] == ALPHA]
    assert (listed["tags"], listed["own_tags"]) == (["a", "b"], ["a", "hard one"])
    changes.untag(workspace, [ALPHA], "a")
    assert learner.card(ALPHA).all_tags == ("a", "b", "hard one")


@pytest.mark.parametrize("tag", ["", "  ", "a,b", "x" * 61, "a\x1bb"])
def test_what_is_no_tag_is_refused(workspace: Workspace, tag: str) -> None:
    """Nothing is written."""
    with pytest.raises(UsageError):
        changes.tag(workspace, [ALPHA], tag)
    assert log(workspace) == []


def test_a_dry_run_says_the_same_and_writes_nothing(workspace: Workspace) -> None:
    """The words are in the conditional."""
    foreseen = changes.foreseen(workspace, [ALPHA, WHY], Change(EntryKind.SUSPEND))
    assert log(workspace) == []
    assert changed_words(foreseen, would=True) == "2 cards would be suspended."
    assert foreseen == changes.suspend(workspace, [ALPHA, WHY])


# Deleting.


def test_a_deleted_question_takes_its_other_cards_along(workspace: Workspace) -> None:
    """They could never come without it; the sentence says so, and restoring brings all of them back."""
    done = changes.delete(workspace, [ALPHA])
    assert done.cards == (ALPHA, WHY, THEN)
    assert changed_words(done) == ("3 cards deleted, the history kept, 2 of them along with their question.")
    assert [card["id"] for card in listed_deleted(workspace)] == list(done.cards)
    assert changes.restore(workspace, [THEN]).cards == (ALPHA, THEN)
    assert changes.restore(workspace, [ALPHA]).cards == (WHY,)
    assert [card["id"] for card in listed_cards(workspace)] == list(EVERY)
    assert_state_is_fold(workspace)


def test_a_deleted_follow_up_goes_alone(learner: Learner, workspace: Workspace) -> None:
    """The others are counted without it, and the export leaves it out."""
    changes.delete(workspace, [WHY])
    assert [card["id"] for card in listed_cards(workspace)] == [ALPHA, THEN, BETA]
    card = learner.card(THEN)
    assert (card.number, card.follow_ups) == (1, 1)
    (alpha, _) = sorted(export(workspace, learner.home / "out"))
    assert "What then?" in alpha.read_text()
    assert "Why so?" not in alpha.read_text()


def test_a_deleted_card_is_nowhere(learner: Learner, workspace: Workspace) -> None:
    """Not in queues, counts, strengths, decks, listing or export; it can be neither answered nor changed."""
    answer(workspace, BETA, Rating.AGAIN)
    changes.delete(workspace, list(EVERY))
    assert learner.begin().card() is None
    shown = overview(workspace)
    assert (shown.left.total, shown.decks, shown.forecast) == (0, (), (0,) * 14)
    assert strengths(workspace) == {}
    assert list(listed_cards(workspace)) == []
    assert export(workspace, learner.home / "out") == []
    with pytest.raises(DeckError, match="is deleted"):
        answer(workspace, BETA, Rating.GOOD)
    with pytest.raises(DeckError, match="are deleted"):
        changes.suspend(workspace, [ALPHA, BETA])
    assert shown.done == 1


def test_a_deleted_card_does_not_come_back_with_its_file(learner: Learner, workspace: Workspace) -> None:
    """Neither by adding the file again, nor edited, nor after it was away."""
    changes.delete(workspace, [BETA])
    learner.add()
    learner.write("Beta", answer="Else.")
    learner.add()
    assert learner.card(BETA).state.deleted
    (learner.decks / "beta.md").unlink()
    learner.add()
    learner.write("Beta")
    learner.add()
    assert learner.card(BETA).state.deleted
    assert learner.card(BETA).queue == "out"
    assert BETA not in [card["id"] for card in listed_cards(workspace)]


def test_a_change_and_its_undo_tell_how_far_they_are(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By cards, a page of topics at a time; so do a move, and doing it again."""
    monkeypatch.setattr(count, "TOPICS_AT_ONCE", 1)
    told: list[tuple[int, int]] = []

    def telling(done: int, of: int) -> None:
        told.append((done, of))

    for change in (Change(EntryKind.SUSPEND), Change(EntryKind.RESET), Change(EntryKind.MOVE, words="far")):
        answer(workspace, ALPHA, Rating.GOOD)
        answer(workspace, BETA, Rating.GOOD)
        changes.perform(workspace, [ALPHA, BETA], change, telling)
        undo(workspace, telling)
        redo(workspace, telling)
        if change.kind is EntryKind.MOVE:  # all cards of a topic go
            assert told == [(3, 4), (4, 4), *[(1, 4), (4, 4)] * 2]
        else:
            assert told == [(1, 2), (2, 2)] * 3
        told.clear()
    assert_state_is_fold(workspace)
