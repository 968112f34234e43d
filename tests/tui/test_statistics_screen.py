"""The statistics on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quizapp.core.memory import Rating
from quizapp.core.statistics.section import Section
from quizapp.services.scripted import answer
from quizapp.tui.screens.calibration import CalibrationScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.range import RangeScreen
from quizapp.tui.screens.scope import ScopeScreen
from quizapp.tui.screens.statistics import StatisticsScreen
from quizapp.tui.widgets.statistics_view import StatisticsView
from tests.learner import Learner
from tests.tui.desk import Desk, at_home


def studied(learner: Learner) -> None:
    """Answer cards of two decks on ten days."""
    learner.write("Alpha", deck="maths")
    learner.write("Beta", deck="music")
    learner.add()
    for _ in range(10):
        answer(learner.workspace, "alpha", Rating.GOOD)
        answer(learner.workspace, "beta", Rating.HARD)
        learner.clock.forward(days=1)


def top(desk: Desk) -> str:
    """Return the first line that the view shows."""
    return desk.screen.query_one(StatisticsView).render_line(0).text.strip()


async def test_s_shows_the_statistics_and_goes_back(learner: Learner) -> None:
    """With the conclusion below each title; s, q and esc leave."""
    studied(learner)
    async with at_home(learner) as desk:
        for key in ("s", "q", "escape"):
            await desk.press("s")
            assert desk.is_on(StatisticsScreen)
            assert "1 Calendar" in "\n".join(desk.shown)
            assert "You studied on 10 of 11 days" in " ".join(" ".join(desk.shown).split())
            await desk.press(key)
            assert desk.is_on(HomeScreen)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (140, 40)])
async def test_every_section_can_be_reached_at_every_size(learner: Learner, size: tuple[int, int]) -> None:
    """One below another, in two columns where there is room; no line is cut off at the right."""
    studied(learner)
    async with at_home(learner, size=size) as desk:
        await desk.press("s")
        view = desk.screen.query_one(StatisticsView)
        lines = [
            view.render_line(number - view.scroll_offset.y).text for number in range(view.virtual_size.height)
        ]
        text = "\n".join(lines)
        for title in (
            "Forecast",
            "True retention by age of card",
            "Buttons",
            "Hours",
            "By deck",
            "By tag",
            "Drills",
        ):
            assert title in text
        assert all(len(line) == view.scrollable_content_region.width for line in lines)
        assert ("2 Reviews and time by day" in text) != (
            "Forecast" in text.split("2 Reviews")[1].splitlines()[0]
        ) or (size[0] >= 120)
        await desk.press("end")
        assert "drill" in "\n".join(desk.shown).lower()


async def test_a_long_log_is_counted_in_sight(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cards tell stands there at once, and the head says how far the count is; then all is there."""
    studied(learner)
    learner.clock.forward(days=200)
    seen: list[str] = []
    view, screen = StatisticsView.show, StatisticsScreen._say_waiting

    def shown(self: StatisticsView, sections: Sequence[Section]) -> None:
        seen.append(sections[0].said.line)
        view(self, sections)

    def said(self: StatisticsScreen, words: str) -> None:
        seen.append(words)
        screen(self, words)

    monkeypatch.setattr(StatisticsView, "show", shown)
    monkeypatch.setattr(StatisticsScreen, "_say_waiting", said)
    async with at_home(learner) as desk:
        await desk.press("s")
        assert "You studied on 10 of 211 days" in " ".join(" ".join(desk.shown).split())
    waiting = [words for words in seen if words != "counting…"]
    assert waiting[:3] == ["Your reviews are being counted.", "counting… 14 %", "counting… 29 %"]
    assert waiting[-1] == ""


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (118, 30), (120, 36)])
async def test_each_conclusion_takes_one_line(learner: Learner, size: tuple[int, int]) -> None:
    """Whole, in a narrow terminal and in each of two columns."""
    studied(learner)
    async with at_home(learner, size=size) as desk:
        await desk.press("s")
        view = desk.screen.query_one(StatisticsView)
        lines = [view.render_line(number).text for number in range(view.virtual_size.height)]
        for section in view._sections:
            said = section.said
            assert any(said.line in line or (said.short and said.short in line) for line in lines), said


async def test_the_range_can_be_changed_before_anything_is_counted(learner: Learner) -> None:
    """Left and right do not wait for the first figures."""
    studied(learner)
    async with at_home(learner) as desk:
        await desk.press("s")
        assert isinstance(desk.screen, StatisticsScreen)
        desk.screen._shown = None
        desk.screen.action_length(-1)
        await desk.settle()
        assert "[90]" in desk.shown[0]


async def test_digits_and_n_go_to_charts(learner: Learner) -> None:
    """The one that was asked for stands at the top."""
    studied(learner)
    async with at_home(learner) as desk:
        await desk.press("s", "4")
        assert top(desk).startswith("4 True retention")
        await desk.press("n")
        assert top(desk).startswith("5 Buttons")
        await desk.press("p", "p")
        assert top(desk).startswith("3 Forecast")
        await desk.press("home")
        assert top(desk).startswith("1 Calendar")
        await desk.press("down")
        assert not top(desk).startswith("1 Calendar")


async def test_arrows_change_the_range(learner: Learner) -> None:
    """From the year to shorter ones and to everything; the place in the sections stays."""
    studied(learner)
    async with at_home(learner, size=(120, 30)) as desk:
        await desk.press("s", "right")
        assert "[all]" in desk.shown[0]
        await desk.press("left", "left", "left", "left")
        assert "[7]" in desk.shown[0]
        await desk.press("left")
        assert "[7]" in desk.shown[0]
        assert "06 Mar to 12 Mar 2026" in desk.shown[0]


async def test_any_range_can_be_typed(learner: Learner) -> None:
    """Dates as well as days; what is none is said, and nothing is lost."""
    studied(learner)
    async with at_home(learner, size=(120, 30)) as desk:
        await desk.press("s", "d")
        assert desk.is_on(RangeScreen)
        await desk.press(*"soon", "enter")
        assert desk.is_on(RangeScreen)
        assert "is no" in " ".join(desk.shown)
        await desk.press(*["backspace"] * 4, *"2026-03-03 2026-03-04", "enter")
        assert desk.is_on(StatisticsScreen)
        assert "03 Mar to 04 Mar 2026" in desk.shown[0]
        await desk.press("d", *"2030-01-01", "enter")
        assert any("future" in notice for notice in desk.notices)
        assert "03 Mar to 04 Mar 2026" in desk.shown[0]
        await desk.press("f", *"mus", "enter")
        assert "music   03 Mar to 04 Mar 2026" in desk.shown[0]
        await desk.press("d", "escape", "left")
        assert "[7]" in desk.shown[0]


async def test_a_deck_or_a_tag_is_chosen_by_typing(learner: Learner) -> None:
    """The list narrows; enter takes what is highlighted."""
    studied(learner)
    async with at_home(learner, size=(120, 30)) as desk:
        await desk.press("s", "f")
        assert desk.is_on(ScopeScreen)
        await desk.press(*"mus", "enter")
        assert " days   music   " in desk.shown[0]
        await desk.press("f", *"tag", "down", "enter")
        assert ", tag a   " in desk.shown[0]
        await desk.press("f", "enter")
        assert " days   all decks   " in desk.shown[0]


async def test_a_new_learner_sees_what_is_missing(learner: Learner) -> None:
    """Every section says so in words."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("s")
        assert "No review in this range." in "\n".join(desk.shown)


async def test_predictions_in_detail_are_one_key_away(learner: Learner) -> None:
    """And come back to the statistics."""
    studied(learner)
    async with at_home(learner) as desk:
        await desk.press("s", "c")
        assert desk.is_on(CalibrationScreen)
        await desk.press("escape")
        assert desk.is_on(StatisticsScreen)


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_no_word_of_the_head_is_cut(learner: Learner, width: int) -> None:
    """With less room it says less: the range is there at any width, and so is a deck that was chosen."""
    studied(learner)
    async with at_home(learner, size=(width, 18)) as desk:
        await desk.press("s")
        assert desk.shown[0].rstrip().endswith("Mar 2026")
        assert "[365]" in desk.shown[0]
        await desk.press("q", "m")
        assert "cards seen   strength" in desk.shown[0]
        assert "…" not in desk.shown[0]
