"""Chosen cards changed from any screen by one call: the menu, what it asks for, the change itself, and its sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp.core.change import Change, Changed, plain_tag
from quizapp.core.change_words import (
    ASKED_FIRST,
    DOING_AGAIN,
    NOTHING_AGAIN,
    NOTHING_BACK,
    TAKING_BACK,
    asking_words,
    asks_first,
    cards_words,
    changed_words,
    redone_words,
    undone_words,
)
from quizapp.core.due_days import due_days
from quizapp.core.log import EntryKind
from quizapp.core.plain import printable
from quizapp.errors import QuizError, UsageError
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import announced, complain, counted, say

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.core.topic import CardId
    from quizapp.services.chosen import Chosen
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace

Count = Callable[[int, int], None]
Perform = Callable[[Change, Count], Changed]
TAKE_BACK = "{study.undo=u} takes it back."
_NAMED_ALONG = 8
"""How many of the cards that go along are named."""
_DAY_HINT = "0 today, 3 in three days, 3-7 a day drawn for each card, or a date such as 2027-01-31"


async def change_cards(
    app: App[Any],
    workspace: Workspace,
    cards: Sequence[CardId],
    *,
    host: Callable[[], Host],
    perform: Perform | None = None,
) -> bool:
    """Show the menu for these cards, do what is chosen there, say what was done, and return whether anything was.

    It waits for screens, so it has to run in a worker of the screen that calls it. An error is shown and changes nothing.

    Args:
        host: Gives the process that simulations run in, for a leech's diagnosis.
        perform: Makes the change where the cards are more than a list, as in study.
    """
    try:
        return await _change(app, workspace, cards, host, perform or partial(_performed, workspace, cards))
    except QuizError as error:
        complain(app, error)
        return False


async def undo_change(app: App[Any], workspace: Workspace) -> bool:
    """Take back the latest rating or change, say what it was, and return whether there was any."""
    from quizapp.services.undo import undo

    try:
        undone = await counted(app, partial(undo, workspace), TAKING_BACK)
    except QuizError as error:
        complain(app, error)
        return False
    say(app, undone_words(undone) if undone is not None else NOTHING_BACK)
    return undone is not None


async def redo_change(app: App[Any], workspace: Workspace) -> bool:
    """Do again what was taken back last, say what it was, and return whether there was anything."""
    from quizapp.services.redo import redo

    try:
        redone = await counted(app, partial(redo, workspace), DOING_AGAIN)
    except QuizError as error:
        complain(app, error)
        return False
    say(app, redone_words(redone) if redone is not None else NOTHING_AGAIN)
    return redone is not None


async def _change(
    app: App[Any],
    workspace: Workspace,
    cards: Sequence[CardId],
    host: Callable[[], Host],
    perform: Perform,
) -> bool:
    from quizapp.services.chosen import chosen
    from quizapp.tui.leech_help import help_with_leech
    from quizapp.tui.screens.changes import ChangesScreen

    known = await asyncio.to_thread(chosen, workspace, cards)
    name = await app.push_screen_wait(ChangesScreen(known))
    if name is None:
        return False
    if name == "undo":
        return await undo_change(app, workspace)
    if name == "diagnose":
        return await help_with_leech(app, workspace, known.ids[0], host=host)
    if name == "export":
        await _export(app, workspace, known)
        return False
    change = await asked(app, workspace, EntryKind(name), known)
    if change is None:
        return False
    if not await _agreed(app, workspace, known, change):
        return False
    done = await counted(app, partial(perform, change), "Changing …")
    say(app, f"{changed_words(done)} {keyed(TAKE_BACK)}" if done.cards else changed_words(done))
    return bool(done.cards)


async def _agreed(app: App[Any], workspace: Workspace, known: Chosen, change: Change) -> bool:
    """Return whether the learner wants what a change would do; it is shown first where it does more than was chosen."""
    from quizapp.services.changes import foreseen
    from quizapp.services.chosen import fronts
    from quizapp.tui.screens.choose import Choice, ChooseScreen

    if change.kind not in ASKED_FIRST:
        return True
    looking = f"Looking what goes along with {cards_words(known.count)} …"
    would = await announced(app, lambda: foreseen(workspace, known.ids, change), looking)
    app.clear_notifications()
    if not asks_first(would):
        return True
    named = await asyncio.to_thread(fronts, workspace, would.along[:_NAMED_ALONG])
    title, words, yes = asking_words(would, named)
    screen = ChooseScreen(title, words, [Choice("enter", yes)], "leave everything as it is")
    return await app.push_screen_wait(screen) is not None


def _performed(workspace: Workspace, cards: Sequence[CardId], change: Change, count: Count) -> Changed:
    from quizapp.services.changes import perform

    return perform(workspace, cards, change, count)


async def asked(app: App[Any], workspace: Workspace, kind: EntryKind, known: Chosen) -> Change | None:
    """Ask for what a change needs, and return it; None if the learner thought better of it."""
    from quizapp.services import chosen, moves
    from quizapp.tui.screens.ask import AskScreen
    from quizapp.tui.screens.flags import FlagsScreen

    today = workspace.today().day
    match kind:
        case EntryKind.FLAG:
            number = await app.push_screen_wait(FlagsScreen())
            return None if number is None else Change(kind, flag=number)
        case EntryKind.TAG:
            tags = await asyncio.to_thread(chosen.known_tags, workspace)
            screen = AskScreen("Tag", "A tag of your own, such as hard", known=tags, check=plain_tag)
        case EntryKind.UNTAG:
            check = partial(_one_of, known.own_tags)
            screen = AskScreen("Take a tag away", "One of your own", known=known.own_tags, check=check)
        case EntryKind.SET_DUE:
            screen = AskScreen("Set due", _DAY_HINT, check=lambda words: due_days(words, today))
        case EntryKind.MOVE:
            decks = await asyncio.to_thread(chosen.known_decks, workspace)
            hint = f"Now in {', '.join(known.decks[:3])}. A new name makes a new deck; / goes a level down."
            screen = AskScreen("Move the topic to", printable(hint), known=decks, check=moves.named_deck)
        case _:
            return Change(kind)
    words = await app.push_screen_wait(screen)
    if words is None:
        return None
    if kind is EntryKind.SET_DUE:
        return Change(kind, days=due_days(words, today))
    return Change(kind, words=words if kind is EntryKind.MOVE else plain_tag(words))


async def _export(app: App[Any], workspace: Workspace, known: Chosen) -> None:
    """Ask where to, and write the topics of the cards there."""
    from quizapp.services.card_export import export_cards
    from quizapp.tui.screens.ask import AskScreen

    where = await app.push_screen_wait(
        AskScreen(
            "Export to",
            "A folder; or a file that ends in .md, for the cards of one topic",
            check=_some_path,
            typed=_export_folder(),
        )
    )
    if where is not None:
        path = _path(where)
        written = await asyncio.to_thread(export_cards, workspace, known.ids, path)
        topics = "1 topic" if len(written) == 1 else f"{len(written)} topics"
        say(app, f"{topics} written to {path}")


def _export_folder() -> str:
    return str(Path.cwd() / "quizapp-export")


def _path(words: str) -> Path:
    return Path(words.strip()).expanduser()


def _one_of(known: Sequence[str], words: str) -> None:
    if plain_tag(words) not in known:
        raise UsageError(f"None of the cards has your tag {words!r}.", f"They have {', '.join(known)}.")


def _some_path(words: str) -> None:
    if not words.strip():
        raise UsageError("There is no folder.", "Name one; it is made if it is not there.")
