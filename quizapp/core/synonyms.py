"""What a deck declares to be said in several ways: `**Synonyms:** skip connection = shortcut; norm = normalisation`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizapp.core.deck_layout import MetadataLine
from quizapp.core.deck_report import Report
from quizapp.core.terms import terms

NAME = "synonyms"
_FORM = "write groups parted by ';', in each the words parted by '=': skip connection = shortcut; ..."


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of phrases that mean the same, each phrase by the keys of its terms."""

    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()

    def phrases(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield each phrase with the key that it shares with its group, the longest phrases first."""
        found = [(phrase, f"={number}") for number, group in enumerate(self.groups) for phrase in group]
        yield from sorted(found, key=lambda pair: -len(pair[0]))


NO_SYNONYMS = Synonyms()


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    column: int


def read_synonyms(value: str) -> Synonyms:
    """Return the groups that a metadata line declares; what says nothing is left out."""
    keyed = (_keyed(phrase.text for phrase in group) for group in _written(value, 1))
    return Synonyms(tuple(group for group in keyed if len(group) > 1))


def synonyms_in(metadata: Iterable[tuple[str, str]]) -> Synonyms:
    """Return what a topic's further metadata lines declare."""
    values = [value for name, value in metadata if name.casefold() == NAME]
    return read_synonyms("; ".join(values))


def check_synonyms(lines: Iterable[MetadataLine], report: Report) -> None:
    """Report groups that say nothing, and words that stand in two of them."""
    owners: dict[tuple[str, ...], int] = {}
    number = 0
    for line in lines:
        if line.name.casefold() != NAME:
            continue
        if not line.value:
            report.warn(line.line, line.column, "no synonyms are given", _FORM)
        for group in _written(line.value, line.column) if line.value else ():
            number += 1
            _check_group(group, line.line, report)
            for phrase in group:
                key = _keyed([phrase.text])
                if key and owners.setdefault(key[0], number) != number:
                    what = f"{phrase.text!r} stands in two groups of synonyms"
                    report.warn(line.line, phrase.column, what, "join the two groups; the first counts")


def _check_group(group: list[_Phrase], line: int, report: Report) -> None:
    for phrase in group:
        if not terms(phrase.text):
            report.warn(line, phrase.column, "a synonym without words", _FORM)
    if len(group) < 2:
        report.warn(line, group[0].column, f"{group[0].text!r} is a synonym of nothing", _FORM)


def _written(value: str, column: int) -> Iterator[list[_Phrase]]:
    """Yield the groups of phrases as they are written, with the column of each."""
    for part in re.finditer(r"[^;]+", value):
        if part.group().strip():
            yield [
                _Phrase(words.group().strip(), column + part.start() + words.start() + _blanks(words.group()))
                for words in re.finditer(r"(?:^|(?<==))[^=]*", part.group())
            ]


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _keyed(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    keys = (tuple(term.key for term in terms(phrase)) for phrase in phrases)
    return tuple(dict.fromkeys(key for key in keys if key))
