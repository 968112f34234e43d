"""A prediction that was committed and, once its run has ended, settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.log import EntryId
from quizapp.core.topic import CardId


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a learner said before a run, and what the run said.

    Attributes:
        knobs: The simulation's settings as text, as `--set` takes them.
        truth, gap: What was measured and the difference in words; empty until the run has ended.
        hit: Whether it was right; None until the run has ended.
    """

    id: EntryId
    at_ms: int
    card_id: CardId | None
    simulation: str
    knobs: Mapping[str, str]
    seed: int
    question: str
    answer: str
    truth: str
    gap: str
    hit: bool | None = None
