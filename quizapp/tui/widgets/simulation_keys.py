"""The keys of a simulation. Those that stand first are the first to have room in the footer."""

from textual.binding import Binding, BindingType

SIMULATION_KEYS: list[BindingType] = [
    Binding("space", "run", "Run", id="simulation.run"),
    Binding("full_stop", "step", "Step", id="simulation.step", key_display="."),
    Binding("r", "restart", "Again", id="simulation.restart"),
    Binding("s", "new_seed", "Seed", id="simulation.seed"),
    Binding("d", "next_device", "Device", id="simulation.device"),
    Binding("p", "predict", "Predict", id="simulation.predict"),
    Binding("v", "next_view", "View", id="simulation.view"),
    Binding("pageup", "scroll_findings(-1)", "Scroll the claims up", id="simulation.up", show=False),
    Binding("pagedown", "scroll_findings(1)", "Scroll the claims down", id="simulation.down", show=False),
    Binding("escape", "close", "Close", id="simulation.close"),
    Binding("f", "full_speed", "Fast", id="simulation.speed"),
    Binding("h", "about", "About", id="simulation.about"),
    Binding(
        "y", "copy_command", "Copy", id="simulation.copy", tooltip="Copy the command that runs this again"
    ),
    Binding(
        "w",
        "write_run",
        "Write",
        id="simulation.write",
        tooltip="Write the frames and the charts into a folder",
    ),
]
