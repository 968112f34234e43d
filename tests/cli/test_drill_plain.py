"""`quizapp drill --plain`: a whole interview through a pipe, left and taken up at any line."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from quizapp.cli import plain_drill
from quizapp.core.chart import Axis, Chart, Series
from quizapp.core.drill.failed_run import FailedRun
from quizapp.core.drill.plan import RoundKind
from quizapp.services import failed_run as failing
from quizapp.services import plain_trial
from quizapp.services.library import open_library
from quizapp.services.plain_run import Ended
from quizapp.store import drills
from sims.protocol import Frame
from tests.cli.conftest import Command, Outcome

_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ANSWERED = (".", "", "w", "")
"""An answer given with what was written, without the hint, the whole model answer, and on to the judging."""

Plainly = Callable[..., Outcome]


@pytest.fixture
def plainly(quizapp: Command, monkeypatch: pytest.MonkeyPatch) -> Plainly:
    """Return a way to hold a drill with these lines typed."""

    def drill(*lines: str, options: tuple[str, ...] = ("--seed", "7", "--minutes", "10")) -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(line + "\n" for line in lines)))
        return quizapp("drill", "--plain", *options)

    return drill


def kept(home: Path) -> list[tuple[str, bool]]:
    """Return (what was answered, whether it was judged) of the last drill."""
    with closing(open_library(f"sqlite:///{home / 'quizapp.db'}")) as workspace:
        held, _ = drills.everything(workspace.database.read)[-1]
        return [(one.answer, not one.is_skipped) for one in held.answers]


def test_an_answer_is_written_compared_and_judged(plainly: Plainly, home: Path) -> None:
    """Lines up to a dot, ticks by number, bands one by one or at once, and the rating in words."""
    shown = plainly("A projection", "where shapes change", *ANSWERED[:3], "1 3", "", "4", "3 3 3", "", ".q")
    assert shown.code == 0
    assert "Question 1: Bottleneck block." in shown.out
    assert re.search(r"Time for the answer 2:\d\d left, in the drill (10:00|9:\d\d) left\.", shown.out)
    assert "Would a hint help?" in shown.out
    assert "The model answer:" in shown.out
    assert "(ticked)" in shown.out
    assert "Judge correctness. Is it true?" in shown.out
    assert "Judge depth." in shown.out
    assert (
        "Correctness 4 strong, depth 3 solid, clarity 3 solid, evidence 3 solid. That is Good." in shown.out
    )
    assert "Rated Good; the schedule stays as it is." in shown.out
    assert kept(home) == [("A projection\nwhere shapes change", True)]
    assert not _ACTING.search(shown.out)


def test_a_good_answer_earns_a_follow_up_and_a_poor_one_a_hint(plainly: Plainly) -> None:
    """The hint can be taken into a second try."""
    good = plainly("words", *ANSWERED, "3333", "", ".q")
    assert "A good answer. It has earned a follow-up:" in good.out
    poor = plainly("words", *ANSWERED, "1111", "", "t", "again", ".q")
    assert "A hint: " in poor.out
    assert "Once more, with a hint." in poor.out


def test_what_means_nothing_is_said_and_costs_nothing(plainly: Plainly) -> None:
    """A line that begins with a dot and is no command belongs to the answer."""
    shown = plainly(
        ".5 is half", ".?", ".c", ".", "what", "", "w", "99", "x", "q", "", "5", "33333", "b", ".q"
    )
    for words in ("'what' means nothing here", "There is no point 99", "'5' means", "'33333' means", ".s   "):
        assert words in shown.out, words
    assert "'.5" not in shown.out
    assert shown.out.count("Enter goes on to the judging.") == 3


def test_the_end_of_input_keeps_the_place(plainly: Plainly, home: Path) -> None:
    """Every line is there when it is taken up; nothing else begins meanwhile."""
    left = plainly("half an", "answer")
    assert "The input has ended." in left.out
    assert "`quizapp drill --plain --resume` goes on there." in left.out
    again = plainly("to the end", *ANSWERED, "2222", "", "", ".f", "", options=("--resume",))
    assert "Your words so far:\nhalf an\nanswer\n" in again.out
    assert "The debrief. Score 33 %." in again.out
    assert kept(home) == [("half an\nanswer\nto the end", True)]
    assert plainly(options=("--resume",)).code == 2


def test_the_weakest_come_first_tomorrow_and_back(plainly: Plainly, quizapp: Command) -> None:
    """From the debrief."""
    shown = plainly("words", *ANSWERED, "1111", "", "", ".f", "w", "u", "w", "")
    assert "1 card comes first on" in shown.out
    assert "They wait as before." in shown.out
    assert "Study next: Bottleneck block." in shown.out
    assert "bottleneck" in quizapp("find", "prop:due=1").out


def test_a_spoken_drill_waits_for_enter(plainly: Plainly, home: Path) -> None:
    """Every word is a command, with or without a dot."""
    shown = plainly("h", "", "w", "", "2222", "", "s", ".q", options=("--seed", "7", "--spoken"))
    assert "Answer aloud, and press enter when you have said it." in shown.out
    assert "Go on from there, with the hint." in shown.out
    assert kept(home) == [("", True), ("", False)]


def test_show_me_asks_for_a_prediction_and_runs(plainly: Plainly, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was measured is said, and g draws it; the clock waits."""
    done = {"knobs": {}, "seed": 0, "device": "cpu", "claims": [], "outcome": None}
    ended = Ended(Frame(1, 1, {}, {"identity": (1.0, 2.0, 3.0)}), done, 0)
    monkeypatch.setattr(plain_trial, "run_to_end", lambda _: ended)
    shown = plainly("words", ".", "", "x", "", ".q")
    assert "Running." in shown.out
    assert "Ran bottleneck" in shown.out


def test_a_mock_interview_goes_through_its_rounds(plainly: Plainly, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failed run is said in figures and drawn, under neutral names, before it is asked about."""
    chart = Chart((Series("the net", (1.0, 10.0, 100.0)),), Axis("step"), Axis("loss", log=True))
    seen = FailedRun(chart, ("final loss: 100",), "It diverged.")
    monkeypatch.setattr(failing, "failed_run", lambda _: seen)
    options = ("--mock", "--minutes", "30", "--seed", "7")
    judged = ("words", *ANSWERED, "3333", "")
    shown = plainly(*judged, ".n", ".n", ".n", "words", *ANSWERED, ".q", options=options)
    for words in (
        "Breadth, 7 minutes: short questions over many topics.",
        "Round 2 of 5, depth.",
        "Round 3 of 5, whiteboard.",
        "At the whiteboard",
        "Round 4 of 5, debugging. Question 2.",
        "the net: 1 at first, 10 half-way, 10² at last.",
        "final loss: 100",
        "It diverged.",
    ):
        assert words in shown.out, words
    closing_words = plainly(".n", "words", *ANSWERED[:3], ".q", options=("--resume",))
    assert f"Round 5 of 5, {RoundKind.CLOSING.value}." in closing_words.out
    assert "Your weakest answer was this one." in closing_words.out


def test_wrong_choices_are_clear_errors(plainly: Plainly) -> None:
    """Before anything is asked."""
    assert "There is no deck 'nosuch'" in plainly(options=("--deck", "nosuch")).err
    assert "No question fits" in plainly(options=("--tag", "nosuch")).err
    assert "--plain" in plainly(options=("--list",)).err


def test_the_clock_counts_while_a_line_is_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written again and again: a gap longer than that would count as time away."""
    monkeypatch.setattr(plain_drill, "LOOK_S", 0.001)
    looks, enough = 0, Event()

    def keep() -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            enough.set()

    with plain_drill._looking(keep):
        assert enough.wait(20)
    before = looks
    assert not Event().wait(0.02)
    assert looks == before
