"""The whole app without a terminal: keys are pressed, clicks are made, and what stands on the screen is read."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from textual.widgets import Static
from textual.worker import WorkerCancelled

from quizapp.core.card import Card
from quizapp.services.home import overview
from quizapp.services.next_card import peek
from quizapp.tui.app import QuizApp
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.card_page import CardPage
from quizapp.tui.widgets.rating_bar import RatingButton
from quizapp.tui.widgets.session_head import SessionHead
from quizapp.tui.widgets.session_summary import SessionSummary
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView
from tests.learner import Learner
from tests.tui.fake_simulation_host import FakeHost, FakeRun
from tests.tui.screenshots import lines_on

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen


PATIENCE_S = 20.0
_SHORT = frozenset(
    {
        "turn", "offer", "study", "home", "leave", "predictions", "look-again", "typed", "default",
        "find", "page", "preview", "home-searches", "editor", "new",
    }
)  # fmt: skip
"""The groups of workers that end by themselves."""


@dataclass
class Desk:
    """An open app, and what a test does with it."""

    learner: Learner
    app: QuizApp
    pilot: Pilot[None]
    host: FakeHost
    notices: list[str] = field(default_factory=list)

    async def press(self, *keys: str) -> None:
        """Press keys one by one, each when the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def click(self, target: Any, **options: Any) -> None:
        """Click, and wait for the effect."""
        await self.pilot.click(target, **options)
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Make the terminal larger or smaller."""
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is being read or written, and what was shown is painted."""
        async with asyncio.timeout(PATIENCE_S):
            while busy := [
                worker for worker in self.app.workers if worker.group in _SHORT and not worker.is_finished
            ]:
                with contextlib.suppress(WorkerCancelled):  # another one took its place
                    await self.app.workers.wait_for_complete(busy)
                await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                await self.pilot.pause()
        await self.settle()

    @property
    def screen(self) -> Screen[object]:
        """The screen on top."""
        return self.app.screen

    @property
    def page(self) -> CardPage:
        """The card in front."""
        return self.screen.query_one(CardPage)

    @property
    def card(self) -> str:
        """The question in front, as painted."""
        return self.words("#study-question")

    @property
    def answer(self) -> str:
        """The answer as painted; empty while it is hidden."""
        return self.words("#study-answer")

    @property
    def head(self) -> str:
        """The line above the card."""
        return str(self.screen.query_one(SessionHead).render())

    @property
    def summary(self) -> str:
        """The end of the session; empty while it is not in sight."""
        over = self.screen.query_one(SessionSummary)
        return str(over.query_one(Static).render()) if over.display else ""

    @property
    def buttons(self) -> list[str]:
        """The rating buttons in sight, without what they say of the recall."""
        return [
            str(button.render()).split("\n")[0]
            for button in self.screen.query(RatingButton)
            if button.region.height
        ]

    @property
    def view(self) -> SimulationView:
        """The simulation in sight."""
        return self.screen.query_one(SimulationView)

    @property
    def run(self) -> FakeRun:
        """The newest run."""
        return self.host.runs[-1]

    @property
    def shown(self) -> list[str]:
        """Every line on the terminal."""
        return lines_on(self.app)

    @property
    def footer(self) -> str:
        """The last line on the terminal."""
        return self.shown[-1]

    def is_on(self, kind: type[Screen[Any]]) -> bool:
        """Return whether a screen of this kind is on top."""
        return isinstance(self.app.screen, kind)

    def sees(self, selector: str) -> bool:
        """Return whether a widget has a place on the screen."""
        return bool(self.screen.query_one(selector).region)

    def words(self, selector: str) -> str:
        """Return the painted lines of a widget that draws lines; nothing of one that has no place."""
        widget = self.screen.query_one(selector)
        if not widget.region.height:
            return ""
        return "\n".join(widget.render_line(y).text.rstrip() for y in range(widget.size.height)).strip()

    def reviews(self) -> list[tuple[str, int, int]]:
        """Return (card, rating, elapsed ms) of each review in the log that was not taken back."""
        rows = self.learner.workspace.database.read(
            "SELECT card_id, rating, elapsed_ms FROM log WHERE kind = 'review'"
            " AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id) ORDER BY id",
            {},
        )
        return [tuple(row) for row in rows]

    def noting(self, notify: Callable[..., None]) -> Callable[..., None]:
        """Return a `notify` that also keeps what it was told, title first."""

        def noted(message: str, **options: Any) -> None:
            self.notices.append(f"{options.get('title', '')}: {message}".removeprefix(": "))
            notify(message, **options)

        return noted

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """Stand in for `App.suspend`: no terminal is there to be lent."""
        yield

    async def finish_run(self, truth: str = "plain", *keys: str) -> None:
        """Answer the prediction with these keys and let the run come to its end."""
        await self.press(*(keys or ("enter",)))
        self.run.finish(truth)
        await self.until(lambda: self.view.stage is Stage.DONE)


@contextlib.asynccontextmanager
async def at_home(learner: Learner, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Desk]:
    """Open the app at Home."""
    async with _opened(learner, None, None, size) as desk:
        yield desk


@contextlib.asynccontextmanager
async def studying(
    learner: Learner,
    deck: str = "",
    *,
    size: tuple[int, int] = (80, 24),
    host: FakeHost | None = None,
) -> AsyncIterator[Desk]:
    """Open the app at the first card of a deck."""
    async with _opened(learner, deck, peek(learner.workspace, deck), size, host) as desk:
        assert isinstance(desk.screen, StudyScreen)
        yield desk


@contextlib.asynccontextmanager
async def _opened(
    learner: Learner,
    deck: str | None,
    card: Card | None,
    size: tuple[int, int],
    host: FakeHost | None = None,
) -> AsyncIterator[Desk]:
    app, host = QuizApp(learner.workspace, overview(learner.workspace), deck, card), host or FakeHost()
    setattr(app, "simulation_host", lambda: host)  # noqa: B010 - a method gives way to a fake
    async with app.run_test(size=size, notifications=True) as pilot:
        desk = Desk(learner, app, pilot, host)
        setattr(app, "notify", desk.noting(app.notify))  # noqa: B010
        await pilot.pause()
        await desk.settle()
        yield desk
    learner.reopen()
