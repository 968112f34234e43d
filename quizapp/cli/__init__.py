"""The command line: one file a verb."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command that the arguments name, and end the process with its exit code."""
    if "_QUIZAPP_COMPLETE" in os.environ:
        import quizapp.cli.shells  # noqa: F401 - click finds them there
    from quizapp.cli.outcome import run

    sys.exit(run(sys.argv[1:]))
