"""What a simulation is: knobs, frames, views, claims, a prediction, and their JSON Lines. Loads no torch."""

from __future__ import annotations

from sims.protocol.claims import Claim, ClaimSpec, Outcome, Prediction, PredictionKind
from sims.protocol.frames import Band, Frame, View, ViewKind
from sims.protocol.knobs import Knob, KnobError, KnobValue, choice, knob_values, knobs_of, number, whole
from sims.protocol.simulation import Batched, Context, Header, Result, Simulation, knobs_from_text, reproduce

__all__ = [
    "Band",
    "Batched",
    "Claim",
    "ClaimSpec",
    "Context",
    "Frame",
    "Header",
    "Knob",
    "KnobError",
    "KnobValue",
    "Outcome",
    "Prediction",
    "PredictionKind",
    "Result",
    "Simulation",
    "View",
    "ViewKind",
    "choice",
    "knob_values",
    "knobs_from_text",
    "knobs_of",
    "number",
    "reproduce",
    "whole",
]
