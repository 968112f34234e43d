"""Chosen cards written out: the topics that they belong to as deck files, or the cards as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quizapp.core.log import EntryKind
from quizapp.core.topic import CardId
from quizapp.errors import UsageError
from quizapp.services import changes
from quizapp.services.deck_files import path_in, write_all
from quizapp.services.listing import listed
from quizapp.services.workspace import Workspace
from quizapp.store import cards as stored
from quizapp.store import library

_FILE = (".md", ".markdown")


def export_cards(
    workspace: Workspace, cards: Sequence[CardId], path: Path, *, overwrite: bool = False
) -> list[Path]:
    """Write the topics of these cards below a folder, or a single one into a file, and return what was written.

    Deleted follow-ups stay out.

    Args:
        path: A folder, or a file that ends in `.md`.

    Raises:
        DeckError: A card is not in the library; a file is in the way that holds something else, or cannot be written.
        UsageError: Several topics shall go into one file.
    """
    from quizapp.core.deck_writer import write_topic

    read = workspace.database.read
    wanted = {standing.id for standing in changes.known(read, cards, EntryKind.TAG)}
    topics = [topic for topic in library.studied_topics(read) if topic.id in wanted]
    is_file = path.suffix.lower() in _FILE
    if is_file and len(topics) > 1:
        raise UsageError(
            f"{path} is one file, and these cards belong to {len(topics)} topics.",
            "A deck file holds one topic: name a folder, or print the cards with --json.",
        )
    texts = {path if is_file else path_in(path, topic): write_topic(topic) for topic in topics}
    return write_all(texts, overwrite=overwrite)


def exported_cards(workspace: Workspace, cards: Sequence[CardId]) -> Iterator[dict[str, object]]:
    """Yield these cards as plain values: what `quizapp cards` says of each, and its answer.

    Raises:
        DeckError: A card is not in the library.
    """
    read = workspace.database.read
    changes.known(read, cards, EntryKind.TAG)
    day, _ = workspace.today()
    for card in stored.chosen(read, tuple(dict.fromkeys(cards))):
        yield {**listed(card, day, workspace.settings.leech_lapses), "answer": card.answer}


def every_card(workspace: Workspace) -> list[CardId]:
    """Return the ids of all cards in the library, deleted ones left out."""
    return [card.id for card in stored.cards(workspace.database.read)]
