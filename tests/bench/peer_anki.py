"""The peer of the benchmarks: the engine of Anki (the package `anki`), in a process of its own.

    peer_anki.py build LIBRARY COLLECTION    make a collection with the cards, memory states and reviews of a library
    peer_anki.py start COLLECTION            open it, read the deck tree and the first queue, say so, and leave
    peer_anki.py answer COLLECTION           for each rating read (1 to 4), answer a card, fetch the next, print seconds
    peer_anki.py find COLLECTION             for each query read, find its cards, print seconds and how many
    peer_anki.py graphs COLLECTION           for each number of days read (0 for all), count its graphs, print seconds

Only the benchmarks use the package; quizapp never does. QUIZAPP_BENCH_ANKI_PYTHON names a Python that has it,
where the one that runs the benchmark has not. FSRS is on, the daily limits are the library's, all else stays as it
comes. A follow-up that quizapp keeps locked is suspended, so that both choose among the same cards.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anki.collection import Collection

INSTALL = (
    "anki is not importable, so its ratios are left out. Install it with: "
    "python -m pip install -c constraints.txt -e '.[bench]'"
)
ROOT = "library"
FIRST_ID = 1_500_000_000_000
PAST_DAYS = 1_500
DAY_S = 86_400
LIMIT = 9999
AGAIN, HARD, GOOD, EASY = range(4)
_TYPES = {"new": 0, "learning": 1, "review": 2, "relearning": 3}
_CARDS = """
    SELECT card.id, card.question, coalesce(nullif(card.answer, ''), topic.answer), card.deck_id, card.queue,
           card.phase, card.stability, card.difficulty, card.due_day, card.due_at, card.last_day, card.last_at,
           card.reps, card.lapses, card.position, topic.tags
    FROM card JOIN topic ON topic.id = card.topic_id WHERE NOT card.archived ORDER BY card.position, card.rank
"""
_REVIEWS = """
    SELECT at_ms, card_id, rating, lead(day) OVER (PARTITION BY card_id ORDER BY id) - day,
           day - lag(day) OVER (PARTITION BY card_id ORDER BY id), elapsed_ms, phase
    FROM log WHERE kind = 'review' ORDER BY id
"""


def peer_command() -> tuple[str, ...] | None:
    """Return how to run this file with Anki; None, and a line about it, where there is none."""
    python = os.environ.get("QUIZAPP_BENCH_ANKI_PYTHON", sys.executable)
    probe = subprocess.run((python, "-c", "import anki.collection"), capture_output=True, check=False)
    if probe.returncode:
        print(INSTALL, flush=True)
        return None
    return python, str(Path(__file__).resolve())


def collection_like(home: Path, command: tuple[str, ...]) -> Path:
    """Return the collection that holds what the library of a folder holds, made at the first call."""
    folder = home / "anki"
    if not folder.exists():
        making = Path(tempfile.mkdtemp(prefix="quizapp-bench-"))
        try:
            print("making Anki's collection of the same cards and reviews, once a day", flush=True)
            path = making / "collection.anki2"
            subprocess.run((*command, "build", str(home / "quizapp.db"), str(path)), check=True)
            making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return folder / "collection.anki2"


def build(library: Path, path: Path) -> None:
    """Write a collection with the cards of a library, each the only card of its note."""
    from anki.collection import Collection

    collection = Collection(str(path))
    created_s = collection.sched.day_cutoff - DAY_S * (PAST_DAYS + 1)
    collection.db.execute("update col set crt = ?", created_s)
    collection.close()
    collection = Collection(str(path))
    set_up(collection)
    source = sqlite3.connect(f"file:{library}?mode=ro", uri=True)
    (study_day,) = source.execute("SELECT max(day) FROM log").fetchone()
    basic = collection.models.by_name("Basic")["id"]
    decks = {
        number: collection.decks.id("::".join((ROOT, *deck.split("/"))))
        for number, deck in source.execute("SELECT id, path FROM deck")
    }
    notes, cards, ids = [], [], {}
    for number, (card, front, back, deck, *state, tags) in enumerate(source.execute(_CARDS)):
        identifier = ids[card] = FIRST_ID + number
        fields, words = f"{front}\x1f{back}", f" {' '.join(json.loads(tags))} "
        notes.append((identifier, f"g{number}", basic, 0, -1, words, fields, front, number, 0, ""))
        cards.append(card_row(identifier, decks[deck], number, collection.sched.today - study_day, *state))
    insert(collection, "notes", notes)
    insert(collection, "cards", cards)
    insert(collection, "revlog", list(reviews(source, ids)))
    collection.close()
    print(f"  {len(cards):,} cards in {len(decks)} decks")


def set_up(collection: Collection) -> None:
    """Turn FSRS on and raise the daily limits to the library's."""
    collection.set_config("fsrs", True)
    options = collection.decks.get_config(1)
    options["new"]["perDay"] = options["rev"]["perDay"] = LIMIT
    collection.decks.update_config(options)


def card_row(
    identifier: int,
    deck: int,
    number: int,
    days_later: int,
    queue: str,
    phase: str,
    stability: float,
    difficulty: float,
    due_day: int,
    due_at: int,
    last_day: int,
    last_at: int,
    reps: int,
    lapses: int,
    position: int,  # noqa: ARG001 - the rows come in its order
) -> tuple[object, ...]:
    """Return a row of Anki's table cards with the memory state that quizapp's card has.

    A follow-up that is locked in quizapp is suspended here.
    """
    kind = _TYPES[phase]
    if kind == _TYPES["review"]:
        due, interval, left = due_day + days_later, max(1, due_day - last_day), 0
    else:
        due, interval, left = (due_at // 1000, 0, 1001) if kind else (number, 0, 0)
    data = {
        "s": round(stability, 4),
        "d": round(difficulty, 3),
        "dr": 0.9,
        "decay": 0.154,
        "lrt": last_at // 1000,
    }
    waits_in = 1 if kind == _TYPES["relearning"] else kind
    if queue == "locked":
        waits_in = -1
    facts = (kind, waits_in, due, interval, 2500 if kind else 0, reps, lapses, left, 0, 0, 0)
    return (identifier, identifier, deck, 0, 0, -1, *facts, json.dumps(data if reps else {}))


def reviews(source: sqlite3.Connection, ids: dict[str, int]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of Anki's review log; an interval is the time that went by until the card's next review.

    The last interval is the time since the review before, so that both call the same cards young and mature.
    """
    latest = 0
    for at_ms, card, rating, days, before, elapsed_ms, phase in source.execute(_REVIEWS):
        latest = max(at_ms, latest + 1)
        kind = {"review": 1, "relearning": 2}.get(phase, 0)
        yield (latest, ids[card], -1, rating, days or -600, before or -600, 500, elapsed_ms, kind)


def insert(collection: Collection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert whole rows in one transaction."""
    marks = ",".join("?" * len(rows[0]))
    collection.db.transact(lambda: collection.db.executemany(f"insert into {table} values ({marks})", rows))


def start(path: Path) -> None:
    """Do what Anki does before a first card can be shown."""
    from anki.collection import Collection

    collection = Collection(str(path))
    tree = collection.sched.deck_due_tree()
    collection.decks.set_current(collection.decks.id(ROOT))
    queued = collection.sched.get_queued_cards()
    print(f"first card: {queued.cards[0].card.id}, of {len(tree.children)} decks", flush=True)
    collection.close()


def answer(path: Path) -> None:
    """Answer cards as they are asked for on standard input, and print how long each took with fetching the next."""
    from anki.collection import Card, Collection

    collection = Collection(str(path))
    collection.decks.set_current(collection.decks.id(ROOT))
    modes = [collection.db.scalar(f"pragma {name}") for name in ("synchronous", "journal_mode")]
    print(f"synchronous={modes[0]} journal_mode={modes[1]}", flush=True)
    queued = collection.sched.get_queued_cards()
    for line in sys.stdin:
        first = queued.cards[0]
        card = Card(collection, backend_card=first.card)
        card.start_timer()
        begin = time.perf_counter()
        rating = (AGAIN, HARD, GOOD, EASY)[int(line) - 1]
        collection.sched.answer_card(
            collection.sched.build_answer(card=card, states=first.states, rating=rating)
        )
        queued = collection.sched.get_queued_cards()
        print(time.perf_counter() - begin, flush=True)
    collection.close()


def find(path: Path) -> None:
    """Find the cards of the queries that come on standard input, and print how long each took and how many there were."""
    from anki.collection import Collection

    collection = Collection(str(path))
    for line in sys.stdin:
        begin = time.perf_counter()
        found = collection.find_cards(line.rstrip("\n"))
        print(time.perf_counter() - begin, len(found), flush=True)
    collection.close()


def graphs(path: Path) -> None:
    """Count the figures of Anki's statistics for all cards, as often as asked, and print how long it took."""
    from anki.collection import Collection

    collection = Collection(str(path))
    print(f"cards: {collection.card_count()}", flush=True)
    for line in sys.stdin:
        begin = time.perf_counter()
        counted = collection._backend.graphs(search="", days=int(line))
        spent = time.perf_counter() - begin
        reviews = sum(counted.buttons.all_time.mature) + sum(counted.buttons.all_time.young)
        print(spent, reviews, flush=True)
    collection.close()


def main() -> None:
    """Run the verb that the arguments name."""
    verb, *paths = sys.argv[1:]
    verbs: dict[str, Callable[..., None]] = {
        "build": build,
        "start": start,
        "answer": answer,
        "find": find,
        "graphs": graphs,
    }
    verbs[verb](*map(Path, paths))


if __name__ == "__main__":
    main()
