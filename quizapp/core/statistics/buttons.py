"""How often each button was used, by the kind of card."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.memory import Rating
from quizapp.core.per_cent import per_cent
from quizapp.core.statistics.section import Said, Section, too_few
from quizapp.core.statistics.share import FEWEST
from quizapp.core.statistics.table import Row, Table
from quizapp.core.statistics.tally import Age, Tally

_GROUPS = {
    "learning": (Age.NEW, Age.LEARNING, Age.RELEARNING),
    "young": (Age.YOUNG, Age.REPEATED),
    "mature": (Age.MATURE,),
}
_HEAD = ("again", "hard", "good", "easy", "n", "passed")
_OFTEN = 0.4
_MUCH_FORGOTTEN = 0.2
"""More than at the lowest retention that is usually asked for, 80 %."""


def buttons(whole: Tally) -> Section:
    """Return the use of the buttons: new and lapsed cards apart from young and from mature ones."""
    counts = {name: whole.of(*ages) for name, ages in _GROUPS.items()}
    counts["all"] = whole.of(*Age)
    return Section(
        "buttons",
        "Buttons",
        conclusion(whole.of(Age.YOUNG, Age.MATURE, Age.REPEATED)),
        tables=(Table(_HEAD, tuple(_row(name, ratings) for name, ratings in counts.items())),),
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


def conclusion(ratings: Sequence[int]) -> Said:
    """Return what the use of the buttons for cards in review says.

    Args:
        ratings: How often Again, Hard, Good and Easy were given.
    """
    total = sum(ratings)
    if total < FEWEST:
        return too_few(total, "review rating")
    again, hard, good, easy = (count / total for count in ratings)
    of_all = f"Of cards in review, n = {total:,}"
    if again > _MUCH_FORGOTTEN:
        return Said(
            f"Again is {per_cent(again)} of your ratings: cards are too hard, or come too late.",
            f"{of_all}. True retention says how much was to be expected.",
            f"Again is {per_cent(again)}: cards are too hard, or come too late.",
        )
    if hard > _OFTEN:
        return Said(
            f"Hard is {per_cent(hard)} of your ratings in review: what you forgot is Again.",
            f"{of_all}. Hard is a pass, and its interval grows all the same.",
            f"Hard is {per_cent(hard)}: what you forgot is Again, not Hard.",
        )
    if easy > _OFTEN:
        return Said(
            f"Easy is {per_cent(easy)} of your ratings in review: intervals grow fast.",
            f"{of_all}. True retention says whether mature cards bear it.",
            f"Easy is {per_cent(easy)} of your ratings: intervals grow fast.",
        )
    if not again + hard + easy:
        return Said("Every rating in review is Good: nothing was forgotten.", f"{of_all}.")
    if not hard + easy:
        return Said(
            f"You use Again ({per_cent(again)}) and Good alone: the schedule needs no more.",
            f"{of_all}.",
            f"Again ({per_cent(again)}) and Good are all that the schedule needs.",
        )
    if good < max(hard, easy):
        return Said(
            f"You use Hard ({per_cent(hard)}) and Easy ({per_cent(easy)}) much: Good is the usual one elsewhere.",
            f"{of_all}; Again {per_cent(again)}, Good {per_cent(good)}.",
            f"Hard is {per_cent(hard)}, Easy {per_cent(easy)}: Good is usual elsewhere.",
        )
    return Said(
        f"Good is your usual button ({per_cent(good)}), Again {per_cent(again)}: used as they are meant.",
        f"{of_all}; Hard {per_cent(hard)}, Easy {per_cent(easy)}.",
        f"Good is {per_cent(good)}, Again {per_cent(again)}: used as they are meant.",
    )
