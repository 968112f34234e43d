"""Says how alike two questions are."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from quizapp.core.deck_follow_ups import same_words
from quizapp.core.question_words import QUESTION_WORDS

MIN_SIMILARITY = 0.6
"""From here on two questions are taken for one that was edited."""
SAME_SUBJECT = 0.85
"""From here on the words of two questions that say what they are about differ by a slip of the pen alone."""

# Comparing characters takes the square of their number.
_COMPARED_CHARACTERS = 400
# Texts that share fewer pairs of neighbouring characters never came near MIN_SIMILARITY.
_MIN_SHARED_PAIRS = 0.3


@dataclass(frozen=True, slots=True)
class Words:
    """A question made ready for comparing it with many others.

    Attributes:
        key: The same for questions that differ in case, signs and blanks only.
        pairs: The pairs of neighbouring characters.
    """

    key: str
    words: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def of(cls, question: str) -> Words:
        """Return the words of a question."""
        key = same_words(question)
        compared = key[:_COMPARED_CHARACTERS]
        pairs = frozenset(compared[start : start + 2] for start in range(max(1, len(compared) - 1)))
        return cls(key, frozenset(key.split()), pairs)

    def similarity(self, other: Words) -> float:
        """Return how alike two questions are, 0 to 1: by their words in any order, or by their characters."""
        if self.key == other.key:
            return 1.0
        shared_words = len(self.words & other.words) / max(1, len(self.words | other.words))
        shared_pairs = 2 * len(self.pairs & other.pairs) / (len(self.pairs) + len(other.pairs))
        if shared_words >= MIN_SIMILARITY or shared_pairs < _MIN_SHARED_PAIRS:
            return shared_words
        return max(shared_words, _likeness(self.key, other.key))

    def is_about_the_same(self, other: Words) -> bool:
        """Return whether the two ask about the same: "What is X?" and "What is Y?" are alike, and are not that."""
        mine, others = self.words - QUESTION_WORDS, other.words - QUESTION_WORDS
        if len(mine & others) >= MIN_SIMILARITY * len(mine | others):
            return bool(mine)
        return _likeness(self._subject, other._subject) >= SAME_SUBJECT

    @property
    def _subject(self) -> str:
        return " ".join(word for word in self.key.split() if word not in QUESTION_WORDS)


def _likeness(one: str, other: str) -> float:
    # The ratio depends on the order of its arguments; sorted, it does not.
    first, second = sorted((one[:_COMPARED_CHARACTERS], other[:_COMPARED_CHARACTERS]))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
