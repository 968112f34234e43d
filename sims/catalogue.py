"""Every simulation by name: listed, described and matched to a card's words without loading torch."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

from sims.protocol import Frame, Header, Simulation
from sims.protocol.messages import decode, read_frame

NAMES = (
    "vanishing-gradients",
    "path-lengths",
    "highway-gate",
    "gradient-profile",
    "shattered-gradients",
    "scale-explosion",
    "one-step-change",
    "branch-weight",
    "densenet-concat",
    "learning-identity",
    "degradation",
    "layer-lesion",
    "layer-lens",
    "missing-skips",
    "depth-returns",
    "rank-collapse",
    "pre-post-norm",
    "warmup",
    "bottleneck",
    "projection-shortcut",
    "squeeze-excitation",
    "stochastic-depth",
    "largest-learning-rate",
)

PHRASE_WEIGHT, TITLE_WEIGHT = 2.0, 1.0
REPEATS_COUNTED = 3  # a word said ten times says no more than one said three times


class UnknownSimulation(ValueError):  # noqa: N818 - it names the case, like KeyError's kin
    """No simulation has this name; the text names those that come close."""


class BrokenSimulation(UnknownSimulation):
    """There is a simulation of this name, and its module cannot be loaded; the text says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A simulation that is there and cannot be used, and why."""

    name: str
    reason: str


def names() -> tuple[str, ...]:
    """Return the simulations' names, those of other packages last; none is imported, so that one may be broken."""
    from sims import third_party

    entries, _ = third_party.sorted_out(NAMES)
    return (*NAMES, *entries)


def get(name: str) -> Simulation[Any]:
    """Return the simulation of this name; its module is imported at the first call, and loads no torch.

    Raises:
        UnknownSimulation: There is none, or, as BrokenSimulation, it cannot be loaded.
    """
    try:
        if name in NAMES:
            module = importlib.import_module("sims." + name.replace("-", "_"))
            return cast("Simulation[Any]", module.SIMULATION)
        require(name)
        from sims import third_party

        entries, _ = third_party.sorted_out(NAMES)
        return third_party.load(entries[name])
    except UnknownSimulation:
        raise
    except (Exception, SystemExit) as error:  # an outer shell: a broken module must not cost the others
        reason = f"{type(error).__name__}: {error}"
        raise BrokenSimulation(f"simulation {name!r} cannot be loaded: {reason}") from error


def require(name: str) -> None:
    """Refuse a name that no simulation has; nothing is imported.

    Raises:
        UnknownSimulation: It is none.
    """
    if name in NAMES or name in names():
        return
    close = difflib.get_close_matches(name, names(), n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(names())}"
    raise UnknownSimulation(f"no simulation is called {name!r}: {hint}")


def everything() -> tuple[Simulation[Any], ...]:
    """Return all simulations that can be loaded, in the listed order; `problems` tells of the others."""
    return tuple(simulation for _, simulation in _loaded() if not isinstance(simulation, str))


def problems() -> tuple[Problem, ...]:
    """Return what cannot be used: names that are taken, and modules that cannot be loaded."""
    from sims import third_party

    _, refused = third_party.sorted_out(NAMES)
    broken = [Problem(name, reason) for name, reason in _loaded() if isinstance(reason, str)]
    return (*broken, *(Problem(one.name, one.reason) for one in refused))


def _loaded() -> Iterator[tuple[str, Simulation[Any] | str]]:
    """Yield every name with its simulation, or with the reason why there is none."""
    for name in names():
        try:
            yield name, get(name)
        except BrokenSimulation as error:
            yield name, str(error)


def fitting(words: str) -> tuple[str, ...]:
    """Return the names of those whose header says anything of what these words say, the best first.

    Args:
        words: A card's title, tags and text, in any order; case and punctuation do not matter.
    """
    text = _plain(words)
    headers = {simulation.header.name: simulation.header for simulation in everything()}
    return tuple(name for name in best_fit(words) if _score(headers[name], text))


def golden(name: str) -> Frame | None:
    """Return the last frame at the defaults with seed 0, as it is kept for pictures; None where none is kept."""
    path = files("sims.golden").joinpath(f"{name}.json")
    if name not in NAMES or not path.is_file():
        return None
    return read_frame(decode(path.read_bytes()))


def best_fit(words: str) -> tuple[str, ...]:
    """Return all names that can be loaded, those first whose header says most of what these words say.

    Ties keep the listed order.

    Args:
        words: A card's title, tags and text, in any order; case and punctuation do not matter.
    """
    text = _plain(words)
    headers = [simulation.header for simulation in everything()]
    return tuple(header.name for header in sorted(headers, key=lambda header: -_score(header, text)))


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
