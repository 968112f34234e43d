"""The question in front and how far the learner has come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from quizapp.core.drill.ask import Ask, ask_from
from quizapp.core.drill.rubric import Bands, bands_from, plain_bands


class Step(StrEnum):
    """What the learner is doing: at OFFER deciding whether to take a hint, before the model answer is shown."""

    ANSWERING = "answering"
    OFFER = "offer"
    CHECKING = "checking"
    RATING = "rating"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Front:
    """A question that is being asked.

    Attributes:
        draft: What has been written so far.
        ticked: The texts of the key points ticked so far.
        bands: Those given so far.
        answer_ms: The time spent answering.
        hint: The hint in sight: one that was taken, or one that is offered after a poor judgement; else empty.
        is_second: A second try at a question whose model answer was seen.
        is_earned: A follow-up that a good answer has earned.
        shown: The simulations opened with it.
        figures: What was shown of a failed run, as text.
    """

    ask: Ask
    step: Step = Step.ANSWERING
    draft: str = ""
    ticked: frozenset[str] = frozenset()
    bands: Bands = field(default_factory=dict)
    answer_ms: int = 0
    hint: str = ""
    is_second: bool = False
    is_earned: bool = False
    shown: tuple[str, ...] = ()
    figures: str = ""

    @property
    def is_unseen(self) -> bool:
        """Whether the model answer is still to be shown."""
        return self.step in (Step.ANSWERING, Step.OFFER)

    def plain(self) -> dict[str, object]:
        """Return the front as plain values."""
        return {
            "ask": self.ask.plain(),
            "step": self.step.value,
            "draft": self.draft,
            "ticked": sorted(self.ticked),
            "bands": plain_bands(self.bands),
            "answer_ms": self.answer_ms,
            "hint": self.hint,
            "second": self.is_second,
            "earned": self.is_earned,
            "shown": list(self.shown),
            "figures": self.figures,
        }


def front_from(values: Mapping[str, Any]) -> Front:
    """Return the front that `Front.plain` wrote."""
    return Front(
        ask=ask_from(values["ask"]),
        step=Step(values["step"]),
        draft=values["draft"],
        ticked=frozenset(values["ticked"]),
        bands=bands_from(values["bands"]),
        answer_ms=values["answer_ms"],
        hint=values["hint"],
        is_second=values["second"],
        is_earned=values["earned"],
        shown=tuple(values["shown"]),
        figures=values["figures"],
    )
