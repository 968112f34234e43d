"""The lines of the settings screen: every option by group, then what single decks do otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quizapp.config import Settings, enclosing
from quizapp.options import OPTIONS, PER_DECK, Option

LIMITS = ("new_per_day", "reviews_per_day")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting, of all decks or of one.

    Attributes:
        deck: Empty for all decks.
        value: What is in force; None for a deck without a limit of its own.
        is_own: Whether the value is other than what would hold without it.
        otherwise: What would hold without it, in words.
    """

    option: Option
    deck: str
    value: Any
    is_own: bool
    otherwise: str

    @property
    def table(self) -> tuple[str, ...]:
        """The table of the settings file that holds it."""
        return ("deck", self.deck) if self.deck else ()

    @property
    def text(self) -> str:
        """The value as it is shown."""
        return "no limit" if self.value is None else self.option.text(self.value)


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Lines under one heading."""

    title: str
    rows: tuple[SettingRow, ...]


def setting_groups(settings: Settings, decks: Iterable[str] = ()) -> tuple[SettingGroup, ...]:
    """Return every line of the screen.

    Args:
        decks: Decks to be shown though they do nothing otherwise yet.
    """
    groups = dict.fromkeys(option.group for option in OPTIONS)
    general = [
        SettingGroup(title, tuple(_general(settings, option) for option in OPTIONS if option.group == title))
        for title in groups
    ]
    own = [
        SettingGroup(f"Deck {path}", tuple(_of_deck(settings, path, option) for option in PER_DECK))
        for path in sorted({*settings.decks, *decks})
    ]
    return (*general, *own)


def _general(settings: Settings, option: Option) -> SettingRow:
    value = getattr(settings, option.name)
    return SettingRow(option, "", value, value != option.default, f"default {option.text(option.default)}")


def _of_deck(settings: Settings, path: str, option: Option) -> SettingRow:
    own = settings.decks.get(path)
    value = getattr(own, option.name) if own else None
    above, where = _without(settings, path, option)
    if option.name in LIMITS:
        return SettingRow(option, path, value, value is not None, f"{where} {option.text(above)}")
    shown = above if value is None else value
    return SettingRow(option, path, shown, value is not None, f"{where} {option.text(above)}")


def _without(settings: Settings, path: str, option: Option) -> tuple[Any, str]:
    """Return what a deck would do without a setting of its own, and whose value that is."""
    for above in reversed(list(enclosing(path))[:-1]):
        own = settings.decks.get(above)
        if own is not None and getattr(own, option.name) is not None:
            return getattr(own, option.name), f"{above}:"
    return getattr(settings, option.name), "all decks:"
