"""`quizapp predictions`, and prediction cards on the command line."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from quizapp.services import predict
from quizapp.services.library import open_library
from tests.cli.conftest import Command
from tests.learner import topic_text

BLOCK = "It grows.\n\n```sim predict tolerance=0.3\nscale-explosion depth=10..80\n```\n"


@pytest.fixture
def predicted(home: Path) -> None:
    """Keep two settled predictions and an open one."""
    with closing(open_library(f"sqlite:///{home / 'quizapp.db'}")) as workspace:
        for simulation, answer, truth in (
            ("scale-explosion", "10⁵", "10⁷"),
            ("vanishing-gradients", "plain", "plain"),
            ("scale-explosion", "10³", ""),
        ):
            identifier = predict.commit(
                workspace,
                card_id=None,
                simulation=simulation,
                knobs={},
                seed=0,
                question="How large?",
                answer=answer,
            )
            if truth:
                predict.settle(
                    workspace,
                    identifier,
                    truth=truth,
                    hit=answer == truth,
                    gap=f"You said {answer}.",
                    device="cpu",
                )


@pytest.mark.usefixtures("predicted")
def test_the_list_is_a_line_each(quizapp: Command) -> None:
    """Oldest first, with the gap in numbers; an open one has no truth."""
    items = quizapp("predictions", "--json").lines
    assert [item["simulation"] for item in items] == [
        "scale-explosion",
        "vanishing-gradients",
        "scale-explosion",
    ]
    assert [(item["hit"], item["error_decades"]) for item in items] == [
        (False, -2.0),
        (True, None),
        (None, None),
    ]
    assert len(quizapp("predictions", "--json", "--simulation", "vanishing-gradients").lines) == 1


@pytest.mark.usefixtures("predicted")
def test_the_tallies_are_one_object(quizapp: Command) -> None:
    """In all, by simulation, by week and by month."""
    shown = quizapp("predictions", "--calibration", "--json").value
    assert (shown["count"], shown["hits"], shown["hit_rate"], shown["error_decades"]) == (2, 1, 0.5, 2.0)
    assert set(shown["by_simulation"]) == {"scale-explosion", "vanishing-gradients"}
    assert shown["by_simulation"]["scale-explosion"]["bias_decades"] == -2.0
    assert len(shown["by_week"]) == len(shown["by_month"]) == 1


@pytest.mark.usefixtures("predicted")
def test_people_read_the_list_and_the_table(quizapp: Command, home: Path) -> None:
    """With --calibration the table alone."""
    both = quizapp("predictions").out
    at = datetime.fromisoformat(quizapp("predictions", "--json").lines[0]["at"])
    with closing(open_library(f"sqlite:///{home / 'quizapp.db'}")) as workspace:
        assert both.startswith(f"{at.astimezone(workspace.zone):%Y-%m-%d %H:%M}  scale-explosion  ")
    assert "You said 10⁵." in both
    assert "the run did not end" in both
    assert "by simulation" in both
    alone = quizapp("predictions", "--calibration").out
    assert "You said" not in alone
    assert "50 %" in alone


def test_without_predictions_it_says_how_to_make_one(quizapp: Command) -> None:
    """An empty list and empty tallies are no error."""
    assert "No prediction has been run yet" in quizapp("predictions").out
    assert quizapp("predictions", "--json").out == ""
    assert quizapp("predictions", "--calibration", "--json").value["hit_rate"] is None


def test_a_prediction_card_is_listed_counted_and_answered(quizapp: Command, tmp_path: Path) -> None:
    """Its question is that of the next review; a rating from a script moves it on to another one."""
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "growth.md").write_text(topic_text("Growth", answer=BLOCK), encoding="utf-8")
    assert quizapp("add", decks, "--json").value["added"] == ["growth", "growth/predict-scale-explosion"]

    def card() -> dict[str, str]:
        items: list[dict[str, str]] = quizapp("cards", "--json").lines
        return next(item for item in items if item["id"] == "growth/predict-scale-explosion")

    assert (card()["kind"], card()["queue"]) == ("prediction", "locked")
    asked = card()["question"]
    assert "by what factor has RMS x grown" in asked
    assert quizapp("answer", "growth", "good").code == 0
    assert card()["queue"] == "new"
    assert quizapp("due", "--json").code == 0
    done = quizapp("answer", "growth/predict-scale-explosion", "good", "--json")
    assert (done.code, done.value["reps"]) == (0, 1)
    assert card()["question"] != asked
    entry = quizapp("log", "--json").lines[-1]
    assert set(entry["extra"]["prediction"]) == {"knobs", "seed"}


def test_check_lints_prediction_blocks(quizapp: Command, tmp_path: Path) -> None:
    """Path, line and column, what is wrong and what to do; a sound block has none."""
    path = tmp_path / "growth.md"
    path.write_text(topic_text("Growth", answer=BLOCK), encoding="utf-8")
    assert quizapp("check", path).code == 0
    wrong = BLOCK.replace("10..80", "80..10").replace("0.3", "none")
    path.write_text(topic_text("Growth", answer=wrong), encoding="utf-8")
    found = quizapp("check", path)
    assert found.code == 1
    assert f"{path}:12:16: 'tolerance=none' is no number above 0: write `sim`" in found.out
