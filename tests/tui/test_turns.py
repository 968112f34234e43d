"""Use cases that take more than a moment say so while they run."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from unittest.mock import Mock

from quizapp.tui import turns
from quizapp.tui.turns import announced, counted

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


async def test_what_takes_long_is_announced_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done at once is not."""
    monkeypatch.setattr(turns, "SOON_S", 0.05)
    app, said = Mock(), threading.Event()
    assert await announced(app, lambda: 1, "Working …") == 1
    app.notify.assert_not_called()
    app.notify.side_effect = lambda *_, **__: said.set()
    assert await announced(app, lambda: said.wait(20), "Working …")
    assert app.notify.call_args.args == ("Working …",)


async def test_how_far_it_is_is_said_anew_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figure follows what the use case tells."""
    monkeypatch.setattr(turns, "SOON_S", 0.02)
    app, said = Mock(), threading.Event()

    def notify(words: str, **_: object) -> None:
        if "4,200 of 10,000" in words:
            said.set()

    app.notify.side_effect = notify

    def action(count: Callable[[int, int], None]) -> bool:
        count(4_200, 10_000)
        return said.wait(20)

    assert await counted(app, action, "Changing …")
    assert app.notify.call_args.args == ("Changing … 4,200 of 10,000 cards",)
