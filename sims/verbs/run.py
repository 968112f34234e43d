"""`python -m sims NAME`: one simulation, to its end or for a few steps."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from sims import catalogue, runner
from sims.protocol import KnobError, KnobValue, Result, messages, reproduce
from sims.verbs.speech import COLUMNS, FINDINGS, OK, claim_row, narrate, positive, write


def main(arguments: Sequence[str]) -> int:
    """Run one simulation to its end, or for the given steps, and write its frames or its claims."""
    return _run(_parser().parse_args(arguments))


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
        "--steps", type=positive, metavar="N", help="stop after N frames; then nothing is claimed"
    )
    made.add_argument(
        "--json", action="store_true", help="write every frame as a line of JSON, and a last line"
    )
    return made


def _run(options: argparse.Namespace) -> int:
    prepared = runner.prepare(
        catalogue.get(options.name), settings(options.set), options.seed, options.device
    )
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


def settings(texts: Sequence[str]) -> dict[str, KnobValue]:
    """Return the knobs that `--set name=value` sets.

    Raises:
        KnobError: One is not of that form.
    """
    found: dict[str, KnobValue] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise KnobError(f"--set {text}: takes name=value")
        found[name] = value
    return found


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
