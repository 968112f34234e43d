"""What can be done to chosen cards: the key, the words, and when it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.services.chosen import Chosen


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the menu.

    Attributes:
        name: What the menu returns.
        asks: Another question comes before anything is done.
        works: Whether it would do anything to these cards.
    """

    key: str
    name: str
    label: str
    words: str
    works: Callable[[Chosen], bool]
    asks: bool = False

    @property
    def title(self) -> str:
        """The label as it is shown; what asks on ends with dots."""
        return f"{self.label}…" if self.asks else self.label


def _living(chosen: Chosen) -> bool:
    return chosen.deleted == 0


OPERATIONS = (
    Operation("s", "suspend", "Suspend", "out of study until unsuspended",
              lambda chosen: _living(chosen) and chosen.suspended < chosen.count),
    Operation("S", "unsuspend", "Unsuspend", "let it come again",
              lambda chosen: _living(chosen) and chosen.suspended > 0),
    Operation("b", "bury", "Bury", "put off until tomorrow",
              lambda chosen: _living(chosen) and chosen.buried < chosen.count),
    Operation("B", "unbury", "Unbury", "let it come today",
              lambda chosen: _living(chosen) and chosen.buried > 0),
    Operation("f", "flag", "Flag", "one of seven, or none", _living, asks=True),
    Operation("t", "tag", "Tag", "a tag of your own", _living, asks=True),
    Operation("T", "untag", "Take a tag away", "one of your own",
              lambda chosen: _living(chosen) and bool(chosen.own_tags), asks=True),
    Operation("d", "set-due", "Set due", "today, in some days, or on a date", _living, asks=True),
    Operation("n", "reset", "Forget", "new again; the reviews stay in the log",
              lambda chosen: _living(chosen) and chosen.reviewed > 0),
    Operation("m", "move", "Move", "the whole topic to another deck", _living, asks=True),
    Operation("w", "diagnose", "Why it does not stay", "the leech's diagnosis", lambda chosen: chosen.is_leech),
    Operation("x", "export", "Export", "the topics as Markdown files", _living, asks=True),
    Operation("D", "delete", "Delete", "out of the library; the history stays", _living),
    Operation("R", "restore", "Restore", "back into the library", lambda chosen: chosen.deleted > 0),
    Operation("u", "undo", "Undo", "take the latest change back", lambda _: True),
)  # fmt: skip
