"""Each simulation's settings for tests that need a quick run, and those that turned knobs are added to."""

from sims.protocol import KnobValue

SMALL: dict[str, dict[str, KnobValue]] = {
    "vanishing-gradients": {"depth": 6, "width": 32},
    "scale-explosion": {"depth": 6},
    "densenet-concat": {"depth": 3, "k": 4},
    "path-lengths": {"blocks": 6},
    "gradient-profile": {"depth": 4},
    "highway-gate": {"depth": 4},
}
"""The quickest run that still does everything."""

SHORTER: dict[str, dict[str, KnobValue]] = {
    "vanishing-gradients": {"depth": 20},
    "scale-explosion": {"depth": 32},
    "densenet-concat": {},
    "path-lengths": {"blocks": 20},
    "gradient-profile": {"depth": 12},
    "highway-gate": {"depth": 12},
}
"""A run whose claims still hold, and to which one knob at one of its ends is added."""
