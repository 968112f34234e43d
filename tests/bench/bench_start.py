"""From process start to the first complete frame, in a library of 100,000 cards and 1,000,000 reviews.

Every run is a whole process in a pseudo-terminal of 100x30 cells, timed from just before it is started until the
last of its marks has come out of the terminal: the day's figures, a deck's name or the question's words, and the
foot of the screen. Baselines, in turn with it: `import textual.app`, from start to exit, and Anki's engine with the same
cards and reviews: import, open, deck tree, first queue. The engine paints nothing. Study's first frame is drawn before
Textual is imported; when Textual has painted the same card in its place is timed apart.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from quizapp.services.home import overview
from quizapp.services.next_card import peek
from tests.bench.library import big_home, workspace_in
from tests.bench.peer_anki import collection_like, peer_command

WIDTH, HEIGHT = 100, 30
RUNS = 15
PATIENCE_S = 60
_ESCAPES = re.compile(rb"\x1b(\[[0-9;:?<=>]*[ -/]*[@-~]|[PX^_\]].*?(\x1b\\|\x07)|[@-Z\\-_=>78])", re.DOTALL)


def seconds_to(command: Sequence[str], home: Path, marks: Sequence[str], times: int = 1) -> float:
    """Start a command on a fresh terminal and return the seconds until all marks are on it; then end it.

    Args:
        times: How often each mark is to be written: Study's first frame is drawn by hand, its second by Textual.
    """
    terminal, its_side = pty.openpty()
    fcntl.ioctl(its_side, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    environment = {
        **os.environ,
        "QUIZAPP_HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    environment.pop("QUIZAPP_DB", None)
    start = time.monotonic()
    process = subprocess.Popen(
        command,
        stdin=its_side,
        stdout=its_side,
        stderr=its_side,
        env=environment,
        start_new_session=True,
    )
    os.close(its_side)
    try:
        return read_until(terminal, marks, start, times) - start
    finally:
        end(process, terminal)


def read_until(terminal: int, marks: Sequence[str], start: float, times: int) -> float:
    """Return the moment at which the last of the marks has been read so many times."""
    written, missing = b"", {mark.encode() for mark in marks}
    while missing:
        left = start + PATIENCE_S - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            raise SystemExit(f"not painted within {PATIENCE_S} s: {missing}")
        try:
            written += os.read(terminal, 1 << 16)
        except OSError as error:  # Linux reports the closed side as an input error
            raise SystemExit(f"it ended early:\n{written.decode(errors='replace')}") from error
        now = time.monotonic()
        text = _ESCAPES.sub(b"", written)
        missing = {mark for mark in missing if text.count(mark) < times}
    return now


def end(process: subprocess.Popen[bytes], terminal: int) -> None:
    """End a process with all that it started, and make sure of it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # What it started in a session of its own ends with its standard input; the last one out closes the terminal.
    with contextlib.suppress(OSError):
        while os.read(terminal, 1 << 16):
            pass
    os.close(terminal)


def seconds_of(command: Sequence[str]) -> float:
    """Run a command to its end and return how long that took."""
    start = time.monotonic()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def main() -> None:
    """Print the medians and their ratios."""
    home = big_home()
    workspace = workspace_in(home)
    shown, card = overview(workspace), peek(workspace)
    workspace.close()
    assert card is not None
    quizapp = (sys.executable, "-P", "-c", "from quizapp.cli import main; main()")
    home_marks = (f"{shown.left.due} due", shown.decks[0].name, shown.decks[1].name, "Quit")
    study_marks = (" ".join(card.question.split()[:8]), "Answer", "Back")
    anki = peer_command()
    collection = collection_like(home, anki) if anki else None

    spent: dict[str, list[float]] = {
        "textual.app": [],
        "home": [],
        "first card": [],
        "study by textual": [],
        "anki": [],
    }
    for _ in range(RUNS):
        spent["textual.app"].append(seconds_of((sys.executable, "-c", "import textual.app")))
        spent["home"].append(seconds_to(quizapp, home, home_marks))
        spent["first card"].append(seconds_to((*quizapp, "study"), home, study_marks))
        spent["study by textual"].append(seconds_to((*quizapp, "study"), home, study_marks, times=2))
        if anki and collection:
            spent["anki"].append(seconds_to((*anki, "start", str(collection)), home, ("first card:",)))
    medians = {name: statistics.median(values) for name, values in spent.items() if values}
    for name, median in medians.items():
        print(f"{name.replace(' ', '_')}_median_s: {median:.3f} (lowest {min(spent[name]):.3f}, {RUNS} runs)")
    print(f"home_painted_to_textual_import_ratio: {medians['home'] / medians['textual.app']:.2f}")
    print(f"first_card_to_textual_import_ratio: {medians['first card'] / medians['textual.app']:.2f}")
    if "anki" in medians:
        print(f"home_painted_to_anki_engine_ratio: {medians['home'] / medians['anki']:.2f}")
        print(f"first_card_to_anki_engine_ratio: {medians['first card'] / medians['anki']:.2f}")


if __name__ == "__main__":
    main()
