"""Finds where the title, the metadata and the sections of a deck file stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.core.deck_blocks import Block, Blocks, bold_line, line_column, top_blocks, trimmed
from quizapp.core.deck_headings import NEEDED, SectionName, question_and_answer, read_headings
from quizapp.core.deck_report import Report


@dataclass(frozen=True, slots=True)
class SectionLines:
    """Where a section's text stands, by 0-based lines; `heading` is the line of its heading."""

    heading: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MetadataLine:
    """One `**Name:** value` line; line and column are the value's, counted from 1."""

    name: str
    value: str
    line: int
    column: int
    name_column: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a deck file.

    Attributes:
        title_line: Counts from 1; it is 1 as well where there is no title.
    """

    title: str
    title_line: int
    metadata: tuple[MetadataLine, ...]
    sections: dict[SectionName, SectionLines]


_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+$")
_METADATA = re.compile(r"[ \t]*\*\*(?P<name>[^*:]+)(?::[ \t]*\*\*|\*\*[ \t]*:)[ \t]*(?P<value>.*)")
# The backslash is a hard line break, which some write to keep metadata lines apart on a rendered page.
_LINE_END = " \t\\"
_UNSAID = ("hr", "html_block")
_INSTEAD = (
    "write each as a file with '# Title', '## Question' and '## Answer'; blanks are {{...}} in the question"
)


def read_layout(blocks: Blocks, report: Report) -> Layout:
    """Return where the parts stand; what is missing, doubled or outside of every part is reported."""
    top = list(top_blocks(blocks))
    headings = read_headings(top, blocks, report)
    if not headings and (card := question_and_answer(blocks)) is not None:
        report.refuse(card + 1, 1, "a card in the form of hashcards (Q:, A:, C:)", _INSTEAD)
        return Layout("", 1, (), {})
    first = headings[0][1].start if headings else len(blocks.lines)
    preamble = [block for block in top if block.start < first]
    title = next((block for block in preamble if block.tag == "h1"), None)
    words = plain_title(title.words) if title else ""
    title_line = title.start + 1 if title else 1
    if not words:
        report.refuse(title_line, 1, "missing title", "start the file with '# ' and a title")
    # Without any section nearly everything is outside, and the missing sections say it all.
    strays = report if headings else Report(report.path)
    metadata = [line for block in preamble if block is not title for line in _metadata(blocks, block, strays)]
    return Layout(words, title_line, tuple(metadata), _sections(blocks, headings, title_line, report))


def plain_title(words: str) -> str:
    """Return a title on one line, without closing '#'s and without bold around the whole of it."""
    title = " ".join(line.strip(" \t") for line in words.split("\n")).strip()
    while (plain := _CLOSING_HASHES.sub("", bold_line(title) or title).strip()) != title:
        title = plain
    return title


def section_text(blocks: Blocks, section: SectionLines | None) -> str:
    """Return a section's text as it is written, without outer blank lines."""
    text = trimmed(blocks.lines[section.start : section.end]) if section else ""
    return text if text.strip() else ""


def report_stray(blocks: Blocks, block: Block, hint: str, report: Report) -> None:
    """Report a block that no part of the topic takes in; rules and HTML comments go without a word."""
    if block.kind not in _UNSAID:
        column = line_column(blocks.lines[block.start])
        report.warn(block.start + 1, column, "text outside of every section is left out", hint)


def _metadata(blocks: Blocks, block: Block, report: Report) -> Iterator[MetadataLine]:
    hint = "move it into the question or the answer"
    found = 0
    if block.kind in ("paragraph", "heading"):
        for number in range(block.start, block.end):
            matched = _METADATA.fullmatch(blocks.lines[number])
            if matched and matched["name"].strip():
                found += 1
                column = matched.start("value") + 1
                name, value = matched["name"].strip(), matched["value"].rstrip(_LINE_END)
                yield MetadataLine(name, value, number + 1, column, matched.start("name") + 1)
    underline = block.kind == "heading" and not blocks.lines[block.end - 1].strip(" \t=-")
    if found < block.end - block.start - underline:
        report_stray(blocks, block, hint, report)


def _sections(
    blocks: Blocks, headings: list[tuple[SectionName, Block]], title_line: int, report: Report
) -> dict[SectionName, SectionLines]:
    sections: dict[SectionName, SectionLines] = {}
    ends = [*(block.start for _, block in headings[1:]), len(blocks.lines)]
    for (name, block), end in zip(headings, ends, strict=False):
        column = line_column(blocks.lines[block.start])
        if name in sections:
            first = sections[name].heading + 1
            what = f"section '{name}' stands here a second time (first on line {first})"
            report.refuse(block.start + 1, column, what, "join the two, or rename one")
            continue
        sections[name] = SectionLines(block.start, block.end, end)
        if not trimmed(blocks.lines[block.end : end]).strip():
            _report_empty(name, block.start + 1, column, report)
    for name in NEEDED:
        if name not in sections:
            report.refuse(title_line, 1, f"missing section '{name}'", f"add a line '## {name}' and its text")
    return sections


def _report_empty(name: SectionName, line: int, column: int, report: Report) -> None:
    if name in NEEDED:
        report.refuse(line, column, f"section '{name}' is empty", "write its text below the heading")
    else:
        report.warn(line, column, f"section '{name}' is empty", "write its bullets, or take the heading out")
