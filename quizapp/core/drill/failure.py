"""A training run that fails: the simulation and knobs that make it fail, what is shown of it, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.core.chart.model import Axis, Chart, Series
from quizapp.core.topic import KeyPoint
from sims.protocol import Frame


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed run.

    Attributes:
        settings: The knobs that make it fail, as a `sim` block writes them.
        story: What the team did and saw, without the cause.
        shown: The series that are drawn, each with the name that it is drawn under.
        x: The series that holds the x values; empty: 0, 1, 2, ...
        figures: The scalars that are told, each with its words.
        events: Patterns of events that are told, each with what is said in their place; other events are not.
        cause, fix: The model answer, as Markdown.
    """

    name: str
    title: str
    simulation: str
    settings: tuple[tuple[str, str], ...]
    story: str
    cause: str
    fix: str
    points: tuple[str, ...]
    shown: tuple[tuple[str, str], ...] = ()
    x: str = ""
    x_label: str = ""
    y_label: str = ""
    log_y: bool = True
    figures: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, str], ...] = ()

    @property
    def question(self) -> str:
        """What is asked, as Markdown."""
        return f"{self.story}\n\nWhat is wrong, what in these figures says so, and how do you mend it?"

    @property
    def model(self) -> str:
        """The model answer, as Markdown."""
        return f"### What is wrong\n{self.cause}\n\n### How it is mended\n{self.fix}\n"

    @property
    def key_points(self) -> tuple[KeyPoint, ...]:
        """What a good answer covers."""
        return tuple(KeyPoint(text, "Diagnosis") for text in self.points)

    def chart(self, frame: Frame) -> Chart | None:
        """Return what is drawn of the run's last frame; None where figures alone are told."""
        if not self.shown:
            return None
        x = frame.series.get(self.x, ())
        series = tuple(
            Series(label, frame.series[key], x) for key, label in self.shown if key in frame.series
        )
        return Chart(series, Axis(self.x_label), Axis(self.y_label, log=self.log_y))

    def told(self, frame: Frame, events: Iterable[str]) -> tuple[str, ...]:
        """Return what is told beside the chart: figures, then what happened in the run, each once."""
        figures = [
            f"{words}: {frame.scalars[key]:.4g}" for key, words in self.figures if key in frame.scalars
        ]
        happened = [
            found.expand(words)
            for event in events
            for pattern, words in self.events
            if (found := re.search(pattern, event)) is not None
        ]
        return tuple(dict.fromkeys((*figures, *happened)))
