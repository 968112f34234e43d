"""A learner in a process of its own: answers card after card and says each on stdout, until it is killed.

Arguments: the folder of the library, how many answers to give, a seed, and by how many seconds the clock is off.
Prints `front CARD` first, and waits for a line; then `ack CARD RATING NEXT` after each answer, and waits for the end of
stdin.
Before some of the answers it looks ahead, as the app does when it has the time.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizapp.config import Paths, Settings
from quizapp.core.memory import Rating
from quizapp.services.study import begin
from quizapp.services.workspace import Workspace

SETTINGS = Settings(new_per_day=9999, reviews_per_day=9999)
SHARE_LOOKED_AHEAD = 0.7


def workspace_at(home: Path, seconds_off: float) -> Workspace:
    """Return the workspace of a library, with a clock that goes but is off by so many seconds."""
    off = timedelta(seconds=seconds_off)
    paths = Paths(data=home, config=home, state=home)
    return Workspace(paths, SETTINGS, clock=lambda: datetime.now(UTC) + off, zone=UTC)


def main() -> None:
    """Answer, and say so."""
    home, answers, seed, seconds_off = sys.argv[1:]
    draw = random.Random(seed)
    study = begin(workspace_at(Path(home), float(seconds_off)))
    print("front", study.session.current, flush=True)
    sys.stdin.readline()
    for _ in range(int(answers)):
        if draw.random() < SHARE_LOOKED_AHEAD:
            study.look_ahead()
        card, rating = study.session.current, draw.choice(list(Rating))
        if card is None:
            break
        study.answer(rating, 1000)
        print("ack", card, int(rating), study.session.current, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
