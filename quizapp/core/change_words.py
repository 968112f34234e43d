"""What a change did, what was taken back and what was done again, in one sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.core.change import Change, Changed, Redone, Undone
from quizapp.core.flag import flag_of
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.plain import printable

TAKE_BACK = "`quizapp undo` takes it back."
TAKING_BACK, NOTHING_BACK = "Taking back …", "There is nothing to take back."
DOING_AGAIN, NOTHING_AGAIN = "Doing again …", "There is nothing to do again."

_DONE = {
    EntryKind.SUSPEND: "suspended",
    EntryKind.UNSUSPEND: "no longer suspended",
    EntryKind.BURY: "put off until tomorrow",
    EntryKind.UNBURY: "no longer put off",
    EntryKind.RESET: "forgotten, new again",
    EntryKind.SET_DUE: "due {when}",
    EntryKind.FLAG: "flagged {flag}",
    EntryKind.TAG: "tagged {words}",
    EntryKind.UNTAG: "no longer tagged {words}",
    EntryKind.DELETE: "deleted, the history kept",
    EntryKind.RESTORE: "back in the library",
    EntryKind.MOVE: "moved to {words}",
}
_UNDONE = {
    EntryKind.SUSPEND: "no longer suspended",
    EntryKind.UNSUSPEND: "suspended again",
    EntryKind.BURY: "no longer put off",
    EntryKind.UNBURY: "put off again",
    EntryKind.RESET: "as before being forgotten",
    EntryKind.SET_DUE: "due as before",
    EntryKind.FLAG: "flagged as before",
    EntryKind.TAG: "no longer tagged {words}",
    EntryKind.UNTAG: "tagged {words} again",
    EntryKind.DELETE: "back in the library",
    EntryKind.RESTORE: "deleted again",
    EntryKind.MOVE: "no longer in {words}",
}
_AGAIN = {
    EntryKind.BURY: "put off",
    EntryKind.RESET: "forgotten",
    EntryKind.SET_DUE: "due as it was set",
    EntryKind.DELETE: "deleted",
}
"""What is said otherwise of what was done again."""
_RATINGS = {EntryKind.REVIEW: "", EntryKind.DRILL: " in the drill", EntryKind.CRAM: ""}
_NAMED = 40
"""So many columns of its question name a card."""
_LISTED = 62
"""So many where it has a line of its own."""
_NOT_SO = {
    EntryKind.UNSUSPEND: "not suspended",
    EntryKind.UNBURY: "not put off",
    EntryKind.UNTAG: "not tagged so",
    EntryKind.RESTORE: "not deleted",
}


def changed_words(changed: Changed, *, would: bool = False) -> str:
    """Return what a change did, or would do, such as "3 cards suspended, 2 were so already." """
    what = _predicate(changed.change, changed.day)
    whose = "topic" if changed.change.kind is EntryKind.MOVE else "question"
    also = f", {len(changed.along)} of them along with their {whose}" if changed.along else ""
    if not changed.cards and not changed.unchanged:
        return "Nothing to do: no cards were given."
    if not changed.cards:
        done = "Nothing to do: " + ("the card is" if changed.unchanged == 1 else "the cards are")
        return f"{done} {_NOT_SO.get(changed.change.kind, 'so already')}."
    rest = ""
    if changed.unchanged:
        rest = f"; {changed.unchanged} {'was' if changed.unchanged == 1 else 'were'} so already"
    return f"{cards_words(len(changed.cards))} {'would be ' if would else ''}{what}{also}{rest}."


_ASKED = {
    EntryKind.DELETE: ("Delete", ", for without their question they would never come", "The history stays."),
    EntryKind.RESTORE: ("Restore", ", for a question and its follow-ups belong together", ""),
    EntryKind.MOVE: ("Move", ", for a topic is moved as a whole", ""),
}
"""What is asked for before it is done: the verb, why other cards go along, what stays."""
ASKED_FIRST = frozenset(_ASKED)


def asks_first(changed: Changed) -> bool:
    """Return whether a change is shown before it is made: it takes others along, or deletes more than one card."""
    is_deletion = changed.change.kind is EntryKind.DELETE
    return bool(changed.along) or (is_deletion and len(changed.cards) > 1)


def asking_words(changed: Changed, named: Sequence[str]) -> tuple[str, str, str]:
    """Return what to ask before a change that `asks_first`: the title, what goes along, and what doing it is called.

    Args:
        named: What the first of the cards that go along ask.
    """
    from quizapp.core.first_words import first_words

    verb, why, stays = _ASKED[changed.change.kind]
    where = f" to {printable(changed.change.words)}" if changed.change.kind is EntryKind.MOVE else ""
    what = f"{verb} {cards_words(len(changed.cards))}{where}"
    lines: list[str] = []
    if along := len(changed.along):
        others = "other card goes" if along == 1 else "other cards go"
        lines += [
            f"{along:,} {others} along{why}:",
            *(f"  · {first_words(front, _LISTED)}" for front in named),
        ]
    if (more := along - len(named)) > 0:
        lines.append(f"  · and {more:,} more")
    return f"{what}?", "\n".join([*lines, *filter(None, [stays])]), f"{what[0].lower()}{what[1:]}"


def undone_words(undone: Undone, *, would: bool = False) -> str:
    """Return what was taken back, or would be, such as "Good on ‘What is …’ was taken back." """
    card = _named(undone.question)
    if undone.kind in _RATINGS:
        was = "would be" if would else "was"
        return f"{_rated(undone.rating)} on {card}{_RATINGS[undone.kind]} {was} taken back."
    words = printable(undone.words)
    template = _UNDONE.get(undone.kind, "as before")
    if undone.kind is EntryKind.FLAG and (flag := flag_of(undone.flag)):
        template = f"no longer flagged {flag}"
    if undone.kind is EntryKind.SET_DUE and undone.words:  # a place in tomorrow's queue, given after a drill
        template = "no longer first tomorrow, but due as before"
    what = template.format(words=words)
    subject = _capital(card) if undone.count == 1 else cards_words(undone.count)
    verb = "would be" if would else "is" if undone.count == 1 else "are"
    return f"{subject} {verb} {what}. {undone.note}".rstrip()


def redone_words(redone: Redone) -> str:
    """Return what was done again, such as "Good on ‘What is …’ was given again." """
    card = _named(redone.question)
    if redone.kind in _RATINGS:
        return f"{_rated(redone.rating)} on {card}{_RATINGS[redone.kind]} was given again."
    flag = flag_of(redone.flag)
    if redone.kind is EntryKind.FLAG and flag is None:
        what = "no longer flagged"
    else:
        template = _AGAIN.get(redone.kind, _DONE.get(redone.kind, "as then"))
        what = template.format(words=printable(redone.words), flag=flag)
    whole = f"{_capital(card)} is" if redone.count == 1 else f"{cards_words(redone.count)} are"
    return f"{whole} again {what}."


def _named(question: str) -> str:
    """Return what to call a card within a sentence."""
    from quizapp.core.first_words import first_words

    return f"‘{first_words(question, _NAMED)}’" if question.strip() else "the card"


def _rated(rating: Rating | None) -> str:
    return rating.name.capitalize() if rating is not None else "The rating"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def cards_words(count: int) -> str:
    """Return a number of cards."""
    return "1 card" if count == 1 else f"{count:,} cards"


def _predicate(change: Change, today: int) -> str:
    flag = flag_of(change.flag)
    if change.kind is EntryKind.FLAG and flag is None:
        return "no longer flagged"
    when = change.days.words(today) if change.days is not None else ""
    return _DONE[change.kind].format(words=printable(change.words), flag=flag, when=when)
