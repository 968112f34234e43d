"""Running simulations in this process, and the CUDA device where there is one."""

import math
import shlex
from itertools import pairwise

import pytest

from sims import catalogue, runner
from sims.catalogue import UnknownSimulation
from sims.protocol import Claim, KnobError, reproduce
from sims.runner import DeviceError


def test_run_stops_after_the_steps_asked_for() -> None:
    """`steps` frames come, none for 0, all when there are fewer."""
    for steps, count in ((0, 0), (3, 3), (1000, 6)):
        frames = list(runner.run("scale-explosion", {"depth": 6}, device="cpu", steps=steps))
        assert len(frames) == count


def test_wrong_requests_are_refused_before_any_frame() -> None:
    """Unknown names, knobs and devices raise when the run is asked for."""
    with pytest.raises(UnknownSimulation):
        runner.run("nothing")
    with pytest.raises(KnobError, match="has no knob 'x'"):
        runner.run("scale-explosion", {"x": 1})
    with pytest.raises(KnobError, match="takes -1 to 1"):
        runner.run("scale-explosion", {"c": math.nan})
    with pytest.raises(DeviceError, match="there are"):
        runner.run("scale-explosion", device="abacus")


def test_auto_takes_the_first_device_and_cpu_is_always_there() -> None:
    """`auto` is the fastest device found; the CPU ends the list."""
    found = runner.devices()
    assert found[-1] == "cpu"
    assert runner.pick_device("auto") == found[0]
    assert runner.pick_device("cpu") == "cpu"
    assert runner.pick_device("auto", preferred="cpu") == "cpu"
    assert runner.pick_device("auto", preferred="abacus") == found[0]


def test_run_stopped_early_claims_nothing() -> None:
    """A result before the last frame has no claims; without a frame there is no result."""
    prepared = runner.prepare(catalogue.get("scale-explosion"), {"depth": 6}, device="cpu")
    with pytest.raises(ValueError, match="without a frame"):
        _ = prepared.result
    first = next(prepared)
    assert not first.is_last
    assert prepared.result.claims == ()
    for _ in prepared:
        pass
    assert prepared.is_over
    assert prepared.result.claims


def test_settings_are_texts_or_numbers() -> None:
    """A knob takes its value as the text of a command line or as a number."""
    texts = runner.result("scale-explosion", {"depth": "4", "c": "0.5"}, device="cpu")
    numbers = runner.result("scale-explosion", {"depth": 4, "c": 0.5}, device="cpu")
    assert texts.knobs == numbers.knobs
    assert repr(texts.last) == repr(numbers.last)


def test_command_line_of_a_result_reproduces_it() -> None:
    """The printed command names every knob, the seed and the device, and gives the same last frame."""
    result = runner.result("vanishing-gradients", {"depth": 3, "gain": 1.05, "width": 32}, 7, "cpu")
    words = shlex.split(reproduce(result))
    assert words[:3] == ["quizapp", "sim", "vanishing-gradients"]
    settings = dict(word.split("=", 1) for flag, word in pairwise(words) if flag == "--set")
    seed, device = (words[words.index(flag) + 1] for flag in ("--seed", "--device"))
    again = runner.result(words[2], settings, int(seed), device)
    assert again.knobs == result.knobs
    assert repr(again.last) == repr(result.last)


@pytest.mark.parametrize(
    ("expected", "measured", "tolerance", "holds"),
    [
        (1.0, 1.1, 0.2, True),
        (1.0, 1.3, 0.2, False),
        (1.0, math.nan, math.inf, False),
        (math.nan, math.nan, 1.0, False),
        (1.0, 1.0, math.nan, True),
        (1.0, 1.1, math.nan, False),
        (math.inf, math.inf, 0.0, True),
        (math.inf, -math.inf, 1.0, False),
    ],
)
def test_nan_never_holds(expected: float, measured: float, tolerance: float, holds: bool) -> None:
    """A claim holds within its tolerance; NaN is not, equal infinities are."""
    assert Claim("", "", expected, measured, tolerance, "").holds is holds


def _has_cuda() -> bool:
    import torch

    return torch.cuda.is_available()


@pytest.mark.gpu
@pytest.mark.parametrize("name", catalogue.names())
def test_cuda_measures_what_the_cpu_measures(name: str) -> None:
    """On CUDA the claims hold too, and the measured figures are the CPU's to 1 %: the weights are the same."""
    if not _has_cuda():
        pytest.skip("torch finds no CUDA device here")
    on_cpu, on_cuda = (runner.result(name, device=device).claims for device in ("cpu", "cuda"))
    assert [claim for claim in on_cuda if not claim.holds] == []
    for cpu, cuda in zip(on_cpu, on_cuda, strict=True):
        assert cuda.measured == pytest.approx(cpu.measured, rel=0.01)
