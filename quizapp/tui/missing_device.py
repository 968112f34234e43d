"""Says once that the device of the settings is not on this machine, and where simulations run in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.tui.key_words import keyed

if TYPE_CHECKING:
    from textual.app import App

    from quizapp.services.simulation_messages import Host


def tell_missing_device(app: App[Any], host: Host) -> None:
    """Follow a host, and say so once for each device that the settings name in vain. Returns at once."""
    app.run_worker(_follow(app, host), group="missing-device", exit_on_error=False)


async def _follow(app: App[Any], host: Host) -> None:
    told = ""
    async for state in host.states():
        if state.missing and state.missing != told:
            told = state.missing
            app.notify(
                f"The settings name the device {told!r}, which torch does not find here. "
                f"Simulations run on {state.device} instead. "
                + keyed("{home.settings=,} on Home changes it."),
                title="No such device",
                severity="warning",
                timeout=12,
                markup=False,
            )
