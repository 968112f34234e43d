"""The frames that are kept for pictures belong to the simulations as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest

from sims import catalogue, golden, runner
from sims.__main__ import main
from sims.protocol import Frame
from sims.verbs.golden import shortened

HINT = "run `python -m sims golden {name}` and commit what it writes"


@pytest.mark.parametrize("name", catalogue.NAMES)
def test_each_simulation_has_its_frame(name: str) -> None:
    """It is the last one, with every series that a view draws, and with theory only under what was measured."""
    frame = catalogue.golden(name)
    assert frame is not None, HINT.format(name=name)
    assert frame.is_last
    for view in catalogue.get(name).views:
        for key in (*view.series, *((view.x,) if view.x else ())):
            assert key in frame.series, HINT.format(name=name)
    assert set(frame.theory) <= set(frame.series)


def test_no_frame_is_left_of_a_simulation_that_went() -> None:
    """The folder holds the frames of those that are there, and nothing else is taken for one."""
    kept = {path.stem for path in Path(golden.__path__[0]).glob("*.json")}
    assert kept == set(catalogue.NAMES)
    assert catalogue.golden("../golden/scale-explosion") is None
    assert catalogue.golden("nothing") is None


def test_the_command_writes_what_a_run_ends_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file holds the last frame of a run at the defaults, to five digits; other names are refused."""
    monkeypatch.setattr(golden, "__path__", [str(tmp_path)])
    assert main(["golden", "densenet-concat", "--jobs=1"]) == 0
    assert "densenet-concat.json" in capsys.readouterr().out
    frame = runner.result("densenet-concat", device="cpu").last
    again = catalogue.golden("densenet-concat")
    assert repr(again) == repr(shortened(frame))  # NaN is equal to itself there
    assert main(["golden", "nothing"]) == 2


def test_shortened_numbers_stay_numbers() -> None:
    """Five digits; infinities and NaN stay as they are."""
    frame = Frame(1, 1, {"a": 1.23456789}, {"b": (float("inf"), 1e-30, float("nan"))})
    short = shortened(frame)
    assert short.scalars["a"] == 1.2346
    assert short.series["b"][:2] == (float("inf"), 1e-30)
    assert short.series["b"][2] != short.series["b"][2]
