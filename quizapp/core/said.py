"""What a learner said at a review, read back from what the log kept beside the rating."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one review; each is empty where there were none.

    Attributes:
        typed: What was typed before the answer was shown.
        answer: What was given where the card expected an answer, its parts joined.
        wanted: What was right there.
        ticked: The key points that were ticked.
    """

    typed: str = ""
    answer: str = ""
    wanted: str = ""
    ticked: tuple[str, ...] = ()


def said_in(extra: Mapping[str, object]) -> Said:
    """Return what a log entry says; what is not as it should be, from another program's hand, counts for nothing."""
    expected, ticked = extra.get("expected"), extra.get("ticked")
    given: Mapping[str, object] = expected if isinstance(expected, dict) else {}
    return Said(
        typed=_text(extra.get("typed")),
        answer=_joined(_text(given.get("answer"))),
        wanted=_joined(_text(given.get("wanted"))),
        ticked=tuple(map(_text, ticked)) if isinstance(ticked, list) else (),
    )


def _text(written: object) -> str:
    return written if isinstance(written, str) else ""


def _joined(lines: str) -> str:
    return "; ".join(line.strip() or "–" for line in lines.split("\n")) if lines else ""
