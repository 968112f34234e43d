"""Which ratings a learner is offered, what each of them says, and the keys that give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.memory import Rating


@dataclass(frozen=True, slots=True)
class RatingScale:
    """The buttons below an answer.

    Attributes:
        keys: The digits that give each rating, the one to be told first; a digit of none of them gives nothing.
        captions: What each rating says of the recall, at length and in few cells. All but Again are passes.
    """

    keys: Mapping[Rating, tuple[int, ...]]
    captions: Mapping[Rating, tuple[str, str]]

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings that have a button."""
        return tuple(self.keys)

    @property
    def has_two(self) -> bool:
        """Whether there are Again and Good alone."""
        return Rating.HARD not in self.keys

    def nearest(self, rating: Rating) -> Rating:
        """Return what stands for a rating here: on two buttons every pass is Good."""
        return rating if rating in self.keys or rating is Rating.AGAIN else Rating.GOOD

    def name(self, rating: Rating) -> str:
        """Return a rating's keys and name, as its button has them: `3 Good`, or `2 or 3 Good`."""
        return f"{' or '.join(map(str, self.keys[rating]))} {rating.name.capitalize()}"

    def caption(self, rating: Rating, cells: int) -> str:
        """Return what a rating says of the recall: at length where so many cells hold that of every rating."""
        has_room = all(len(long) <= cells for long, _ in self.captions.values())
        return self.captions[rating][not has_room]


FOUR = RatingScale(
    keys={rating: (int(rating),) for rating in Rating},
    captions={
        Rating.AGAIN: ("forgotten: a failure", "forgotten"),
        Rating.HARD: ("recalled with effort: a pass", "a pass, hard"),
        Rating.GOOD: ("recalled: a pass", "a pass"),
        Rating.EASY: ("recalled at once: a pass", "a pass, easy"),
    },
)
"""Again, Hard, Good and Easy."""

TWO = RatingScale(
    # 3 is Good's key among four: whoever has it in the fingers keeps it.
    keys={Rating.AGAIN: (1,), Rating.GOOD: (2, 3)},
    captions={
        Rating.AGAIN: ("forgotten: a failure", "forgotten"),
        Rating.GOOD: ("recalled, however hard: a pass", "a pass"),
    },
)
"""Again and Good."""


def rating_scale(*, two_buttons: bool) -> RatingScale:
    """Return the scale that the learner chose."""
    return TWO if two_buttons else FOUR
