"""The keys of Study. Those that stand first are the first to have room in the footer."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from quizapp.core.memory import Rating

_RATINGS = [
    Binding(
        str(rating.value),
        f"rate({rating.value})",
        rating.name.capitalize(),
        id=f"study.{rating.name.lower()}",
        show=False,
    )
    for rating in Rating
]

_HIDDEN = [
    ("space,pagedown", "scroll_page(1)", "Page down", "study.page_down"),
    ("pageup", "scroll_page(-1)", "Page up", "study.page_up"),
    ("down,j", "scroll(1)", "Down", "study.down"),
    ("up,k", "scroll(-1)", "Up", "study.up"),
    ("home", "scroll(-100000)", "To the question", "study.first"),
    ("end", "scroll(100000)", "To the end", "study.last"),
    ("left_square_bracket", "choose_simulation(-1)", "Previous simulation", "study.previous_simulation"),
    ("right_square_bracket", "choose_simulation(1)", "Next simulation", "study.next_simulation"),
    ("escape", "back", "Close the simulation, or go back", "study.back"),
]

STUDY_KEYS: list[BindingType] = [
    Binding("space", "reveal", "Answer", id="study.reveal"),
    Binding("n", "reveal_section", "Section", id="study.section"),
    *_RATINGS,
    Binding("x", "simulate", "Simulate", id="study.simulate"),
    Binding("t", "tick_points", "Tick points", id="study.tick"),
    Binding("u", "undo", "Undo", id="study.undo"),
    Binding("i", "why", "Why", id="study.why"),
    Binding("q", "leave", "Back", id="study.leave"),
    Binding("question_mark", "app.help", "Help", id="study.help"),
    Binding("e", "edit", "Edit", id="study.edit"),
    Binding("b", "bury", "Bury", id="study.bury"),
    Binding("z", "suspend", "Suspend", id="study.suspend"),
    *(Binding(keys, action, words, id=name, show=False) for keys, action, words, name in _HIDDEN),
]
