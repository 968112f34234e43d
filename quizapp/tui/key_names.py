"""How keys, and the places that have them, are called where a person reads them."""

from __future__ import annotations

from textual.keys import format_key


def shown_keys(keys: str) -> str:
    """Return keys parted by commas as a person reads them: `?`, `^p`, `↓`."""
    return ", ".join(_shown(key) for key in keys.split(",") if key)


def place_words(place: str) -> str:
    """Return a class's name in words: `StudyScreen` as `Study`."""
    name = place.removesuffix("Screen").removesuffix("App") or place
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return {"quiz": "everywhere"}.get(words, words).capitalize()


def _shown(key: str) -> str:
    *modifiers, last = key.split("+") if key != "+" else [key]
    return "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers) + format_key(last)
