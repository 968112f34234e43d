"""The backups on the screen: listed, taken, and put back after a question."""

from __future__ import annotations

import os
from pathlib import Path

from quizapp.core.memory import Rating
from quizapp.services import backups
from quizapp.tui.screens.backups import BackupsScreen, ConfirmRestoreScreen
from quizapp.tui.screens.home import HomeScreen
from tests.learner import Learner
from tests.tui.desk import Desk, at_home


def lines(desk: Desk) -> list[str]:
    """Return the lines of the list."""
    return [line.strip() for line in desk.shown if " entries " in line or " entry " in line]


def harm(path: Path) -> None:
    """Write over the last page of a database."""
    with path.open("r+b") as file:
        file.seek(-4096, os.SEEK_END)
        file.write(b"\xff" * 4096)


def answer(learner: Learner) -> None:
    """Rate the next card Easy, in a session that is left again."""
    study = learner.begin()
    study.answer(Rating.EASY, 1000)
    study.leave()


async def test_backups_are_listed_taken_and_restored(learner: Learner) -> None:
    """With date, size, entries and reason; the present state is backed up first."""
    learner.learn("Alpha")
    learner.learn("Beta")
    answer(learner)
    backups.take(learner.workspace, backups.DAILY)
    learner.clock.forward(hours=1)
    answer(learner)
    async with at_home(learner) as desk:
        assert "2 done" in "\n".join(desk.shown)
        await desk.press("comma", "B")
        assert desk.is_on(BackupsScreen)
        (line,) = lines(desk)
        assert line.startswith("2026-03-02 09:00")
        assert "1 entry" in line
        assert "daily" in line
        await desk.press("n")
        assert ["2 entries" in line for line in lines(desk)] == [True, False]
        await desk.press("down", "enter")
        assert desk.is_on(ConfirmRestoreScreen)
        await desk.press("escape")
        assert desk.is_on(BackupsScreen)
        await desk.press("enter", "y")
        await desk.until(lambda: len(lines(desk)) == 3)
        await desk.press("escape", "escape")
        assert desk.is_on(HomeScreen)
        assert "1 done" in "\n".join(desk.shown)
        await desk.press("a", "space", "4")
        assert len(desk.reviews()) == 2


async def test_backups_are_read_again_on_demand(learner: Learner) -> None:
    """To their last page: one that is damaged is marked, though its first pages can be read."""
    learner.learn("Alpha")
    answer(learner)
    backups.take(learner.workspace, backups.DAILY)
    learner.clock.forward(hours=1)
    damaged = backups.take(learner.workspace, backups.BY_HAND).path
    harm(damaged)
    async with at_home(learner) as desk:
        await desk.press("comma", "B")
        assert "Each was read to its last page when it was taken; v does so again." in "\n".join(desk.shown)
        assert len(lines(desk)) == 2
        await desk.press("v")
        assert "Each was read to its last page just now." in "\n".join(desk.shown)
        assert "✓ whole: it restores   ✗ damaged: it does not" in "\n".join(desk.shown)
        assert [line[0] for line in lines(desk)] == ["✗", "✓"]


async def test_without_a_backup_it_is_said_what_to_do(learner: Learner) -> None:
    """Nothing can be restored, and no key breaks anything."""
    learner.learn("Alpha")
    async with at_home(learner, size=(60, 18)) as desk:
        await desk.press("comma", "B", "enter", "r", "down")
        assert desk.is_on(BackupsScreen)
        assert "No backup yet" in "\n".join(desk.shown)


async def test_a_backup_that_cannot_be_taken_is_told(learner: Learner) -> None:
    """A file stands where the folder should; nothing is lost."""
    learner.learn("Alpha")
    (learner.home / "backups").touch()
    async with at_home(learner) as desk:
        await desk.press("comma", "B", "n")
        assert any("failed" in notice or "cannot" in notice for notice in desk.notices)
        assert desk.is_on(BackupsScreen)
