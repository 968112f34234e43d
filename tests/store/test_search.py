"""Found cards: each term of the language against a small library, and words against a plain reading of the texts."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.config import Settings
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.search import parse
from quizapp.core.search.folding import folded
from quizapp.core.search.pattern import Pattern
from quizapp.core.search.query import Words
from quizapp.core.search.sorting import Sorting, SortKey
from quizapp.errors import QueryError
from quizapp.services.find import card_ids, find, moment_of_search, rows
from quizapp.store import search, search_sql
from tests.learner import Learner

ANSWERS = {
    "Alpha": "The **underdog** wins; see self-attention.\nA doggy of the\nvariance, 3 × 10⁷.",
    "Beta": "A dog and a cat. ∂L/∂x → 0, √L. Straße, ÜBER, ΣΊΣΥΦΟΣ. snake_case x_t",
    "Gamma": "cat\n\ndig dung d g. (parenthesis) 100% `a->b` C++ 深度学习",
}


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """Return a learner with three topics in two decks, each with a follow-up."""
    learner = Learner(tmp_path, settings=Settings(fuzz=False, leech_lapses=1))
    for title, deck in (("Alpha", "deep/one"), ("Beta", "deep"), ("Gamma", "wide area")):
        learner.write(title, "And then?", deck=deck, answer=ANSWERS[title])
    learner.add()
    yield learner
    learner.workspace.close()


def found(learner: Learner, query: str, sorting: Sorting = Sorting()) -> list[str]:  # noqa: B008 - a value
    """Return the ids of the questions that a query finds; a follow-up's as its topic's with a sign."""
    ids = card_ids(learner.workspace, find(learner.workspace, query, sorting).numbers)
    return [card.replace("/and-then", "+") for card in ids]


WORDS = [
    ("dog", "alpha alpha+ beta beta+"),
    ("DOG", "alpha alpha+ beta beta+"),
    ("dog cat", "beta beta+"),
    ("dog or cat", "alpha alpha+ beta beta+ gamma gamma+"),
    ("dog -cat", "alpha alpha+"),
    ("-dog", "gamma gamma+"),
    ('"a dog"', "alpha alpha+ beta beta+"),
    ('"dog and"', "beta beta+"),
    ('"of the variance"', "alpha alpha+"),
    ('"f the varia"', "alpha alpha+"),
    ('" dog "', "beta beta+"),
    ("d_g", "alpha alpha+ beta beta+ gamma gamma+"),
    ("d*g", "alpha alpha+ beta beta+ gamma gamma+"),
    ("u_d_r", "alpha alpha+"),
    ("w:dog", "beta beta+"),
    ("w:dog*", "alpha alpha+ beta beta+"),
    ("w:*dog", "alpha alpha+ beta beta+"),
    ("w:d_g", "beta beta+ gamma gamma+"),
    ('w:"a dog"', "beta beta+"),
    ("w:case", "beta beta+"),
    ("strasse", "beta beta+"),
    ("über", "beta beta+"),
    ("σίσυφος", "beta beta+"),
    ("w:ÜBER", "beta beta+"),
    ("∂", "beta beta+"),
    ("√L", "beta beta+"),
    ("∂l/∂X", "beta beta+"),
    ("⁷", "alpha alpha+"),
    ("学习", "gamma gamma+"),
    ("c++", "gamma gamma+"),
    ('"->"', "gamma gamma+"),
    (r"\->", "gamma gamma+"),
    ("100%", "gamma gamma+"),
    (r"snake\_case", "beta beta+"),
    (r"x\_t", "beta beta+"),
    (r"\(paren", "gamma gamma+"),
    ("a", "alpha alpha+ beta beta+ gamma gamma+"),
    ("un", "alpha alpha+ gamma gamma+"),
    ("gamma", "gamma gamma+"),
    ("then", "alpha+ beta+ gamma+"),
    (r"re:\d{3}", "gamma gamma+"),
    ('"re:^cat$"', "gamma gamma+"),
    ("re:UNDERDOG", "alpha alpha+"),
    ('"re:(?-i:UNDERDOG)"', ""),
    ("front:then", "alpha+ beta+ gamma+"),
    ("front:alpha", "alpha"),
    ("front:cat", ""),
    ("back:alpha", ""),
    ("back:dog", "alpha alpha+ beta beta+"),
    ("back:d*g", "alpha alpha+ beta beta+ gamma gamma+"),
    ('back:"of the variance"', "alpha alpha+"),
    ("front:*then* back:cat", "beta+ gamma+"),
    ("-front:then back:cat", "beta gamma"),
    ("dupe:", "alpha+ beta+ gamma+"),
    ("card:question", "alpha beta gamma"),
    ("card:follow-up -back:cat", "alpha+"),
    ("nid:alpha,gamma", "alpha alpha+ gamma gamma+"),
    ("nowhere", ""),
    ("nowhere or gamma", "gamma gamma+"),
    ("nowhere -gamma", ""),
    ('"zzz variance"', ""),
    ("*", "alpha alpha+ beta beta+ gamma gamma+"),
]


@pytest.mark.parametrize(("query", "cards"), WORDS, ids=[query for query, _ in WORDS])
def test_text_is_found(learner: Learner, query: str, cards: str) -> None:
    """Words inside of words, phrases over line ends, wildcards, word borders, signs, other scripts."""
    assert found(learner, query) == cards.split()


def place(learner: Learner) -> None:
    """Give the cards different pasts: Alpha's question is forgotten and relearning, Beta's is in review."""
    learner.fronts(learner.begin("deep/one"), [Rating.EASY])
    learner.fronts(learner.begin("deep"), [Rating.EASY])
    learner.clock.forward(days=9)
    study = learner.begin("deep/one")
    assert study.session.current == "alpha"
    learner.fronts(study, [Rating.AGAIN])
    learner.note("gamma", EntryKind.SUSPEND)
    learner.note("gamma/and-then", EntryKind.FLAG, value=3)
    learner.note("gamma/and-then", EntryKind.TAG, words="Mine::Hard")
    learner.note("beta/and-then", EntryKind.BURY)


FACTS = [
    ("is:new", "alpha+ beta+ gamma gamma+"),
    ("is:learn", "alpha"),
    ("is:review", "alpha beta"),
    ("is:learn is:review", "alpha"),
    ("-is:learn is:review", "beta"),
    ("is:due", "alpha beta"),
    ("is:suspended", "gamma"),
    ("is:buried", "alpha+ beta+"),
    ("is:buried-manually", "beta+"),
    ("is:buried-sibling", "alpha+"),
    ("is:leech", "alpha"),
    ("is:locked", "gamma+"),
    ("is:flagged", "gamma+"),
    ("flag:3", "gamma+"),
    ("-flag:0", "gamma+"),
    ("deck:deep", "alpha alpha+ beta beta+"),
    ("deck:DEEP::one", "alpha alpha+"),
    ("deck:deep -deck:deep::*", "beta beta+"),
    ("deck:deep/*", "alpha alpha+"),
    ('deck:"wide area"', "gamma gamma+"),
    ("deck:w*", "gamma gamma+"),
    ("deck:dee", ""),
    ("tag:a", "alpha alpha+ beta beta+ gamma gamma+"),
    ("tag:mine", "gamma+"),
    ("tag:mine::hard", "gamma+"),
    ("tag:min*", "gamma+"),
    ("tag:min", ""),
    ("tag:none", ""),
    ("tag:re:hard$", "gamma+"),
    ("tag:mine or tag:nowhere", "gamma+"),
    ("dog tag:mine", ""),
    ("prop:lapses>=1", "alpha"),
    ("prop:reps=2", "alpha"),
    ("prop:ivl=8", "beta"),
    ("prop:ivl<1", "alpha alpha+ beta+ gamma gamma+"),
    ("prop:due=-1", "beta"),
    ("prop:due=0", "alpha"),
    ("prop:due<1", "alpha beta"),
    ("prop:s>5", "beta"),
    ("prop:s<5", "alpha"),
    ("prop:d<=10", "alpha beta"),
    ("prop:r<90%", "beta"),
    ("prop:r=1", "alpha"),
    ("difficulty:2", "alpha alpha+ beta beta+ gamma gamma+"),
    ("difficulty:>2", ""),
    ("added:9", ""),
    ("added:10", "alpha alpha+ beta beta+ gamma gamma+"),
    ("rated:1", "alpha"),
    ("rated:1:4", ""),
    ("rated:10:4", "alpha beta"),
    ("introduced:9", ""),
    ("introduced:10", "alpha beta"),
    ("id:ALPHA,gamma", "alpha gamma"),
    ("cid:alpha/and-then", "alpha+"),
    ("topic:Gamma", "gamma gamma+"),
    ("topic:*a is:suspended", "gamma"),
    ("dog is:review", "alpha beta"),
    ("(dog is:learn) or flag:3", "alpha gamma+"),
    ("", "alpha alpha+ beta beta+ gamma gamma+"),
]


@pytest.fixture
def placed(learner: Learner) -> Learner:
    """Return the learner after ten days."""
    place(learner)
    return learner


def test_facts_are_found(placed: Learner) -> None:
    """States, figures, decks, tags, days and flags, each with what Anki's manual says of it."""
    assert {query: " ".join(found(placed, query)) for query, _ in FACTS} == dict(FACTS)
    for query, cards in FACTS:
        tree = find(placed.workspace, query).query
        assert tree == query
        assert len(cards.split()) == len(find(placed.workspace, query).numbers)


def test_cards_without_tags_are_found_by_none(learner: Learner) -> None:
    """Neither the topic's tags nor the learner's own."""
    path = learner.write("Delta", "And then?")
    path.write_text(path.read_text(encoding="utf-8").replace("**Tags:** a, b\n", ""), encoding="utf-8")
    learner.add()
    assert found(learner, "tag:none") == ["delta", "delta+"]
    learner.note("delta", EntryKind.TAG, words="own")
    assert found(learner, "tag:none") == ["delta+"]
    assert found(learner, "tag:own or tag:b -deck:deep") == ["gamma", "gamma+", "delta"]


def test_deleted_cards_are_found_only_when_asked_for(learner: Learner) -> None:
    """Neither by words nor by facts, unless the query speaks of them."""
    learner.note("beta", EntryKind.DELETE)
    assert found(learner, "cat") == ["beta+", "gamma", "gamma+"]
    assert found(learner, "deck:deep") == ["alpha", "alpha+", "beta+"]
    assert found(learner, "is:deleted") == ["beta"]
    assert found(learner, "cat is:deleted") == ["beta"]
    learner.note("beta", EntryKind.RESTORE)
    assert found(learner, "cat") == ["beta", "beta+", "gamma", "gamma+"]


def test_the_index_follows_edits_moves_and_what_has_gone(learner: Learner) -> None:
    """New words are found, old ones are not, a topic that has gone is not found, and comes back with its words."""
    learner.learn("Gamma", "And then?", deck="deep", answer="A whale.")
    assert found(learner, "whale") == ["gamma", "gamma+"]
    assert found(learner, "dung") == []
    assert found(learner, "deck:deep cat") == ["beta", "beta+"]
    path = learner.decks / "gamma.md"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    learner.add()
    assert found(learner, "whale") == []
    assert found(learner, "topic:gamma") == []
    path.write_text(text, encoding="utf-8")
    learner.add()
    assert found(learner, "whale") == ["gamma", "gamma+"]


def test_a_follow_up_of_its_own_answer_is_found_by_it_alone(learner: Learner) -> None:
    """It is found by what stands on it: the topic's answer stands on the question."""
    path = learner.write("Delta", "And then?", answer="A whale.")
    path.write_text(path.read_text(encoding="utf-8") + "\n  A shark.\n", encoding="utf-8")
    learner.add()
    assert found(learner, "whale") == ["delta"]
    assert found(learner, "shark") == ["delta+"]


def test_every_order_holds_all_cards_and_those_without_the_figure_last(placed: Learner) -> None:
    """Sorting loses nothing; a card that was never reviewed has no stability and stands at the end either way."""
    everything = set(found(placed, ""))
    for key in SortKey:
        for descending in (False, True):
            assert set(found(placed, "", Sorting(key, descending))) == everything
    assert found(placed, "", Sorting(SortKey.STABILITY))[:2] == ["alpha", "beta"]
    assert found(placed, "", Sorting(SortKey.STABILITY, descending=True))[:2] == ["beta", "alpha"]
    assert found(placed, "", Sorting(SortKey.DUE))[:2] == ["beta", "alpha"]
    assert found(placed, "is:new", Sorting(SortKey.DECK, descending=True))[0] == "gamma"
    assert found(placed, "dog", Sorting(SortKey.ADDED, descending=True)) == [
        "beta+",
        "beta",
        "alpha+",
        "alpha",
    ]


def test_rows_come_in_the_order_asked_for_and_without_what_has_gone(placed: Learner) -> None:
    """A page of numbers gives the cards, and the day on which they came in."""
    numbers = list(find(placed.workspace, "dog").numbers)
    assert [row.card.id for row in rows(placed.workspace, [numbers[1], 10**9, numbers[0]])] == [
        "alpha/and-then",
        "alpha",
    ]
    moment = moment_of_search(placed.workspace)
    assert {row.added_day for row in rows(placed.workspace, numbers)} == {moment.day - 9}
    assert search.count(placed.workspace.database.read, Words(Pattern(("dog",))), moment) == 4


SIGNS = "abAB üÜßσΣς∂√.-_*%\\'\"()/:深\n^é"


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_found_as_by_reading_every_text(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the letters and signs, the index gives the cards whose folded text holds the folded words."""
    texts = data.draw(
        st.lists(
            st.text(SIGNS, min_size=1, max_size=30).filter(lambda text: text.strip()), min_size=1, max_size=4
        )
    )
    learner = Learner(tmp_path_factory.mktemp("home"))
    for number, text in enumerate(texts):
        body = "    " + text.replace("\n", "\n    ")
        learner.write(f"T{number}", question="Q", answer=f"x\n\n{body}\n\nx")
    learner.add()
    kept = learner.workspace.database.read(
        "SELECT c.number, t.title, c.question, t.answer FROM card c JOIN topic t ON t.id = c.topic_id", {}
    )
    drawn = random.Random(data.draw(st.integers(0, 10**6)))
    for _ in range(20):
        whole = folded(drawn.choice(texts))
        start = drawn.randrange(len(whole))
        needle = whole[start : start + drawn.randint(1, 6)]
        expected = [row[0] for row in kept if any(folded(needle) in folded(part) for part in row[1:])]
        got = search.numbers(
            learner.workspace.database.read,
            Words(Pattern((needle,))),
            moment_of_search(learner.workspace),
            Sorting(),
        )
        assert got == expected, needle
    learner.workspace.close()


PIECES = st.one_of(
    st.text(max_size=4),
    st.sampled_from(
        ['"', "(", ")", "-", " ", " or ", " and ", "\\", "*", "_", "%", "'", "\x00", "\x1f", "NEAR", "tag:", "deck:",
         "w:", "re:", "tag:re:", "is:due", "is:buried", "prop:r>0.5", "prop:due<3", "rated:3:1", "added:1", "flag:2",
         "topic:", "id:", "difficulty:>2", "introduced:4", "dog", "∂", "深"]
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """Return a learner whose library is only read."""
    learner = Learner(tmp_path_factory.mktemp("home"))
    learner.learn("Alpha", "And then?", answer=ANSWERS["Alpha"])
    yield learner
    learner.workspace.close()


@given(pieces=st.lists(PIECES, max_size=8))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_finds_cards_or_is_refused(library: Learner, pieces: list[str]) -> None:
    """No query reaches the database as anything but what it looks for; found and not found are all cards together."""
    query = "".join(pieces)
    try:
        found_numbers = set(find(library.workspace, query).numbers)
    except QueryError:
        return
    assert found_numbers <= {1, 2}
    with contextlib.suppress(QueryError):
        others = set(find(library.workspace, f"-({query})").numbers)
        assert others == {1, 2} - found_numbers or "is:deleted" in query or not query.strip()


@pytest.mark.parametrize(
    "query", ["", "prop:ivl>10", "is:review -flag:1", "-dog", "added:7 or prop:lapses>3"]
)
def test_what_reads_every_card_sorts_none(learner: Learner, query: str) -> None:
    """The facts of the cards are read in the order of their numbers."""
    read = learner.workspace.database.read
    statement = search_sql.numbers_of(read, parse(query), moment_of_search(learner.workspace))
    ordered = f"EXPLAIN QUERY PLAN {statement.statement} ORDER BY {statement.number}"
    assert not [row for row in read(ordered, statement.parameters) if "TEMP B-TREE" in row[3]]
