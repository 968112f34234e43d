"""Leeches: the cards that were forgotten too often, each with what its reviews and predictions say about why."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.core.calibration import Settled, tally
from quizapp.core.card import Card
from quizapp.core.day import moment_of
from quizapp.core.deck_key_points import key_points
from quizapp.core.leech import Diagnosis, PastAnswer, missed_points, named_points
from quizapp.core.log import Entry
from quizapp.core.predicted import Predicted
from quizapp.core.reading import first_sim
from quizapp.core.topic import CardId
from quizapp.errors import DeckError
from quizapp.services.calibration import error_decades
from quizapp.services.listing import listed
from quizapp.services.workspace import Workspace
from quizapp.store import cards, entries, predictions


def leeches(workspace: Workspace) -> list[tuple[Card, Diagnosis]]:
    """Return every leech in the library with its diagnosis, the most forgotten first; suspended ones too."""
    found = cards.lapsed(workspace.database.read, workspace.settings.leech_lapses)
    return [(card, diagnosed(workspace, card)) for card in found]


def diagnosis(workspace: Workspace, card_id: CardId) -> tuple[Card, Diagnosis]:
    """Return a card with its diagnosis, whether it is a leech or not.

    Raises:
        DeckError: There is no such card.
    """
    card = cards.card(workspace.database.read, card_id)
    if card is None:
        raise DeckError(f"There is no card {card_id!r}.", "`quizapp cards` lists them.")
    return card, diagnosed(workspace, card)


def diagnosed(workspace: Workspace, card: Card) -> Diagnosis:
    """Return what a card's history says."""
    read = workspace.database.read
    points = () if card.own_answer else tuple(point.text for point in key_points(card.cover))
    answers = [_past(entry, points) for entry in entries.of_card(read, card.id) if entry.rating is not None]
    made = [_settled(workspace, one) for one in predictions.of_card(read, card.id) if one.hit is not None]
    block = first_sim(card)
    return Diagnosis(
        lapses=card.state.memory.lapses,
        reviews=len(answers),
        points=missed_points(points, answers),
        told=sum(answer.ticked is not None for answer in answers),
        predicted=tally(made),
        simulation=block.simulation if block else "",
        is_suspended=card.state.suspended,
    )


def listed_leeches(workspace: Workspace) -> Iterator[dict[str, object]]:
    """Yield every leech as plain values: the card's facts and its diagnosis."""
    day, _ = workspace.today()
    for card, found in leeches(workspace):
        yield {
            **listed(card, day, workspace.settings.leech_lapses),
            "diagnosis": {
                "lapses": found.lapses,
                "reviews": found.reviews,
                "reviews_ticked": found.told,
                "key_points": [
                    {"text": point.text, "missed": point.missed, "of": point.told} for point in found.points
                ],
                "predictions": found.predicted.count,
                "predictions_right": found.predicted.hits,
                "error_decades": found.predicted.error_decades,
                "simulation": found.simulation or None,
            },
        }


def _past(entry: Entry, points: tuple[str, ...]) -> PastAnswer:
    assert entry.rating is not None
    return PastAnswer(entry.rating, named_points(entry.extra.get("ticked"), points))


def _settled(workspace: Workspace, one: Predicted) -> Settled:
    day = workspace.instant(moment_of(one.at_ms)).day
    return Settled(day, one.simulation, bool(one.hit), error_decades(one))
