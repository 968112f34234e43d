"""Splits an answer into sections that can be revealed one by one, and finds the one that fits a question."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.core.deck_blocks import Block, bold_line, read_blocks, top_blocks
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.question_words import QUESTION_WORDS
from quizapp.core.topic import SimBlock

BOLD_LEVEL = 7
"""A bold line stands below the six levels of headings, and below a numbered one such as `**1. Flow:**`."""

LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""A line with its end, by the line ends that the Markdown parser knows, so that its line numbers fit."""

_TITLE_WEIGHT = 3.0
_MIN_STEM = 4
_MAX_ENDING = 4
_NUMBERED = re.compile(r"\d+[.)]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an answer: a heading and what follows it up to the next.

    Attributes:
        title: The heading's words; empty for the text before the first heading.
        line: The 0-based line of the answer that the section starts on.
        markdown: The section as written, its heading included. All of them joined are the answer.
        level: 0 before the first heading, 1 to 6 for headings, more for bold lines.
    """

    title: str
    line: int
    markdown: str
    level: int


def sections(answer: str) -> tuple[Section, ...]:
    """Return the parts of an answer, split at its top-level headings and bold lines; at least one."""
    lines = LINE.findall(answer)
    starts = list(_starts(answer))
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, "", 0))
    ends = [*(line for line, _, _ in starts[1:]), len(lines)]
    return tuple(
        Section(title, line, "".join(lines[line:end]), level)
        for (line, title, level), end in zip(starts, ends, strict=True)
    )


def best_section(question: str, answer: str) -> int:
    """Return the index of the section of `sections(answer)` that fits the question best; 0 where none does.

    A section is judged by its title and by its text, that of its subsections included. A word counts more
    the fewer sections hold it, and a section more the more of the question's words it holds. Of equals the
    first wins.
    """
    parts = sections(answer)
    own_words = [_words(part.markdown) for part in parts]
    titles = [_words(part.title) for part in parts]
    texts = [frozenset().union(*own_words[index : _family_end(parts, index)]) for index in range(len(parts))]
    scores = [0.0] * len(parts)
    hits = [0] * len(parts)
    # Sorted, because sums of floats depend on their order and a set's order changes from run to run.
    for asked in sorted(_words(question)):
        holders = sum(_holds(words, asked) for words in own_words)
        weight = math.log(1 + len(parts) / max(1, holders))
        for index in range(len(parts)):
            in_text = _holds(texts[index], asked)
            hits[index] += in_text
            scores[index] += weight * (in_text + _TITLE_WEIGHT * _holds(titles[index], asked))
    fits = [score * hit for score, hit in zip(scores, hits, strict=True)]
    return fits.index(max(fits))


def sim_before(markdown: str, line: int) -> SimBlock | None:
    """Return the last `sim` block that starts at or above a 0-based line, else the first one below it."""
    blocks = sim_blocks(markdown)
    above = [block for block in blocks if block.line <= line]
    return above[-1] if above else next(iter(blocks), None)


def _starts(answer: str) -> Iterator[tuple[int, str, int]]:
    """Yield the line, title and level of each heading and bold line."""
    in_numbered = False
    for block in top_blocks(read_blocks(answer)):
        title = _title(block)
        if not title:
            continue
        if block.kind == "heading":
            in_numbered = False
            yield block.start, title, int(block.tag[1])
        else:
            is_numbered = _NUMBERED.match(title) is not None
            in_numbered = in_numbered or is_numbered
            yield block.start, title, BOLD_LEVEL + (in_numbered and not is_numbered)


def _title(block: Block) -> str:
    if block.kind == "heading":
        words = " ".join(block.words.split())
        return bold_line(words) or words.rstrip("#: ")
    # A bold line is a heading also where its text stands right below it.
    return bold_line(block.words.split("\n")[0]) if block.kind == "paragraph" else ""


def _family_end(parts: tuple[Section, ...], index: int) -> int:
    """Return the index after a section's last subsection. What stands before all headings has none."""
    end = index + 1
    while parts[index].level and end < len(parts) and parts[end].level > parts[index].level:
        end += 1
    return end


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold())) - QUESTION_WORDS


def _holds(words: frozenset[str], asked: str) -> bool:
    return asked in words or any(_same_stem(asked, word) for word in words)


def _same_stem(one: str, other: str) -> bool:
    """Return whether two long words share their beginning and differ in a short ending at most."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= _MIN_STEM and shared >= max(len(one), len(other)) - _MAX_ENDING
