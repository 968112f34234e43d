"""`python -m sims golden`: the frames that stand for the simulations before anybody has run them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sims import catalogue, golden, runner
from sims.protocol import Frame, messages
from sims.side_by_side import default_jobs, side_by_side
from sims.verbs.arguments import add_jobs
from sims.verbs.speech import OK, Progress, write

DIGITS = 5
"""As many as a picture can show; the frames of all simulations then take little room in the package."""


def main(arguments: Sequence[str]) -> int:
    """Run the simulations at their defaults and keep their last frames in the package."""
    options = _parser().parse_args(arguments)
    for name in options.names:
        if name not in catalogue.NAMES:
            raise catalogue.UnknownSimulation(
                f"{name!r} is not among quizapp's own: {', '.join(catalogue.NAMES)}"
            )
    names = tuple(options.names) or catalogue.NAMES
    with Progress("runs", len(names)) as progress:
        for name, text in zip(names, side_by_side(kept, names, options.jobs or default_jobs()), strict=True):
            path = Path(golden.__path__[0]) / f"{name}.json"
            path.write_text(text, encoding="utf-8")
            progress.clear()
            write(f"{path} {len(text)} bytes")
            progress.step()
    return OK


def kept(name: str) -> str:
    """Return the line that is kept of a simulation."""
    return messages.encode(messages.frame_message(shortened(runner.result(name, {}, 0, "cpu").last))) + "\n"


def shortened(frame: Frame) -> Frame:
    """Return the frame with fewer digits."""
    return replace(
        frame,
        scalars={name: _short(value) for name, value in frame.scalars.items()},
        series={name: tuple(map(_short, curve)) for name, curve in frame.series.items()},
        theory={name: tuple(map(_short, curve)) for name, curve in frame.theory.items()},
    )


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m sims golden",
        description="Keep the last frame of each simulation at its defaults, seed 0.",
    )
    made.add_argument(
        "names", nargs="*", metavar="NAME", help="simulations; all bundled ones, if none is named"
    )
    add_jobs(made)
    return made
