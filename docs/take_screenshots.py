"""Takes the documentation's pictures from the running app: `make screenshots`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

HERE = Path(__file__).parent
FONT_RULES = re.compile(r"@font-face \{.*?\}", re.DOTALL)


def save(svg: str, name: str) -> None:
    """Write a picture that needs no font from elsewhere and keeps its blanks in every viewer."""
    svg = FONT_RULES.sub("", svg).replace("Fira Code", "ui-monospace, Menlo, DejaVu Sans Mono")
    (HERE / name).write_text(svg.replace("<text ", '<text xml:space="preserve" '), encoding="utf-8")


async def take() -> None:
    """Answer nothing, predict wrongly, run, and take the picture."""
    from quizapp.services.home import overview
    from quizapp.services.library import open_library
    from quizapp.tui.app import QuizApp
    from quizapp.tui.widgets.simulation_stage import Stage
    from quizapp.tui.widgets.simulation_view import SimulationView

    workspace = open_library(None, may_create=True)
    app = QuizApp(workspace, overview(workspace))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        save(app.export_screenshot(title="quizapp"), "home.svg")
        await pilot.resize_terminal(144, 38)
        await pilot.pause()
        await pilot.press("a")
        await _until(pilot, lambda: "of" in str(app.screen.query_one("#study-head").render()))
        await pilot.press("w", "x")
        await _until(pilot, lambda: bool(app.screen.query(SimulationView)))
        await pilot.pause()
        await pilot.press("down", "enter")
        await _until(pilot, lambda: app.screen.query_one(SimulationView).stage is Stage.DONE)
        await pilot.pause()
        save(app.export_screenshot(title="quizapp"), "study.svg")


async def _until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for a condition, half a minute at the most."""
    for _ in range(600):
        if condition():
            return
        await pilot.pause(0.05)
    raise SystemExit("the app did not come to the place of the picture")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["QUIZAPP_HOME"] = home
        asyncio.run(take())
