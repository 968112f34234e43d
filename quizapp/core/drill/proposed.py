"""Which key points an answer's words cover, as a proposal: the learner ticks in the end."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.topic import KeyPoint


def proposed_ticks(text: str, key_points: Sequence[KeyPoint]) -> set[str]:  # noqa: ARG001 - the seam's signature
    """Return the texts of the key points that an answer covers; none as long as nothing reads the words."""
    return set()
