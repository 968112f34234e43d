"""Every key of quizapp's by the id of its binding, and the keymap that the learner's own keys make of them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from textual.binding import Binding, InvalidBinding
from textual.dom import DOMNode
from textual.keys import Keys, key_to_character

from quizapp.core.key_clashes import BoundKeys, clashes
from quizapp.core.nearest import did_you_mean
from quizapp.core.sentence import sentence
from quizapp.tui.clash_words import clash_problems

if TYPE_CHECKING:
    from textual.app import App

_OWNERS_FIRST = ("QuizApp", "HomeScreen", "DeckList", "StudyScreen", "KeyPoints", "SimulationView")
"""The order in which they are listed; the rest follows by name."""


_MOST_MEANT = 3
_NAMED = frozenset(key.value for key in Keys)


@cache
def bound_keys() -> tuple[BoundKeys, ...]:
    """Return every action that has an id, with its usual keys. Imports every module of the interface."""
    import quizapp.tui

    for module in pkgutil.walk_packages(quizapp.tui.__path__, "quizapp.tui."):
        importlib.import_module(module.name)
    owners = [owner for owner in _below(DOMNode) if owner.__module__.startswith("quizapp.")]
    ordered = sorted(owners, key=lambda owner: (_rank(owner.__name__), owner.__module__, owner.__name__))
    return tuple(bound for owner in dict.fromkeys(ordered) for bound in _of(owner))


def keymap_of(changed: Mapping[str, str]) -> dict[str, str]:
    """Return what Textual's `App.set_keymap` takes: the changed keys, and all others as they are.

    Textual takes a changed binding's old key away from every binding that shares it, and puts what is changed behind
    the rest; with all of them named, shared keys stay shared and the footer keeps its order.
    """
    if not changed:
        return {}
    return {bound.id: changed.get(bound.id) or ",".join(bound.keys) for bound in bound_keys()}


def key_problems(changed: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield (id, what, hint) for each id that is not there, each key that is none, and each clash."""
    known = dict.fromkeys(bound.id for bound in bound_keys())
    for identifier in changed:
        if identifier not in known:
            yield identifier, f"no key goes by the id {identifier!r}", _meant(identifier, known)
    for identifier, keys in changed.items():
        for key in (key for key in keys.split(",") if not _is_key(key)):
            yield identifier, f"there is no key {key!r}", "it takes keys such as y, f5, ctrl+t, question_mark"
    normal = {identifier: _normal(keys) for identifier, keys in changed.items() if identifier in known}
    yield from clash_problems(clashes(bound_keys(), normal))


def new_key_problems(
    before: Mapping[str, str], identifier: str, keys: str | None
) -> Iterator[tuple[str, str, str]]:
    """Yield the problems that one change brings which were not there before it.

    Args:
        before: The learner's own keys by id.
        keys: The action's new keys, parted by commas; None for its usual ones.
    """
    others = {name: own for name, own in before.items() if name != identifier}
    known = set(key_problems(before))
    after = others if keys is None else {**others, identifier: keys}
    yield from (problem for problem in key_problems(after) if problem not in known)


def _meant(identifier: str, known: Iterable[str]) -> str:
    """Return which id was probably meant: first of all the same action of another place."""
    action = identifier.partition(".")[2]
    same = [name for name in dict.fromkeys(known) if name.partition(".")[2] == action]
    if 1 <= len(same) <= _MOST_MEANT:
        return f"did you mean {' or '.join(map(repr, same))}?"
    return did_you_mean(identifier, known, "the settings in the app list them under Keys")


def use_keys(app: App[Any], changed: Mapping[str, str]) -> list[str]:
    """Give an app the learner's keys, and return what is wrong with them, a sentence each."""
    app.set_keymap(keymap_of(changed))
    return [sentence(f"keys: {what}: {hint}") for _, what, hint in key_problems(changed)] if changed else []


def _normal(keys: str) -> str:
    """Return keys as bindings name them: `question_mark` and not `?`."""
    try:
        return ",".join(made.key for made in Binding.make_bindings([(keys, "", "")]))
    except InvalidBinding:
        return keys


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+") if key != "+" else [key]
    if not set(modifiers) <= {"ctrl", "shift", "alt", "super", "meta", "hyper"} or not last:
        return False
    return len(last) == 1 or last in _NAMED or key_to_character(last) is not None


def _of(owner: type[DOMNode]) -> Iterator[BoundKeys]:
    found: dict[str, BoundKeys] = {}
    for binding in Binding.make_bindings(vars(owner).get("BINDINGS", ())):
        if not binding.id:
            continue
        before = found.get(binding.id)
        found[binding.id] = BoundKeys(
            owner.__name__,
            binding.id,
            (*(before.keys if before else ()), binding.key),
            binding.description,
            binding.tooltip or binding.description,
            binding.priority,
        )
    yield from found.values()


def _below(base: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for owner in base.__subclasses__():
        yield owner
        yield from _below(owner)


def _rank(name: str) -> int:
    return _OWNERS_FIRST.index(name) if name in _OWNERS_FIRST else len(_OWNERS_FIRST)
