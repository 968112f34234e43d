"""Which changed keys take a key from another action of the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundKeys:
    """The keys that a screen, a widget or the app gives to one of its actions.

    Attributes:
        place: The screen's or the widget's name.
        id: The action's name in the settings, such as `study.why`.
        keys: As Textual names them: `question_mark`, `ctrl+p`.
        name: What the footer calls it.
        words: What it does.
        works_everywhere: Whether it goes before everything else, whatever screen is shown.
    """

    place: str
    id: str
    keys: tuple[str, ...]
    name: str
    words: str
    works_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """One key that two actions would have that can be asked for at the same moment."""

    key: str
    one: BoundKeys
    other: BoundKeys


def clashes(bound: Sequence[BoundKeys], changed: Mapping[str, str]) -> list[Clash]:
    """Return what the changed keys clash with; keys that two actions share by default are meant to be shared.

    Args:
        changed: The new keys by id, as `Textual` names them, parted by commas.
    """
    found: list[Clash] = []
    for one in bound:
        if one.id not in changed:
            continue
        for other in bound:
            if other.id == one.id or not _meet(one, other):
                continue
            if set(one.keys) & set(other.keys):
                continue
            shared = set(_keys_now(one, changed)) & set(_keys_now(other, changed))
            found += [Clash(key, one, other) for key in sorted(shared)]
    return _each_pair_once(found)


def _meet(one: BoundKeys, other: BoundKeys) -> bool:
    """Return whether two actions can be asked for at the same moment; a screen and its main widget share a prefix."""
    same_prefix = one.id.partition(".")[0] == other.id.partition(".")[0]
    return one.place == other.place or same_prefix or one.works_everywhere or other.works_everywhere


def _keys_now(bound: BoundKeys, changed: Mapping[str, str]) -> Iterable[str]:
    return changed[bound.id].split(",") if bound.id in changed else bound.keys


def _each_pair_once(found: Iterable[Clash]) -> list[Clash]:
    """Return the clashes without those that say of two changed keys the same the other way round."""
    kept: dict[tuple[str, frozenset[str]], Clash] = {}
    for clash in found:
        kept.setdefault((clash.key, frozenset((clash.one.id, clash.other.id))), clash)
    return list(kept.values())
