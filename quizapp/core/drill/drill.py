"""A drill as a value: every step returns another one, and the database holds the same.

Time enters as milliseconds that have passed; a pause, a simulation and the time between a kill and the next start do not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizapp.core.drill.answered import Answered
from quizapp.core.drill.ask import Ask, AskKind, Prompt
from quizapp.core.drill.front import Front, Step, front_from
from quizapp.core.drill.plan import Round, RoundKind, round_from
from quizapp.core.drill.rubric import Band, Dimension, is_complete
from quizapp.core.drill.setup import Manner, Reach, Setup, setup_from
from quizapp.core.log import EntryId
from quizapp.core.topic import CardId


@dataclass(frozen=True, slots=True)
class Drill:
    """Where a learner stands in a drill.

    Attributes:
        rounds: With what each may still ask.
        at: The round in hand.
        front: The question being asked; None when nothing is left, and the drill is over.
        answers: What was answered so far, in order.
    """

    id: EntryId
    at_ms: int
    setup: Setup
    rounds: tuple[Round, ...]
    at: int = 0
    front: Front | None = None
    answers: tuple[Answered, ...] = field(default=())

    # Time.

    @property
    def used_ms(self) -> int:
        """The time used so far."""
        return sum(one.used_ms for one in self.rounds)

    @property
    def left_ms(self) -> int:
        """The time left; below 0 once it is used up."""
        return self.setup.minutes * 60_000 - self.used_ms

    @property
    def round(self) -> Round:
        """The round in hand."""
        return self.rounds[self.at]

    @property
    def number(self) -> int:
        """The number of the question in front, from 1; a second try at a question has that question's."""
        asked = sum(not one.is_second for one in self.answers)
        front = self.front
        is_counted = front is not None and (front.is_second or front.step is Step.HINT)
        return asked + (not is_counted)

    def passed(self, elapsed_ms: int) -> Drill:
        """Return the drill after some time: of the round, and of the answer while it is being given."""
        spent = replace(self.round, used_ms=self.round.used_ms + max(0, elapsed_ms))
        front = self.front
        if front is not None and front.step is Step.ANSWERING:
            front = replace(front, answer_ms=front.answer_ms + max(0, elapsed_ms))
        return replace(self, rounds=_with(self.rounds, self.at, spent), front=front)

    # The question in front.

    def typed(self, draft: str) -> Drill:
        """Return the drill with what has been written so far."""
        return self._with_front(draft=draft)

    def offered_hint(self) -> Drill:
        """Return the drill with the answer done, but poor: a hint is offered before the model answer is shown."""
        return self._with_front(step=Step.OFFER)

    def helped(self, hint: str) -> Drill:
        """Return the drill back at the answer, with a hint in sight."""
        return self._with_front(step=Step.ANSWERING, hint=hint)

    def answered(self, proposed: Collection[str] = ()) -> Drill:
        """Return the drill with the answer done: the key points are ticked next.

        Args:
            proposed: The texts of the points ticked from the start.
        """
        return self._with_front(step=Step.CHECKING, ticked=frozenset(proposed))

    def ticked(self, texts: Collection[str]) -> Drill:
        """Return the drill with these key points ticked."""
        return self._with_front(ticked=frozenset(texts))

    def checked(self) -> Drill:
        """Return the drill with the key points ticked: the answer is judged next."""
        return self._with_front(step=Step.RATING)

    def unchecked(self) -> Drill:
        """Return the drill back at the key points."""
        return self._with_front(step=Step.CHECKING)

    def banded(self, dimension: Dimension, band: Band) -> Drill:
        """Return the drill with one dimension judged."""
        bands = self.front.bands if self.front is not None else {}
        return self._with_front(bands={**bands, dimension: band})

    def unbanded(self) -> Drill:
        """Return the drill with nothing judged: the question in front is about to be skipped."""
        return self._with_front(bands={})

    def with_shown(self, simulation: str) -> Drill:
        """Return the drill with a simulation noted that was opened beside the answer."""
        shown = self.front.shown if self.front is not None else ()
        return self._with_front(shown=(*(one for one in shown if one != simulation), simulation))

    def with_figures(self, figures: str) -> Drill:
        """Return the drill with what was shown of a failed run."""
        return self._with_front(figures=figures)

    def _with_front(self, **changes: Any) -> Drill:
        return self if self.front is None else replace(self, front=replace(self.front, **changes))

    # From one question to the next.

    def record(self, prompt: Prompt, at_ms: int, *, moved: bool = False) -> Answered:
        """Return the answer in front as it is kept; without all its bands it was skipped."""
        front = self.front
        assert front is not None
        judged = front.step is Step.RATING and is_complete(front.bands)
        return Answered(
            round=self.round.kind,
            kind=prompt.ask.kind,
            card_id=prompt.ask.card_id,
            topic_id=prompt.topic_id,
            title=prompt.title,
            deck=prompt.deck,
            question=prompt.question,
            at_ms=at_ms,
            answer=front.draft,
            spoken=judged and self.setup.manner is Manner.SPOKEN,
            ticked=tuple(point.text for point in prompt.points if point.text in front.ticked)
            if judged
            else (),
            missed=prompt.missed(front.ticked if judged else frozenset()),
            bands=front.bands if judged else {},
            answer_ms=front.answer_ms,
            planned_s=prompt.seconds,
            hint=front.hint,
            is_second=front.is_second,
            figures=front.figures,
            shown=front.shown,
            moved=moved,
            subject=prompt.ask.subject,
        )

    def judged(self, answer: Answered, siblings: Sequence[CardId], hint: str) -> Drill:
        """Return the drill after an answer: at the follow-up it earned, at a hint after a poor one, or at the next question.

        Args:
            siblings: The follow-ups of the topic, in the author's order.
            hint: What helps after a poor answer; empty where nothing does.
        """
        after = replace(self, answers=(*self.answers, answer))
        if hint and not answer.is_skipped and not answer.is_good and not answer.hint:
            return after._with_front(step=Step.HINT, hint=hint)
        earned = after._earned(answer, siblings)
        return after.next() if earned is None else replace(after, front=Front(earned, is_earned=True))

    def tried_again(self) -> Drill:
        """Return the drill at the same question once more, after its hint."""
        front = self.front
        if front is None:
            return self
        again = Front(
            front.ask, hint=front.hint, is_second=True, is_earned=front.is_earned, figures=front.figures
        )
        return replace(self, front=again)

    def next(self) -> Drill:
        """Return the drill at the next question: of this round while it has time and questions, else of the next one."""
        for at in range(self.at, len(self.rounds)):
            here = self.rounds[at]
            asked = {(one.kind, one.card_id, one.subject) for one in self.answers}
            left = [ask for ask in here.asks if (ask.kind, ask.card_id, ask.subject) not in asked]
            if left and not here.is_over and self.left_ms > 0:
                rounds = _with(self.rounds, at, replace(here, asks=tuple(left[1:])))
                return replace(self, rounds=rounds, at=at, front=Front(left[0]))
        return replace(self, at=len(self.rounds) - 1, front=None)

    def next_round(self) -> Drill:
        """Return the drill at the first question of the next round, whatever is left of this one."""
        return replace(self, rounds=_with(self.rounds, self.at, replace(self.round, asks=()))).next()

    def finished(self) -> Drill:
        """Return the drill with nothing in front: it is over, and can be debriefed."""
        return replace(self, front=None)

    def _earned(self, answer: Answered, siblings: Sequence[CardId]) -> Ask | None:
        """Return the follow-up that a good answer has earned. The rounds of a mock interview have theirs in the plan."""
        reach, here = self.setup.reach, self.round
        if (
            not (answer.is_of_card and answer.is_good)
            or reach is Reach.NONE
            or here.kind is not RoundKind.QUESTIONS
            or here.is_over
            or self.left_ms <= 0
        ):
            return None
        asked = [one.card_id for one in self.answers if one.topic_id == answer.topic_id and not one.is_second]
        left = [card for card in siblings if card not in asked]
        may = reach is Reach.ALL or answer.kind is AskKind.QUESTION
        return Ask(AskKind.FOLLOW_UP, left[0]) if left and may else None

    # In the database.

    def place(self) -> str:
        """Return what the database keeps of the place; the answers have rows of their own."""
        values = {
            "setup": self.setup.plain(),
            "rounds": [one.plain() for one in self.rounds],
            "at": self.at,
            "front": self.front.plain() if self.front is not None else None,
        }
        return json.dumps(values)  # in ASCII: half a character that a terminal sent is kept as well


def drill_from(identifier: EntryId, at_ms: int, place: str, answers: tuple[Answered, ...]) -> Drill:
    """Return the drill that `Drill.place` and its answers describe."""
    values: Mapping[str, Any] = json.loads(place)
    front = values["front"]
    return Drill(
        id=identifier,
        at_ms=at_ms,
        setup=setup_from(values["setup"]),
        rounds=tuple(map(round_from, values["rounds"])),
        at=values["at"],
        front=None if front is None else front_from(front),
        answers=answers,
    )


def _with(rounds: tuple[Round, ...], at: int, changed: Round) -> tuple[Round, ...]:
    return (*rounds[:at], changed, *rounds[at + 1 :])
