"""A learner in a process of its own who drills: types and judges, and says each on stdout, until it is killed.

Arguments: the folder of the library, and by how many seconds the clock is off. Prints `kept ANSWERS DRAFT` after each.
"""

from __future__ import annotations

import sys
from pathlib import Path

from quizapp.core.drill.setup import Reach, Setup
from quizapp.services.drill import begin
from tests.drilling import GOOD
from tests.services.answering import workspace_at

DRAFTS = 4


def main() -> None:
    """Drill, and say so."""
    home, seconds_off = sys.argv[1:]
    drilling = begin(
        workspace_at(Path(home), float(seconds_off)), Setup(minutes=60, seed=1, reach=Reach.NONE)
    )
    drilling.start_clock()
    while drilling.drill.front is not None:
        answers = len(drilling.drill.answers)
        for draft in range(DRAFTS):
            drilling.keep(f"{draft}")
            print("kept", answers, draft, flush=True)
        drilling.done("all")
        drilling.check([])
        for dimension, band in GOOD.items():
            drilling.band(dimension, band)
        drilling.judge()
    sys.stdin.read()


if __name__ == "__main__":
    main()
