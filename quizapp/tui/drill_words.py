"""What stands around a drill's question: the clocks, the place, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from quizapp.core.drill.ask import AskKind
from quizapp.core.drill.front import Step
from quizapp.core.drill.plan import ABOUT, RoundKind
from quizapp.core.drill.setup import Manner
from quizapp.core.duration import clock
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from quizapp.core.drill.ask import Prompt
    from quizapp.core.drill.drill import Drill

_ASKED = {
    AskKind.QUESTION: "",
    AskKind.FOLLOW_UP: "follow-up",
    AskKind.DERIVATION: "at the whiteboard",
    AskKind.DEBUGGING: "a failed run",
    AskKind.SUMMARY: "once more",
    AskKind.YOUR_QUESTIONS: "your turn to ask",
}

HINTS = {
    Step.OFFER: "{drill.hint_aloud=h} takes a hint, and you go on answering; it is then rated Hard at best\n"
    "{drill.forward=enter} shows the model answer",
    Step.CHECKING: "{drill_points.tick=space} ticks what you said   {drill.forward=enter} judges   "
    "{drill.read_pagedown=pgdn} reads on",
    Step.RATING: "{rubric.missing=1}-{rubric.strong=4} give a band   ↑↓ dimension   {drill.forward=enter} when all have one",
    Step.HINT: "{drill.try_again=t} tries again with this hint   {drill.forward=enter} goes on",
}


_NARROW = 70
"""With fewer columns the clocks say less, so that the question keeps its number."""


def countdown(left_ms: int) -> str:
    """Return the time left, or by how much it is over."""
    return clock(left_ms / 1000) if left_ms >= 0 else f"+{clock(-left_ms / 1000)} over"


def head(drill: Drill, prompt: Prompt | None, width: int) -> str:
    """Return the line above a question: what is asked where, and the clocks that count down."""
    here, front = drill.round, drill.front
    clocks = []
    if front is not None and prompt is not None:
        if front.step is Step.ANSWERING:
            clocks.append(f"answer {countdown(1000 * prompt.seconds - front.answer_ms)}")
        else:
            clocks.append(f"answered in {clock(front.answer_ms / 1000)}")
    if here.kind is not RoundKind.QUESTIONS:
        clocks.append(f"round {countdown(here.minutes * 60_000 - here.used_ms)}")
    clocks.append(f"drill {countdown(drill.left_ms)}")
    right = "  ".join(clocks).replace(" in ", " ") if width < _NARROW else "   ".join(clocks)
    left = f"{drill.number}."
    if here.kind is not RoundKind.QUESTIONS:
        left = f"{here.kind.value} {drill.at + 1}/{len(drill.rounds)} · {left}"
    if prompt is not None and not (front is not None and prompt.ask.title_tells and front.is_unseen):
        left += f" {prompt.title}"
    room = max(4, width - cell_len(right) - 2)
    return set_cell_size(one_line(left, room), room) + "  " + right


def left_words(drill: Drill) -> str:
    """Return which drill waits to be taken up: its kind, its place, its time."""
    kind = "mock interview" if drill.setup.is_mock else "drill"
    used = f"{clock(drill.used_ms / 1000)} of {drill.setup.minutes}:00"
    return f"A {kind} was left at question {drill.number}, {used} used."


def is_late(drill: Drill, prompt: Prompt | None) -> bool:
    """Return whether the drill's time is up, or that of the answer that is being given."""
    front = drill.front
    if prompt is None or front is None or front.step is not Step.ANSWERING:
        return drill.left_ms < 0
    return drill.left_ms < 0 or front.answer_ms > 1000 * prompt.seconds


def lead(drill: Drill) -> str:
    """Return what an interviewer says before a question; empty for a plain one."""
    front = drill.front
    if front is None:
        return ""
    words = ""
    if front.step is Step.ANSWERING:
        words = _ASKED[front.ask.kind]
        if front.is_second:
            words = "Once more, with a hint."
        elif front.hint:
            words = "Go on from there, with the hint."
        elif front.is_earned:
            words = "A good answer. It has earned a follow-up:"
    elif front.step is Step.OFFER:
        said = (
            "Little of the answer is in your words yet." if front.draft.strip() else "Nothing is written yet."
        )
        words = f"{said} Would a hint help?"
    if words and words[-1] not in ".:?" and (drill.left_ms <= 0 or drill.round.is_over):
        words += "."
    if drill.left_ms <= 0:
        words = f"{words} Time is up: finish this one, then comes the debrief.".strip()
    elif drill.round.is_over and len(drill.rounds) > 1:
        words = f"{words} This round's time is up: finish this one.".strip()
    return words[:1].upper() + words[1:]


def model_answer(prompt: Prompt, explanation: str) -> str:
    """Return what is shown as the model answer: with the question's blanks filled in, with what a failed run says."""
    parts = [prompt.model.rstrip()]
    if prompt.filled:
        parts.append(f"### With its blanks filled in\n\n{prompt.filled}")
    if explanation:
        parts.append(f"### What the run says\n\n{explanation}")
    return "\n\n".join(parts) + "\n"


def answering_hint(drill: Drill) -> str:
    """Return what to press while an answer is given."""
    front = drill.front
    hint_is_left = front is not None and not front.hint and front.ask.has_hint
    if drill.setup.manner is Manner.SPOKEN:
        hint = "   {drill.hint_aloud=h} gives a hint" if hint_is_left else ""
        return keyed(f"{{drill.forward=enter}} when you have said it{hint}   {{drill.skip=ctrl+n}} skips it")
    hint = "   {drill.hint=ctrl+g} gives a hint" if hint_is_left else ""
    return keyed(
        f"{{drill.done=ctrl+s}} or {{drill.done_too=ctrl+d}} when you are done{hint}   kept as you type"
    )


def plan_lines(rounds: list[tuple[RoundKind, int, int]]) -> str:
    """Return a plan, a round a line.

    Args:
        rounds: The kind, the minutes and the number of questions ready of each.
    """
    return "\n".join(f"{minutes:>4} min  {kind.value:<11} {ABOUT[kind]}" for kind, minutes, _ in rounds)
