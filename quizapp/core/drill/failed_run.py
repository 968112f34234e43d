"""What is seen of a training run that failed: its chart and figures, and afterwards why they are what they are."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.chart import Chart, draw, to_text

_WIDTH, _HEIGHT = 72, 14


@dataclass(frozen=True, slots=True)
class FailedRun:
    """What is seen of a run.

    Attributes:
        told: Figures and events, a line each.
        explanation: Why the figures are what they are; empty where the run could not say.
        problem: Why there is nothing to be seen; empty when the run came to its end.
    """

    chart: Chart | None
    told: tuple[str, ...]
    explanation: str = ""
    problem: str = ""

    @property
    def text(self) -> str:
        """What is seen, as plain text for an export."""
        drawn = to_text(draw(self.chart, _WIDTH, _HEIGHT)) if self.chart is not None else ""
        rows = [row.rstrip() for row in drawn.splitlines()]
        return "\n".join((*rows, *self.told)).strip("\n")
