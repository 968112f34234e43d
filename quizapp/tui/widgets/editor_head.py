"""Which file is edited, where the cursor is, and what has to be known before saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from quizapp.core.plain import printable
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.services.deck_editing import Opened

_LONGEST_NAME = 60


class EditorHead(Vertical):
    """One line, and a notice below it where there is one."""

    DEFAULT_CSS = """
    EditorHead { height: auto; padding: 0 1; }
    EditorHead > .head-line { height: 1; color: $text-muted; }
    EditorHead > .head-notice { height: auto; color: $text-warning; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the line above the notice."""
        yield Static(classes="head-line")
        yield Static(classes="head-notice")

    def show(self, opened: Opened, states: Sequence[str]) -> None:
        """Show a file; the states stand at the right."""
        name = one_line("New topic" if opened.folder is not None else opened.path.name, _LONGEST_NAME)
        right = "  ·  ".join(filter(None, states))
        room = max(0, self.app.size.width - 6 - len(right) - len(name))
        where = one_line(f"in {opened.folder or opened.path.parent}", room).ljust(room)
        self.query_one(".head-line", Static).update(Content(f"{name}  {where}  {right}"))
        notice = self.query_one(".head-notice", Static)
        notice.display = bool(opened.notice)
        notice.update(Content(printable(opened.notice)))
