"""The app's own editor: a topic's file, what is wrong in it, and how a card shows what is under the cursor."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import TextArea

from quizapp.core.deck_preview import deck_preview
from quizapp.core.kept_text import first_difference
from quizapp.core.plain import printable
from quizapp.errors import DeckError, QuizError
from quizapp.services import deck_editing
from quizapp.services.deck_editing import ChangedOnDiskError, Opened
from quizapp.tui.changed_words import card_words
from quizapp.tui.edited_file import EditedFile, Look, Write
from quizapp.tui.editor_questions import (
    RESTORE,
    SAVE,
    THROW_AWAY,
    about_change,
    about_deletion,
    about_draft,
    about_leaving,
)
from quizapp.tui.library_changed import tell_screens
from quizapp.tui.screens.changed_on_disk import Whose
from quizapp.tui.turns import complain
from quizapp.tui.widgets.deck_preview_pane import DeckPreviewPane
from quizapp.tui.widgets.deck_text_area import DeckTextArea
from quizapp.tui.widgets.editor_head import EditorHead
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace

CHECK_AFTER_S = 0.25
"""How long after a key the text is checked, drawn and kept; longer where that itself takes longer."""
LOOK_EVERY_S = 1.0
"""How often the file on disk is looked at."""


class EditorScreen(Screen[Path | None]):
    """Returns the file that was saved last, or None where none was."""

    CSS = """
    #editor-both { height: 1fr; }
    #editor-text { width: 1fr; }
    #editor-preview { display: none; width: 1fr; }
    EditorScreen ToastRack { margin: 0 0 5 0; }
    EditorScreen.-wide #editor-preview { display: block; border-left: vkey $panel; }
    EditorScreen.-previewing #editor-preview { display: block; border-left: none; }
    EditorScreen.-previewing #editor-text { display: none; }
    EditorScreen.-wide.-previewing #editor-text { display: block; }
    """
    HELP = (
        "Saving changes what you typed and no other byte. What is not saved yet survives a crash and is offered the next "
        "time. Tab indents, ctrl+z undoes, ctrl+y redoes; ctrl+x, ctrl+c, ctrl+v cut, copy and paste.\n"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="editor.save", tooltip="Write the file and take it into the library"),
        Binding("escape", "leave", "Back", id="editor.leave", priority=True, tooltip="Asks where something is not saved"),
        Binding("ctrl+n,f8", "next_problem", "Next problem", id="editor.problem", tooltip="Go to the next problem"),
        Binding("ctrl+t", "preview", "Preview", id="editor.preview", tooltip="Show the part as a card shows it"),
        Binding("ctrl+l", "follow_up", "Follow-up", id="editor.follow_up", tooltip="Add a follow-up question to the topic"),
        Binding("f1", "app.help", "Help", id="editor.help", tooltip="Every key that works now"),
    ]  # fmt: skip

    def __init__(self, workspace: Workspace, opened: Opened, answers: Sequence[str] = ()) -> None:
        """Edit a file that was opened.

        Args:
            answers: Each is put in as a follow-up whose question is still to be written.
        """
        super().__init__()
        self._workspace = workspace
        self._file = EditedFile(workspace, opened)
        self._lines = opened.text.lines
        self._answers = tuple(answers)
        self._checked: tuple[str, ...] | None = None
        self._is_checking = self._is_wanted = self._is_keeping_failed = False
        self._is_saving = self._leaves_once_saved = False
        self._pause_s = CHECK_AFTER_S

    def compose(self) -> ComposeResult:
        """Lay out head, text and preview, problems, keys."""
        yield EditorHead()
        with Horizontal(id="editor-both"):
            yield DeckTextArea(self._file.opened.text.lines, id="editor-text")
            yield DeckPreviewPane(id="editor-preview")
        yield ProblemList(id="editor-problems")
        yield KeyLine()

    def on_mount(self) -> None:
        """Offer what was typed before a crash, then check the text."""
        self._text.focus()
        self._show_head()
        self._put_in_answers()
        self._ask_for_draft()
        self._check()
        self.set_interval(LOOK_EVERY_S, self.look_at_disk)

    @property
    def _text(self) -> DeckTextArea:
        return self.query_one(DeckTextArea)

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that is in no file."""
        return self._file.is_unsaved(self._text.lines)

    def _show_head(self) -> None:
        row, column = self._text.cursor_location
        states = ["not saved" if self.is_unsaved else "", self._file.state, f"{row + 1}:{column + 1}"]
        self.query_one(EditorHead).show(self._file.opened, states)

    def on_resize(self) -> None:
        """Give the head the room that there is."""
        self._show_head()

    @property
    def is_checked(self) -> bool:
        """Whether nothing has been typed since the text was checked, drawn and kept."""
        return self._checked == self._text.lines and not (self._is_wanted or self._is_checking)

    # Checking, drawing and keeping what is typed.

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def look_again(self) -> None:
        """Check the text a moment later; what is typed meanwhile is checked with it."""
        self._lines = self._text.lines
        self._show_head()
        if not self._is_wanted:
            self._is_wanted = True
            self.set_timer(self._pause_s, self._check)

    @work(group="editor")
    async def _check(self) -> None:
        if self._is_checking:
            self.set_timer(self._pause_s, self._check)
            return
        self._is_checking, self._is_wanted = True, False
        began = time.monotonic()
        try:
            await self._check_lines(self._text.lines, self._text.cursor_location[0])
        except QuizError as error:
            complain(self.app, error, "Not checked")
        finally:
            self._is_checking = False
            self._pause_s = max(CHECK_AFTER_S, 2 * (time.monotonic() - began))

    async def _check_lines(self, lines: tuple[str, ...], row: int) -> None:
        if lines != self._checked:
            await self._keep(lines)
            problems = await self._file.problems(lines)
            self._checked = lines
            if self.is_attached:
                self.query_one(ProblemList).show(problems)
        preview = await asyncio.to_thread(deck_preview, "\n".join(lines), row)
        if self.is_attached:
            self.query_one(DeckPreviewPane).show(preview)

    async def _keep(self, lines: tuple[str, ...]) -> None:
        """Write down what is typed; where that cannot be done it is said once, for saving does not depend on it."""
        try:
            await self._file.keep(lines)
        except DeckError as error:
            if not self._is_keeping_failed:
                complain(self.app, error, "What is typed is not kept against a crash")
            self._is_keeping_failed = True

    def on_unmount(self) -> None:
        """Keep what was typed in the last moment before the app was left."""
        self._file.keep_at_last(self._lines)

    @work(group="editor")
    async def _ask_for_draft(self) -> None:
        draft = await self._file.draft()
        if draft is None:
            self._keep_from_now_on()
            return

        def answered(key: str | None) -> None:
            if key is None:
                self._leave()
            elif key == RESTORE:
                before = self._text.lines
                self._file.take_up(draft)
                self._show_file()
                self._text.go_to(first_difference(before, self._text.lines), 0)
            else:
                self._file.put_away(draft)
                self._keep_from_now_on()

        asked = about_draft(draft, self._file.opened, self._workspace.zone)
        self.app.push_screen(asked, answered)

    def _keep_from_now_on(self) -> None:
        """Have what was put in before it could be kept looked at again."""
        self._checked = None
        self.look_again()

    # The file on disk.

    def _show_file(self) -> None:
        """Show the file as it was read just now."""
        self._checked = None
        self._text.show_lines(self._file.opened.text.lines)
        self.look_again()

    @work(group="editor")
    async def look_at_disk(self) -> None:
        """Show what another program did to the file, unless something is typed here: then say so."""
        looked = await self._file.look(lambda: self._text.lines)
        if looked is Look.RELOADED:
            self._show_file()
            self.notify("Changed by another program: this is how it is now.", timeout=4)
        elif looked is Look.MOVED:
            words = f"The file was moved, and is saved there from now on: {self._file.opened.path}"
            self.notify(printable(words), timeout=8, markup=False)
        self._show_head()

    # Saving and leaving.

    def action_save(self) -> None:
        """Write the file."""
        self._is_saving = True
        self._write(deck_editing.save)

    @work(group="editor")
    async def _write(self, how: Write, then: Callable[[], object] | None = None) -> None:
        """Write the file in one of the ways that there are, take it in, and say what that did."""
        try:
            is_written = await self._file.write(how, self._text.lines)
        except ChangedOnDiskError as error:
            self._end_saving()
            self._ask_about_change(error, then)
            return
        except DeckError as error:
            self._end_saving()
            complain(self.app, error, "Not saved; what was typed is kept")
            return
        if not is_written:
            return
        self._checked = None  # a draft that was being written meanwhile is forgotten with the next check
        self.look_again()
        leaves = self._end_saving()
        await self._take_in()
        if then is not None:
            then()
        elif leaves:
            self.action_leave()

    def _end_saving(self) -> bool:
        """Have the file written or refused, and return whether the learner wanted to leave meanwhile."""
        leaves, self._is_saving, self._leaves_once_saved = self._leaves_once_saved, False, False
        return leaves

    async def _take_in(self) -> None:
        try:
            done = await self._file.take_in()
        except QuizError as error:
            complain(self.app, error, "Saved, but not taken into the library")
            return
        tell_screens(self.app)
        self.app.clear_notifications()
        fatal = [problem for problem in done.problems if problem.fatal]
        if fatal:
            words = f"line {fatal[0].line}: {fatal[0].what}\nThe library keeps the topic as it was before."
            self.notify(
                printable(words), title="Saved, not taken in", severity="warning", timeout=8, markup=False
            )
        else:
            self.notify(
                printable(f"Saved {self._file.opened.path.name}: {card_words(done)}."),
                timeout=4,
                markup=False,
            )

    @work(group="asking")
    async def _ask_about_change(self, error: ChangedOnDiskError, then: Callable[[], object] | None) -> None:
        """Show what another program did, and ask whose words count; what it does after that is asked about again."""
        if error.is_gone:
            answer = await self.app.push_screen_wait(about_deletion(error))
            if answer == SAVE:
                self._write(deck_editing.save_over(None), then)
            elif answer == THROW_AWAY:
                self._file.throw_away()
                self._leave()
            return
        try:
            theirs = await asyncio.to_thread(deck_editing.open_file, self._file.opened.path)
        except DeckError as unreadable:
            complain(self.app, unreadable, "Changed on disk; not saved, what was typed is kept")
            return
        whose = await self.app.push_screen_wait(about_change(theirs, self._text.lines))
        if whose is Whose.MINE:
            self._write(deck_editing.save_over(theirs), then)
        elif whose is Whose.BOTH:
            self._save_beside()
        elif whose is Whose.THEIRS:
            self._reload()

    @work(group="editor")
    async def _save_beside(self) -> None:
        try:
            path = await self._file.write_beside(self._text.lines)
        except DeckError as error:
            complain(self.app, error, "Not saved; what was typed is kept")
            return
        self.notify(printable(f"What was typed is in {path}."), timeout=12, markup=False)
        self._reload()

    @work(group="editor")
    async def _reload(self) -> None:
        try:
            await self._file.reload()
        except DeckError as error:
            complain(self.app, error, "Not shown")
            return
        self._show_file()

    def action_leave(self) -> None:
        """Leave the editor; what is not saved is asked about."""
        if self._is_saving:
            self._leaves_once_saved = True
            return
        if not self.is_unsaved:
            self._leave()
            return

        def answered(key: str | None) -> None:
            if key == SAVE:
                self._write(deck_editing.save, self.action_leave)  # asks again about what is typed meanwhile
            elif key == THROW_AWAY:
                self._file.throw_away()
                self._leave()

        self.app.push_screen(about_leaving(self._file.opened), answered)

    def _leave(self) -> None:
        self._file.close()
        self.dismiss(self._file.saved)

    # Finding one's way.

    def action_next_problem(self) -> None:
        """Go to the next problem."""
        problem = self.query_one(ProblemList).next_from(*self._text.cursor_location)
        if problem is None:
            self.notify("Nothing to find fault with.", timeout=3)
        else:
            self._go_to(problem.line, problem.column)

    def on_problem_list_go_to(self, message: ProblemList.GoTo) -> None:
        """Go to the problem that was clicked."""
        self._go_to(message.line, message.column)

    def _go_to(self, line: int, column: int) -> None:
        self.remove_class("-previewing")
        self._text.focus()
        self._text.go_to(line - 1, column - 1)

    def action_preview(self) -> None:
        """Show the preview in place of the text, or the text again; on a wide terminal both are there."""
        self.toggle_class("-previewing")
        preview = self.query_one(DeckPreviewPane)
        # Where it stands alone the keys scroll it; beside the text they stay with the text.
        preview.can_focus = self.has_class("-previewing") and not self.has_class("-wide")
        (preview if preview.can_focus else self._text).focus()

    def action_follow_up(self) -> None:
        """Put a further follow-up in at its place, with the cursor where its question goes."""
        self._go_to(*self._text.put_in_follow_up(""))

    def _put_in_answers(self) -> None:
        """Put in the follow-ups that were asked for, with the cursor in the first."""
        places = [self._text.put_in_follow_up(answer) for answer in self._answers]
        if places:
            self._go_to(*places[0])
