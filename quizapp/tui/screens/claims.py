"""What is said of a topic and how true it is, with what was measured on this machine."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.core.topic import SimBlock
from quizapp.errors import QuizError
from quizapp.tui.turns import complain
from quizapp.tui.widgets.claim_entry import ClaimEntry
from quizapp.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.core.topic import TopicId
    from quizapp.services.claims import ListedClaim
    from quizapp.services.workspace import Workspace


class ClaimsScreen(ModalScreen[SimBlock | None]):
    """A topic's claims; returns the simulation that the learner wants to run, or None."""

    CSS = """
    ClaimsScreen { align: center middle; }
    #claims { width: 94; max-width: 95%; height: auto; max-height: 100%; padding: 0 1; }
    #claims { background: $surface; border: round $primary 50%; }
    #claims-list { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    ClaimsScreen.-narrow #claims { max-width: 100%; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "run", "Run", id="claims.run", tooltip="Run the simulation that measures this claim"),
        Binding("down,j", "choose(1)", "Choose", id="claims.next", key_display="↑↓"),
        Binding("up,k", "choose(-1)", "The claim before", id="claims.previous", show=False),
        Binding("space,pagedown", "scroll_page(1)", "Page down", id="claims.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="claims.page_up", show=False),
        Binding("escape,c,q", "leave", "Back", id="claims.leave"),
    ]

    def __init__(self, workspace: Workspace, topic: TopicId) -> None:
        """Show the claims of a topic."""
        super().__init__()
        self._workspace = workspace
        self._topic = topic
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Lay out the claims over the keys."""
        with Vertical(id="claims") as box:
            box.border_title = "Claims"
            yield VerticalScroll(id="claims-list", can_focus=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Look the claims and their measurements up."""
        self._look_up()

    @work(exclusive=True)
    async def _look_up(self) -> None:
        from quizapp.services.claims import listed_claims

        try:
            found = await asyncio.to_thread(listed_claims, self._workspace, self._topic)
        except QuizError as error:
            complain(self.app, error)
            return
        await self._show(found)

    async def _show(self, found: Sequence[ListedClaim]) -> None:
        entries = [ClaimEntry(listed, self._workspace.zone) for listed in found]
        words = "None of the topic's claims can be read. `quizapp check` on its file says why."
        await self._list.mount_all(entries or [Static(Content(words))])
        self._mark()

    @property
    def _list(self) -> VerticalScroll:
        return self.query_one("#claims-list", VerticalScroll)

    @property
    def _entries(self) -> list[ClaimEntry]:
        return list(self.query(ClaimEntry))

    def _mark(self) -> None:
        for place, entry in enumerate(self._entries):
            entry.mark(chosen=place == self._chosen)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer a run only where a simulation measures the claim."""
        return action != "run" or self._block is not None

    @property
    def _block(self) -> SimBlock | None:
        entries = self._entries
        return entries[self._chosen].block if entries else None

    def action_choose(self, step: int) -> None:
        """Go to another claim."""
        if entries := self._entries:
            self._chosen = min(max(0, self._chosen + step), len(entries) - 1)
            self._mark()
            entries[self._chosen].scroll_visible(animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages."""
        room = self._list
        room.scroll_relative(y=pages * max(1, room.size.height - 1), animate=False)

    @on(ClaimEntry.Chosen)
    def clicked(self, message: ClaimEntry.Chosen) -> None:
        """Choose the claim that was clicked."""
        message.stop()
        self._chosen = self._entries.index(message.entry)
        self._mark()

    def action_run(self) -> None:
        """Go back to the card and run the simulation that measures the claim."""
        self.dismiss(self._block)

    def action_leave(self) -> None:
        """Go back to the card."""
        self.dismiss(None)
