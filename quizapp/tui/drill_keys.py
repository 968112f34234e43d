"""The keys of a drill. Those that stand first are the first to have room in the footer."""

from __future__ import annotations

from textual.binding import Binding, BindingType

_WRITING = [
    ("ctrl+s", "done", "Done", "The answer is given: compare it with the model answer"),
    ("ctrl+n", "skip", "Skip", "Leave this question unanswered; it counts among what to study"),
    ("ctrl+r", "read_question", "Question", "The whole question, and back to the answer"),
]
_SHOWN = [
    ("enter", "forward", "Go on", "Go on to the next step"),
    ("t", "try_again", "Try again", "Answer the same question once more, with the hint in sight"),
    ("x", "show_me", "Show me", "Predict and run this point's simulation; its time does not count"),
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
        *(
            Binding(keys, action, name, id=f"drill.{action}", tooltip=words, priority=True)
            for keys, action, name, words in _WRITING
        ),
        *(
            Binding(keys, action, name, id=f"drill.{action}", tooltip=words)
            for keys, action, name, words in _SHOWN
        ),
        Binding(
            "escape", "pause", "Pause", id="drill.pause", tooltip="Stop the clock: go on, finish, or leave"
        ),
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
