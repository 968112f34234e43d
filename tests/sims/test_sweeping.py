"""Sweeps: each value over each seed, the spread, the claims held, and what is refused."""

import json
import math
import statistics

import pytest

from sims import runner
from sims.__main__ import main
from sims.protocol import KnobError
from sims.sweeping import SweptRow, UnknownMeasure, planned, sweep

QUICK = {"width": 32}


def swept(text: str, *measures: str, seeds: int = 2, jobs: int = 1) -> list[SweptRow]:
    """Return the rows of a sweep of a small net."""
    asked = planned("vanishing-gradients", text, QUICK, "cpu")
    return [row for rows in sweep(asked, range(seeds), jobs, measures) for row in rows]


def test_rows_are_what_single_runs_measure() -> None:
    """Median, least and greatest are those of the runs themselves, value by value."""
    rows = swept("depth=4,6", "plain", seeds=3)
    assert [(row.value, row.measure, row.seeds) for row in rows] == [(4, "plain", 3), (6, "plain", 3)]
    for row in rows:
        settings = {**QUICK, "depth": row.value}
        runs = [runner.result("vanishing-gradients", settings, seed, "cpu") for seed in range(3)]
        plain = [run.last.scalars["plain"] for run in runs]
        assert (row.median, row.low, row.high) == (statistics.median(plain), min(plain), max(plain))


def test_processes_change_nothing() -> None:
    """Two processes give the rows of one; without a measure every scalar is told."""
    assert str(swept("depth=4,6", jobs=2)) == str(swept("depth=4,6"))
    assert len({row.measure for row in swept("depth=4")}) > 4


def test_claims_are_counted_and_measured() -> None:
    """A claim's id is a measure, NaN where it is not made; held claims are counted over the seeds."""
    asked = planned("vanishing-gradients", "activation=relu,tanh", {"depth": "8"}, "cpu")
    relu, tanh = (row for rows in sweep(asked, range(2), 1, ["residual-slope"]) for row in rows)
    assert (relu.held, relu.claims, tanh.claims) == (4, 4, 2)
    assert relu.median == pytest.approx(0.2967, abs=0.02)
    assert math.isnan(tanh.median)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("depth", "takes knob=value,value"),
        ("depth=", "takes knob=value,value"),
        ("nothing=1,2", "has no knob"),
        ("depth=4,1000", "takes 2 to 100"),
        ("width=32,64", "it is set to 32, too"),
    ],
)
def test_impossible_sweeps_are_refused_before_they_run(text: str, words: str) -> None:
    """A knob that is not there, a value out of range, a knob that is set as well."""
    with pytest.raises(KnobError, match=words):
        planned("vanishing-gradients", text, QUICK, "cpu")


def test_an_unknown_measure_is_refused_with_those_that_there_are() -> None:
    """Its message names scalars and claims."""
    with pytest.raises(UnknownMeasure, match=r"measures plain, .*residual-slope"):
        swept("depth=4", "nothing")


def test_the_command_writes_a_table_or_one_array(capsys: pytest.CaptureFixture[str]) -> None:
    """A line a row for people, an array for scripts; progress stays on stderr."""
    words = ["vanishing-gradients", "--set=width=32", "--sweep=depth=4,6", "--seeds=2", "--jobs=1"]
    assert main([*words, "--measure=plain"]) == 0
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.out.splitlines()] == ["depth", "4", "6"]
    assert told.err == "4 runs, 1 at a time\n"
    assert main([*words, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["value"] for row in rows} == {4, 6}
    assert set(rows[0]) == {
        "knob", "value", "measure", "seeds", "median", "min", "max", "claims", "held",
    }  # fmt: skip
    assert main([*words, "--steps=2"]) == 2
    assert main([*words, "--measure=nothing"]) == 2


def test_a_sweep_begins_at_the_seed_that_is_asked_for() -> None:
    """The seeds are counted from the first one: two from seed 3 are 3 and 4."""
    asked = planned("scale-explosion", "depth=8", {}, "cpu")
    (both,), *apart = (
        [row for rows in sweep(asked, seeds, 1, ["naive-growth"]) for row in rows]
        for seeds in (range(3, 5), range(3, 4), range(4, 5))
    )
    assert {both.low, both.high} == {row.median for rows in apart for row in rows}
