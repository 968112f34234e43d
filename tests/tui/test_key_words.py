"""Words that name keys: none names a usual key that the learner has changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import quizapp.tui
from quizapp.tui import key_words
from quizapp.tui.bound_keys import bound_keys
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying
from tests.tui.material import learn_gradients
from tests.tui.test_own_keys import change

SOURCES = sorted(Path(quizapp.tui.__path__[0]).rglob("*.py"))
SHOWN = {
    "esc": "escape",
    "/": "slash",
    "?": "question_mark",
    ",": "comma",
    "pgdn": "pagedown",
}
NAMED = re.compile(
    r"\b(esc|enter|space|tab|backspace|pgdn|pgup|ctrl\+\w|f\d)\b"
    r"|(?:^|[\s(:.;])[b-hj-zB-HJ-Z/?] (?:shows|takes|goes|opens|runs|lists|asks|writes|stops|ticks|tries|leaves|begins)\b"
)
FIXED = (
    "enter takes it",  # of an input line, whose keys are Textual's
    "enter shows it, ",
    "enter saves   tab goes on   ",
    "Tab indents, ctrl+z undoes, ctrl+y redoes; ctrl+x, ctrl+c, ctrl+v cut, copy and paste.",
    "it takes keys such as y, f5, ctrl+t, question_mark",
    ". A new name makes a new deck; / goes a level down.",
    "esc leaves it as it is.",  # while any key is waited for
)


def words_of(path: Path) -> Iterator[str]:
    """Yield the texts of a file: no documentation, no keys of bindings or of questions, no style sheets."""
    tree = ast.parse(path.read_text())
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
            "Binding",
            "Choice",
            "_key",
            "_Key",
        ):
            passed.update(id(part) for part in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = node.value
            if not re.fullmatch(r"[\w+,.#-]*", text) and not re.search(r"\{\s*\n|\{ ", text):
                yield text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_words_name_a_key_by_themselves(path: Path) -> None:
    """Keys stand in places that the learner's own ones fill."""
    for words in words_of(path):
        bare = re.sub(r"\{[a-z_.\d-]+=[^{}]+\}", "", words)
        for fixed in FIXED:
            bare = bare.replace(fixed, "")
        assert not NAMED.search(bare), words


def test_the_places_name_actions_with_their_usual_keys() -> None:
    """So that words and bindings cannot part company."""
    usual: dict[str, set[str]] = {}
    for bound in bound_keys():
        usual.setdefault(bound.id, set()).update(bound.keys)
    found = [pair for path in SOURCES for words in words_of(path) for pair in key_words.named(words)]
    assert len(found) > 60
    wrong = [
        (identifier, key) for identifier, key in found if SHOWN.get(key, key) not in usual.get(identifier, ())
    ]
    assert wrong == []


def test_places_are_filled() -> None:
    """With the usual key, or with the first of the learner's own; what is no place stays."""
    words = "{study.reveal=space} shows, {study.why=i} tells {x} {{blank}}"
    try:
        key_words.use({"study.reveal": "question_mark,r", "study.bury": "y"})
        assert key_words.keyed(words) == "? shows, i tells {x} {{blank}}"
    finally:
        key_words.use({})
    assert key_words.keyed(words) == key_words.usual(words) == "space shows, i tells {x} {{blank}}"


def shown(desk: Desk) -> str:
    """Return all that is on the screen, in one line."""
    return " ".join(" ".join(desk.shown).split())


async def test_changed_keys_are_named_on_the_way_of_the_first_card(learner: Learner) -> None:
    """Home's note, each of the first steps, the hints, the buttons and the way back."""
    learn_gradients(learner)
    change(
        learner,
        home__first_steps="v",
        home__no_first_steps="V",
        study__simulate="S",
        prediction__commit="f2",
        prediction__commit_number="f2",
        simulation__close="f3",
        simulation__predict="f4",
        study__reveal="f5",
        study__section="f6",
        study__leave="f7",
        study__type="f8",
    )
    async with at_home(learner, size=(100, 40)) as desk:
        assert "v shows in under a minute" in shown(desk)
        assert "V never asks again" in shown(desk)
        await desk.press("v")
        assert "Then S: what do you expect" in shown(desk)
        assert "f5 shows the answer by section f8 type yours S run it first" in shown(desk)
        await desk.press("S")
        assert "press f2: it runs" in shown(desk)
        await desk.press("1", "f2")
        desk.run.finish("plain")
        await desk.until(lambda: "3 of 5" in shown(desk))
        assert "f3 goes back" in shown(desk)
        await desk.press("f3")
        assert "Now f5 shows the answer, a long one section by section" in shown(desk)
        await desk.press("f5")
        await desk.press("f6")
        assert "S runs it" in shown(desk)
        assert "x runs it" not in shown(desk)
        await desk.press("4")
        assert "f7 goes there" in shown(desk)


async def test_changed_keys_are_named_in_notices(learner: Learner) -> None:
    """What takes back what was done is told with its own key."""
    learn_gradients(learner)
    change(learner, study__undo="y", study__bury="f9")
    async with studying(learner) as desk:
        await desk.press("f9")
        await desk.until(lambda: desk.notices)
        assert desk.notices[0].endswith("y takes it back.")
