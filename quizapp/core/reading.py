"""How far an answer has been revealed, and where it opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from quizapp.core.card import Card
from quizapp.core.deck_predictions import prediction_blocks
from quizapp.core.long_answer import is_long
from quizapp.core.passages import passages
from quizapp.core.sections import Section, best_section, sections, sim_before
from quizapp.core.topic import CardKind, SimBlock


@dataclass(frozen=True)
class Reading:
    """An answer and how many of its sections are shown; 0 shows the question alone."""

    answer: str
    shown: int = 0

    @cached_property
    def parts(self) -> tuple[Section, ...]:
        """The parts in which the answer is shown."""
        return passages(self.answer)

    @property
    def revealed(self) -> bool:
        """Whether anything of the answer is shown."""
        return self.shown > 0

    @property
    def whole(self) -> bool:
        """Whether all of it is shown."""
        return self.shown >= len(self.parts)

    @property
    def text(self) -> str:
        """The Markdown that is shown."""
        return "".join(part.markdown for part in self.parts[: self.shown])

    @property
    def left(self) -> int:
        """How many sections are still hidden."""
        return len(self.parts) - self.shown

    def further(self) -> Reading:
        """Return the reading with one more section; a heading alone brings the section below it along."""
        shown = min(self.shown + 1, len(self.parts))
        while shown < len(self.parts) and _is_heading_alone(self.parts[shown - 1]):
            shown += 1
        return replace(self, shown=shown)

    def up_to(self, line: int) -> Reading:
        """Return the reading as far as the section that holds a 0-based line of the answer, and one section at least."""
        before = sum(part.line <= line for part in self.parts)
        return replace(self, shown=max(0, before - 1)).further()

    def all_of_it(self) -> Reading:
        """Return the reading with every section."""
        return replace(self, shown=len(self.parts))


def begun(answer: str, line: int = 0) -> Reading:
    """Return an answer as it opens: all of a short one, of a long one the sections up to that of a 0-based line."""
    reading = Reading(answer)
    return reading.up_to(line) if is_long(answer) else reading.all_of_it()


def continued(before: Reading, answer: str) -> Reading:
    """Return other words of an answer as far as it was read: all of it, or as many sections."""
    after = Reading(answer)
    return after.all_of_it() if before.whole else replace(after, shown=min(before.shown, len(after.parts)))


def more_words(reading: Reading, how: str) -> str:
    """Return how many sections are still hidden, and how they are shown."""
    return f"{reading.left} more {'section' if reading.left == 1 else 'sections'}: {how}"


def _is_heading_alone(part: Section) -> bool:
    lines = part.markdown.strip().splitlines()
    is_underlined = len(lines) == 2 and set(lines[1].strip()) in ({"="}, {"-"})
    return part.level > 0 and (len(lines) == 1 or is_underlined)


def opened_at(card: Card) -> int:
    """Return the 0-based line of the answer at which a card opens it.

    A follow-up without an answer of its own opens its topic's answer at the section that fits it best, a prediction card
    at the section that its block stands in.
    """
    return _opened_section(card).line


def first_sim(card: Card) -> SimBlock | None:
    """Return the first simulation that a card's own answer launches, or else its topic's at the best place.

    That is the first one of the section that the card opens, or else the nearest above it.
    """
    own = sim_before(card.own_answer, 0) if card.own_answer else None
    if own is not None:
        return own
    opened = _opened_section(card)
    inside = sim_before(opened.markdown, 0)
    if inside is not None:
        return replace(inside, line=inside.line + opened.line)
    return sim_before(card.topic_answer, opened.line)


def _line_of(card: Card) -> int:
    """Return the 0-based line of the topic's answer at which a prediction card's block stands; 0 where it does not."""
    found = prediction_blocks(card.topic_answer)
    return next((line for line, block in found if block.markdown == card.question), 0)


def _opened_section(card: Card) -> Section:
    parts = sections(card.topic_answer)
    if card.kind is CardKind.QUESTION or card.own_answer:
        return parts[0]
    if card.kind is CardKind.PREDICTION:
        line = _line_of(card)
        return next(part for part in reversed(parts) if part.line <= line)
    return parts[best_section(card.question, card.topic_answer)]
