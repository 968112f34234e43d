"""The bundled claims: all there, measured by claims that exist, and put right where they say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import cards
from quizapp.core.deck_parser import parse_topic
from quizapp.core.sections import Section, sections
from quizapp.core.topic import DeckClaim, Topic, TruthVerdict
from quizapp.services.deck_checks import CatalogueCheck

ROOT = Path(cards.__file__).parent
FALSE = (TruthVerdict.MISLEADING, TruthVerdict.WRONG)
# Numbers of two characters at least, with their root, decimals and power of ten.
FIGURE = re.compile(r"√?\d[\d.]+(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|√[\w]")
WORD = re.compile(r"[^\W\d_]{5,}")
FEWEST_WORDS = 4


def read(path: Path) -> Topic:
    """Return the topic of a bundled deck; the catalogue finds nothing wrong with it."""
    parsed = parse_topic(path.read_text("utf-8"), path.name, simulations=CatalogueCheck())
    assert parsed.problems == ()
    assert parsed.topic is not None
    return parsed.topic


TOPICS = [read(path) for path in sorted(ROOT.rglob("*.md"))]
FALSE_CLAIMS = [(topic, claim) for topic in TOPICS for claim in topic.claims if claim.verdict in FALSE]


def likeness(claim: DeckClaim, section: Section) -> tuple[int, int]:
    """Return how many of a claim's figures, and of its longer words, stand in a section of the answer."""
    said, there = f"{claim.statement} {claim.precise}", section.markdown
    return len(_figures(said) & _figures(there)), len(_words(said) & _words(there))


def corrects(claim: DeckClaim, answer: str, heading: str) -> bool:
    """Whether the section of this heading takes the claim up: its figures, else its words, and no section has more."""
    by_heading = {section.title: likeness(claim, section) for section in sections(answer)}
    figures, words = by_heading[heading]
    takes_up = figures > 0 if _figures(f"{claim.statement} {claim.precise}") else words >= FEWEST_WORDS
    return takes_up and (figures, words) == max(by_heading.values())


def test_the_audit_is_whole() -> None:
    """Every topic has claims, forty-eight in all, as many of each verdict as the audit of the field's notes found."""
    assert all(topic.claims for topic in TOPICS)
    assert Counter(claim.verdict for topic in TOPICS for claim in topic.claims) == {
        TruthVerdict.RIGHT: 17,
        TruthVerdict.CONDITIONAL: 16,
        TruthVerdict.MISLEADING: 10,
        TruthVerdict.WRONG: 5,
    }


def test_no_claim_stands_twice() -> None:
    """Each statement belongs to one topic."""
    statements = [claim.statement for topic in TOPICS for claim in topic.claims]
    assert len(set(statements)) == len(statements)


def test_every_claim_has_its_truth_and_a_source_without_doubt() -> None:
    """A precise statement and a source each, and no reference that its author was unsure of."""
    for topic in TOPICS:
        for claim in topic.claims:
            assert claim.precise, (topic.id, claim.statement)
            assert claim.source, (topic.id, claim.statement)
            assert "(?)" not in claim.precise + claim.source


def test_a_claim_is_measured_by_one_that_its_simulation_makes() -> None:
    """The catalogue knows the simulation, the claim's id and the knobs; the same check refuses others."""
    check = CatalogueCheck()
    measured = [claim.measured_by for topic in TOPICS for claim in topic.claims if claim.measured_by]
    assert measured
    for by in measured:
        assert check.check(by.simulation, by.settings) is None
        assert check.check_claim(by.simulation, by.claim) is None
        assert check.check_claim(by.simulation, by.claim + "-not") is not None


@pytest.mark.parametrize(
    ("topic", "claim"), FALSE_CLAIMS, ids=[claim.statement[:40] for _, claim in FALSE_CLAIMS]
)
def test_what_is_wrong_or_misleading_is_put_right_in_the_answer(topic: Topic, claim: DeckClaim) -> None:
    """The section that the claim names takes its figures up, or its words where it has none, as no other does."""
    assert claim.corrected_in in {section.title for section in sections(topic.answer)}
    assert corrects(claim, topic.answer, claim.corrected_in)


def test_another_section_does_not_pass_for_the_correction() -> None:
    """The check above is one that fails: of all other headings it takes hardly any."""
    others = [passes for topic, claim in FALSE_CLAIMS for passes in _passes_elsewhere(topic, claim)]
    assert len(others) > 40
    assert sum(others) <= 1


def _passes_elsewhere(topic: Topic, claim: DeckClaim) -> Iterator[bool]:
    for section in sections(topic.answer):
        if section.title != claim.corrected_in:
            yield corrects(claim, topic.answer, section.title)


def _figures(text: str) -> set[str]:
    return {figure.rstrip(".") for figure in FIGURE.findall(text)}


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))
