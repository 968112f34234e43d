"""The known name that somebody probably meant who wrote one that is not there."""

from __future__ import annotations

from collections.abc import Iterable

_BEGINNING = 3
"""So many letters at the beginning tell what was meant."""
_LETTERS_A_SLIP, _MOST_SLIPS = 3, 3
"""One slip is believed for so many letters, and no more than these in all."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known name that is most like a word, small and capital letters taken as one; None where none is.

    It must be a slip of the pen away, or begin as the word does: a far-fetched proposal helps less than none.

    Args:
        likeness: How much the two must share at least, as `difflib` measures it: 1 for the same letters, 0 for none.
    """
    import difflib  # only a mistake needs it

    names: dict[str, str] = {}
    for name in known:
        names.setdefault(name.casefold(), name)
    written = word.casefold()
    found = difflib.get_close_matches(written, names, 3, likeness)
    return next((names[name] for name in found if _is_like(written, name)), None)


def _is_like(word: str, name: str) -> bool:
    short, long = sorted((word, name), key=len)
    if len(short) >= _BEGINNING and long.startswith(short):
        return True
    return _slips(word, name) <= min(_MOST_SLIPS, (len(short) + 1) // _LETTERS_A_SLIP)


def _slips(word: str, name: str) -> int:
    """Return how many letters have to be put in, left out, changed or swapped with the next to make one of the other."""
    before: list[int] = []
    last = list(range(len(name) + 1))
    for row, letter in enumerate(word, start=1):
        line = [row]
        for column, other in enumerate(name, start=1):
            least = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == name[column - 2] and word[row - 2] == other
            line.append(min(least, before[column - 2] + 1) if swapped else least)
        before, last = last, line
    return last[-1]


def did_you_mean(word: str, known: Iterable[str], otherwise: str, likeness: float = 0.6) -> str:
    """Return the question whether the nearest name was meant, or what else to say where none is near."""
    near = nearest(word, known, likeness)
    return f"did you mean {near!r}?" if near is not None else otherwise
