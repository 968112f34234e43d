"""The statistics of a learner: what was studied and how well, over any range of days, of all cards or of some."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from quizapp.core.calibration import Settled, tally
from quizapp.core.day import milliseconds, moment_of
from quizapp.core.statistics.drilled import NONE, Drilled, drilled
from quizapp.core.statistics.facts import Facts
from quizapp.core.statistics.report import sections, sections_of_cards
from quizapp.core.statistics.scope import Scope
from quizapp.core.statistics.section import Section
from quizapp.core.statistics.sorted_reviews import SortedReviews, joined
from quizapp.core.statistics.span import Span, Wanted, last_days
from quizapp.core.statistics.tally import Tally
from quizapp.errors import StoreError, UsageError
from quizapp.services.calibration import error_decades
from quizapp.services.library import require_deck
from quizapp.services.workspace import Workspace
from quizapp.store import drills, predictions, queue, tallies
from quizapp.store import scopes as in_scope
from quizapp.store import statistics as store
from quizapp.store.database import execute_in

DEFAULT = Wanted(365)
EVERYTHING = Scope()
FORECAST_LEAST, FORECAST_MOST = 7, 365
"""A forecast reaches as far ahead as the range reaches back, within these days."""
_DAYS_AT_ONCE = 30
"""So many days are counted in one transaction: another process waits for no longer."""
_FORM = 2
"""Of what the kept tallies count; a release that counts otherwise counts anew."""


@dataclass(frozen=True, slots=True)
class Report:
    """The statistics of one range and scope."""

    span: Span
    scope: Scope
    sections: tuple[Section, ...]


def report(workspace: Workspace, wanted: Wanted = DEFAULT, scope: Scope = EVERYTHING) -> Report:
    """Return the statistics of a range.

    Raises:
        DeckError: There is no such deck.
        UsageError: There is no such tag, or the range ends before it begins or lies in the future.
    """
    check(workspace, scope)
    read = workspace.database.read
    today, _ = workspace.today()
    first = tallies.first_day(read)
    span = _span(wanted, today, first)
    return Report(span, scope, sections(_facts(workspace, today, first, span, scope)))


def present(workspace: Workspace, wanted: Wanted = DEFAULT) -> Report:
    """Return what the cards alone tell, at once; what rests on the log is named and waits to be counted."""
    today, _ = workspace.today()
    span = _span(wanted, today, tallies.first_day(workspace.database.read))
    facts = _of_cards(workspace, today, span, EVERYTHING)
    return Report(span, EVERYTHING, sections_of_cards(facts))


def check(workspace: Workspace, scope: Scope) -> None:
    """Raise an error unless the library has the deck and the tag of a scope."""
    if scope.deck:
        require_deck(workspace, scope.deck)
    if scope.tag and scope.tag not in (tags := tag_names(workspace)):
        from quizapp.core.nearest import nearest

        near = nearest(scope.tag, tags)
        hint = f"Did you mean {near!r}?" if near else "`quizapp cards --json` lists those of each card."
        raise UsageError(f"No card has the tag {scope.tag!r}.", hint)


def tag_names(workspace: Workspace) -> list[str]:
    """Return every tag in the library."""
    return in_scope.tags(workspace.database.read)


def scopes(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Return every deck, those above others included, and every tag."""
    paths = set(queue.decks(workspace.database.read))
    for path in tuple(paths):
        paths.update(path.rsplit("/", depth)[0] for depth in range(1, path.count("/") + 1))
    return sorted(paths), tag_names(workspace)


def _span(wanted: Wanted, today: int, first_rating: int) -> Span:
    if not wanted.is_dated:
        return last_days(wanted.days, today, first_rating)
    last = min(wanted.until.toordinal(), today) if wanted.until else today
    first = wanted.since.toordinal() if wanted.since else min(first_rating or last, last)
    if first > today:
        raise UsageError(
            f"{wanted.since} lies in the future.", "Give a date up to today, such as 2026-01-31."
        )
    if first > last:
        raise UsageError(
            f"The range from {wanted.since} to {wanted.until} ends before it begins.", "Swap the two dates."
        )
    return Span(first, last)


def _facts(workspace: Workspace, today: int, first: int, span: Span, scope: Scope) -> Facts:
    days, reviews = _counted(workspace, today, first, span, scope)
    facts = _of_cards(workspace, today, span, scope)
    return replace(
        facts,
        first_rating=first,
        days=days,
        reviews=reviews,
        decks=store.decks(workspace.database.read),
        drilled=_drilled(workspace, span, scope),
    )


def _of_cards(workspace: Workspace, today: int, span: Span, scope: Scope) -> Facts:
    """Return what is read of the cards and predictions, without the log."""
    read = workspace.database.read
    settled = _settled(workspace, span, scope)
    ahead = min(FORECAST_MOST, max(FORECAST_LEAST, span.days))
    return Facts(
        today=today,
        span=span,
        scope=scope,
        desired=workspace.settings.retention,
        memories=store.memories(read, today, scope),
        due=store.due(read, today, ahead, scope),
        settled=settled,
        predictions=tally(settled),
    )


def _counted(
    workspace: Workspace, today: int, first: int, span: Span, scope: Scope
) -> tuple[Mapping[int, Tally], SortedReviews]:
    """Return the reviews of a span: days that are over are counted once, today and some cards' days each time."""
    if not first:
        return {}, SortedReviews()
    read, hour_of = workspace.database.read, _hour_of(workspace)
    begin, over = max(first, span.first), min(span.last, today - 1)
    days: Mapping[int, Tally] = {}
    parts = []
    if scope.is_everything and begin <= over and _keep_counted(workspace, today):
        days = tallies.kept(read, begin, over)
        parts = [tallies.so_far(read, over).without(tallies.so_far(read, begin - 1))]
        begin = over + 1
    counted = tallies.Counter(hour_of).count(read, begin, span.last, scope)
    parts += [one.sorted_reviews for one in counted.values()]
    return {**days, **{day: one.tally for day, one in counted.items()}}, joined(parts)


def counting(workspace: Workspace) -> Iterator[int]:
    """Count the days that are over and were not yet counted, a stretch at each step.

    A database that cannot be written ends it and keeps nothing; its statistics only take longer.

    Yields:
        How many days are still to be counted; at first before anything is done.
    """
    today, _ = workspace.today()
    database, basis, hour_of = workspace.database, _basis(workspace), _hour_of(workspace)
    first = tallies.first_day(database.read)
    counter, counted_to = tallies.Counter(hour_of), -1
    while first and (known := max(first - 1, tallies.kept_to(database.read, basis))) < today - 1:
        yield today - 1 - known
        if known != counted_to:
            counter = tallies.Counter(hour_of)
        begin, counted_to = known + 1, min(known + _DAYS_AT_ONCE, today - 1)
        try:
            with database.write() as connection:
                execute = execute_in(connection)
                if max(first - 1, tallies.kept_to(execute, basis)) != known:
                    continue  # another process was there meanwhile
                counted = counter.count(execute, begin, counted_to)
                tallies.keep(connection, begin, counted_to, counted, basis)
        except StoreError:
            return


def _keep_counted(workspace: Workspace, today: int) -> bool:
    """Count the days that are over and were not yet counted; return whether all are kept now."""
    for _ in counting(workspace):
        pass
    return tallies.kept_to(workspace.database.read, _basis(workspace)) >= today - 1


def _basis(workspace: Workspace) -> str:
    """Return what kept tallies rest on besides the log: the clock by which their hours were counted."""
    clock = str(workspace.zone) if workspace.zone is not None else f"{time.tzname} {time.timezone}"
    return f"{_FORM} {clock}"


def _hour_of(workspace: Workspace) -> Callable[[int], int]:
    return lambda at_ms: moment_of(at_ms).astimezone(workspace.zone).hour


def _begins(workspace: Workspace, day: int) -> int:
    """Return when a study day begins, in UTC milliseconds."""
    midnight = datetime.fromordinal(day)  # noqa: DTZ001, RUF100 - it gets the learner's zone below
    begin = midnight.replace(hour=workspace.settings.rollover_hour)
    local = begin.replace(tzinfo=workspace.zone) if workspace.zone is not None else begin.astimezone()
    return milliseconds(local)


def _settled(workspace: Workspace, span: Span, scope: Scope) -> tuple[Settled, ...]:
    """Return the predictions of a span whose runs have ended."""
    read = workspace.database.read
    since = _begins(workspace, span.first)
    settled = [one for one in predictions.kept(read, since_ms=since) if one.hit is not None]
    if settled and not scope.is_everything:
        members = in_scope.members(read, scope)
        settled = [one for one in settled if one.card_id in members]
    days = [(workspace.instant(moment_of(one.at_ms)).day, one) for one in settled]
    return tuple(
        Settled(day, one.simulation, bool(one.hit), error_decades(one)) for day, one in days if day in span
    )


def _drilled(workspace: Workspace, span: Span, scope: Scope) -> Drilled:
    read = workspace.database.read
    held = drills.everything(read)
    if not held:
        return NONE
    members = None if scope.is_everything else in_scope.members(read, scope)
    _, now_ms = workspace.today()
    days = ((workspace.instant(moment_of(drill.at_ms)).day, drill) for drill, _ in held)
    return drilled(days, span, now_ms, store.topics(read, scope), members)


def listed(shown: Report) -> dict[str, object]:
    """Return a report as plain values for scripts."""
    return {
        "since": date.fromordinal(shown.span.first).isoformat(),
        "until": date.fromordinal(shown.span.last).isoformat(),
        "deck": shown.scope.deck or None,
        "tag": shown.scope.tag or None,
        "sections": {
            section.name: {
                "conclusion": section.said.line,
                "evidence": section.said.evidence,
                "figures": dict(section.figures),
            }
            for section in shown.sections
        },
    }
