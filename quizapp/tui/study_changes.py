"""What changes the card in front of Study: an editor, the menu of changes, the help with a leech, and taking back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from quizapp.core.change_words import (
    DOING_AGAIN,
    NOTHING_AGAIN,
    NOTHING_BACK,
    TAKING_BACK,
    redone_words,
    undone_words,
)
from quizapp.tui.turns import say

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.core.card import Card
    from quizapp.core.change import Redone, Undone
    from quizapp.core.topic import CardId
    from quizapp.services.simulation_messages import Host
    from quizapp.services.study import Study
    from quizapp.services.workspace import Workspace
    from quizapp.tui.turns import Turns

TakeUp = Callable[["Card | None"], Awaitable[None]]
"""Shows the card that is in front after a change."""


class StudyChanges:
    """Changes the card in front and takes up what comes of it; each method waits for screens, and needs a worker."""

    def __init__(
        self,
        app: Callable[[], App[Any]],
        workspace: Workspace,
        turns: Turns,
        take_up: TakeUp,
        *,
        host: Callable[[], Host],
    ) -> None:
        """Work for a screen whose turns these are.

        Args:
            host: Gives the process that simulations run in.
        """
        self._app = app
        self._workspace = workspace
        self._turns = turns
        self._take_up = take_up
        self._host = host
        self._is_editor_told = False

    async def ask(self, card: Card, then: Callable[[], object]) -> None:
        """Say at first which file the learner's editor will open, and go on if that is wanted."""
        from quizapp.tui.editing import ask_before_editing

        topic, told = card.topic_id, self._is_editor_told
        await self._turns.take(
            lambda: ask_before_editing(self._app(), self._workspace, topic, is_told=told, then=then)
        )

    async def edit(self, study: Study, card: Card) -> None:
        """Lend the terminal to the editor, take the file in, and come back to the same card."""
        from quizapp.tui.editing import edit_topic, say_edited

        self._is_editor_told = True

        async def edited() -> None:
            say_edited(self._app(), await edit_topic(self._app(), self._workspace, card.topic_id), card.title)
            await self._refresh(study)

        await self._turns.take(edited)

    async def edit_here(self, card: Card) -> None:
        """Edit the topic's file in the app's own editor."""
        from quizapp.tui.editing import open_editor

        await self._turns.take(lambda: open_editor(self._app(), self._workspace, card.topic_id))

    async def change(self, study: Study, card: Card) -> None:
        """Show what can be done to the card, do it, and go on to the next card where it took this one away."""
        from quizapp.tui.changing import change_cards

        async def changed() -> None:
            if await change_cards(
                self._app(),
                self._workspace,
                [card.id],
                host=self._host,
                perform=lambda change, _: study.change(change),
            ):
                await self._refresh(study)

        await self._turns.take(changed)

    async def help_with_leech(self, study: Study, card_id: CardId) -> None:
        """Say that the card just rated does not stay, and what can be done about it."""
        from quizapp.tui.leech_help import help_with_leech

        study.leech = None

        async def helped() -> None:
            if await help_with_leech(self._app(), self._workspace, card_id, host=self._host):
                await self._refresh(study)

        await self._turns.take(helped)

    async def undo(self, study: Study, show: TakeUp) -> None:
        """Take back the latest answer or change, and say what it was.

        Args:
            show: Shows the card that comes back to the front.
        """

        def take_back() -> tuple[Undone | None, Card | None]:
            return study.undo(), study.card()

        async def taken_back(result: tuple[Undone | None, Card | None]) -> None:
            undone, card = result
            if undone is None:
                say(self._app(), NOTHING_BACK)
                return
            await (show if undone.comes_to_front else self._take_up)(card)
            say(self._app(), undone_words(undone))

        await self._turns.run(take_back, taken_back, working=TAKING_BACK)

    async def redo(self, study: Study) -> None:
        """Do again what was taken back last, and say what it was."""

        def do_again() -> tuple[Redone | None, Card | None]:
            return study.redo(), study.card()

        async def done_again(result: tuple[Redone | None, Card | None]) -> None:
            redone, card = result
            if redone is not None:
                await self._take_up(card)
            say(self._app(), redone_words(redone) if redone is not None else NOTHING_AGAIN)

        await self._turns.run(do_again, done_again, working=DOING_AGAIN)

    async def read_again(self, study: Study, before: Card | None) -> None:
        """Show the card in front as its file has it now."""

        async def read() -> None:
            after = await asyncio.to_thread(study.refresh)
            if before is None or after != before:
                await self._take_up(after)

        await self._turns.take(read)

    async def _refresh(self, study: Study) -> None:
        await self._take_up(await asyncio.to_thread(study.refresh))
