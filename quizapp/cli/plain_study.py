"""`quizapp study --plain`: question, answer, run and rating on plain lines, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from quizapp.cli.plain_words import (
    HELP,
    card_head,
    finding_lines,
    point_lines,
    question_lines,
    rating_words,
    text_lines,
    unscheduled_words,
)
from quizapp.core.deck_key_points import key_points
from quizapp.core.duration import spoken_interval
from quizapp.core.log import EntryKind
from quizapp.core.memory import Interval, Rating
from quizapp.core.overview import due_words
from quizapp.core.plain import printable
from quizapp.core.prediction import Answer, AnswerError, parsed_answer, parsed_number
from quizapp.core.rating_scale import RatingScale, rating_scale
from quizapp.core.reading import Reading, first_sim, opened_at
from quizapp.core.sections import sections
from quizapp.core.verdict import Verdict
from quizapp.errors import QuizError
from quizapp.services.trials import (
    asked_extra,
    can_be_asked,
    expectation_of,
    front,
    revealed_front,
    trial_of,
)
from sims.protocol import Prediction, PredictionKind

if TYPE_CHECKING:
    from quizapp.core.card import Card
    from quizapp.core.expectation import Expectation
    from quizapp.core.experiment import Experiment, Finding
    from quizapp.core.grade import Grade
    from quizapp.core.topic import KeyPoint, SimBlock
    from quizapp.services.progress import Progress
    from quizapp.services.study import Study
    from quizapp.services.workspace import Workspace

_RATINGS = {str(rating.value): rating for rating in Rating} | {
    rating.name.lower(): rating for rating in Rating
}
_TAKEN_BACK = {
    EntryKind.REVIEW: "The rating was taken back.",
    EntryKind.SUSPEND: "The card is studied again.",
    EntryKind.BURY: "The card is no longer put off.",
}
_AFTER_HIT = "Enter gives the rating that the prediction earned; n shows the answer."


class EndOfInput(Exception):  # noqa: N818 - the end of a pipe is no error
    """Nothing more will be typed."""


@dataclass
class Terminal:
    """Where lines come from and go to.

    Attributes:
        read: Returns one line without its end; raises EndOfInput.
        write: Prints one line.
    """

    read: Callable[[], str]
    write: Callable[[str], None]
    width: int = 78

    def say(self, lines: Iterable[str]) -> None:
        """Print lines."""
        for line in lines:
            self.write(line)

    def ask(self, words: str) -> str:
        """Print what can be typed, and return what was."""
        self.write(words)
        return self.read().strip()


@dataclass
class Front:
    """The card in front, and what has been done with it."""

    card: Card
    since: datetime
    reading: Reading
    points: tuple[KeyPoint, ...]
    intervals: dict[Rating, Interval]
    trial: Experiment | None
    expectation: Expectation | None = None
    grade: Grade | None = None
    typed: str = ""
    ticked: frozenset[int] = frozenset()
    verdict: Verdict | None = None
    finding: Finding | None = None

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


@dataclass
class PlainStudy:
    """One session, until nothing is left, the learner leaves, or the input ends. Every answer is on disk at once."""

    workspace: Workspace
    study: Study
    terminal: Terminal
    _left: bool = field(default=False, init=False)

    def run(self) -> None:
        """Ask one card after another."""
        card = self.study.card()
        try:
            while not self._left:
                card = self._card(card) if card is not None else self._end()
        except EndOfInput:
            self.terminal.write("The input has ended.")
            self._say_so_far()

    # One card.

    def _card(self, card: Card) -> Card | None:
        """Ask one card and return the next one, or the same one to be asked anew."""
        front_ = self._front(card)
        self._read_question(front_)
        while True:
            line = self.terminal.ask(self._prompt(front_))
            try:
                moved, following = self._line(front_, line)
            except QuizError as error:
                self.terminal.say(printable(str(error)).splitlines())
                continue
            if moved:
                return following

    def _line(self, front_: Front, line: str) -> tuple[bool, Card | None]:
        """Take a line: an answer in words keeps its capitals and blanks, every other word is a command."""
        word, _, rest = line.partition(" ")
        if word.lower() == "a":
            self._answer(front_, rest.strip())
            return False, None
        return self._command(front_, line.lower().split())

    @property
    def _scale(self) -> RatingScale:
        return rating_scale(two_buttons=self.workspace.settings.two_buttons)

    def _front(self, card: Card) -> Front:
        from quizapp.services import draft
        from quizapp.services.progress import offered

        given = offered(self.workspace, card)
        intervals = {rating: given[rating] for rating in self._scale.ratings}
        points = () if card.own_answer else key_points(card.cover)
        trial = trial_of(card) if can_be_asked(card) else None
        reading, expected = Reading(card.answer), expectation_of(card)
        typed = draft.kept(self.workspace, card)
        return Front(card, self.workspace.now(), reading, points, intervals, trial, expected, typed=typed)

    def _read_question(self, front_: Front) -> None:
        from quizapp.services.progress import progress

        stands = progress(self.workspace, self.study.session)
        head = card_head(front_.card, stands.done, stands.left.total + stands.beside)
        words = revealed_front if front_.reading.revealed else front
        self.terminal.say(["", head, "", *self._lines(words(front_.card)), ""])
        if front_.typed and not front_.reading.revealed:
            self.terminal.say([*self._kept_words(front_), ""])
        if front_.asks_answer and front_.expectation is not None:
            from quizapp.cli.plain_answer import expected_lines

            self.terminal.say([*expected_lines(front_.expectation, front_.card), ""])

    def _prompt(self, front_: Front) -> str:
        if front_.asks_first:
            return "Enter asks for your prediction, n shows the answer without one. h helps."
        if front_.verdict is not None and not front_.reading.revealed:
            return f"{_AFTER_HIT} h helps."
        if front_.asks_answer:
            return "a and your answer hands it in, enter shows the answer without one. h helps."
        if not front_.reading.revealed:
            return "Enter shows the answer; a and your words keeps them beside it. h helps."
        left = front_.reading.left
        more = f"Enter shows the next of {left} more sections. " if left > 1 else ""
        more = "Enter shows the last section. " if left == 1 else more
        if front_.grade is not None and front_.proposed is not None:
            more += f"p gives the proposed {front_.proposed.name.capitalize()}. "
        if not self.study.session.moves_schedule:
            return more + unscheduled_words(self._scale)
        return more + rating_words(front_.intervals, self._scale)

    def _command(self, front_: Front, words: list[str]) -> tuple[bool, Card | None]:
        """Do what was typed; return whether another card comes, and that card."""
        word, rest = (words[0], words[1:]) if words else ("", [])
        if word in _RATINGS and not rest:
            said = _RATINGS[word]
            meant = (rating for rating, keys in self._scale.keys.items() if int(said) in keys)
            return self._rate(front_, next(meant, said))
        match word:
            case "":
                return self._enter(front_)
            case "n" | "w":
                self._reveal(front_, whole=word == "w")
            case "t":
                self._tick(front_, rest)
            case "p" if front_.proposed is not None:
                return self._rate(front_, front_.proposed)
            case "x":
                self._simulate(front_, rest)
            case "g":
                self._draw(front_)
            case "b":
                return self._move(self.study.bury, "Put off until tomorrow. u takes it back.")
            case "z":
                return self._move(self.study.suspend, "Suspended: it comes no more. u takes it back.")
            case "u":
                return self._undo()
            case "i":
                self._why(front_)
            case "r":
                self._read_question(front_)
            case "q":
                self._left = True
                self._say_so_far()
                return True, None
            case "h" | "?" | "help":
                self.terminal.write(HELP)
            case _:
                self.terminal.write(f"{printable(' '.join(words))!r} means nothing here. h says what does.")
        return False, None

    def _enter(self, front_: Front) -> tuple[bool, Card | None]:
        if front_.asks_first:
            self._simulate(front_, [])
        elif front_.verdict is not None and not front_.reading.revealed:
            return self._rate(front_, front_.verdict.rating)
        elif front_.reading.whole:
            self.terminal.write("There is no further section. w shows all of the answer.")
        else:
            self._reveal(front_, whole=False)
        return False, None

    def _answer(self, front_: Front, text: str) -> None:
        """Take an answer: one that is expected is graded, any other is kept; then the answer is shown."""
        if front_.reading.revealed:
            self.terminal.write("The answer has been shown already: rate it.")
            return
        if front_.expectation is not None:
            from quizapp.cli.plain_answer import given

            try:
                front_.grade = given(front_.expectation, front_.card, text)
            except AnswerError as error:
                self.terminal.write(printable(str(error)))
                return
        elif not text:
            self.terminal.write("Give your words behind a, on one line.")
            return
        else:
            self._keep(front_, text)
        self._reveal(front_, whole=False)

    def _kept_words(self, front_: Front) -> list[str]:
        """Return what was typed for this review before the program ended."""
        return ["Your words from before are kept:", *map(printable, front_.typed.splitlines())]

    def _keep(self, front_: Front, text: str) -> None:
        """Write the words down before anything else is shown, and propose the key points that they cover."""
        from quizapp.services import draft

        draft.keep(self.workspace, front_.card, text)
        front_.typed = text
        self._propose_points(front_)
        if front_.points:
            self.terminal.write(
                f"Your words cover {len(front_.ticked)} of {len(front_.points)} key points: a proposal."
            )

    def _propose_points(self, front_: Front) -> None:
        """Tick what the typed words cover; the learner may overrule it."""
        from quizapp.cli.plain_answer import covered_points

        front_.ticked = covered_points(front_.card, front_.typed, [point.text for point in front_.points])

    def _say_grade(self, front_: Front) -> None:
        if front_.grade is None or front_.proposed is None:
            return
        self.terminal.say([printable(line) for line in front_.grade.sentence.splitlines()])
        self.terminal.write(f"Proposed: {front_.proposed.value} {front_.proposed.name.capitalize()}.")
        self.terminal.write("")

    def _reveal(self, front_: Front, *, whole: bool) -> None:
        before = front_.reading
        if not before.revealed:
            self._propose_points(front_)
            self._say_grade(front_)
            if (filled := revealed_front(front_.card)) != front(front_.card):
                self.terminal.say([*self._lines(filled), ""])
        front_.reading = before.all_of_it() if whole or before.whole else before.further()
        shown = 0 if whole or before.whole else before.shown
        if not before.revealed and not whole and (line := opened_at(front_.card)):
            fitting = [part for part in sections(front_.card.answer) if part.line <= line][-1]
            front_.reading = Reading(front_.card.answer, 0).all_of_it()
            words = ["From the topic's answer; w shows all of it.", "", *self._lines(fitting.markdown)]
            self.terminal.say([*words, ""])
        else:
            text = "".join(part.markdown for part in front_.reading.parts[shown : front_.reading.shown])
            self.terminal.say([*self._lines(text), ""])
        if front_.reading.whole and front_.points:
            self.terminal.say(point_lines(front_.points, front_.ticked))
            self.terminal.write("t and numbers tick the points that you said.")

    def _lines(self, markdown: str) -> list[str]:
        return text_lines(markdown, self.terminal.width)

    def _tick(self, front_: Front, numbers: list[str]) -> None:
        if not front_.reading.revealed:
            self.terminal.write("The answer first: press enter.")
            return
        chosen = {int(number) for number in " ".join(numbers).replace(",", " ").split() if number.isdecimal()}
        known = set(range(1, len(front_.points) + 1))
        if chosen - known:
            wrong = ", ".join(map(str, sorted(chosen - known)))
            self.terminal.write(f"There is no point {wrong}; there are {len(front_.points)}.")
        front_.ticked ^= frozenset(chosen & known)
        self.terminal.say(point_lines(front_.points, front_.ticked))

    # Rating and taking back.

    def _rate(self, front_: Front, rating: Rating) -> tuple[bool, Card | None]:
        if not front_.may_be_rated:
            self.terminal.write("The answer first: press enter.")
            return False, None
        if rating not in front_.intervals:
            self.terminal.write("There are two buttons: 1 Again, 2 or 3 Good.")
            return False, None
        elapsed_ms = round(1000 * (self.workspace.now() - front_.since).total_seconds())
        extra = self._extra(front_)
        following = self.study.answer(rating, elapsed_ms, extra)
        self.terminal.write(f"{rating.name.capitalize()}: {self._effect(front_, rating)}.")
        return True, following

    def _effect(self, front_: Front, rating: Rating) -> str:
        """Return what a rating has done."""
        if self.study.session.moves_schedule:
            return f"it comes back {spoken_interval(front_.intervals[rating])}"
        again = "it comes once more, and " if rating is Rating.AGAIN else ""
        return f"{again}the schedule stays as it is"

    def _extra(self, front_: Front) -> dict[str, object]:
        extra: dict[str, object] = {}
        if front_.verdict is not None:
            extra["prediction"] = front_.verdict.extra
        elif front_.trial is not None:
            extra |= asked_extra(front_.trial)
        if front_.grade is not None:
            extra["expected"] = front_.grade.extra
        if front_.typed:
            from quizapp.cli.plain_answer import covered_points

            points = [point.text for point in front_.points]
            covered = covered_points(front_.card, front_.typed, points)
            extra["typed"] = front_.typed
            if covered:
                extra["covered"] = [points[number - 1] for number in sorted(covered)]
        if front_.ticked:
            extra["ticked"] = [front_.points[number - 1].text for number in sorted(front_.ticked)]
        return extra

    def _move(self, action: Callable[[], Card | None], words: str) -> tuple[bool, Card | None]:
        following = action()
        self.terminal.write(words)
        return True, following

    def _undo(self) -> tuple[bool, Card | None]:
        undone = self.study.undo()
        if undone is None:
            self.terminal.write("There is nothing to take back.")
            return False, None
        self.terminal.write(_TAKEN_BACK.get(undone.kind, "It was taken back."))
        return True, self.study.card()

    # Simulations.

    def _simulate(self, front_: Front, rest: list[str]) -> None:
        from quizapp.services.plain_trial import experiment_of, run

        experiment = front_.trial if front_.asks_first else None
        if experiment is None:
            block = self._block(front_, rest)
            if block is None:
                self.terminal.write("This card runs no simulation. `quizapp sim` lists those that there are.")
                return
            experiment = experiment_of(block)
        experiment = experiment.committed(self._predicted(experiment.prediction))
        self.terminal.write("Running.")
        try:
            finding = run(self.workspace, experiment, front_.card.id)
        except KeyboardInterrupt:
            self.terminal.write("Stopped.")
            return
        front_.finding = finding
        self.terminal.say([*finding_lines(finding, self.terminal.width), "g draws its chart.", ""])
        if front_.asks_first and finding.outcome is not None:
            front_.verdict = Verdict(finding, self._scale)
            rating = front_.verdict.rating
            self.terminal.write(f"Proposed: {rating.value} {rating.name.capitalize()}.")

    def _block(self, front_: Front, rest: list[str]) -> SimBlock | None:
        """Return the simulation that was asked for by its number, or the one that fits the card best."""
        from quizapp.core.deck_sims import sim_blocks

        blocks = list(sim_blocks(front_.card.answer))
        number = int(rest[0]) if rest and rest[0].isdecimal() else 0
        return blocks[number - 1] if 0 < number <= len(blocks) else first_sim(front_.card)

    def _predicted(self, prediction: Prediction) -> Answer | None:
        """Ask until there is an answer that means something, or none."""
        self.terminal.say(["", *question_lines(prediction, self.terminal.width)])
        while text := self.terminal.read().strip():
            try:
                return _answer(prediction, text)
            except AnswerError as error:
                self.terminal.write(printable(str(error)))
        return None

    def _draw(self, front_: Front) -> None:
        from quizapp.services.plain_run import chart_lines

        if front_.finding is None or front_.finding.last is None:
            self.terminal.write("Nothing has run yet: x runs the simulation of this card.")
            return
        self.terminal.say(chart_lines(front_.finding.experiment.name, front_.finding.last))

    # Words about the card and the session.

    def _why(self, front_: Front) -> None:
        from quizapp.services.progress import why

        reasons = why(self.workspace, front_.card)
        memory = reasons.card.state.memory
        if not memory.reps:
            self.terminal.write("New: not reviewed yet. Its first rating sets its stability and difficulty.")
            return
        lapses = "once" if memory.lapses == 1 else f"{memory.lapses} times"
        self.terminal.say(
            [
                f"Reviewed {memory.reps} times, forgotten {lapses}.",
                f"Stability {memory.stability:.3g} days: so long until recall falls to 90 percent.",
                f"Difficulty {memory.difficulty:.1f} of 10.",
                f"Recall today {reasons.recall_now:.0%}, wanted {reasons.retention:.0%}.",
            ]
        )

    def _end(self) -> Card | None:
        """Say how the session went; the last rating can still be taken back."""
        from quizapp.services.learned import finished

        stands = finished(self.workspace, self.study.session)
        self.terminal.write("")
        self.terminal.write(f"Nothing is left for now. {stands.done} rated. {due_words(stands.next_due)}")
        self._say_taught(stands)
        if stands.left.learning:
            self.terminal.write(f"In learning, and back in a while: {stands.left.learning}.")
        if self.terminal.ask("u takes the last rating back, enter leaves.").lower() == "u":
            return self._undo()[1]
        self._left = True
        return None

    def _say_so_far(self) -> None:
        """Say what was learned, if anything was answered, and that the place is kept."""
        if not self.study.answered or self.study.session.current is None:
            self.terminal.write("The place is kept.")
            return
        from quizapp.services.learned import finished
        from quizapp.services.progress_words import left_words, so_far_words

        stands = finished(self.workspace, self.study.session)
        self.terminal.say(["", so_far_words(stands)])
        self._say_taught(stands)
        self.terminal.write(left_words(stands))

    def _say_taught(self, stands: Progress) -> None:
        from quizapp.services.progress_words import taught_lines

        self.terminal.say(f"{lead}{text}" for lead, text in taught_lines(stands, self.terminal.width))


def _answer(prediction: Prediction, text: str) -> Answer:
    """Return what a typed line stands for.

    Raises:
        AnswerError: It is no answer to this question.
    """
    if prediction.kind is PredictionKind.SKETCH:
        values = tuple(parsed_number(part, prediction.unit) for part in text.replace(",", " ").split())
        if len(values) != len(prediction.bars):
            raise AnswerError(f"{len(values)} numbers for {len(prediction.bars)} bars: give one for each.")
        if not all(prediction.low <= value <= prediction.high for value in values):
            raise AnswerError(f"Each number lies between {prediction.low} and {prediction.high}.")
        return values
    if prediction.choices and text.isdecimal() and 0 < int(text) <= len(prediction.choices):
        return prediction.choices[int(text) - 1]
    return parsed_answer(prediction, text)
