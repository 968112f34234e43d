"""Home: what waits, what was done, what to do next."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.core.day import date_of
from quizapp.errors import QuizError
from quizapp.tui import home_words
from quizapp.tui.turns import complain
from quizapp.tui.widgets.deck_list import DeckList
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.search_list import SearchList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.drill.drill import Drill
    from quizapp.core.overview import Overview
    from quizapp.core.predicted import Predicted
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace
    from quizapp.tui.screens.lab import LabScreen


class HomeScreen(Screen[None]):
    """The deck tree with its counts, today's work and the days ahead."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "g", "first_steps", "Show me", id="home.first_steps", tooltip="One card that shows what to do"
        ),
        Binding(
            "G", "no_first_steps", "No, thanks", id="home.no_first_steps", tooltip="Never offer that again"
        ),
        Binding("a", "study_all", "All due", id="home.all", tooltip="Study all that is due, in every deck"),
        Binding(
            "d", "drill", "Drill", id="home.drill", tooltip="Interview drill: questions against the clock"
        ),
        Binding(
            "D",
            "resume_drill",
            "Resume drill",
            id="home.resume_drill",
            tooltip="Take up the drill that was left or interrupted, at the same place",
        ),
        Binding(
            "slash,f",
            "browse",
            "Find",
            id="home.find",
            tooltip="Find cards: search, read, mark, save a search",
        ),
        Binding("l", "lab", "Lab", id="home.lab", tooltip="Choose a simulation, predict, and run it"),
        Binding(
            "x",
            "run_again",
            "Run again",
            id="home.run_again",
            tooltip="Run the last prediction's simulation again",
        ),
        Binding(
            "c",
            "calibration",
            "Calibration",
            id="home.calibration",
            tooltip="How well your predictions fit: in all, by simulation, over time",
        ),
        Binding(
            "u", "undo", "Undo", id="home.undo", show=False, tooltip="Take back the last rating or change"
        ),
        Binding(
            "U,ctrl+shift+z",
            "redo",
            "Redo",
            id="home.redo",
            show=False,
            tooltip="Do again what was taken back",
        ),
        Binding("question_mark", "app.help", "Help", id="home.help", tooltip="Every key that works now"),
        Binding("q", "app.quit", "Quit", id="home.quit"),
        Binding("n", "app.new_topic", "New topic", id="home.new", tooltip="Write a topic of your own"),
        Binding(
            "s",
            "statistics",
            "Statistics",
            id="home.statistics",
            tooltip="What you did, and what to conclude",
        ),
        Binding(
            "m",
            "progress",
            "Progress",
            id="home.progress",
            tooltip="Every topic: coverage, strength, what is next",
        ),
        Binding(
            "ctrl+p", "app.command_palette", "Commands", id="home.commands", tooltip="Search for a command"
        ),
        Binding(
            "comma",
            "settings",
            "Settings",
            id="home.settings",
            tooltip="Limits, schedule, keys, theme, backups",
        ),
        Binding("r", "reload", "Reload", id="home.reload", show=False, tooltip="Read the figures again"),
    ]

    def __init__(self, workspace: Workspace, overview: Overview, host: Callable[[], Host]) -> None:
        """Show these figures first; they are read again whenever the screen comes back.

        Args:
            host: Gives the process that simulations run in.
        """
        super().__init__()
        self._workspace = workspace
        self._host = host
        self._overview = overview
        self._prediction: Predicted | None = None
        self._first: Card | None = None
        self._left: Drill | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts: head, today, decks, saved searches, note."""
        yield Static(id="home-head")
        yield Static(id="home-today")
        yield DeckList(self._overview.decks, id="home-decks")
        yield SearchList(self._workspace, id="home-searches")
        yield Static(id="home-note")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the figures that came with the screen."""
        self._show()
        self.query_one(DeckList).focus()

    def on_screen_resume(self) -> None:
        """Once it is painted, look up what takes longer, and read again what a study session has changed."""
        self.call_after_refresh(self.call_after_refresh, self._read)

    def on_library_changed(self) -> None:
        """Read the figures again."""
        self._read()

    def on_resize(self) -> None:
        """Lay out the lines that depend on the width."""
        self._show()

    @work(exclusive=True, group="home")
    async def _read(self) -> None:
        try:
            overview, strengths, prediction, self._first, self._left = await asyncio.to_thread(self._figures)
        except QuizError as error:
            complain(self.app, error, "The figures could not be read")
            return
        self._overview, self._prediction = overview, prediction
        decks = self.query_one(DeckList)
        decks.show_rows(overview.decks)
        decks.show_strengths(strengths)
        self._show()
        self.query_one(SearchList).read()
        self.refresh_bindings()

    def _figures(self) -> tuple[Overview, Mapping[str, float], Predicted | None, Card | None, Drill | None]:
        from quizapp.services.first_steps import offered
        from quizapp.services.home import last_prediction, overview, strengths
        from quizapp.services.left_drill import left

        workspace = self._workspace
        prediction = last_prediction(workspace)
        return overview(workspace), strengths(workspace), prediction, offered(workspace), left(workspace)

    def _show(self) -> None:
        shown = self._overview
        width = self.size.width
        date = f"{date_of(shown.day):%a %d %b}"
        days = "day" if shown.streak == 1 else "days"
        right = f"{date}   streak {shown.streak} {days}"
        self.query_one("#home-head", Static).update(Content("quizapp" + right.rjust(max(0, width - 9))))
        self.query_one("#home-today", Static).update(Content(home_words.today(shown, width - 6)))
        self._show_note()

    def _show_note(self) -> None:
        """Say what is worth a note where the cursor is."""
        searches = self.query_one(SearchList)
        chosen = searches.chosen if searches.has_focus else None
        lines = home_words.SHORT_NOTE_LINES if self.has_class("-short") else home_words.NOTE_LINES
        is_new = self._first is not None
        note = home_words.note(
            self._overview,
            lines * (self.size.width - 6),
            self._left,
            self._prediction,
            offers_first_steps=is_new,
            search=chosen.search if chosen is not None else None,
        )
        self.query_one("#home-note", Static).update(Content(note))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer `run again` and `calibration` once something was predicted, and study only where there are cards."""
        if action in ("run_again", "calibration"):
            return self._prediction is not None
        if action in ("first_steps", "no_first_steps"):
            return self._first is not None
        if action == "resume_drill":
            return self._left is not None
        return bool(self._overview.decks) if action in ("study_all", "drill") else True

    def on_deck_list_chosen(self, message: DeckList.Chosen) -> None:
        """Study a deck."""
        self._study(message.path)

    def on_descendant_focus(self) -> None:
        """Say what enter does where the keyboard went."""
        self._show_note()

    def on_search_list_moved(self) -> None:
        """Say what enter does on the saved search that the cursor came to."""
        self._show_note()

    def on_deck_list_left_below(self) -> None:
        """Go on from the last deck to the saved searches."""
        searches = self.query_one(SearchList)
        if searches.display:
            searches.focus()

    def on_search_list_left_above(self) -> None:
        """Go back from the saved searches to the decks."""
        self.query_one(DeckList).focus()

    def on_search_list_chosen(self, message: SearchList.Chosen) -> None:
        """Study the cards of a saved search."""
        from quizapp.tui.screens.study import StudyScreen

        if self.is_current:
            self.app.push_screen(StudyScreen(self._workspace, "", None, host=self._host, cram=message.search))

    def action_study_all(self) -> None:
        """Study all that is due."""
        self._study("")

    @work(exclusive=True, group="study")
    async def _study(self, deck: str) -> None:
        """Open the study of a deck with its first card, which is read before anything is written."""
        from quizapp.services.next_card import peek
        from quizapp.tui.screens.study import StudyScreen

        try:
            card = await asyncio.to_thread(peek, self._workspace, deck)
        except QuizError as error:
            complain(self.app, error)
            return
        if self.is_current:
            self.app.push_screen(StudyScreen(self._workspace, deck, card, host=self._host))

    @work(exclusive=True, group="study")
    async def action_first_steps(self) -> None:
        """Study one card with a line that says at each step what to do."""
        from quizapp.services.first_steps import begin_with
        from quizapp.tui.screens.first_steps import FirstStepsScreen

        card = self._first
        if card is None:
            return
        try:
            await asyncio.to_thread(begin_with, self._workspace, card)
        except QuizError as error:
            complain(self.app, error)
            return
        if self.is_current:
            self.app.push_screen(FirstStepsScreen(self._workspace, card.deck, card, host=self._host))

    @work(exclusive=True, group="study")
    async def action_no_first_steps(self) -> None:
        """Never offer the first steps again."""
        from quizapp.services.first_steps import finish

        try:
            await asyncio.to_thread(finish, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        self._read()

    @work(exclusive=True, group="lab")
    async def action_lab(self) -> None:
        """Choose a simulation and open it, and then another one, until none is chosen."""
        from quizapp.tui.screens.gallery import GalleryScreen

        name = None
        while name := await self.app.push_screen_wait(GalleryScreen(self._workspace, chosen=name)):
            await self.app.push_screen_wait(self._lab(name, {}, seed=0))

    def action_drill(self) -> None:
        """Set up an interview drill."""
        from quizapp.tui.screens.drill_setup import DrillSetupScreen

        self.app.push_screen(DrillSetupScreen(self._workspace, host=self._host))

    def action_resume_drill(self) -> None:
        """Take up the drill that was left; the set-up lies below it."""
        from quizapp.tui.screens.drill_setup import DrillSetupScreen

        self.app.push_screen(DrillSetupScreen(self._workspace, host=self._host, resumes=True))

    def action_run_again(self) -> None:
        """Open the simulation of the last prediction with the same knobs and seed."""
        if self._prediction is not None:
            last = self._prediction
            self.app.push_screen(self._lab(last.simulation, last.knobs, seed=last.seed))

    def action_browse(self) -> None:
        """Find cards; from a saved search, with its query."""
        from quizapp.tui.screens.browser import BrowserScreen

        searches = self.query_one(SearchList)
        chosen = searches.chosen if searches.has_focus else None
        self.app.push_screen(
            BrowserScreen(self._workspace, chosen.search.query if chosen else "", host=self._host)
        )

    def action_calibration(self) -> None:
        """Show how well the predictions fit."""
        from quizapp.tui.screens.calibration import CalibrationScreen

        self.app.push_screen(CalibrationScreen(self._workspace))

    def action_settings(self) -> None:
        """Open the settings."""
        from quizapp.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self._workspace))

    def action_statistics(self) -> None:
        """Show the statistics."""
        from quizapp.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self._workspace))

    def action_progress(self) -> None:
        """Show how every topic stands, and what comes next."""
        from quizapp.tui.screens.progress_map import ProgressMapScreen

        self.app.push_screen(ProgressMapScreen(self._workspace, self._host))

    def _lab(self, simulation: str, settings: Mapping[str, str], *, seed: int) -> LabScreen:
        from quizapp.tui.screens.lab import LabScreen

        return LabScreen(self._workspace, simulation, settings, host=self._host(), seed=seed)

    @work(group="undo")
    async def action_undo(self) -> None:
        """Take back the latest rating or change, wherever it was made."""
        from quizapp.tui.changing import undo_change

        if await undo_change(self.app, self._workspace):
            self._read()

    @work(group="undo")
    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        from quizapp.tui.changing import redo_change

        if await redo_change(self.app, self._workspace):
            self._read()

    def action_reload(self) -> None:
        """Read the figures again."""
        self._read()
