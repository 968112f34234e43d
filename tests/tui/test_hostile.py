"""Cards are data: whatever stands in them, the terminal sees text and the app does what its keys say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.widget import Widget

from quizapp.services import editor
from quizapp.tui.screens.gallery import GalleryScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.key_points import PointLine
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying

if TYPE_CHECKING:
    import pytest

ESC, CSI, ST, BEL = "\x1b", "\x9b", "\x9c", "\x07"
OSC_8 = f"{ESC}]8;;file:///etc/passwd{BEL}link{ESC}]8;;{BEL}"
TITLE = f"{ESC}]0;owned{BEL}"
BIDI = "\u202etxet\u202c \u2066iso\u2069 \u200f"
MARKUP = "[bold red]loud[/] [@click=app.quit]press[/] [link=https://e.example]go[/] [/] [unclosed"
EVIL = f"{ESC}[2J{ESC}[31m{CSI}1m{TITLE}{OSC_8}{BIDI}{ST}{BEL}{MARKUP}\x08\x7f\x00"
ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def learn_evil(learner: Learner, deck: str = "") -> None:
    """Take in a topic that is hostile in every part."""
    deck = deck or f"evil {EVIL}"
    text = (
        f"# Evil {EVIL}\n**Category:** {deck}\n**Difficulty:** 2\n**Tags:** {EVIL}, b\n**Id:** evil\n\n"
        f"## Question\nWhat? {EVIL}\n\n`{EVIL}`\n\n## What to Cover\n**Lead {EVIL}**:\n- Point {EVIL}\n\n"
        f"## Answer\nThis. {EVIL}\n\n## Part {EVIL}\n\n| a {EVIL} | b |\n| --- | --- |\n| {EVIL} | [x](javascript:1) |\n\n"
        f"```{EVIL}\n{EVIL}\n```\n\n<script>alert(1)</script>\n\n"
        f"## Claims\n- **Said {EVIL}** wrong\n  Not {EVIL}.\n  *Source:* {EVIL}\n\n"
        f"## Follow-up Questions\n- And {EVIL}?\n- Then {EVIL}?\n  Because {EVIL}.\n"
    )
    (learner.decks / "evil.md").write_text(text.replace("\x00", ""), encoding="utf-8")
    learner.add()


def assert_harmless(desk: Desk) -> None:
    """Assert that no cell of the terminal holds a character that acts, and that markup stands there as written."""
    for widget in desk.screen.walk_children(Widget):
        for y in range(widget.size.height if widget.region and not widget.children else 0):
            strip = widget.render_line(y)
            assert not ACTING.search(strip.text), (widget, strip.text)
            for segment in strip:
                assert segment.control is None
                assert segment.style is None or segment.style.link is None, (widget, segment)
                meta = segment.style.meta if segment.style is not None else {}
                assert not any(str(key).startswith("@") for key in meta), (widget, meta)
    assert not any(ACTING.search(line) for line in desk.shown)


async def test_home_shows_a_hostile_deck_as_text(learner: Learner) -> None:
    """Its name is one line, markup and all."""
    learn_evil(learner)
    async with at_home(learner, size=(150, 24)) as desk:
        assert_harmless(desk)
        assert any("[bold red]" in line for line in desk.shown)
        await desk.click("#home-decks", offset=(60, 1))
        assert desk.is_on(StudyScreen) or desk.is_on(HomeScreen)


async def test_study_shows_every_part_as_text(learner: Learner) -> None:
    """Head, question, answer, table, code, key points, claims, follow-ups, why, help, summary."""
    learn_evil(learner)
    async with studying(learner, size=(120, 50)) as desk:
        assert_harmless(desk)
        assert "[@click=app.quit]press[/]" in desk.card
        for key in (
            "n",
            "n",
            "t",
            "space",
            "escape",
            "c",
            "down",
            "escape",
            "i",
            "escape",
            "question_mark",
            "escape",
        ):
            await desk.press(key)
            assert_harmless(desk)
        assert "[x]" in "\n".join(desk.shown)
        for _ in range(3):
            await desk.press("space", "4")
            assert_harmless(desk)
        assert "Nothing is left" in desk.summary


async def test_a_click_on_markup_in_a_card_does_nothing(learner: Learner) -> None:
    """`[@click=app.quit]` is text wherever it stands: in a question, an answer, a key point."""
    learn_evil(learner)
    async with studying(learner, size=(150, 50)) as desk:
        await desk.press("space")
        for line, text in enumerate(desk.shown):
            if "press" in text:
                await desk.click(None, offset=(text.index("press") + 1, line))
        await desk.click(desk.screen.query(PointLine).first())
        assert desk.app.is_running
        assert desk.is_on(StudyScreen)


async def test_the_catalogue_takes_hostile_words(learner: Learner) -> None:
    """The words of such a card only sort the simulations."""
    learn_evil(learner)
    async with studying(learner) as desk:
        await desk.press("x")
        assert desk.is_on(GalleryScreen)
        assert_harmless(desk)


async def test_problems_of_a_file_are_said_as_text(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit that leaves a hostile, broken file behind is reported without acting."""
    learner.learn("Alpha")
    path = learner.decks / "alpha.md"

    def spoil(_: object) -> None:
        path.write_text(f"# Alpha\n**Difficulty:** {EVIL.replace(chr(0), '')}\n\n## Answer\nNo question.\n")

    monkeypatch.setattr(editor, "edit", spoil)
    monkeypatch.setenv("EDITOR", "some-editor")
    async with studying(learner, size=(120, 40)) as desk:
        monkeypatch.setattr(desk.app, "suspend", desk.lent)
        await desk.press("e", "enter")
        assert desk.notices
        assert not any(ACTING.search(notice) for notice in desk.notices)
        assert_harmless(desk)
        assert desk.card == "What is Alpha?"
