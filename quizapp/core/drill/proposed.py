"""Which key points an answer's words cover, as a proposal: the learner ticks in the end."""

from __future__ import annotations

from quizapp.core.coverage import coverage
from quizapp.core.drill.ask import Prompt
from quizapp.core.synonyms import read_synonyms


def proposed_ticks(text: str, prompt: Prompt) -> set[str]:
    """Return the texts of the key points that an answer covers; the question's own words cover nothing."""
    points = [point.text for point in prompt.points]
    found = coverage(text, points, read_synonyms(prompt.synonyms), prompt.question)
    return {point for point, covered in zip(points, found, strict=True) if covered.is_covered}


def is_poor(text: str, prompt: Prompt) -> bool:
    """Return whether an answer's words say so little that an interviewer would offer a hint.

    That is less than a third of the key points, or nothing at all. It is a guess before anybody has judged: the learner
    may well have said it in other words, and then goes on without the hint.
    """
    if not text.strip():
        return True
    return 3 * len(proposed_ticks(text, prompt)) < len(prompt.points)
