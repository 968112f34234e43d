"""`y` copies the command of a run, `w` writes the run into a folder, both without leaving the simulation."""

from __future__ import annotations

import asyncio
import errno
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from quizapp.services.run_export import COPIED, FOLDER
from quizapp.tui.screens.simulation import SimulationScreen
from quizapp.tui.widgets.simulation_stage import Stage
from quizapp.tui.widgets.simulation_view import SimulationView
from tests.tui.fake_simulation_host import FakeHost

if TYPE_CHECKING:
    from textual.pilot import Pilot


class Stand(App[None]):
    """An app with one small simulation; it keeps what it is told and what is copied."""

    def __init__(self) -> None:
        super().__init__()
        self.host = FakeHost()
        self.notices: list[str] = []

    def on_mount(self) -> None:
        """Open the simulation."""
        knobs = {"depth": "3", "width": "32"}
        self.push_screen(SimulationScreen("vanishing-gradients", knobs, host=self.host, seed=7))

    def notify(self, message: str, *, title: str = "", **_: object) -> None:
        """Keep the notice."""
        self.notices.append(f"{title}: {message}")

    @property
    def view(self) -> SimulationView:
        """The simulation."""
        return self.screen.query_one(SimulationView)


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(60):
        while not condition():
            await pilot.pause(0.02)


@pytest.fixture(autouse=True)
def present_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder of the test's own, which also holds the learner's files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZAPP_HOME", str(tmp_path / "home"))
    return tmp_path


async def test_y_copies_the_command_and_keeps_it(present_folder: Path) -> None:
    """The clipboard and a file hold one command with every knob, and the notice says where the file is."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.press("enter", "y")
        await pilot.pause()
        words = shlex.split(app.clipboard)
        assert words[:3] == ["quizapp", "sim", "vanishing-gradients"]
        assert {"depth=3", "width=32"} <= set(words)
        assert words[-4:] == ["--seed", "7", "--device", "cpu"]
        kept = present_folder / "home" / COPIED
        assert kept.read_text(encoding="utf-8") == app.clipboard + "\n"
        assert app.notices == [f"Copied: {app.clipboard}\nAlso in {kept}"]


async def test_w_writes_the_run(present_folder: Path) -> None:
    """Into a new folder below the present one, while the simulation stays as it is."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.press("w")
        assert app.notices == []  # before the commitment it would give the answer away
        await pilot.press("enter")
        app.host.runs[-1].finish()
        await until(pilot, lambda: app.view.stage is Stage.DONE)
        await pilot.press("w")
        await until(pilot, lambda: app.notices)
        folder = present_folder / FOLDER / "vanishing-gradients-seed7"
        assert app.notices[0].startswith(f"Written: {folder}\nchart-nets.png, ")
        assert (folder / "frames.csv").exists()
        assert app.view.stage is Stage.DONE


async def test_a_full_disk_costs_nothing(monkeypatch: pytest.MonkeyPatch, present_folder: Path) -> None:
    """It is told with what to do, and the run on the screen goes on; a command that cannot be kept is still copied."""
    app = Stand()

    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with app.run_test() as pilot:
        await pilot.press("enter")
        app.host.runs[-1].finish()
        await until(pilot, lambda: app.view.stage is Stage.DONE)
        monkeypatch.setattr(Path, "write_bytes", full)
        monkeypatch.setattr(Path, "write_text", full)
        await pilot.press("w")
        await until(pilot, lambda: app.notices)
        assert app.notices[0].startswith("Not written: ")
        assert "No space left on device" in app.notices[0]
        assert list((present_folder / FOLDER).iterdir()) == []
        await pilot.press("y")
        await until(pilot, lambda: len(app.notices) == 2)
        assert app.clipboard.startswith("quizapp sim vanishing-gradients")
        assert "No space left on device" in app.notices[1]
        assert app.view.stage is Stage.DONE


async def test_a_sweep_in_sight_is_what_is_copied() -> None:
    """Its command names the swept values, the other knobs as they are, and this one seed."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        app.host.runs[-1].finish()
        await until(pilot, lambda: app.view.stage is Stage.DONE)
        await pilot.press("k")
        await until(pilot, lambda: app.view.stage is Stage.SWEEPING)
        await pilot.press("y")
        await until(pilot, lambda: app.notices)
        assert app.clipboard.startswith("quizapp sim vanishing-gradients --sweep depth=2,16,30,")
        assert " --set width=32 " in app.clipboard
        assert "--set depth" not in app.clipboard
        assert app.clipboard.endswith("--seed 7 --seeds 1 --device cpu")


async def test_a_sweep_in_sight_is_what_is_written(present_folder: Path) -> None:
    """Its figures value by value, a chart of each measure, and the command that makes the sweep again."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        app.host.runs[-1].finish()
        await until(pilot, lambda: app.view.stage is Stage.DONE)
        await pilot.press("k")
        await until(pilot, lambda: app.view.stage is Stage.SWEEPING and len(app.host.runs) == 2)
        app.host.runs[-1].finish()
        await until(pilot, lambda: app.view.sweep is not None and app.view.sweep.found)
        await pilot.press("w")
        await until(pilot, lambda: app.notices)
        assert app.view.sweep is not None
        assert "command.txt, sweep.csv, " in app.notices[0]
        assert app.notices[0].endswith(f"{3 * len(app.view.sweep.measures)} charts")
        (folder,) = (present_folder / FOLDER).iterdir()
        assert folder.name == "vanishing-gradients-sweep-depth-seed7"
        assert (folder / "sweep.csv").read_text().splitlines()[:2] == ["depth,measure,value", "2,slope,-0.1"]
        assert (
            (folder / "command.txt").read_text().startswith("quizapp sim vanishing-gradients --sweep depth=")
        )
        charts = {path.suffix for path in folder.glob("chart-slope.*")}
        assert charts == {".svg", ".png", ".txt"}


async def test_both_have_a_name_in_the_palette() -> None:
    """Their descriptions are there for the help and the command palette."""
    app = Stand()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        bindings = {binding.binding.id for binding in app.screen.active_bindings.values()}
        assert {"simulation.copy", "simulation.write"} <= bindings
