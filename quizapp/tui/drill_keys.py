"""The keys of a drill. Those that stand first are the first to have room in the footer."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from quizapp.core.drill.front import Front, Step

_WRITING = [
    ("ctrl+s", "done", "Done", "The answer is given: compare it with the model answer"),
    ("ctrl+g", "hint", "Hint", "A hint before the model answer; the rating is then Hard at best"),
    ("ctrl+n", "skip", "Skip", "Leave this question unanswered; it counts among what to study"),
]
_QUESTION = ("ctrl+r", "read_question", "Question", "The whole question, and back")
_SHOWN = [
    ("enter", "forward", "Go on", "Go on to the next step"),
    ("h", "hint_aloud", "Hint", "Take a hint and go on answering; the rating is then Hard at best"),
    ("t", "try_again", "Try again", "Answer the same question once more, with the hint in sight"),
    ("x", "show_me", "Show me", "Predict and run this point's simulation; its time does not count"),
    ("m", "read_model", "Model answer", "The model answer in all the room, and back"),
    ("b", "go_back", "Back", "Back to the key points"),
]
_HIDDEN = [
    ("space", "forward_aloud", "Said", "The answer was said aloud"),
    ("pagedown", "read(1)", "Page down", "Read on in the model answer"),
    ("pageup", "read(-1)", "Page up", "Read back in the model answer"),
]


def bindings() -> list[BindingType]:
    """Return the keys as Textual binds them. Those with ctrl work in the editor as well."""
    return [
        *(_in_the_editor_too(*each) for each in _WRITING),
        *(
            Binding(keys, action, name, id=f"drill.{action}", tooltip=words)
            for keys, action, name, words in _SHOWN
        ),
        Binding(
            "escape", "pause", "Pause", id="drill.pause", tooltip="Stop the clock: go on, finish, or leave"
        ),
        _in_the_editor_too(*_QUESTION),
        Binding("ctrl+d", "done", "Done", id="drill.done_too", show=False, priority=True),
        Binding("ctrl+c", "interrupt", "Pause", id="drill.interrupt", show=False, priority=True),
        Binding("question_mark", "app.help", "Help", id="drill.help", tooltip="Every key that works now"),
        *(
            Binding(
                keys, action, name, id=f"drill.{action.partition('(')[0]}_{keys}", tooltip=words, show=False
            )
            for keys, action, name, words in _HIDDEN
        ),
    ]


def _in_the_editor_too(keys: str, action: str, name: str, words: str) -> Binding:
    return Binding(keys, action, name, id=f"drill.{action}", tooltip=words, priority=True)


def works(action: str, front: Front | None, *, is_spoken: bool, has_hint: bool, has_sim: bool) -> bool:
    """Return whether an action does something at a question; what was pressed for one step does nothing in the next.

    Args:
        has_hint: Something can be hinted at.
        has_sim: The question has a simulation to be shown.
    """
    step = front.step if front is not None else None
    hint_is_left = has_hint and front is not None and not front.hint
    is_shown = step in (Step.CHECKING, Step.RATING, Step.HINT)
    table = {
        "done": step is Step.ANSWERING,
        "skip": step is Step.ANSWERING,
        "read_question": step in (Step.ANSWERING, Step.CHECKING),
        "hint": step is Step.ANSWERING and hint_is_left and not is_spoken,
        "hint_aloud": step is Step.OFFER or (step is Step.ANSWERING and hint_is_left and is_spoken),
        "forward_aloud": step is Step.ANSWERING and is_spoken,
        "forward": step is not Step.ANSWERING or is_spoken,
        "try_again": step is Step.HINT,
        "go_back": step is Step.RATING,
        "read_model": is_shown,
        "show_me": is_shown and has_sim,
    }
    return table.get(action, True)
