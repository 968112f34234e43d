"""What a prediction card's run says about its answer: the rating that it proposes, and what the log keeps of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from quizapp.core.experiment import Finding
from quizapp.core.memory import Rating
from quizapp.core.prediction import Gap, answer_text
from quizapp.core.rating_scale import FOUR, RatingScale

_MUCH_BETTER, _NOT_MUCH_WORSE = 0.5, 2.0


def proposed_rating(missed: Gap | None) -> Rating:
    """Return the rating that a prediction earns by its declared tolerance.

    Exactly right, or off by half the tolerance at most: Easy. Within the tolerance: Good. Within twice: Hard. Farther
    off, or no prediction at all: Again. A choice or a profile may have been guessed: right is Good, wrong is Again.
    """
    if missed is None:
        return Rating.AGAIN
    if missed.error is None:
        return Rating.GOOD if missed.hit else Rating.AGAIN
    if missed.error <= _MUCH_BETTER * missed.tolerance:
        return Rating.EASY
    if missed.error <= missed.tolerance:
        return Rating.GOOD
    return Rating.HARD if missed.error <= _NOT_MUCH_WORSE * missed.tolerance else Rating.AGAIN


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finished run of a card's experiment, graded."""

    finding: Finding
    scale: RatingScale = FOUR

    @property
    def rating(self) -> Rating:
        """The rating that is proposed, among those that have a button."""
        return self.scale.nearest(proposed_rating(self.finding.gap))

    @property
    def words(self) -> str:
        """The gap with its reason, and the rating that it proposes."""
        lead = "" if self.finding.gap else "No prediction was made. "
        return f"{lead}{self.finding.sentence}\nProposed: {self.scale.name(self.rating)}"

    @property
    def extra(self) -> dict[str, object]:
        """What the review's entry in the log keeps beside the rating that the learner gave."""
        experiment, missed = self.finding.experiment, self.finding.gap
        kept: dict[str, object] = {
            "knobs": dict(experiment.values),
            "seed": experiment.seed,
            "proposed": proposed_rating(self.finding.gap).name.lower(),
        }
        if experiment.answer is not None:
            kept["answer"] = answer_text(experiment.answer)
        if self.finding.outcome is not None:
            kept["truth"] = answer_text(self.finding.outcome.truth)
        if missed is not None and missed.error is not None and math.isfinite(missed.error):
            kept["error"] = round(missed.error, 6)
        return kept
