"""Regular expressions that cannot hang: matched in steps bounded by the pattern's size times the text's length.

Python's own matcher backtracks: `(a+)+b` takes minutes on thirty letters. Here all ways through a pattern are followed at
once, character by character, so that there is nothing to go back to. What cannot be matched like this, a back reference
or a look ahead, is refused where it is written. Source of the method: K. Thompson, CACM 11(6), 1968.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from quizapp.core.pattern_syntax import (
    Anything,
    Branch,
    Edge,
    Node,
    OneOf,
    PatternError,
    Repeat,
    Sequence,
    parsed_pattern,
)

__all__ = ["LONGEST_TEXT", "BoundedPattern", "PatternError"]

LONGEST_TEXT = 500
"""An answer that is longer matches nothing."""
MOST_STATES = 2000
"""A pattern that has more, such as (a{100}){100}, is refused."""


@dataclass(slots=True)
class _State:
    """A place in the pattern: what it reads, or which places are reached from it without reading."""

    reads: OneOf | Anything | None = None
    edge: Edge | None = None
    following: list[int] = field(default_factory=list)


class BoundedPattern:
    """A regular expression, ready to be matched against whole answers."""

    def __init__(self, pattern: str, *, matches_case: bool) -> None:
        """Read a pattern.

        Raises:
            PatternError: It is malformed, or of a kind that is not taken.
        """
        self._matches_case = matches_case
        self._states: list[_State] = []
        start = self._state(0)
        self._end = self._built(parsed_pattern(pattern), start)
        self._start = start

    def matches(self, text: str) -> bool:
        """Return whether the whole of a text is of this pattern."""
        if len(text) > LONGEST_TEXT:
            return False
        now = self._closed({self._start}, text, 0)
        for place, character in enumerate(text):
            after = {
                state.following[0]
                for state in (self._states[index] for index in now)
                if state.reads is not None and self._reads(state.reads, character)
            }
            if not after:
                return False
            now = self._closed(after, text, place + 1)
        return self._end in now

    def _reads(self, wanted: OneOf | Anything, character: str) -> bool:
        if isinstance(wanted, Anything):
            return character != "\n"
        if wanted.holds(character):
            return True
        return not self._matches_case and not wanted.negated and _other_case(wanted, character)

    def _closed(self, begun: set[int], text: str, place: int) -> set[int]:
        """Return the states with all that are reached from them before the next character is read."""
        found, waiting = set(begun), list(begun)
        while waiting:
            state = self._states[waiting.pop()]
            if state.reads is not None or (state.edge is not None and not state.edge.is_at(text, place)):
                continue
            fresh = [index for index in state.following if index not in found]
            found.update(fresh)
            waiting += fresh
        return found

    def _state(self, at: int, **parts: OneOf | Anything | Edge | None) -> int:
        if len(self._states) >= MOST_STATES:
            raise PatternError("the pattern repeats too much", at)
        reads, edge = parts.get("reads"), parts.get("edge")
        assert not isinstance(reads, Edge), "an edge reads nothing"
        assert edge is None or isinstance(edge, Edge), "only an edge stands between characters"
        self._states.append(_State(reads, edge))
        return len(self._states) - 1

    def _built(self, node: Node, start: int) -> int:
        """Add the states of a part behind a state, and return the state that it ends in."""
        match node:
            case OneOf() | Anything():
                reading = self._linked(start, self._state(node.at, reads=node))
                return self._linked(reading, self._state(node.at))
            case Edge():
                return self._linked(
                    self._linked(start, self._state(node.at, edge=node)), self._state(node.at)
                )
            case Sequence():
                for part in node.parts:
                    start = self._built(part, start)
                return start
            case Branch():
                end = self._state(node.at)
                for way in node.ways:
                    self._linked(self._built(way, self._linked(start, self._state(node.at))), end)
                return end
            case Repeat():
                return self._repeated(node, start)

    def _repeated(self, node: Repeat, start: int) -> int:
        for _ in range(node.least):
            start = self._built(node.part, start)
        end = self._state(node.at)
        if node.most is None:
            again = self._linked(start, self._state(node.at))
            self._linked(self._built(node.part, again), again)
            return self._linked(again, end)
        for _ in range(node.most - node.least):
            self._linked(start, end)
            start = self._built(node.part, start)
        return self._linked(start, end)

    def _linked(self, before: int, after: int) -> int:
        self._states[before].following.append(after)
        return after


def _other_case(wanted: OneOf, character: str) -> bool:
    return any(other != character and wanted.holds(other) for other in _cases(character))


def _cases(character: str) -> Iterator[str]:
    yield from (character.lower(), character.upper(), character.swapcase())
