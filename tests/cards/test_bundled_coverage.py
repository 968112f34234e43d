"""What the threshold of coverage does on the bundled decks; the bounds leave room for edits of the text.

Measured at a threshold of 0.5 and a reach of 60 terms, over 20 topics with 130 key points: a model answer covers 77 % of
its own topic's points, another topic's answer of the same subject 10 %, another key point of the same topic 0.4 %, and
the question itself none. At 0.4 another topic's answer would cover 17 %, at 0.6 the own one no more than 60 %.
"""

from __future__ import annotations

from pathlib import Path

import cards
from quizapp.core.coverage import coverage
from quizapp.core.deck_parser import parse_topics
from quizapp.core.synonyms import synonyms_in
from quizapp.core.topic import Topic

ROOT = Path(cards.__file__).parent
TOPICS = [
    topic
    for _, topic in parse_topics(
        (path.as_posix(), path.read_text("utf-8"), "deck") for path in sorted(ROOT.rglob("*.md"))
    ).topics
]


def covered(text: str, topic: Topic) -> list[bool]:
    """Return which key points of a topic a text covers."""
    points = [point.text for point in topic.key_points]
    return [found.is_covered for found in coverage(text, points, synonyms_in(topic.metadata), topic.question)]


def share(results: list[bool]) -> float:
    """Return the share of the points that are covered."""
    return sum(results) / len(results)


def test_a_model_answer_covers_most_of_its_own_points() -> None:
    """Seven in ten: the others are put in other words, or scattered over the answer."""
    assert share([hit for topic in TOPICS for hit in covered(topic.answer, topic)]) >= 0.70


def test_another_topics_answer_covers_few() -> None:
    """Fifteen in a hundred, although all topics are of one subject and an answer has 800 words."""
    hits = [
        hit
        for topic in TOPICS
        for other in TOPICS
        if other is not topic
        for hit in covered(other.answer, topic)
    ]
    assert share(hits) <= 0.15


def test_a_key_point_covers_itself_and_hardly_any_other() -> None:
    """Typing one point ticks that one."""
    own, others = [], []
    for topic in TOPICS:
        for place, point in enumerate(topic.key_points):
            hits = covered(point.text, topic)
            own.append(hits.pop(place))
            others += hits
    assert share(own) == 1.0
    assert share(others) <= 0.02


def test_a_question_covers_nothing() -> None:
    """Repeating it ticks no point."""
    assert share([hit for topic in TOPICS for hit in covered(topic.question, topic)]) == 0.0
