"""What hangs in the lab's gallery, and what this learner has seen and read of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from quizapp.core.deck_predictions import prediction_blocks
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.gallery import Exhibit, exhibits
from quizapp.core.measured import LastRun
from quizapp.services.runs import last_runs
from quizapp.services.workspace import Workspace
from quizapp.store import library
from sims import catalogue


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the simulations here, each by its name.

    Attributes:
        runs: Its last run on this machine.
        topics: The titles of the topics whose answers launch it or ask for a prediction of it.
    """

    runs: Mapping[str, LastRun] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def hung() -> tuple[Exhibit, ...]:
    """Return every simulation there is, with those that cannot be used and why."""
    problems = [(problem.name, problem.reason) for problem in catalogue.problems()]
    return exhibits(catalogue.everything(), problems)


def seen(workspace: Workspace) -> Seen:
    """Return what this library holds about simulations.

    Raises:
        StoreError: It cannot be read.
    """
    topics: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for title, text in library.texts_with_sims(workspace.database.read):
        launched = [block.simulation for block in sim_blocks(text)]
        for name in [*launched, *(block.simulation for _, block in prediction_blocks(text))]:
            topics[name][title] = None
    return Seen(last_runs(workspace), {name: tuple(titles) for name, titles in topics.items()})
