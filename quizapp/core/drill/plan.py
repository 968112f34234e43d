"""The rounds of a drill and the minutes of each: a plain drill is one round, a mock interview up to five."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from quizapp.core.drill.ask import Ask, ask_from


class RoundKind(StrEnum):
    """What a round is for."""

    QUESTIONS = "questions"
    BREADTH = "breadth"
    DEPTH = "depth"
    WHITEBOARD = "whiteboard"
    DEBUGGING = "debugging"
    CLOSING = "closing"


ABOUT = {
    RoundKind.QUESTIONS: "question after question",
    RoundKind.BREADTH: "short questions over many topics",
    RoundKind.DEPTH: "one topic with its follow-ups",
    RoundKind.WHITEBOARD: "derive a formula",
    RoundKind.DEBUGGING: "a training run went wrong: say why",
    RoundKind.CLOSING: "the weakest point again, and your own questions",
}

_SHARES = {
    RoundKind.BREADTH: 30,
    RoundKind.DEPTH: 25,
    RoundKind.WHITEBOARD: 20,
    RoundKind.DEBUGGING: 15,
    RoundKind.CLOSING: 10,
}
_LEAST_MINUTES = {
    RoundKind.BREADTH: 3,
    RoundKind.DEPTH: 4,
    RoundKind.WHITEBOARD: 4,
    RoundKind.DEBUGGING: 4,
    RoundKind.CLOSING: 2,
}
_MOST_CLOSING_MINUTES = 5
_GIVEN_UP = (RoundKind.WHITEBOARD, RoundKind.DEBUGGING, RoundKind.DEPTH, RoundKind.CLOSING)
"""Which rounds a short interview does without, the first first."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round: what it may still ask, and its time.

    Attributes:
        asks: What comes next, in order; more than the minutes allow, so that quick answers find questions left.
        used_ms: The time spent in it so far.
    """

    kind: RoundKind
    minutes: int
    asks: tuple[Ask, ...] = ()
    used_ms: int = 0

    @property
    def is_over(self) -> bool:
        """Whether its time is used up, so that nothing more is begun in it."""
        return self.used_ms >= self.minutes * 60_000

    def plain(self) -> dict[str, object]:
        """Return the round as plain values."""
        asks = [ask.plain() for ask in self.asks]
        return {"kind": self.kind.value, "minutes": self.minutes, "asks": asks, "used": self.used_ms}


def round_from(values: dict[str, Any]) -> Round:
    """Return the round that `Round.plain` wrote."""
    asks = tuple(map(ask_from, values["asks"]))
    return Round(RoundKind(values["kind"]), values["minutes"], asks, values["used"])


def mock_minutes(minutes: int, available: Collection[RoundKind]) -> tuple[Round, ...]:
    """Return the rounds of a mock interview, without questions yet; their minutes add up to the whole.

    Every round has the least that it needs, and the rest is shared out; the closing takes no more than its two questions
    need. Where the minutes are too few for all, the whiteboard goes first, then debugging.

    Args:
        available: The rounds that there are questions for.
    """
    kinds = [kind for kind in _SHARES if kind in available]
    for kind in _GIVEN_UP:
        if sum(_LEAST_MINUTES[one] for one in kinds) > minutes and kind in kinds and len(kinds) > 1:
            kinds.remove(kind)
    whole = _shared_out(minutes, kinds)
    others = [kind for kind in kinds if kind is not RoundKind.CLOSING]
    if others and whole.get(RoundKind.CLOSING, 0) > _MOST_CLOSING_MINUTES:
        whole = _shared_out(minutes - _MOST_CLOSING_MINUTES, others)
        whole[RoundKind.CLOSING] = _MOST_CLOSING_MINUTES
    return tuple(Round(kind, whole[kind]) for kind in kinds)


def _shared_out(minutes: int, kinds: Sequence[RoundKind]) -> dict[RoundKind, int]:
    """Return the minutes of each round: the least that it needs, and its share of what is left, in whole minutes."""
    least = sum(_LEAST_MINUTES[kind] for kind in kinds)
    shares = sum(_SHARES[kind] for kind in kinds)
    exact = {kind: _LEAST_MINUTES[kind] + (minutes - least) * _SHARES[kind] / shares for kind in kinds}
    whole = {kind: int(value) for kind, value in exact.items()}
    by_remainder = sorted(kinds, key=lambda kind: whole[kind] - exact[kind])
    for kind in by_remainder[: minutes - sum(whole.values())]:
        whole[kind] += 1
    return whole


def with_asks(planned: Round, asks: tuple[Ask, ...]) -> Round:
    """Return a round with its questions."""
    return replace(planned, asks=asks)
