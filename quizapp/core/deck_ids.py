"""Gives topics and cards their ids: the same text always gets the same id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable

from quizapp.core.cloze import hidden_words
from quizapp.core.topic import CardId, PredictionBlock, Topic, TopicId

MAX_FOLLOW_UP_SLUG = 48

_ODD = re.compile(r"[^a-z0-9]+")
_ODD_UNICODE = re.compile(r"[\W_]+")
# No '/': it parts a topic's id from the slug of its follow-up.
_ID = re.compile(r"\w[\w.-]*")


def slug(words: str) -> str:
    """Return the words in lower-case ASCII with '-' between them; never empty, the same for the same words.

    Words without any ASCII form keep their own letters, and signs alone give a hash.
    """
    folded = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode().lower()
    own_letters = unicodedata.normalize("NFC", words.casefold())
    return (
        _ODD.sub("-", folded).strip("-")
        or _ODD_UNICODE.sub("-", own_letters).strip("-")
        or hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]
    )


def is_plain_id(text: str) -> bool:
    """Return whether a text can be an id as it is: letters, digits, '_', then '-' and '.' too."""
    return _ID.fullmatch(text) is not None


def card_id(topic: Topic) -> CardId:
    """Return the id of the card that asks the topic's question."""
    return CardId(topic.id)


def follow_up_card_ids(topic: Topic) -> tuple[CardId, ...]:
    """Return the ids of the topic's follow-up cards, in order, no two the same; no id tells what belongs into a blank."""
    asked = (hidden_words(follow_up.question) for follow_up in topic.follow_ups)
    return new_follow_up_ids(topic.id, asked, frozenset())


def prediction_slug(block: PredictionBlock) -> str:
    """Return the words that a new prediction card's id is made of: its ranges may change, its simulation does not."""
    return f"predict {block.simulation}"


def new_follow_up_ids(
    topic_id: TopicId, questions: Iterable[str], taken: Container[str]
) -> tuple[CardId, ...]:
    """Return one id for each question or other words, none of them taken and no two the same."""
    ids: list[CardId] = []
    used: set[str] = set()
    for question in questions:
        base = f"{topic_id}/{_cut(slug(question))}"
        number, found = 2, base
        while found in used or found in taken:
            number, found = number + 1, f"{base}-{number}"
        used.add(found)
        ids.append(CardId(found))
    return tuple(ids)


def _cut(words: str) -> str:
    if len(words) <= MAX_FOLLOW_UP_SLUG:
        return words
    whole_words, _, _ = words[: MAX_FOLLOW_UP_SLUG + 1].rpartition("-")
    return whole_words or words[:MAX_FOLLOW_UP_SLUG]
