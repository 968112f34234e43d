"""The interface: app, screens, widgets. `SimulationView` and its `SimulationHost` embed in any Textual app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizapp.services.simulation_host import SimulationHost
    from quizapp.tui.widgets.simulation_view import SimulationView

__all__ = ["SimulationHost", "SimulationView"]


def __getattr__(name: str) -> Any:
    """Import what others embed when they ask for it, so that `import quizapp.tui` stays cheap."""
    if name == "SimulationView":
        from quizapp.tui.widgets.simulation_view import SimulationView

        return SimulationView
    if name == "SimulationHost":
        from quizapp.services.simulation_host import SimulationHost

        return SimulationHost
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
