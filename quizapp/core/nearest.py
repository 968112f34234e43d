"""The known name that somebody probably meant who wrote one that is not there."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known name that is most like a word, small and capital letters taken as one; None where none is.

    Args:
        likeness: How much the two must share at least, as `difflib` measures it: 1 for the same letters, 0 for none.
    """
    import difflib  # only a mistake needs it

    names: dict[str, str] = {}
    for name in known:
        names.setdefault(name.casefold(), name)
    found = difflib.get_close_matches(word.casefold(), names, 1, likeness)
    return names[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str, likeness: float = 0.6) -> str:
    """Return the question whether the nearest name was meant, or what else to say where none is near."""
    near = nearest(word, known, likeness)
    return f"did you mean {near!r}?" if near is not None else otherwise
