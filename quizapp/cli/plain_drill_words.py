"""What `quizapp drill --plain` says: whole sentences, no signs that mean something by their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizapp.core.drill.plan import ABOUT, RoundKind
from quizapp.core.drill.report import band_words
from quizapp.core.drill.rubric import MEANINGS, QUESTIONS, Band, Dimension, rating_of
from quizapp.core.duration import clock
from quizapp.core.plain import printable

if TYPE_CHECKING:
    from quizapp.core.drill.ask import Prompt
    from quizapp.core.drill.drill import Drill
    from quizapp.core.drill.front import Front

HELP = """\
While you write an answer every line is kept, and what begins with a dot is a command:
.          the answer is given
.h         takes a hint, and the answer goes on; it is then rated Hard at best
.s         skips the question
Everywhere, the dot may be left away where nothing is written:
.c         says the clocks
.r         reads this again
.n         leaves the rest of the round, in a mock interview
.f         ends the drill, and holds the debrief
.q         leaves; the place is kept
.?         says this
After the answer:
enter      the next section of the model answer, then the judging
w          the whole model answer
1 3        tick the key points 1 and 3, or take their ticks away
x          asks for a prediction and runs the simulation; x 2 the second one; g draws its chart
3          gives a band; 3 3 2 3 all four; b goes back to the key points"""


def plan_words(drill: Drill) -> Iterator[str]:
    """Yield what is about to be held."""
    setup = drill.setup
    kind = "A mock interview" if setup.is_mock else "An interview drill"
    yield f"{kind} of {setup.minutes} minutes: {setup.topics_words}, {setup.manner.value}, seed {setup.seed}."
    if setup.is_mock:
        for one in drill.rounds:
            yield f"{one.kind.value.capitalize()}, {one.minutes} minutes: {ABOUT[one.kind]}."


def place_words(drill: Drill, prompt: Prompt) -> str:
    """Return which question this is, in which round; of a run that failed the title would tell too much."""
    here = drill.round
    is_plain = here.kind is RoundKind.QUESTIONS
    where = "" if is_plain else f"Round {drill.at + 1} of {len(drill.rounds)}, {here.kind.value}. "
    title = "" if prompt.ask.title_tells else f": {prompt.title}"
    return printable(f"{where}Question {drill.number}{title}.")


def clock_words(drill: Drill, prompt: Prompt) -> str:
    """Return how much time is left: of the answer while it is given, of the round, of the drill."""
    front, words = drill.front, []
    if front is not None and front.is_unseen:
        words.append(f"for the answer {_left(1000 * prompt.seconds - front.answer_ms)}")
    here = drill.round
    if here.kind is not RoundKind.QUESTIONS:
        words.append(f"in the round {_left(here.minutes * 60_000 - here.used_ms)}")
    words.append(f"in the drill {_left(drill.left_ms)}")
    return f"Time {', '.join(words)}."


def _left(left_ms: int) -> str:
    return f"{clock(left_ms / 1000)} left" if left_ms >= 0 else f"{clock(-left_ms / 1000)} over"


def answered_words(front: Front, prompt: Prompt) -> str:
    """Return how long an answer took against its plan."""
    over_ms = front.answer_ms - 1000 * prompt.seconds
    late = f", {clock(over_ms / 1000)} over" if over_ms >= 1000 else ""
    return f"Answered in {clock(front.answer_ms / 1000)} of {clock(prompt.seconds)}{late}."


def how_to_answer(*, is_spoken: bool, has_hint: bool) -> Iterator[str]:
    """Yield how an answer is given."""
    if is_spoken:
        yield "Answer aloud, and press enter when you have said it."
        yield f"{'h gives a hint, ' if has_hint else ''}s skips it, ? helps."
    else:
        yield "Write your answer; a line with a dot alone ends it."
        yield f"{'.h gives a hint, ' if has_hint else ''}.s skips it, .? helps."


def band_lines(front: Front) -> Iterator[str]:
    """Yield what is judged next, with what each band means; with all bands given, what they come to."""
    lacking = next((dimension for dimension in Dimension if dimension not in front.bands), None)
    if lacking is None:
        given = ", ".join(f"{one.value} {band_words(front.bands[one])}" for one in Dimension)
        rating = rating_of(front.bands, is_helped=bool(front.hint) and not front.is_second)
        yield f"{given.capitalize()}. That is {rating.name.capitalize()}."
        yield "Enter goes on; four numbers judge anew, b goes back to the key points."
        return
    yield ""
    yield f"Judge {lacking.value}. {QUESTIONS[lacking]}"
    for band, meaning in zip(Band, MEANINGS[lacking], strict=True):
        yield f"{band_words(band)}: {meaning}."
