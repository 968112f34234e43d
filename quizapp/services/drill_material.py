"""What a drill may ask: the questions that fit its setup, and the rounds made of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean

from quizapp.core.card import Card
from quizapp.core.drill.ask import Ask, AskKind
from quizapp.core.drill.draw import Candidate, chance, drawn
from quizapp.core.drill.plan import Round, RoundKind, mock_minutes, with_asks
from quizapp.core.drill.setup import Reach, Setup
from quizapp.core.memory import retrievability
from quizapp.core.topic import CardId, CardKind, TopicId
from quizapp.errors import DeckError
from quizapp.services.workspace import Workspace
from quizapp.store import cards, drills

_SPARE = 5
"""How many more questions a round holds than it has minutes."""
_TAGS_NAMED = 8
_MOST_DEEP, _DEEP_A_TOPICS = 2, 5
"""How many topics the depth round has ready, for quick answers, and of how many one each."""


def candidates(workspace: Workspace) -> tuple[Candidate, ...]:
    """Return the questions of the library that may be asked, with how well they are known."""
    day, _ = workspace.today()
    scores = _last_scores(workspace)
    by_topic: dict[TopicId, list[Card]] = {}
    for card in cards.cards(workspace.database.read):
        if not card.state.suspended and not card.state.deleted:
            by_topic.setdefault(card.topic_id, []).append(card)
    return tuple(_candidates(by_topic.values(), day, scores))


def fitting(found: Sequence[Candidate], setup: Setup) -> tuple[Candidate, ...]:
    """Return those that a setup asks for.

    Raises:
        DeckError: There is none.
    """
    chosen = tuple(one for one in found if one.fits(setup))
    if not chosen:
        raise DeckError(f"No question fits: {setup.topics_words}.", _other_choices(found, setup))
    return chosen


def _other_choices(found: Sequence[Candidate], setup: Setup) -> str:
    """Return what to do where nothing fits; a tag that no topic has is answered with those that there are."""
    if not found:
        return "There are no cards yet: `quizapp add PATH` takes in a folder of Markdown topics."
    tags = sorted({tag for one in found for tag in one.tags}, key=str.casefold)
    if setup.tag and setup.tag.casefold() not in map(str.casefold, tags):
        near = difflib.get_close_matches(setup.tag, tags, _TAGS_NAMED) or tags[:_TAGS_NAMED]
        return f"There is no tag {setup.tag!r}; there are {', '.join(near)}{' and more' if len(near) < len(tags) else ''}."
    return "Choose another deck, tag or difficulty; `quizapp cards` lists what there is."


def rounds(chosen: Sequence[Candidate], setup: Setup) -> tuple[Round, ...]:
    """Return a drill's rounds with their questions, drawn by the setup's seed."""
    if not setup.is_mock:
        asks = tuple(Ask(AskKind.QUESTION, one.card_id) for one in drawn(chosen, setup.seed))
        return (Round(RoundKind.QUESTIONS, setup.minutes, asks[: setup.minutes + _SPARE]),)
    asks_of = _mock_asks(chosen, setup)
    planned = mock_minutes(setup.minutes, [kind for kind, asks in asks_of.items() if asks])
    return tuple(with_asks(one, asks_of[one.kind][: one.minutes + _SPARE]) for one in planned)


def _mock_asks(chosen: Sequence[Candidate], setup: Setup) -> dict[RoundKind, tuple[Ask, ...]]:
    """Return what each round may ask; none has what another one asks."""
    seed = setup.seed
    by_depth = sorted(drawn(chosen, seed, "depth"), key=lambda one: not one.follow_ups)
    deep = by_depth[: min(_MOST_DEEP, len(chosen) // _DEEP_A_TOPICS + 1) if len(chosen) > 1 else 0]
    broad = [one for one in drawn(chosen, seed, "breadth") if one not in deep]
    first = chosen[0].card_id
    return {
        RoundKind.BREADTH: tuple(Ask(AskKind.QUESTION, one.card_id) for one in broad),
        RoundKind.DEPTH: tuple(ask for one in deep for ask in _in_depth(one, setup.reach)),
        RoundKind.WHITEBOARD: tuple(_derivations(drawn(chosen, seed, "whiteboard"))),
        RoundKind.DEBUGGING: tuple(_failed_runs(drawn(chosen, seed, "debugging"), seed)),
        RoundKind.CLOSING: (Ask(AskKind.SUMMARY, first), Ask(AskKind.YOUR_QUESTIONS, first)),
    }


def _in_depth(one: Candidate, reach: Reach) -> Iterator[Ask]:
    """Yield a topic's question and its follow-ups as far as they go, which need not be earned in this round."""
    yield Ask(AskKind.QUESTION, one.card_id)
    for card in one.follow_ups[: {Reach.NONE: 0, Reach.ONE: 1}.get(reach)]:
        yield Ask(AskKind.FOLLOW_UP, card)


def _derivations(order: Sequence[Candidate]) -> Iterator[Ask]:
    """Yield a derivation for each simulation with a formula that the topics open, the first topic's first."""
    from sims import catalogue

    seen: set[str] = set()
    for one in order:
        for name in one.simulations:
            if name in seen:
                continue
            seen.add(name)
            try:
                formula = catalogue.get(name).header.formula
            except catalogue.UnknownSimulation:
                continue
            if formula:
                yield Ask(AskKind.DERIVATION, one.card_id, name)


def _failed_runs(order: Sequence[Candidate], seed: int) -> Iterator[Ask]:
    """Yield the failed runs of simulations that the topics open, each kept under a topic that opens its simulation."""
    from quizapp.core.drill.failures import failures_of

    under: dict[str, CardId] = {}
    for one in order:
        for name in one.simulations:
            under.setdefault(name, one.card_id)
    found = failures_of(under)
    for failure in sorted(found, key=lambda failure: chance(seed, "failure", failure.name)):
        yield Ask(AskKind.DEBUGGING, under[failure.simulation], failure.name)


def _candidates(
    topics: Iterable[list[Card]], day: int, scores: Mapping[TopicId, float]
) -> Iterator[Candidate]:
    for found in topics:
        question = next((card for card in found if card.kind is CardKind.QUESTION), None)
        if question is None:
            continue
        memory = question.state.memory
        yield Candidate(
            card_id=question.id,
            topic_id=question.topic_id,
            deck=question.deck,
            difficulty=question.difficulty,
            tags=tuple({*question.tags, *question.state.tags}),
            recall=retrievability(memory, day) if memory.reps else None,
            score=scores.get(question.topic_id),
            simulations=tuple(_simulations(found)),
            follow_ups=tuple(card.id for card in found if card.kind is CardKind.FOLLOW_UP),
        )


def _simulations(found: Sequence[Card]) -> Iterator[str]:
    """Yield the simulations that a topic's answers open, each once, in their order."""
    from quizapp.core.deck_predictions import kept_prediction
    from quizapp.core.deck_sims import sim_blocks

    names: dict[str, None] = {}
    for text in (found[0].topic_answer, *(card.own_answer for card in found)):
        if "```sim" in text or "~~~sim" in text:
            names.update(dict.fromkeys(block.simulation for block in sim_blocks(text)))
    for card in found:
        if card.kind is CardKind.PREDICTION and (block := kept_prediction(card.question)) is not None:
            names.setdefault(block.simulation)
    yield from names


def _last_scores(workspace: Workspace) -> dict[TopicId, float]:
    """Return each topic's mean score in the latest drill that asked it."""
    latest: dict[TopicId, float] = {}
    for drill, _ in drills.everything(workspace.database.read):
        found: dict[TopicId, list[float]] = {}
        for one in drill.answers:
            if one.counts and one.tells_of_topic:
                found.setdefault(one.topic_id, []).append(one.score)
        latest |= {topic: fmean(scores) for topic, scores in found.items()}
    return latest
