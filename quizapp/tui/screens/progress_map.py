"""Progress by topic over the whole material: a map with coverage, strength, and what comes next."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.core.chart.label import first_fitting
from quizapp.core.plain import printable
from quizapp.core.progress_map import recommendation
from quizapp.errors import QuizError
from quizapp.tui.turns import complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.topic_map import TopicMap

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from quizapp.core.progress_map import ProgressMap
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace

_QUIET_S = 0.1
"""What takes no longer than this is waited for without a word."""


class ProgressMapScreen(Screen[None]):
    """The map, with the whole above it and the recommendation below."""

    CSS = """
    #progress-head { height: 1; padding: 0 1; color: $text-muted; }
    #progress-map { height: 1fr; margin: 1 1 0 1; }
    .-short #progress-map { margin: 0 1; }
    #progress-next { height: auto; max-height: 2; padding: 0 2; color: $text-success; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "next",
            "To what is next",
            id="progress.next",
            tooltip="Put the cursor on the topic to go on with",
        ),
        Binding("escape,q,m", "leave", "Back", id="progress.leave"),
        Binding("question_mark", "app.help", "Help", id="progress.help", tooltip="Every key that works now"),
    ]

    def __init__(self, workspace: Workspace, host: Callable[[], Host]) -> None:
        """Show how this learner's topics stand.

        Args:
            host: Gives the process that simulations run in, for the study of a deck.
        """
        super().__init__()
        self._workspace = workspace
        self._host = host
        self._shown: ProgressMap | None = None

    def compose(self) -> ComposeResult:
        """Lay out head, map, recommendation."""
        yield Static(id="progress-head")
        yield TopicMap(id="progress-map")
        yield Static(id="progress-next")
        yield KeyLine()

    def on_mount(self) -> None:
        """Let the keys move the cursor."""
        self._head("")
        self._topics.focus()

    def on_screen_resume(self) -> None:
        """Read how the topics stand, also after studying."""
        self._read()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._say()

    @property
    def _topics(self) -> TopicMap:
        return self.query_one(TopicMap)

    @work(exclusive=True, group="home")
    async def _read(self) -> None:
        from quizapp.services.progress_map import read_map

        quiet = self.set_timer(_QUIET_S, lambda: self._head("counting…"))
        try:
            self._shown = await asyncio.to_thread(read_map, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        finally:
            quiet.stop()
        self._topics.show(self._shown)
        self._say()

    def _head(self, *words: str) -> None:
        """Show as many of these words as have room."""
        text = first_fitting(
            (("Progress", *words), *(words[:count] for count in range(len(words), 0, -1))),
            max(0, self.size.width - 2),
        )
        self.query_one("#progress-head", Static).update(Content(text))

    def _say(self) -> None:
        """Say how the whole stands, and what comes next."""
        if self._shown is None:
            return
        whole = self._shown.whole
        parts = [f"{whole.cards.words} cards seen", f"strength {100 * whole.strength:.0f} %"]
        if whole.points.total:
            parts.append(f"{whole.points.words} key points")
        if whole.used:
            parts.append(f"{whole.simulations.words} simulations run")
        self._head(*parts)
        self.query_one("#progress-next", Static).update(Content(printable(recommendation(self._shown))))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer the next topic where there is one."""
        return action != "next" or (self._shown is not None and self._shown.next is not None)

    def action_next(self) -> None:
        """Put the cursor on the topic to go on with."""
        self._topics.go_to_next()

    @work(exclusive=True, group="study")
    async def on_topic_map_chosen(self, message: TopicMap.Chosen) -> None:
        """Study the deck of the line; leaving it comes back here."""
        from quizapp.services.next_card import peek
        from quizapp.tui.screens.study import StudyScreen

        try:
            card = await asyncio.to_thread(peek, self._workspace, message.path)
        except QuizError as error:
            complain(self.app, error)
            return
        if self.is_current:
            self.app.push_screen(StudyScreen(self._workspace, message.path, card, host=self._host))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
