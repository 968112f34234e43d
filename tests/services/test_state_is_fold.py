"""The cached state is the fold of the log, whatever was done and in whatever order."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quizapp.core.card import Card
from quizapp.core.change import Change
from quizapp.core.due_days import DueDays
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.saved_search import SavedSearch
from quizapp.core.search.folding import folded
from quizapp.core.topic import CardId
from quizapp.errors import DeckError, UsageError
from quizapp.services import changes
from quizapp.services.cram import begin_cram
from quizapp.services.scripted import answer
from quizapp.services.study import Study
from quizapp.services.undo import undo
from quizapp.store import states
from tests.learner import MORNING, Learner, assert_state_is_fold

TITLES = ("Alpha", "Beta", "Gamma")
FOLLOW_UPS = (
    "How large does the error get with depth?",
    "Which layers suffer first, and why those?",
    "When would you leave it out altogether?",
)
TODAY = MORNING.toordinal()
EVENTS = (
    EntryKind.UNSUSPEND,
    EntryKind.RESET,
    EntryKind.BURY,
    EntryKind.UNBURY,
    EntryKind.DELETE,
    EntryKind.RESTORE,
)
RATINGS = st.sampled_from(Rating)
CHANGES = st.sampled_from(
    [
        *map(Change, (*EVENTS, EntryKind.SUSPEND)),
        Change(EntryKind.FLAG, flag=3),
        Change(EntryKind.FLAG),
        Change(EntryKind.TAG, words="a"),
        Change(EntryKind.UNTAG, words="a"),
        Change(EntryKind.SET_DUE, days=DueDays(TODAY, TODAY)),
        Change(EntryKind.SET_DUE, days=DueDays(TODAY + 3, TODAY + 7)),
        Change(EntryKind.MOVE, words="deck/below"),
        Change(EntryKind.MOVE, words="other"),
    ]
)
PLACES = st.integers(min_value=0, max_value=2)


@dataclass
class Draft:
    """A topic as its author has it now."""

    title: str
    deck: str = "deck"
    question: str = ""
    follow_ups: list[str] = field(default_factory=list)
    is_there: bool = True


class Studying(RuleBasedStateMachine):
    """A learner who answers, takes back, sets aside, edits the deck, and starts again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="quizapp-fold-"))
        self.learner = Learner(self.folder)
        self.drafts = [
            Draft(title, question=f"What is {title}, and where does it come from?") for title in TITLES
        ]
        self.study: Study

    @initialize()
    def first_decks(self) -> None:
        """Begin with follow-ups in two of three topics."""
        self.drafts[0].follow_ups = list(FOLLOW_UPS[:2])
        self.drafts[1].follow_ups = list(FOLLOW_UPS[:1])
        self.take_in()
        self.study = self.learner.begin()

    def take_in(self) -> None:
        """Write the drafts out and take the folder in."""
        for number, draft in enumerate(self.drafts):
            path = self.learner.decks / f"{number}.md"
            path.unlink(missing_ok=True)
            if draft.is_there:
                written = self.learner.write(
                    draft.title, *draft.follow_ups, question=draft.question, deck=draft.deck
                )
                written.rename(path)
        assert not any(
            problem.fatal for problem in self.learner.add().problems
        )  # two follow-ups may ask the same: a warning

    def is_in_front(self) -> bool:
        """Return whether there is a card to answer."""
        return self.study.session.current is not None

    @precondition(is_in_front)
    @rule(rating=RATINGS, seconds=st.integers(min_value=0, max_value=900))
    def rate(self, rating: Rating, seconds: int) -> None:
        """Rate the card in front after a while."""
        self.learner.clock.forward(seconds=seconds)
        self.study.answer(rating, seconds * 1000)

    @precondition(is_in_front)
    @rule(rating=RATINGS)
    def rate_in_the_same_millisecond(self, rating: Rating) -> None:
        """Rate the card in front before the clock moves."""
        self.study.answer(rating, 0)

    @rule(data=st.data(), rating=RATINGS, hours=st.integers(min_value=0, max_value=100))
    def rate_any_card_at_an_earlier_time(self, data: st.DataObject, rating: Rating, hours: int) -> None:
        """Rate a card from a script, hours ago, which its last review may forbid."""
        card = data.draw(st.sampled_from(self.card_ids()))
        self.learner.clock.forward(hours=-hours)
        try:
            if self.can_be_changed(card):
                answer(self.learner.workspace, card, rating)
        except UsageError:
            assert self.learner.card(card).state.memory.reps
        finally:
            self.learner.clock.forward(hours=hours)

    @precondition(is_in_front)
    @rule(kind=st.sampled_from(["suspend", "bury"]))
    def set_aside(self, kind: str) -> None:
        """Suspend or bury the card in front."""
        getattr(self.study, kind)()

    @rule(data=st.data(), kind=st.sampled_from(EVENTS))
    def note_an_event(self, data: st.DataObject, kind: EntryKind) -> None:
        """Append an event of any card."""
        card = data.draw(st.sampled_from(self.card_ids()))
        self.learner.note(card, kind)

    @rule(data=st.data(), later=st.integers(min_value=0, max_value=9), tag=st.sampled_from(["a", "é b"]))
    def mark(self, data: st.DataObject, later: int, tag: str) -> None:
        """Choose a day for a card, flag and tag it."""
        card = data.draw(st.sampled_from(self.card_ids()))
        place = str(later) if later > 5 else ""
        self.learner.note(
            card, EntryKind.SET_DUE, value=self.learner.workspace.today().day + later, words=place
        )
        self.learner.note(card, EntryKind.FLAG, value=later % 8)
        self.learner.note(card, EntryKind.UNTAG if later % 3 == 0 else EntryKind.TAG, words=tag)

    @rule()
    def look_ahead(self) -> None:
        """Read what the next answer will need; whatever comes before it."""
        self.study.look_ahead()

    @rule(rating=RATINGS, moves=st.booleans())
    def cram(self, rating: Rating, moves: bool) -> None:
        """Rate the first card of a search of everything, with or without effect, and leave."""
        try:
            cram = begin_cram(self.learner.workspace, SavedSearch("", "", reschedule=moves))
        except UsageError:
            return  # nothing is left that is not set aside
        before = {card: self.learner.card(card).state for card in self.card_ids()}
        if cram.session.current is None:
            return  # it was begun before, and what it had left has been set aside since
        cram.answer(rating, 1000)
        cram.leave()
        if not moves:
            assert {card: self.learner.card(card).state for card in before} == before

    @rule()
    def undo(self) -> None:
        """Take back the latest entry: its card is in front again, unless it has gone from the deck."""
        undone = self.study.undo()
        if undone is None:
            return
        card = self.learner.card(undone.card_id)
        if undone.comes_to_front and not card.archived and not card.state.deleted:
            assert self.study.session.current == undone.card_id

    @rule(data=st.data(), change=CHANGES)
    def change_many(self, data: st.DataObject, change: Change) -> None:
        """Change several cards at once; those whose text has gone, or that are deleted, forbid it."""
        cards = data.draw(st.lists(st.sampled_from(self.card_ids()), min_size=1, unique=True))
        known = [self.learner.card(card) for card in cards]
        try:
            done = changes.perform(self.learner.workspace, cards, change)
        except DeckError:
            assert any(card.archived or card.state.deleted for card in known)
            return
        assert changes.foreseen(self.learner.workspace, cards, change).cards == ()
        assert len(set(done.cards)) == len(done.cards)

    @precondition(is_in_front)
    @rule(change=CHANGES)
    def change_the_card_in_front(self, change: Change) -> None:
        """Change the card in front; it stays, or the next one comes."""
        if self.study.refresh() is not None:
            self.study.change(change)
            self.study.refresh()

    @rule(data=st.data(), steps=st.integers(min_value=1, max_value=4))
    def change_and_take_back(self, data: st.DataObject, steps: int) -> None:
        """Make several changes in a row and take each of them back: the cards are as they were."""
        cards = [card for card in self.card_ids() if self.can_be_changed(card)]
        if not cards:
            return
        before = [self.facts(card) for card in cards]
        made = 0
        for _ in range(steps):
            chosen = data.draw(st.lists(st.sampled_from(cards), min_size=1, unique=True))
            change = data.draw(CHANGES)
            if all(self.can_be_changed(card) for card in chosen):
                made += bool(changes.perform(self.learner.workspace, chosen, change).cards)
        for _ in range(made):
            assert undo(self.learner.workspace) is not None
        assert [self.facts(card) for card in cards] == before
        self.study.refresh()

    def can_be_changed(self, card: CardId) -> bool:
        """Return whether a card is there and not deleted."""
        known = self.learner.card(card)
        return not known.archived and not known.state.deleted

    def facts(self, card: CardId) -> Card:
        """Return a card but for the file it stands in: a move of a topic whose file has gone writes another one."""
        return replace(self.learner.card(card), source="")

    @rule(hours=st.sampled_from([0.1, 1, 11, 24, 24 * 9]))
    def wait(self, hours: float) -> None:
        """Let time pass and look again."""
        self.learner.clock.forward(hours=hours)
        self.study.refresh()

    @rule()
    def start_again(self) -> None:
        """Leave without a word, and find the same card in front unless a new study day has begun."""
        front = self.study.refresh()
        goes_on = self.study.session.day == self.learner.workspace.today()[0]
        self.learner.reopen()
        self.study = self.learner.begin()
        if goes_on:
            assert self.study.card() == front

    @rule(place=PLACES, words=st.sampled_from(FOLLOW_UPS))
    def add_or_remove_a_follow_up(self, place: int, words: str) -> None:
        """Add a follow-up, or take it away."""
        follow_ups = self.drafts[place].follow_ups
        if words in follow_ups:
            follow_ups.remove(words)
        else:
            follow_ups.insert(0, words)
        self.take_in()

    @rule(place=PLACES)
    def reword(self, place: int) -> None:
        """Reword the question and the follow-ups a little."""
        draft = self.drafts[place]
        draft.question = draft.question.swapcase() + "?"
        draft.follow_ups = [words.replace("the", "its") for words in draft.follow_ups]
        self.take_in()

    @rule(place=PLACES, deck=st.sampled_from(["deck", "deck/below", "other"]))
    def rename_and_move(self, place: int, deck: str) -> None:
        """Give a topic another title and another deck."""
        draft = self.drafts[place]
        draft.title = draft.title[:-1] if draft.title.endswith("s") else draft.title + "s"
        draft.deck = deck
        self.take_in()

    @rule(place=PLACES)
    def remove_or_bring_back(self, place: int) -> None:
        """Take a topic's file away, or bring it back."""
        self.drafts[place].is_there = not self.drafts[place].is_there
        self.take_in()

    def card_ids(self) -> list[CardId]:
        """Return the ids of all cards, archived ones included."""
        read = self.learner.workspace.database.read
        return [row[0] for row in read("SELECT id FROM card ORDER BY id", {})]

    @invariant()
    def cache_is_fold(self) -> None:
        """Every topic's state is what replaying its log gives."""
        assert_state_is_fold(self.learner.workspace)

    @invariant()
    def every_question_stands_first(self) -> None:
        """Every topic has one question, and its id is the topic's own."""
        read = self.learner.workspace.database.read
        for topic in self.learner.topics():
            standing = states.standing_of_topic(read, topic)
            assert standing is not None
            assert str(standing.state.question) == topic

    @invariant()
    def the_index_has_every_card_with_its_words(self) -> None:
        """The full-text index holds the cards that are there, each once, with the words of its question."""
        read = self.learner.workspace.database.read
        cards = read("SELECT number, question FROM card WHERE NOT archived ORDER BY number", {})
        indexed = read("SELECT rowid, text FROM search_text ORDER BY rowid", {})
        assert [number for number, _ in indexed] == [number for number, _ in cards]
        assert all(folded(question) in text for (_, question), (_, text) in zip(cards, indexed, strict=True))

    def teardown(self) -> None:
        """Remove the library."""
        self.learner.workspace.close()
        shutil.rmtree(self.folder)


TestStudying = Studying.TestCase
TestStudying.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
