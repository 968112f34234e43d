"""Turns the `**Name:** value` lines of a deck file into typed values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizapp.core import synonyms
from quizapp.core.deck_ids import is_plain_id, slug
from quizapp.core.deck_layout import MetadataLine
from quizapp.core.deck_misspelt import report_metadata
from quizapp.core.deck_report import Report
from quizapp.core.topic import TopicId

DEFAULT_DIFFICULTY = 3
DEFAULT_DECK = "unsorted"

_KNOWN = ("category", "difficulty", "tags", "id")
_ALL_KNOWN = (*_KNOWN, synonyms.NAME)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the metadata lines say; `other` are the lines that quizapp does not use, in order."""

    id: TopicId
    deck: str
    difficulty: int
    tags: tuple[str, ...]
    other: tuple[tuple[str, str], ...]


def read_metadata(lines: tuple[MetadataLine, ...], title: str, default_deck: str, report: Report) -> Metadata:
    """Return the values, with defaults for what is missing or wrong; what is wrong is reported."""
    known = _known(lines, report)
    return Metadata(
        id=_id(known.get("id"), title, report),
        deck=_deck(known.get("category"), default_deck, report),
        difficulty=_difficulty(known.get("difficulty"), report),
        tags=_tags(known.get("tags"), report),
        other=tuple((line.name, line.value) for line in lines if line.name.casefold() not in _KNOWN),
    )


def deck_path(text: str) -> str:
    """Return a deck's path with its levels parted by single '/', without empty levels, '.' and '..'.

    Anki parts them by '::', so that is taken for '/' here as in a search.
    """
    levels = (" ".join(level.split()) for level in text.replace("::", "/").split("/"))
    return "/".join(level for level in levels if level not in ("", ".", ".."))


def _known(lines: tuple[MetadataLine, ...], report: Report) -> dict[str, MetadataLine]:
    known: dict[str, MetadataLine] = {}
    for line in lines:
        name = line.name.casefold()
        if name in known:
            what = f"'{line.name}' is set a second time (first on line {known[name].line})"
            report.warn(line.line, line.column, what, "keep one; the first counts")
        elif name in _KNOWN:
            known[name] = line
        elif name not in _ALL_KNOWN:
            report_metadata(line.name, line.line, line.name_column, _ALL_KNOWN, report)
    return known


def _id(line: MetadataLine | None, title: str, report: Report) -> TopicId:
    if line is None:
        return TopicId(slug(title))
    if is_plain_id(line.value):
        return TopicId(line.value)
    plain = slug(line.value) if line.value else slug(title)
    what = f"id {line.value!r} has odd characters" if line.value else "id is empty"
    report.warn(line.line, line.column, what, f"use letters, digits and '-'; {plain!r} is taken instead")
    return TopicId(plain)


def _deck(line: MetadataLine | None, default_deck: str, report: Report) -> str:
    default = deck_path(default_deck) or DEFAULT_DECK
    if line is None:
        return default
    deck = deck_path(line.value)
    if not deck:
        report.warn(line.line, line.column, "category is empty", f"name a deck; {default!r} is taken instead")
    return deck or default


def _difficulty(line: MetadataLine | None, report: Report) -> int:
    if line is None:
        return DEFAULT_DIFFICULTY
    if re.fullmatch("[1-5]", line.value):
        return int(line.value)
    hint = f"write a whole number from 1 to 5; {DEFAULT_DIFFICULTY} is taken instead"
    report.warn(line.line, line.column, f"bad difficulty {line.value[:40]!r}", hint)
    return DEFAULT_DIFFICULTY


def _tags(line: MetadataLine | None, report: Report) -> tuple[str, ...]:
    """Return the tags, each once, in the order of their first mention."""
    if line is None or not line.value:
        return ()
    tags: dict[str, None] = {}
    column = line.column
    for part in line.value.split(","):
        if tag := part.strip():
            tags[tag] = None
        else:
            report.warn(line.line, column, "empty tag", "take the extra ',' out")
        column += len(part) + 1
    return tuple(tags)
