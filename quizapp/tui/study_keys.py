"""The keys of Study. Those that stand first are the first to have room in the footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.memory import Rating

if TYPE_CHECKING:
    from textual.binding import BindingType

_PREDICT = [
    ("space", "predict", "Predict", "study.predict", "Commit to a prediction, then run it"),
    (
        "enter",
        "accept",
        "As proposed",
        "study.accept",
        "Give the rating that the prediction or the answer earned",
    ),
]

_TYPE = ("t", "type_answer", "Type", "study.type", "Type your answer before it is shown")

_GIVE = ("space,enter", "give_answer", "Your answer", "study.give", "Go to where this card's answer is given")

_REVEAL = [
    ("space,enter,n", "reveal", "Answer", "study.reveal", "Show the answer, of a long one the first section"),
    ("n", "show", "Show it", "study.show", "Show the answer without a prediction or an answer of yours"),
]

_READ = [
    ("space", "read_on", "Read on", "study.read_on", "Scroll on in what is revealed"),
    (
        "space,enter,n",
        "reveal_section",
        "Next section",
        "study.section",
        "Show the next section of the answer",
    ),
    ("w", "reveal_all", "Whole answer", "study.reveal_all", "Show all of the answer at once"),
    ("enter", "pass_card", "Good", "study.pass", "Rate: recalled"),
]

_RATINGS = ("not recalled", "recalled with trouble, a pass", "recalled", "recalled without effort")

_HIDDEN = [
    ("U,ctrl+shift+z", "redo", "Do again what was taken back", "study.redo"),
    ("pagedown", "scroll_page(1)", "Page down", "study.page_down"),
    ("pageup", "scroll_page(-1)", "Page up", "study.page_up"),
    ("down,j", "scroll(1)", "Down", "study.down"),
    ("up,k", "scroll(-1)", "Up", "study.up"),
    ("home", "scroll(-100000)", "To the question", "study.first"),
    ("end", "scroll(100000)", "To the end", "study.last"),
    ("left_square_bracket", "choose_simulation(-1)", "Previous simulation", "study.previous_simulation"),
    ("right_square_bracket", "choose_simulation(1)", "Next simulation", "study.next_simulation"),
    ("2,3", "rate_passed", "Rate: recalled, however hard", "study.passed"),
    ("x", "close_simulation", "Close the simulation", "study.close_simulation"),
    ("escape", "back", "Close the simulation, or go back", "study.back"),
]

_SHOWN = [
    ("x", "simulate", "Simulate", "Run the simulation of this place, or close it"),
    ("t", "tick_points", "Tick points", "Tick the key points that you said"),
    ("c", "claims", "Claims", "What is said of this, how true it is, and what was measured here"),
    ("u", "undo", "Undo", "Take back the last rating or change, also one from before a restart"),
    ("i", "why", "Why", "Why this interval: memory, forgetting curve, reviews"),
    ("q", "leave", "Back", "Back to Home; the place is kept"),
    ("question_mark", "app.help", "Help", "Every key that works now"),
    ("e", "edit", "Edit", "Edit the topic's file in $EDITOR"),
    ("E", "edit_here", "Edit here", "Edit the topic's file here, with preview and checks"),
    ("b", "bury", "Bury", "Put the card off until tomorrow"),
    ("z", "suspend", "Suspend", "Take the card out of study"),
    (
        "m,o",
        "change_card",
        "Change",
        "Flag, tag, set due, forget, move, export, delete: all that can be done to the card",
    ),
]

_AFTER_REVEALING = ("tick_points", "claims")


def first_keys(*, is_prediction: bool, is_long: bool) -> list[tuple[str, str]]:
    """Return the keys that a footer has under a question, as they are shown, with their words."""
    shown = {"question_mark": "?"}
    reveal = [_PREDICT[0], _REVEAL[1]] if is_prediction else [_REVEAL[0]]
    whole = [_READ[2]] if is_long else []
    first = [(key.split(",")[0], words) for key, _, words, _, _ in (*reveal, *whole, _TYPE)]
    return first + [
        (shown.get(key, key.split(",")[0]), words)
        for key, action, words, _ in _SHOWN
        if action not in _AFTER_REVEALING
    ]


def bindings() -> list[BindingType]:
    """Return the keys as Textual binds them."""
    from textual.binding import Binding

    return [
        *(
            Binding(key, action, words, id=name, tooltip=tip)
            for key, action, words, name, tip in (*_PREDICT, _GIVE, *_REVEAL, *_READ, _TYPE)
        ),
        *(
            Binding(
                str(rating.value),
                f"rate({rating.value})",
                rating.name.capitalize(),
                id=f"study.{rating.name.lower()}",
                tooltip=f"Rate: {words}",
                show=False,
            )
            for rating, words in zip(Rating, _RATINGS, strict=True)
        ),
        *(
            Binding(key, action, name, id=f"study.{action.rpartition('.')[2]}", tooltip=words)
            for key, action, name, words in _SHOWN
        ),
        *(Binding(keys, action, words, id=name, show=False) for keys, action, words, name in _HIDDEN),
    ]
