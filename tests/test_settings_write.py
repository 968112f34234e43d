"""Writing settings: one value changes, and nothing else in the file does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from quizapp.errors import ConfigError
from quizapp.settings_file import settings_of
from quizapp.settings_text import with_setting
from quizapp.settings_write import FileChangedError, write_setting

FILE = """\
# What I like.
new_per_day   =  5   # no more!

retention = 0.9

# Decks of their own
[deck."a/b"]
# hard
retention = 0.8

[keys]
study.why = "w"
"""


def test_only_the_value_changes() -> None:
    """Comments, blanks and order stay."""
    assert with_setting(FILE, (), "new_per_day", 7) == FILE.replace("=  5   #", "=  7   #")
    assert with_setting(FILE, ("deck", "a/b"), "retention", 0.7) == FILE.replace("0.8", "0.7")
    assert with_setting(FILE, ("keys",), "study.why", "v") == FILE.replace('"w"', '"v"')


def test_a_new_key_comes_before_the_tables() -> None:
    """Otherwise it would belong to the last of them."""
    read = settings_of(with_setting(FILE, (), "fuzz", False), "c")
    assert read.problems == ()
    assert read.settings.fuzz is False
    assert read.settings.decks["a/b"].retention == 0.8


@pytest.mark.parametrize("text", ["", FILE, FILE.replace("\n", "\r\n"), "# nothing yet"])
def test_tables_are_made_where_they_are_missing(text: str) -> None:
    """For a deck, and for keys; the file's own line ends stay."""
    after = with_setting(text, ("deck", "c d"), "learning_steps", ["1m", "5m"])
    after = with_setting(after, ("keys",), "home.lab", "f5")
    read = settings_of(after, "c")
    assert read.problems == ()
    assert read.settings.decks["c d"].learning_steps == (60, 300)
    assert read.settings.keys["home.lab"] == "f5"
    assert all(line in after for line in text.splitlines())


def test_taking_out_brings_the_default_back() -> None:
    """A table goes with its last key, unless a comment stands in it; taking out what is not there does nothing."""
    assert with_setting(FILE, (), "fuzz", None) == FILE
    assert with_setting(FILE, ("deck", "c"), "retention", None) == FILE
    assert "new_per_day" not in with_setting(FILE, (), "new_per_day", None)
    without = with_setting(FILE, ("deck", "a/b"), "retention", None)
    assert "# hard" in without
    assert settings_of(without, "c").settings.decks["a/b"].retention is None
    made = with_setting("fuzz = true\n", ("deck", "c"), "retention", 0.8)
    assert "deck" not in with_setting(made, ("deck", "c"), "retention", None)


COMMENTED = """\
# Mine.
new_per_day = 7      # seven
learning_steps = ["1m",   # at once
  "10m"]   # a while

# my keys
[keys]   # few
"study.why" = 'w'   # why not

# of decks
[deck.a]   # hard
retention = 0.8   # for now
"""


@pytest.mark.parametrize(
    ("table", "name", "value", "old", "new"),
    [
        ((), "fuzz", False, '  "10m"]   # a while\n', '  "10m"]   # a while\nfuzz = false\n'),
        ((), "new_per_day", None, "new_per_day = 7      # seven\n", "# seven\n"),
        ((), "learning_steps", ["2m", "1h"], '"1m",   # at once\n  "10m"', '"2m",   # at once\n  "1h"'),
        ((), "learning_steps", ["2m"], '["1m",   # at once\n  "10m"]   # a while', '["2m"] # at once # a while'),
        ((), "learning_steps", [], '["1m",   # at once\n  "10m"]   # a while', "[] # at once # a while"),
        (("keys",), "study.claims", "y", "# why not\n", '# why not\n"study.claims" = "y"\n'),
        (("keys",), "study.why", None, "\"study.why\" = 'w'   # why not\n", "# why not\n"),
        (("deck", "a"), "retention", None, "retention = 0.8   # for now\n", "# for now\n"),
        (("deck", "b"), "retention", 0.8, "# for now\n", "# for now\n\n[deck.b]\nretention = 0.8\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_comment_stays_where_it_belongs(
    table: tuple[str, ...], name: str, value: Any, old: str, new: str, ends: str, mark: str
) -> None:
    """Beside a value, above a table, inside a list; with the file's own line ends and its mark."""
    text = mark + COMMENTED.replace("\n", ends)
    after = with_setting(text, table, name, value)
    assert after == mark + COMMENTED.replace(old, new).replace("\n", ends)
    assert settings_of(after, "c").problems == ()


def test_a_comment_above_the_first_table_stays_above_it() -> None:
    """A new key goes before it, and behind what is said of the whole file."""
    text = '# all of it\n\n# my keys\n[keys]\n"study.why" = "w"\n'
    assert with_setting(text, (), "fuzz", False) == text.replace("# my keys", "fuzz = false\n\n# my keys")


def test_tables_in_a_line_are_written_into() -> None:
    """They are TOML, too."""
    text = 'keys = {"study.why" = "w"}\ndeck = {a = {retention = 0.8}}\n'
    after = with_setting(with_setting(text, ("keys",), "home.lab", "f5"), ("deck", "b"), "retention", 0.7)
    read = settings_of(after, "c")
    assert read.problems == ()
    assert read.settings.keys == {"study.why": "w", "home.lab": "f5"}
    assert {path: own.retention for path, own in read.settings.decks.items()} == {"a": 0.8, "b": 0.7}


def test_a_file_is_replaced_whole_and_keeps_its_link_and_rights(tmp_path: Path) -> None:
    """Dotfiles are links into a folder of their own."""
    real = tmp_path / "dotfiles" / "quizapp.toml"
    real.parent.mkdir()
    real.write_text(FILE, encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    read = write_setting(link, (), "new_per_day", 9)
    assert read.settings.new_per_day == 9
    assert link.is_symlink()
    assert "9   # no more!" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640
    assert list(real.parent.iterdir()) == [real]


def test_a_missing_file_and_folder_are_made(tmp_path: Path) -> None:
    """The first setting that is changed makes them."""
    where = tmp_path / "new" / "config.toml"
    write_setting(where, (), "theme", "nord")
    assert where.read_text(encoding="utf-8") == 'theme = "nord"\n'


def test_a_file_that_was_changed_elsewhere_is_left_alone(tmp_path: Path) -> None:
    """What the learner was shown is not what stands there now."""
    where = tmp_path / "config.toml"
    seen = write_setting(where, (), "theme", "nord", seen="").text
    where.write_text("fuzz = false\n", encoding="utf-8")
    with pytest.raises(FileChangedError):
        write_setting(where, (), "theme", "gruvbox", seen=seen)
    assert where.read_text(encoding="utf-8") == "fuzz = false\n"


@pytest.mark.parametrize("text", ["new_per_day = ", "retentoin = 0.9"])
def test_a_file_that_is_wrong_is_not_written(tmp_path: Path, text: str) -> None:
    """What stands in it is told, and stays."""
    where = tmp_path / "config.toml"
    where.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config.toml:1: "):
        write_setting(where, (), "fuzz", False)
    assert where.read_text(encoding="utf-8") == text


def test_a_value_that_is_wrong_is_not_written(tmp_path: Path) -> None:
    """The file is as it was."""
    where = tmp_path / "config.toml"
    where.write_text(FILE, encoding="utf-8")
    with pytest.raises(ConfigError, match="retention is 3"):
        write_setting(where, (), "retention", 3)
    assert where.read_text(encoding="utf-8") == FILE


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The settings are as they were."""
    tmp_path.chmod(0o500)
    with pytest.raises(ConfigError, match="cannot be written"):
        write_setting(tmp_path / "config.toml", (), "fuzz", False)
    tmp_path.chmod(0o700)
