"""The command line: one file a verb."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name, and end the process with its exit code."""
    from quizapp.cli.outcome import run

    sys.exit(run(sys.argv[1:]))
