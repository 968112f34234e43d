"""Reads the regular expressions that decks may use: Python's, without what only a backtracking matcher can do.

Characters, `.`, `[...]`, `\\d \\w \\s` and their capitals, groups, `|`, `* + ? {2,4}`, and the edges `^ $ \\b \\B`. Names
and laziness of groups and repetitions are read and mean nothing, since an answer is matched as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MOST_REPEATS = 200
DEEPEST = 40
LONGEST_PATTERN = 400

_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_COUNTS = re.compile(r"\{(?P<least>\d{0,6})(?P<comma>,?)(?P<most>\d{0,6})\}")
_GROUP_NAME = re.compile(r"\?P<[^\W\d]\w*>")


class PatternError(ValueError):
    """What is wrong with a pattern, and the 0-based character that it begins at."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class OneOf:
    """One character: of some ranges, or of some kinds."""

    at: int
    ranges: tuple[tuple[str, str], ...] = ()
    kinds: str = ""
    negated: bool = False

    def holds(self, character: str) -> bool:
        """Return whether this character is meant."""
        inside = any(low <= character <= high for low, high in self.ranges) or any(
            _KINDS[kind](character) for kind in self.kinds
        )
        return inside is not self.negated


@dataclass(frozen=True, slots=True)
class Anything:
    """Any character but a line end."""

    at: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: `^`, `$`, `b` for the edge of a word, `B` for none."""

    at: int
    kind: str

    def is_at(self, text: str, place: int) -> bool:
        """Return whether a text has this edge at a place."""
        if self.kind == "^":
            return place == 0
        if self.kind == "$":
            return place == len(text)
        before, after = text[place - 1 : place] if place else "", text[place : place + 1]
        is_edge = _is_word(before) is not _is_word(after)
        return is_edge is (self.kind == "b")


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part behind the other."""

    at: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several ways."""

    at: int
    ways: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; `most` is None where there is no end to it."""

    at: int
    part: Node
    least: int
    most: int | None


Node = OneOf | Anything | Edge | Sequence | Branch | Repeat


def parsed_pattern(pattern: str) -> Node:
    """Return the parts of a pattern.

    Raises:
        PatternError: It is malformed, too long, or asks for what only backtracking can do.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(f"a pattern has at most {LONGEST_PATTERN} characters", LONGEST_PATTERN)
    reader = _Reader(pattern)
    found = reader.branch(0)
    if reader.at < len(pattern):
        raise PatternError("a ')' closes nothing", reader.at)
    return found


class _Reader:
    """Goes through a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self.at = 0

    @property
    def _next(self) -> str:
        return self._pattern[self.at : self.at + 1]

    def branch(self, depth: int) -> Node:
        """Read the ways up to the end of a group."""
        if depth > DEEPEST:
            raise PatternError("groups are nested too deep", self.at)
        start = self.at
        ways = [self._sequence(depth)]
        while self._next == "|":
            self.at += 1
            ways.append(self._sequence(depth))
        return ways[0] if len(ways) == 1 else Branch(start, tuple(ways))

    def _sequence(self, depth: int) -> Node:
        start, parts = self.at, []
        while self._next and self._next not in "|)":
            parts.append(self._repeated(self._part(depth)))
        return Sequence(start, tuple(parts))

    def _repeated(self, part: Node) -> Node:
        start = self.at
        counts = self._counts()
        if counts is None:
            return part
        if isinstance(part, Edge):
            raise PatternError("an edge cannot be repeated", start)
        if self._next == "+":
            raise PatternError("possessive repetition is not taken", self.at)
        if self._next == "?":
            self.at += 1
        if self._counts() is not None:
            raise PatternError("a repetition is repeated: put it into a group", start)
        return Repeat(start, part, *counts)

    def _counts(self) -> tuple[int, int | None] | None:
        """Read how often the last part comes."""
        start = self.at
        simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self._next)
        if simple is not None:
            self.at += 1
            return simple
        found = _COUNTS.match(self._pattern, self.at)
        if found is None or not (found["least"] or found["most"]):
            return None
        least = int(found["least"] or 0)
        most = (int(found["most"]) if found["most"] else None) if found["comma"] else least
        if least > MOST_REPEATS or (most or 0) > MOST_REPEATS:
            raise PatternError(f"nothing is repeated more than {MOST_REPEATS} times", start)
        if most is not None and most < least:
            raise PatternError("the least number of repetitions is above the most", start)
        self.at = found.end()
        return least, most

    def _part(self, depth: int) -> Node:
        at, character = self.at, self._next
        if character in "*+?":
            raise PatternError(f"{character!r} repeats nothing", at)
        self.at += 1
        match character:
            case "(":
                return self._group(at, depth)
            case "[":
                return self._class(at)
            case ".":
                return Anything(at)
            case "^" | "$":
                return Edge(at, character)
            case "\\":
                return self._escape(at)
        return OneOf(at, ((character, character),))

    def _group(self, at: int, depth: int) -> Node:
        name = _GROUP_NAME.match(self._pattern, self.at)
        if name is not None:
            self.at = name.end()
        elif self._pattern.startswith("?:", self.at):
            self.at += 2
        elif self._next == "?":
            raise PatternError(
                "of groups only (...), (?:...) and (?P<name>...) are taken: no look around", at
            )
        inside = self.branch(depth + 1)
        if self._next != ")":
            raise PatternError("a '(' is not closed", at)
        self.at += 1
        return inside

    def _escape(self, at: int) -> Node:
        character = self._next
        self.at += 1
        if character in "bB" and character:
            return Edge(at, character)
        if character in _KINDS and character:
            return OneOf(at, kinds=character)
        plain = self._plain_escape(character, at)
        return OneOf(at, ((plain, plain),))

    def _plain_escape(self, character: str, at: int) -> str:
        if character.isdigit():
            raise PatternError("back references are not taken", at)
        if not character:
            raise PatternError("the pattern ends in a '\\'", at)
        if character in _ESCAPED:
            return _ESCAPED[character]
        if character.isalpha():
            raise PatternError(f"'\\{character}' is not taken", at)
        return character

    def _class(self, at: int) -> Node:
        negated = self._next == "^"
        self.at += negated
        ranges: list[tuple[str, str]] = []
        kinds, first = "", self.at
        while self._next != "]" or self.at == first:
            if not self._next:
                raise PatternError("a '[' is not closed", at)
            start = self.at
            low, kind = self._class_character()
            kinds += kind
            if self._next == "-" and self._pattern[self.at + 1 : self.at + 2] not in ("]", "") and not kind:
                self.at += 1
                high, kind = self._class_character()
                if kind or high < low:
                    raise PatternError("a range ends before it begins", start)
                ranges.append((low, high))
            elif not kind:
                ranges.append((low, low))
        self.at += 1
        return OneOf(at, tuple(ranges), kinds, negated)

    def _class_character(self) -> tuple[str, str]:
        """Read one character of a class, or the letter of a kind."""
        at, character = self.at, self._next
        self.at += 1
        if character != "\\":
            return character, ""
        escaped = self._next
        self.at += 1
        if escaped in _KINDS and escaped:
            return "", escaped
        return ("\b" if escaped == "b" else self._plain_escape(escaped, at)), ""


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_KINDS: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "D": lambda character: not character.isdecimal(),
    "w": _is_word,
    "W": lambda character: not _is_word(character),
    "s": str.isspace,
    "S": lambda character: not character.isspace(),
}
