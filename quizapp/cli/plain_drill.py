"""`quizapp drill --plain`: the whole interview on plain lines, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING

from quizapp.cli.plain_debrief import PlainDebrief
from quizapp.cli.plain_drill_words import (
    HELP,
    answered_words,
    band_lines,
    clock_words,
    how_to_answer,
    place_words,
)
from quizapp.cli.plain_simulating import chosen_block, curve_lines, draw, launch_words, predict_and_run
from quizapp.cli.plain_terminal import EndOfInput, Terminal
from quizapp.cli.plain_words import point_lines, spoken_blanks
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.drill.ask import AskKind, Prompt
from quizapp.core.drill.front import Front, Step
from quizapp.core.drill.rubric import Band, Dimension, is_complete, rating_of
from quizapp.core.drill.setup import Manner
from quizapp.core.plain import printable
from quizapp.core.reading import Reading, begun
from quizapp.errors import QuizError
from quizapp.tui import drill_words

if TYPE_CHECKING:
    from quizapp.core.drill.failed_run import FailedRun
    from quizapp.core.experiment import Finding
    from quizapp.services.drill import Drilling
    from quizapp.services.workspace import Workspace

LOOK_S = 5.0
"""How often the clock is written while a line is awaited: a kill costs no more of the time than this."""
_LEAVE = ("q", "quit", "exit")


@dataclass
class PlainDrill:
    """One drill, until it is over, the learner leaves, or the input ends. Every line is on disk at once."""

    workspace: Workspace
    drilling: Drilling
    terminal: Terminal
    _told: object = field(default=None, init=False)
    _reading: Reading = field(default=Reading(""), init=False)
    _seen: dict[str, FailedRun] = field(default_factory=dict, init=False)
    _finding: Finding | None = field(default=None, init=False)
    _left: bool = field(default=False, init=False)

    def run(self) -> None:
        """Ask one question after another, then hold the debrief."""
        drilling = self.drilling
        drilling.start_clock()
        try:
            while not self._left and drilling.drill.front is not None:
                with self._complaining():
                    self._introduce(drilling.drill.front)
                    self._take(self._read())
            if not self._left:
                PlainDebrief(self.workspace, drilling.drill, self.terminal).run()
        except EndOfInput:
            self.terminal.write("The input has ended.")
        except KeyboardInterrupt:
            self.terminal.write("")
            raise
        finally:
            if drilling.drill.front is not None:
                self.terminal.write("The place is kept: `quizapp drill --plain --resume` goes on there.")
            drilling.leave()

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        try:
            yield
        except QuizError as error:
            self.terminal.say(printable(str(error)).splitlines())

    def _read(self) -> str:
        with _looking(self.drilling.keep):
            return self.terminal.read()

    @property
    def _front(self) -> Front:
        assert self.drilling.drill.front is not None
        return self.drilling.drill.front

    @property
    def _prompt(self) -> Prompt:
        assert self.drilling.prompt is not None, "a question in front has its words"
        return self.drilling.prompt

    @property
    def _is_spoken(self) -> bool:
        return self.drilling.drill.setup.manner is Manner.SPOKEN

    # What comes now, said once.

    def _introduce(self, front: Front) -> None:
        """Say what has come, unless it was said."""
        place = (len(self.drilling.drill.answers), front.ask, front.step, front.hint, len(front.bands))
        if place == self._told:
            return
        self._told = place
        match front.step:
            case Step.ANSWERING:
                self._read_question()
            case Step.OFFER:
                self.terminal.write(drill_words.lead(self.drilling.drill))
                self.terminal.write(
                    "h takes it, and the answer is then rated Hard at best. Enter goes without."
                )
            case Step.CHECKING:
                self._begin_checking(front)
            case Step.RATING:
                self.terminal.say(band_lines(front))
            case Step.HINT:
                self.terminal.say(["", f"A hint: {printable(front.hint)}"])
                self.terminal.write("t tries again with it, without the model answer. Enter goes on.")

    def _read_question(self) -> None:
        drill, prompt, front = self.drilling.shown, self._prompt, self._front
        self._finding, self._reading = None, Reading("")
        self.terminal.say(["", place_words(drill, prompt), clock_words(drill, prompt)])
        if words := drill_words.lead(drill):
            self.terminal.write(words)
        self.terminal.write("")
        self.terminal.show(spoken_blanks(prompt.question))
        if prompt.ask.kind is AskKind.DEBUGGING:
            self._show_figures()
        if front.hint:
            self.terminal.say([f"Hint: {printable(front.hint)}", ""])
        if front.draft:
            self.terminal.say(["Your words so far:", *map(printable, front.draft.splitlines()), ""])
        self.terminal.say(how_to_answer(is_spoken=self._is_spoken, has_hint=self._has_hint))

    @property
    def _has_hint(self) -> bool:
        return self._prompt.ask.has_hint and not self._front.hint

    def _show_figures(self) -> None:
        """Make the run that failed, unless it was made; the clock waits for it."""
        from quizapp.services.failed_run import failed_run

        subject = self._prompt.ask.subject
        if subject not in self._seen:
            self.terminal.write("The run begins; the clock waits for it.")
            with self._clock_stopped():
                seen = failed_run(subject)
            self.drilling.show_figures(seen.text)
            self._seen[subject] = seen
        seen = self._seen[subject]
        if seen.chart is not None:
            self.terminal.say(curve_lines({one.label: one.values for one in seen.chart.series}))
        self.terminal.say([*map(printable, (seen.problem or seen.text).splitlines()), ""])

    def _begin_checking(self, front: Front) -> None:
        prompt = self._prompt
        seen = self._seen.get(prompt.ask.subject)
        model = drill_words.model_answer(prompt, seen.explanation if seen is not None else "")
        if self._reading.answer == model:  # back from the judging
            self._say_points()
            return
        self.terminal.say(["", answered_words(front, prompt)])
        self._reading = begun(model, prompt.opened_at)
        self.terminal.write("The model answer:")
        self._read_model(0)

    def _read_model(self, first: int) -> None:
        """Read the sections from this one on that are shown, then what can be done."""
        reading = self._reading
        parts = reading.parts[first : reading.shown]
        above = parts[0].line if parts else 0
        answer = self._prompt.model
        self.terminal.show(
            "".join(part.markdown for part in parts), lambda block: launch_words(answer, block, above)
        )
        if reading.whole:
            self._say_points()
        else:
            self._say_how_to_go_on()

    def _say_points(self) -> None:
        points = self._prompt.points
        if points:
            self.terminal.say(point_lines(points, self._ticked))
            self.terminal.write("Numbers tick the points that you said, and take ticks away.")
        self._say_how_to_go_on()

    def _say_how_to_go_on(self) -> None:
        reading = self._reading
        if reading.whole:
            self.terminal.write("Enter goes on to the judging.")
        elif reading.left == 1:
            self.terminal.write("Enter shows the last section.")
        else:
            self.terminal.write(f"Enter shows the next of {reading.left} more sections, w all of it.")

    @property
    def _ticked(self) -> frozenset[int]:
        ticked = self._front.ticked
        return frozenset(at for at, point in enumerate(self._prompt.points, start=1) if point.text in ticked)

    # What was typed.

    def _take(self, line: str) -> None:
        """Do what a line says. While an answer is written, only what begins with a dot is a command."""
        text = line.strip()
        front = self._front
        if front.step is Step.ANSWERING and not self._is_spoken:
            if text == ".":
                self.drilling.done(front.draft)
            elif not (text.startswith(".") and self._command(text[1:].lower())):
                self.drilling.keep(f"{front.draft}\n{line.rstrip()}" if front.draft else line.rstrip())
            return
        word = text.lower().removeprefix(".")
        if not self._command(word) and not self._step(front.step, word):
            self.terminal.write(f"{printable(text[:60])!r} means nothing here. ? says what does.")

    def _command(self, word: str) -> bool:
        """Do what a word means at every step; return whether it means anything."""
        front, drilling = self._front, self.drilling
        is_answering = front.step is Step.ANSWERING
        match word:
            case "s" if is_answering:
                drilling.skip(front.draft)
            case "h" if is_answering and self._has_hint:
                drilling.take_hint(front.draft)
            case "h" if is_answering:
                self.terminal.write("There is no further hint.")
            case "c":
                self.terminal.write(clock_words(drilling.shown, self._prompt))
            case "r":
                self._told = None
            case "f":
                drilling.finish()
            case "n" if drilling.drill.at < len(drilling.drill.rounds) - 1:
                drilling.next_round()
            case "?" | "help":
                self.terminal.write(HELP)
            case _ if word in _LEAVE:
                self._left = True
            case _:
                return False
        return True

    def _step(self, step: Step, word: str) -> bool:
        """Do what a word means at this step; return whether it means anything."""
        name, _, rest = word.partition(" ")
        if step in (Step.CHECKING, Step.RATING, Step.HINT) and name in ("x", "g"):
            self._simulate(rest.split()) if name == "x" else draw(self._finding, self.terminal)
            return True
        match step, word:
            case Step.ANSWERING, "":
                self.drilling.done("")
            case Step.OFFER, "h":
                self.drilling.take_hint(self._front.draft)
            case Step.OFFER, "":
                self.drilling.decline_hint()
            case Step.CHECKING, "" if self._reading.whole:
                self.drilling.check(self._front.ticked)
            case Step.CHECKING, "" | "w":
                shown = self._reading.shown
                self._reading = self._reading.further() if not word else self._reading.all_of_it()
                self._read_model(shown if not word else 0)
            case Step.CHECKING, _:
                return self._tick(word)
            case Step.RATING, "b":
                self.drilling.uncheck()
            case Step.RATING, _:
                return self._judge(word)
            case Step.HINT, "t":
                self.drilling.try_again()
            case Step.HINT, "":
                self.drilling.move_on()
            case _:
                return False
        return True

    def _tick(self, word: str) -> bool:
        numbers = word.removeprefix("t ").replace(",", " ").split()
        if not numbers or not all(number.isdecimal() for number in numbers):
            return False
        points = self._prompt.points
        chosen = {int(number) for number in numbers}
        known = set(range(1, len(points) + 1))
        if wrong := ", ".join(map(str, sorted(chosen - known))):
            self.terminal.write(f"There is no point {wrong}; there are {len(points)}.")
        ticked = self._ticked ^ (chosen & known)
        self.drilling.tick([point.text for at, point in enumerate(points, start=1) if at in ticked])
        self._say_points()
        return True

    def _judge(self, word: str) -> bool:
        """Give bands, one or several at once; enter with all four ends the answer."""
        front, digits = self._front, word.replace(" ", "").replace(",", "")
        if not word and is_complete(front.bands):
            self._end_answer()
            return True
        lacking = [one for one in Dimension if one not in front.bands] or list(Dimension)
        if not digits or not set(digits) <= set("1234") or len(digits) > len(lacking):
            return False
        for dimension, digit in zip(lacking, digits, strict=False):
            self.drilling.band(dimension, Band(int(digit)))
        self._told = None
        return True

    def _end_answer(self) -> None:
        front = self._front
        rating = rating_of(front.bands, is_helped=bool(front.hint) and not front.is_second)
        self.drilling.judge()
        moved = self.drilling.drill.answers[-1].moved
        effect = "it moved the card's schedule" if moved else "the schedule stays as it is"
        self.terminal.write(f"Rated {rating.name.capitalize()}; {effect}.")

    # The simulation, while the clock waits.

    def _simulate(self, words: list[str]) -> None:
        from quizapp.services.plain_trial import experiment_of

        prompt = self._prompt
        block = chosen_block(sim_blocks(prompt.model), prompt.sim, words, self.terminal)
        if block is None:
            return
        self.drilling.show_simulation(block.simulation)
        with self._clock_stopped():
            found = predict_and_run(
                experiment_of(block), prompt.ask.card_id, self.terminal, self.workspace, has_read_it=False
            )
        self._finding = found or self._finding

    @contextmanager
    def _clock_stopped(self) -> Iterator[None]:
        self.drilling.stop_clock()
        try:
            yield
        finally:
            self.drilling.start_clock()


@contextmanager
def _looking(keep: Callable[[], None]) -> Iterator[None]:
    """Write the clock now and then while a line is awaited: what nobody looks at for long counts as time away."""
    over = Event()

    def look() -> None:
        while not over.wait(LOOK_S):
            with suppress(QuizError):  # the next line that is typed says what is wrong
                keep()

    thread = Thread(target=look, name="drill-clock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
