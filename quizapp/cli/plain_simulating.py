"""The simulation of a card on plain lines: which one, its prediction, its run, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.plain_prediction import BackToCard, ask_prediction
from quizapp.cli.plain_words import finding_lines
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.plain import printable
from quizapp.core.prediction import said
from quizapp.core.reading import first_sim
from quizapp.core.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quizapp.cli.plain_front import Front
    from quizapp.cli.plain_terminal import Terminal
    from quizapp.core.experiment import Experiment, Finding
    from quizapp.core.topic import CardId, SimBlock
    from quizapp.services.workspace import Workspace


def simulate(front: Front, terminal: Terminal, workspace: Workspace, words: Sequence[str]) -> None:
    """Ask for a prediction and run: what a prediction card asks, or the simulation that fits the card or was named."""
    from quizapp.services.plain_trial import experiment_of

    is_trial = front.asks_first and not words
    experiment = front.trial if is_trial else None
    if experiment is None:
        block = chosen_block(sim_blocks(front.card.answer), first_sim(front.card), words, terminal)
        if block is None:
            return
        experiment = experiment_of(block)
    finding = predict_and_run(experiment, front.card.id, terminal, workspace, has_read_it=is_trial)
    if finding is None:
        return
    front.finding = finding
    if is_trial and finding.outcome is not None:
        front.verdict = Verdict(finding, front.scale)
        terminal.write(f"Proposed: {front.scale.name(front.verdict.rating)}.")


def predict_and_run(
    experiment: Experiment, card_id: CardId, terminal: Terminal, workspace: Workspace, *, has_read_it: bool
) -> Finding | None:
    """Ask for a prediction, run, and say what came out; None where the learner went back or stopped the run.

    Args:
        has_read_it: The prediction's question was read to the learner just before.
    """
    from quizapp.services.plain_trial import missing_device, run

    try:
        answer = ask_prediction(experiment.prediction, terminal, has_read_it=has_read_it)
    except BackToCard:
        terminal.write("Nothing was run. Back at the card.")
        return None
    terminal.write("Running.")
    try:
        finding = run(workspace, experiment.committed(answer), card_id)
    except KeyboardInterrupt:
        terminal.write("Stopped.")
        return None
    if note := missing_device(workspace, finding):
        terminal.write(note)
    terminal.say([*finding_lines(finding), "g draws its chart.", ""])
    return finding


def draw(finding: Finding | None, terminal: Terminal) -> None:
    """Say the curves of the last run in figures, and draw the chart that its prediction is about."""
    from quizapp.core.frame_chart import predicted_view
    from quizapp.services.plain_run import chart_lines, curves_of

    if finding is None or finding.last is None:
        terminal.write("Nothing has run yet: x runs the simulation of this card.")
        return
    experiment, last = finding.experiment, finding.last
    terminal.say(curve_lines(curves_of(experiment.name, last)))
    terminal.say(chart_lines(experiment.name, last, predicted_view(experiment)))


def curve_lines(curves: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield each curve by its first, middle and last value."""
    for name, values in curves.items():
        if len(values) > 2:
            middle = said(values[len(values) // 2])
            yield printable(
                f"{name}: {said(values[0])} at first, {middle} half-way, {said(values[-1])} at last."
            )


def launch_words(answer: str, block: SimBlock, above: int | None) -> str:
    """Return what stands for a simulation in the text: its name, its knobs, and how to run this one.

    Args:
        answer: The whole answer, whose simulations `x` runs.
        above: How many lines of it stand above the text that holds the block; None where that text is no part of it, and
            `x` does not run it.
    """
    blocks = sim_blocks(answer)
    knobs = "".join(f", {knob} {value}" for knob, value in block.settings)
    number = 0 if above is None else sum(one.line <= block.line + above for one in blocks)
    if not number:
        return printable(f"Simulation: {block.simulation}{knobs}.")
    which, how = (f" {number} of {len(blocks)}", f"x {number}") if len(blocks) > 1 else ("", "x")
    return printable(f"Simulation{which}: {block.simulation}{knobs}. {how} runs it.")


def chosen_block(
    named_ones: Sequence[SimBlock], fitting: SimBlock | None, words: Sequence[str], terminal: Terminal
) -> SimBlock | None:
    """Return the simulation that was asked for by its number, or the one that fits best.

    Which one of several it is, or that there is none such, is said.

    Args:
        named_ones: Those that the answer names.
        fitting: The one that runs where no number is given; None where none fits.
    """
    blocks = tuple(named_ones) or ((fitting,) if fitting else ())
    if fitting is None or not blocks:
        terminal.write("This card runs no simulation. `quizapp sim` lists those that there are.")
        return None
    if words:
        named = " ".join(words)
        if not named.isdecimal() or not 0 < int(named) <= len(blocks):
            there = f"there are {len(blocks)}" if len(blocks) > 1 else "there is 1, which x runs"
            terminal.write(printable(f"There is no simulation {named[:40]}; {there}."))
            return None
        fitting = blocks[int(named) - 1]
    if len(blocks) > 1 and fitting in blocks:
        number = blocks.index(fitting) + 1
        terminal.write(printable(f"Simulation {number} of {len(blocks)}: {fitting.simulation}."))
    return fitting
