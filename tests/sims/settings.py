"""Each simulation's settings for tests that need a quick run, and those that turned knobs are added to."""

from sims.protocol import KnobValue

SMALL: dict[str, dict[str, KnobValue]] = {
    "vanishing-gradients": {"depth": 6, "width": 32},
    "scale-explosion": {"depth": 6},
    "densenet-concat": {"depth": 3, "k": 4},
    "bottleneck": {"channels": "64"},
    "projection-shortcut": {},
    "learning-identity": {"deepest": 2, "width": 4},
    "layer-lesion": {"depth": 4, "plain_depth": 2, "steps": 50},
    "layer-lens": {"depth": 4, "plain_depth": 2, "steps": 50},
    "stochastic-depth": {"depth": 4, "steps": 50},
    "path-lengths": {"blocks": 6},
    "rank-collapse": {"depth": 3},
    "pre-post-norm": {"depth": 3, "sweep": "off"},
    "degradation": {"deepest": "16", "steps": 50},
    "warmup": {"layers": 2, "steps": 20},
    "branch-weight": {"depth": 16},
    "missing-skips": {"depth": 8},
    "depth-returns": {"steps": 50},
    "gradient-profile": {"depth": 4},
    "shattered-gradients": {"depth": 3},
    "one-step-change": {"deepest": "16", "width": 32},
    "highway-gate": {"depth": 4},
    "largest-learning-rate": {"deepest": 4, "steps": 50},
    "squeeze-excitation": {"steps": 20},
}
"""The quickest run that still does everything."""

SHORTER: dict[str, dict[str, KnobValue]] = {
    "vanishing-gradients": {"depth": 20},
    "scale-explosion": {"depth": 32},
    "densenet-concat": {},
    "bottleneck": {"channels": "64"},
    "projection-shortcut": {},
    "layer-lesion": {"depth": 16, "plain_depth": 6},
    "learning-identity": {"deepest": 8},
    "layer-lens": {"depth": 16, "plain_depth": 6},
    "stochastic-depth": {},
    "path-lengths": {"blocks": 20},
    "rank-collapse": {},
    "pre-post-norm": {"sweep": "off"},
    "degradation": {"deepest": "16"},
    "warmup": {"layers": 2, "steps": 40},
    "branch-weight": {"depth": 16},
    "missing-skips": {"depth": 8},
    "depth-returns": {"steps": 50},
    "gradient-profile": {"depth": 12},
    "shattered-gradients": {"depth": 16},
    "one-step-change": {"deepest": "32"},
    "highway-gate": {"depth": 12},
    "largest-learning-rate": {"deepest": 8, "steps": 50},
    "squeeze-excitation": {"steps": 40},
}
"""A run whose claims still hold, and to which one knob at one of its ends is added."""
