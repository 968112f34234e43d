"""Each simulation's settings for tests that need a quick run, and those that turned knobs are added to."""

from sims.protocol import KnobValue

SMALL: dict[str, dict[str, KnobValue]] = {
    "vanishing-gradients": {"depth": 6, "width": 32},
    "scale-explosion": {"depth": 6},
    "densenet-concat": {"depth": 3, "k": 4},
    "rank-collapse": {"depth": 3},
    "pre-post-norm": {"depth": 3, "sweep": "off"},
    "warmup": {"layers": 2, "steps": 20},
    "squeeze-excitation": {"steps": 20},
}
"""The quickest run that still does everything."""

SHORTER: dict[str, dict[str, KnobValue]] = {
    "vanishing-gradients": {"depth": 20},
    "scale-explosion": {"depth": 32},
    "densenet-concat": {},
    "rank-collapse": {},
    "pre-post-norm": {"sweep": "off"},
    "warmup": {"layers": 2, "steps": 40},
    "squeeze-excitation": {"steps": 40},
}
"""A run whose claims still hold, and to which one knob at one of its ends is added."""
