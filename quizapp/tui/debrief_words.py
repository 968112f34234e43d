"""A debrief in words and bars, and the answers below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizapp.core.chart import meter
from quizapp.core.drill.report import band_words
from quizapp.core.drill.rubric import Band
from quizapp.core.duration import clock
from quizapp.core.in_line import in_line
from quizapp.core.per_cent import per_cent
from quizapp.core.wrapped import wrapped
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from quizapp.core.drill.debrief import Debrief
    from quizapp.core.drill.readiness import Readiness

_BAR, _NAME = 10, 13
_QUIET, _STRONG = "$foreground 75%", "bold"
Piece = tuple[str, str]


def debrief_words(
    debrief: Debrief, readiness: Readiness, before: float | None, width: int
) -> Iterator[Piece]:
    """Yield the debrief's pieces of text, each with its style.

    Args:
        before: The score of the drill before this one; None where there is none.
    """
    yield from _score(debrief, before)
    yield f"Readiness {readiness.words}\n\n", ""
    for dimension, mean in debrief.by_dimension.items():
        nearest = Band(min(4, max(1, round(mean))))
        yield (
            f"{dimension.value:<{_NAME}}{meter((mean - 1) / 3, _BAR)}  {mean:.1f}  {band_words(nearest)[2:]}\n",
            "",
        )
    yield from _times(debrief)
    yield from _topics(debrief, width)


def _score(debrief: Debrief, before: float | None) -> Iterator[Piece]:
    drill = debrief.drill
    if debrief.score is None:
        yield "Nothing was judged.", _STRONG
    else:
        yield f"Score {per_cent(debrief.score)}", _STRONG
        if before is not None:
            yield (
                f"  ({100 * (debrief.score - before):+.0f} points against the drill before)".replace(
                    "-", "−"
                ),
                _QUIET,
            )
    skipped = sum(one.is_skipped and not one.is_second for one in drill.answers)
    judged = sum(one.counts for one in drill.answers)
    words = f"{judged} answered" + (f", {skipped} skipped" if skipped else "")
    yield f"\n{words}   {clock(drill.used_ms / 1000)} of {drill.setup.minutes}:00 used\n", ""
    if judged:
        yield f"{moved_words(sum(one.moved for one in drill.answers), judged)}\n", _QUIET
    if helped := sum(one.is_helped and one.counts for one in drill.answers):
        yield f"{helped_words(helped)}\n", _QUIET
    for title, first, second in debrief.recovered:
        yield (
            f"At the second try {one_line(title, 40)} went from {per_cent(first)} to {per_cent(second)}.\n",
            _QUIET,
        )


def moved_words(moved: int, judged: int) -> str:
    """Return what the ratings did to the schedule; settings decide it."""
    if not moved:
        return "The ratings are in the review log; none moved a card's schedule."
    return f"The ratings are in the review log; {moved} of {judged} moved a card's schedule."


def helped_words(count: int) -> str:
    if count == 1:
        return "1 answer took a hint: it counts half, and is rated Hard at best."
    return f"{count} answers took a hint: each counts half, and is rated Hard at best."


def _missed(point: str, width: int) -> str:
    """Return a key point that was missed, whole, hanging behind what leads it."""
    lead = "  missed: "
    rows = wrapped(in_line(point), max(20, width - len(lead))) or [""]
    return lead + f"\n{'':{len(lead)}}".join(rows)


def _times(debrief: Debrief) -> Iterator[Piece]:
    yield "\nTime against plan\n", _STRONG
    for time in debrief.times:
        if not time.questions:
            yield (
                f"{time.kind.value:<{_NAME}}{clock(time.used_ms / 1000):>6} of {time.minutes}:00   nothing answered\n",
                "",
            )
            continue
        answers = "answer" if time.questions == 1 else "answers"
        pace = f"{time.questions} {answers} in {clock(time.answer_ms / 1000)}, planned {clock(time.planned_ms / 1000)}"
        late = f", {time.over} over time" if time.over else ""
        yield (
            f"{time.kind.value:<{_NAME}}{clock(time.used_ms / 1000):>6} of {time.minutes}:00   {pace}{late}\n",
            "",
        )


def _topics(debrief: Debrief, width: int) -> Iterator[Piece]:
    if not debrief.topics:
        return
    yield "\nBy topic, the weakest first\n", _STRONG
    for topic in debrief.topics:
        skipped = f"   {topic.skipped} skipped" if topic.skipped else ""
        title = one_line(topic.title, max(16, width - _BAR - 20))
        yield f"{meter(topic.score, _BAR)} {per_cent(topic.score):>5}  {title}{skipped}\n", ""
    yield "\nStudy next\n", _STRONG
    if not debrief.weak:
        yield "Nothing was weak: a harder range, or follow-ups to the end, would tell more.\n", ""
    for topic in debrief.weak:
        yield f"{one_line(topic.title, width - 2)}\n", ""
        for point in topic.missed:
            yield f"{_missed(point, width)}\n", _QUIET
        if topic.simulations:
            yield f"  opened: {', '.join(topic.simulations)}\n", _QUIET
