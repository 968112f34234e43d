"""What a card expects for an answer: a text, a pattern, a number, one of several choices, or the words of its blanks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from quizapp.core.formulas_in_line import with_formulas
from quizapp.core.topic import CardId


@dataclass(frozen=True, slots=True)
class Exact:
    """One of these answers. The first is the one that is shown.

    Attributes:
        matches_case: Capitals count.
    """

    answers: tuple[str, ...]
    matches_case: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """An answer of which the whole is of a regular expression. The first example is the one that is shown."""

    pattern: str
    examples: tuple[str, ...]
    matches_case: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a unit, which is empty for a bare one.

    Attributes:
        text: The answer as the deck writes it.
        tolerance: The largest error that counts as right: a share of the number, or in its own unit; 0 for none.
        is_share: Whether the tolerance is a share.
    """

    value: float
    unit: str
    text: str
    tolerance: float = 0.0
    is_share: bool = True

    @property
    def largest_error(self) -> float:
        """The largest error that counts as right, in the number's own unit."""
        return abs(self.value) * self.tolerance if self.is_share else self.tolerance


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers to choose from."""

    text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers, or all that are right where there are several.

    Attributes:
        is_ordered: They stay in the deck's order.
    """

    options: tuple[Option, ...]
    is_ordered: bool = False

    @property
    def right(self) -> tuple[str, ...]:
        """The right answers, in their order."""
        return tuple(option.text for option in self.options if option.is_right)

    def asked(self, card_id: CardId, review: int) -> Choice:
        """Return it with the answers in the order of a card's review of this number: a review always has the same."""
        if self.is_ordered:
            return self
        drawn = sorted(self.options, key=lambda option: _draw(card_id, review, option.text))
        return Choice(tuple(drawn), is_ordered=True)

    @property
    def texts(self) -> tuple[str, ...]:
        """The answers, in their order."""
        return tuple(option.text for option in self.options)


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap in the text: what belongs there, and what is shown instead of it.

    Attributes:
        others: What counts as right there as well.
    """

    answer: str
    hint: str = ""
    others: tuple[str, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """What is right, as it is typed: a formula in one line. The first is the one that is shown."""
        return tuple(with_formulas(text) for text in (self.answer, *self.others))


@dataclass(frozen=True, slots=True)
class Cloze:
    """The words that belong into the blanks of the text, in order."""

    blanks: tuple[Blank, ...]


Expectation = Exact | Pattern | Number | Choice | Cloze


def _draw(card_id: CardId, review: int, text: str) -> bytes:
    return hashlib.blake2b(f"{card_id}\n{review}\n{text}".encode("utf-8", "replace"), digest_size=8).digest()
