"""Reviews, time and true retention by deck and by tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizapp.core.duration import seconds_words
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.facts import Facts
from quizapp.core.statistics.section import Said, Section
from quizapp.core.statistics.share import FEWEST, Share, fields
from quizapp.core.statistics.table import Row, Table, one_line
from quizapp.core.statistics.tally import Cells

MOST = 20
"""As many lines are shown; scripts get all."""
_NAME, _SHORT_NAME = 32, 20
"""The room for a name in a conclusion, and in a short one."""
_HEAD = ("reviews", "time", "n", "passed")


def by_deck(facts: Facts) -> Section:
    """Return the figures of each deck by itself, without those below it."""
    named = {facts.decks.get(number, number): cells for number, cells in facts.reviews.decks.items()}
    return _section("decks", "By deck", "deck", named)


def by_tag(facts: Facts) -> Section:
    """Return the figures of each tag; a card with two tags counts in both."""
    return _section("tags", "By tag", "tag", facts.reviews.tags)


def _section(name: str, title: str, word: str, cells: Cells) -> Section:
    often = sorted(cells, key=lambda one: (-cells[one][0], one))
    shares = {one: Share(cells[one][2], cells[one][1]) for one in often}
    rows = tuple(_row(one, cells[one], shares[one]) for one in often[:MOST])
    return Section(
        name,
        title,
        conclusion(word, shares),
        tables=(Table(_HEAD, rows, max(0, len(often) - MOST)),) if rows else (),
        figures={
            one: {
                "reviews": cells[one][0],
                "minutes": round(cells[one][3] / 60_000, 2),
                "retention": fields(shares[one]),
            }
            for one in often
        },
    )


def _row(name: str, cells: Sequence[int], share: Share) -> Row:
    reviews, _, _, elapsed_ms = cells
    figures = (
        f"{reviews:,}",
        seconds_words(elapsed_ms / 1000) if elapsed_ms else "·",
        f"{share.count:,}",
        per_cent(share.rate),
    )
    return Row(name, figures, share.rate)


def conclusion(word: str, shares: Mapping[str, Share]) -> Said:
    """Return which group is recalled worse than the rest, if any is by more than chance."""
    if not shares:
        return Said(f"No review of a card with a {word} in this range.")
    telling = {name: share for name, share in shares.items() if share.tells}
    if len(telling) < 2:
        count = "No" if not telling else "Only one"
        return Said(f"{count} {word} has {FEWEST} first reviews: too few to compare.")
    total = sum(shares.values(), Share())
    weak = []
    for name, share in telling.items():
        rest = Share(total.passed - share.passed, total.count - share.count)
        if share.differs(rest, len(telling)) and (share.rate or 0.0) < (rest.rate or 0.0):
            weak.append((share.rate or 0.0, name, share, rest))
    if not weak:
        return Said(
            f"No {word} is worse than the rest by more than chance.",
            f"{len(telling)} have {FEWEST} first reviews or more.",
        )
    rate, name, share, rest = min(weak)
    others = f"; {len(weak) - 1} more lie below the rest" if len(weak) > 1 else ""
    return Said(
        f"{one_line(name, _NAME)} is the weakest {word}, at {per_cent(rate)}: begin there.",
        f"n = {share.count:,}, against {per_cent(rest.rate)} of {rest.count:,} in the rest{others}.",
        f"Begin with {one_line(name, _SHORT_NAME)}, the weakest {word}: {per_cent(rate)}.",
    )
