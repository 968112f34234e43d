"""While the app runs, what changes in the deck files shows at once."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from quizapp.errors import QuizError

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.services.watching import News, Watch
    from quizapp.services.workspace import Workspace

LOOK_EVERY_S = 1.0
MOST_OF_A_PROCESSOR = 0.01


class DeckWatch:
    """Looks at the files once a second, in a thread, and tells what they brought."""

    def __init__(self, app: App[Any], workspace: Workspace) -> None:
        """Look at the files of this library; nothing is read yet."""
        self._app = app
        self._workspace = workspace
        self._watch: Watch | None = None
        self._look_s = 0.0
        self._is_failing = False

    def start(self) -> None:
        """Look from now on."""
        self._app.set_timer(LOOK_EVERY_S, self._begin)

    def _begin(self) -> None:
        self._app.run_worker(self._look_and_rest(), group="watch", exit_on_error=False)

    async def _look_and_rest(self) -> None:
        try:
            await self.look()
        finally:
            if self._app.is_running:
                self._app.set_timer(pause_s(self._look_s), self._begin)

    async def look(self) -> None:
        """Look once, and show what there is to show."""
        try:
            news = await asyncio.to_thread(self._news)
        except QuizError as error:
            if not self._is_failing:  # a locked database, say: the next look tries again, and nothing is lost
                logging.getLogger("quizapp").warning("deck files could not be taken in: %s", error)
            self._is_failing = True
            return
        self._is_failing = False
        if news is not None:
            self._show(news)

    def _news(self) -> News | None:
        from quizapp.services.watching import Watch

        if self._watch is None:
            self._watch = Watch(self._workspace)
        began = time.thread_time()
        news = self._watch.look()
        if news is None:  # what it takes to take files in says nothing of the next look
            self._look_s = time.thread_time() - began
        return news

    def _show(self, news: News) -> None:
        from quizapp.tui.changed_words import files_words, missing_words, topic_words
        from quizapp.tui.library_changed import tell_screens

        if news.shows_something:
            tell_screens(self._app)
        if news.done.changed or news.done.problems:
            self._app.clear_notifications()  # what was said of a file that has changed since then
        if words := topic_words(news.done):
            self._app.notify(words, title="Changed on disk", timeout=4, markup=False)
        if fatal := [problem for problem in news.done.problems if problem.fatal]:
            title, lines = files_words(fatal)
            self._app.notify(lines, title=title, severity="error", timeout=20, markup=False)
        for missing in news.missing:
            self._app.notify(missing_words(missing), severity="warning", timeout=20, markup=False)


def pause_s(look_s: float) -> float:
    """Return how long to wait after a look that took so much of a processor: a folder may hold all of a home."""
    return max(LOOK_EVERY_S, look_s / MOST_OF_A_PROCESSOR)
