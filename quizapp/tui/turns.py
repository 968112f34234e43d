"""One change at a time: a key that comes while another one is being written neither acts twice nor out of turn."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from quizapp.core.plain import printable
from quizapp.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App

T = TypeVar("T")
SOON_S = 0.5
"""What takes longer than this is announced."""


def complain(app: App[Any], error: QuizError, title: str = "That did not work") -> None:
    """Say what happened and what to do."""
    app.notify(printable(str(error)), title=title, severity="error", timeout=12, markup=False)


def say(app: App[Any], words: str, timeout_s: float = 3) -> None:
    """Say what was done, in place of what was said before."""
    app.clear_notifications()
    app.notify(printable(words), timeout=timeout_s, markup=False)


async def counted(app: App[Any], action: Callable[[Callable[[int, int], None]], T], words: str) -> T:
    """Run a use case in a thread, and say what is being done, and how far it is, if it takes more than a moment.

    Args:
        action: Is given what it tells how many are done, and of how many.
    """
    told: list[tuple[int, int]] = []
    doing = asyncio.ensure_future(asyncio.to_thread(action, lambda done, of: told.append((done, of))))
    said = ""
    while not (await asyncio.wait({doing}, timeout=SOON_S))[0]:
        figure = f"{told[-1][0]:,} of {told[-1][1]:,} cards" if told else ""
        if (now := f"{words} {figure}".rstrip()) != said:
            said = now
            say(app, said, timeout_s=3600)
    try:
        return await doing
    except QuizError:
        app.clear_notifications()
        raise


async def announced(app: App[Any], action: Callable[[], T], words: str) -> T:
    """Run a use case in a thread, and say what is being done if it takes more than a moment, until it is done."""
    return await counted(app, lambda _: action(), words)


class Turns:
    """Runs use cases one after another, in threads; what fails is shown and leaves the screen as it is."""

    def __init__(self, app: Callable[[], App[Any]]) -> None:
        """Complain to this app."""
        self._app = app
        self._lock = asyncio.Lock()

    @property
    def taken(self) -> bool:
        """Whether something is being done."""
        return self._lock.locked()

    async def run(
        self,
        action: Callable[[], T],
        then: Callable[[T], Awaitable[None]] | None = None,
        *,
        working: str = "",
    ) -> None:
        """Run a use case, then show what it returned; wait for what is being done already.

        Args:
            working: What is said if it takes more than a moment.
        """

        async def doing() -> None:
            running = announced(self._app(), action, working) if working else asyncio.to_thread(action)
            result = await running
            if then is not None:
                await then(result)

        await self.take(doing)

    async def take(self, doing: Callable[[], Awaitable[None]]) -> None:
        """Do something that brings its own threads."""
        async with self._lock:
            try:
                await doing()
            except QuizError as error:
                complain(self._app(), error)
