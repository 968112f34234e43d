"""A drill as Markdown: the debrief first, then every question with the answer given to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from quizapp.core.drill.answered import Answered
from quizapp.core.drill.debrief import Debrief
from quizapp.core.drill.rubric import MEANINGS, Band, Dimension
from quizapp.core.duration import clock
from quizapp.core.per_cent import per_cent
from quizapp.core.plain import printable


def markdown_report(debrief: Debrief, began: datetime) -> str:
    """Return a drill as a Markdown document.

    Args:
        began: In the learner's own time zone.
    """
    lines = [*_head(debrief, began), *_summary(debrief), *_answers(debrief)]
    return printable("\n".join(lines)).rstrip() + "\n"


def answers_markdown(debrief: Debrief) -> str:
    """Return the questions of a drill with the answers given to them, as Markdown."""
    return printable("\n".join(_answers(debrief)))


def band_words(band: Band) -> str:
    """Return a band as it is shown everywhere: its number and its name."""
    return f"{int(band)} {band.name.lower()}"


def time_words(answer: Answered) -> str:
    """Return how long an answer took against its plan."""
    over = answer.answer_ms - 1000 * answer.planned_s
    late = f", {clock(over / 1000)} over" if over >= 1000 else ""
    return f"{clock(answer.answer_ms / 1000)} of {clock(answer.planned_s)}{late}"


def _head(debrief: Debrief, began: datetime) -> Iterator[str]:
    drill = debrief.drill
    setup = drill.setup
    yield f"# {'Mock interview' if setup.is_mock else 'Interview drill'}, {began:%d %b %Y, %H:%M}"
    yield ""
    yield f"- **Topics:** {setup.topics_words}"
    yield f"- **Answers:** {setup.manner.value}; follow-ups: {setup.reach.value}; seed {setup.seed}"
    yield f"- **Time:** {clock(drill.used_ms / 1000)} of {setup.minutes}:00"
    score = "nothing was judged" if debrief.score is None else per_cent(debrief.score)
    yield f"- **Score:** {score}"
    yield ""


def _summary(debrief: Debrief) -> Iterator[str]:
    if debrief.by_dimension:
        yield "## Scores"
        yield ""
        yield "| dimension | mean band, 1 to 4 |"
        yield "|---|---:|"
        yield from (f"| {dimension.value} | {mean:.1f} |" for dimension, mean in debrief.by_dimension.items())
        yield ""
    if debrief.topics:
        yield "| topic | score | answers |"
        yield "|---|---:|---:|"
        yield from (
            f"| {_cell(topic.title)} | {per_cent(topic.score)} | {topic.answers} |"
            for topic in debrief.topics
        )
        yield ""
    yield from _times(debrief)
    yield from _next(debrief)


def _times(debrief: Debrief) -> Iterator[str]:
    yield "| round | plan | used | questions | answers over time |"
    yield "|---|---:|---:|---:|---:|"
    for time in debrief.times:
        yield (
            f"| {time.kind.value} | {time.minutes}:00 | {clock(time.used_ms / 1000)} | {time.questions} | {time.over} |"
        )
    yield ""


def _next(debrief: Debrief) -> Iterator[str]:
    if not debrief.weak:
        return
    yield "## What to study next"
    yield ""
    for topic in debrief.weak:
        skipped = f", {topic.skipped} skipped" if topic.skipped else ""
        yield f"- **{topic.title}** ({per_cent(topic.score)}{skipped})"
        yield from (f"  - missed: {_one_line(point)}" for point in topic.missed)
    yield ""


def _answers(debrief: Debrief) -> Iterator[str]:
    yield "## Questions and answers"
    yield ""
    number = 0
    for answer in debrief.drill.answers:
        number += not answer.is_second
        again = ", second try" if answer.is_second else ", with a hint" if answer.hint else ""
        yield f"### {number}. {answer.title} ({answer.round.value}, {answer.kind.value}{again})"
        yield ""
        yield from (f"> {line}".rstrip() for line in answer.question.splitlines())
        yield ""
        if answer.figures:
            yield from ("```text", *answer.figures.splitlines(), "```", "")
        if answer.hint:
            yield f"*Hint:* {answer.hint}"
            yield ""
        yield from _said(answer)


def _said(answer: Answered) -> Iterator[str]:
    words = "skipped" if answer.is_skipped else "spoken aloud" if answer.spoken else "written"
    yield f"**Answer** ({words}, {time_words(answer)})"
    yield ""
    if answer.answer.strip():
        # Quoted line by line: no heading, fence or list of the learner's reaches beyond the answer.
        yield from (f"> {line}  " if line.strip() else ">" for line in answer.answer.strip().splitlines())
        yield ""
    if answer.ticked or answer.missed:
        yield "**Key points**"
        yield ""
        yield from (f"- [x] {_one_line(point)}" for point in answer.ticked)
        yield from (f"- [ ] {_one_line(point)}" for point in answer.missed)
        yield ""
    if answer.bands:
        yield "**Judged**"
        yield ""
        for dimension in Dimension:
            if dimension in answer.bands:
                band = answer.bands[dimension]
                yield f"- {dimension.value}: {band_words(band)} ({MEANINGS[dimension][band - 1]})"
        yield ""
        if answer.is_helped:
            yield from ("*It took a hint: its score is halved, and its rating is Hard at best.*", "")
        if answer.moved:
            yield from ("*This rating moved the card's schedule.*", "")
    if answer.shown:
        yield f"*Simulations opened:* {', '.join(answer.shown)}"
        yield ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _one_line(text).replace("|", "\\|")
