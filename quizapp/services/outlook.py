"""What a learner is told of the card in front while they read it: what ratings would give, and how the session stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.card import Card
from quizapp.core.memory import Interval, Rating
from quizapp.services.progress import Progress, offered, progress
from quizapp.services.study import Study


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the ratings of a card would give, how the session stands, and how many follow-ups come first."""

    intervals: Mapping[Rating, Interval]
    stands: Progress
    probes: int

    @property
    def ahead(self) -> int:
        """The cards that come, the present one included."""
        return max(1, self.stands.left.total + self.stands.beside)


def outlook(study: Study, card: Card) -> Outlook:
    """Return what is told of the card in front of a session."""
    session = study.session
    return Outlook(offered(study.workspace, card), progress(study.workspace, session), len(session.probes))


def prepare(study: Study) -> None:
    """Read what the next answer will need, and tidy the database: for a moment when nobody waits."""
    study.look_ahead()
    study.workspace.database.tidy()
