"""What is wrong in deck files: by themselves, and by the catalogue of simulations that they name."""

from __future__ import annotations

import os
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from quizapp.core.topic import CardId, PredictionBlock, Problem, Topic
from quizapp.errors import DeckError
from quizapp.services.deck_files import DeckFile, from_bytes, passed_over, read_files
from quizapp.services.workspace import Workspace
from quizapp.store import library


class CatalogueCheck:
    """Checks what decks name against the catalogue of simulations."""

    def check(self, simulation: str, settings: tuple[tuple[str, str], ...]) -> str | None:
        """Return what is wrong with the name or the settings, or None."""
        from sims.catalogue import UnknownSimulation, get
        from sims.protocol import KnobError, knobs_from_text

        try:
            knobs_from_text(get(simulation), dict(settings))
        except (UnknownSimulation, KnobError) as error:
            return str(error)
        return None

    def check_claim(self, simulation: str, claim: str) -> str | None:
        """Return what is wrong with a claim's id, or None; the simulation is one that there is."""
        from sims.catalogue import get

        known = [declared.id for declared in get(simulation).declared_claims]
        if claim in known:
            return None
        return f"{simulation} makes no claim {claim!r}: it makes {', '.join(known)}"

    def check_prediction(
        self, simulation: str, settings: tuple[tuple[str, str], ...], tolerance: float | None
    ) -> str | None:
        """Return what is wrong with the settings of a `sim predict` block, which may be ranges, or None."""
        from quizapp.core.trial import trial
        from sims.catalogue import UnknownSimulation, get
        from sims.protocol import KnobError

        block = PredictionBlock(simulation, settings, tolerance)
        try:
            asked = trial(get(simulation), block, CardId(""), 0).prediction
        except (UnknownSimulation, KnobError) as error:
            return str(error)
        if tolerance is not None and asked.choices:
            return f"{simulation} asks for one of {len(asked.choices)} choices: a tolerance means nothing"
        return None


def check(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """Return every problem of the deck files, with paths as they were given.

    Raises:
        DeckError: A path does not exist or cannot be read.
    """
    return (*passed_over(paths), *parsed_files(read_files(paths))[1])


def lint(workspace: Workspace, path: Path, content: bytes) -> tuple[Problem, ...]:
    """Return every problem that a file with this content has; nothing is read from it or written.

    Another file of the library that has the id already is read, and counts as one.
    """
    file = from_bytes(str(path), str(path), content, "")
    topics, problems = parsed_files([file])
    for _, topic in topics:
        held = library.topic(workspace.database.read, topic.id)
        if held is None or os.path.realpath(held[1]) == os.path.realpath(path):
            continue
        with suppress(DeckError):  # it came with quizapp or has gone: then the id may be had
            both = [*read_files([Path(held[1])]), file]
            return tuple(problem for problem in parsed_files(both, {held[1]})[1] if problem.path == str(path))
    return problems


def parsed_files(
    files: Sequence[DeckFile], holding: Container[str] = frozenset()
) -> tuple[list[tuple[str, Topic]], tuple[Problem, ...]]:
    """Return the topics of the files that could be decoded, and the problems of all files in their order.

    Args:
        holding: The paths that topics of the library come from: of two files with one id, theirs has it.
    """
    from quizapp.core.deck_parser import parse_topics

    undecodable = {file.path for file in files if any(problem.fatal for problem in file.problems)}
    rightful = sorted(files, key=lambda file: (file.path in undecodable, file.path not in holding))
    parsed = parse_topics(
        [(file.path, file.text, file.default_deck) for file in rightful], simulations=CatalogueCheck()
    )
    places = {file.path: place for place, file in enumerate(files)}
    topics = [(path, topic) for path, topic in parsed.topics if path not in undecodable]
    topics.sort(key=lambda found: places[found[0]])
    names = {file.path: file.name for file in files}
    problems = [
        replace(problem, path=names[problem.path])
        for problem in (*(problem for file in files for problem in file.problems), *parsed.problems)
    ]
    return topics, tuple(sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column)))
