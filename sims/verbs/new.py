"""`python -m sims new NAME`: the beginning of a simulation of one's own."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from sims.skeleton import SkeletonError, write_skeleton
from sims.verbs.speech import OK, USAGE, narrate, write


def main(arguments: Sequence[str]) -> int:
    """Write the package and say what to do with it."""
    options = _parser().parse_args(arguments)
    try:
        folder = write_skeleton(options.name, Path(options.into))
    except SkeletonError as error:
        narrate(f"error: {error}")
        return USAGE
    except OSError as error:
        narrate(f"error: {error.filename} cannot be written: {error.strerror}")
        return USAGE
    where = shlex.quote(str(folder))
    write(f"{folder} is written. It runs as it is:")
    write(f"    pip install -e {where}")
    write(f"    quizapp sim {options.name}")
    write(f"    python -m pytest {where}      # one test fails, and says what to do next")
    return OK


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m sims new", description="Write the package of a new simulation, ready to be installed."
    )
    made.add_argument("name", metavar="NAME", help="small letters, digits and hyphens")
    made.add_argument("--into", default=".", metavar="DIR", help="the folder that its own is made in (.)")
    return made
