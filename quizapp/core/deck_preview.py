"""What a card shows of the place of its file where the cursor stands."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.deck_blocks import Blocks, list_items, read_blocks
from quizapp.core.deck_follow_ups import read_follow_ups
from quizapp.core.deck_headings import SectionName
from quizapp.core.deck_layout import SectionLines, read_layout, section_text
from quizapp.core.deck_report import Report
from quizapp.core.deck_text import clean


@dataclass(frozen=True, slots=True)
class Preview:
    """One part of a topic, as Markdown.

    Attributes:
        name: What the part is.
        front: What the card asks; empty where the part is no question.
        back: What stands below it; empty where there is nothing.
        line: The line of `back` that the cursor stands on, from 0.
    """

    name: str
    front: str
    back: str
    line: int = 0


def deck_preview(text: str, line: int) -> Preview:
    """Return the part of a deck file that a line, from 0, belongs to."""
    blocks = read_blocks(clean(text, Report("")))
    layout = read_layout(blocks, Report(""))
    for name, section in layout.sections.items():
        if section.heading <= line < section.end:
            return _part(blocks, name, section, line)
    first = min((section.heading for section in layout.sections.values()), default=len(blocks.lines))
    return Preview("Head", "", section_text(blocks, SectionLines(0, 0, first)), line)


def _part(blocks: Blocks, name: SectionName, section: SectionLines, line: int) -> Preview:
    text = section_text(blocks, section)
    if name is SectionName.QUESTION:
        return Preview(name, text, "")
    if name is SectionName.FOLLOW_UPS:
        return _follow_up(blocks, section, line)
    skipped = next(
        (number for number in range(section.start, section.end) if blocks.lines[number].strip()),
        section.start,
    )
    return Preview(name, "", text, max(0, line - skipped))


def _follow_up(blocks: Blocks, section: SectionLines, line: int) -> Preview:
    starts = [item.start for item in list_items(blocks, section.start, section.end)]
    number = max(0, sum(start <= line for start in starts) - 1)
    if not starts:
        return Preview(SectionName.FOLLOW_UPS, "", section_text(blocks, section))
    ends = [*starts[1:], section.end]
    found = read_follow_ups(blocks, SectionLines(section.heading, starts[number], ends[number]), Report(""))
    name = f"Follow-up {number + 1} of {len(starts)}"
    return Preview(name, found[0].question, found[0].answer) if found else Preview(name, "", "")
