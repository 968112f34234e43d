"""Every simulation by name: listed, described and matched to a card's words without loading torch."""

from __future__ import annotations

import difflib
import importlib
import re
from typing import Any, cast

from sims.protocol import Header, Simulation

NAMES = (
    "vanishing-gradients",
    "scale-explosion",
    "densenet-concat",
    "rank-collapse",
    "pre-post-norm",
    "warmup",
    "squeeze-excitation",
)

PHRASE_WEIGHT, TITLE_WEIGHT = 2.0, 1.0
REPEATS_COUNTED = 3  # a word said ten times says no more than one said three times


class UnknownSimulation(ValueError):  # noqa: N818 - it names the case, like KeyError's kin
    """No simulation has this name; the text names those that come close."""


def names() -> tuple[str, ...]:
    """Return the simulations' names, in the order in which they are listed."""
    return NAMES


def get(name: str) -> Simulation[Any]:
    """Return the simulation of this name; its module is imported at the first call, and loads no torch.

    Raises:
        UnknownSimulation: There is none.
    """
    if name not in NAMES:
        close = difflib.get_close_matches(name, NAMES, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(NAMES)}"
        raise UnknownSimulation(f"no simulation is called {name!r}: {hint}")
    module = importlib.import_module("sims." + name.replace("-", "_"))
    return cast("Simulation[Any]", module.SIMULATION)


def everything() -> tuple[Simulation[Any], ...]:
    """Return all simulations, in the listed order."""
    return tuple(get(name) for name in NAMES)


def best_fit(words: str) -> tuple[str, ...]:
    """Return all names, those first whose header says most of what these words say; ties keep the listed order.

    Args:
        words: A card's title, tags and text, in any order; case and punctuation do not matter.
    """
    text = _plain(words)
    return tuple(sorted(NAMES, key=lambda name: -_score(get(name).header, text)))


def _score(header: Header, text: str) -> float:
    """Count the header's phrases in the text, longer ones for more, and a little for the words of its title."""
    phrases = {phrase: PHRASE_WEIGHT * len(_plain(phrase).split()) for phrase in map(_plain, header.words)}
    title = {word: TITLE_WEIGHT for word in _plain(header.title).split() if len(word) > 3}
    return sum(weight * _occurrences(phrase, text) for phrase, weight in (title | phrases).items())


def _occurrences(phrase: str, text: str) -> int:
    """Count the phrase in the text as whole words, a plural s allowed."""
    return min(REPEATS_COUNTED, len(re.findall(rf"(?<!\S){re.escape(phrase)}s?(?!\S)", text)))


def _plain(text: str) -> str:
    """Return the text in lower case with everything but letters, digits and /^. between digits as one space."""
    return " ".join(re.sub(r"[^\w/^.]+|(?<!\d)\.|\.(?!\d)", " ", text.lower()).split())
