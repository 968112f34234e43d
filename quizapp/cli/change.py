"""The verbs that change cards: `quizapp suspend`, `flag`, `move`, `delete` and their like, one table for all of them."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing
from quizapp.errors import UsageError

if TYPE_CHECKING:
    from quizapp.core.change import Change, Changed
    from quizapp.core.topic import CardId


@dataclass(frozen=True, slots=True)
class _Verb:
    """One verb.

    Attributes:
        kind: What it writes to the log.
        short: Its line in `quizapp --help`.
        what: What it does, as its own help says it.
        asks: The name of the argument before the cards; empty for none.
    """

    name: str
    kind: str
    short: str
    what: str
    asks: str = ""


_VERBS = (
    _Verb(
        "suspend",
        "suspend",
        "Take cards out of study.",
        "Take cards out of study until they are unsuspended.",
    ),
    _Verb("unsuspend", "unsuspend", "Let suspended cards come again.", "Let suspended cards come again."),
    _Verb("bury", "bury", "Put cards off until tomorrow.", "Put cards off until the next study day."),
    _Verb(
        "unbury",
        "unbury",
        "Let cards that were put off come today.",
        "Let cards that were put off come today.",
    ),
    _Verb(
        "flag",
        "flag",
        "Flag cards: red, orange, green, blue, pink, turquoise, purple.",
        "Give cards the flag FLAG in place of the one that they have: red, orange, green, blue, pink, turquoise, "
        "purple, or 1 to 7; none takes it away.",
        asks="FLAG",
    ),
    _Verb("unflag", "flag", "Take the flag from cards.", "Take the flag from cards, whichever they have."),
    _Verb(
        "tag",
        "tag",
        "Give cards a tag of your own.",
        "Give cards the tag TAG, in your library alone.",
        asks="TAG",
    ),
    _Verb(
        "untag",
        "untag",
        "Take a tag of your own from cards.",
        "Take your own tag TAG from cards; the tags of a topic's file are changed there.",
        asks="TAG",
    ),
    _Verb(
        "set-due",
        "set-due",
        "Choose the day on which cards come.",
        "Let cards come on DAY: 0 is today, 3 in three days, 3-7 a day drawn for each card, 2027-01-31 that date.",
        asks="DAY",
    ),
    _Verb("forget", "reset", "Make cards new again.", "Make cards new again; their reviews stay in the log."),
    _Verb(
        "move",
        "move",
        "Move the topics of cards to another deck.",
        "Move the topics of cards, with all their cards, to the deck DECK. The category line of their files changes, "
        "and nothing else in them; a bundled topic is copied to your own decks first.",
        asks="DECK",
    ),
    _Verb(
        "delete",
        "delete",
        "Delete cards; `undelete` takes them back in.",
        "Take cards out of the library for good, their history kept. A question takes its follow-ups and its "
        "prediction cards along, for without it they would never come; a follow-up goes alone. Adding the file again "
        "does not bring them back: `quizapp undelete` does, and `quizapp cards --deleted` lists them.",
    ),
    _Verb(
        "undelete",
        "restore",
        "Take deleted cards back in.",
        "Take deleted cards back in. A question brings its other cards along, a follow-up its question.",
    ),
)

_IDS = "CARD is a card's id; - reads ids from standard input, one a line, such as those of `quizapp find`."


def _change_of(verb: _Verb, words: str, today: int) -> Change:
    from quizapp.core.change import Change, plain_tag
    from quizapp.core.due_days import due_days
    from quizapp.core.flag import flag_number
    from quizapp.core.log import EntryKind

    kind = EntryKind(verb.kind)
    match kind:
        case EntryKind.FLAG:
            return Change(kind, flag=flag_number(words) if verb.asks else 0)
        case EntryKind.TAG | EntryKind.UNTAG:
            return Change(kind, words=plain_tag(words))
        case EntryKind.SET_DUE:
            return Change(kind, days=due_days(words, today))
        case _:
            return Change(kind, words=words)


def given_cards(named: tuple[str, ...]) -> list[CardId]:
    """Return the cards that the arguments name; `-` stands for those on standard input.

    Raises:
        UsageError: Standard input is a terminal, or holds something that is no id.
    """
    from quizapp.core.topic import CardId

    ids: list[str] = []
    for name in named:
        if name != "-":
            ids.append(name)
            continue
        if sys.stdin.isatty():
            raise UsageError("- reads ids from standard input, and that is the terminal.", "Pipe them in.")
        ids += _piped_ids()
    return [CardId(card) for card in dict.fromkeys(ids)]


def _piped_ids() -> list[str]:
    try:
        return [_id_in(line.strip()) for line in sys.stdin if line.strip()]
    except UnicodeDecodeError as error:
        raise UsageError("Standard input holds something that is no text.", "Give one id a line.") from error


def _id_in(line: str) -> str:
    """Return the id in a line: the line itself, or the `id` of a JSON object as `cards --json` prints it."""
    if not line.startswith("{"):
        return line
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError) as error:
        raise UsageError(
            f"{line[:60]!r} names no card.", "Give one id, or one JSON object, a line."
        ) from error


def _command(verb: _Verb) -> click.Command:
    def run(db: str | None, cards: tuple[str, ...], dry_run: bool, as_json: bool, words: str = "") -> None:
        from quizapp.services import changes
        from quizapp.services.library import open_library

        chosen = given_cards(cards)
        with closing(open_library(db)) as workspace:
            change = _change_of(verb, words, workspace.today().day)
            act = changes.foreseen if dry_run else changes.perform
            done = act(workspace, chosen, change)
        _say(verb, done, dry_run=dry_run, as_json=as_json)

    asked = (
        [click.Argument(["words"], metavar=verb.asks, shell_complete=completing.words_of_change(verb.asks))]
        if verb.asks
        else []
    )
    return click.Command(
        verb.name,
        callback=click.pass_obj(run),
        params=[
            *asked,
            click.Argument(
                ["cards"], metavar="CARD...", nargs=-1, required=True, shell_complete=completing.cards
            ),
            click.Option(["--dry-run"], is_flag=True, help="Say what would be done, and write nothing."),
            click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON object."),
        ],
        short_help=verb.short,
        help=f"{verb.what}\n\n{_IDS} The whole change is one step for `quizapp undo`.",
    )


def _say(verb: _Verb, done: Changed, *, dry_run: bool, as_json: bool) -> None:
    from quizapp.core.change_words import TAKE_BACK, changed_words

    words = changed_words(done, would=dry_run)
    if as_json:
        fields = {
            "verb": verb.name,
            "cards": done.cards,
            "along": len(done.along),
            "along_cards": done.along,
            "unchanged": done.unchanged,
            "dry_run": dry_run,
            "words": words,
        }
        click.echo(json.dumps(fields, ensure_ascii=False))
    else:
        click.echo(f"{words} {TAKE_BACK}" if done.cards and not dry_run else words)


commands = {verb.name: _command(verb) for verb in _VERBS}
