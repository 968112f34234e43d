"""What docs/embedding.md shows runs as it stands."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView
from tests.test_documentation import fences

if TYPE_CHECKING:
    from textual.app import App

APP = "class Notebook"


def blocks(*, of_the_app: bool) -> str:
    """Return the page's Python: that of the app, or the rest."""
    shown = [text for language, text in fences("docs/embedding.md") if language == "python"]
    return "\n".join(text for text in shown if (APP in text) is of_the_app)


def test_the_plain_python_runs() -> None:
    """Its blocks, one after the other, print the slope, the claims that hold, and a chart."""
    program = blocks(of_the_app=False)
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "expected -0.105" in done.stdout
    assert "inv-sqrt-L" in done.stdout
    assert "holds" in done.stdout
    assert "─┬──" in done.stdout


async def test_the_app_runs() -> None:
    """In an app that is not quizapp's: the question is answered, the run ends, its sentence becomes the title."""
    shown: dict[str, Any] = {"__name__": "notebook"}
    exec(compile(blocks(of_the_app=True), "docs/embedding.md", "exec"), shown)
    app: App[None] = shown["Notebook"]()
    async with app.run_test(size=(100, 34)) as pilot:
        view = app.query_one(SimulationView)
        await pilot.pause()
        await pilot.press("enter")
        async with asyncio.timeout(60):
            while view.stage is not Stage.DONE:
                await pilot.pause(0.05)
        await pilot.pause()
        assert view.size.height > 20
        assert "Plain ends at" in app.title
        await pilot.press("escape")
    assert app.return_code == 0


@pytest.mark.parametrize("name", ["SimulationView", "SimulationHost"])
def test_what_is_embedded_is_imported_when_asked_for(name: str) -> None:
    """`import quizapp.tui` alone loads neither Textual nor torch; `import sims` loads no torch."""
    program = (
        f"import sys, quizapp.tui, sims; early = {{'textual', 'torch', 'asyncio'}} & set(sys.modules)\n"
        f"quizapp.tui.{name}; sys.exit(str(early) if early or 'torch' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_nothing_else_is_there() -> None:
    """A misspelt attribute is refused as any module refuses it."""
    import quizapp.tui

    with pytest.raises(AttributeError, match="has no attribute 'SimulationVeiw'"):
        _ = quizapp.tui.SimulationVeiw


def test_wrong_words_are_value_errors() -> None:
    """A name, a knob or a value that does not exist, as soon as `run` is called."""
    from sims import run

    for name, knobs in (("nothing", {}), ("scale-explosion", {"x": 1}), ("scale-explosion", {"depth": 0})):
        with pytest.raises(ValueError, match=r"nothing|has no knob|takes"):
            run(name, seed=0, device="cpu", **knobs)
