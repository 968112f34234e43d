"""A learner for tests: a clock that is moved by hand, small decks, and a workspace in a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quizapp.config import Paths, Settings
from quizapp.core.card import Card
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId, TopicId
from quizapp.services.ahead import look
from quizapp.services.library import add
from quizapp.services.refold import refolded
from quizapp.services.study import Study, append_event, begin
from quizapp.services.taking_in import Added
from quizapp.services.workspace import Workspace
from quizapp.store import cards, states
from quizapp.store.database import execute_in

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.now

    def forward(self, **parts: float) -> None:
        """Move on, by keywords as `timedelta` takes them."""
        self.now += timedelta(**parts)


def topic_text(
    title: str, *follow_ups: str, question: str = "", deck: str = "deck", answer: str = "Because."
) -> str:
    """Return a deck file; the topic's id is the title's slug."""
    text = f"# {title}\n**Category:** {deck}\n**Difficulty:** 2\n**Tags:** a, b\n"
    text += f"\n## Question\n{question or f'What is {title}?'}\n\n## Answer\n{answer}\n"
    if follow_ups:
        text += "\n## Follow-up Questions\n" + "".join(f"- {words}\n" for words in follow_ups)
    return text


@dataclass
class Learner:
    """A library below a folder, with a folder of decks beside it."""

    home: Path
    clock: Clock = field(default_factory=Clock)
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        """Open the library, and make the folder of decks."""
        self.decks.mkdir(parents=True, exist_ok=True)
        self.workspace = self._opened()

    def _opened(self) -> Workspace:
        paths = Paths(data=self.home, config=self.home, state=self.home)
        return Workspace(paths, self.settings, clock=self.clock, zone=UTC, device="test")

    @property
    def decks(self) -> Path:
        """The folder that `add` takes in."""
        return self.home / "my-decks"

    def write(self, title: str, *follow_ups: str, **parts: Any) -> Path:
        """Write a topic's file into the folder of decks."""
        path = self.decks / f"{title.lower()}.md"
        path.write_text(topic_text(title, *follow_ups, **parts), encoding="utf-8")
        return path

    def add(self) -> Added:
        """Take the folder of decks in."""
        return add(self.workspace, [self.decks])

    def learn(self, title: str, *follow_ups: str, **parts: Any) -> None:
        """Write a topic and take it in."""
        self.write(title, *follow_ups, **parts)
        self.add()

    def reopen(self) -> None:
        """Close the database and open it again, as a new start of the app does."""
        self.workspace.close()
        self.workspace = self._opened()

    def change(self, **settings: Any) -> None:
        """Start again with other settings."""
        self.settings = Settings(**settings)
        self.reopen()

    def begin(self, deck: str = "") -> Study:
        """Take up or begin a session."""
        return begin(self.workspace, deck)

    def fronts(self, study: Study, ratings: Sequence[Rating]) -> list[str | None]:
        """Answer with these ratings and return the cards in front: the first one, and the one after each rating."""
        shown: list[str | None] = [study.session.current]
        for rating in ratings:
            study.answer(rating, 1000)
            shown.append(study.session.current)
        return shown

    def note(self, card_id: str, kind: EntryKind, value: int = 0, words: str = "") -> None:
        """Append an event of a card, as another process would."""
        with self.workspace.database.write() as connection:
            now = self.workspace.today()
            ahead = look(self.workspace.database, execute_in(connection), CardId(card_id), now.day)
            append_event(self.workspace, connection, ahead, kind, now, value=value, words=words)

    def topics(self) -> list[TopicId]:
        """Return the ids of all topics, archived ones included."""
        return [row[0] for row in self.workspace.database.read("SELECT id FROM topic ORDER BY id", {})]

    def card(self, card_id: str) -> Card:
        """Return a card as the library holds it."""
        card = cards.card(self.workspace.database.read, CardId(card_id))
        assert card is not None
        return card


_ROW = """
    SELECT id, phase, step, stability, difficulty, due_at, due_day, last_day, last_at, reps, lapses, suspended,
           buried_until, first_day, seen_day, passed, not_before, flag, own_tags, deleted, queue, available_day
    FROM card WHERE topic_id = :topic ORDER BY ordinal
"""


def assert_state_is_fold(workspace: Workspace) -> None:
    """Assert for every topic that each column of the cache is what replaying the log gives."""
    read = workspace.database.read
    for (topic,) in read("SELECT id FROM topic", {}):
        standing = states.standing_of_topic(read, topic)
        assert standing is not None
        folded = refolded(read, standing)
        expected = {shape.id: tuple(states.columns(folded, shape).values()) for shape in standing.shapes}
        assert {row[0]: tuple(row) for row in read(_ROW, {"topic": topic})} == expected, topic
