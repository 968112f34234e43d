"""Drills kept: listed, compared, named and exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.core.drill.setup import Reach, Setup
from quizapp.errors import DeckError, UsageError
from quizapp.services.drill import begin
from quizapp.services.drill_history import debrief, export, history, listed_drills, short_id, write
from tests.drilling import GOOD, POOR
from tests.learner import Learner
from tests.services.test_drill import give, learn

SETUP = Setup(minutes=10, seed=1, reach=Reach.NONE)


@pytest.fixture
def held(learner: Learner) -> Learner:
    """Return a learner who has held two drills of one question each, a poor and a good one, and left a third."""
    learn(learner, "Alpha")
    for given in (POOR, GOOD):
        drilling = begin(learner.workspace, SETUP)
        give(drilling, given)
        drilling.finish()
        learner.clock.forward(days=1)
    begin(learner.workspace, SETUP).leave()
    return learner


def test_they_are_listed_as_plain_values(held: Learner) -> None:
    """The oldest first, with scores, and whether they are finished."""
    items = list(listed_drills(held.workspace))
    assert [(item["finished"], item["score"], item["answers"]) for item in items] == [
        (True, 0.1667, 1),
        (True, 0.6667, 1),
        (False, None, 0),
    ]
    assert items[0]["topics"] == {"alpha": 0.1667}
    assert str(items[0]["id"]).endswith(str(items[0]["name"]))


def test_they_are_compared_over_time(held: Learner) -> None:
    """A trend per topic, and a readiness that says how sure it is."""
    found = history(held.workspace)
    assert [(trend.title, trend.words) for trend in found.trends] == [("Alpha", "rising")]
    assert found.readiness.answers == 2
    assert 0 < found.readiness.margin < 0.5


def test_one_is_exported_by_its_name_or_as_the_last(held: Learner, tmp_path: Path) -> None:
    """The same text goes into a file."""
    drill = history(held.workspace).drills[1]
    text = export(held.workspace, short_id(drill))
    assert "- correctness: 3 solid" in text
    assert "02 Mar" not in text
    assert "03 Mar 2026" in text
    path = write(held.workspace, drill, tmp_path / "new" / "folder")
    assert path.read_text(encoding="utf-8") == text
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(DeckError, match="is there already"):
        write(held.workspace, drill, path)
    assert path.read_text(encoding="utf-8") == "mine"
    assert "nothing was judged" in export(held.workspace, "last")
    assert debrief(held.workspace, drill).score == pytest.approx(2 / 3)


def test_a_name_that_names_none_is_refused(held: Learner) -> None:
    """And so is the last of none."""
    with pytest.raises(UsageError, match="There is no drill 'zz'"):
        export(held.workspace, "zz")
    with pytest.raises(UsageError, match="There is no drill ''"):
        export(held.workspace, "")
    with pytest.raises(UsageError, match="There is no drill yet"):
        export(Learner(held.home / "other").workspace, "last")
