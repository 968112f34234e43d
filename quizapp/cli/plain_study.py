"""`quizapp study --plain`: question, answer, run and rating on plain lines, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizapp.cli.plain_answer import choice_lines
from quizapp.cli.plain_answering import hand_in, kept_lines, take_words
from quizapp.cli.plain_front import Front, front_of
from quizapp.cli.plain_prompt import prompt, short_prompt, stage_of
from quizapp.cli.plain_simulating import draw, launch_words, simulate
from quizapp.cli.plain_terminal import EndOfInput, Terminal, in_a_line
from quizapp.cli.plain_words import card_head, help_text, point_lines, spoken_blanks, why_lines
from quizapp.core.duration import spoken_interval
from quizapp.core.memory import Rating
from quizapp.core.overview import due_words
from quizapp.core.plain import printable
from quizapp.core.reading import Reading, begun, opened_at
from quizapp.errors import QuizError
from quizapp.services.trials import front as front_words
from quizapp.services.trials import revealed_front

if TYPE_CHECKING:
    from quizapp.core.card import Card
    from quizapp.core.sections import Section
    from quizapp.services.progress import Progress
    from quizapp.services.study import Study
    from quizapp.services.workspace import Workspace

_RATINGS = {str(rating.value): rating for rating in Rating} | {
    rating.name.lower(): rating for rating in Rating
}
_ANSWERS = ("a", "t")
"""What comes behind these words keeps its capitals and blanks."""
_GREW = re.compile(r"(\d+) → (\d+) %")
_LEAVE, _HELP = ("q", "quit", "exit"), ("h", "?", "help")
_ALONE = ("", "n", "w", "p", "x", "g", "b", "z", "u", "redo", "i", "r", *_LEAVE, *_HELP)
"""Commands that take nothing behind them; `x` takes a number, too."""


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
        except KeyboardInterrupt:
            self.terminal.write("")
            self._say_so_far()
            raise

    # One card.

    def _card(self, card: Card) -> Card | None:
        """Ask one card and return the next one, or the same one to be asked anew."""
        front = front_of(self.workspace, card)
        self._read_question(front)
        while True:
            line = self.terminal.ask(self._prompt(front))
            try:
                moved, following = self._line(front, line)
            except QuizError as error:
                self.terminal.say(printable(str(error)).splitlines())
                continue
            if moved:
                return following

    def _prompt(self, front: Front) -> str:
        """Return what can be typed: at length when the card waits for something new, then in a few words."""
        told, front.told = front.told, stage_of(front)
        if told is front.told:
            return short_prompt(front)
        return prompt(front, moves_schedule=self.study.session.moves_schedule)

    def _read_question(self, front: Front) -> None:
        from quizapp.services.progress import progress

        stands = progress(self.workspace, self.study.session)
        shown = revealed_front(front.card) if front.reading.revealed else self._hidden(front)
        self.terminal.say(["", card_head(front.card, stands.done, stands.left.total + stands.beside), ""])
        self._show(front, shown)
        if front.typed and not front.reading.revealed:
            self.terminal.say([*kept_lines(front), ""])
        if choices := list(choice_lines(front.expectation)):
            self.terminal.say([*choices, ""])

    def _hidden(self, front: Front) -> str:
        return spoken_blanks(front_words(front.card)) if front.expectation else front_words(front.card)

    def _show(self, front: Front, markdown: str, above: int | None = None) -> None:
        """Read a text out.

        Args:
            above: How many lines of the answer stand above it; None where it is no part of the answer.
        """
        self.terminal.show(markdown, lambda block: launch_words(front.card.answer, block, above))

    def _read_again(self, front: Front) -> None:
        """Read the card again: the question, how an expected answer did, and what was shown of the answer."""
        front.told = None
        self._read_question(front)
        if front.typed and front.reading.revealed:
            self.terminal.say(["Your words:", *map(printable, front.typed.splitlines()), ""])
        if front.verdict is not None:
            self.terminal.say([in_a_line(front.verdict.finding.sentence), ""])
        if front.reading.revealed:
            self._say_grade(front)
            self._read_answer(front, front.read)

    def _line(self, front: Front, line: str) -> tuple[bool, Card | None]:
        """Do what was typed; return whether another card comes, and that card."""
        word, _, text = line.strip().partition(" ")
        is_ticking = word.lower() == "t" and (front.reading.revealed or text.replace(",", "").isdecimal())
        if word.lower() in _ANSWERS and not is_ticking:
            self._answer(front, word.lower(), text.strip())
            return False, None
        words = line.lower().split()
        is_command = " ".join(words) in _ALONE or (words[0] in ("x", "t") and text.strip().isdecimal())
        if front.asks_answer and not is_command:
            self._answer(front, "", line.strip())
            return False, None
        return self._command(front, words)

    def _command(self, front: Front, words: list[str]) -> tuple[bool, Card | None]:
        word, rest = (words[0], words[1:]) if words else ("", [])
        if word in _RATINGS and not rest:
            said = _RATINGS[word]
            meant = (rating for rating, keys in front.scale.keys.items() if int(said) in keys)
            return self._rate(front, next(meant, said))
        match word:
            case _ if rest and word not in ("x", "t"):
                self._say_unknown(words)
            case "":
                return self._enter(front)
            case "n" | "w":
                self._reveal(front, whole=word == "w")
            case "t":
                self._tick(front, rest)
            case "p" if front.proposed is not None:
                return self._rate(front, front.proposed)
            case "p":
                self.terminal.write("Nothing is proposed: a number rates the card once its answer is shown.")
            case "x":
                simulate(front, self.terminal, self.workspace, rest)
            case "g":
                draw(front.finding, self.terminal)
            case "b":
                return self._move(self.study.bury, "Put off until tomorrow. u takes it back.")
            case "z":
                return self._move(self.study.suspend, "Suspended: it comes no more. u takes it back.")
            case "u":
                return self._undo()
            case "redo":
                return self._redo()
            case "i":
                self._why(front)
            case "r":
                self._read_again(front)
            case _ if word in _LEAVE:
                self._left = True
                self._say_so_far()
                return True, None
            case _ if word in _HELP:
                self.terminal.write(help_text(front.scale))
            case _:
                self._say_unknown(words)
        return False, None

    def _say_unknown(self, words: list[str]) -> None:
        self.terminal.write(f"{printable(' '.join(words)[:60])!r} means nothing here. h says what does.")

    def _enter(self, front: Front) -> tuple[bool, Card | None]:
        if front.asks_first:
            simulate(front, self.terminal, self.workspace, [])
        elif front.verdict is not None and not front.reading.revealed:
            return self._rate(front, front.verdict.rating)
        elif front.reading.whole:
            self.terminal.write("The answer is shown: rate it. w reads all of it once more.")
        else:
            self._reveal(front, whole=False)
        return False, None

    # Answering and revealing.

    def _answer(self, front: Front, word: str, text: str) -> None:
        """Take an answer: one that is expected is graded, any other is kept; then the answer is shown."""
        if front.reading.revealed:
            self.terminal.write("The answer has been shown already: rate it.")
        elif word != "t" and front.expectation is not None:
            if hand_in(front, self.terminal, text, article=word):
                self._reveal(front, whole=False)
        elif take_words(front, self.terminal, self.workspace, text) and not (
            front.asks_first or front.asks_answer
        ):
            self._reveal(front, whole=False)

    def _reveal(self, front: Front, *, whole: bool) -> None:
        before = front.reading
        if not before.revealed:
            self._begin_answer(front)
        if whole or before.whole:
            has_read_all_above = len(front.read) == before.shown
            start = before.shown if has_read_all_above and not before.whole else 0
            front.reading = before.all_of_it()
        elif before.revealed:
            front.reading, start = before.further(), before.shown
        else:
            front.reading, start = self._opened(front)
        parts = front.reading.parts[start : front.reading.shown]
        front.read = (*(front.read if start else ()), *parts)
        self._read_answer(front, parts)

    def _opened(self, front: Front) -> tuple[Reading, int]:
        """Return the answer as it opens, and from which of its sections on it is read out."""
        line = opened_at(front.card)
        opened = begun(front.reading.answer, line)
        start = sum(part.line <= line for part in opened.parts) - 1
        if opened.whole or not start:
            return opened, 0
        self.terminal.say(["The section of the topic's answer that fits; w shows all of it.", ""])
        return opened, start

    def _read_answer(self, front: Front, parts: Sequence[Section]) -> None:
        """Read parts of the answer out, and the key points below its last one."""
        if parts:
            self._show(front, "".join(part.markdown for part in parts), parts[0].line)
        if front.reading.whole and front.points:
            self._say_points(front)
            self.terminal.write("t and numbers tick the points that you said.")

    def _begin_answer(self, front: Front) -> None:
        """Propose what the typed words cover, say how an expected answer did, and fill the blanks of the question."""
        front.propose_points()
        self._say_grade(front)
        if (filled := revealed_front(front.card)) != front_words(front.card):
            self._show(front, filled)

    def _say_grade(self, front: Front) -> None:
        if front.grade is not None and front.proposed is not None:
            self.terminal.say([printable(line) for line in front.grade.sentence.splitlines()])
            self.terminal.say([f"Proposed: {front.scale.name(front.proposed)}.", ""])

    def _say_points(self, front: Front) -> None:
        self.terminal.say(point_lines(front.points, front.ticked, front.words_for))

    def _tick(self, front: Front, numbers: list[str]) -> None:
        if not front.reading.revealed:
            self.terminal.write("The answer first: press enter.")
            return
        chosen = {int(number) for number in " ".join(numbers).replace(",", " ").split() if number.isdecimal()}
        known = set(range(1, len(front.points) + 1))
        if chosen - known:
            wrong = ", ".join(map(str, sorted(chosen - known)))
            self.terminal.write(f"There is no point {wrong}; there are {len(front.points)}.")
        front.ticked ^= frozenset(chosen & known)
        self._say_points(front)

    # Rating and taking back.

    def _rate(self, front: Front, rating: Rating) -> tuple[bool, Card | None]:
        if not front.may_be_rated:
            self.terminal.write("The answer first: press enter.")
            return False, None
        if rating not in front.intervals:
            self.terminal.write("There are two buttons: 1 Again, 2 or 3 Good.")
            return False, None
        elapsed_ms = round(1000 * (self.workspace.now() - front.since).total_seconds())
        following = self.study.answer(rating, elapsed_ms, front.extra)
        self.terminal.write(f"{rating.name.capitalize()}: {self._effect(front, rating)}.")
        return True, following

    def _effect(self, front: Front, rating: Rating) -> str:
        """Return what a rating has done."""
        if self.study.session.moves_schedule:
            return f"it comes back {spoken_interval(front.intervals[rating])}"
        again = "it comes once more, and " if rating is Rating.AGAIN else ""
        return f"{again}the schedule stays as it is"

    def _move(self, action: Callable[[], Card | None], words: str) -> tuple[bool, Card | None]:
        following = action()
        self.terminal.write(words)
        return True, following

    def _undo(self) -> tuple[bool, Card | None]:
        from quizapp.core.change_words import undone_words

        undone = self.study.undo()
        if undone is None:
            self.terminal.write("There is nothing to take back.")
            return False, None
        self.terminal.write(undone_words(undone))
        return True, self.study.card()

    def _redo(self) -> tuple[bool, Card | None]:
        from quizapp.core.change_words import NOTHING_AGAIN, redone_words

        redone = self.study.redo()
        if redone is None:
            self.terminal.write(NOTHING_AGAIN)
            return False, None
        self.terminal.write(redone_words(redone))
        return True, self.study.card()

    # Words about the card and the session.

    def _why(self, front: Front) -> None:
        from quizapp.services.progress import why

        self.terminal.say(why_lines(why(self.workspace, front.card)))

    def _end(self) -> Card | None:
        """Say how the session went; the last rating can still be taken back."""
        from quizapp.services.learned import finished
        from quizapp.services.progress_words import limit_words

        stands = finished(self.workspace, self.study.session)
        self.terminal.write("")
        self.terminal.write(f"Nothing is left for now. {stands.done} rated. {due_words(stands.next_due)}")
        if withheld := limit_words(stands, self.workspace.settings, self.study.session.deck):
            self.terminal.write(withheld)
        self._say_taught(stands)
        if stands.left.learning:
            self.terminal.write(f"In learning, and back in a while: {stands.left.learning}.")
        while (word := self.terminal.ask("u takes the last rating back, enter leaves.").lower()) != "u":
            if word in ("", *_LEAVE):
                self._left = True
                return None
        return self._undo()[1]

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

        told: list[str] = []
        for lead, text in taught_lines(stands, self.terminal.width):
            if lead.strip():
                told.append(f"{lead.strip()}: {text}")
            else:
                told[-1] += f" {text}"
        self.terminal.say(_GREW.sub(r"\1 to \2 percent", line) for line in told)
