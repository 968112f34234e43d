"""The command line of the simulations by themselves: `python -m sims`, without the app."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from sims import catalogue, runner
from sims.catalogue import UnknownSimulation
from sims.protocol import Claim, KnobError, KnobValue, Result, knobs_of, messages, reproduce
from sims.runner import DeviceError

OK, FINDINGS, USAGE, SIMULATION, INTERRUPTED = 0, 1, 2, 5, 130
_COLUMNS = f"{'claim':<20} {'expected':>13} {'measured':>13} {'tolerance':>10}  verdict"


def _write(line: str) -> None:
    """Write one line to stdout at once, so that a reader of the stream sees each frame as it comes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _narrate(line: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(line + "\n")


def _row(claim: Claim) -> str:
    """Return a claim as a line of the table."""
    return f"{claim.id:<20} {claim.expected:>13.6g} {claim.measured:>13.6g} {claim.tolerance:>10.3g}  {claim.verdict}"


def _list() -> int:
    """List the simulations with their knobs."""
    for simulation in catalogue.everything():
        header = simulation.header
        _write(f"{header.name:<22} {header.title}")
        for knob in knobs_of(simulation.knobs):
            takes = " | ".join(knob.choices) if knob.choices else f"{knob.low:g} to {knob.high:g}"
            _write(f"    {knob.name}={knob.default:<12} {takes:<34} {knob.about}")
    return OK


def _settings(texts: Sequence[str]) -> dict[str, KnobValue]:
    """Return the knobs that `--set name=value` sets.

    Raises:
        KnobError: One is not of that form.
    """
    settings: dict[str, KnobValue] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise KnobError(f"--set {text}: takes name=value")
        settings[name] = value
    return settings


def _run(options: argparse.Namespace) -> int:
    """Run one simulation to its end, or for the given steps, and write its frames or its claims."""
    prepared = runner.prepare(
        catalogue.get(options.command), _settings(options.set), options.seed, options.device
    )
    for count, frame in enumerate(prepared, 1):
        if options.json:
            _write(messages.encode(messages.frame_message(frame)))
        elif frame.event:
            _narrate(f"{frame.step}/{frame.total}: {frame.event}")
        if count == options.steps:
            break
    result = prepared.result
    if options.json:
        _write(messages.encode(messages.done_message(result)))
    else:
        _report(result)
    return FINDINGS if any(not claim.holds for claim in result.claims) else OK


def _report(result: Result[Any]) -> None:
    """Write the last figures and the claims as text."""
    for name, value in result.last.scalars.items():
        _write(f"{name:<34} {value:.6g}")
    if result.claims:
        _write(_COLUMNS)
    for claim in result.claims:
        _write(_row(claim))
    if result.last.is_last:
        _write(f"{result.outcome.truth}: {result.outcome.reason}")
    _write(reproduce(result))


def _check(options: argparse.Namespace) -> int:
    """Run simulations at their defaults over several seeds and report every claim."""
    failures = 0
    _write(f"{'simulation':<22} seed  {_COLUMNS}")
    for row in runner.check(options.names, range(options.seeds), options.device):
        failures += not row.claim.holds
        _write(f"{row.simulation:<22} {row.seed:>4}  {_row(row.claim)}")
    _narrate(f"{failures} claims failed" if failures else "every claim holds")
    return FINDINGS if failures else OK


def _positive(text: str) -> int:
    """Return a whole number from 1 on, or raise ValueError, which argparse reports."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _parser(command: str) -> argparse.ArgumentParser:
    """Return the parser of `check` or of a run."""
    if command == "check":
        parser = argparse.ArgumentParser(prog="python -m sims check", description=_check.__doc__)
        parser.add_argument("command", help=argparse.SUPPRESS)
        parser.add_argument("names", nargs="*", metavar="NAME", help="simulations; all, if none is named")
        parser.add_argument(
            "--seeds", type=_positive, default=3, metavar="N", help="how many seeds, from 0 (3)"
        )
        parser.add_argument("--device", default="cpu", help="auto, cpu, cuda or mps (cpu)")
        return parser
    parser = argparse.ArgumentParser(
        prog="python -m sims", description="List the simulations, run one, or check their claims: sims check."
    )
    parser.add_argument("command", nargs="?", metavar="NAME", help="the simulation to run; none: list them")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob; repeatable"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="where the random numbers start (0)")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto: the fastest)")
    parser.add_argument(
        "--steps", type=_positive, metavar="N", help="stop after N frames; then nothing is claimed"
    )
    parser.add_argument(
        "--json", action="store_true", help="write every frame as a line of JSON, and a last line"
    )
    return parser


def _dispatch(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code."""
    command = arguments[0] if arguments else ""
    options = _parser(command).parse_args(arguments)
    if command == "check":
        return _check(options)
    return _run(options) if options.command else _list()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        return _dispatch(sys.argv[1:] if arguments is None else arguments)
    except (UnknownSimulation, KnobError, DeviceError) as error:
        _narrate(f"error: {error}")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # keeps the last flush, at exit, quiet
        return OK
    except Exception:  # an outer shell
        traceback.print_exc()
        return SIMULATION


if __name__ == "__main__":
    sys.exit(main())
