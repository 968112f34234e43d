"""What the gallery knows of a learner: which topics launch a simulation, and its last run."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.core.experiment import Experiment, Finding
from quizapp.services.gallery import hung, seen
from quizapp.services.runs import keep
from sims import catalogue, runner
from tests.learner import Learner

SIM = "Look.\n\n```sim\n{name} depth=4\n```\n"


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """Return a learner with an empty library."""
    return Learner(tmp_path)


def test_topics_are_named_once_by_the_simulations_they_launch(learner: Learner) -> None:
    """In the answer or in a follow-up's; text that only looks like a block does not count."""
    block = SIM.format(name="scale-explosion")
    learner.write("Alpha", answer=block + "\n" + block)
    follow_up = "Why?\n\n" + "".join(
        f"  {line}\n" for line in SIM.format(name="densenet-concat").splitlines()
    )
    learner.write("Beta", follow_up, answer=block)
    learner.write("Gamma", answer="A fence ```sim scale-explosion``` in a line, and sim alone.")
    learner.add()
    topics = seen(learner.workspace).topics
    assert topics["scale-explosion"] == ("Alpha", "Beta")
    assert topics["densenet-concat"] == ("Beta",)
    assert set(topics) == {"scale-explosion", "densenet-concat"}


def test_the_last_run_is_known(learner: Learner) -> None:
    """With its frame, its seed and its knobs; before that there is none."""
    assert seen(learner.workspace).runs == {}
    result = runner.result("densenet-concat", {"depth": 2}, 3, "cpu")
    experiment = Experiment(result.simulation, result.knobs, seed=3)
    keep(learner.workspace, Finding(experiment, result.last, result.claims, result.outcome))
    last = seen(learner.workspace).runs["densenet-concat"]
    assert (last.seed, last.knobs["depth"]) == (3, 2)
    assert set(last.frame.series) == set(result.last.series)


def test_every_simulation_hangs_there() -> None:
    """With those of other packages, which there are none of here."""
    assert [exhibit.name for exhibit in hung()] == list(catalogue.names())
