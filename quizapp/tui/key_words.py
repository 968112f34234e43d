"""Words that name keys: `{study.reveal=space}` in them is the key of that action, as the learner has it.

The usual key stands in the words themselves, so that they can be read in the source and shown before the interface is
loaded; a test compares it with the binding's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z_.-]+)=([^{}]+)\}")
_own: dict[str, str] = {}
"""The learner's keys by the binding's id: a process has one learner, and words are made in many places."""


def use(changed: Mapping[str, str]) -> None:
    """Let words name these keys from now on, and the usual ones for every other action."""
    _own.clear()
    _own.update(changed)


def keyed(words: str) -> str:
    """Return words with their keys filled in; of several keys for an action, the first."""
    return _PLACE.sub(lambda found: _key(found[1], found[2]), words)


def usual(words: str) -> str:
    """Return words with the usual keys."""
    return _PLACE.sub(r"\2", words)


def named(words: str) -> list[tuple[str, str]]:
    """Return (id, usual key) of each key that words name."""
    return _PLACE.findall(words)


def _key(identifier: str, usual_key: str) -> str:
    changed = _own.get(identifier, "")
    if not changed:
        return usual_key
    from quizapp.tui.key_names import shown_keys  # loads Textual, which the first frame does without

    return shown_keys(changed).split(", ")[0]
