"""How often each button was used, by the kind of card."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.memory import Rating
from quizapp.core.statistics.section import Section
from quizapp.core.statistics.share import FEWEST, per_cent
from quizapp.core.statistics.table import Row, Table
from quizapp.core.statistics.tally import Age, Tally

_GROUPS = {
    "learning": (Age.NEW, Age.LEARNING, Age.RELEARNING),
    "young": (Age.YOUNG, Age.REPEATED),
    "mature": (Age.MATURE,),
}
_HEAD = ("again", "hard", "good", "easy", "n", "passed")
_OFTEN = 0.4


def buttons(whole: Tally) -> Section:
    """Return the use of the buttons: new and lapsed cards apart from young and from mature ones."""
    counts = {name: whole.of(*ages) for name, ages in _GROUPS.items()}
    counts["all"] = whole.of(*Age)
    return Section(
        "buttons",
        "Buttons",
        conclusion(whole.of(Age.YOUNG, Age.MATURE, Age.REPEATED)),
        table=Table(_HEAD, tuple(_row(name, ratings) for name, ratings in counts.items())),
        figures={
            name: {rating.name.lower(): count for rating, count in zip(Rating, ratings, strict=True)}
            for name, ratings in counts.items()
        },
    )


def _row(name: str, ratings: Sequence[int]) -> Row:
    total = sum(ratings)
    if not total:
        return Row(name, ("·",) * len(_HEAD), None)
    passed = 1 - ratings[0] / total
    cells = (*(per_cent(count / total) for count in ratings), f"{total:,}", per_cent(passed))
    return Row(name, cells, passed)


def conclusion(ratings: Sequence[int]) -> str:
    """Return what the use of the buttons for cards in review says.

    Args:
        ratings: How often Again, Hard, Good and Easy were given.
    """
    total = sum(ratings)
    if total < FEWEST:
        return f"{total} ratings of cards in review are too few to conclude anything: it takes {FEWEST}."
    again, hard, good, easy = (count / total for count in ratings)
    of_all = f"(n = {total:,})"
    if hard > _OFTEN:
        return (
            f"Hard is {per_cent(hard)} of your ratings in review {of_all}: it is a pass; what you could not recall is Again,"
            " or its interval grows all the same."
        )
    if easy > _OFTEN:
        return (
            f"Easy is {per_cent(easy)} of your ratings in review {of_all}: intervals grow fast; see below whether mature"
            " cards bear it."
        )
    if not hard + easy:
        return f"In review you use Again ({per_cent(again)}) and Good alone {of_all}: that is all the schedule needs."
    return (
        f"In review Good is {per_cent(good)} and Again {per_cent(again)} {of_all}, Hard {per_cent(hard)}, Easy"
        f" {per_cent(easy)}: nothing here to correct."
    )
