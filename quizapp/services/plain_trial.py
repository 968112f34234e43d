"""A simulation asked, run and kept without a screen: the prediction is on disk before the run begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.experiment import Experiment, Finding
from quizapp.core.prediction import answer_text
from quizapp.core.sentence import sentence
from quizapp.errors import SimulationError
from quizapp.services import predict, runs
from quizapp.services.plain_run import run_to_end
from quizapp.services.workspace import Workspace
from sims import catalogue
from sims.protocol import KnobError, knobs_from_text

if TYPE_CHECKING:
    from quizapp.core.topic import CardId, SimBlock


def experiment_of(block: SimBlock) -> Experiment:
    """Return what a `sim` block launches.

    Raises:
        SimulationError: It names a simulation, knobs or values that there are not.
    """
    try:
        simulation = catalogue.get(block.simulation)
        return Experiment(simulation, knobs_from_text(simulation, dict(block.settings)))
    except (catalogue.UnknownSimulation, KnobError) as error:
        raise SimulationError(sentence(error), "`quizapp sim` lists the simulations.") from error


def run(workspace: Workspace, experiment: Experiment, card_id: CardId) -> Finding:
    """Write what was predicted, run to the end, and write what came out beside it.

    Raises:
        SimulationError: The run ended before its end. The prediction is kept.
    """
    committed = None
    if experiment.answer is not None:
        committed = predict.commit(
            workspace,
            card_id=card_id,
            simulation=experiment.name,
            knobs=experiment.values,
            seed=experiment.seed,
            question=experiment.prediction.question,
            answer=answer_text(experiment.answer),
        )
    words = [experiment.name, *(f"--set={knob}={value}" for knob, value in experiment.values.items())]
    ended = run_to_end([*words, f"--seed={experiment.seed}", f"--prefer={workspace.settings.device}"])
    where = replace(experiment, device=str(ended.done["device"]))
    finding = Finding(where, ended.last, ended.claims, ended.outcome, str(ended.done.get("explanation", "")))
    missed = finding.gap
    if committed is not None and missed is not None and finding.outcome is not None:
        truth = answer_text(finding.outcome.truth)
        predict.settle(
            workspace, committed, truth=truth, hit=missed.hit, gap=missed.words, device=where.device
        )
    runs.keep(workspace, finding)
    return finding


def missing_device(workspace: Workspace, finding: Finding) -> str:
    """Return what to say, once, where a run did not go to the device that the settings name; empty where it did."""
    wanted, used = workspace.settings.device, finding.experiment.device
    if wanted in ("auto", used):
        return ""
    workspace.settings = replace(workspace.settings, device="auto")
    return f"The settings name the device {wanted!r}, which torch does not find here: it ran on {used}."
