"""What is said of a key that two actions would have: by the names that stand on the screen, with the ids in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from quizapp.core.key_clashes import BoundKeys, Clash
from quizapp.tui.key_names import place_words, shown_keys

_HINT = "give one of them another key"
_WHERE = {
    "home": "on Home",
    "study": "on a card",
    "typed": "where an answer is typed",
    "expected": "where a card expects an answer",
    "points": "among the key points",
    "simulation": "in a simulation",
    "knob": "among a simulation's knobs",
    "prediction": "in a prediction",
    "browser": "in the browser",
    "changes": "in the menu of changes",
    "editor": "in the editor",
    "new": "in a new topic",
    "drill": "in a drill",
    "rubric": "where a drill's answer is rated",
    "debrief": "in a debrief",
    "statistics": "in the statistics",
    "progress": "in the progress map",
    "settings": "in the settings",
    "keys": "in the list of keys",
    "backups": "in the list of backups",
    "app": "everywhere",
}
"""Where an action stands, by the first part of its id; the rest goes by its place's heading in the list of keys."""


def clash_problems(found: Iterable[Clash]) -> Iterator[tuple[str, str, str]]:
    """Yield (id, what, hint) for each action and each key of it that others have, too."""
    for _, group in groupby(found, key=lambda clash: (clash.one.id, clash.key)):
        same = list(group)
        one, others = same[0].one, [clash.other for clash in same]
        yield one.id, _what(same[0].key, one, others), _HINT


def _what(key: str, one: BoundKeys, others: list[BoundKeys]) -> str:
    """Return which actions would share a key: of many places the first is named, and the ids of all."""
    shown, takers = shown_keys(key), [one, *others]
    ids = ", ".join(dict.fromkeys(bound.id for bound in takers))
    each = "both" if len(takers) == 2 else "all"
    if len({_where(bound) for bound in takers}) == 1:
        *names, last = (f"“{bound.name}”" for bound in takers)
        return f"{', '.join(names)} and {last} would {each} take {shown} {_where(one)} ({ids})"
    first = others[0]
    more = f", and {len(others) - 1} more," if len(others) > 1 else ""
    words = f"“{one.name}” {_where(one)} and “{first.name}” {_where(first)}{more}"
    return f"{words} would {each} take {shown} ({ids})"


def _where(bound: BoundKeys) -> str:
    return _WHERE.get(bound.id.partition(".")[0], f"under “{place_words(bound.place)}”")
