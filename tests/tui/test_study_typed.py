"""Typing an answer before it is shown: one key away, kept, compared with the key points, and on disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.memory import Rating
from quizapp.services import draft
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.screens.why import WhyScreen
from quizapp.tui.widgets.answer_editor import AnswerEditor
from quizapp.tui.widgets.key_points import PointLine
from quizapp.tui.widgets.typed_answer import TypedAnswer
from tests.tui.desk import Desk, studying
from tests.tui.material import learn_gradients

if TYPE_CHECKING:
    from tests.learner import Learner

WORDS = "The gain per layer\nand a skip around"
SIZES = [(60, 18), (80, 24), (120, 36), (150, 40)]


def learn_scale(learner: Learner) -> None:
    """Take in a topic with key points and synonyms."""
    text = (
        "# Scale\n**Category:** deck\n**Synonyms:** skip connection = shortcut\n\n## Question\nWhat matters?\n\n"
        "## What to Cover\n- Squared norms add\n- The skip connection carries the size\n- Cures: normalise\n\n"
        "## Answer\nThe norms.\n\n## Follow-up Questions\n- And then?\n\n  More.\n"
    )
    (learner.decks / "scale.md").write_text(text, encoding="utf-8")
    learner.add()


async def typed(desk: Desk, words: str) -> None:
    """Open the editor and put words into it, as a paste does."""
    await desk.press("t")
    desk.screen.query_one(AnswerEditor).insert(words)
    await desk.pilot.pause()


async def test_what_is_typed_is_on_disk_without_any_key(learner: Learner) -> None:
    """A terminal that is killed in the middle of a sentence loses a second of it; words taken out again do not come back."""
    learn_scale(learner)
    async with studying(learner) as desk:
        await typed(desk, WORDS)
        await desk.until(lambda: kept(learner) == WORDS)
        desk.screen.query_one(AnswerEditor).clear()
        await desk.until(lambda: not kept(learner))


def kept(learner: Learner) -> str:
    """Return the words that are on disk for the card's present review."""
    return draft.kept(learner.workspace, learner.card("scale")).words


def pane(desk: Desk) -> TypedAnswer:
    """Return the pane of the typed answer."""
    return desk.screen.query_one(TypedAnswer)


def last_extra(learner: Learner) -> dict[str, Any]:
    """Return what the newest review kept beside its rating."""
    rows = learner.workspace.database.read("SELECT extra FROM log WHERE kind = 'review' ORDER BY id DESC", {})
    extra: dict[str, Any] = json.loads(rows[0][0])
    return extra


def points(desk: Desk) -> list[str]:
    """Return the key points as they stand there, each on one line."""
    return [" ".join(str(line.render()).split()) for line in desk.screen.query(PointLine)]


@pytest.mark.parametrize("size", SIZES)
async def test_letters_go_into_the_answer_and_none_acts(learner: Learner, size: tuple[int, int]) -> None:
    """Ratings, simulations and q are letters while one types; the footer and the bar say what is a key."""
    learn_gradients(learner)
    async with studying(learner, size=size) as desk:
        assert "t Type" in desk.footer
        await desk.press("t", *"3nx q", "enter", "u")
        assert pane(desk).text == "3nx q\nu"
        assert desk.is_on(StudyScreen)
        assert desk.answer == ""
        assert desk.reviews() == []
        assert "^j Show the answer" in desk.footer
        assert "Simulate" not in desk.footer
        assert any("ctrl+j shows the answer" in line for line in desk.shown)
        assert any("3nx q" in line for line in desk.shown)


@pytest.mark.parametrize("key", ["ctrl+j", "ctrl+enter"])
async def test_one_key_shows_the_answer(learner: Learner, key: str) -> None:
    """Ctrl+enter where a terminal can tell it from enter, ctrl+j everywhere; then the card's keys work again."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await typed(desk, WORDS)
        await desk.press(key)
        assert desk.page.reading.revealed
        assert not pane(desk).is_open
        assert desk.app.focused is desk.page
        await desk.press("3")
        assert [rating for _, rating, _ in desk.reviews()] == [Rating.GOOD]


async def test_escape_and_space_show_it_too(learner: Learner) -> None:
    """Escape closes the editor, says that the words are kept, and goes back to the card, not to Home."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await typed(desk, WORDS)
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
        assert not pane(desk).is_open
        assert any("Your words are kept" in line for line in desk.shown)
        await desk.press("space")
        assert desk.page.reading.revealed
        assert pane(desk).is_shown


async def test_words_outlive_closing_resizing_and_a_simulation(learner: Learner) -> None:
    """They stand there again, and typing goes on at their end."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await typed(desk, WORDS)
        await desk.press("escape", "t")
        await desk.resize(150, 40)
        await desk.resize(60, 18)
        assert pane(desk).text == WORDS
        await desk.press("escape", "x")
        assert not desk.sees("#study-desk")
        await desk.press("escape")
        await desk.press("t", "!")
        assert pane(desk).text == WORDS + "!"


async def test_words_and_answer_stand_side_by_side_where_there_is_room(learner: Learner) -> None:
    """From 110 columns on; below that, and beside a simulation that takes its share, one above the other."""
    learn_gradients(learner)
    async with studying(learner, size=(110, 30)) as desk:
        await typed(desk, WORDS)
        await desk.press("ctrl+j")
        for width, is_beside in ((110, True), (109, False), (160, True), (60, False)):
            await desk.resize(width, 30)
            page, words = desk.page.region, pane(desk).region
            assert (page.y < words.bottom and words.y < page.bottom) is is_beside, width
            assert page.right <= words.x if is_beside else page.bottom <= words.y
            assert "and a skip around" in "\n".join(desk.shown)
            assert "It is multiplied" in "\n".join(desk.shown)
        await desk.resize(160, 40)
        await desk.press("x")
        assert desk.page.region.bottom <= pane(desk).region.y


async def test_covered_key_points_are_proposed_with_their_words(learner: Learner) -> None:
    """Ticked, with the words as they were typed, in any form or as a synonym that the deck declares."""
    learn_scale(learner)
    async with studying(learner, size=(120, 30)) as desk:
        await typed(desk, "a squared norm adds up.\nShortcuts carry something")
        await desk.press("ctrl+j")
        assert points(desk) == [
            "[x] Squared norms add ← you: squared, norm, adds",
            "[x] The skip connection carries the size ← you: Shortcuts, carry",
            "[ ] Cures: normalise",
        ]
        assert "2 of 3 key points" in "\n".join(desk.shown)


async def test_covering_words_are_marked_by_weight_and_colour(learner: Learner) -> None:
    """Underlined and bold where they stand, the other words plain."""
    learn_scale(learner)
    async with studying(learner, size=(120, 30)) as desk:
        await typed(desk, "so a squared norm adds up")
        await desk.press("ctrl+j")
        strip = desk.screen.query_one("#typed-words").render_line(0)
        marked = [
            segment.text
            for segment in strip
            if segment.style and segment.style.underline and segment.style.bold
        ]
        assert marked == ["squared", "norm", "adds"]
        plain = {segment.style.color for segment in strip if segment.text.strip() == "so a" and segment.style}
        colours = {segment.style.color for segment in strip if segment.text == "squared" and segment.style}
        assert colours
        assert not colours & plain


async def test_the_learner_overrules_what_is_proposed(learner: Learner) -> None:
    """A tick may be taken away or set; the log keeps the words, what they cover, and what was ticked in the end."""
    learn_scale(learner)
    async with studying(learner, size=(120, 30)) as desk:
        await typed(desk, "squared norms add")
        await desk.press("ctrl+j", "t", "space", "down", "down", "space", "escape", "3")
    assert last_extra(learner) == {
        "typed": "squared norms add",
        "covered": ["Squared norms add"],
        "ticked": ["Cures: normalise"],
    }


async def test_a_card_without_words_is_as_before(learner: Learner) -> None:
    """Nothing is shown beside the answer, ticked, or kept; blanks alone are no words."""
    learn_scale(learner)
    async with studying(learner, size=(120, 30)) as desk:
        await typed(desk, " \n ")
        await desk.press("ctrl+j")
        assert not pane(desk).is_shown
        assert points(desk)[0] == "[ ] Squared norms add"
        await desk.press("3")
        assert pane(desk).text == ""
    assert last_extra(learner) == {}


@pytest.mark.parametrize("keys", [("escape", "n"), ("escape", "space"), ("ctrl+j",)])
async def test_words_are_compared_with_the_key_points_from_the_first_section_on(
    learner: Learner, keys: tuple[str, ...]
) -> None:
    """A long answer comes by section as always; what the words cover stands below it at once, and can be overruled."""
    learn_gradients(learner)
    async with studying(learner, size=(120, 36)) as desk:
        await typed(desk, WORDS)
        await desk.press(*keys)
        assert pane(desk).is_shown
        assert not desk.page.reading.whole
        assert "t Type" not in desk.footer
        assert desk.sees("#study-points")
        assert points(desk)[0].startswith("[x] The gain of a layer")
        await desk.press("t", "down", "space", "escape")
        assert not pane(desk).is_open
        assert desk.page.points.ticked_texts == ["The gain of a layer"]
        await desk.press("w", "3")
    assert last_extra(learner)["ticked"] == ["The gain of a layer"]


async def test_history_shows_the_words(learner: Learner) -> None:
    """Below the review that they belong to, when the card comes again."""
    learn_scale(learner)
    async with studying(learner, size=(120, 36)) as desk:
        await typed(desk, "squared norms add\nand so on")
        await desk.press("ctrl+j", "1")
        assert desk.card == "What matters?"
        assert pane(desk).text == ""
        await desk.press("i")
        assert desk.is_on(WhyScreen)
        lines = [line.strip(" │") for line in desk.shown]
        assert lines[lines.index("squared norms add") + 1] == "and so on"
        assert "Again" in lines[lines.index("squared norms add") - 1]


async def test_an_undone_rating_has_its_words_again(learner: Learner) -> None:
    """And the card after it begins without any."""
    learn_scale(learner)
    async with studying(learner) as desk:
        await typed(desk, "squared norms add")
        await desk.press("ctrl+j", "3")
        assert pane(desk).text == ""
        await desk.press("u")
        assert pane(desk).text == "squared norms add"
        assert not pane(desk).is_open


@pytest.mark.parametrize("keys", [("escape",), ("ctrl+j",), ("escape", "q")])
async def test_a_killed_terminal_loses_no_words(learner: Learner, keys: tuple[str, ...]) -> None:
    """What was typed is on disk when the editor is closed, when the answer is shown, and when one leaves."""
    learn_scale(learner)
    async with studying(learner) as desk:
        await typed(desk, "squared norms")
        await desk.press(*keys)
        assert kept(learner) == "squared norms"
    learner.reopen()
    async with studying(learner) as desk:
        assert pane(desk).text == "squared norms"
        assert any("Your words are kept" in line for line in desk.shown)
        await desk.press("t", "!")
        assert pane(desk).text == "squared norms!"


async def test_markup_and_control_characters_are_words(learner: Learner) -> None:
    """Nothing that is typed or pasted acts on the terminal or on the screen's own markup."""
    learn_scale(learner)
    async with studying(learner, size=(120, 30)) as desk:
        await typed(desk, "[bold]squared[/] norms \x1b[31m add")
        await desk.press("ctrl+j")
        text = "\n".join(desk.shown)
        assert "[bold]squared[/] norms �[31m add" in text
        assert points(desk)[0].startswith("[x]")


async def test_a_prediction_comes_before_the_answer(learner: Learner) -> None:
    """On a prediction card ctrl+j goes on to the prediction, as space does; the words stay for the answer."""
    answer = "It grows.\n\n```sim predict\nscale-explosion depth=10..80 schemes=unscaled\n```"
    learner.learn("Growth", answer=answer)
    learner.begin().answer(Rating.EASY, 0)
    learner.clock.forward(days=1)
    async with studying(learner, size=(150, 40)) as desk:
        await typed(desk, WORDS)
        await desk.press("ctrl+j")
        assert desk.sees("#study-simulation")
        assert desk.answer == ""
        await desk.press("escape", "n")
        assert desk.answer
        assert pane(desk).is_shown
        await desk.press("3")
    assert last_extra(learner)["typed"] == WORDS
    assert "prediction" in last_extra(learner)


async def test_help_and_palette_know_the_key(learner: Learner) -> None:
    """Under its own words."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("question_mark")
        assert any("Type your answer before it is shown" in line for line in desk.shown)
