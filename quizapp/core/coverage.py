"""Finds which key points the words of a typed answer cover, and by which of them. Pure matching: nothing is understood.

A point is covered where enough of its own terms stand close together in the text. The question's words count for
nothing, since repeating it answers nothing, and neither do stop words. A word counts in any of its forms; √L, sqrt(L),
3.4·10⁷ and 3.4e7 are read as what they are. It is a proposal: "not" is a word like any other, and the learner decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizapp.core.stem import stem
from quizapp.core.synonyms import NO_SYNONYMS, Synonyms
from quizapp.core.terms import Term, terms

THRESHOLD = 0.5
"""A point is covered from this share of its terms on; tests/cards/test_bundled_coverage.py measures what that does."""
REACH = 60
"""How many terms, stop words included, those that cover one point may be apart: a paragraph."""
LEAST_TERMS = 2
"""One word in common is chance, unless the point has but one."""

_SLIGHT = 0.5
_HYPHENS = ("-", "‑")
_STOP = frozenset(
    stem(word)
    for word in """
    a about after against all alone also although an and answer any are around as at be because been before
    being both but by can cannot could did do does doing done each either else even every explain far few for
    from further get gets give given gives go goes good had has have hence here how however i if in into is it
    its itself just keep keeps less let lets like made make makes many may me means mention might more most much
    must my near nearly need needs neither no none nor not nothing now of off often on once one only onto or
    other otherwise our out over own per point put quite rather really same say says see shall should since so
    some still strong such take takes than that the their them then there these they thing things this those
    though through thus to together too under until up upon us use used uses using very via was way we well were
    what when where whether which while who why will with within without would yet you your
    """.split()  # noqa: SIM905 - a page of quoted words would say no more
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a text covers one key point.

    Attributes:
        share: 0 to 1, by the weight of the point's terms that were found.
        spans: Where the terms that count stand in the text; empty where the point is not covered.
        words: Those terms as they were typed, each once.
    """

    share: float
    is_covered: bool
    spans: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()


def coverage(
    text: str, points: Sequence[str], synonyms: Synonyms = NO_SYNONYMS, question: str = ""
) -> tuple[Coverage, ...]:
    """Return for each point how far the text covers it.

    Args:
        question: What was asked: its words are given away.
    """
    typed = _with_phrases(text, synonyms)
    given = {term.key for term in _with_phrases(question, synonyms)}
    return tuple(_covered(text, typed, _wanted(point, synonyms, given)) for point in points)


def marked_spans(found: Sequence[Coverage]) -> tuple[tuple[int, int], ...]:
    """Return the characters that cover any point, in order and without overlaps."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted({span for one in found for span in one.spans}):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _with_phrases(text: str, synonyms: Synonyms) -> list[Term]:
    """Return the terms of a text, each with its place among them, and one more for each phrase with a synonym.

    Two neighbours are also read as one word, since "pre-norm" is written "prenorm" and "pre norm", too.
    """
    plain = terms(text)
    compounds = _compounds(text, plain, (*_HYPHENS, " "))
    return sorted((*plain, *compounds, *_phrases(plain, synonyms)), key=lambda term: term.start)


def _compounds(text: str, plain: Sequence[Term], joints: Collection[str]) -> list[Term]:
    """Return a term for each two neighbours with one of these joints between them."""
    return [
        Term(left.key + right.key, left.start, right.end)
        for left, right in pairwise(plain)
        if text[left.end : right.start] in joints
    ]


def _phrases(plain: Sequence[Term], synonyms: Synonyms) -> list[Term]:
    """Return a term for each phrase of a group of synonyms, the longest where several begin together."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, key in synonyms.phrases():
        by_first.setdefault(phrase[0], []).append((phrase, key))
    found: list[Term] = []
    free = 0
    for place, term in enumerate(plain):
        for phrase, key in by_first.get(term.key, ()) if place >= free else ():
            part = plain[place : place + len(phrase)]
            if tuple(one.key for one in part) == phrase:
                found.append(Term(key, part[0].start, part[-1].end))
                free = place + len(phrase)
                break
    return found


def _wanted(point: str, synonyms: Synonyms, given: Collection[str]) -> dict[str, float]:
    """Return the terms that cover a point, with their weights; a phrase with a synonym counts as one term, and so does
    a word with a hyphen."""
    plain = terms(point)
    phrases = [*_phrases(plain, synonyms), *_compounds(point, plain, _HYPHENS)]
    inside = [term for term in plain if not any(p.start <= term.start < p.end for p in phrases)]
    own = [term for term in (*inside, *phrases) if term.key not in _STOP]
    fresh = [term for term in own if term.key not in given]
    counted = fresh if len({term.key for term in fresh}) >= LEAST_TERMS else own
    return {term.key: _SLIGHT if term.is_slight else 1.0 for term in counted}


def _covered(text: str, typed: Sequence[Term], wanted: dict[str, float]) -> Coverage:
    """Return the best that any stretch of the text does for a point."""
    hits = [(place, term) for place, term in enumerate(typed) if term.key in wanted]
    best: list[Term] = []
    best_weight = 0.0
    for start, (place, _) in enumerate(hits):
        stretch = {term.key: term for at, term in reversed(hits[start : start + REACH]) if at < place + REACH}
        weight = sum(wanted[key] for key in stretch)
        if weight > best_weight:
            best, best_weight = list(stretch.values()), weight
    whole = sum(wanted.values())
    share = best_weight / whole if whole else 0.0
    if share < THRESHOLD or len(best) < min(LEAST_TERMS, len(wanted)):
        return Coverage(share, is_covered=False)
    best.sort(key=lambda term: term.start)
    words = dict.fromkeys(text[term.start : term.end] for term in best)
    return Coverage(share, True, tuple((term.start, term.end) for term in best), tuple(words))
