"""`quizapp claims`: for people a table, for scripts one array."""

from __future__ import annotations

import json
import math
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.core.topic import TruthVerdict
from quizapp.services.library import open_library
from quizapp.services.runs import keep
from sims.protocol import Claim
from tests.cli.conftest import Command
from tests.learner import topic_text
from tests.services.test_runs import finding

CLAIMS = """
## Claims
- **y \x1b[2J doubles** wrong
  It grows by √2.
  *Source:* computed
  *Measured by:* scale-explosion naive-growth c=0
  *Corrected in:* Growth
- **It grows** right with a condition
  Unless it shrinks.
  *Source:* a book
"""


@pytest.fixture
def alpha(quizapp: Command, tmp_path: Path) -> str:
    """Return the id of a topic with two claims, which the library has besides the bundled ones."""
    text = topic_text("Alpha", answer="### Growth\nBy √2.") + CLAIMS
    (tmp_path / "alpha.md").write_text(text, encoding="utf-8")
    assert quizapp("add", tmp_path / "alpha.md").code == 0
    return "alpha"


def measured(value: float) -> None:
    """Let this machine have measured the first claim."""
    with closing(open_library(None)) as workspace:
        claim = Claim("naive-growth", "It grows.", 1.4142, value, 0.05, "s")
        keep(workspace, finding(claim, name="scale-explosion", seed=7))


def test_a_claim_is_an_object_with_everything_said_of_it(quizapp: Command, alpha: str) -> None:
    """One array; what a claim lacks is null."""
    first, second = quizapp("claims", "--topic", alpha, "--json").value
    assert first == {
        "topic": "alpha",
        "title": "Alpha",
        "deck": "deck",
        "number": 1,
        "statement": "y �[2J doubles",
        "verdict": "wrong",
        "precise": "It grows by √2.",
        "source": "computed",
        "corrected_in": "Growth",
        "measured_by": {"simulation": "scale-explosion", "claim": "naive-growth", "settings": {"c": "0"}},
        "measured": None,
    }
    assert (second["number"], second["verdict"]) == (2, "right with a condition")
    assert second["measured_by"] is second["measured"] is second["corrected_in"] is None


def test_what_was_measured_here_stands_beside_its_claim(quizapp: Command, alpha: str) -> None:
    """Figures, verdict, moment and run; a figure that is no number is a text, so that the array stays JSON."""
    measured(math.nan)
    first, second = quizapp("claims", "--topic", alpha, "--json").value
    assert {name: first["measured"][name] for name in ("statement", "expected", "measured", "holds", "seed", "device")} == {
        "statement": "It grows.", "expected": 1.4142, "measured": "NaN", "holds": False, "seed": 7, "device": "cpu",
    }  # fmt: skip
    assert second["measured"] is None


def test_the_table_has_a_claim_a_line_and_the_rest_below(quizapp: Command, alpha: str) -> None:
    """Verdict as sign and word, topic, statement, and of one topic what is right and its source.

    No control character reaches the terminal.
    """
    before = quizapp("claims", "--topic", alpha).out.splitlines()
    assert before[0].split() == ["✗", "wrong", "alpha", "y", "�[2J", "doubles"]
    assert [line.strip() for line in before[1:4]] == [
        "It grows by √2.",
        "computed",
        "not measured here yet: quizapp sim scale-explosion",
    ]
    assert before[4].split()[:5] == ["(✓)", "right", "with", "a", "condition"]
    assert len(before) == 7
    measured(1.402)
    assert "measured 1.402 (expected 1.414) ✓ holds, on " in quizapp("claims", "--topic", alpha).out


def test_without_a_topic_all_are_listed(quizapp: Command, alpha: str) -> None:
    """The bundled ones too, each with a verdict that a deck can have."""
    assert "It grows by √2." not in quizapp("claims").out
    listed = quizapp("claims", "--json").value
    assert {"alpha", "scale-explosion"} <= {claim["topic"] for claim in listed}
    assert {claim["verdict"] for claim in listed} == set(TruthVerdict)
    assert [claim for claim in listed if claim["topic"] == alpha] == quizapp(
        "claims", "--topic", alpha, "--json"
    ).value


def test_a_topic_without_claims_lists_none(quizapp: Command, tmp_path: Path) -> None:
    """An empty array, an empty table, and no error."""
    (tmp_path / "beta.md").write_text(topic_text("Beta"), encoding="utf-8")
    quizapp("add", tmp_path / "beta.md")
    assert json.loads(quizapp("claims", "--topic", "beta", "--json").out) == []
    assert quizapp("claims", "--topic", "beta").out == ""


def test_an_unknown_topic_is_a_deck_error(quizapp: Command) -> None:
    """Exit code 3, nothing on stdout, and the topics that there are on stderr."""
    done = quizapp("claims", "--topic", "typo", "--json")
    assert (done.code, done.out) == (3, "")
    assert "no topic 'typo'" in done.err
    assert "scale-explosion" in done.err


def test_check_lints_claims_with_their_place(quizapp: Command, tmp_path: Path) -> None:
    """The catalogue is asked for simulations, claims and knobs; findings are exit code 1."""
    bad = CLAIMS.replace("\x1b", "").replace("naive-growth c=0", "naive-grows c=9")
    path = tmp_path / "bad.md"
    path.write_text(topic_text("Bad", answer="### Growth\nBy √2.") + bad, encoding="utf-8")
    told = quizapp("check", path)
    assert told.code == 1
    line = (
        path.read_text(encoding="utf-8").split("\n").index("  *Measured by:* scale-explosion naive-grows c=9")
    ) + 1
    assert f"{path}:{line}:34: scale-explosion makes no claim 'naive-grows'" in told.out
    assert f"{path}:{line}:46: " in told.out
