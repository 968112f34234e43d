"""The verbs: what they print for people and for scripts, and their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from quizapp.cli.root import _ELSEWHERE, root
from tests.cli.conftest import Command
from tests.learner import topic_text


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    """Return a folder with one topic."""
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "alpha.md").write_text(topic_text("Alpha", "Why so?"), encoding="utf-8")
    return folder


def test_add_says_what_it_did(quizapp: Command, decks: Path) -> None:
    """One object with five lists; the second time all of them are empty."""
    first = quizapp("add", decks, "--json")
    assert first.code == 0
    assert first.value == {
        "added": ["alpha", "alpha/why-so"],
        "changed": [],
        "renamed": [],
        "archived": [],
        "problems": [],
    }
    assert quizapp("add", decks, "--json").value == {name: [] for name in first.value}
    assert quizapp("add", decks).out == "nothing changed\n"


def test_add_tells_each_kind_of_change(quizapp: Command, decks: Path) -> None:
    """Changed, renamed and archived cards are named by their ids."""
    quizapp("add", decks)
    path = decks / "alpha.md"
    path.write_text(topic_text("Alpha", "Why so??", answer="Else."), encoding="utf-8")
    assert set(quizapp("add", decks, "--json").value["changed"]) == {"alpha", "alpha/why-so"}
    path.rename(decks / "beta.md")
    assert set(quizapp("add", decks, "--json").value["renamed"]) == {"alpha", "alpha/why-so"}
    (decks / "beta.md").unlink()
    gone = quizapp("add", decks)
    assert (gone.code, gone.out) == (0, "cards: 2 archived\n")


def test_add_takes_the_good_and_tells_the_bad(quizapp: Command, decks: Path) -> None:
    """The good file is in, the bad one is told with its place, and the exit code is 3."""
    (decks / "bad.md").write_text("\n\nnothing here\n", encoding="utf-8")
    done = quizapp("add", decks, "--json")
    assert done.code == 3
    assert done.value["added"] == ["alpha", "alpha/why-so"]
    (problem, *_) = done.value["problems"]
    assert problem["path"] == str(decks / "bad.md")
    assert set(problem) == {"path", "line", "column", "what", "hint", "fatal"}
    told = quizapp("add", decks)
    assert f"{decks / 'bad.md'}:{problem['line']}:{problem['column']}: " in told.err


def test_add_of_a_missing_path_is_a_deck_error(quizapp: Command, tmp_path: Path) -> None:
    """Exit code 3, and nothing on stdout."""
    done = quizapp("add", tmp_path / "typo")
    assert (done.code, done.out) == (3, "")
    assert "does not exist" in done.err


def test_due_counts_in_all_and_by_deck(quizapp: Command, decks: Path) -> None:
    """New cards within the limit, learning, due and done today, with the same by deck."""
    quizapp("add", decks)
    before = quizapp("due", "--json").value
    assert set(before) == {"new", "learning", "due", "done_today", "decks"}
    assert (before["new"], before["learning"], before["due"], before["done_today"]) == (20, 0, 0, 0)
    assert before["decks"]["deck"] == {"new": 1, "learning": 0, "due": 0, "done_today": 0}
    quizapp("answer", "alpha", "again")
    after = quizapp("due", "--json").value
    assert (after["new"], after["learning"], after["due"], after["done_today"]) == (19, 1, 0, 1)
    assert after["decks"]["deck"] == {"new": 0, "learning": 1, "due": 0, "done_today": 1}
    table = quizapp("due").out.splitlines()
    assert table[0].split() == ["new", "learning", "due", "done"]
    assert table[-1].split() == ["all", "decks", "19", "1", "0", "1"]


def test_cards_are_one_object_a_line(quizapp: Command, decks: Path) -> None:
    """With id, topic, deck, kind, difficulty, tags, state, due and stability."""
    quizapp("add", decks)
    listed = {card["id"]: card for card in quizapp("cards", "--json").lines}
    assert len({card["topic"] for card in listed.values()}) == 21
    card = listed["alpha/why-so"]
    assert {name: card[name] for name in ("topic", "deck", "kind", "difficulty", "tags", "state", "due")} == {
        "topic": "alpha",
        "deck": "deck",
        "kind": "follow-up",
        "difficulty": 2,
        "tags": ["a", "b"],
        "state": "new",
        "due": None,
    }
    assert card["stability"] is None
    quizapp("answer", "alpha", "easy")
    rated = {card["id"]: card for card in quizapp("cards", "--json").lines}["alpha"]
    assert rated["state"] == "review"
    assert datetime.fromisoformat(rated["due"]).date() > datetime.now(UTC).date()
    assert rated["stability"] > 1
    assert len(quizapp("cards").out.splitlines()) == len(listed)


@pytest.mark.parametrize(
    ("word", "rating"), [("again", "again"), ("HARD", "hard"), ("3", "good"), ("4", "easy"), ("1", "again")]
)
def test_answer_rates_a_card(quizapp: Command, decks: Path, word: str, rating: str) -> None:
    """By word or number; the log holds it."""
    quizapp("add", decks)
    done = quizapp("answer", "alpha", word, "--json")
    assert (done.code, done.value["id"], done.value["reps"]) == (0, "alpha", 1)
    (entry,) = quizapp("log", "--json").lines
    assert (entry["card"], entry["kind"], entry["rating"]) == ("alpha", "review", rating)
    assert rating in quizapp("log").out


def test_answer_takes_a_time(quizapp: Command, decks: Path) -> None:
    """The test vector of the next morning, through the command line."""
    quizapp("add", decks)
    quizapp("answer", "alpha", "good", "--at", "2026-03-02T22:00")
    done = quizapp("answer", "alpha", "good", "--at", "2026-03-03T08:00", "--json")
    assert done.value["stability"] == pytest.approx(7.3153, abs=1e-4)
    first, second = quizapp("log", "--json").lines
    assert (first["day"], second["day"]) == ("2026-03-02", "2026-03-03")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("nobody", "good"), 3, "'nobody' is not in the library"),
        (("alpha", "fine"), 2, "'fine' is no rating"),
        (("alpha", "5"), 2, "'5' is no rating"),
        (("alpha", "good", "--at", "noon"), 2, "'noon' is not a time"),
        (("alpha", "good", "--at", "1999-01-01"), 2, "outside the years 2000 to 2199"),
        (("alpha", "good", "--at", "9999-12-31T23:59"), 2, "outside the years 2000 to 2199"),
        (("alpha", "good", "--at", "2001-01-01T00:00Z"), 2, "was last reviewed at"),
        (("alpha",), 2, "Missing argument"),
    ],
)
def test_answer_refuses(
    quizapp: Command, decks: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    """An unknown card, rating or time, and a time before the last review: nothing is written."""
    quizapp("add", decks)
    quizapp("answer", "alpha", "good")
    done = quizapp("answer", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert len(quizapp("log", "--json").lines) == 1


def test_check_exits_1_with_findings(quizapp: Command, decks: Path) -> None:
    """And 0 without; it needs no library."""
    clean = quizapp("check", decks)
    assert (clean.code, clean.out) == (0, "")
    (decks / "bad.md").write_text("nothing\n", encoding="utf-8")
    found = quizapp("check", decks)
    assert found.code == 1
    assert found.out.startswith(f"{decks / 'bad.md'}:")
    as_json = quizapp("check", decks, "--json")
    assert as_json.code == 1
    assert [line["path"] for line in as_json.lines] == [str(decks / "bad.md")] * len(as_json.lines)
    assert quizapp("check", decks / "typo").code == 3


def test_hostile_text_does_not_reach_the_terminal(quizapp: Command, decks: Path) -> None:
    """A file's name and its text are printed without what acts."""
    (decks / "bad\x1b[2J.md").write_text("# A\x1b]0;x\x07\n**Category:** a\x1b[31m/b\n", encoding="utf-8")
    for arguments in (("check", decks), ("add", decks), ("cards",), ("due",)):
        done = quizapp(*arguments)
        assert "\x1b" not in done.out + done.err
        assert "\x07" not in done.out + done.err


def test_export_writes_and_refuses(quizapp: Command, decks: Path, tmp_path: Path) -> None:
    """Every topic below the folder; what differs is replaced with --force only."""
    quizapp("add", decks)
    out = tmp_path / "out"
    assert quizapp("export", out).code == 0
    assert len(list(out.rglob("*.md"))) == 21
    (out / "deck" / "alpha.md").write_text("mine", encoding="utf-8")
    refused = quizapp("export", out)
    assert refused.code == 3
    assert "is there and differs" in refused.err
    assert quizapp("export", out, "--force").code == 0
    assert (out / "deck" / "alpha.md").read_text(encoding="utf-8").startswith("# Alpha")


def test_exported_decks_pass_the_check(quizapp: Command, tmp_path: Path) -> None:
    """What quizapp writes, quizapp finds no fault with."""
    quizapp("export", tmp_path / "out")
    assert quizapp("check", tmp_path / "out").code == 0


def test_settings_errors_are_usage_errors(quizapp: Command, home: Path) -> None:
    """Exit code 2, with the nearest name."""
    (home / "config.toml").write_text("new_a_day = 3\n", encoding="utf-8")
    done = quizapp("due")
    assert done.code == 2
    assert "there is no setting 'new_a_day'" in done.err
    assert "did you mean 'new_per_day'?" in done.err


def test_settings_are_used(quizapp: Command, home: Path) -> None:
    """The limit of new cards is the learner's own."""
    (home / "config.toml").write_text("new_per_day = 3\n", encoding="utf-8")
    assert quizapp("due", "--json").value["new"] == 3


@pytest.mark.parametrize("arguments", [("ad",), ("--nonsense",), ("due", "--nonsense"), ("add",)])
def test_usage_errors_exit_2(quizapp: Command, arguments: tuple[str, ...]) -> None:
    """On stderr, with nothing on stdout."""
    done = quizapp(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_a_mistyped_verb_is_answered_with_the_nearest(quizapp: Command) -> None:
    """`quizapp crads` means cards."""
    assert "Did you mean 'cards'?" in quizapp("crads").err


@pytest.mark.parametrize(("elsewhere", "here"), [("import", "add"), ("search", "find"), ("review", "study")])
def test_a_verb_of_other_programs_is_answered_with_ours(quizapp: Command, elsewhere: str, here: str) -> None:
    """`import` looks like `export`, and means `add`."""
    assert f"Did you mean {here!r}?" in quizapp(elsewhere).err


def test_the_verbs_of_other_programs_lead_to_verbs() -> None:
    """None to one that has been renamed."""
    verbs = set(root.list_commands(click.Context(root)))
    assert set(_ELSEWHERE.values()) <= verbs
    assert not verbs & set(_ELSEWHERE)


def test_help_names_every_verb(quizapp: Command) -> None:
    """And every verb has a help of its own."""
    overall = quizapp("--help")
    assert overall.code == 0
    verbs = root.list_commands(click.Context(root))
    assert {"study", "drill", "sim", "find"} <= set(verbs)
    for verb in verbs:
        assert f"\n  {verb} " in overall.out
        own = quizapp(verb, "--help")
        assert own.code == 0
        assert own.out.startswith(f"Usage: quizapp {verb}")


def test_the_app_needs_a_terminal(quizapp: Command) -> None:
    """Without one it says so and what works without, with exit code 2."""
    for arguments in ((), ("study",), ("study", "deck")):
        done = quizapp(*arguments)
        assert done.code == 2
        assert "needs a terminal" in done.err
        assert "quizapp due" in done.err


def test_an_interrupt_exits_130(quizapp: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C is no failure of the program."""
    from quizapp.services import listing

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(listing, "listed_cards", interrupted)
    done = quizapp("cards")
    assert (done.code, done.out) == (130, "")


def test_an_unexpected_error_is_told_without_a_traceback(
    quizapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its kind, and how to see more; QUIZAPP_DEBUG=1 lets it through."""
    from quizapp.services import listing

    def broken(*_: object) -> None:
        raise ZeroDivisionError("no")

    monkeypatch.setattr(listing, "listed_cards", broken)
    done = quizapp("cards")
    assert done.code == 1
    assert "unexpected error: ZeroDivisionError: no" in done.err
    assert "QUIZAPP_DEBUG=1" in done.err
    monkeypatch.setenv("QUIZAPP_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        quizapp("cards")


def test_a_pipe_that_closes_early_is_no_error(home: Path) -> None:  # noqa: ARG001 - the library is there
    """`quizapp cards | head -1` ends quietly."""
    child = subprocess.Popen(
        [sys.executable, "-m", "quizapp", "cards", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert json.loads(child.stdout.readline())["id"]
    child.stdout.close()
    assert child.stderr is not None
    assert child.stderr.read() == ""
    assert child.wait() == 0
    child.stderr.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ("sim", "--set", "depth=3"),
        ("sim", "--plain"),
        ("sim", "check", "--json", "densenet-concat"),
        ("sim", "check", "--steps", "3"),
        ("sim", "densenet-concat", "--report"),
        ("sim", "densenet-concat", "--jobs", "2"),
        ("sim", "densenet-concat", "--sweep", "k=4", "--plain"),
    ],
)
def test_no_option_is_passed_over(quizapp: Command, arguments: tuple[str, ...]) -> None:
    """One that belongs to a run alone is refused elsewhere."""
    done = quizapp(*arguments)
    assert done.code == 2
    assert "does not go with" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_the_output_is_told(home: Path) -> None:  # noqa: ARG001 - the library is there
    """In one line."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "quizapp", "cards"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "quizapp: the output cannot be written: no space is left.\n"


def test_a_closed_output_is_no_error(home: Path) -> None:  # noqa: ARG001 - the library is there
    """Nobody asked for what is printed."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m quizapp due >&-"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
