"""The JSON Lines that simulations speak: frames, claims, outcomes. Loads no torch.

Every line is strict JSON: a number that JSON does not have is the string "NaN", "Infinity" or "-Infinity".
A frame line is `{"type":"frame","step":..,"total":..,"scalars":{..},"series":{..},"theory":{..},"event":..}`. The last
line of a run is `{"type":"done","simulation":..,"seed":..,"device":..,"knobs":{..},"claims":[..],"outcome":..,
"explanation":..}`; a run that was stopped early has no claims, the outcome null and no explanation. The frames of a
band over seeds have `"seeds":..,"low":{..},"high":{..}` too. The worker adds `"v"` and `"run"` to each.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sims.protocol.claims import Claim, Outcome
from sims.protocol.frames import Band, Frame
from sims.protocol.knobs import knob_values
from sims.protocol.simulation import Result

VERSION = 1

Message = dict[str, Any]


class MessageError(ValueError):
    """A line is not a message: not JSON, not an object, or without the fields that its type has."""


def encode(message: Mapping[str, Any]) -> str:
    """Return the message as one line of strict JSON, without the line's end."""
    return json.dumps(_strict(message), allow_nan=False, separators=(",", ":"))


def decode(line: str | bytes) -> Message:
    """Return the message of one line, its non-finite numbers still strings: the readers below turn them back.

    Raises:
        MessageError: It is no JSON object.
    """
    try:
        message = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise MessageError(f"not a line of JSON: {error}") from error
    if not isinstance(message, dict):
        raise MessageError(f"not a JSON object: {line[:80]!r}")
    return message


def frame_message(frame: Frame) -> Message:
    """Return the message that carries a frame or a band."""
    message: Message = {
        "type": "frame",
        "step": frame.step,
        "total": frame.total,
        "scalars": dict(frame.scalars),
        "series": dict(frame.series),
        "theory": dict(frame.theory),
        "event": frame.event,
    }
    if isinstance(frame, Band):
        message |= {"seeds": frame.seeds, "low": dict(frame.low), "high": dict(frame.high)}
    return message


class FrameEncoder:
    """Encodes the frames of one run, fast: for somebody who draws them.

    Curves have nine significant digits, which is exact for 32-bit floats (but for the sign of zero) and more than any
    screen shows; all seventeen would take three times as long. Theory that stays the same from frame to frame is encoded
    once.
    """

    def __init__(self, fields: Mapping[str, Any]) -> None:
        """Put these fields at the head of every line."""
        self._fields = dict(fields)
        self._theory: Mapping[str, tuple[float, ...]] | None = None
        self._encoded_theory = ""

    def encode(self, frame: Frame) -> str:
        """Return the frame as one line: what `encode(fields | frame_message(frame))` gives but for order and digits."""
        if self._theory is None or frame.theory != self._theory:
            self._theory = dict(frame.theory)
            self._encoded_theory = _encoded_curves(self._theory)
        message = frame_message(frame)
        curves = [("series", _encoded_curves(frame.series)), ("theory", self._encoded_theory)]
        if isinstance(frame, Band):
            curves += [("low", _encoded_curves(frame.low)), ("high", _encoded_curves(frame.high))]
        for name, _ in curves:
            del message[name]
        tail = "".join(f',"{name}":{encoded}' for name, encoded in curves)
        return f"{encode(self._fields | message)[:-1]}{tail}}}"


def _encoded_curves(curves: Mapping[str, tuple[float, ...]]) -> str:
    named = (f"{_encoded_name(name)}:[{_encoded_curve(curve)}]" for name, curve in curves.items())
    return f"{{{','.join(named)}}}"


def _encoded_curve(curve: Sequence[float]) -> str:
    if math.isfinite(sum(curve)):
        return _nine_digits(len(curve)) % tuple(curve)
    return ",".join(f"{value:.9g}" if math.isfinite(value) else f'"{_name(value)}"' for value in curve)


@lru_cache(maxsize=1024)
def _encoded_name(name: str) -> str:
    return json.dumps(name)


@lru_cache(maxsize=1024)
def _nine_digits(count: int) -> str:
    return ",".join(["%.9g"] * count)


def read_frame(message: Mapping[str, Any]) -> Frame:
    """Return the frame, or the band, that a message carries.

    Raises:
        MessageError: A field is missing or not of its type.
    """
    try:
        fields: dict[str, Any] = {
            "step": int(message["step"]),
            "total": int(message["total"]),
            "scalars": {str(name): _number(value) for name, value in message["scalars"].items()},
            "series": _read_curves(message["series"]),
            "theory": _read_curves(message["theory"]),
            "event": str(message["event"]),
        }
        if "seeds" not in message:
            return Frame(**fields)
        low, high = _read_curves(message["low"]), _read_curves(message["high"])
        return Band(**fields, seeds=int(message["seeds"]), low=low, high=high)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MessageError(f"not a frame: {error!r}") from error


def claim_message(claim: Claim) -> Message:
    """Return a claim with its verdict, as it stands in a `done` line."""
    return {
        "id": claim.id,
        "statement": claim.statement,
        "expected": claim.expected,
        "measured": claim.measured,
        "tolerance": claim.tolerance,
        "holds": claim.holds,
        "source": claim.source,
    }


def read_claim(message: Mapping[str, Any]) -> Claim:
    """Return the claim; whether it holds follows from its figures again.

    Raises:
        MessageError: A field is missing or not of its type.
    """
    try:
        return Claim(
            id=str(message["id"]),
            statement=str(message["statement"]),
            expected=_number(message["expected"]),
            measured=_number(message["measured"]),
            tolerance=_number(message["tolerance"]),
            source=str(message["source"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MessageError(f"not a claim: {error!r}") from error


def outcome_message(outcome: Outcome) -> Message:
    """Return an outcome as it stands in a `done` line."""
    return {"truth": outcome.truth, "reason": outcome.reason}


def read_outcome(message: Mapping[str, Any]) -> Outcome:
    """Return the outcome; the texts "NaN", "Infinity" and "-Infinity" are read as the numbers.

    Raises:
        MessageError: A field is missing or not of its type.
    """
    try:
        truth, reason = message["truth"], str(message["reason"])
        if isinstance(truth, list):
            return Outcome(tuple(map(_number, truth)), reason)
        if isinstance(truth, str) and truth not in _NON_FINITE:
            return Outcome(truth, reason)
        return Outcome(_number(truth), reason)
    except (KeyError, TypeError, ValueError) as error:
        raise MessageError(f"not an outcome: {error!r}") from error


def done_message(result: Result[Any]) -> Message:
    """Return the last message of a run."""
    return {
        "type": "done",
        "simulation": result.simulation.header.name,
        "seed": result.context.seed,
        "device": result.context.device,
        "knobs": knob_values(result.knobs),
        "claims": [claim_message(claim) for claim in result.claims],
        "outcome": outcome_message(result.outcome) if result.last.is_last else None,
        "explanation": result.explanation,
    }


_NON_FINITE = ("NaN", "Infinity", "-Infinity")


def _strict(value: Any) -> Any:
    """Return the value with non-finite numbers as strings; what holds none is returned as it is."""
    if isinstance(value, float):
        return value if math.isfinite(value) else _name(value)
    if isinstance(value, Mapping):
        return {str(name): _strict(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return _strict_values(value)
    return value


def _strict_values(values: Sequence[Any]) -> Sequence[Any]:
    """Return the same of a sequence; a curve of finite numbers, the usual case, is looked at in C alone."""
    try:
        if all(map(math.isfinite, values)):
            return values
        return [value if math.isfinite(value) else _name(value) for value in values]
    except (TypeError, OverflowError):  # not all of them are numbers, or one is an integer beyond floats
        return [_strict(value) for value in values]


def _name(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _number(value: object) -> float:
    """Return the number that a JSON value stands for.

    Raises:
        TypeError, ValueError: It stands for none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(f"{value!r} is no number")
    if isinstance(value, str) and value not in _NON_FINITE:
        raise ValueError(f"{value!r} is no number")
    return float(value)


def _read_curves(curves: Mapping[str, Any]) -> dict[str, tuple[float, ...]]:
    """Return the curves by name."""
    return {str(name): tuple(_number(value) for value in values) for name, values in curves.items()}


def _refuse(constant: str) -> float:
    """Refuse the bare NaN and Infinity that Python's reader would take."""
    raise ValueError(f"{constant} is not JSON")
