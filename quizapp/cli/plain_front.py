"""The card in front of plain study, and what has been done with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizapp.core.covered import covered, kept_words, points_of
from quizapp.core.memory import Interval, Rating
from quizapp.core.rating_scale import RatingScale, rating_scale
from quizapp.core.reading import Reading
from quizapp.services.draft import Draft
from quizapp.services.trials import asked_extra, back, can_be_asked, expectation_of, trial_of

if TYPE_CHECKING:
    from datetime import datetime

    from quizapp.cli.plain_prompt import Stage
    from quizapp.core.card import Card
    from quizapp.core.expectation import Expectation
    from quizapp.core.experiment import Experiment, Finding
    from quizapp.core.grade import Grade
    from quizapp.core.sections import Section
    from quizapp.core.topic import KeyPoint
    from quizapp.core.verdict import Verdict
    from quizapp.services.workspace import Workspace


@dataclass
class Front:
    """The card in front.

    Attributes:
        since: When it came.
        before: What was typed for this review before the program ended.
        intervals: What each rating that is offered would give.
        typed: The learner's own words.
        ticked: The key points that count as said, by their numbers from 1.
        words_for: The words that cover each point; empty where nothing was typed.
        read: The parts of the answer that were read out.
        told: What the learner was told at length to be waited for.
    """

    card: Card
    since: datetime
    scale: RatingScale
    reading: Reading
    points: tuple[KeyPoint, ...]
    before: Draft
    intervals: dict[Rating, Interval]
    trial: Experiment | None
    expectation: Expectation | None = None
    grade: Grade | None = None
    typed: str = ""
    ticked: frozenset[int] = frozenset()
    words_for: tuple[tuple[str, ...], ...] = ()
    verdict: Verdict | None = None
    finding: Finding | None = None
    read: tuple[Section, ...] = ()
    told: Stage | None = None

    @property
    def draft(self) -> Draft:
        """What was typed, as it is kept for a killed terminal."""
        return replace(self.before, words=self.typed)

    @property
    def may_be_rated(self) -> bool:
        """Whether the answer, or the verdict of a run, has been seen."""
        return self.reading.revealed or self.verdict is not None

    @property
    def asks_first(self) -> bool:
        """Whether it waits for its prediction still."""
        return self.trial is not None and not self.may_be_rated

    @property
    def asks_answer(self) -> bool:
        """Whether it waits for the answer that it expects still."""
        return self.expectation is not None and not self.may_be_rated

    @property
    def proposed(self) -> Rating | None:
        """The rating that a run or an expected answer has earned, among those that are offered."""
        judged = self.verdict or self.grade
        if judged is None:
            return None
        return judged.rating if judged.rating in self.intervals else Rating.GOOD

    @property
    def extra(self) -> dict[str, object]:
        """What the log keeps of the review: what was typed, expected, predicted and ticked."""
        extra = kept_words(self.card, self.typed)
        if self.verdict is not None:
            extra["prediction"] = self.verdict.extra
        elif self.trial is not None:
            extra |= asked_extra(self.trial)
        if self.grade is not None:
            extra["expected"] = self.grade.extra
        if self.ticked:
            extra["ticked"] = [self.points[number - 1].text for number in sorted(self.ticked)]
        return extra

    def propose_points(self) -> None:
        """Tick what the typed words cover; the learner may overrule it."""
        found = covered(self.card, self.typed)
        self.ticked, self.words_for = found.numbers, found.words


def front_of(workspace: Workspace, card: Card) -> Front:
    """Return a card as it comes in front, with what was typed for it before the program ended."""
    from quizapp.services import draft
    from quizapp.services.progress import offered

    scale = rating_scale(two_buttons=workspace.settings.two_buttons)
    given, before = offered(workspace, card), draft.kept(workspace, card)
    return Front(
        card,
        workspace.now(),
        scale,
        Reading(back(card)),
        points_of(card),
        before,
        {rating: given[rating] for rating in scale.ratings},
        trial_of(card) if can_be_asked(card) else None,
        expectation_of(card),
        typed=before.words,
    )
