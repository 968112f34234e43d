"""`python -m sims NAME`: one simulation, to its end or for a few steps."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from sims import catalogue, runner
from sims.protocol import Result, messages, reproduce
from sims.verbs import sweep
from sims.verbs.arguments import add_jobs, positive, settings
from sims.verbs.speech import COLUMNS, FINDINGS, OK, USAGE, claim_row, narrate, write


def main(arguments: Sequence[str]) -> int:
    """Run one simulation to its end, or for the given steps, and write its frames or its claims."""
    options = _parser().parse_args(arguments)
    if options.sweep and options.steps:
        narrate("error: --steps does not go with --sweep, whose runs go to their end")
        return USAGE
    return sweep.run(options) if options.sweep else _run(options)


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m sims",
        description="List the simulations, run one, or check their claims: python -m sims check.",
    )
    made.add_argument("name", metavar="NAME", help="the simulation to run; none: list them")
    made.add_argument(
        "--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob; repeatable"
    )
    made.add_argument("--seed", type=int, default=0, metavar="N", help="where the random numbers start (0)")
    made.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto: the fastest)")
    made.add_argument(
        "--prefer", default="auto", metavar="DEVICE", help="what auto stands for, where it is there"
    )
    made.add_argument(
        "--steps", type=positive, metavar="N", help="stop after N frames; then nothing is claimed"
    )
    made.add_argument(
        "--json", action="store_true", help="write every frame as a line of JSON, and a last line"
    )
    made.add_argument("--sweep", metavar="KNOB=VALUE,VALUE", help="run once for each of these values")
    made.add_argument(
        "--measure", action="append", default=[], metavar="NAME", help="sweep: report this alone"
    )
    made.add_argument(
        "--seeds", type=positive, metavar="N", help=f"sweep: how many seeds ({sweep.DEFAULT_SEEDS})"
    )
    add_jobs(made)
    return made


def _run(options: argparse.Namespace) -> int:
    device = runner.pick_device(options.device, options.prefer)
    prepared = runner.prepare(catalogue.get(options.name), settings(options.set), options.seed, device)
    for count, frame in enumerate(prepared, 1):
        if options.json:
            write(messages.encode(messages.frame_message(frame)))
        elif frame.event:
            narrate(f"{frame.step}/{frame.total}: {frame.event}")
        if count == options.steps:
            break
    result = prepared.result
    if options.json:
        write(messages.encode(messages.done_message(result)))
    else:
        _report(result)
    return FINDINGS if any(not claim.holds for claim in result.claims) else OK


def _report(result: Result[Any]) -> None:
    """Write the last figures and the claims as text."""
    for name, value in result.last.scalars.items():
        write(f"{name:<34} {value:.6g}")
    if result.claims:
        write(COLUMNS)
    for claim in result.claims:
        write(claim_row(claim))
    if result.last.is_last:
        write(f"{result.outcome.truth}: {result.outcome.reason}")
    write(reproduce(result))
