"""All sections of the statistics, in their order."""

from __future__ import annotations

from quizapp.core.statistics import activity, groups, histograms
from quizapp.core.statistics.buttons import buttons
from quizapp.core.statistics.drills import drills
from quizapp.core.statistics.facts import Facts, total
from quizapp.core.statistics.forecast import forecast
from quizapp.core.statistics.hours import hours
from quizapp.core.statistics.predictions import predictions
from quizapp.core.statistics.retention import retention
from quizapp.core.statistics.section import Section


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
