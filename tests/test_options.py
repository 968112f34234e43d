"""The table of settings: every one is described, and what is typed comes back as it was."""

from __future__ import annotations

from dataclasses import fields

import pytest

from quizapp.config import DeckSettings, Settings
from quizapp.options import BY_NAME, OPTIONS, PER_DECK, Option, OptionError


def test_every_setting_is_an_option_once() -> None:
    """None is left out, and none of a deck's that the whole has not."""
    assert sorted(BY_NAME) == sorted(
        field.name for field in fields(Settings) if field.name not in ("keys", "decks")
    )
    assert {option.name for option in PER_DECK} == {field.name for field in fields(DeckSettings)}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_default_is_taken_as_it_is_shown(option: Option) -> None:
    """What the screen shows can be typed, and means the same; the words fit a line."""
    typed = option.typed(option.text(option.default))
    assert option.read(typed) == option.default
    assert option.read(option.kind.write(option.default)) == option.default
    assert option.about.endswith(".")
    assert len(option.about) < 100
    assert option.kind.takes


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("retention", " 0.85 ", 0.85),
        ("new_per_day", "5", 5),
        ("fuzz", "No", False),
        ("learning_steps", "none", []),
        ("learning_steps", "1m 10m,2h", ["1m", "10m", "2h"]),
        ("follow_ups", "later", "later"),
    ],
)
def test_what_is_typed_becomes_a_value(name: str, text: str, value: object) -> None:
    """As TOML has it."""
    assert BY_NAME[name].typed(text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("retention", "1.5"),
        ("retention", "much"),
        ("retention", ""),
        ("new_per_day", "2.5"),
        ("new_per_day", "-1"),
        ("fuzz", "perhaps"),
        ("learning_steps", "ten"),
        ("follow_ups", "soon"),
        ("theme", ""),
    ],
)
def test_what_means_nothing_is_refused(name: str, text: str) -> None:
    """With what is wrong and what it takes."""
    with pytest.raises(OptionError) as told:
        BY_NAME[name].typed(text)
    assert told.value.what.startswith(name)
    assert told.value.hint.startswith(("it takes", "a step takes"))
