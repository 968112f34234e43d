"""The form for a new topic: what a card needs, a field each; the editor takes over where more is wanted."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Select, Static, TextArea

from quizapp.core.deck_skeleton import NewTopic, skeleton
from quizapp.core.plain import printable
from quizapp.errors import DeckError, QuizError
from quizapp.services import deck_editing, library, new_topics
from quizapp.services.deck_folders import deck_folders
from quizapp.services.drafts import drop_draft
from quizapp.tui.draft_keeper import DraftKeeper
from quizapp.tui.library_changed import tell_screens
from quizapp.tui.screens.choose import Choice, ChooseScreen
from quizapp.tui.screens.editor import EditorScreen
from quizapp.tui.turns import complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.markdown_text_area import MarkdownTextArea
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from quizapp.services.deck_editing import Opened
    from quizapp.services.drafts import Draft
    from quizapp.services.workspace import Workspace

KEEP_AFTER_S = 0.5

_LINES = (
    ("title", "Title", "what the topic is about"),
    ("deck", "Deck", "its levels parted by /; → takes what is proposed"),
    ("difficulty", "Difficulty", "1 to 5"),
    ("tags", "Tags", "parted by commas"),
)
_TEXTS = (
    ("question", "Question, any Markdown"),
    ("answer", "Answer, any Markdown"),
    ("follow_ups", "Follow-ups: one question a line, its answer indented below it"),
)


class NewTopicScreen(Screen[None]):
    """Writes a file into the learner's decks and takes it in."""

    CSS = """
    #new-head { height: 1; padding: 0 2; color: $text-muted; }
    .-short #new-head { padding: 0 1; }
    #new-form { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    #new-form > * { max-width: 96; }
    .-short #new-form { padding: 0 1; }
    .new-line { height: 1; }
    .new-name { width: 12; color: $text-muted; }
    .new-label { height: 1; margin: 1 0 0 0; color: $text-muted; }
    .-short .new-label { margin: 0; }
    #new-form Input { border: none; height: 1; padding: 0 1; background: $panel; width: 1fr; }
    #new-form TextArea { border: none; height: 5; padding: 0 1; background: $panel; }
    #new-form Input:focus, #new-form TextArea:focus { background: $primary 20%; }
    #new-form #new-answer { height: 7; }
    #new-form #new-follow_ups { height: 4; }
    .-short #new-form TextArea { height: 3; }
    #new-form Select { width: 1fr; }
    #new-folder-line { display: none; margin: 1 0 0 0; }
    #new-folder-line.-choice { display: block; }
    """
    HELP = (
        "A topic needs a title, a question and an answer. It becomes a Markdown file of yours, which you may edit with "
        "anything. What is typed here is kept until it is added.\n"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "add", "Add", id="new.add", tooltip="Write the topic's file and take it in"),
        Binding(
            "ctrl+o", "edit", "In the editor", id="new.edit", tooltip="Go on in the editor, with all the file"
        ),
        Binding("tab", "app.focus_next", "Next field", id="new.next", priority=True),
        Binding(
            "shift+tab", "app.focus_previous", "Field before", id="new.previous", priority=True, show=False
        ),
        Binding("escape", "leave", "Back", id="new.leave", tooltip="Asks where something is typed"),
        Binding("f1", "app.help", "Help", id="new.help", tooltip="Every key that works now"),
    ]

    def __init__(self, workspace: Workspace, study: Callable[[str], object]) -> None:
        """Begin with empty fields.

        Args:
            study: Opens the study of a deck.
        """
        super().__init__()
        self._workspace = workspace
        self._study = study
        self._folders: tuple[Path, ...] = (workspace.paths.decks,)
        self._decks: list[str] = []
        self._is_adding = self._is_waiting = self._is_written = False
        self._drafts = DraftKeeper(workspace)
        self._typed = NewTopic()

    def compose(self) -> ComposeResult:
        """Lay out a line for each short field and a text for each long one."""
        yield Static("New topic: title, question and answer are enough", id="new-head")
        with VerticalScroll(id="new-form", can_focus=False):
            for name, label, hint in _LINES:
                with Horizontal(classes="new-line"):
                    yield Static(label, classes="new-name")
                    yield Line(
                        "3" if name == "difficulty" else "",
                        placeholder=hint,
                        id=f"new-{name}",
                        restrict="[1-5]?" if name == "difficulty" else None,
                    )
            for name, label in _TEXTS:
                yield Static(label, classes="new-label")
                yield MarkdownTextArea(id=f"new-{name}", highlight_cursor_line=False)
            with Horizontal(classes="new-line", id="new-folder-line"):
                yield Static("Folder", classes="new-name")
                yield Select[int]([], id="new-folder", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Look up what can be proposed, and what was being written earlier."""
        self.query_one("#new-title", Input).focus()
        self._look_up()

    @work(group="new")
    async def _look_up(self) -> None:
        try:
            self._decks = await asyncio.to_thread(new_topics.known_decks, self._workspace)
            self._folders = await asyncio.to_thread(deck_folders, self._workspace)
            draft = await asyncio.to_thread(deck_editing.unsaved, self._workspace, self._opened(""))
        except QuizError as error:
            complain(self.app, error)
            return
        self.query_one("#new-deck", Input).suggester = SuggestFromList(self._decks, case_sensitive=False)
        folders = self.query_one("#new-folder", Select)
        folders.set_options((printable(str(folder)), number) for number, folder in enumerate(self._folders))
        folders.value = 0
        self.query_one("#new-folder-line").set_class(len(self._folders) > 1, "-choice")
        if draft is None:
            self._drafts.is_begun = True
        else:
            self._ask_for_draft(draft)

    def _ask_for_draft(self, draft: Draft) -> None:
        text = draft.content.decode("utf-8", "replace")

        def answered(key: str | None) -> None:
            if key is None:
                self._leave()
            elif key == "r":
                self._open(self._opened(text))
            else:
                if key == "d":
                    drop_draft(draft.place)
                self._drafts.is_begun = True

        when = draft.kept_at.astimezone(self._workspace.zone)
        title = printable(text.partition("\n")[0].removeprefix("# ")) or "without a title"
        words = f"On {when:%a %d %b at %H:%M} a new topic was being written, and was not saved:\n{title}"
        choices = (
            Choice("r", "go on with it, in the editor"),
            Choice("n", "begin another one, and keep this for later"),
            Choice("d", "throw it away, and begin another one"),
        )
        self.app.push_screen(ChooseScreen("Not saved earlier", words, choices, "back"), answered)

    # What is typed.

    @property
    def _new(self) -> NewTopic:
        lines = {name: self.query_one(f"#new-{name}", Input).value for name, _, _ in _LINES}
        texts = {name: self.query_one(f"#new-{name}", TextArea).text for name, _ in _TEXTS}
        return NewTopic(
            lines["title"],
            lines["deck"] or NewTopic().deck,
            int(lines["difficulty"] or NewTopic().difficulty),
            lines["tags"],
            texts["question"],
            texts["answer"],
            texts["follow_ups"],
        )

    @property
    def _folder(self) -> Path:
        chosen = self.query_one("#new-folder", Select).value
        return self._folders[chosen] if isinstance(chosen, int) else self._folders[0]

    def _opened(self, text: str) -> Opened:
        """Return a new topic with this text; what is typed of it is kept under one name, whatever the folder."""
        return deck_editing.open_new(self._workspace.paths.decks, text, is_draft=bool(text))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def keep_soon(self) -> None:
        """Write down what is typed, a moment later."""
        self._typed = self._new
        if not self._is_waiting:
            self._is_waiting = True
            self.set_timer(KEEP_AFTER_S, self._keep)

    @work(group="new")
    async def _keep(self) -> None:
        self._is_waiting = False
        with suppress(DeckError):  # saving does not depend on it
            await asyncio.to_thread(self._keep_typed)

    def _keep_typed(self) -> None:
        """Write down what is typed, apart from what is typed elsewhere; with nothing typed any more nothing is kept."""
        opened = self._opened(skeleton(self._typed) if self._typed != NewTopic() else "")
        self._drafts.keep(opened, opened.text.lines)

    def on_unmount(self) -> None:
        """Keep what was typed in the last moment before the app was left."""
        with suppress(DeckError):
            self._keep_typed()

    # Adding and leaving.

    @work(group="new")
    async def action_add(self) -> None:
        """Write the file, take it in, and show what came of it."""
        if self._is_adding:
            return
        self._is_adding = True
        new, folder = self._new, self._folder
        try:
            path = await asyncio.to_thread(new_topics.write_topic, self._workspace, folder, new)
            self._is_written = True
            self._drop_draft()
            done = await asyncio.to_thread(library.add, self._workspace, [path])
        except QuizError as error:
            complain(self.app, error, "Written, but not taken in" if self._is_written else "Not added")
            return
        finally:
            self._is_adding = False
        tell_screens(self.app)
        self.app.clear_notifications()
        self._show(new, path, len(done.added))

    def _show(self, new: NewTopic, path: Path, cards: int) -> None:
        def answered(key: str | None) -> None:
            self._leave()
            if key == "enter":
                self._study(new.deck)
            elif key == "E":
                self.app.push_screen(EditorScreen(self._workspace, deck_editing.open_file(path)))
            elif key == "n":
                self.app.push_screen(NewTopicScreen(self._workspace, self._study))

        count = f"{cards} {'card' if cards == 1 else 'cards'}"
        deck = new.deck if new.deck in self._decks else f"{new.deck}, a new deck"
        words = f"{new.title}\n{count} in {deck}.\n{path}"
        choices = [Choice("enter", "study this deck"), Choice("E", "open the file in the editor")]
        choices.append(Choice("n", "write another topic"))
        self.app.push_screen(ChooseScreen("Added", words, choices, "back to where you were"), answered)

    def action_edit(self) -> None:
        """Go on in the editor with all that is typed, and with the headings of what is not."""
        new = self._new
        opened = deck_editing.open_new(self._folder, skeleton(new), is_draft=new != NewTopic())
        self._open(opened)

    def _open(self, opened: Opened) -> None:
        """Go on in the editor, which takes over what is kept."""
        self._leave()
        self.app.push_screen(EditorScreen(self._workspace, opened))

    def action_leave(self) -> None:
        """Leave the form; what is typed is asked about."""
        if self._new == NewTopic():
            self._leave()
            return

        def answered(key: str | None) -> None:
            if key == "d":
                self._drop_draft()
                self._leave()
            elif key == "k":
                self._leave()  # it is kept as every screen keeps it that goes

        choices = (Choice("k", "keep it for the next time"), Choice("d", "throw it away"))
        asked = ChooseScreen("Leave the form?", "The topic is not written yet.", choices, "go on writing")
        self.app.push_screen(asked, answered)

    def _drop_draft(self) -> None:
        """Forget what is typed, for good."""
        self._drafts.throw_away()
        self._drafts.close()

    def _leave(self) -> None:
        with suppress(DeckError):
            self._keep_typed()
        self._drafts.close()
        self.dismiss()
