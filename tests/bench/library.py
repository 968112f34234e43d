"""A big library to measure in: 100,000 cards and 1,000,000 reviews, every state the fold of its log.

`python tests/bench/library.py` builds it, or finds it, and prints its folder, which is meant for QUIZAPP_HOME.
It is made for the present study day, so that a real backlog waits, and kept in the temporary folder till then.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from quizapp.core.day import milliseconds, study_day
from quizapp.core.deck_ids import card_id, new_follow_up_ids, slug
from quizapp.core.fold import TopicState, fold, step
from quizapp.core.log import Entry, EntryKind, entry_id
from quizapp.core.memory import Phase, Rating
from quizapp.core.policy import Policy
from quizapp.core.topic import CardId, CardKind, FollowUp, Topic, TopicId
from quizapp.services.library import open_library
from quizapp.services.workspace import Workspace
from quizapp.store import entries, library_writes, search_index, states
from quizapp.store.database import execute_in
from quizapp.store.engine import create_schema, engine
from quizapp.store.states import CardShape

TOPICS = 25_000
FOLLOW_UPS = 3
REVIEWS = 1_000_000
PROCESSES = 2
TOPICS_AT_ONCE = 1_000
PROVED = 500

FIRST_NUMBER = 1_000_000
"""Of the cards in the index of words, after those of the bundled decks."""

PAST_DAYS = 1_000
"""The learner began so many days ago and has begun new topics evenly since then."""
FIRST_RATINGS = (10, 15, 62, 13)
LATER_RATINGS = (11, 16, 62, 11)
"""Weights of Again, Hard, Good and Easy."""
SHARE_LATE, MEAN_DELAY_DAYS = 0.3, 5
SHARE_DONE_TODAY = 0.1
DAY_MS = 86_400_000
HOUR_MS = 3_600_000
ROLLOVER_HOUR = 4
SETTINGS = "new_per_day = 9999\nreviews_per_day = 9999\n"

_AREAS = (
    "optimisation", "convolution", "attention", "normalisation", "regularisation",
    "generative models", "reinforcement", "probability", "linear algebra", "systems",
)  # fmt: skip
_PARTS = ("foundations", "methods", "practice", "theory", "scale")
_WORDS = (
    "gradient", "network", "layer", "depth", "variance", "signal", "weight", "loss", "step", "batch", "residual",
    "identity", "matrix", "norm", "kernel", "channel", "token", "query", "estimate", "bound", "sample", "prior",
    "policy", "value", "noise", "scale", "rate", "momentum", "curvature", "Jacobian", "product", "sum", "path",
    "activation", "derivative", "initialisation", "memory", "throughput", "precision", "rank", "feature", "head",
)  # fmt: skip
_VERBS = (
    "keeps",
    "shrinks",
    "multiplies",
    "averages",
    "stabilises",
    "skips",
    "bounds",
    "reuses",
    "adds",
    "hides",
)
_LINKS = ("because", "so that", "while", "although", "whenever", "unless")

_FOLDED_COLUMNS = (
    "phase", "step", "stability", "difficulty", "due_at", "due_day", "last_day", "last_at", "reps", "lapses",
    "suspended", "buried_until", "first_day", "seen_day", "passed", "queue", "available_day",
)  # fmt: skip
_CARD_COLUMNS = (
    "id", "topic_id", "deck_id", "kind", "ordinal", "question", "answer", "rank", "number", "added_day", *_FOLDED_COLUMNS,
)  # fmt: skip
_TOPIC_COLUMNS = (
    "id", "deck_id", "title", "difficulty", "tags", "question", "cover", "answer", "source",
)  # fmt: skip
_LOG_COLUMNS = (
    "id",
    "at_ms",
    "day",
    "device",
    "card_id",
    "kind",
    "rating",
    "phase",
    "elapsed_ms",
    "policy_id",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When the library is made: its study day, UTC milliseconds, and when study day 0 would have begun."""

    day: int
    at_ms: int
    day_0_ms: int

    def day_of(self, at_ms: int) -> int:
        """Return the study day of a time; summer time is passed over."""
        return (at_ms - self.day_0_ms) // DAY_MS


@dataclass(frozen=True, slots=True)
class History:
    """A topic with its cards, what was answered, and the state that follows."""

    number: int
    topic: Topic
    cards: tuple[CardId, ...]
    entries: tuple[Entry, ...]
    state: TopicState


def big_home() -> Path:
    """Return the folder of the library of today as this code makes it, made at the first call."""
    now = present()
    home = Path(tempfile.gettempdir()) / f"quizapp-bench-{os.getuid()}-{made_by()}-{now.day}"
    if not home.exists():
        print(
            f"making a library of {TOPICS * (1 + FOLLOW_UPS):,} cards and {REVIEWS:,} reviews: a few minutes, once a day",
            flush=True,
        )
        making = Path(tempfile.mkdtemp(prefix="quizapp-bench-"))
        try:
            make(making, now)
            making.rename(home)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    workspace_in(home).close()  # takes in the bundled decks, should they have changed
    return home


def made_by() -> str:
    """Return a name for the schema and the code that make a library: either may change on one day."""
    with engine(Path(":memory:")).connect() as connection:
        create_schema(connection)
        schema = connection.exec_driver_sql("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    return hashlib.sha256(repr(schema).encode() + Path(__file__).read_bytes()).hexdigest()[:12]


def workspace_in(home: Path) -> Workspace:
    """Open the library of a folder."""
    os.environ["QUIZAPP_HOME"] = str(home)
    os.environ.pop("QUIZAPP_DB", None)
    return open_library(None)


def present() -> Moment:
    """Return the present moment as the library sees it."""
    now = datetime.now(UTC)
    day = study_day(now, None, ROLLOVER_HOUR)
    local = now.astimezone()
    since_rollover = ((local.hour - ROLLOVER_HOUR) % 24) * HOUR_MS + local.minute * 60_000
    return Moment(day, milliseconds(now), milliseconds(now) - since_rollover - day * DAY_MS)


def make(home: Path, now: Moment) -> None:
    """Write the library into an empty folder."""
    (home / "config.toml").write_text(SETTINGS, encoding="utf-8")
    workspace = workspace_in(home)
    database = workspace.database
    connection = sqlite3.connect(database.path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    policy = workspace.settings.policy
    connection.execute("INSERT INTO policy (id, rules) VALUES (?, ?)", (policy.id, policy.to_json()))
    decks = {deck_path(number) for number in range(TOPICS)}
    connection.executemany("INSERT INTO deck (path) VALUES (?)", [(path,) for path in sorted(decks)])
    deck_ids = dict(connection.execute("SELECT path, id FROM deck"))
    log: list[tuple[object, ...]] = []
    for history in histories(policy, now):
        deck = deck_ids[history.topic.deck]
        insert(connection, "topic", _TOPIC_COLUMNS, [topic_row(history, deck)])
        insert(connection, "card", _CARD_COLUMNS, card_rows(history, deck, now.day))
        log += map(log_row, history.entries)
    log.sort()
    insert(connection, "log", _LOG_COLUMNS, log)
    connection.execute("COMMIT")
    with database.write() as writing:
        library_writes.settle(writing, ())
        search_index.index_everything(execute_in(writing))
    prove(workspace)
    workspace.close()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows."""
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def histories(policy: Policy, now: Moment) -> Iterator[History]:
    """Yield the topics with their pasts; once there are reviews enough, the rest is new."""
    left = REVIEWS
    with ProcessPoolExecutor(PROCESSES) as pool:
        for first in range(0, TOPICS, TOPICS_AT_ONCE):
            numbers = range(first, min(TOPICS, first + TOPICS_AT_ONCE))
            for full in pool.map(partial(topic_history, policy, now, most=left), numbers, chunksize=50):
                fits = len(full.entries) <= left
                history = full if fits else topic_history(policy, now, full.number, most=left)
                left -= len(history.entries)
                yield history


def topic_history(policy: Policy, now: Moment, number: int, most: int = REVIEWS) -> History:
    """Return a topic and what the learner answered, at most so many reviews.

    A follow-up comes first when its question has been passed. From then on each card comes when it is due, or late.
    """
    rng = random.Random(number)
    topic = made_up_topic(rng, number)
    question = card_id(topic)
    follow_ups = new_follow_up_ids(topic.id, [each.question for each in topic.follow_ups], frozenset())
    policies = {policy.id: policy}
    state, log = TopicState(question), list[Entry]()
    waiting = [(study_moment(rng, now, now.day - rng.randrange(PAST_DAYS)), question)]
    while waiting and len(log) < most:
        at_ms, card = heapq.heappop(waiting)
        if at_ms > now.at_ms:
            continue
        was_locked, before = not state.unlocked, state.card(card).memory
        weights = LATER_RATINGS if before.reps else FIRST_RATINGS
        entry = Entry(
            id=entry_id(at_ms, rng.getrandbits(74), None),
            at_ms=at_ms,
            day=now.day_of(at_ms),
            device="bench",
            card_id=card,
            kind=EntryKind.REVIEW,
            rating=Rating(rng.choices((1, 2, 3, 4), weights)[0]),
            phase=before.phase.value,
            elapsed_ms=rng.randrange(4_000, 40_000),
            policy_id=next(iter(policies)),
        )
        log.append(entry)
        state = step(state, entry, policies)
        heapq.heappush(waiting, (next_moment(rng, now, state, card), card))
        if was_locked and state.unlocked:
            for number_of, follow_up in enumerate(follow_ups, start=1):
                heapq.heappush(waiting, (at_ms + number_of * 45_000, follow_up))
    return History(number, topic, (question, *follow_ups), tuple(log), state)


def next_moment(rng: random.Random, now: Moment, state: TopicState, card: CardId) -> int:
    """Return when the learner answers a card again, UTC milliseconds: sometimes days after it was due."""
    memory = state.card(card).memory
    if memory.phase is not Phase.REVIEW:
        return memory.due_at + rng.randrange(60_000)
    late = rng.random() < SHARE_LATE
    return study_moment(
        rng, now, memory.due_day + (round(rng.expovariate(1 / MEAN_DELAY_DAYS)) if late else 0)
    )


def study_moment(rng: random.Random, now: Moment, day: int) -> int:
    """Return a time on a study day, UTC milliseconds; today a little is done, in the last half hour."""
    if day < now.day:
        return now.day_0_ms + day * DAY_MS + rng.randrange(4 * HOUR_MS, 18 * HOUR_MS)
    if day == now.day and rng.random() < SHARE_DONE_TODAY:
        return now.at_ms - rng.randrange(min(HOUR_MS // 2, now.at_ms - now.day_0_ms - day * DAY_MS) + 1)
    return now.at_ms + DAY_MS


def made_up_topic(rng: random.Random, number: int) -> Topic:
    """Return a topic with texts of the usual length."""
    title = f"{rng.choice(_WORDS)} and {rng.choice(_WORDS)} {number:05}"
    return Topic(
        id=TopicId(slug(title)),
        title=title.capitalize(),
        deck=deck_path(number),
        difficulty=rng.randint(1, 5),
        tags=tuple(rng.sample(_WORDS, 2)),
        question=question_text(rng),
        answer=answer_text(rng),
        cover="\n".join(f"- {sentence(rng)}" for _ in range(3)),
        follow_ups=tuple(FollowUp(question_text(rng), answer_text(rng)) for _ in range(FOLLOW_UPS)),
    )


def deck_path(number: int) -> str:
    """Return the deck of a topic, in turn."""
    area, part = divmod(number % (len(_AREAS) * len(_PARTS)), len(_PARTS))
    return f"{_AREAS[area]}/{_PARTS[part]}"


def question_text(rng: random.Random) -> str:
    """Return a question of about 90 characters."""
    return f"Why is it that {sentence(rng).rstrip('.').lower()}?"


def answer_text(rng: random.Random) -> str:
    """Return Markdown of 300 to 1500 characters."""
    length, parts = rng.randint(300, 1_500), [f"**{sentence(rng)}**"]
    while sum(map(len, parts)) < length:
        parts.append(" ".join(sentence(rng) for _ in range(3)))
        parts.append(f"- `{rng.choice(_WORDS)}`: {sentence(rng)}")
    return "\n\n".join(parts)[:length].rstrip()


def sentence(rng: random.Random) -> str:
    """Return a sentence of about 80 characters."""
    first, second, third, fourth = rng.sample(_WORDS, 4)
    clause = f"The {first} of the {second} {rng.choice(_VERBS)} the {third}"
    return f"{clause} {rng.choice(_LINKS)} the {fourth} {rng.choice(_VERBS)} the {rng.choice(_WORDS)}."


def topic_row(history: History, deck: int) -> tuple[object, ...]:
    """Return a row of the table topic."""
    topic = history.topic
    words = (topic.title, topic.difficulty, json.dumps(topic.tags), topic.question, topic.cover, topic.answer)
    return (topic.id, deck, *words, f"bench:{topic.id}.md")


def card_rows(history: History, deck: int, day: int) -> list[tuple[object, ...]]:
    """Return the rows of the table card, with the columns that the store itself would write.

    Args:
        day: On which cards came in that were never answered.
    """
    topic = history.topic
    texts = [(topic.question, ""), *((each.question, each.answer) for each in topic.follow_ups)]
    rows = []
    for ordinal, (card, (question, answer)) in enumerate(zip(history.cards, texts, strict=True)):
        kind = CardKind.FOLLOW_UP if ordinal else CardKind.QUESTION
        values = states.columns(history.state, CardShape(card, kind, archived=False))
        folded = (values[f"new_{name}"] for name in _FOLDED_COLUMNS)
        number = FIRST_NUMBER + history.number * len(history.cards) + ordinal
        added = history.state.card(card).first_day or day
        facts = (
            card,
            topic.id,
            deck,
            kind.value,
            ordinal,
            question,
            answer,
            states.rank(card),
            number,
            added,
        )
        rows.append((*facts, *folded))
    return rows


def log_row(entry: Entry) -> tuple[object, ...]:
    """Return a row of the table log."""
    rating = int(entry.rating) if entry.rating is not None else None
    return (
        entry.id, entry.at_ms, entry.day, entry.device, entry.card_id, entry.kind.value, rating, entry.phase,
        entry.elapsed_ms, entry.policy_id,
    )  # fmt: skip


def prove(workspace: Workspace) -> None:
    """Replay the log of some topics: the states must be their fold."""
    read = workspace.database.read
    policies = entries.policies(read)
    for number in range(0, TOPICS, TOPICS // PROVED):
        topic = made_up_topic(random.Random(number), number)
        standing = states.standing_of_topic(read, topic.id)
        assert standing is not None
        folded = fold(entries.of_topic(read, topic.id), standing.state.question, policies)
        assert all(folded.card(shape.id) == standing.state.card(shape.id) for shape in standing.shapes), (
            topic.id
        )


def main() -> None:
    """Print the folder."""
    print(big_home())


if __name__ == "__main__":
    main()
