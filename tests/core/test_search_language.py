"""The search language: what a query means, and what is said of one that means nothing."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.search import parse
from quizapp.core.search.folding import folded
from quizapp.core.search.pattern import Pattern, Wild
from quizapp.core.search.query import (
    AddedWithin,
    And,
    Compared,
    Comparison,
    Everything,
    Figure,
    Flagged,
    InDeck,
    InState,
    IntroducedWithin,
    Not,
    OfDifficulty,
    Or,
    Query,
    RatedWithin,
    Regex,
    State,
    Tagged,
    TaggedLike,
    WholeWord,
    WithIds,
    Words,
    names_state,
)
from quizapp.errors import ExitCode, QueryError


def text(*pieces: str | Wild) -> Words:
    """Return a search for a text."""
    return Words(Pattern(pieces))


DOG, CAT, MOUSE = text("dog"), text("cat"), text("mouse")

MEANINGS: list[tuple[str, Query]] = [
    ("", Everything()),
    ("   ", Everything()),
    ("dog", DOG),
    ("dog cat", And((DOG, CAT))),
    ("dog and cat", And((DOG, CAT))),
    ("dog OR cat", Or((DOG, CAT))),
    ("dog cat or mouse", Or((And((DOG, CAT)), MOUSE))),
    ("dog (cat or mouse)", And((DOG, Or((CAT, MOUSE))))),
    ("-dog", Not(DOG)),
    ("-(cat or mouse)", Not(Or((CAT, MOUSE)))),
    ('"a dog"', text("a dog")),
    ('-"a dog"', Not(text("a dog"))),
    ('"or"', text("or")),
    ("d_g", text("d", Wild.ONE, "g")),
    ("d*g", text("d", Wild.ANY, "g")),
    (r"d\_g\*", text("d_g*")),
    (r"\-dog", text("-dog")),
    ("self-attention", text("self-attention")),
    (r"\(x\)", text("(x)")),
    (r"a\:b", text("a:b")),
    (r"\"", text('"')),
    ("w:dog*", WholeWord(Pattern(("dog", Wild.ANY)))),
    (r"re:\d{3}", Regex(r"\d{3}")),
    ("re:(grad|skip).*n", Regex("(grad|skip).*n")),
    ("(re:gr(a(b|c)))", Regex("gr(a(b|c))")),
    (r'"re:(some|\"another\").*thing"', Regex('(some|"another").*thing')),
    ("deck:french", InDeck(Pattern(("french",)))),
    ("deck:french::vocab", InDeck(Pattern(("french/vocab",)))),
    ('deck:"french vocab"', InDeck(Pattern(("french vocab",)))),
    ('"deck:french vocab"', InDeck(Pattern(("french vocab",)))),
    ("tag:ani*", Tagged(Pattern(("ani", Wild.ANY)))),
    ("tag:re:^parent$", TaggedLike("^parent$")),
    ("is:due -is:suspended", And((InState(State.DUE), Not(InState(State.SUSPENDED))))),
    ("IS:Leech", InState(State.LEECH)),
    ("flag:0", Flagged(0)),
    ("added:7", AddedWithin(7)),
    ("introduced:365", IntroducedWithin(365)),
    ("rated:7", RatedWithin(7)),
    ("rated:7:1", RatedWithin(7, 1)),
    ("difficulty:4", OfDifficulty(Comparison.EQUAL, 4)),
    ("difficulty:>=4", OfDifficulty(Comparison.AT_LEAST, 4)),
    ("id:a,b", WithIds(("a", "b"))),
    ("prop:ivl>=10", Compared(Figure.INTERVAL, Comparison.AT_LEAST, 10)),
    ("prop:due=-1", Compared(Figure.DUE, Comparison.EQUAL, -1)),
    ("prop:lapses!=3", Compared(Figure.LAPSES, Comparison.UNEQUAL, 3)),
]


@pytest.mark.parametrize(("query", "meaning"), MEANINGS, ids=[query for query, _ in MEANINGS])
def test_a_query_has_its_meaning(query: str, meaning: Query) -> None:
    """Each form that Anki's manual gives, and quizapp's own, becomes its tree."""
    assert parse(query) == meaning


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("prop:r<0.9", 0.9),
        ("prop:r<90", 0.9),
        ("prop:r<90%", 0.9),
        ("prop:d>5", 5),
        ("prop:d>0.5", 5.5),
        ("prop:d>50%", 5.5),
    ],
)
def test_shares_are_taken_as_they_are_said(query: str, value: float) -> None:
    """Recall is a share of 1; difficulty is 1 to 10, or Anki's share of that range."""
    compared = parse(query)
    assert isinstance(compared, Compared)
    assert compared.value == pytest.approx(value)


MISTAKES = [
    ("or", 1, "`or` needs a term", '"or" in quotes'),
    ("dog or", 5, "`or` needs a term", "Write one"),
    ("dog or or cat", 5, "`or` needs a term", "Write one"),
    ("dog (cat", 5, "`(` is not closed", "Write )"),
    ("dog)", 4, "no `(` for this `)`", "Take it away"),
    ("dog ()", 5, "brackets are empty", "Write a term"),
    ("dog re:gr(a", 10, "the bracket is not closed", "Write )"),
    ('dog "cat', 5, "quote is not closed", 'Write "'),
    ('""', 1, "quotes are empty", "between them"),
    ("dog - cat", 5, "nothing follows the minus", "-word"),
    ("dog\\", 4, "backslash stands alone", "\\\\"),
    ("dog is:lerch", 5, "`is:lerch` is no state", "Did you mean `is:leech`?"),
    ("dekc:x", 1, "there is no search `dekc:`", "Did you mean `deck:`?"),
    ("http://x", 1, "there is no search `http:`", "write \\:"),
    ("note:Basic", 1, "there is no search `note:`", "`card:question`"),
    ("Frnt:dog", 1, "there is no search `Frnt:`", "Did you mean `front:`?"),
    ("Reverse:dog", 1, "there is no search `Reverse:`", "`front:` and `back:`"),
    ("deck:current", 1, "no current deck", "deck:foundations"),
    ("dupe:1,dog", 1, "says too much", "`dupe:` alone"),
    ("card:1", 1, "is no kind of card", "card:question"),
    ("nid:", 1, "says nothing", "nid:scale-explosion"),
    ("deck:", 1, "`deck:` says nothing", "deck:foundations"),
    ("prop:ivl", 1, "compares nothing", "prop:ivl>=10"),
    ("prop:ease>2", 1, "no figure `ease`", "prop:d>7"),
    ("prop:ivl>5%", 1, "ivl is no share", "prop:ivl>5"),
    ("rated:0", 1, "names no count of days", "rated:1"),
    ("rated:7:5", 1, "`5` is no rating", "rated:7:1 for Again"),
    ("added:x", 1, "names no count of days", "added:7"),
    ("flag:8", 1, "is no flag", "flag:0"),
    ("difficulty:6", 1, "no difficulty of a topic", "difficulty:>=4"),
    ("dog re:[a", 8, "regular expression is wrong", "Write a regular expression"),
    ("id:", 1, "names no card", "id:"),
    ("dog \udcff", 5, "half a character", "UTF-8"),
    ("(" * 60 + "dog" + ")" * 60, 42, "nested too deep", "Take brackets"),
    ("dog " * 300, 1197, "more than 200 terms", "two steps"),
]


@pytest.mark.parametrize(
    ("query", "column", "what", "hint"), MISTAKES, ids=[query[:20] for query, *_ in MISTAKES]
)
def test_a_mistake_is_named_with_its_place_and_its_cure(
    query: str, column: int, what: str, hint: str
) -> None:
    """The error says at which column, what is wrong and what to write, and ends a command as a wrong use."""
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert raised.value.column == column
    assert raised.value.message.startswith(f"Column {column}: ")
    assert what in raised.value.message
    assert hint in raised.value.hint
    assert raised.value.exit_code is ExitCode.USAGE


@given(st.text(alphabet='ab:-()"\\*_ or=<>1prodeckisu', max_size=40))
def test_whatever_is_typed_is_a_query_or_a_mistake_within_it(query: str) -> None:
    """No text ends in another error, and a mistake's column lies in the text or just after it."""
    with contextlib.suppress(QueryError):
        parse(query)
        return
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert 1 <= raised.value.column <= len(query) + 1
    assert raised.value.hint


def test_a_state_is_seen_wherever_it_stands() -> None:
    """Deleted cards are searched when, and only when, the query speaks of them."""
    assert names_state(parse("dog or -(cat is:deleted)"), State.DELETED)
    assert not names_state(parse("dog is:due"), State.DELETED)


def test_folding_takes_away_what_only_looks_different() -> None:
    """Case, composed characters and line breaks do not matter; the order of letters does."""
    assert folded("STRASSE\n  und") == folded("Straße und") == "strasse und"
    assert folded("e\u0301") == folded("É") == "é"
    assert folded(" a ") == " a "
    assert folded("") == ""
