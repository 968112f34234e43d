"""What several verbs take on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sims.protocol import KnobError, KnobValue


def positive(text: str) -> int:
    """Return a whole number from 1 on, or raise ValueError, which argparse reports."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Take `--jobs`."""
    parser.add_argument(
        "--jobs", type=positive, metavar="J", help="how many processes compute at once (one a processor)"
    )


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
