"""All sections of the statistics, in their order."""

from __future__ import annotations

from dataclasses import replace

from quizapp.core.statistics import activity, groups, histograms
from quizapp.core.statistics.buttons import buttons
from quizapp.core.statistics.drills import drills
from quizapp.core.statistics.facts import Facts, total
from quizapp.core.statistics.forecast import forecast
from quizapp.core.statistics.hours import hours
from quizapp.core.statistics.predictions import predictions
from quizapp.core.statistics.retention import retention
from quizapp.core.statistics.section import Said, Section

_OF_CARDS = frozenset({"forecast", "intervals", "stability", "difficulty", "retrievability", "predictions"})
_COUNTING = Said(
    "Your reviews are being counted.", "That is done once; the charts of your cards are here already."
)


def sections(facts: Facts) -> tuple[Section, ...]:
    """Return every section, whether its figures say much or nothing yet."""
    whole = total(facts)
    return (
        activity.calendar(facts),
        activity.by_day(facts, whole),
        forecast(facts, whole),
        retention(facts, whole),
        buttons(whole),
        histograms.intervals(facts.memories),
        histograms.stability(facts.memories),
        histograms.difficulty(facts.memories),
        histograms.retrievability(facts),
        hours(whole, facts.reviews.hours),
        groups.by_deck(facts),
        groups.by_tag(facts),
        predictions(facts),
        drills(facts, whole),
    )


def sections_of_cards(facts: Facts) -> tuple[Section, ...]:
    """Return every section while the log is being counted: those that rest on it say so, and show nothing."""
    return tuple(
        section
        if section.name in _OF_CARDS
        else replace(section, said=_COUNTING, charts=(), tables=(), figures={})
        for section in sections(facts)
    )
