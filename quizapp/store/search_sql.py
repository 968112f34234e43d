"""A search's tree as one statement with bound parameters."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from quizapp.core.search.folding import folded
from quizapp.core.search.moment import Moment
from quizapp.core.search.pattern import hierarchy_regex
from quizapp.core.search.query import (
    AddedWithin,
    And,
    AskedTwice,
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
    OfKind,
    OfTopic,
    OnSide,
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
from quizapp.core.session import LEARN_AHEAD_MS
from quizapp.store import search_words
from quizapp.store.database import Execute
from quizapp.store.search_words import Documents

_DAY_MS = 86_400_000
_BEFORE_ALL = 100_000
"""Days; SQLite divides towards zero, and a learning card may have been due before today."""

DUE_IN = (
    "CASE c.phase WHEN 'review' THEN c.due_day - :day"
    " WHEN 'new' THEN CASE WHEN c.not_before > 0 THEN c.not_before - :day END"
    f" ELSE (c.due_at - :day_ms + {_BEFORE_ALL * _DAY_MS}) / {_DAY_MS} - {_BEFORE_ALL} END"
)
"""In how many study days a card falls due; NULL for a new one whose day was not set."""
INTERVAL = "CASE c.phase WHEN 'review' THEN c.due_day - c.last_day ELSE 0 END"
RECALL = "CASE WHEN c.reps > 0 THEN recall(c.stability, max(0, :day - c.last_day)) END"

_FIGURES = {
    Figure.INTERVAL: INTERVAL,
    Figure.DUE: DUE_IN,
    Figure.LAPSES: "c.lapses",
    Figure.REPS: "c.reps",
    Figure.STABILITY: "CASE WHEN c.reps > 0 THEN c.stability END",
    Figure.DIFFICULTY: "CASE WHEN c.reps > 0 THEN c.difficulty END",
    Figure.RECALL: RECALL,
}
_BY_HAND = "c.buried_until > :day"
_BY_SIBLING = (
    "(c.buried_until <= :day AND c.available_day > :day AND"
    " (c.queue = 'review' AND c.due_day <= :day OR c.queue = 'new' AND c.not_before <= :day))"
)
_STATES = {
    State.NEW: "c.phase = 'new'",
    State.LEARN: "c.phase IN ('learning', 'relearning')",
    State.REVIEW: "c.phase IN ('review', 'relearning')",
    State.DUE: (
        "(c.queue = 'review' AND c.available_day <= :day"
        " OR c.queue = 'learning' AND c.available_day <= :day AND c.due_at <= :ahead)"
    ),
    State.SUSPENDED: "c.suspended <> 0",
    State.BURIED: f"({_BY_HAND} OR {_BY_SIBLING})",
    State.BURIED_BY_HAND: _BY_HAND,
    State.BURIED_BY_SIBLING: _BY_SIBLING,
    State.LEECH: "c.lapses >= :leech_lapses",
    State.FLAGGED: "c.flag > 0",
    State.LOCKED: "c.queue = 'locked'",
    State.DELETED: "c.deleted <> 0",
}
# The log's ids begin with their time, so that few entries are read for a few days.
_RATED = """c.id IN (SELECT card_id FROM log WHERE id >= {earliest} AND day > {day} AND rating IS NOT NULL{rating}
    AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id))"""
# A topic's texts are read once, not once for each of its cards.
_FOUND_BY = """(found_by({regex}, c.question || char(10) || c.answer)
    OR c.topic_id IN (SELECT id FROM topic WHERE found_by({regex}, title))
    OR c.answer = '' AND c.topic_id IN (SELECT id FROM topic WHERE found_by({regex}, answer || char(10) || cover)))"""
_ASKED_TWICE = """c.id IN (SELECT id FROM (
    SELECT id, count(*) OVER (PARTITION BY trim(question) COLLATE NOCASE) AS times
    FROM card WHERE NOT archived AND NOT deleted) WHERE times > 1)"""
_IN_LIBRARY = "NOT c.archived"


@dataclass
class Found:
    """A statement that gives the numbers of the cards that a query means, and its parameters.

    Attributes:
        number: What the statement can be sorted by, for the order of numbers.
        reads_cards: It reads the table card, called c, so that it can be sorted by what that holds.
    """

    statement: str
    parameters: dict[str, object]
    number: str
    reads_cards: bool


def numbers_of(execute: Execute, query: Query, moment: Moment) -> Found:
    """Return the statement for a query; its rows are in no order.

    Args:
        execute: Looks up the words, tags and decks that the query speaks of.
    """
    writer = _Writer(execute, moment)
    shows_deleted = names_state(query, State.DELETED)
    documents = writer.documents(query)
    if documents is not None:
        has_gone = not shows_deleted and execute(_ANY_DELETED, {})
        gone = " AND rowid NOT IN (SELECT number FROM card WHERE deleted <> 0)" if has_gone else ""
        return Found(f"{documents.select(writer.bind)}{gone}", writer.parameters, "rowid", reads_cards=False)
    condition = f"{writer.condition(query)} AND {_IN_LIBRARY}"
    if not shows_deleted:
        condition += " AND NOT c.deleted"
    # The sign keeps SQLite from reading every card in the order of numbers, where another index finds the few. Where none
    # does, every card's facts are read in that order anyway, and need no sorting.
    number = "c.number" if _reads_every_card(query) else "+c.number"
    statement = f"SELECT c.number FROM card c WHERE {condition}"  # noqa: S608 - values are bound
    return Found(statement, writer.parameters, number, reads_cards=True)


def _reads_every_card(query: Query) -> bool:
    """Return whether a query asks for what the cards' facts alone tell, or for what does not stand on them."""
    match query:
        case Everything() | Compared() | Flagged() | AddedWithin() | IntroducedWithin():
            return True
        case InState(state):
            return state is not State.DUE  # which the queues' own indexes find
        case And(parts) | Or(parts):
            return all(map(_reads_every_card, parts))
        case Not(Words() | WholeWord()):
            return True
        case Not(part):
            return _reads_every_card(part)
        case _:
            return False


@dataclass
class _Writer:
    """Writes conditions on the table card, called c, and keeps their parameters."""

    execute: Execute
    moment: Moment
    parameters: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Bind what the time says; a statement may leave it unused."""
        self.parameters |= {
            "day": self.moment.day,
            "day_ms": self.moment.day_ms,
            "ahead": self.moment.now_ms + LEARN_AHEAD_MS,
            "leech_lapses": self.moment.leech_lapses,
        }

    def bind(self, value: object) -> str:
        """Keep a parameter and return its mark."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f":{name}"

    def documents(self, query: Query) -> Documents | None:
        """Return a query as documents of the index alone, which needs no look at the cards; None where it needs one."""
        match query:
            case Words(pattern):
                return search_words.with_text(self.execute, pattern, self.bind)
            case OnSide(side, pattern):
                return search_words.on_side(self.execute, pattern, side, self.bind)
            case WholeWord(pattern):
                return search_words.with_word(self.execute, pattern, self.bind)
            case Tagged() | TaggedLike() if not self.execute(_ANY_OWN_TAG, {}):
                return self._with_tag(query)[0] if not _asks_for_none(query) else None
            case And(parts):
                return _joined([self.documents(part) for part in parts], "AND")
            case Or(parts):
                return _joined([self.documents(part) for part in parts], "OR")
            case _:
                return None

    def condition(self, query: Query) -> str:
        """Return a query as a condition, in brackets where it needs them."""
        match query:
            case Everything():
                return "1"
            case And(parts):
                return f"({' AND '.join(map(self.condition, parts))})"
            case Or(parts):
                return f"({' OR '.join(map(self.condition, parts))})"
            case Not(part):
                return f"NOT coalesce({self.condition(part)}, 0)"
            case Words() | OnSide() | WholeWord():
                documents = self.documents(query)
                assert documents is not None
                return self._in(documents)
            case Tagged() | TaggedLike():
                return self._tagged(query)
            case InState(state):
                return _STATES[state]
            case _:
                return self._fact(query)

    def _fact(self, query: Query) -> str:
        """Return a condition on what the card, its topic or the log says."""
        match query:
            case Regex(expression):
                return _FOUND_BY.format(regex=self.bind(expression))
            case InDeck(path):
                decks = self._list(self._decks(hierarchy_regex(path, "/")))
                return f"c.deck_id IN ({decks})"
            case Flagged(number):
                return f"c.flag = {self.bind(number)}"
            case Compared():
                return self._compared(query)
            case OfDifficulty(comparison, value):
                topics = f"SELECT id FROM topic WHERE difficulty {comparison.value} {self.bind(value)}"  # noqa: S608 - bound
                return f"c.topic_id IN ({topics})"
            case AddedWithin(days):
                return f"c.added_day > :day - {self.bind(days)}"
            case IntroducedWithin(days):
                return f"c.first_day > max(0, :day - {self.bind(days)})"
            case RatedWithin(days, rating):
                return self._rated(days, rating)
            case OfKind(kind):
                return f"c.kind = {self.bind(kind.value)}"
            case AskedTwice():
                return _ASKED_TWICE
            case WithIds(ids):
                return f"c.id COLLATE NOCASE IN ({self._list(ids)})"
            case OfTopic(name):
                return f"c.topic_id IN ({self._list(self._topics(name.regex('.')))})"
            case _:
                raise AssertionError(query)

    def _in(self, documents: Documents) -> str:
        return f"c.number IN ({documents.select(self.bind)})"

    def _tagged(self, query: Tagged | TaggedLike) -> str:
        if _asks_for_none(query):
            return "(c.own_tags = '[]' AND c.number NOT IN (SELECT rowid FROM search_text WHERE tags <> ''))"
        documents, own = self._with_tag(query)
        return f"({self._in(documents)} OR c.number IN ({self._list(own)}))" if own else self._in(documents)

    def _with_tag(self, query: Tagged | TaggedLike) -> tuple[Documents, list[int]]:
        """Return where topics have a tag, and the cards that have it of the learner's own."""
        if isinstance(query, TaggedLike):
            finds = re.compile(query.expression, re.IGNORECASE)
            documents = search_words.with_tag_like(self.execute, query.expression)
            return documents, search_words.own_tags(self.execute, finds.search)
        finds = re.compile(hierarchy_regex(query.tag, "::|/"))
        return search_words.with_tag(self.execute, query.tag), search_words.own_tags(
            self.execute, finds.fullmatch
        )

    def _compared(self, query: Compared) -> str:
        figure, value, reach = _FIGURES[query.figure], query.value, query.reach
        if reach and query.comparison in (Comparison.EQUAL, Comparison.UNEQUAL):
            low, high = self.bind(value - reach), self.bind(value + reach)
            within = "BETWEEN" if query.comparison is Comparison.EQUAL else "NOT BETWEEN"
            return f"(({figure}) {within} {low} AND {high})"
        return f"(({figure}) {query.comparison.value} {self.bind(value)})"

    def _rated(self, days: int, rating: int | None) -> str:
        # A day may begin a little earlier elsewhere: two more are read, and the entry's own day decides.
        earliest = max(0, self.moment.day_ms - (days + 1) * _DAY_MS)
        return _RATED.format(
            earliest=self.bind(earliest.to_bytes(6) + bytes(10)),
            day=f":day - {self.bind(days)}",
            rating=f" AND rating = {self.bind(rating)}" if rating else "",
        )

    def _decks(self, expression: str) -> list[int]:
        finds = re.compile(expression)
        return [
            number
            for number, path in self.execute("SELECT id, path FROM deck", {})
            if finds.fullmatch(folded(path))
        ]

    def _topics(self, expression: str) -> list[str]:
        finds = re.compile(expression)
        rows = self.execute("SELECT id, title FROM topic", {})
        return [row[0] for row in rows if any(finds.fullmatch(folded(name)) for name in row)]

    def _list(self, values: list[int] | list[str] | tuple[str, ...]) -> str:
        return f"SELECT value FROM json_each({self.bind(json.dumps(values))})"  # noqa: S608 - values are bound


_ANY_OWN_TAG = "SELECT 1 FROM card WHERE own_tags <> '[]' LIMIT 1"
_ANY_DELETED = "SELECT 1 FROM card WHERE deleted <> 0 LIMIT 1"


def _asks_for_none(query: Tagged | TaggedLike) -> bool:
    return isinstance(query, Tagged) and query.tag.literal == "none"


def _joined(parts: list[Documents | None], word: str) -> Documents | None:
    """Return several documents as one expression; None unless each is one by itself."""
    expressions = [part.match for part in parts if part is not None and part.match and not part.check]
    if len(expressions) < len(parts):
        return None
    return Documents(f" {word} ".join(f"({expression})" for expression in expressions))
