"""How much processor time watching takes: a look at two thousand files, against taking them in again."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from quizapp.services.library import add
from quizapp.services.watching import Watch
from tests.learner import Learner, topic_text

FILES, LOOKS = 2_000, 50


def main() -> None:
    """Print the processor time of a look at files of which none has changed, and its share of a second."""
    with tempfile.TemporaryDirectory() as home:
        learner = Learner(Path(home))
        for number in range(FILES):
            path = learner.decks / f"deck-{number % 40}" / f"topic-{number}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(topic_text(f"Topic {number}", question=f"What is {number:x}?"), encoding="utf-8")
        began = time.process_time()
        add(learner.workspace, [learner.decks])
        taking_ms = 1000 * (time.process_time() - began)
        watch = Watch(learner.workspace)
        assert watch.look() is None
        began = time.process_time()
        for _ in range(LOOKS):
            assert watch.look() is None
        look_ms = 1000 * (time.process_time() - began) / LOOKS
        one = learner.decks / "deck-0" / "topic-0.md"
        one.write_text(topic_text("Topic 0", question="Which topic?"), encoding="utf-8")
        watch.look()
        began = time.process_time()
        assert watch.look() is not None
        one_ms = 1000 * (time.process_time() - began)
    print(
        f"a look at {FILES} files: {look_ms:.1f} ms of processor time, {look_ms / 10:.1f} % of one look a second"
    )
    print(
        f"one of them changed: {one_ms:.0f} ms; all of them taken in: {taking_ms:.0f} ms ({taking_ms / look_ms:.0f} x)"
    )


if __name__ == "__main__":
    main()
