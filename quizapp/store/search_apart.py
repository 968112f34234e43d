"""Searches by a regular expression, in a process of their own.

Python's matcher goes back and forth without end on some texts, `(a+)+b` on a row of letters, and lets nothing else of its
process run meanwhile. So such a search is made where it can be ended: by whoever asked for it, or when it takes too long.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from quizapp.core.search.moment import Moment
from quizapp.core.search.query import Query
from quizapp.core.search.sorting import Sorting
from quizapp.errors import SearchEndedError, StoreError
from quizapp.store import search, sqlite

LONGEST_S = 15.0
"""A search that takes longer is ended; an ordinary expression needs about a second for 100,000 cards."""
_LOOK_S = 0.03
"""How often it is looked whether the search shall be ended."""
_BEGIN = """
import sys
sys.path.insert(0, {root!r})
from quizapp.store.search_apart import main
main()
"""
_COMMAND = (sys.executable, "-P", "-c", _BEGIN.format(root=str(Path(__file__).resolve().parents[2])))
"""With -P nothing of the current folder is imported; quizapp itself may not be installed."""


def numbers(
    path: Path, query: Query, moment: Moment, sorting: Sorting, stop: threading.Event | None = None
) -> list[int]:
    """Return the numbers of the cards that a query means, in an order.

    Args:
        path: The database's file.
        stop: Ends the search when it is set.

    Raises:
        SearchEndedError: It was ended, or took too long.
        StoreError: The database cannot be read.
    """
    asked = pickle.dumps((str(path), query, moment, sorting))
    with subprocess.Popen(  # noqa: S603 - this interpreter, on a module of this package
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            told = _told(process, asked, stop or threading.Event())
        finally:
            process.kill()
    if not told:
        raise StoreError(
            "The search by a regular expression ended without a result.",
            "Try again; `quizapp doctor` looks things over.",
        )
    answer = json.loads(told)
    if "error" in answer:
        raise sqlite.store_error(path, sqlite3.OperationalError(answer["error"]))
    return list(answer["numbers"])


def _told(process: subprocess.Popen[bytes], asked: bytes, stop: threading.Event) -> bytes:
    """Return what the process says until it ends."""
    give_up = time.monotonic() + LONGEST_S
    given: bytes | None = asked
    while True:
        try:
            return process.communicate(given, timeout=_LOOK_S)[0]
        except subprocess.TimeoutExpired:
            given = None  # it was given already
        if stop.is_set():
            raise SearchEndedError("The search was stopped.")
        if time.monotonic() > give_up:
            raise SearchEndedError(
                f"The regular expression was stopped after {LONGEST_S:.0f} s.",
                "A repeat inside of a repeat, such as (a+)+, can take for ever: write a+ alone.",
            )


def main() -> None:
    """Make the search that standard input names, and print the numbers as JSON."""
    with Path(os.devnull).open("w") as nowhere, contextlib.suppress(KeyboardInterrupt):
        # Ends this process whatever it does, so that it does not outlive an app that was killed by much.
        faulthandler.dump_traceback_later(LONGEST_S + 1, exit=True, file=nowhere)
        path, query, moment, sorting = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        try:
            connection = sqlite.connect_for_reading(Path(path))
            found = search.numbers(
                lambda statement, bound: connection.execute(statement, bound).fetchall(),
                query,
                moment,
                sorting,
            )
            answer: dict[str, object] = {"numbers": found}
        except sqlite3.Error as error:
            answer = {"error": str(error)}
        print(json.dumps(answer))  # noqa: T201 - read by the process that started this one
