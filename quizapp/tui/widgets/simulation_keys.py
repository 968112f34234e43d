"""The keys of a simulation. Those that stand first are the first to have room in the footer."""

from typing import Any

from textual.binding import Binding, BindingType


def _key(key: str, action: str, words: str, name: str, about: str = "", **options: Any) -> Binding:
    return Binding(key, action, words, id=f"simulation.{name}", tooltip=about, **options)


SIMULATION_KEYS: list[BindingType] = [
    _key("space", "run", "Run", "run", "Run, pause, go on"),
    _key("full_stop", "step", "Step", "step", "Compute one frame", key_display="."),
    _key("r", "restart", "Rerun", "restart", "Run again from the same seed"),
    _key("v", "next_view", "View", "view", "The next view; of a sweep, the next measure"),
    _key(
        "a",
        "pin",
        "Compare",
        "pin",
        "Keep this run as A and compare the next ones with it; again: stop comparing",
    ),
    _key(
        "b",
        "band",
        "Band",
        "band",
        "Run 8 seeds: the median, and a band from the least to the largest; again: one seed",
    ),
    _key("k", "sweep", "Sweep", "sweep", "Run over the range of the knob that takes the arrow keys"),
    _key("left_square_bracket", "look(-1)", "Frames", "back", "The frame before", key_display="[ ]"),
    _key("right_square_bracket", "look(1)", "The next frame", "forward", show=False),
    _key("home", "look(-1000000)", "The first frame", "first", show=False),
    _key("end", "look(1000000)", "The newest frame", "newest", show=False),
    _key(
        "h",
        "about",
        "About",
        "about",
        "Why this run's figures are what they are, and what the simulation claims",
    ),
    _key("p", "predict", "Predict", "predict", "Predict the run with these knobs"),
    _key("s", "new_seed", "Seed", "seed", "Run from the next seed"),
    _key("l", "toggle_log('y')", "Log y", "log-y", "The y axis linear or logarithmic"),
    _key("L", "toggle_log('x')", "Log x", "log-x", "The x axis linear or logarithmic"),
    _key("o", "beside", "Side by side", "beside", "The compared runs in one chart, or in two"),
    _key("y", "copy_command", "Copy", "copy", "Copy the command that runs this again"),
    _key("w", "write_run", "Write", "write", "Write the frames and the charts into a folder"),
    _key("d", "next_device", "Device", "device", "Run on the next device"),
    _key("f", "full_speed", "Fast", "speed", "Show every frame as soon as it is there"),
    _key("pageup", "scroll_findings(-1)", "Scroll the claims up", "up", show=False),
    _key("pagedown", "scroll_findings(1)", "Scroll the claims down", "down", show=False),
    _key("escape", "close", "Close", "close"),
]
