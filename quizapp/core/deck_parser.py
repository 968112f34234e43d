"""Reads topics from the Markdown of deck files. No text makes it fail: what is wrong comes back as problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.core.deck_blocks import Blocks, read_blocks
from quizapp.core.deck_claims import check_claims, deck_claims
from quizapp.core.deck_conflicts import Conflict, one_side, report_conflicts
from quizapp.core.deck_expect_lint import check_expectations
from quizapp.core.deck_follow_ups import read_follow_ups
from quizapp.core.deck_headings import SectionName
from quizapp.core.deck_key_points import key_points
from quizapp.core.deck_layout import Layout, read_layout, section_text
from quizapp.core.deck_lint import lint
from quizapp.core.deck_metadata import DEFAULT_DECK, read_metadata
from quizapp.core.deck_misspelt import report_fences
from quizapp.core.deck_predictions import check_predictions, read_predictions
from quizapp.core.deck_report import Report
from quizapp.core.deck_sims import SimCheck, check_sims
from quizapp.core.deck_text import clean
from quizapp.core.synonyms import check_synonyms
from quizapp.core.topic import Problem, Topic, TopicId


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds. There is no topic where a problem is fatal."""

    topic: Topic | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ParsedTopics:
    """What several files hold: each topic with the path that it came from."""

    topics: tuple[tuple[str, Topic], ...]
    problems: tuple[Problem, ...]


def parse_topic(
    text: str, path: str, *, default_deck: str = DEFAULT_DECK, simulations: SimCheck | None = None
) -> Parsed:
    """Return the topic that a deck file holds, and every problem of the file.

    Args:
        path: Names the file in the problems; nothing is read from it.
        default_deck: Where a topic goes whose file names no category.
        simulations: Checks the simulations, knobs and claims that the file names; without it only the form is checked.
    """
    report = Report(path)
    topic, _ = _read(text, default_deck, simulations, report)
    return Parsed(None if report.is_fatal else topic, report.problems)


def parse_topics(
    files: Iterable[tuple[str, str, str]], *, simulations: SimCheck | None = None
) -> ParsedTopics:
    """Return the topics of files given as (path, text, default deck), and every problem of all of them.

    A bad file costs its own topic only. Where two files claim one id, the second is the bad one.
    """
    topics: list[tuple[str, Topic]] = []
    problems: list[Problem] = []
    owners: dict[TopicId, str] = {}
    for path, text, default_deck in files:
        report = Report(path)
        topic, id_place = _read(text, default_deck, simulations, report)
        if not report.is_fatal and topic.id in owners:
            what = f"id {topic.id!r} is already taken by {owners[topic.id]}"
            report.refuse(*id_place, what, "give one of the two another title, or a line '**Id:** other-id'")
        if not report.is_fatal:
            owners[topic.id] = path
            topics.append((path, topic))
        problems += report.problems
    return ParsedTopics(tuple(topics), tuple(problems))


def _read(
    text: str, default_deck: str, simulations: SimCheck | None, report: Report
) -> tuple[Topic, tuple[int, int]]:
    """Return the topic as far as it could be read, and the line and column that its id comes from."""
    blocks = read_blocks(clean(text, report))
    if conflicts := report_conflicts(blocks, report):
        _report_outside(blocks, conflicts, simulations, report)
        report = Report(report.path)  # both sides at once break everything else
    return _read_blocks(blocks, default_deck, simulations, report)


def _report_outside(
    blocks: Blocks, conflicts: Sequence[Conflict], simulations: SimCheck | None, report: Report
) -> None:
    """Report what is wrong outside of the conflicts, whichever of their sides is kept."""
    found = []
    for lines in (
        one_side(blocks.lines, conflicts, ours=True),
        one_side(blocks.lines, conflicts, ours=False),
    ):
        kept = Report(report.path)
        _read_blocks(read_blocks("\n".join(lines)), DEFAULT_DECK, simulations, kept)
        found.append(kept.problems)
    for problem in found[0]:
        is_outside = not any(one.start <= problem.line - 1 <= one.end for one in conflicts)
        if is_outside and problem in found[1]:
            report.add(problem)


def _read_blocks(
    blocks: Blocks, default_deck: str, simulations: SimCheck | None, report: Report
) -> tuple[Topic, tuple[int, int]]:
    lint(blocks, report)
    report_fences(blocks, report)
    layout = read_layout(blocks, report)
    check_sims(blocks, simulations, report)
    check_claims(blocks, layout, simulations, report)
    check_predictions(blocks, layout, simulations, report)
    check_expectations(blocks, layout, report)
    check_synonyms(layout.metadata, report)
    # A folder's name comes from outside and is cleaned as the text is.
    topic = _topic(blocks, layout, clean(default_deck, Report(report.path)), report)
    ids = [line for line in layout.metadata if line.name.casefold() == "id"]
    return topic, (ids[0].line, ids[0].column) if ids else (layout.title_line, 1)


def _topic(blocks: Blocks, layout: Layout, default_deck: str, report: Report) -> Topic:
    sections = layout.sections
    metadata = read_metadata(layout.metadata, layout.title, default_deck, report)
    cover = section_text(blocks, sections.get(SectionName.COVER))
    claims = section_text(blocks, sections.get(SectionName.CLAIMS))
    answer = section_text(blocks, sections.get(SectionName.ANSWER))
    follow_ups = read_follow_ups(blocks, sections.get(SectionName.FOLLOW_UPS), report)
    return Topic(
        id=metadata.id,
        title=layout.title,
        deck=metadata.deck,
        difficulty=metadata.difficulty,
        tags=metadata.tags,
        question=section_text(blocks, sections.get(SectionName.QUESTION)),
        answer=answer,
        cover=cover,
        key_points=key_points(cover),
        follow_ups=follow_ups,
        predictions=read_predictions(answer, follow_ups),
        metadata=metadata.other,
        claims_section=claims,
        claims=deck_claims(claims),
    )
