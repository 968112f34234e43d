"""What `quizapp study --plain` says: whole sentences, no signs that mean something by their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quizapp.cli.plain_terminal import in_a_line
from quizapp.core.card import Card
from quizapp.core.chart.number import number_text
from quizapp.core.duration import spoken_interval
from quizapp.core.experiment import Finding
from quizapp.core.memory import Interval, Rating
from quizapp.core.per_cent import per_cent
from quizapp.core.plain import printable
from quizapp.core.rating_scale import RatingScale
from quizapp.core.topic import CardKind, KeyPoint

if TYPE_CHECKING:
    from quizapp.services.progress import Why

_HIDDEN = re.compile(r"\\\[(?P<hint>(?:(?!\\\]).)*)\\\](?P<number>[₀-₉]*)")
_BELOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def help_text(scale: RatingScale) -> str:
    """Return every word that can be typed at a card."""
    rate = ", ".join(scale.name(rating) for rating in scale.ratings)
    return f"""\
enter      shows the answer, a long one a section at a time; a prediction card asks first
w          shows all that remains of the answer; once more, all of it
n          shows the answer without a prediction or an answer of yours
           Where the card expects an answer, type it: a line that is no command is taken for it.
a words    hands it in even if it reads like a command, or keeps your words beside the answer
a          asks for them: blank after blank, or your own words in as many lines as you like
t words    keeps your words, too, where the card expects a certain answer; t alone asks for them
p          gives the rating that was proposed
1 and on   rate: {rate}; the words work too
t 1 3      after the answer: ticks the key points 1 and 3; t lists them
x          asks for a prediction and runs the simulation of this card; x 2 the second one
g          says the curves of the last run in figures, and draws them
u          takes the last rating back, also one from before a restart
redo       does again what u took back
b          puts the card off until tomorrow
z          takes the card out of study
i          says why the card has its interval
r          reads the card again, with what was shown of its answer
q          leaves; the place is kept
h          says this"""


def card_head(card: Card, done: int, waiting: int) -> str:
    """Return which card this is, in its session and in its topic, and how many wait behind it now."""
    where = f"Card {done + 1}. {card.deck}: {card.title}."
    match card.kind:
        case CardKind.FOLLOW_UP:
            where += f" Follow-up {card.number} of {card.follow_ups}."
        case CardKind.PREDICTION:
            where += " A prediction."
    match waiting - 1:
        case 1:
            behind = "1 more waits."
        case others if others > 1:
            behind = f"{others} more wait."
        case _:
            behind = "No other waits now."
    return printable(f"{where} {behind}")


def spoken_blanks(markdown: str) -> str:
    """Return a text with hidden blanks as it is read aloud: `[blank 2: hint]`."""

    def words(found: re.Match[str]) -> str:
        number, hint = found["number"].translate(_BELOW), found["hint"]
        return rf"\[blank{number and f' {number}'}{'' if hint == '…' else f': {hint}'}\]"

    return _HIDDEN.sub(words, markdown)


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
        words = in_a_line(point.text)
        yours = words_for[number - 1] if words_for else ()
        said = printable(f" Your words: {', '.join(yours)}.") if yours else ""
        yield f"{number}. {words}{' (ticked)' if number in ticked else ''}{said}"


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield what a run came to: the gap, then each claim with its figures, each in one line."""
    experiment = finding.experiment
    knobs = ", ".join(f"{knob} {value}" for knob, value in experiment.values.items())
    yield printable(f"Ran {experiment.name} with {knobs}, seed {experiment.seed}, on {experiment.device}.")
    if finding.sentence:
        yield in_a_line(finding.sentence)
    for claim in finding.claims:
        figures = f"measured {number_text(claim.measured, 4)}, expected {number_text(claim.expected, 4)}"
        yield in_a_line(f"Claim {claim.id} {claim.verdict}: {figures}. {claim.statement}")


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
        f"Recall today {per_cent(reasons.recall_now)}, wanted {per_cent(reasons.retention)}.",
    ]
