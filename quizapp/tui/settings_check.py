"""Everything that is wrong in a settings file, with what only the interface knows: its keys and its themes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from textual.theme import BUILTIN_THEMES

from quizapp.core.nearest import did_you_mean
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
    for what, hint in theme_problems(read.settings.theme):
        found.append(problem_at(read, str(where), ("", "theme"), what, hint))
    return tuple(sorted(found, key=lambda problem: problem.line))


def theme_problems(theme: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a theme's name and what to do."""
    if theme not in THEMES:
        yield f"there is no theme {theme!r}", did_you_mean(theme, THEMES, f"there are {', '.join(THEMES)}")
