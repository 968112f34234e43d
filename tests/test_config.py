"""Settings and paths: what a file may hold, and how each mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.config import Settings, load_settings, paths
from quizapp.errors import ConfigError


def loaded(folder: Path, text: str) -> Settings:
    """Return the settings of a file with this text."""
    where = folder / "config.toml"
    where.write_text(text + "\n", encoding="utf-8")
    return load_settings(where)


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    """Twenty new cards, two hundred reviews, 90 % and four o'clock."""
    settings = load_settings(tmp_path / "config.toml")
    assert settings == Settings() == loaded(tmp_path, "")
    assert (settings.new_per_day, settings.reviews_per_day) == (20, 200)
    assert (settings.retention, settings.rollover_hour) == (0.90, 4)


def test_every_setting_is_read(tmp_path: Path) -> None:
    """Numbers, steps with their units, switches and names."""
    settings = loaded(
        tmp_path,
        """
        retention = 0.85
        rollover_hour = 0
        new_per_day = 0
        reviews_per_day = 9999
        learning_steps = ["30s", "5m", "2h"]
        relearning_steps = []
        fuzz = false
        theme = "textual-light"
        frames_per_second = 60
        """,
    )
    assert settings == Settings(0.85, 0, 0, 9999, (30, 300, 7200), (), False, "textual-light", 60)
    assert settings.policy.learning_steps == (30, 300, 7200)
    assert settings.policy.retention == 0.85


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("retentoin = 0.9", "there is no setting 'retentoin'", "Did you mean 'retention'?"),
        ("xyz = 1", "there is no setting 'xyz'", "The settings are retention, "),
        ("[retention]\nvalue = 1", "retention is {'value': 1}", "It takes float"),
        ("retention = 1.5", "retention is 1.5: it takes 0.7 to 0.99", "Mend"),
        ("retention = 1", "retention is 1.0", "Mend"),
        ("retention = nan", "retention is nan", "Mend"),
        ('retention = "high"', "retention is 'high'", "It takes float, such as 0.9."),
        ("rollover_hour = 24", "rollover_hour is 24", "It takes 0 to 23."),
        ("rollover_hour = 4.5", "rollover_hour is 4.5", "It takes int, such as 4."),
        ("new_per_day = true", "new_per_day is True", "It takes int"),
        ("new_per_day = -1", "new_per_day is -1", "It takes 0 to 9999."),
        ("fuzz = 1", "fuzz is 1", "It takes bool"),
        ("learning_steps = 60", "learning_steps is 60", 'such as ["1m", "10m"]'),
        ("learning_steps = [60]", "learning_steps holds 60", "It takes a list"),
        ('learning_steps = ["m"]', "learning_steps holds 'm'", "It takes a list"),
        ('learning_steps = ["²m"]', "learning_steps holds '²m'", "It takes a list"),
        ('learning_steps = ["24h"]', "learning_steps holds 86400 s", "Mend"),
        ("new_per_day = ", "line 1", "Mend this line"),
        ("new_per_day = 1\nnew_per_day = 2", "line 2", "Mend this line"),
    ],
)
def test_every_mistake_is_told(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """With the file, what is wrong, and what to write instead."""
    with pytest.raises(ConfigError) as told:
        loaded(tmp_path, text)
    assert message in told.value.message
    assert told.value.message.startswith(str(tmp_path / "config.toml"))
    assert hint in told.value.hint


@pytest.mark.parametrize("kind", ["folder", "latin-1"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, kind: str) -> None:
    """It is a folder, or not UTF-8."""
    where = tmp_path / "config.toml"
    if kind == "folder":
        where.mkdir()
    else:
        where.write_bytes(b'theme = "\xe4"')
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(where)


def test_one_folder_can_hold_everything(tmp_path: Path) -> None:
    """QUIZAPP_HOME goes before the platform's folders."""
    where = paths({"QUIZAPP_HOME": str(tmp_path)})
    assert {where.database, where.decks, where.backups, where.settings, where.log} == {
        tmp_path / name for name in ("quizapp.db", "decks", "backups", "config.toml", "quizapp.log")
    }


def test_else_the_platform_says_where(own_home: Path) -> None:
    """Data, settings and logs each have their place."""
    where = paths()
    assert all(path.is_relative_to(own_home) for path in (where.database, where.settings, where.log))
    assert len({where.data, where.config, where.state}) == 3
