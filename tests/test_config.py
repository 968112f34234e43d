"""Settings and paths: what a file may hold, and how each mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.config import Settings, load_settings, paths
from quizapp.errors import ConfigError
from quizapp.settings_file import settings_of


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
    ("text", "line", "words"),
    [
        ("retentoin = 0.9", 1, "there is no setting 'retentoin': did you mean 'retention'?"),
        ("xyz = 1", 1, "there is no setting 'xyz': the settings are new_per_day, "),
        ("[retention]\nvalue = 1", 1, "retention is {'value': 1}: it takes a number, 0.70 to 0.99"),
        ("# mine\nretention = 1.5", 2, "retention is 1.5: it takes 0.70 to 0.99"),
        ("retention = 1", 1, "retention is 1: it takes 0.70 to 0.99"),
        ("retention = nan", 1, "retention is nan: it takes"),
        ('retention = "high"', 1, "retention is 'high': it takes a number"),
        ("rollover_hour = 24", 1, "rollover_hour is 24: it takes 0 to 23"),
        ("rollover_hour = 4.5", 1, "rollover_hour is 4.5: it takes a whole number, 0 to 23"),
        ("new_per_day = true", 1, "new_per_day is true: it takes a whole number"),
        ("new_per_day = -1", 1, "new_per_day is -1: it takes 0 to 9999"),
        ("fuzz = 1", 1, "fuzz is 1: it takes true or false"),
        ('device = "tpu"', 1, "device is 'tpu': it takes one of auto, cpu, cuda, mps"),
        ('theme = ""', 1, "theme is '': it takes a name"),
        ("learning_steps = 60", 1, "learning_steps is 60: it takes a list such as"),
        ("learning_steps = [60]", 1, "learning_steps holds 60: it takes a list"),
        ('learning_steps = ["m"]', 1, "learning_steps holds 'm': it takes a list"),
        ('learning_steps = ["²m"]', 1, "learning_steps holds '²m': it takes a list"),
        (
            'learning_steps = ["24h"]',
            1,
            "learning_steps holds '24h': a step takes 1 second to just under a day",
        ),
        ('learning_steps = ["0s"]', 1, "learning_steps holds '0s': a step takes 1 second"),
        ("fuzz = true\nnew_per_day = ", 2, "what stands behind the = is no value: mend this line"),
        (
            "new_per_day = 1\nnew_per_day = 2\nfuzz = true",
            2,
            "this stands further up already: mend this line",
        ),
        ("keys = 3", 1, "keys is 3: it takes a table"),
        ('[keys]\n"study.why" = 3', 2, "the keys of study.why are 3: it takes keys such as"),
        ("[keys]\nstudy.why = []", 2, "the keys of study.why are []: it takes keys such as"),
        ("deck = 3", 1, "deck is 3: it takes a table"),
        ("[deck]\nfoundations = 3", 2, "deck.foundations is 3: it takes a table"),
        ('[deck."a/b"]\nretention = 2', 2, "retention is 2: it takes 0.70 to 0.99"),
        ('[deck."a/b"]\nfuzz = true', 2, "fuzz cannot be set for one deck: these can: new_per_day,"),
        (
            '[deck."a/b"]\n\nnew_per_dya = 3',
            3,
            "there is no setting 'new_per_dya': did you mean 'new_per_day'?",
        ),
    ],
)
def test_every_mistake_is_told(tmp_path: Path, text: str, line: int, words: str) -> None:
    """With the file and the line, what is wrong, and what to write instead."""
    with pytest.raises(ConfigError) as told:
        loaded(tmp_path, text)
    assert told.value.message.startswith(f"{tmp_path / 'config.toml'}:{line}: {words}")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A line each, in the order of the file."""
    with pytest.raises(ConfigError) as told:
        loaded(tmp_path, 'fuzz = 1\nretentoin = 0.9\n[keys]\na = 1\n[deck."x"]\nretention = 3')
    lines = [line.removeprefix(str(tmp_path / "config.toml")) for line in told.value.message.splitlines()]
    assert [line.split(":")[1] for line in lines] == ["1", "2", "4", "6"]


def test_a_deck_does_otherwise_than_the_rest(tmp_path: Path) -> None:
    """Of the decks that enclose one, the nearest one's value holds; what it does not say comes from farther out."""
    settings = loaded(
        tmp_path,
        """
        retention = 0.9
        [deck."deep"]
        retention = 0.8
        follow_ups = "later"
        [deck."deep/er"]
        learning_steps = ["5m"]
        follow_ups = "never"
        """,
    )
    assert settings.policy_of("wide") == settings.policy
    assert settings.policy_of("deeper") == settings.policy
    assert settings.in_deck("deep").retention == 0.8
    inner = settings.in_deck("deep/er/est")
    assert (inner.retention, inner.learning_steps, inner.follow_ups) == (0.8, (300,), "never")


def test_keys_are_read_in_every_way_of_writing_them(tmp_path: Path) -> None:
    """Ids with or without quotation marks; one key, several in one text, or a list."""
    settings = loaded(tmp_path, '[keys]\n"study.why" = "w"\nstudy.down = "j, down"\nhome.lab = ["f5", "L"]')
    assert settings.keys == {"study.why": "w", "study.down": "j,down", "home.lab": "f5,L"}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("folder", r"config\.toml: cannot be read: is a directory: mend"),
        ("latin-1", r"config\.toml:2: is no UTF-8 text: save the file as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, kind: str, told: str) -> None:
    """It is a folder, or not UTF-8."""
    where = tmp_path / "config.toml"
    if kind == "folder":
        where.mkdir()
    else:
        where.write_bytes(b'# mine\ntheme = "\xe4"')
    with pytest.raises(ConfigError, match=told):
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


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("new_per_day = \nretentoin = 1\nretention = 2\n", [1, 2, 3]),
        ("fuzz = true\nfuzz = false\nretentoin = 1\n", [2, 3]),
        ('retention = 2\n[keys\n"study.why" = "w"\n', [1, 2]),
        ("learning_steps = [\n", [1]),
        ("= = =\n" * 30, list(range(1, 21))),
    ],
)
def test_a_line_that_is_no_toml_hides_no_other_problem(text: str, lines: list[int]) -> None:
    """Everything is told at once, and nothing that only follows from the broken line."""
    assert [problem.line for problem in settings_of(text, "config.toml").problems] == lines


def test_every_wrong_step_is_told() -> None:
    """One after another would cost a start each."""
    (problem,) = settings_of('learning_steps = ["1x", "10m", "3y"]', "config.toml").problems
    assert problem.what == "learning_steps holds '1x', '3y'"
