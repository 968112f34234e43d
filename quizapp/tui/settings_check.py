"""Everything that is wrong in a settings file, with what only the interface knows: its keys and its themes."""

from __future__ import annotations

import difflib
from pathlib import Path

from textual.theme import BUILTIN_THEMES

from quizapp.settings_file import SettingsProblem, problem_at, read_settings
from quizapp.tui.bound_keys import key_problems
from quizapp.tui.theme import DARK, LIGHT

THEMES = (DARK.name, LIGHT.name, *BUILTIN_THEMES)


def settings_problems(where: Path) -> tuple[SettingsProblem, ...]:
    """Return every problem of a settings file, in the order of its lines."""
    read = read_settings(where)
    found = list(read.problems)
    for identifier, what, hint in key_problems(read.settings.keys):
        found.append(problem_at(read, str(where), ("keys", identifier), what, hint))
    if (theme := read.settings.theme) not in THEMES:
        near = difflib.get_close_matches(theme, THEMES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(THEMES)}"
        found.append(problem_at(read, str(where), ("", "theme"), f"there is no theme {theme!r}", hint))
    return tuple(sorted(found, key=lambda problem: problem.line))
