"""One term of a query: a word to be found, or a key with what it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from quizapp.core.nearest import nearest
from quizapp.core.search.lexer import Token
from quizapp.core.search.pattern import Pattern, Wild
from quizapp.core.search.query import (
    AddedWithin,
    AskedTwice,
    Compared,
    Comparison,
    Figure,
    Flagged,
    InDeck,
    InState,
    IntroducedWithin,
    OfDifficulty,
    OfKind,
    OfTopic,
    OnSide,
    Or,
    Query,
    RatedWithin,
    Regex,
    Side,
    State,
    Tagged,
    TaggedLike,
    WholeWord,
    WithIds,
    Words,
)
from quizapp.core.topic import CardKind
from quizapp.errors import QueryError

MOST_DAYS = 36_500
_COLON = re.compile(r"(?<!\\)(?:\\\\)*:")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COMPARED = re.compile(
    r"(?P<name>\w+?)\s*(?P<sign><=|>=|!=|=|<|>)\s*(?P<value>-?\d+(?:\.(?P<decimals>\d+))?)(?P<share>%?)"
)
_SHARES = (Figure.DIFFICULTY, Figure.RECALL)


def term(token: Token) -> Query:
    """Return what one term means.

    Raises:
        QueryError: Its key is unknown, or does not take this value.
    """
    colon = _COLON.search(token.text)
    if colon is None:
        return Words(_pattern(token.text, token))
    key, value = token.text[: colon.end() - 1], token.text[colon.end() :]
    read = _KEYS.get(key.lower())
    if read is None:
        instead = _ANKIS.get(key.lower())
        if instead is None:
            near = nearest(key, _KEYS, 0.5)
            instead = f"Did you mean `{near}:`?" if near is not None else _FIELDS
        raise QueryError(token.column, f"there is no search `{key}:`", f"{instead} {_ITSELF}")
    return read(value, token)


_ITSELF = r"To find the colon itself write \: in its place."
_FIELDS = "`front:` and `back:` look at one side of a card; docs/search.md and the browser's help list all searches."
_ANKIS = {
    "note": "There are no note types: `card:question`, `card:follow-up` and `card:prediction` are the kinds of cards.",
    "mid": "There are no note types: `card:question`, `card:follow-up` and `card:prediction` are the kinds of cards.",
    "did": "A deck is named by its path: `deck:foundations`.",
    "preset": "There are no presets: `deck:` finds the cards of a deck.",
    "nc": "Every search tells accents apart: `_` stands for any one letter.",
    "edited": "When a file was edited is not kept: `added:7` finds what came in within a week.",
    "resched": "`rated:7` finds what was answered within a week.",
    "has": "`is:flagged`, `is:suspended` and their like tell what a card has.",
}
"""Searches of Anki's that have no meaning here, and what to write."""


def _near(word: str, known: Mapping[str, object], sign: str = "", before: str = "") -> str:
    """Return what to write instead: the nearest of the known words, or all of them."""
    if (near := nearest(word, known, 0.5)) is not None:
        return f"Did you mean `{before}{near}{sign}`?"
    return f"Write one of {', '.join(f'{before}{name}{sign}' for name in known)}."


def _pattern(text: str, token: Token) -> Pattern:
    """Return a text with its wildcards, escapes taken away."""
    pieces: list[str | Wild] = []
    for part in re.split(r"(\\.|[*_])", text, flags=re.DOTALL):
        if part in ("*", "_"):
            pieces.append(Wild(part))
        elif part:
            letters = part[1:] if part[0] == "\\" else part
            if pieces and isinstance(pieces[-1], str):
                pieces[-1] += letters
            else:
                pieces.append(letters)
    if not pieces:
        raise QueryError(token.column, "the quotes are empty", "Write what shall be found between them.")
    return Pattern(tuple(pieces))


def _needed(value: str, token: Token, example: str) -> Pattern:
    if not value:
        raise QueryError(token.column, f"`{token.text}` says nothing", f"Write such as {example}.")
    return _pattern(value, token)


def _plain(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)


def _regex(value: str, token: Token, example: str) -> str:
    """Return a regular expression as it was written; only a quote needs its backslash."""
    expression = value.replace('\\"', '"')
    if not expression:
        raise QueryError(token.column, f"`{token.text}` says nothing", f"Write such as {example}.")
    try:
        re.compile(expression)
    except (re.error, OverflowError, RecursionError) as error:
        where = token.column + len(token.text) - len(value) + (getattr(error, "pos", None) or 0)
        hint = f"Write a regular expression, such as {example}."
        raise QueryError(where, f"the regular expression is wrong: {error}", hint) from error
    return expression


def _whole_word(value: str, token: Token) -> Query:
    return WholeWord(_needed(value, token, "w:norm"))


def _regular(value: str, token: Token) -> Query:
    return Regex(_regex(value, token, r"re:\d{3}"))


def _front(value: str, token: Token) -> Query:
    return OnSide(Side.FRONT, _needed(value, token, "front:gradient"))


def _back(value: str, token: Token) -> Query:
    return OnSide(Side.BACK, _needed(value, token, "back:gradient"))


def _card(value: str, token: Token) -> Query:
    kinds = {kind.value: kind for kind in CardKind}
    if value.lower() not in kinds:
        hint = _near(value, kinds, before="card:")
        raise QueryError(token.column, f"`{token.text}` is no kind of card", hint)
    return OfKind(kinds[value.lower()])


def _twice(value: str, token: Token) -> Query:
    if value:
        hint = 'Write `dupe:` alone for cards that ask what another one asks, or front:"some words".'
        raise QueryError(token.column, f"`{token.text}` says too much", hint)
    return AskedTwice()


def _deck(value: str, token: Token) -> Query:
    if value.lower() == "current":
        hint = "Name it, such as deck:foundations; a deck that is called so is found by deck:curren_."
        raise QueryError(token.column, "a search knows no current deck", hint)
    pattern = _needed(value.replace("::", "/"), token, "deck:foundations")
    return InDeck(pattern)


def _tag(value: str, token: Token) -> Query:
    if value.lower().startswith("re:"):
        return TaggedLike(_regex(value[3:], token, "tag:re:^norm"))
    return Tagged(_needed(value, token, "tag:training"))


def _state(value: str, token: Token) -> Query:
    known = {state.value: state for state in State}
    if value.lower() not in known:
        hint = _near(value, known, before="is:")
        raise QueryError(token.column, f"`{token.text}` is no state of a card", hint)
    return InState(known[value.lower()])


def _flag(value: str, token: Token) -> Query:
    if not re.fullmatch("[0-7]", value):
        raise QueryError(
            token.column,
            f"`{token.text}` is no flag",
            "Write flag:1 to flag:7, or flag:0 for cards without one.",
        )
    return Flagged(int(value))


def _property(value: str, token: Token) -> Query:
    known = {figure.value: figure for figure in Figure}
    found = _COMPARED.fullmatch(value)
    if found is None or found["name"].lower() not in known:
        name = found["name"] if found else re.split(r"[^\w]", value)[0]
        hint = "Write such as prop:ivl>=10, prop:due=-1, prop:lapses>3 or prop:r<0.9."
        if name.lower() == "ease":
            hint = "FSRS has a difficulty in its place, 1 to 10: prop:d>7."
            raise QueryError(token.column, "a card has no figure `ease`", hint)
        if name and name.lower() not in known:
            hint = _near(name, known, before="prop:")
            raise QueryError(token.column, f"a card has no figure `{name}`", f"{hint} Such as prop:ivl>=10.")
        raise QueryError(token.column, f"`{token.text}` compares nothing", hint)
    figure, number = known[found["name"].lower()], float(found["value"])
    if found["share"] and figure not in _SHARES:
        raise QueryError(
            token.column,
            f"{figure.value} is no share",
            f"Write prop:{figure.value}{found['sign']}{number:g}.",
        )
    reach = 0.5 * 10.0 ** -len(found["decimals"] or "")
    return Compared(
        figure, Comparison(found["sign"]), *_scaled(figure, number, reach, is_share=bool(found["share"]))
    )


def _scaled(figure: Figure, number: float, reach: float, *, is_share: bool) -> tuple[float, float]:
    """Return a value and its reach on the figure's own scale.

    Recall is a share of 1: 90 % and 90 are 0.9. Difficulty is 1 to 10: below 1 and as a percentage it is a share of
    that range, as Anki has it.
    """
    if figure is Figure.RECALL and (is_share or number > 1):
        return number / 100, reach / 100
    if figure is Figure.RECALL:
        return number, min(reach, 0.005)
    if figure is Figure.DIFFICULTY and (is_share or 0 <= number < 1):
        share = 100 if is_share else 1
        return 1 + 9 * number / share, 9 * reach / share
    if figure in (Figure.INTERVAL, Figure.DUE, Figure.LAPSES, Figure.REPS):
        return number, 0.0
    return number, reach


def _difficulty(value: str, token: Token) -> Query:
    found = re.fullmatch(r"(<=|>=|!=|=|<|>)?([1-5])", value)
    if found is None:
        raise QueryError(
            token.column,
            f"`{token.text}` is no difficulty of a topic",
            "Write difficulty:1 to difficulty:5, or difficulty:>=4.",
        )
    return OfDifficulty(Comparison(found[1] or "="), int(found[2]))


def _days(value: str, token: Token, key: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= MOST_DAYS):
        raise QueryError(
            token.column,
            f"`{token.text}` names no count of days",
            f"Write {key}:1 for today, {key}:7 for the last week.",
        )
    return int(value)


def _added(value: str, token: Token) -> Query:
    return AddedWithin(_days(value, token, "added"))


def _introduced(value: str, token: Token) -> Query:
    return IntroducedWithin(_days(value, token, "introduced"))


def _rated(value: str, token: Token) -> Query:
    days, colon, rating = value.partition(":")
    within = _days(days, token, "rated")
    if not colon:
        return RatedWithin(within)
    if rating not in ("1", "2", "3", "4"):
        hint = f"Write rated:{within}:1 for Again, :2 for Hard, :3 for Good, :4 for Easy."
        raise QueryError(token.column, f"`{rating}` is no rating", hint)
    return RatedWithin(within, int(rating))


def _ids(value: str, token: Token) -> Query:
    ids = tuple(_plain(part).strip() for part in value.split(",") if part.strip())
    if not ids:
        raise QueryError(token.column, f"`{token.text}` names no card", "Write such as id:scale-explosion.")
    return WithIds(ids)


def _topics(value: str, token: Token) -> Query:
    names = [part for part in value.split(",") if part.strip()]
    topics = tuple(OfTopic(_needed(name, token, "nid:scale-explosion")) for name in names or [""])
    return topics[0] if len(topics) == 1 else Or(topics)


def _topic(value: str, token: Token) -> Query:
    return OfTopic(_needed(value, token, "topic:scale-explosion"))


_KEYS: Mapping[str, Callable[[str, Token], Query]] = {
    "deck": _deck,
    "tag": _tag,
    "is": _state,
    "prop": _property,
    "added": _added,
    "rated": _rated,
    "introduced": _introduced,
    "difficulty": _difficulty,
    "flag": _flag,
    "topic": _topic,
    "nid": _topics,
    "id": _ids,
    "cid": _ids,
    "front": _front,
    "back": _back,
    "card": _card,
    "dupe": _twice,
    "w": _whole_word,
    "re": _regular,
}
