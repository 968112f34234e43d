"""While the app runs, what changes in the deck files shows at once."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from quizapp.errors import QuizError

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.services.watching import News, Watch
    from quizapp.services.workspace import Workspace

LOOK_EVERY_S = 1.0


class DeckWatch:
    """Looks at the files once a second, in a thread, and tells what they brought."""

    def __init__(self, app: App[Any], workspace: Workspace) -> None:
        """Look at the files of this library; nothing is read yet."""
        self._app = app
        self._workspace = workspace
        self._watch: Watch | None = None
        self._is_looking = False
        self._is_failing = False

    def start(self) -> None:
        """Look from now on."""
        self._app.set_interval(LOOK_EVERY_S, self._begin)

    def _begin(self) -> None:
        if not self._is_looking:
            self._app.run_worker(self.look(), group="watch", exit_on_error=False)

    async def look(self) -> None:
        """Look once, and show what there is to show."""
        self._is_looking = True
        try:
            news = await asyncio.to_thread(self._news)
            self._is_failing = False
        except QuizError as error:
            if not self._is_failing:  # a locked database, say: the next look tries again, and nothing is lost
                logging.getLogger("quizapp").warning("deck files could not be taken in: %s", error)
            self._is_failing = True
            return
        finally:
            self._is_looking = False
        if news is not None:
            self._show(news)

    def _news(self) -> News | None:
        from quizapp.services.watching import Watch

        if self._watch is None:
            self._watch = Watch(self._workspace)
        return self._watch.look()

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
