"""`quizapp study --plain`: the whole loop through a pipe, and nothing that a dumb terminal cannot show."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.services import plain_trial
from quizapp.services.library import open_library
from quizapp.services.plain_run import Ended
from quizapp.services.workspace import Workspace
from quizapp.store.predictions import latest
from sims.protocol import Frame
from tests.cli.conftest import Command, Outcome
from tests.learner import assert_state_is_fold

SCALE = "residual-connections/scale"
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Plainly = Callable[..., Outcome]


@pytest.fixture
def plainly(quizapp: Command, monkeypatch: pytest.MonkeyPatch) -> Plainly:
    """Return a way to study with these lines typed."""

    def study(*lines: str, deck: str = SCALE) -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(line + "\n" for line in lines)))
        return quizapp("study", "--plain", "--deck", deck)

    return study


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let every run come to a tenth of its claim's figure at once; return the words of each run."""
    asked: list[list[str]] = []

    def run(words: list[str]) -> Ended:
        asked.append(list(words))
        claim = {
            "id": "growth", "statement": "It grows.", "expected": 2.0, "measured": 2.1, "tolerance": 0.5, "source": "",
        }  # fmt: skip
        done = {
            "knobs": {}, "seed": 0, "device": "cpu", "claims": [claim], "outcome": {"truth": 1e7, "reason": "it does."},
        }  # fmt: skip
        return Ended(Frame(2, 2, {}, {"naive": (1.0, 10.0, 1e5)}), done, 0)

    monkeypatch.setattr(plain_trial, "run_to_end", run)
    return asked


def opened(home: Path) -> Workspace:
    """Open the learner's library."""
    return open_library(f"sqlite:///{home / 'quizapp.db'}")


def ratings(home: Path) -> list[tuple[str, int]]:
    """Return (card, rating) of each review that was not taken back."""
    with closing(opened(home)) as workspace:
        assert_state_is_fold(workspace)
        rows = workspace.database.read(
            "SELECT card_id, rating FROM log WHERE kind = 'review'"
            " AND NOT EXISTS (SELECT 1 FROM log u WHERE u.target = log.id) ORDER BY id",
            {},
        )
    return [tuple(row) for row in rows]


def test_enter_shows_and_a_digit_rates(plainly: Plainly, home: Path) -> None:
    """The rating is said in words with its interval, and the next card comes."""
    done = plainly("", "3", "q")
    assert done.code == 0
    assert "After 50 blocks of y = x + F(x)" in done.out
    assert "3 Good: in 10 minutes." in done.out
    assert "Good: it comes back in 10 minutes." in done.out
    assert "Follow-up 1 of" in done.out.split("it comes back")[1]
    assert ratings(home) == [("scale-explosion", 3)]


def test_no_rating_before_the_answer(plainly: Plainly, home: Path) -> None:
    """Nothing is rated, and it is said what to do."""
    done = plainly("3", "good", "t 1")
    assert done.out.count("The answer first: press enter.") == 3
    assert ratings(home) == []


def test_the_answer_comes_by_section_or_whole(plainly: Plainly) -> None:
    """Enter goes on by one, w shows all with the key points."""
    by_section = plainly("", "").out
    assert "One block" in by_section
    assert "Between the two" in by_section
    assert "Where the numbers end" not in by_section
    rest = plainly("", "w").out
    assert rest.count("One block") == by_section.count("One block") == 1
    assert "Where the numbers end" in rest
    assert plainly("w", "w").out.count("One block") == 2
    whole = plainly("w", "").out
    assert "Where the numbers end" in whole
    assert "7. Pre-norm leaves" in whole
    assert "The answer is shown: rate it." in whole


def test_key_points_are_ticked_by_numbers(plainly: Plainly, home: Path) -> None:
    """The log keeps the texts; a number that is not there is told, ticking again takes the tick away."""
    done = plainly("", "t 1,2 9", "t 2", "4", "q")
    assert "There is no point 9; there are 7." in done.out
    assert "(ticked)" in done.out
    with closing(opened(home)) as workspace:
        ((extra,),) = workspace.database.read("SELECT extra FROM log", {})
    assert "Squared norms add" in extra
    assert "Independent branch" not in extra


def test_a_prediction_is_committed_run_and_kept(plainly: Plainly, home: Path, runs: list[list[str]]) -> None:
    """The gap and each claim with its figures are said; what is no number is asked again."""
    done = plainly("x", "many", "1e5", "g")
    assert "'many' is not a number" in done.out
    assert "you said 10⁵, it was 10⁷" in done.out
    assert "Claim growth holds: measured 2.1, expected 2. It grows." in done.out
    chart = done.out.split("g draws its chart.")[1]
    assert "naive: 1 at first, 10 half-way, 10⁵ at last." in chart
    assert "block" in chart
    assert runs[0][0] == "scale-explosion"
    assert "--prefer=auto" in runs[0]
    with closing(opened(home)) as workspace:
        (kept,) = latest(workspace.database.read, 1)
        assert (kept.answer, kept.hit, kept.card_id) == ("10⁵", False, "scale-explosion")


def test_a_device_that_is_not_here_costs_no_run(plainly: Plainly, home: Path, runs: list[list[str]]) -> None:
    """The run goes to another one, which is said once."""
    (home / "config.toml").write_text('device = "mps"\n')
    done = plainly("x", "1e5", "x", "1e5", "q")
    assert "--prefer=mps" in runs[0]
    assert done.out.count("the device 'mps', which torch does not find here: it ran on cpu.") == 1


def test_enter_runs_without_a_prediction(plainly: Plainly, home: Path, runs: list[list[str]]) -> None:
    """The outcome is said, nothing is kept of a prediction."""
    done = plainly("x 2", "")
    assert "It was 10⁷." in done.out
    assert "--set=c=1.0" in runs[0]
    with closing(opened(home)) as workspace:
        assert latest(workspace.database.read, 1) == []


def test_a_prediction_card_asks_first_and_its_run_grades(
    quizapp: Command,
    plainly: Plainly,
    home: Path,
    tmp_path: Path,
    runs: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Enter asks, enter after the run gives the rating that was earned; the log keeps what was asked."""
    topic = tmp_path / "deck" / "t.md"
    topic.parent.mkdir()
    topic.write_text(
        "# Growth\n**Category:** mine\n\n## Question\nq?\n\n## Answer\na\n\n"
        "```sim predict\nscale-explosion schemes=unscaled c=0 depth=50\n```\n",
        encoding="utf-8",
    )
    assert quizapp("add", topic.parent).code == 0
    assert quizapp("answer", "growth", "easy", "--at", "2026-01-01T12:00").code == 0
    assert quizapp("answer", "growth", "easy").code == 0
    monkeypatch.setattr(Workspace, "now", lambda _: datetime.now(UTC) + timedelta(days=2))
    done = plainly("", "1e7", "r", "i", "n", "p", deck="mine")
    assert "Enter asks for your prediction" in done.out
    assert "Proposed: 4 Easy." in done.out
    assert "Enter gives 4 Easy, which the prediction earned; n shows the answer." in done.out
    assert "you said 10⁷, it was 10⁷" in done.out.split("Proposed:")[1], "r reads what came of it, too"
    assert "Enter gives 4 Easy, n shows the answer, h helps." in done.out
    assert "p gives the proposed Easy. Rate: 1 Again:" in done.out
    assert ratings(home)[-1] == ("growth/predict-scale-explosion", 4)
    assert runs


@pytest.mark.parametrize(
    ("question", "block", "line", "sentence", "rating"),
    [
        ("q?", "exact\nReZero", "a rezero", "Right: ReZero", 3),
        ("q?", "regex\n21\\D+78\n21, 78", "a 21 and 78", "Right: 21 and 78", 3),
        ("q?", "number tolerance=10% unit=MB\n100", "a 115", "off by 15 %", 2),
        ("q?", "choice ordered\n- [x] one\n- [ ] two\n- [x] three", "a 1,3", "Right: “one”, “three”", 3),
        ("By {{two::n}} and {{four}}.", "", "a two; five", "1 of 2 right.\nBlank 1: right, two\n", 1),
    ],
)
def test_an_expected_answer_is_graded(
    quizapp: Command,
    plainly: Plainly,
    home: Path,
    tmp_path: Path,
    question: str,
    block: str,
    line: str,
    sentence: str,
    rating: int,
) -> None:
    """It is said how it compares; p gives the rating that it earned, and the log keeps what was given."""
    topic = tmp_path / "one.md"
    answer = f"```expect {block}\n```" if block else "a"
    topic.write_text(
        f"# One\n**Category:** one\n\n## Question\n{question}\n\n## Answer\n{answer}\n", encoding="utf-8"
    )
    assert quizapp("add", topic).code == 0
    done = plainly(line, "p", "q", deck="one")
    assert sentence in done.out
    assert f"Proposed: {rating}" in done.out
    assert ratings(home) == [("one", rating)]
    assert '"expected"' in done_extra(home)


@pytest.mark.parametrize(
    ("question", "block", "lines", "sentence", "rating"),
    [
        ("q?", "exact\nReZero", ("a", "rezero"), "Your answer:\nRight: ReZero", 3),
        ("q?", "choice ordered\n- [x] one\n- [ ] two", ("a", "2"), "Your choice:\nYou chose “two”", 1),
        ("By {{two::n}} and {{a; b}}.", "", ("a", "two", "a; b"), "Blank 2 of 2:\nRight: two, a; b", 3),
        ("By {{two::n}} and {{four}}.", "", ("a two", "four"), "Blank 2 of 2:\nRight: two, four", 3),
        ("By {{two::n}} and {{four}}.", "", ("a", "two", ""), "Blank 2: you wrote nothing; it is “four”.", 1),
    ],
)
def test_what_a_line_does_not_give_is_asked_for(
    quizapp: Command,
    plainly: Plainly,
    home: Path,
    tmp_path: Path,
    question: str,
    block: str,
    lines: tuple[str, ...],
    sentence: str,
    rating: int,
) -> None:
    """`a` alone asks; each blank is asked for by its number and hint, so that its words may hold a semicolon."""
    topic = tmp_path / "one.md"
    answer = f"```expect {block}\n```" if block else "a"
    topic.write_text(
        f"# One\n**Category:** one\n\n## Question\n{question}\n\n## Answer\n{answer}\n", encoding="utf-8"
    )
    assert quizapp("add", topic).code == 0
    done = plainly(*lines, "p", deck="one")
    assert sentence in done.out
    assert ratings(home) == [("one", rating)]


def test_too_many_words_for_the_blanks_are_told(quizapp: Command, plainly: Plainly, tmp_path: Path) -> None:
    """Nothing is graded."""
    topic = tmp_path / "one.md"
    topic.write_text(
        "# One\n**Category:** one\n\n## Question\n{{two}} {{four}}\n\n## Answer\na\n", encoding="utf-8"
    )
    quizapp("add", topic)
    done = plainly("a 1; 2; 3", deck="one").out
    assert "You gave 3 answers, and there are 2 blanks. a alone asks for each." in done
    assert "Proposed" not in done


def test_several_lines_are_typed_up_to_a_dot(
    quizapp: Command, plainly: Plainly, home: Path, tmp_path: Path
) -> None:
    """Each is on disk before the next; they go on where they were left, and the words that cover a point are named."""
    topic = tmp_path / "one.md"
    topic.write_text(
        "# One\n**Category:** one\n\n## Question\nq?\n\n## What to Cover\n- Squared norms add\n- Depth helps\n\n"
        "## Answer\nThe answer.\n",
        encoding="utf-8",
    )
    quizapp("add", topic)
    cut_off = plainly("a", "The Squared norms", "  are added", deck="one").out
    assert "a line with a dot alone ends them" in cut_off
    assert "The answer." not in cut_off
    again = plainly("a", "", "Done.", ".", "3", deck="one").out
    assert "Your words from before are kept:\nThe Squared norms\n  are added\na goes on with them." in again
    assert "1. Squared norms add (ticked) Your words: Squared, norms, added." in again
    assert '"typed": "The Squared norms\\n  are added\\n\\nDone."' in done_extra(home)


def test_own_words_are_kept_where_a_certain_answer_is_expected(
    quizapp: Command, plainly: Plainly, home: Path, tmp_path: Path
) -> None:
    """`t` types them, as in the app; the answer stays hidden until it is handed in."""
    topic = tmp_path / "one.md"
    topic.write_text(
        "# One\n**Category:** one\n\n## Question\nq?\n\n## What to Cover\n- Squared norms add\n\n"
        "## Answer\nThe answer.\n\n```expect exact\nReZero\n```\n",
        encoding="utf-8",
    )
    quizapp("add", topic)
    done = plainly("t", ".", "t squared norms add", "a rezero", "p", deck="one").out
    assert "Nothing was written." in done
    assert (
        done.index("Your words cover 1 of 1 key points")
        < done.index("Right: ReZero")
        < done.index("The answer.")
    )
    assert '"typed": "squared norms add"' in done_extra(home)
    assert '"expected"' in done_extra(home)


def test_what_is_no_choice_is_told(quizapp: Command, plainly: Plainly, home: Path, tmp_path: Path) -> None:
    """The answer stays hidden, and the question can still be answered."""
    topic = tmp_path / "one.md"
    topic.write_text(
        "# One\n**Category:** one\n\n## Question\nq?\n\n## Answer\n"
        "```expect choice\n- [x] yes\n- [ ] no\n```\n",
        encoding="utf-8",
    )
    quizapp("add", topic)
    done = plainly("a 7", "perhaps", "p", "a yes", "p", deck="one")
    assert "'perhaps' is no choice: give numbers from 1 to 2." in done.out
    assert "Nothing is proposed: a number rates the card once its answer is shown." in done.out
    assert "'7' is no choice: give numbers from 1 to 2." in done.out
    assert ratings(home) == [("one", 3)]


def test_typed_words_propose_key_points_and_are_kept(
    quizapp: Command, plainly: Plainly, home: Path, tmp_path: Path
) -> None:
    """They are on disk before the answer is shown, come back at the next start, and stand with the rating in the log."""
    topic = tmp_path / "one.md"
    topic.write_text(
        "# One\n**Category:** one\n\n## Question\nq?\n\n## What to Cover\n- Squared norms add\n- Depth helps\n\n"
        "## Answer\nThe answer.\n",
        encoding="utf-8",
    )
    quizapp("add", topic)
    first = plainly("a The Squared norms are added", deck="one").out
    assert "Your words cover 1 of 2 key points: a proposal." in first
    assert "1. Squared norms add (ticked)" in first
    assert "2. Depth helps\n" in first
    again = plainly("", "3", deck="one").out
    assert "Your words from before are kept:\nThe Squared norms are added" in again
    assert '"typed": "The Squared norms are added"' in done_extra(home)
    assert '"covered": ["Squared norms add"]' in done_extra(home)


def test_formulas_are_readable(quizapp: Command, plainly: Plainly, tmp_path: Path) -> None:
    """They stand as signs, not as they are written."""
    topic = tmp_path / "one.md"
    topic.write_text(
        "# One\n**Category:** one\n\n## Question\nWhy $\\sqrt{d_k}$?\n\n## What to Cover\n- $\\alpha = 0$\n\n"
        "## Answer\n$$\n\\frac{a}{b}\n$$\n",
        encoding="utf-8",
    )
    quizapp("add", topic)
    out = plainly("", deck="one").out
    assert "Why √dₖ?" in out
    assert "1. α = 0" in out
    assert "$" not in out
    assert "\\frac" not in out


def done_extra(home: Path) -> str:
    """Return what the newest review keeps beside its rating, as JSON."""
    with closing(opened(home)) as workspace:
        rows = workspace.database.read("SELECT extra FROM log WHERE kind = 'review' ORDER BY id DESC", {})
    return str(next(iter(rows))[0])


def test_undo_bury_suspend_and_why(plainly: Plainly, home: Path) -> None:
    """Each says what it did; undo reaches back over a restart."""
    first = plainly("", "1", "i", "q")
    assert "Again: it comes back in 1 minute." in first.out
    second = plainly("u", "i", "z", "u", "b", "q")
    assert re.search(r"^Again on ‘.+’ was taken back\.$", second.out, re.MULTILINE)
    assert "New: not reviewed yet." in second.out
    assert "Suspended: it comes no more." in second.out
    assert re.search(r"^‘.+’ is no longer suspended\.$", second.out, re.MULTILINE)
    assert "Put off until tomorrow." in second.out
    assert ratings(home) == []
    assert "Put off" not in plainly("u", "u", "u").out


def test_the_end_of_the_input_loses_nothing(plainly: Plainly, home: Path) -> None:
    """Exit code 0, the place is kept, and the next start goes on there."""
    done = plainly("", "3")
    assert done.code == 0
    assert done.out.endswith("place is kept.\n")
    assert "So far 1 card rated in 1 min, 100 % passed.\nLearned: 1 new passed: " in done.out
    assert plainly("n").out.endswith("The input has ended.\nThe place is kept.\n")
    assert ratings(home) == [("scale-explosion", 3)]
    assert "Follow-up 1 of" in plainly().out
    assert any((home / "backups").iterdir())


def test_the_end_of_the_session_is_said(
    quizapp: Command, plainly: Plainly, home: Path, tmp_path: Path
) -> None:
    """With what was done and what comes; u takes the last rating back even then."""
    topic = tmp_path / "one.md"
    topic.write_text("# One\n**Category:** one\n\n## Question\nq?\n\n## Answer\na\n", encoding="utf-8")
    quizapp("add", topic)
    done = plainly("", "easy", "u", "", "4", "", deck="one")
    assert "Nothing is left for now. 1 rated." in done.out
    assert "u takes the last rating back, enter leaves." in done.out
    assert ratings(home) == [("one", 4)]


@pytest.mark.parametrize("key", ["2", "3"])
def test_two_buttons_are_two(plainly: Plainly, home: Path, key: str) -> None:
    """The settings say so; Good has two keys, as in the app, and 4 gives nothing."""
    (home / "config.toml").write_text("two_buttons = true\n", encoding="utf-8")
    done = plainly("", "4", key, "q")
    assert "Hard" not in done.out
    assert "2 or 3 Good: " in done.out
    assert "There are two buttons: 1 Again, 2 or 3 Good." in done.out
    assert ratings(home) == [("scale-explosion", 3)]


def test_a_search_that_leaves_the_schedule_promises_no_day(
    quizapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the prompt nor the rating names an interval."""
    monkeypatch.setattr("sys.stdin", io.StringIO("w\n1\nw\n3\nq\n"))
    done = quizapp("study", "--plain", "--search", f"deck:{SCALE} -is:new or topic:rezero", "--no-schedule")
    assert "The schedule stays as it is. Rate: 1 Again." in done.out
    assert "Again: it comes once more, and the schedule stays as it is." in done.out
    assert "comes back" not in done.out


def test_what_means_nothing_is_told(plainly: Plainly) -> None:
    """h says every word."""
    done = plainly("xyzzy", "h")
    assert "'xyzzy' means nothing here. h says what does." in done.out
    assert "takes the last rating back" in done.out


def test_text_of_a_deck_cannot_act_on_the_terminal(
    quizapp: Command, plainly: Plainly, tmp_path: Path
) -> None:
    """Nothing but printable characters and line ends comes out, whatever a deck holds."""
    topic = tmp_path / "evil.md"
    topic.write_text(
        "# Evil \x1b[2J\n**Category:** evil\n\n## Question\nq \x1b]0;x\x07?\n\n## What to Cover\n- a \x1b[1m\n\n"
        "## Answer\na \x9b31m b\n",
        encoding="utf-8",
    )
    quizapp("add", topic)
    done = plainly("w", "t 1", "3", deck="evil")
    assert _ACTING.search(done.out) is None
    assert "\x9b" not in done.out


def test_an_unknown_deck_and_two_decks_are_told(quizapp: Command) -> None:
    """Before anything is asked."""
    assert quizapp("study", "--plain", "--deck", "no-such").code == 3
    assert quizapp("study", "--plain", "a", "--deck", "b").code == 2


def test_it_works_in_a_pipe_at_a_dumb_terminal(home: Path) -> None:
    """As a process of its own: plain text on stdout, nothing on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "quizapp", "study", "--plain"],
        input=b"\n3\nq\n",
        capture_output=True,
        env={**os.environ, "TERM": "dumb", "NO_COLOR": "1"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert _ACTING.search(done.stdout.decode()) is None
    assert len(ratings(home)) == 1


@pytest.mark.parametrize(
    ("limited", "command"),
    [
        (["new_per_day", "1"], "config set new_per_day N` sets how many new ones come."),
        (["new_per_day", "1", "--deck", SCALE], f"config set --deck {SCALE} new_per_day N` sets how many new"),
        (["new_per_day", "1", "--deck", "residual-connections"], "config set --deck residual-connections new_per_day N`"),
    ],
)  # fmt: skip
def test_what_a_limit_keeps_back_is_told_with_its_command(
    quizapp: Command, plainly: Plainly, limited: list[str], command: str
) -> None:
    """That of the deck where it is the deck's limit."""
    assert quizapp("config", "set", "follow_ups", "never").code == 0
    assert quizapp("config", "set", *limited).code == 0
    done = plainly("", "w", "4", "", "", "")
    assert "Today's limits keep back" in done.out
    assert command in done.out
