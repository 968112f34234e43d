"""Of which cards statistics are taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Cards of a deck and all below it, of a tag, or all; empty words choose nothing out."""

    deck: str = ""
    tag: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether every card belongs to it."""
        return not self.deck and not self.tag

    @property
    def words(self) -> str:
        """The scope as a learner reads it."""
        parts = [self.deck or "all decks"]
        if self.tag:
            parts.append(f"tag {self.tag}")
        return ", ".join(parts)
