"""The bundled prediction cards can be asked, are not always the same question, and run to an answer."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import cards
from quizapp.core.deck_ids import new_follow_up_ids, prediction_slug
from quizapp.core.deck_parser import parse_topics
from quizapp.core.topic import CardId, PredictionBlock
from quizapp.core.trial import ranges_of, trial
from quizapp.services.deck_checks import CatalogueCheck
from sims import catalogue, runner

ROOT = Path(cards.__file__).parent
LEAST_CARDS, LEAST_TOPICS, LEAST_SIMULATIONS = 15, 8, 6
LEAST_QUESTIONS = 4


def bundled() -> list[tuple[CardId, PredictionBlock]]:
    """Return every bundled prediction card with its block."""
    parsed = parse_topics(
        (
            (path.as_posix(), path.read_text("utf-8"), path.parent.relative_to(ROOT).as_posix())
            for path in sorted(ROOT.rglob("*.md"))
        ),
        simulations=CatalogueCheck(),
    )
    assert parsed.problems == ()
    return [
        pair
        for _, topic in parsed.topics
        for pair in zip(
            new_follow_up_ids(topic.id, map(prediction_slug, topic.predictions), frozenset()),
            topic.predictions,
            strict=True,
        )
    ]


CARDS = bundled()


def test_there_are_enough_in_many_decks() -> None:
    """Over several topics and simulations."""
    assert len(CARDS) >= LEAST_CARDS
    assert len({card.partition("/")[0] for card, _ in CARDS}) >= LEAST_TOPICS
    assert len({block.simulation for _, block in CARDS}) >= LEAST_SIMULATIONS


@pytest.mark.parametrize(("card", "block"), CARDS, ids=[card for card, _ in CARDS])
def test_reviews_ask_different_things(card: CardId, block: PredictionBlock) -> None:
    """There are several combinations to draw from, and each review's question is one that the simulation asks."""
    simulation = catalogue.get(block.simulation)
    assert math.prod(map(len, ranges_of(simulation, block.settings).values())) >= LEAST_QUESTIONS
    asked = {trial(simulation, block, card, review).prediction.question for review in range(20)}
    assert len(asked) > 1


@pytest.mark.parametrize(("card", "block"), CARDS, ids=[card for card, _ in CARDS])
def test_a_review_runs_to_an_outcome(card: CardId, block: PredictionBlock) -> None:
    """The first review's run comes to its end, and its truth is an answer to the question."""
    import torch

    torch.set_num_threads(1)
    asked = trial(catalogue.get(block.simulation), block, card, 0)
    truth = runner.result(asked.name, asked.values, asked.seed, "cpu").outcome.truth
    prediction = asked.prediction
    if prediction.choices:
        assert truth in prediction.choices
    elif prediction.bars:
        assert isinstance(truth, tuple)
        assert len(truth) == len(prediction.bars)
    else:
        assert isinstance(truth, float)
        assert not math.isnan(truth)
