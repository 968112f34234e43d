"""The simulation that docs/write-a-simulation.md builds up is the program that it says it is."""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

from sims import catalogue, run, third_party
from sims.__main__ import main
from tests.sims.installing import install
from tests.test_documentation import fences

PAGE = "docs/write-a-simulation.md"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the page's blocks together, and register them as its last block says."""
    shown = fences(PAGE)
    blocks = [text for language, text in shown if language == "python"]
    code = "\n".join(indent(text, "    ") if "(self, " in text.split("\n")[0] else text for text in blocks)
    (project,) = (tomllib.loads(text) for language, text in shown if language == "toml")
    package = tmp_path / "dropout_noise"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "simulation.py").write_text(code, encoding="utf-8")
    install(tmp_path, "dropout", project["project"]["entry-points"]["quizapp.sims"])
    monkeypatch.syspath_prepend(tmp_path)
    third_party.found.cache_clear()
    yield
    third_party.found.cache_clear()
    for name in ("dropout_noise", "dropout_noise.simulation"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


@pytest.mark.usefixtures("installed")
def test_it_is_found_and_its_claims_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """Over ten seeds; it is offered to a card that speaks of dropout."""
    assert catalogue.problems() == ()
    assert catalogue.best_fit("Why does inverted dropout keep the mean and add noise?")[0] == "dropout-noise"
    assert main(["check", "dropout-noise", "--seeds=10", "--jobs=1"]) == 0
    assert capsys.readouterr().out.count("holds") == 20


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("end", [{}, {"inputs": 16, "masks": 256}, {"inputs": 1024}])
def test_it_keeps_its_own_words(end: dict[str, int]) -> None:
    """Its outcome is one of its choices, its explanation has paragraphs, its theory goes under its measurement."""
    made = run("dropout-noise", seed=3, device="cpu", **end)
    frames = list(made)
    assert [frame.step for frame in frames] == list(range(1, frames[-1].total + 1))
    assert set(frames[-1].theory) <= set(frames[-1].series)
    result = made.result
    assert result.outcome.truth == "0.5"
    assert result.outcome.truth in made.simulation.prediction(made.knobs).choices
    assert len(result.explanation.split("\n\n")) == 2
