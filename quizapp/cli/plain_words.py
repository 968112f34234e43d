"""What `quizapp study --plain` says: whole sentences, no signs that mean something by their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quizapp.cli.plain_terminal import text_lines
from quizapp.core.card import Card
from quizapp.core.chart.number import number_text
from quizapp.core.duration import spoken_interval
from quizapp.core.experiment import Finding
from quizapp.core.memory import Interval, Rating
from quizapp.core.plain import printable
from quizapp.core.prediction import said
from quizapp.core.rating_scale import RatingScale
from quizapp.core.topic import CardKind, KeyPoint
from sims.protocol import Prediction, PredictionKind

if TYPE_CHECKING:
    from quizapp.services.progress import Why

HELP = """\
enter      shows the answer, a section at a time; a prediction card asks first
w          shows the whole answer
a words    hands in the answer that the card expects, or keeps your words beside the answer
a          asks for them: blank after blank, or your own words in as many lines as you like
t words    keeps your words, too, where the card expects a certain answer; t alone asks for them
p          gives the rating that was proposed
1 2 3 4    rate: Again, Hard, Good, Easy; the words work too
t 1 3      after the answer: ticks the key points 1 and 3; t lists them
x          asks for a prediction and runs the simulation of this card; x 2 the second one
g          draws the chart of the last run
u          takes the last rating back, also one from before a restart
b          puts the card off until tomorrow
z          takes the card out of study
i          says why the card has its interval
r          reads the card again
q          leaves; the place is kept
h          says this"""


def card_head(card: Card, done: int, waiting: int) -> str:
    """Return which card this is, in its session and in its topic."""
    where = f"Card {done + 1} of {done + max(1, waiting)}. {card.deck}: {card.title}."
    match card.kind:
        case CardKind.FOLLOW_UP:
            return printable(f"{where} Follow-up {card.number} of {card.follow_ups}.")
        case CardKind.PREDICTION:
            return printable(f"{where} A prediction.")
        case _:
            return printable(where)


def rating_words(intervals: Mapping[Rating, Interval], scale: RatingScale) -> str:
    """Return what each rating would give."""
    parts = (f"{scale.name(rating)}: {spoken_interval(interval)}." for rating, interval in intervals.items())
    return "Rate: " + " ".join(parts)


def unscheduled_words(scale: RatingScale) -> str:
    """Return what each rating would give where the schedule stays as it is."""
    parts = (f"{scale.name(rating)}." for rating in scale.ratings)
    return "The schedule stays as it is. Rate: " + " ".join(parts)


def point_lines(
    points: Sequence[KeyPoint], ticked: frozenset[int], words_for: Sequence[Sequence[str]] = ()
) -> Iterator[str]:
    """Yield the key points, numbered, those that are ticked with the word.

    Args:
        words_for: The typed words that cover each point.
    """
    lead = ""
    for number, point in enumerate(points, start=1):
        if point.lead != lead:
            lead = point.lead
            yield printable(f"{lead.rstrip(':')}:")
        words = " ".join(text_lines(point.text, 10_000))
        yours = words_for[number - 1] if words_for else ()
        said = printable(f" Your words: {', '.join(yours)}.") if yours else ""
        yield f"{number}. {words}{' (ticked)' if number in ticked else ''}{said}"


def question_lines(prediction: Prediction, width: int) -> Iterator[str]:
    """Yield what a simulation asks, and how it is answered."""
    yield from text_lines(prediction.question, width)
    for number, choice in enumerate(prediction.choices, start=1):
        curve = prediction.curves[number - 1] if prediction.curves else ()
        middle = (
            f"; from {said(curve[0])} over {said(curve[len(curve) // 2])} to {said(curve[-1])}"
            if curve
            else ""
        )
        yield printable(f"{number}. {choice}{middle}")
    match prediction.kind:
        case PredictionKind.SKETCH:
            low, high = number_text(prediction.low), number_text(prediction.high)
            yield printable(
                f"Give {len(prediction.bars)} numbers, {low} to {high}, for {', '.join(prediction.bars)}."
            )
        case PredictionKind.NUMBER:
            unit = f" in {prediction.unit}" if prediction.unit else ""
            yield printable(
                f"Give a number{unit}, such as 0.005, 1e7 or 10^7. Enter runs without a prediction."
            )
            return
        case _:
            yield "Give the number of your choice."
    yield "Enter runs without a prediction."


def finding_lines(finding: Finding, width: int) -> Iterator[str]:
    """Yield what a run came to: the gap, then each claim with its figures."""
    experiment = finding.experiment
    knobs = ", ".join(f"{knob} {value}" for knob, value in experiment.values.items())
    yield printable(f"Ran {experiment.name} with {knobs}, seed {experiment.seed}, on {experiment.device}.")
    if finding.sentence:
        yield from text_lines(finding.sentence, width)
    for claim in finding.claims:
        figures = f"measured {number_text(claim.measured, 4)}, expected {number_text(claim.expected, 4)}"
        yield from text_lines(f"Claim {claim.id} {claim.verdict}: {figures}. {claim.statement}", width)


def why_lines(reasons: Why) -> list[str]:
    """Return why a card has its interval."""
    memory = reasons.card.state.memory
    if not memory.reps:
        return ["New: not reviewed yet. Its first rating sets its stability and difficulty."]
    reviews = "once" if memory.reps == 1 else f"{memory.reps} times"
    lapses = "once" if memory.lapses == 1 else f"{memory.lapses} times"
    return [
        f"Reviewed {reviews}, forgotten {lapses}.",
        f"Stability {memory.stability:.3g} days: so long until recall falls to 90 percent.",
        f"Difficulty {memory.difficulty:.1f} of 10.",
        f"Recall today {reasons.recall_now:.0%}, wanted {reasons.retention:.0%}.",
    ]
