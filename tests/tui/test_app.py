"""The app as a whole: what is imported when, what it says when it breaks, and its themes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.config import Settings
from quizapp.tui.screens.home import HomeScreen
from tests.learner import Learner
from tests.tui.desk import at_home, studying
from tests.tui.material import learn_gradients

FIRST_FRAME = """
import asyncio, os, sys
from datetime import UTC, datetime
from importlib.abc import MetaPathFinder
from quizapp.services.home import overview
from quizapp.services.next_card import peek
from quizapp.services.workspace import open_workspace
from quizapp.tui import app as app_module

app_module._WARM_UP_AFTER_S = 3600.0
seen = []

class Watch(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "sqlalchemy" and not seen:
            seen.append(painted())
        return None

def painted():
    screen = app.screen
    return [str(line) for line in (
        screen.query("#study-question").first().render_line(0).text.strip() if screen.query("#study-question")
        else screen.query_one("#home-decks").render_line(1).text.split(),
    )] if screen.size.width and all(widget.region for widget in screen.query("#study-question, #home-decks")) else []

async def main():
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if deck is None:
            print("sqlalchemy" in sys.modules, painted())
        else:
            while not seen:
                await pilot.pause(0.01)
            print(seen[0])
    print("torch" in sys.modules)

workspace = open_workspace(None)
deck = os.environ.get("DECK")
shown = overview(workspace)
card = peek(workspace, deck) if deck is not None else None
print("sqlalchemy" in sys.modules)
app = app_module.QuizApp(workspace, shown, deck, card)
sys.meta_path.insert(0, Watch())
asyncio.run(main())
"""


def first_frame(home: Path, **environment: str) -> list[str]:
    """Return what the script prints over a library that exists."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FIRST_FRAME],
        env={**os.environ, "QUIZAPP_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_home_is_complete_before_the_database_library_is_imported(learner: Learner) -> None:
    """The counts stand in the first frame; neither SQLAlchemy nor torch has been loaded by then."""
    learner.learn("Alpha")
    learner.workspace.close()
    before, frame, torch = first_frame(learner.home)
    assert before == "False"
    assert frame.startswith("False")
    assert "'deck', '1'" in frame
    assert torch == "False"


def test_the_question_is_painted_before_the_database_library_is_imported(learner: Learner) -> None:
    """Study shows its card first, and takes the session up after that."""
    learner.learn("Alpha")
    learner.workspace.close()
    before, frame, torch = first_frame(learner.home, DECK="")
    assert before == "False"
    assert frame == "['What is Alpha?']"
    assert torch == "False"


def test_a_crash_shows_where_and_never_the_cards(learner: Learner) -> None:
    """Rich's tracebacks lose their locals when they are imported, and when they were imported already."""
    script = (
        "from quizapp.tui.crash import hide_locals\n{first}\nhide_locals()\n{second}\n"
        "import io, sys\nfrom rich.console import Console\nfrom rich.traceback import Traceback\n"
        "try:\n    secret = 'the answer of a card'\n    raise ValueError('broken')\n"
        "except ValueError:\n    Console(file=sys.stdout).print(Traceback(show_locals=True))\n"
    )
    for first, second in (
        ("", "hide_locals()"),
        ("import rich.traceback", ""),
        ("import rich.traceback", "hide_locals()"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", script.format(first=first, second=second)],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            cwd=learner.home,
        )
        assert "ValueError: broken" in done.stdout
        assert "the answer of a card" not in done.stdout
        assert "locals" not in done.stdout


@pytest.mark.parametrize("theme", ["quizapp-dark", "quizapp-light", "nord"])
async def test_every_theme_shows_home_and_study(learner: Learner, theme: str) -> None:
    """The same words stand there whatever the colours."""
    learner.settings = Settings(theme=theme)
    learner.reopen()
    learn_gradients(learner)
    async with studying(learner) as desk:
        assert desk.app.theme == theme
        await desk.press("space")
        assert "multiplied" in desk.answer


async def test_a_theme_that_is_not_there_is_said(learner: Learner) -> None:
    """The default one is used."""
    learner.settings = Settings(theme="no-such")
    learner.reopen()
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        assert desk.app.theme == "quizapp-dark"


async def test_without_colour_everything_can_be_told(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR leaves the cursor, the ratings and the marks as signs and words."""
    monkeypatch.setenv("NO_COLOR", "1")
    learn_gradients(learner)
    async with at_home(learner) as desk:
        assert desk.app.no_color
        assert any(line.strip().startswith("› ") for line in desk.shown)
        await desk.press("enter", "space")
        assert desk.buttons[2] == "3 Good 10 min"
        await desk.press("w", "t", "space")
        assert any("▸ [x]" in line for line in desk.shown)


async def test_ctrl_q_quits_from_everywhere(learner: Learner) -> None:
    """From Study, from a simulation, and over a terminal that is too small."""
    learn_gradients(learner)
    for keys, size in (((), (80, 24)), (("x",), (80, 24)), (("question_mark",), (80, 24)), ((), (40, 10))):
        async with studying(learner, size=(80, 24)) as desk:
            await desk.press(*keys)
            await desk.resize(*size)
            await desk.pilot.press("ctrl+q")
            assert not desk.app.is_running


async def test_starting_on_a_terminal_that_is_too_small(learner: Learner) -> None:
    """The polite line comes first, Home once there is room."""
    learner.learn("Alpha")
    async with at_home(learner, size=(40, 10)) as desk:
        assert any("quizapp needs 60×18" in line for line in desk.shown)
        await desk.resize(80, 24)
        assert desk.is_on(HomeScreen)
        assert any("deck" in line for line in desk.shown)
