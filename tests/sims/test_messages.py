"""What goes over the wire comes back as it was, and every line is strict JSON."""

import contextlib
import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sims import runner
from sims.protocol import Claim, Frame, Outcome, messages
from sims.protocol.messages import MessageError

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
CURVES = st.dictionaries(st.text(), st.lists(NUMBERS, max_size=6).map(tuple), max_size=4)
FRAMES = st.builds(
    Frame,
    step=st.integers(0, 10**6),
    total=st.integers(0, 10**6),
    scalars=st.dictionaries(st.text(), NUMBERS, max_size=6),
    series=CURVES,
    theory=CURVES,
    event=st.text(),
)
CLAIMS = st.builds(
    Claim,
    id=st.text(),
    statement=st.text(),
    expected=NUMBERS,
    measured=NUMBERS,
    tolerance=NUMBERS,
    source=st.text(),
)


def refuse(constant: str) -> float:
    """Fail on NaN and Infinity as bare words, which are not JSON."""
    raise AssertionError(constant)


@given(FRAMES)
def test_frames_round_trip(frame: Frame) -> None:
    """A frame comes back with the same figures, NaN, both infinities and -0.0 included."""
    line = messages.encode(messages.frame_message(frame))
    assert "\n" not in line
    assert len(line.splitlines()) == 1
    json.loads(line, parse_constant=refuse)
    back = messages.read_frame(messages.decode(line))
    assert repr(back) == repr(frame)


@given(CLAIMS)
def test_claims_round_trip_with_their_verdict(claim: Claim) -> None:
    """A claim comes back, and the verdict on the wire is the one that its figures give again."""
    line = messages.encode(messages.claim_message(claim))
    message = messages.decode(line)
    back = messages.read_claim(message)
    assert repr(back) == repr(claim)
    assert message["holds"] == back.holds


# The three words that stand for non-finite numbers are no choices of a prediction.
TRUTHS = st.one_of(
    st.text().filter(lambda text: text not in {"NaN", "Infinity", "-Infinity"}),
    NUMBERS,
    st.lists(NUMBERS, max_size=6).map(tuple),
)


@given(st.text(), TRUTHS)
def test_outcomes_round_trip(reason: str, truth: str | float | tuple[float, ...]) -> None:
    """An outcome comes back as text, as a number or as a row of numbers."""
    back = messages.read_outcome(
        messages.decode(messages.encode(messages.outcome_message(Outcome(truth, reason))))
    )
    assert repr(back) == repr(Outcome(truth, reason))


def test_frame_line_has_the_public_form() -> None:
    """The keys of a frame line, their order and the non-finite strings are fixed."""
    frame = Frame(2, 9, {"a": math.nan}, {"b": (1.0, math.inf)}, {"b": (-math.inf,)}, "overflow")
    assert messages.encode(messages.frame_message(frame)) == (
        '{"type":"frame","step":2,"total":9,"scalars":{"a":"NaN"},"series":{"b":[1.0,"Infinity"]},'
        '"theory":{"b":["-Infinity"]},"event":"overflow"}'
    )


def test_done_line_has_the_public_form() -> None:
    """The last line names everything that the run can be reproduced by, the claims and the outcome."""
    done = messages.done_message(runner.result("densenet-concat", {"depth": 2}, seed=4, device="cpu"))
    assert list(done) == ["type", "simulation", "seed", "device", "knobs", "claims", "outcome", "explanation"]
    assert done["knobs"] == {"k": 12, "depth": 2, "k0": 24, "channels": 64}
    assert list(done["claims"][0]) == [
        "id",
        "statement",
        "expected",
        "measured",
        "tolerance",
        "holds",
        "source",
    ]
    assert set(done["outcome"]) == {"truth", "reason"}


@pytest.mark.parametrize("line", ["", "[]", "3", "{", '{"a":NaN}', '{"a":Infinity}', "[" * 100_000, b"\xff"])
def test_what_is_no_message_is_refused(line: str | bytes) -> None:
    """A line that is no JSON object raises MessageError and nothing else."""
    with pytest.raises(MessageError):
        messages.decode(line)


@pytest.mark.parametrize(
    "change",
    [{"step": "x"}, {"scalars": {"a": "1.5"}}, {"scalars": {"a": True}}, {"series": {"a": 3}}, {"theory": 1}],
)
def test_malformed_frames_are_refused(change: dict[str, object]) -> None:
    """A field of the wrong type raises MessageError."""
    message = messages.frame_message(Frame(1, 2))
    assert messages.read_frame(message) == Frame(1, 2)
    with pytest.raises(MessageError):
        messages.read_frame(message | change)


def test_missing_fields_are_refused() -> None:
    """A frame, a claim and an outcome without their fields raise MessageError."""
    for read in (messages.read_frame, messages.read_claim, messages.read_outcome):
        with pytest.raises(MessageError):
            read({})


def test_frame_encoder_agrees_with_encode() -> None:
    """The encoder of a run says of each frame what `encode` says of it, also when theory changes or holds NaN."""
    encoder = messages.FrameEncoder({"v": 1, "type": "frame", "run": 7})
    theories: list[dict[str, tuple[float, ...]]] = [
        {},
        {"a": (1.0, math.inf)},
        {"a": (1.0, math.inf)},
        {'"a"': (math.nan,), "empty": ()},
    ]
    for step, theory in enumerate(theories, start=1):
        frame = Frame(
            step, len(theories), {"x": math.nan}, {"a": (0.5, -math.inf), "b": (3, 1e300)}, theory, "event"
        )
        line = messages.decode(encoder.encode(frame))
        assert line == messages.decode(messages.encode({"v": 1, "run": 7} | messages.frame_message(frame)))


@given(st.lists(st.floats(), max_size=20))
def test_frame_encoder_keeps_nine_digits(curve: list[float]) -> None:
    """Of any floats, those that overflow a sum included; what has 32 bits comes back as it was, but for the sign of zero."""
    frame = Frame(1, 1, {}, {"curve": tuple(curve)}, {}, "")
    (read,) = messages.read_frame(
        messages.decode(messages.FrameEncoder({"type": "frame"}).encode(frame))
    ).series.values()
    assert len(read) == len(curve)
    for was, comes in zip(curve, read, strict=True):
        assert comes == pytest.approx(was, rel=5e-9, abs=5e-323, nan_ok=True)
        with contextlib.suppress(OverflowError):  # beyond 32 bits
            if in_32_bits(was) == was:
                assert in_32_bits(comes) == was


def in_32_bits(value: float) -> float:
    """Return the nearest 32-bit float."""
    (single,) = struct.unpack("f", struct.pack("f", value))
    assert isinstance(single, float)
    return single
