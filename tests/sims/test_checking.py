"""Checks run side by side: the same rows in the same order, a broken simulation costs itself, the page is exact."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sims import catalogue
from sims.__main__ import main
from sims.catalogue import UnknownSimulation
from sims.checking import CheckedRun, check, chosen
from sims.claims_report import claims_report
from sims.protocol import Claim, Frame
from sims.scale_explosion import Knobs, ScaleExplosion

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"


def made(id: str, seed: int, measured: float) -> CheckedRun:  # noqa: A002 - the claim's own word
    """Return a run of one claim that expects 1 within 0.5."""
    return CheckedRun("scale-explosion", seed, (Claim(id, "a | b", 1.0, measured, 0.5, "a source"),))


def page(runs: list[CheckedRun]) -> str:
    """Return the page of these runs."""
    return claims_report(runs, command="sim check", torch_version="2.0", device="cpu")


def test_side_by_side_is_the_same_as_one_by_one() -> None:
    """Two processes give the rows of one, in the order of the names and the seeds."""
    names = ["densenet-concat", "scale-explosion"]
    one = list(check(names, (0, 1)))
    assert list(check(names, (0, 1), jobs=2)) == one
    assert [(run.simulation, run.seed) for run in one] == [(name, seed) for name in names for seed in (0, 1)]
    assert all(run.holds for run in one)


def test_all_are_chosen_where_none_is_named() -> None:
    """No name means every simulation; an unknown one is refused before anything runs."""
    assert chosen([]) == catalogue.names()
    assert chosen(["densenet-concat"]) == ("densenet-concat",)
    with pytest.raises(UnknownSimulation):
        chosen(["nothing"])


class Broken(ScaleExplosion):
    """A simulation with a bug."""

    def run(self, knobs: Knobs, context: object) -> Iterator[Frame]:  # noqa: ARG002 - the protocol's signature
        """Fail."""
        raise ZeroDivisionError("a bug")


def test_a_broken_simulation_costs_itself_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """It is told with its traceback, the others are checked, the page names it, and the exit code is 5."""
    monkeypatch.setattr("sims.scale_explosion.SIMULATION", Broken())
    path = tmp_path / "claims.md"
    names = ["scale-explosion", "densenet-concat"]
    assert main(["check", *names, "--seeds=1", "--jobs=1", f"--report={path}"]) == 5
    told = capsys.readouterr()
    assert "ZeroDivisionError: a bug" in told.err
    assert "1 runs failed; 0 claims failed in the others" in told.err
    assert told.out.count("holds") == 6
    assert "It did not run: ZeroDivisionError: a bug" in path.read_text(encoding="utf-8")


def test_the_page_shows_median_spread_and_verdict() -> None:
    """The median over the seeds, the least and the greatest, and on how many seeds it fails."""
    text = page([made("one", 0, 1.0), made("one", 1, 1.25), made("one", 2, 3.0)])
    assert "`sim check` with torch 2.0 on cpu, seeds 0 to 2" in text
    assert "| `one` a \\| b (a source) | 1 | 1.25 | 1 to 3 | 0.5 | **fails** on 1 of 3 seeds |" in text
    assert "In 1 of 3 runs something fails." in text
    assert "| holds |" in page([made("one", 0, 1.5)])


def test_the_report_is_the_same_each_time(tmp_path: Path) -> None:
    """Two checks write the same bytes, whatever the number of processes."""
    paths = [tmp_path / "one.md", tmp_path / "two.md"]
    for path, jobs in zip(paths, (1, 2), strict=True):
        assert main(["check", "scale-explosion", "--seeds=2", f"--jobs={jobs}", f"--report={path}"]) == 0
    one, two = (path.read_bytes() for path in paths)
    assert one == two
    assert b"`quizapp sim check scale-explosion --seeds=2 --report`" in one


def test_the_page_that_is_kept_is_of_what_there_is() -> None:
    """docs/claims.md holds on every seed, and its simulations and claims are those that are declared."""
    text = PAGE.read_text(encoding="utf-8")
    assert "Every claim holds." in text
    for section in text.split("\n## ")[1:]:
        simulation = catalogue.get(section.split("\n", 1)[0])
        declared = [spec.id for spec in simulation.declared_claims]
        shown = re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)
        assert shown == [name for name in declared if name in shown]
        assert shown
