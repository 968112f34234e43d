"""Matching topics read from files against those of the library."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.deck_ids import slug
from quizapp.core.reconcile import KnownCard, KnownTopic, Reconciliation, reconcile
from quizapp.core.topic import CardId, CardKind, FollowUp, PredictionBlock, Topic, TopicId

FLOW = "How do shortcuts keep the gradient alive in deep networks?"
NORM = "What is the difference between pre-norm and post-norm blocks?"
DEPTH = "Why do plain networks stop to improve beyond twenty layers?"


def made(title: str, question: str, *follow_ups: str, own_id: str = "") -> Topic:
    """Return a topic as the parser gives it."""
    return Topic(
        id=TopicId(own_id or slug(title)),
        title=title,
        deck="d",
        difficulty=3,
        tags=(),
        question=question,
        answer="a",
        follow_ups=tuple(FollowUp(words) for words in follow_ups),
    )


def applied(known: list[KnownTopic], done: Reconciliation) -> list[KnownTopic]:
    """Return what the library holds after it did what it was told."""
    gone = set(done.archived)
    before = {topic.id: topic for topic in known}
    held = {}
    for kept in done.topics:
        topic = kept.topic
        ids = (kept.question_card, *kept.follow_up_cards, *kept.prediction_cards)
        words = (
            topic.question,
            *(follow_up.question for follow_up in topic.follow_ups),
            *(block.markdown for block in topic.predictions),
        )
        kinds = [CardKind.QUESTION] + [CardKind.FOLLOW_UP] * len(topic.follow_ups)
        kinds += [CardKind.PREDICTION] * len(topic.predictions)
        cards = [KnownCard(*card) for card in zip(ids, kinds, words, strict=True)]
        old = before[topic.id].cards if topic.id in before else ()
        cards += [
            replace(card, archived=card.archived or card.id in gone) for card in old if card.id not in ids
        ]
        held[topic.id] = KnownTopic(topic.id, kept.path, topic.title, topic.question, False, tuple(cards))
    for topic_id, old_topic in before.items():
        if topic_id not in held:
            cards = [replace(card, archived=card.archived or card.id in gone) for card in old_topic.cards]
            archived = old_topic.archived or topic_id in done.archived_topics
            held[topic_id] = replace(old_topic, archived=archived, cards=tuple(cards))
    return list(held.values())


def library(*topics: tuple[str, Topic]) -> list[KnownTopic]:
    """Return a library that holds these topics."""
    return applied([], reconcile([], topics, set()))


def changes(done: Reconciliation) -> dict[str, tuple[str, ...]]:
    """Return the lists that are not empty."""
    names = ("added", "changed", "renamed", "archived", "restored", "archived_topics")
    return {name: getattr(done, name) for name in names if getattr(done, name)}


def test_new_topics_get_their_own_ids() -> None:
    """What the library does not know is added under the ids that follow from the text."""
    done = reconcile([], [("a.md", made("Flow", FLOW, "Why so?"))], set())
    assert changes(done) == {"added": ("flow", "flow/why-so")}
    assert done.topics[0].follow_up_cards == ("flow/why-so",)


def test_an_edited_follow_up_keeps_its_card() -> None:
    """Changed words are matched by similarity, and told."""
    known = library(("a.md", made("Flow", FLOW, NORM, DEPTH)))
    ids = [card.id for card in known[0].cards]
    done = reconcile(known, [("a.md", made("Flow", FLOW, NORM, DEPTH.replace("twenty", "50")))], set())
    assert changes(done) == {"changed": (ids[2],)}
    assert done.topics[0].follow_up_cards == (ids[1], ids[2])


def test_exact_words_go_before_similar_ones() -> None:
    """A follow-up that is still there keeps its card, even where a likely one stands in its place."""
    known = library(("a.md", made("T", FLOW, "What does pre-norm change?", "What does post-norm change?")))
    ids = [card.id for card in known[0].cards]
    edited = made("T", FLOW, "What does post-norm change?", "What does rms-norm change?")
    done = reconcile(known, [("a.md", edited)], set())
    assert done.topics[0].follow_up_cards == (ids[2], ids[1])


def test_a_vanished_follow_up_is_archived_and_returns_with_its_id() -> None:
    """Nothing is deleted: the card waits under its id."""
    full, less = made("T", FLOW, NORM, DEPTH), made("T", FLOW, NORM)
    known = library(("a.md", full))
    lost = known[0].cards[2].id
    done = reconcile(known, [("a.md", less)], set())
    assert changes(done) == {"archived": (lost,)}
    known = applied(known, done)
    assert changes(reconcile(known, [("a.md", less)], set())) == {}
    assert changes(reconcile(known, [("a.md", full)], set())) == {"restored": (lost,)}


def test_a_new_follow_up_never_takes_the_id_of_an_archived_one() -> None:
    """The same slug with other words gets a number."""
    question = KnownCard(CardId("t"), CardKind.QUESTION, FLOW)
    old = KnownCard(CardId("t/why-so"), CardKind.FOLLOW_UP, DEPTH, archived=True)
    known = [KnownTopic(TopicId("t"), "a.md", "T", FLOW, False, (question, old))]
    done = reconcile(known, [("a.md", made("T", FLOW, "Why so?"))], set())
    assert changes(done) == {"added": ("t/why-so-2",)}


def test_a_moved_file_keeps_its_ids() -> None:
    """The id finds the topic again wherever its file lies."""
    topic = made("Flow", FLOW, NORM)
    known = library(("a.md", topic))
    done = reconcile(known, [("sub/b.md", topic)], {"a.md"})
    assert changes(done) == {"renamed": tuple(card.id for card in known[0].cards)}


def test_an_edited_title_keeps_the_ids() -> None:
    """The path finds the topic again, and the topic comes out under its old id."""
    known = library(("a.md", made("Flow", FLOW, NORM)))
    done = reconcile(known, [("a.md", made("Gradient flow", FLOW, NORM))], set())
    assert done.topics[0].topic.id == "flow"
    assert changes(done) == {"renamed": tuple(card.id for card in known[0].cards)}


def test_a_renamed_file_with_an_edited_title_is_found_by_its_question() -> None:
    """The same question, or a similar one, of a topic that vanished is that topic."""
    known = library(("a.md", made("Flow", FLOW)), ("b.md", made("Norm", NORM)))
    incoming = [
        ("x.md", made("New flow", FLOW)),
        ("y.md", made("New norm", NORM.replace("blocks", "layers"))),
    ]
    done = reconcile(known, incoming, {"a.md", "b.md"})
    assert [kept.topic.id for kept in done.topics] == ["flow", "norm"]
    assert changes(done) == {"changed": ("norm",), "renamed": ("flow", "norm")}


def test_a_new_topic_does_not_have_the_history_of_one_that_only_sounds_like_it() -> None:
    """Most short questions are "What is ...?"; a slip that is mended makes no other topic."""
    asked = ("What is batch norm?", "What is deep?", "Why so?")
    known = library(*((f"{number}.md", made(f"T{number}", one)) for number, one in enumerate(asked)))
    known = applied(known, reconcile(known, [], {"0.md", "1.md", "2.md"}))
    others = ("What is layer norm?", "What is full?", "Why not?")
    incoming = [(f"x{number}.md", made(f"X{number}", one)) for number, one in enumerate(others)]
    assert changes(reconcile(known, incoming, set())) == {"added": ("x0", "x1", "x2")}
    mended = reconcile(known, [("y.md", made("Y", "What are batch norms?"))], set())
    assert mended.topics[0].topic.id == "t0"


def test_swapped_files_keep_their_topics() -> None:
    """Two files that trade places are the same two topics."""
    flow, norm = made("Flow", FLOW), made("Norm", NORM)
    known = library(("a.md", flow), ("b.md", norm))
    done = reconcile(known, [("a.md", norm), ("b.md", flow)], set())
    assert changes(done) == {"renamed": ("norm", "flow")}


def test_vanished_topics_of_the_covered_paths_are_archived() -> None:
    """Topics from other places are left alone, and a returning one is restored."""
    flow, norm, depth = made("Flow", FLOW, "Why?"), made("Norm", NORM), made("Depth", DEPTH)
    known = library(("d/a.md", flow), ("d/b.md", norm), ("e/c.md", depth))
    done = reconcile(known, [("d/b.md", norm)], {"d/a.md", "d/b.md"})
    assert changes(done) == {"archived": ("flow", "flow/why"), "archived_topics": ("flow",)}
    known = applied(known, done)
    assert changes(reconcile(known, [], {"d/a.md"})) == {}
    assert changes(reconcile(known, [("d/a.md", flow)], set())) == {"restored": ("flow", "flow/why")}


def test_two_decks_may_use_one_title() -> None:
    """A topic elsewhere with the same title and another question is another topic, on every further run."""
    known = library(("d/a.md", made("Intro", FLOW)))
    incoming = [("e/a.md", made("Intro", NORM))]
    done = reconcile(known, incoming, set())
    assert changes(done) == {"added": ("intro-2",)}
    known = applied(known, done)
    assert changes(reconcile(known, incoming, set())) == {}
    edited = reconcile(known, [("e/a.md", made("Intro", DEPTH))], set())
    assert changes(edited) == {"changed": ("intro-2",)}


def test_an_explicit_id_is_obeyed_wherever_the_file_lies() -> None:
    """An id that does not follow from the title names the topic, whatever its text says now."""
    known = library(("d/a.md", made("Flow", FLOW, own_id="x1")))
    done = reconcile(known, [("e/z.md", made("Else", NORM, own_id="x1"))], set())
    assert changes(done) == {"changed": ("x1",), "renamed": ("x1",)}


def test_another_explicit_id_with_another_question_is_another_topic() -> None:
    """A file whose content was exchanged does not inherit the history of what it held."""
    known = library(("a.md", made("Flow", FLOW)))
    done = reconcile(known, [("a.md", made("Norm", NORM, own_id="x2"))], set())
    assert changes(done) == {"added": ("x2",), "archived": ("flow",), "archived_topics": ("flow",)}


WORDS = [
    *("why", "does", "the", "gradient", "norm", "of", "deep", "residual"),
    *("nets", "vanish", "or", "explode", "with", "depth", "and", "scale"),
]
QUESTIONS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
PATHS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)


@st.composite
def folders(draw: st.DrawFn) -> list[tuple[str, Topic]]:
    """Draw the topics of some files; ids, titles and questions may clash."""
    return [
        (
            path,
            made(
                draw(st.sampled_from(["One", "Two", "Three"])),
                draw(QUESTIONS),
                *draw(st.lists(QUESTIONS, max_size=4)),
                own_id=draw(st.sampled_from(["", "", "one", "two-2"])),
            ),
        )
        for path in draw(PATHS)
    ]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(folders(), st.frozensets(st.sampled_from("abcdef"))), min_size=1, max_size=4))
def test_a_second_run_finds_nothing_to_do(
    history: list[tuple[list[tuple[str, Topic]], frozenset[str]]],
) -> None:
    """After any history no two cards share an id, none is lost, and the same files again change nothing."""
    known: list[KnownTopic] = []
    for incoming, covered in history:
        done = reconcile(known, incoming, covered)
        active = [(kept.question_card, *kept.follow_up_cards) for kept in done.topics]
        assert len(set(chain(*active))) == len(list(chain(*active)))
        old_ids = {card.id for topic in known for card in topic.cards}
        known = applied(known, done)
        ids = [card.id for topic in known for card in topic.cards]
        assert len(set(ids)) == len(ids)
        assert old_ids <= set(ids)
        assert changes(reconcile(known, incoming, covered)) == {}


def with_permutation(questions: list[str]) -> st.SearchStrategy[tuple[list[str], list[str]]]:
    """Return the questions beside some order of them."""
    return st.tuples(st.just(questions), st.permutations(questions))


@settings(deadline=None, max_examples=60)
@given(st.lists(QUESTIONS, unique=True, min_size=1, max_size=6).flatmap(with_permutation))
def test_order_does_not_matter(lists: tuple[list[str], list[str]]) -> None:
    """Follow-ups keep their cards in whatever order they stand."""
    questions, shuffled = lists
    known = library(("a.md", made("T", FLOW, *questions)))
    ids = dict(zip(questions, [card.id for card in known[0].cards[1:]], strict=True))
    done = reconcile(known, [("a.md", made("T", FLOW, *shuffled))], set())
    assert done.topics[0].follow_up_cards == tuple(ids[words] for words in shuffled)
    assert changes(done) == {}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), unique=True, min_size=4, max_size=8), st.integers(0, 7))
def test_an_edit_of_one_word_keeps_the_id(words: list[str], place: int) -> None:
    """One other word in a question of four words or more is an edit."""
    edited = [*words]
    edited[place % len(words)] = "entirely"
    known = library(("a.md", made("T", FLOW, "Zzz?", " ".join(words))))
    done = reconcile(known, [("a.md", made("T", FLOW, " ".join(edited), "Zzz?"))], set())
    assert done.topics[0].follow_up_cards == (known[0].cards[2].id, known[0].cards[1].id)


def asking(*blocks: PredictionBlock) -> Topic:
    """Return a topic with these prediction cards."""
    return replace(made("Flow", FLOW), predictions=blocks)


SCALE = PredictionBlock("scale-explosion", (("depth", "10..80"),), 0.3)
GRADIENT = PredictionBlock("vanishing-gradients", (("depth", "10..50"),))


def test_a_prediction_card_stays_while_it_asks_its_simulation() -> None:
    """Other ranges, another tolerance and another place are edits; a new block gets a new id."""
    known = library(("flow.md", asking(SCALE, GRADIENT)))
    edited = replace(SCALE, settings=(("depth", "20..40"), ("c", "0,1")), tolerance=0.1)
    done = reconcile(known, [("flow.md", asking(GRADIENT, edited))], set())
    (kept,) = done.topics
    assert kept.prediction_cards == ("flow/predict-vanishing-gradients", "flow/predict-scale-explosion")
    assert (done.added, done.archived) == ((), ())
    assert done.changed == ("flow/predict-scale-explosion",)


def test_of_two_cards_of_one_simulation_the_likest_stays() -> None:
    """A block put before another one does not take its history over."""
    known = library(("flow.md", asking(SCALE)))
    fresh = PredictionBlock("scale-explosion", (("depth", "2..5"), ("dtype", "fp16")))
    (kept,) = reconcile(known, [("flow.md", asking(fresh, SCALE))], set()).topics
    assert kept.prediction_cards == ("flow/predict-scale-explosion-2", "flow/predict-scale-explosion")


def test_a_prediction_card_that_vanishes_is_archived_and_comes_back() -> None:
    """With its id, hence with its history; another simulation is another card."""
    known = library(("flow.md", asking(SCALE)))
    gone = reconcile(known, [("flow.md", asking(GRADIENT))], set())
    assert gone.archived == ("flow/predict-scale-explosion",)
    assert gone.added == ("flow/predict-vanishing-gradients",)
    back = reconcile(applied(known, gone), [("flow.md", asking(SCALE))], set())
    assert back.restored == ("flow/predict-scale-explosion",)
    assert back.archived == ("flow/predict-vanishing-gradients",)
