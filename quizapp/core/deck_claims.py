"""Reads the claims of a topic: what is said of it, how true that is, and what measures it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quizapp.core.deck_blocks import Block, Blocks, ListItem, list_items, read_blocks, top_blocks, trimmed
from quizapp.core.deck_headings import SectionName
from quizapp.core.deck_layout import Layout, report_stray, section_text
from quizapp.core.deck_report import Report
from quizapp.core.deck_sims import SimCheck
from quizapp.core.sections import sections
from quizapp.core.topic import DeckClaim, MeasuredBy, TruthVerdict

SOURCE, MEASURED_BY, CORRECTED_IN = "source", "measured by", "corrected in"

_LEFT_OUT = "this claim is left out"
_START = f"start the bullet with the statement in bold, then its verdict; {_LEFT_OUT}"
_VERDICTS = f"write {', '.join(TruthVerdict)}; {_LEFT_OUT}"
_MEASURED_FORM = "write a simulation, the claim's id, then knob=value where it takes another setting"
_HEAD = re.compile(r"[ \t]*(\*\*|__)(?P<statement>.+?)\1[ \t]*[:.]?[ \t]*(?P<verdict>[^\n]*)", re.DOTALL)
_FIELD = re.compile(r"[ \t]*([*_])(?P<name>[^\W\d_][^*_:\n]*)(?::\1|\1[ \t]*:)[ \t]*(?P<value>.*)")
_VERDICT_ENDS = " \t.:,*_"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a claim and where they stand in the text, counted from 1."""

    text: str
    line: int
    column: int


@dataclass(slots=True)
class _Parts:
    """A claim as it is written."""

    at: _Place
    statement: str
    verdict: _Place
    precise: list[str] = field(default_factory=list)
    fields: dict[str, _Place] = field(default_factory=dict)
    unknown: list[_Place] = field(default_factory=list)


def deck_claims(section: str) -> tuple[DeckClaim, ...]:
    """Return the claims of a "Claims" section, in order; those without a statement or a known verdict are left out."""
    blocks = read_blocks(section)
    found = (_claim(parts) for parts in _written(blocks, 0, len(blocks.lines)))
    return tuple(claim for claim in found if claim is not None)


def check_claims(blocks: Blocks, layout: Layout, simulations: SimCheck | None, report: Report) -> None:
    """Report what is wrong with each claim and, given a checker, each name that it does not know."""
    section = layout.sections.get(SectionName.CLAIMS)
    if section is None:
        return
    for block in top_blocks(blocks):
        if section.start <= block.start < section.end and not block.kind.endswith("_list"):
            report_stray(blocks, block, "write each claim as a bullet", report)
    answer = section_text(blocks, layout.sections.get(SectionName.ANSWER))
    headings = {part.title for part in sections(answer)}
    for parts in _written(blocks, section.start, section.end):
        _check_parts(parts, report)
        _check_measured_by(parts, simulations, report)
        _check_heading(parts, headings, report)


def _check_parts(parts: _Parts, report: Report) -> None:
    at = parts.at
    if not parts.statement:
        report.warn(at.line, at.column, "claim has no statement", _START)
        return
    verdict = parts.verdict
    if not verdict.text:
        report.warn(verdict.line, verdict.column, "claim has no verdict", _VERDICTS)
    elif _verdict(verdict.text) is None:
        report.warn(verdict.line, verdict.column, f"unknown verdict {verdict.text!r}", _VERDICTS)
    if not trimmed(parts.precise):
        report.warn(
            at.line, at.column, "claim has no precise statement", "say below it what is precisely true"
        )
    if not {SOURCE, MEASURED_BY} & parts.fields.keys():
        hint = "add a line '*Source:* ', or '*Measured by:* ' with a simulation"
        report.warn(at.line, at.column, "claim has no source", hint)
    for name in parts.unknown:
        hint = "there are Source, Measured by and Corrected in; this line is read as text"
        report.warn(name.line, name.column, f"a claim has no line {name.text!r}", hint)


def _check_measured_by(parts: _Parts, simulations: SimCheck | None, report: Report) -> None:
    written = parts.fields.get(MEASURED_BY)
    if written is None:
        return
    measured_by = _measured_by(written.text)
    if measured_by is None:
        what = f"{written.text!r} names no claim of a simulation"
        report.warn(written.line, written.column, what, _MEASURED_FORM)
        return
    if simulations is None:
        return
    hint = "correct it, or take the line out"
    _, claim, *words = [
        _Place(w.group(), written.line, written.column + w.start()) for w in _WORD.finditer(written.text)
    ]
    if error := simulations.check(measured_by.simulation, ()):
        report.warn(written.line, written.column, error, hint)
        return
    if error := simulations.check_claim(measured_by.simulation, measured_by.claim):
        report.warn(claim.line, claim.column, error, hint)
    for word, setting in zip(words, measured_by.settings, strict=True):
        if error := simulations.check(measured_by.simulation, (setting,)):
            report.warn(word.line, word.column, error, hint)


def _check_heading(parts: _Parts, headings: set[str], report: Report) -> None:
    written = parts.fields.get(CORRECTED_IN)
    if written is not None and written.text not in headings:
        what = f"the answer has no heading {written.text!r}"
        report.warn(written.line, written.column, what, "name a heading of the answer, word for word")


def _claim(parts: _Parts) -> DeckClaim | None:
    verdict = _verdict(parts.verdict.text)
    if not parts.statement or verdict is None:
        return None
    texts = {name: place.text for name, place in parts.fields.items()}
    return DeckClaim(
        statement=parts.statement,
        verdict=verdict,
        precise=trimmed(parts.precise),
        source=texts.get(SOURCE, ""),
        measured_by=_measured_by(texts.get(MEASURED_BY, "")),
        corrected_in=texts.get(CORRECTED_IN, ""),
    )


def _verdict(words: str) -> TruthVerdict | None:
    plain = " ".join(words.casefold().split())
    return next((verdict for verdict in TruthVerdict if verdict == plain), None)


def _measured_by(words: str) -> MeasuredBy | None:
    names = words.split()
    settings = [word.partition("=") for word in names[2:]]
    if (
        len(names) < 2
        or "=" in names[0] + names[1]
        or not all(name and setting for name, _, setting in settings)
    ):
        return None
    return MeasuredBy(names[0], names[1], tuple((name, setting) for name, _, setting in settings))


def _written(blocks: Blocks, start: int, end: int) -> Iterator[_Parts]:
    """Yield the claims between two lines, as they are written."""
    for item in list_items(blocks, start, end):
        yield _parts(blocks, item)


def _parts(blocks: Blocks, item: ListItem) -> _Parts:
    opening = item.opening
    at = _place(blocks, item, 0, len(item.body[0]) - len(item.body[0].lstrip()), "")
    if opening is None or opening.kind != "paragraph":
        return _Parts(at, "", at)
    first = "\n".join(item.body[opening.start : opening.end])
    head = _HEAD.match(first)
    if head is None:
        return _Parts(at, "", at)
    line = opening.start + first.count("\n", 0, head.start("verdict"))
    column = head.start("verdict") - (first.rfind("\n", 0, head.start("verdict")) + 1)
    verdict = head["verdict"].strip(_VERDICT_ENDS)
    parts = _Parts(at, _statement(head["statement"]), _place(blocks, item, line, column, verdict))
    _read_body(blocks, item, line + 1, parts)
    return parts


def _statement(words: str) -> str:
    """Return the statement on one line, without the quotation marks around the whole of it."""
    line = " ".join(words.split())
    inside = line[1:-1].strip()
    is_quoted = line[:1] in ('"', "“", "„") and line[-1:] in ('"', "”", "“")
    return inside if is_quoted and not set(inside) & set('"“”„') else line


def _read_body(blocks: Blocks, item: ListItem, start: int, parts: _Parts) -> None:
    """Part the lines below the head into the named ones and the precise statement."""
    paragraphs = _paragraph_lines(item)
    last = ""
    for number in range(start, len(item.body)):
        line = item.body[number]
        found = _FIELD.fullmatch(line) if number in paragraphs else None
        name = " ".join(found["name"].casefold().split()) if found else ""
        if found and name in (SOURCE, MEASURED_BY, CORRECTED_IN):
            parts.fields[name] = _place(blocks, item, number, found.start("value"), found["value"].rstrip())
            last = name
        elif last and number in paragraphs and number - 1 in paragraphs and not found:
            before = parts.fields[last]
            parts.fields[last] = _Place(f"{before.text} {line.strip()}".strip(), before.line, before.column)
        else:
            last = ""
            parts.precise.append(line)
            if found:
                parts.unknown.append(_place(blocks, item, number, found.start("name"), found["name"]))


def _paragraph_lines(item: ListItem) -> set[int]:
    """Return the lines of a bullet that belong to its own paragraphs: a line of code names nothing."""
    body: list[Block] = list(top_blocks(read_blocks("\n".join(item.body))))
    return {line for block in body if block.kind == "paragraph" for line in range(block.start, block.end)}


def _place(blocks: Blocks, item: ListItem, line: int, column: int, text: str) -> _Place:
    """Return the place of what stands at a 0-based line and column of a bullet's body."""
    number = item.start + line
    # The body's line is the end of its line in the text: what stands before it is the bullet and indentation.
    shift = len(blocks.lines[number]) - len(item.body[line])
    return _Place(text, number + 1, shift + column + 1)
