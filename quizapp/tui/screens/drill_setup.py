"""Setting a drill up: time, topics, difficulty, follow-ups, written or spoken; the plan stands below."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from quizapp.core.drill.ask import CHECKING_SECONDS, AskKind, seconds_for
from quizapp.core.drill.setup import (
    EASIEST,
    HARDEST,
    LEAST_MINUTES,
    MOST_MINUTES,
    SEEDS,
    Manner,
    Reach,
    Setup,
)
from quizapp.errors import QuizError
from quizapp.tui import drill_words
from quizapp.tui.key_words import keyed
from quizapp.tui.turns import complain
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.setup_rows import Row, SetupRows

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from quizapp.core.drill.draw import Candidate
    from quizapp.core.drill.drill import Drill
    from quizapp.services.drill import Drilling
    from quizapp.services.simulation_messages import Host
    from quizapp.services.workspace import Workspace

_ALL, _ANY, _BY_CHANCE = "all decks", "any tag", "by chance"
_KINDS = ("question after question", "mock interview, in rounds")
_STEP_MINUTES = 5


class DrillSetupScreen(Screen[None]):
    """The choices, and the plan that they give."""

    CSS = """
    #drill-setup { height: 1fr; padding: 1 3; scrollbar-size-vertical: 1; }
    .-short #drill-setup { padding: 0 2; }
    #drill-setup-head, #drill-setup-left, #drill-setup-plan { height: auto; }
    #drill-setup-head { margin: 0 0 1 0; }
    .-short #drill-setup-head { margin: 0; }
    #drill-setup-left { color: $text-warning; margin: 0 0 1 0; }
    #drill-setup-plan { margin: 1 0 0 0; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Begin", id="drill_setup.begin", tooltip="Begin the drill: the clock runs"),
        Binding("D", "resume", "Resume", id="drill_setup.resume", tooltip="Take up the drill that was left"),
        Binding(
            "h", "history", "History", id="drill_setup.history", tooltip="Drills held, trends, readiness"
        ),
        Binding(
            "question_mark", "app.help", "Help", id="drill_setup.help", tooltip="Every key that works now"
        ),
        Binding("escape,q", "dismiss", "Back", id="drill_setup.leave"),
        Binding("pagedown", "scroll_page(1)", "Page down", id="drill_setup.page_down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", id="drill_setup.page_up", show=False),
    ]

    def __init__(
        self,
        workspace: Workspace,
        setup: Setup | None = None,
        *,
        host: Callable[[], Host],
        resumes: bool = False,
    ) -> None:
        """Offer these choices first.

        Args:
            resumes: Take up the drill that was left at once.
        """
        super().__init__()
        self._workspace = workspace
        self._setup = setup or Setup()
        self._host = host
        self._resumes = resumes
        self._found: tuple[Candidate, ...] | None = None
        self._left: Drill | None = None

    def compose(self) -> ComposeResult:
        """Lay out head, what was left, choices, plan."""
        with VerticalScroll(id="drill-setup", can_focus=False):
            yield Static(
                Content(keyed("Interview drill   ↑↓ row   ←→ change   {drill_setup.begin=enter} begins")),
                id="drill-setup-head",
            )
            yield Static(id="drill-setup-left")
            yield SetupRows(_rows(self._setup, (), ()), id="drill-setup-rows")
            yield Static(id="drill-setup-plan")
        yield KeyLine()

    def on_mount(self) -> None:
        """Look for what may be asked."""
        self.query_one(SetupRows).focus()
        self.query_one("#drill-setup-left").display = False
        if self._resumes:
            self.action_resume()

    def on_screen_resume(self) -> None:
        """Look again: a drill was left, or the library has changed."""
        self._look()

    @work(exclusive=True, group="home")
    async def _look(self) -> None:
        from quizapp.services.drill_material import candidates
        from quizapp.services.left_drill import left

        try:
            self._found = await asyncio.to_thread(candidates, self._workspace)
            self._left = await asyncio.to_thread(left, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        rows = self.query_one(SetupRows)
        chosen = self._chosen() if rows.row("deck").offers != (_ALL,) else self._setup
        rows.rows = _rows(chosen, *_topics(self._found))
        self._show_left()
        self._show_plan()
        self.refresh_bindings()

    def on_setup_rows_changed(self) -> None:
        """Show the plan of the present choices."""
        self._show_plan()

    def _show_left(self) -> None:
        shown, drill = self.query_one("#drill-setup-left", Static), self._left
        shown.display = drill is not None
        if drill is not None:
            shown.update(
                Content(f"{drill_words.left_words(drill)} {keyed('{drill_setup.resume=D}')} takes it up.")
            )

    def _chosen(self) -> Setup:
        """Return the setup that the rows stand for; of a range that is upside down, the two ends change places."""
        row = self.query_one(SetupRows).row
        ends = sorted((int(row("easiest").words), int(row("hardest").words)))
        deck, tag, seed = row("deck").words, row("tag").words, row("seed").words
        return Setup(
            minutes=int(row("minutes").words.split()[0]),
            deck="" if deck == _ALL else deck,
            tag="" if tag == _ANY else tag,
            easiest=ends[0],
            hardest=ends[1],
            reach=Reach(row("reach").words),
            manner=Manner(row("manner").words),
            seed=0 if seed == _BY_CHANCE else int(seed),
            is_mock=row("kind").chosen == 1,
        )

    def _show_plan(self) -> None:
        if self._found is None:
            return
        from quizapp.services.drill_material import fitting, rounds

        setup = self._chosen()
        try:
            chosen = fitting(self._found, setup)
        except QuizError as error:
            words = f"{error.message} Change the deck, the tag or the difficulty."
        else:
            topics = "topic" if len(chosen) == 1 else "topics"
            words = f"{len(chosen)} {topics} to ask from, the weaker the sooner. "
            if setup.is_mock:
                planned = [(one.kind, one.minutes, len(one.asks)) for one in rounds(chosen, setup)]
                words += f"The plan:\n{drill_words.plan_lines(planned)}"
            else:
                words += f"About {_questions(chosen, setup.minutes)} in {setup.minutes} minutes."
        self.query_one("#drill-setup-plan", Static).update(Content(words))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer to take up a drill only where one was left."""
        return self._left is not None or self._resumes if action == "resume" else True

    @work(exclusive=True, group="turn")
    async def action_begin(self) -> None:
        """Begin the drill."""
        import secrets
        from dataclasses import replace

        from quizapp.services.drill import begin

        setup = self._chosen()
        setup = setup if setup.seed else replace(setup, seed=secrets.randbelow(SEEDS) + 1)
        await self._open(lambda: begin(self._workspace, setup))

    @work(exclusive=True, group="turn")
    async def action_resume(self) -> None:
        """Take up the drill that was left."""
        from quizapp.services.drill import resume

        self._resumes = False
        await self._open(lambda: resume(self._workspace))

    async def _open(self, action: Callable[[], Drilling]) -> None:
        from quizapp.tui.screens.drill import DrillScreen

        try:
            drilling = await asyncio.to_thread(action)
        except QuizError as error:
            complain(self.app, error)
            return
        self.app.clear_notifications()
        self.app.push_screen(DrillScreen(self._workspace, drilling, host=self._host))

    def action_scroll_page(self, pages: int) -> None:
        """Scroll to the plan and back, where a terminal is too small for both."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)

    def action_history(self) -> None:
        """Show the drills that were held."""
        from quizapp.tui.screens.drill_history import DrillHistoryScreen

        self.app.push_screen(DrillHistoryScreen(self._workspace, host=self._host))


def _questions(chosen: tuple[Candidate, ...], minutes: int) -> str:
    """Return how many questions fit into the minutes, about, with what checking them takes."""
    seconds = sum(seconds_for(AskKind.QUESTION, one.difficulty) for one in chosen) / len(chosen)
    count = max(1, round(60 * minutes / (seconds + CHECKING_SECONDS)))
    return "1 question" if count == 1 else f"{count} questions"


def _topics(found: tuple[Candidate, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the decks, with those above them, and the tags that may be chosen."""
    decks: set[str] = set()
    for one in found:
        parts = one.deck.split("/")
        decks.update("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return tuple(sorted(decks)), tuple(sorted({tag for one in found for tag in one.tags}, key=str.casefold))


def _rows(setup: Setup, decks: tuple[str, ...], tags: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows with a setup chosen in them; what it names is offered whether or not it is there."""
    minutes = sorted({*range(LEAST_MINUTES, MOST_MINUTES + 1, _STEP_MINUTES), setup.minutes})
    levels = tuple(str(level) for level in range(EASIEST, HARDEST + 1))
    return (
        Row("kind", "Kind", _KINDS, int(setup.is_mock)),
        _row("minutes", "Time", tuple(f"{one} minutes" for one in minutes), f"{setup.minutes} minutes"),
        _row("deck", "Topics", (_ALL, *decks), setup.deck or _ALL),
        _row("tag", "Tag", (_ANY, *tags), setup.tag or _ANY),
        _row("easiest", "Difficulty from", levels, str(setup.easiest)),
        _row("hardest", "Difficulty to", levels, str(setup.hardest)),
        _row("reach", "Follow-ups", tuple(one.value for one in Reach), setup.reach.value),
        _row("manner", "Answers", tuple(one.value for one in Manner), setup.manner.value),
        _row("seed", "Seed", (_BY_CHANCE, *map(str, range(1, SEEDS + 1))), str(setup.seed or _BY_CHANCE)),
    )


def _row(name: str, label: str, offers: tuple[str, ...], chosen: str) -> Row:
    if chosen not in offers:
        offers = (*offers, chosen)
    return Row(name, label, offers, offers.index(chosen))
