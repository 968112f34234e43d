"""What is done about a leech: its diagnosis, and from there reading, running, splitting and suspending."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from quizapp.core.change_words import changed_words
from quizapp.core.reading import first_sim
from quizapp.tui.changing import TAKE_BACK
from quizapp.tui.editing import edit_topic, problem_words
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import say

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.core.card import Card
    from quizapp.core.leech import Diagnosis
    from quizapp.core.topic import CardId
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace


async def help_with_leech(
    app: App[Any], workspace: Workspace, card_id: CardId, *, host: Callable[[], Host]
) -> bool:
    """Show the diagnosis of a card until the learner goes on, and return whether the library was changed.

    It waits for screens, so it has to run in a worker.

    Args:
        host: Gives the process that simulations run in.

    Raises:
        QuizError: What was chosen cannot be done; nothing is lost.
    """
    from quizapp.services.leeches import diagnosis
    from quizapp.tui.screens.leech import LeechScreen

    changed = False
    while True:
        card, found = await asyncio.to_thread(diagnosis, workspace, card_id)
        match await app.push_screen_wait(LeechScreen(card, found)):
            case "read":
                await _read(app, card)
            case "simulate":
                await _simulate(app, workspace, card, host)
            case "split":
                changed |= await _split(app, workspace, card, found)
            case "edit":
                await _edit(app, workspace, card)
                changed = True
            case "suspend":
                await _suspend(app, workspace, card)
                return True
            case _:
                return changed


async def _read(app: App[Any], card: Card) -> None:
    from quizapp.tui.screens.read import ReadScreen

    await app.push_screen_wait(ReadScreen(card))


async def _simulate(app: App[Any], workspace: Workspace, card: Card, host: Callable[[], Host]) -> None:
    """Open the card's simulation, or one from the catalogue; what is predicted there is kept with the card."""
    from quizapp.tui.screens.gallery import GalleryScreen
    from quizapp.tui.screens.lab import LabScreen

    block = first_sim(card)
    name = block.simulation if block else None
    if name is None:
        words = " ".join((card.title, *card.all_tags, card.question, card.answer))
        name = await app.push_screen_wait(GalleryScreen(workspace, words))
    if name is not None:
        settings = dict(block.settings) if block else {}
        await app.push_screen_wait(LabScreen(workspace, name, settings, host=host(), card_id=card.id))


async def _split(app: App[Any], workspace: Workspace, card: Card, found: Diagnosis) -> bool:
    """Open the app's editor with each missed point as a follow-up's answer, and return whether the file was saved."""
    from quizapp.services.deck_editing import open_topic
    from quizapp.tui.screens.editor import EditorScreen

    opened = await asyncio.to_thread(open_topic, workspace, card.topic_id)
    missed = [point.text for point in found.points if point.missed]
    return await app.push_screen_wait(EditorScreen(workspace, opened, missed or [""])) is not None


async def _edit(app: App[Any], workspace: Workspace, card: Card) -> None:
    """Open the topic's file in the learner's editor; what was written is taken in."""
    done = await edit_topic(app, workspace, card.topic_id)
    if problems := done.problems:
        title, words = problem_words(problems)
        app.notify(words, title=title, severity="error", timeout=20, markup=False)
    else:
        say(app, "Taken in. A bullet under ## Follow-up Questions is a card of its own.")


async def _suspend(app: App[Any], workspace: Workspace, card: Card) -> None:
    from quizapp.services.changes import suspend

    say(app, f"{changed_words(await asyncio.to_thread(suspend, workspace, [card.id]))} {keyed(TAKE_BACK)}")
