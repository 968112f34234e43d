"""Use cases that take more than a moment say so while they run."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from unittest.mock import Mock

from quizapp.tui import turns
from quizapp.tui.turns import announced

if TYPE_CHECKING:
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
