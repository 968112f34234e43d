"""config, backup, restore, doctor and completion: what they print, and their exit codes."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_imports import loaded


def test_config_shows_what_is_in_force(quizapp: Command, home: Path) -> None:
    """As TOML that the file could hold, those that differ marked; or as one object."""
    (home / "config.toml").write_text(
        'new_per_day = 5\n[keys]\n"study.why" = "y"\n[deck."a/b"]\nlearning_steps = ["1m"]\n',
        encoding="utf-8",
    )
    shown = quizapp("config", "show").out
    assert "new_per_day = 5  # default 20; " in shown
    assert "retention = 0.9  # The share" in shown
    other = home / "other.toml"
    other.write_text(shown, encoding="utf-8")
    value = quizapp("config", "show", "--json").value
    assert value["keys"] == {"study.why": "y"}
    assert value["deck"] == {"a/b": {"learning_steps": ["1m"]}}
    (home / "config.toml").write_text(shown, encoding="utf-8")
    assert quizapp("config", "show", "--json").value == value


def test_config_validate_tells_everything_at_once(quizapp: Command, home: Path) -> None:
    """With path and line; keys, clashes and themes as well. Exit code 1."""
    assert quizapp("config", "validate").code == 0
    where = home / "config.toml"
    where.write_text('theme = "nrod"\nretentoin = 1\n[keys]\n"study.why" = "c"\n', encoding="utf-8")
    done = quizapp("config", "validate")
    assert done.code == 1
    first, second, third = done.out.splitlines()
    assert first == f"{where}:1: there is no theme 'nrod': did you mean 'nord'?"
    assert second == f"{where}:2: there is no setting 'retentoin': did you mean 'retention'?"
    assert third.startswith(f"{where}:4: “Why” and “Claims” would both take c on a card")
    assert [found["line"] for found in quizapp("config", "validate", "--json").lines] == [1, 2, 4]


def test_config_path_needs_no_file(quizapp: Command, home: Path) -> None:
    """It says where the file would be."""
    assert quizapp("config", "path").out == f"{home / 'config.toml'}\n"


def test_config_set_writes_one_setting(quizapp: Command, home: Path) -> None:
    """Of all decks, of one, or a key; --default takes it out again."""
    where = home / "config.toml"
    where.write_text("# mine\n", encoding="utf-8")
    assert quizapp("config", "set", "new_per_day", "7").code == 0
    assert quizapp("config", "set", "learning_steps", "1m,5m", "--deck", "a/b/").code == 0
    assert quizapp("config", "set", "keys.study.why", "y").code == 0
    text = where.read_text(encoding="utf-8")
    assert text.startswith("# mine\nnew_per_day = 7\n")
    value = quizapp("config", "show", "--json").value
    assert value["deck"] == {"a/b": {"learning_steps": ["1m", "5m"]}}
    assert value["keys"] == {"study.why": "y"}
    for words in (("new_per_day",), ("learning_steps", "--deck", "a/b"), ("keys.study.why",)):
        assert quizapp("config", "set", *words, "--default").code == 0
    assert where.read_text(encoding="utf-8").strip() == "# mine"


def test_config_set_says_so_where_there_is_no_such_deck(quizapp: Command) -> None:
    """It is set all the same: the deck may come."""
    assert quizapp("due").code == 0
    done = quizapp("config", "set", "new_per_day", "3", "--deck", "residual-conections")
    assert done.code == 0
    assert done.err == "There is no deck 'residual-conections' yet: did you mean 'residual-connections'?\n"
    assert quizapp("config", "set", "new_per_day", "3", "--deck", "residual-connections").err == ""


def test_config_set_sees_the_keys_that_were_changed_before(quizapp: Command) -> None:
    """A key that was given away is free, and its former owner cannot have it back meanwhile."""
    assert quizapp("config", "set", "keys.study.claims", "f7").code == 0
    assert quizapp("config", "set", "keys.study.why", "c").code == 0
    done = quizapp("config", "set", "keys.study.claims", "--default")
    assert done.code == 2
    assert "“Why” and “Claims” would both take c on a card" in done.err
    assert quizapp("config", "set", "keys.study.why", "--default").code == 0
    assert quizapp("config", "set", "keys.study.claims", "--default").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new_per_dya", "7"), "Did you mean 'new_per_day'?"),
        (("new_per_day", "many"), "It takes a whole number, 0 to 9999."),
        (("new_per_day",), "Give a value, or --default."),
        (("new_per_day", "7", "--default"), "Give a value, or --default."),
        (("fuzz", "no", "--deck", "a"), "There is no setting 'fuzz' for a deck."),
        (("theme", "quizapp-drak"), "There is no theme 'quizapp-drak'.\nDid you mean 'quizapp-dark'?"),
        (("theme", "zzz"), "There are quizapp-dark, quizapp-light, "),
        (("keys.study.wyh", "w"), "Did you mean 'study.why'?"),
        (
            ("keys.study.why", "c"),
            "“Why” and “Claims” would both take c on a card (study.why, study.claims).\nGive one",
        ),
    ],
)
def test_config_set_refuses_what_means_nothing(
    quizapp: Command, home: Path, words: tuple[str, ...], told: str
) -> None:
    """Exit code 2, with what to do; nothing is written."""
    done = quizapp("config", "set", *words)
    assert done.code == 2
    assert told.lower() in done.err.lower()
    assert not (home / "config.toml").exists()


def test_backup_list_and_restore(quizapp: Command, tmp_path: Path) -> None:
    """The copy's path is on stdout; it is listed, and puts back what was there."""
    quizapp("answer", "scale-explosion", "good")
    done = quizapp("backup")
    copy = Path(done.out.strip())
    assert copy.is_file()
    told = re.search(r"1 log entry, (\d+) cards; the copy was read and is whole", done.err)
    assert told is not None
    assert quizapp("backup", "--output", tmp_path / "mine.db", "--json").value == {
        "path": str(tmp_path / "mine.db"), "entries": 1, "cards": int(told[1]),
    }  # fmt: skip
    (listed,) = quizapp("backup", "--list", "--json").lines
    assert (listed["path"], listed["entries"], listed["reason"]) == (str(copy), 1, "by-hand")
    assert copy.name in quizapp("backup", "--list").out
    assert "--verify does so again" in quizapp("backup", "--list").err
    assert listed["whole"] is None
    assert quizapp("backup", "--verify", "--json").value["whole"] is True
    assert "read to its last page just now, and restores" in quizapp("backup", "--verify").err
    quizapp("answer", "scale-explosion", "good")
    assert len(quizapp("log", "--json").lines) == 2
    back = quizapp("restore")
    assert back.code == 0
    assert "is now " in back.out
    assert "1 log entry, " in back.out
    assert len(quizapp("log", "--json").lines) == 1
    kept = back.err.split()[-1]
    assert quizapp("restore", kept).code == 0
    assert len(quizapp("log", "--json").lines) == 2


def test_a_damaged_backup_is_found(quizapp: Command) -> None:
    """Its first pages can be read, so that a list alone says nothing. Exit code 1."""
    assert quizapp("answer", "scale-explosion", "good").code == 0
    copy = Path(quizapp("backup").out.strip())
    with copy.open("r+b") as file:
        file.seek(-4096, os.SEEK_END)
        file.write(b"\xff" * 4096)
    assert quizapp("backup", "--list").code == 0
    done = quizapp("backup", "--verify")
    assert done.code == 1
    assert done.out.startswith("damaged  ")
    assert "1 of 1 damaged" in done.err


def test_restore_and_backup_tell_what_they_cannot_do(quizapp: Command, home: Path, tmp_path: Path) -> None:
    """No backup yet, no such date, a damaged file, a missing database."""
    assert quizapp("restore").code == 2
    assert quizapp("restore", "1999-01-01").code == 2
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"x" * 5000)
    before = (home / "quizapp.db").read_bytes()
    assert quizapp("restore", bad).code == 4
    assert (home / "quizapp.db").read_bytes() == before
    assert quizapp("backup", "--list").err.startswith("no backup yet in ")
    assert quizapp("backup", "--list", "--output", "x").code == 2
    assert quizapp("backup", "--verify", "--output", "x").code == 2
    refused = quizapp("backup", "--output", tmp_path / "none" / "x.db")
    assert (refused.code, refused.out) == (2, "")
    assert f"There is no folder {tmp_path / 'none'}." in refused.err
    assert not (tmp_path / "none").exists()
    assert quizapp("--db", f"sqlite:///{tmp_path}/none.db", "backup").code == 4
    (home / "quizapp.db").unlink()
    assert quizapp("backup").code == 4
    assert not (home / "quizapp.db").exists()


def test_doctor_finds_and_repairs(quizapp: Command, home: Path) -> None:
    """Exit code 1 with a finding, 0 once it is repaired; each finding is one object with --json."""
    assert quizapp("doctor").code == 0
    quizapp("answer", "scale-explosion", "good")
    with closing(sqlite3.connect(home / "quizapp.db")) as connection:
        connection.execute("UPDATE card SET reps = 7 WHERE id = 'scale-explosion'")
        connection.commit()
    done = quizapp("doctor", "--json")
    assert done.code == 1
    (wrong,) = [look for look in done.lines if look["state"] == "wrong"]
    assert wrong["area"] == "log"
    assert "scale-explosion" in wrong["words"]
    assert quizapp("doctor", "--fix").code == 0
    assert quizapp("doctor").code == 0
    assert len(quizapp("backup", "--list", "--json").lines) == 1


def test_doctor_looks_past_wrong_settings(quizapp: Command, home: Path) -> None:
    """Where every other command stops with them, it goes on to the database."""
    (home / "config.toml").write_text("retentoin = 1\nfuzz = 3\n", encoding="utf-8")
    done = quizapp("doctor", "--json")
    assert done.code == 1
    assert [look["area"] for look in done.lines if look["state"] == "wrong"] == ["settings", "settings"]
    assert any(look["name"] == "states" for look in done.lines)


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "compdef"), ("fish", "complete ")]
)
def test_completion_prints_a_script(quizapp: Command, shell: str, sign: str) -> None:
    """It calls quizapp for every word."""
    done = quizapp("completion", shell)
    assert done.code == 0
    assert sign in done.out
    assert "_QUIZAPP_COMPLETE" in done.out


def complete(*words: str, shell: str = "bash", **environment: str) -> list[str]:
    """Return what a shell would be offered for the last of the words."""
    env = {
        **os.environ,
        **environment,
        "_QUIZAPP_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1) if shell != "fish" else words[-1],
    }
    done = subprocess.run(
        [sys.executable, "-c", "from quizapp.cli import main; main()"],
        env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("quizapp", "doc"), ["plain,doctor"]),
        (("quizapp", "config", "va"), ["plain,validate"]),
        (("quizapp", "study", "residual-connections/sc"), ["plain,residual-connections/scale"]),
        (("quizapp", "study", "--deck", "residual-connections/gr"), ["plain,residual-connections/gradients"]),
        (("quizapp", "answer", "scale-explosion/why"), None),
        (("quizapp", "answer", "scale-explosion", "go"), ["plain,good"]),
        (("quizapp", "sim", "vanish"), ["plain,vanishing-gradients"]),
        (("quizapp", "claims", "--topic", "scale-e"), ["plain,scale-explosion"]),
        (("quizapp", "config", "set", "new"), ["plain,new_per_day"]),
        (("quizapp", "restore", "lat"), ["plain,latest"]),
        (("quizapp", "completion", "fi"), ["plain,fish"]),
    ],
)
@pytest.mark.usefixtures("home")
def test_names_are_completed(words: tuple[str, ...], offered: list[str] | None) -> None:
    """Commands, decks, cards, simulations, topics, settings and backups."""
    found = complete(*words)
    assert (
        found == offered
        if offered is not None
        else all(line.startswith("plain,scale-explosion/") for line in found)
    )


def test_completion_in_an_empty_or_broken_home_says_nothing(tmp_path: Path) -> None:
    """No library is made for it, and no error is shown in the middle of a line."""
    empty = tmp_path / "empty"
    assert complete("quizapp", "study", "res", QUIZAPP_HOME=str(empty)) == []
    assert not empty.exists()
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "quizapp.db").write_bytes(b"x" * 5000)
    (broken / "config.toml").write_text("retentoin = 1", encoding="utf-8")
    assert complete("quizapp", "answer", "a", QUIZAPP_HOME=str(broken)) == []


@pytest.mark.usefixtures("home")
def test_completion_loads_nothing_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the interface nor torch nor the database's toolkit, or every key would wait."""
    monkeypatch.setenv("_QUIZAPP_COMPLETE", "bash_complete")
    for words in ("quizapp answer scale", "quizapp sim van", "quizapp study res"):
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", "2")
        program = "from quizapp.cli.outcome import run\ntry:\n    run([])\nexcept SystemExit:\n    pass\n"
        heavy = ("textual", "sqlalchemy", "alembic", "torch", "numpy", "fsrs", "markdown_it", "tomlkit")
        assert loaded(program, *heavy) == set()
