"""The settings screen: every setting with its value and default, changed in its place, kept in the file."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from quizapp.config import DeckSettings
from quizapp.options import OPTIONS
from quizapp.settings_file import read_settings
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.settings import SettingsScreen
from quizapp.tui.widgets.setting_list import SettingList
from tests.learner import Learner
from tests.tui.desk import Desk, at_home


def file_of(learner: Learner) -> str:
    """Return the text of the settings file; empty when there is none."""
    return read_settings(learner.workspace.paths.settings).text


def line(desk: Desk, title: str) -> str:
    """Return the line of a setting on the screen."""
    return next(line for line in desk.shown if title in line)


async def go_to(desk: Desk, name: str, deck: str = "") -> None:
    """Put the cursor on a setting."""
    box = desk.screen.query_one(SettingList)
    await desk.press("home")
    while (box.row.option.name, box.row.deck) != (name, deck):
        before = box.cursor
        await desk.press("down")
        assert box.cursor != before, name


async def test_every_setting_is_shown_with_value_default_range_and_words(learner: Learner) -> None:
    """By group; below the list stands what the chosen one does."""
    learner.learn("Alpha")
    async with at_home(learner, size=(100, 50)) as desk:
        await desk.press("comma")
        assert desk.is_on(SettingsScreen)
        text = "\n".join(desk.shown)
        assert all(option.title in text for option in OPTIONS)
        for group in ("Each day", "Schedule", "Cards", "Drill", "Screen", "Simulations"):
            assert any(shown.strip() == group for shown in desk.shown)
        assert line(desk, "New cards").split() == [
            "▸",
            "New",
            "cards",
            "20",
            "default",
            "20",
            "0",
            "to",
            "9999",
        ]
        assert line(desk, "Day begins at").split() == [
            "Day",
            "begins",
            "at",
            "4",
            "default",
            "4",
            "0",
            "to",
            "23",
        ]
        assert "How many new cards a day brings." in text
        await desk.press("escape")
        assert desk.is_on(HomeScreen)


async def test_a_value_is_typed_checked_and_acts_at_once(learner: Learner) -> None:
    """What means nothing is said while it is typed and never taken; the rest is in the file and on Home."""
    for title in ("Alpha", "Beta", "Gamma"):
        learner.learn(title)
    (learner.home / "config.toml").write_text("# mine\n", encoding="utf-8")
    async with at_home(learner) as desk:
        await desk.press("comma", "enter", "ctrl+u", "x")
        assert "✗ New cards is 'x': it takes a whole number, 0 to 9999" in "\n".join(desk.shown)
        await desk.press("enter")
        assert desk.screen.query(Input)
        await desk.press("backspace", "2", "enter")
        assert not desk.screen.query(Input)
        assert file_of(learner) == "# mine\nnew_per_day = 2\n"
        assert "2 *" in line(desk, "New cards")
        await desk.press("escape")
        assert "2 new" in "\n".join(desk.shown)
        await desk.press("comma", "backspace", "q")
        assert file_of(learner) == "# mine\n"
        assert "3 new" in "\n".join(desk.shown)


async def test_leaving_a_field_changes_nothing(learner: Learner) -> None:
    """Esc while typing goes back to the list, and letters are no commands there."""
    async with at_home(learner) as desk:
        await desk.press("comma", "enter", "7", "d", "q", "escape")
        assert desk.is_on(SettingsScreen)
        assert file_of(learner) == ""
        assert line(desk, "New cards").split()[3] == "20"


async def test_few_values_are_turned(learner: Learner) -> None:
    """Enter and right take the next one, left the one before; the default leaves the file."""
    async with at_home(learner) as desk:
        await desk.press("comma")
        await go_to(desk, "follow_ups")
        await desk.press("enter")
        assert file_of(learner) == 'follow_ups = "later"\n'
        assert learner.workspace.settings.follow_ups == "later"
        await desk.press("left")
        assert file_of(learner) == ""


async def test_a_theme_acts_at_once(learner: Learner) -> None:
    """quizapp's own two, and Textual's."""
    async with at_home(learner) as desk:
        await desk.press("comma")
        await go_to(desk, "theme")
        themes = list(desk.app.available_themes)
        await desk.press("right")
        expected = themes[(themes.index("quizapp-dark") + 1) % len(themes)]
        assert desk.app.theme == expected
        assert file_of(learner) == f'theme = "{expected}"\n'


async def test_a_theme_of_the_palette_is_kept(learner: Learner) -> None:
    """The next start begins with it."""
    async with at_home(learner) as desk:
        desk.app.theme = "nord"
        await desk.until(lambda: file_of(learner) == 'theme = "nord"\n')
        assert learner.workspace.settings.theme == "nord"


async def test_a_theme_chosen_in_place_of_one_that_is_not_there_is_kept(learner: Learner) -> None:
    """What stands in for it is not written by itself."""
    learner.change(theme="no-such")
    async with at_home(learner) as desk:
        assert desk.app.theme == "quizapp-dark"
        assert file_of(learner) == ""
        desk.app.theme = "nord"
        await desk.until(lambda: file_of(learner) == 'theme = "nord"\n')


async def test_a_deck_does_otherwise(learner: Learner) -> None:
    """d chooses it; its lines say whose value holds without its own."""
    learner.learn("Alpha", deck="deep/one")
    learner.learn("Beta", deck="deep/one")
    async with at_home(learner, size=(100, 40)) as desk:
        await desk.press("comma", "d")
        assert any("deep/one" in shown for shown in desk.shown)
        await desk.press("enter")
        await desk.until(lambda: desk.is_on(SettingsScreen))
        box = desk.screen.query_one(SettingList)
        await desk.until(lambda: (box.row.deck, box.row.option.name) == ("deep", "new_per_day"))
        assert "no limit" in line(desk, "▸ New cards")
        await desk.press("enter", "1", "enter")
        await go_to(desk, "retention", "deep")
        await desk.press("enter", "ctrl+u", *"0.8", "enter")
        assert learner.workspace.settings.decks == {"deep": DeckSettings(retention=0.8, new_per_day=1)}
        await desk.press("d", "down", "enter")
        await desk.until(lambda: box.row.deck == "deep/one")
        assert "deep: 1" in line(desk, "▸ New cards")
        await go_to(desk, "retention", "deep/one")
        assert "0.8" in line(desk, "▸ Retention")
        await desk.press("escape")
        assert "1 new" in "\n".join(desk.shown)


async def test_a_file_that_was_changed_meanwhile_is_taken_up(learner: Learner) -> None:
    """Opening the screen shows and uses what stands there now, and says so."""
    async with at_home(learner) as desk:
        (learner.home / "config.toml").write_text("new_per_day = 3\n", encoding="utf-8")
        await desk.press("comma")
        assert line(desk, "New cards").split()[3] == "3"
        assert learner.workspace.settings.new_per_day == 3


async def test_a_file_that_is_changed_while_the_screen_is_open_is_not_overwritten(learner: Learner) -> None:
    """The change is refused, the file's values are shown; a second try takes."""
    async with at_home(learner) as desk:
        await desk.press("comma")
        (learner.home / "config.toml").write_text("new_per_day = 3\n", encoding="utf-8")
        await desk.press("enter", "ctrl+u", "9", "enter")
        assert file_of(learner) == "new_per_day = 3\n"
        assert "changed elsewhere" in desk.notices[-1]
        await desk.press("enter", "ctrl+u", "9", "enter")
        assert file_of(learner) == "new_per_day = 9\n"


async def test_a_file_that_is_wrong_is_told_and_left(learner: Learner) -> None:
    """With every line; what is in force stays."""
    async with at_home(learner) as desk:
        (learner.home / "config.toml").write_text("new_per_dya = 3\nfuzz = 1\n", encoding="utf-8")
        await desk.press("comma")
        assert "config.toml:1: there is no setting 'new_per_dya'" in desk.notices[-1]
        assert "config.toml:2: fuzz is 1" in desk.notices[-1]
        await desk.press("enter", "ctrl+u", "9", "enter")
        assert any("Not written" in notice for notice in desk.notices)
        assert file_of(learner) == "new_per_dya = 3\nfuzz = 1\n"


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (140, 40)])
async def test_every_size_shows_names_and_values(learner: Learner, size: tuple[int, int]) -> None:
    """What does not fit is the range, which stands below as well."""
    async with at_home(learner, size=size) as desk:
        await desk.press("comma")
        assert line(desk, "New cards").split()[3] == "20"
        about = str(desk.screen.query_one("#settings-about", Static).render())
        assert "It takes 0 to 9999" in about
        assert "It takes 0 to 9999" in "\n".join(desk.shown)
        await desk.press("end")
        assert "▸ Device" in "\n".join(desk.shown)
