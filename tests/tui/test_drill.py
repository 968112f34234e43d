"""The drill on the screen: by keyboard alone, at 80x24, and nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input, Static, TextArea

from quizapp.core.drill.ask import Ask, AskKind
from quizapp.core.drill.front import Step
from quizapp.core.drill.rubric import MEANINGS, Dimension
from quizapp.core.drill.setup import Setup
from quizapp.core.topic import CardId
from quizapp.errors import StoreError
from quizapp.services.drill import begin
from quizapp.services.drill_history import history
from quizapp.services.left_drill import left
from quizapp.store import drills
from quizapp.tui.drill_words import head as head_words
from quizapp.tui.drill_words import lead
from quizapp.tui.screens.drill import DrillScreen
from quizapp.tui.screens.drill_debrief import DrillDebriefScreen
from quizapp.tui.screens.drill_history import DrillHistoryScreen, DrillList
from quizapp.tui.screens.drill_pause import DrillPauseScreen
from quizapp.tui.screens.drill_setup import DrillSetupScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.show_me import ShowMeScreen
from quizapp.tui.widgets.setup_rows import SetupRows
from tests.drilling import drill, prompt, question
from tests.learner import Learner, topic_text
from tests.tui.desk import Desk, at_home
from tests.tui.material import learn_gradients

QUESTION = "What happens to a gradient in fifty layers?"


@asynccontextmanager
async def drilling(learner: Learner, *keys: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Desk]:
    """Open the set-up from Home, press keys there, and begin."""
    async with at_home(learner, size=size) as desk:
        await desk.press("d", *keys, "enter")
        await desk.until(lambda: desk.is_on(DrillScreen))
        await desk.settle()
        yield desk


def step(desk: Desk) -> Step | None:
    """Return what the learner is doing, as the database has it."""
    rows = desk.learner.workspace.database.read("SELECT place FROM drill ORDER BY id DESC LIMIT 1", {})
    front = json.loads(rows[0][0])["front"]
    return Step(front["step"]) if front else None


def kept(desk: Desk) -> dict[str, object]:
    """Return the question in front as the database has it."""
    rows = desk.learner.workspace.database.read("SELECT place FROM drill ORDER BY id DESC LIMIT 1", {})
    front: dict[str, object] = json.loads(rows[0][0])["front"]
    return front


def head(desk: Desk) -> str:
    """Return the line of the clocks."""
    return str(desk.screen.query_one("#drill-head", Static).render())


async def write(desk: Desk, text: str) -> None:
    """Type a text into the editor."""
    for character in text:
        await desk.pilot.press("enter" if character == "\n" else "space" if character == " " else character)
    await desk.settle()


async def done(desk: Desk, key: str = "ctrl+s") -> None:
    """End the answer, and decline the hint where one is offered."""
    await desk.press(key)
    if step(desk) is Step.OFFER:
        await desk.press("enter")


async def answer(desk: Desk, bands: str, text: str = "words") -> None:
    """Write an answer, tick its first point, and give the bands."""
    await write(desk, text)
    await done(desk)
    await desk.press("space", "enter", *bands, "enter")


async def test_the_set_up_shows_its_choices_and_the_plan(learner: Learner) -> None:
    """Time, topics, difficulty, follow-ups, manner; a mock interview shows the minutes of each round."""
    learn_gradients(learner)
    async with at_home(learner) as desk:
        await desk.press("d")
        assert desk.is_on(DrillSetupScreen)
        text = "\n".join(desk.shown)
        for words in (
            "30 minutes",
            "all decks",
            "any tag",
            "Difficulty from",
            "all earned",
            "written",
            "1 topic",
        ):
            assert words in text, words
        await desk.press("right")
        text = "\n".join(desk.shown)
        assert "mock interview" in text
        assert "min  breadth" in text
        assert "min  closing" in text
        await desk.press("down", "left", "down", "right", "escape")
        assert desk.is_on(HomeScreen)


async def test_choices_that_nothing_fits_are_said_and_begin_nothing(learner: Learner) -> None:
    """Every topic has the difficulty 3."""
    learn_gradients(learner)
    async with at_home(learner) as desk:
        await desk.press("d", *["down"] * 4, "right", "right", "right", "down", "right", "right")
        assert "No question fits" in "\n".join(desk.shown)
        await desk.press("enter")
        assert desk.is_on(DrillSetupScreen)
        assert any("No question fits" in notice for notice in desk.notices)


async def test_a_question_is_answered_in_the_editor_against_the_clock(learner: Learner) -> None:
    """Both clocks count down, several lines can be written, and ctrl+s shows the model answer beside them."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        assert QUESTION in "\n".join(desk.shown)
        assert "answer 3:00" in head(desk)
        assert "drill 30:00" in head(desk)
        learner.clock.forward(seconds=12)
        await desk.until(lambda: "answer 2:48" in head(desk))
        assert "drill 29:48" in head(desk)
        await write(desk, "It shrinks.\nOr grows.")
        assert "^s Done" in desk.footer
        await done(desk)
        shown = "\n".join(desk.shown)
        for words in (
            "Your answer",
            "It shrinks.",
            "Or grows.",
            "It is multiplied fifty times.",
            "[ ] The skip",
        ):
            assert words in shown, words


async def test_ctrl_d_ends_an_answer_too(learner: Learner) -> None:
    """For terminals that keep ctrl+s to themselves."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk, "ctrl+d")
        assert step(desk) is Step.CHECKING


async def test_time_over_is_shown_and_cuts_nothing_off(learner: Learner) -> None:
    """Of the answer and of the drill: the answer goes on, and what comes after it is told."""
    learn_gradients(learner)
    held = begin(learner.workspace, Setup(minutes=5, seed=1))
    held.start_clock()
    for _ in range(13):
        learner.clock.forward(seconds=25)
        held.keep()
    held.leave()
    async with at_home(learner) as desk:
        await desk.press("d", "D")
        await desk.until(lambda: desk.is_on(DrillScreen))
        await desk.settle()
        assert "answer +2:25 over" in head(desk)
        assert "drill +0:25 over" in head(desk)
        assert "Time is up: finish this one" in "\n".join(desk.shown)
        await answer(desk, "3333")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))


async def test_what_is_typed_is_on_disk_without_any_key(learner: Learner) -> None:
    """Nothing is pressed but the words themselves."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "half a wo")
        await desk.until(lambda: kept(desk)["draft"] == "half a wo")


async def test_what_cannot_be_written_is_said_once(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words stay in the editor, and are written when the database can be again."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        looks = 0

        def locked(*_: object, **__: object) -> bool:
            nonlocal looks
            looks += 1
            raise StoreError("The database is locked by another program.", "Close it.")

        with monkeypatch.context() as broken:
            broken.setattr(drills, "keep", locked)
            await write(desk, "half")
            await desk.until(lambda: looks > 1)
        assert sum("locked" in notice for notice in desk.notices) == 1
        await desk.until(lambda: kept(desk)["draft"] == "half")


async def test_points_are_ticked_and_the_answer_is_judged_by_digits(learner: Learner) -> None:
    """Ticks and bands are kept as they are given; each dimension shows what its bands mean."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        await desk.press("space", "down", "space")
        assert kept(desk)["ticked"] == ["The gain of a layer", "The skip"]
        await desk.press("enter")
        shown = "\n".join(desk.shown)
        assert "2 of 3 key points" in shown
        for dimension in Dimension:
            assert dimension.value in shown
        assert MEANINGS[Dimension.CORRECTNESS][0] in shown
        await desk.press("3")
        assert MEANINGS[Dimension.DEPTH][0] in "\n".join(desk.shown)
        assert "[3 solid]" in "\n".join(desk.shown)
        assert kept(desk)["bands"] == {"correctness": 3}
        await desk.press("down", "3", "enter")
        assert step(desk) is Step.RATING
        assert "No band yet: depth. 1 to 4 gives it." in desk.notices
        assert MEANINGS[Dimension.DEPTH][0] in "\n".join(desk.shown), "the cursor goes to what is missing"
        await desk.press("b")
        assert step(desk) is Step.CHECKING
        await desk.press("enter", "3", "3", "3", "enter")
        assert "It has earned a follow-up" in "\n".join(desk.shown)


async def test_a_poor_answer_is_offered_a_hint(learner: Learner) -> None:
    """It stays in sight for the second try; enter goes on instead."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await answer(desk, "1222")
        assert "Hint:" in "\n".join(desk.shown)
        await desk.press("t")
        shown = "\n".join(desk.shown)
        assert "Once more, with a hint." in shown
        assert "Hint:" in shown
        assert "It is multiplied fifty times." not in shown
        await answer(desk, "3333")
        assert "It has earned a follow-up" in "\n".join(desk.shown)


async def test_an_answer_without_points_is_judged_as_well(learner: Learner) -> None:
    """A topic without key points and with a short answer has nothing to tick; the keys work all the same."""
    learner.learn("Alpha", answer="Yes.")
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        await desk.press("space", "enter")
        assert step(desk) is Step.RATING
        await desk.press("3", "3", "3", "3")
        assert "→ Good" in "\n".join(desk.shown)
        await desk.press("enter")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))


async def test_show_me_opens_the_simulation_and_stops_the_clock(learner: Learner) -> None:
    """Its prediction comes first; back in the drill no time has passed, and the answer keeps its name."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        await desk.press("x")
        assert desk.is_on(ShowMeScreen)
        learner.clock.forward(seconds=20)
        await desk.finish_run("residual", "down", "enter")
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(DrillScreen))
        await desk.settle()
        assert "drill 30:00" in head(desk)
        assert kept(desk)["shown"] == ["vanishing-gradients"]
        await desk.until(
            lambda: learner.workspace.database.read("SELECT card_id FROM prediction", {}) == [("gradients",)]
        )


async def test_a_pause_stops_the_clock(learner: Learner) -> None:
    """Enter goes on where it was."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "half")
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(DrillPauseScreen))
        learner.clock.forward(seconds=20)
        await desk.press("enter")
        await desk.until(lambda: desk.is_on(DrillScreen))
        assert "drill 30:00" in head(desk)
        assert desk.screen.query_one(TextArea).text == "half"


@pytest.mark.parametrize("keys", [("escape", "q"), ("ctrl+c", "q")])
async def test_a_drill_that_is_left_is_taken_up_where_it_was(learner: Learner, keys: tuple[str, ...]) -> None:
    """From the set-up, by r, with its draft; ctrl+c pauses as escape does."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "half a word")
        await desk.press(*keys)
        await desk.until(lambda: desk.is_on(DrillSetupScreen))
        await desk.settle()
        assert "A drill was left at question 1" in "\n".join(desk.shown)
        await desk.press("D")
        await desk.until(lambda: desk.is_on(DrillScreen))
        await desk.settle()
        assert desk.screen.query_one(TextArea).text == "half a word"


async def test_the_app_may_end_under_a_drill(learner: Learner) -> None:
    """The drill is let go of, with its last words."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "half")
        await desk.until(lambda: kept(desk)["draft"] == "half")
    found = left(learner.workspace)
    assert found is not None
    assert found.front is not None
    assert found.front.draft == "half"
    assert learner.workspace.database.read("SELECT owner FROM drill", {}) == [("",)]


async def test_home_tells_of_a_drill_that_was_left_and_takes_it_up(learner: Learner) -> None:
    """However it ended; D goes on at its place, and without such a drill there is no such key."""
    learn_gradients(learner)
    drilling = begin(learner.workspace, Setup(minutes=30))
    drilling.keep("half")
    drilling.leave()
    async with at_home(learner, size=(120, 36)) as desk:
        await desk.until(lambda: "A drill was left at question 1" in "\n".join(desk.shown))
        assert "D takes it up" in "\n".join(desk.shown)
        await desk.press("D")
        await desk.until(lambda: desk.is_on(DrillScreen))
        await desk.settle()
        assert desk.screen.query_one(TextArea).text == "half"
        await desk.press("escape", "f")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))
        await desk.press("escape", "escape")
        await desk.until(lambda: desk.is_on(HomeScreen))
        await desk.settle()
        assert "was left" not in "\n".join(desk.shown)
        await desk.press("D")
        assert desk.is_on(HomeScreen)


async def test_a_spoken_drill_has_no_editor(learner: Learner) -> None:
    """A timer, and enter when it is said; the export calls it spoken."""
    learn_gradients(learner)
    async with drilling(learner, *["down"] * 7, "right") as desk:
        assert "Answer aloud" in "\n".join(desk.shown)
        assert not desk.sees("#drill-editor")
        learner.clock.forward(seconds=9)
        await desk.press("enter")
        assert step(desk) is Step.CHECKING
        assert "answered in 0:09" in head(desk)
        await desk.press("enter", "3", "3", "3", "3", "enter")
        assert history(learner.workspace).drills[-1].answers[0].spoken


async def test_the_debrief_says_how_it_went_and_what_comes_next(learner: Learner) -> None:
    """Scores, missed points by name, time against plan; w puts the weakest first tomorrow, u takes it back."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await answer(desk, "1222")
        await desk.press("escape", "f")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))
        await desk.settle()
        shown = "\n".join(desk.shown)
        for words in (
            "Score 25 %",
            "Readiness",
            "correctness",
            "Time against plan",
            "Gradients",
            "missed: The skip",
        ):
            assert words in shown, words
        await desk.press("w")
        assert learner.card("gradients").queue == "learning"
        await desk.press("u")
        assert learner.card("gradients").queue == "new"
        await desk.press("escape")
        assert desk.is_on(DrillSetupScreen)


async def test_a_drill_is_written_as_markdown(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where to is asked, with a place proposed; nothing is written over; the notice stays with its screen."""
    monkeypatch.chdir(tmp_path)
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await answer(desk, "3333")
        await desk.press("escape", "f")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))
        await desk.settle()
        await desk.press("e", "escape")
        assert not (tmp_path / "quizapp-drills").exists()
        await desk.press("e", "enter")
        (path,) = (tmp_path / "quizapp-drills").iterdir()
        assert "words" in path.read_text(encoding="utf-8")
        assert any(path.name in notice for notice in desk.notices)
        path.write_text("mine", encoding="utf-8")
        await desk.press("e")
        line = desk.screen.query_one(Input)
        assert line.value == str(path.with_stem(f"{path.stem}-2"))
        line.value = str(path)
        await desk.press("enter")
        assert "Name another file." in "\n".join(desk.shown)
        assert path.read_text(encoding="utf-8") == "mine"
        await desk.press("escape")
        assert len(desk.app._notifications)
        await desk.press("escape")
        assert not len(desk.app._notifications)


async def test_the_history_compares_drills(learner: Learner) -> None:
    """A line a drill with a cursor that is a sign, a trend a topic, the readiness; enter opens the debrief."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        for bands in ("2222", "3333"):
            await answer(desk, bands)
            await desk.press("escape", "f")
            await desk.until(lambda: desk.is_on(DrillDebriefScreen))
            await desk.settle()
            learner.clock.forward(minutes=1)
            await desk.press("escape", "enter")
            await desk.until(lambda: desk.is_on(DrillScreen))
            await desk.settle()
        await desk.press("escape", "q")
        await desk.until(lambda: desk.is_on(DrillSetupScreen))
        await desk.press("h")
        assert desk.is_on(DrillHistoryScreen)
        shown = "\n".join(desk.shown)
        for words in ("Readiness", "±", "33 %", "67 %", "rising", "▸ "):
            assert words in shown, words
        assert "⏎ Open" in desk.footer
        await desk.press("down", "enter")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))


async def test_a_debrief_that_is_opened_again_knows_what_was_put_first(learner: Learner) -> None:
    """It offers to take that back, and does not offer it a second time."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await answer(desk, "1111")
        await desk.press("escape", "f")
        await desk.until(lambda: desk.is_on(DrillDebriefScreen))
        await desk.settle()
        await desk.press("w", "h", "enter")
        await desk.settle()
        assert "u Take back" in desk.footer
        assert "Weakest" not in desk.footer


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_a_failed_run_is_shown_before_the_clock_runs(learner: Learner, size: tuple[int, int]) -> None:
    """Its figures come from the run, under neutral names, and the clock waits for them."""
    (learner.decks / "w.md").write_text(
        topic_text("W", answer="So.\n\n```sim\nvanishing-gradients\n```"), encoding="utf-8"
    )
    learner.add()
    async with drilling(learner, "right", "down", *["right"] * 3, size=size) as desk:
        while "debugging" not in head(desk):
            await desk.press("escape", "n")
        assert "the clock waits" in "\n".join(desk.shown)
        learner.clock.forward(seconds=20)
        desk.host.runs[-1].finish("plain")
        await desk.until(lambda: "the clock waits" not in "\n".join(desk.shown))
        assert "answer 3:30" in head(desk)
        assert "your net" in "\n".join(desk.shown)
        await desk.press("ctrl+r")
        assert "you mend it?" in "\n".join(desk.shown)
        await desk.press("ctrl+r")
        await write(desk, "words")
        assert "words" in "\n".join(desk.shown)
        await done(desk)
        await desk.press(*["pagedown"] * 19)
        assert "The second one, with 3 words more." in "\n".join(desk.shown)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (160, 50)])
async def test_every_step_fits_the_terminal(learner: Learner, size: tuple[int, int]) -> None:
    """The question, the answer, the points and all four bands are in sight, and the keys are told."""
    learn_gradients(learner)
    async with drilling(learner, size=size) as desk:
        await desk.until(lambda: "Done" in desk.footer)
        assert "What happens" in "\n".join(desk.shown)
        await write(desk, "words")
        await done(desk)
        shown = "\n".join(desk.shown)
        assert "words" in shown
        assert "The skip" in shown
        await desk.press("enter")
        shown = "\n".join(desk.shown)
        assert all(dimension.value in shown for dimension in Dimension)
        assert "4 strong" in shown.split("Is it true?")[-1]
        await desk.press("1", "1", "1", "1", "enter")
        assert "Hint:" in "\n".join(desk.shown)


async def test_the_whole_question_can_be_read_in_a_small_terminal(learner: Learner) -> None:
    """ctrl+r gives it the room of the editor, and gives that back with what was written in it."""
    lines = "\n\n".join(f"Line {number} of the question." for number in range(12))
    learner.learn("Alpha", question=lines)
    async with drilling(learner, size=(60, 18)) as desk:
        await write(desk, "half")
        assert "Line 9" not in "\n".join(desk.shown)
        await desk.press("ctrl+r")
        assert "half" not in "\n".join(desk.shown)
        await desk.press("pagedown", "pagedown")
        assert "Line 11" in "\n".join(desk.shown)
        await desk.press("ctrl+r")
        await write(desk, " word")
        await done(desk)
        assert kept(desk)["draft"] == "half word"


async def test_rows_are_held_at_their_ends(learner: Learner) -> None:
    """Left of the first value there is none."""
    learn_gradients(learner)
    async with at_home(learner) as desk:
        await desk.press("d", "up", "left", "left")
        rows = desk.screen.query_one(SetupRows)
        assert (rows.cursor, rows.rows[0].chosen) == (0, 0)


async def test_a_hint_is_offered_before_the_model_answer(learner: Learner) -> None:
    """Taken, it stays in sight with what was written; the rubric says that the rating is Hard at best."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await desk.press("ctrl+s")
        shown = "\n".join(desk.shown)
        assert "Would a hint help?" in shown
        assert "fifty times" not in shown
        await desk.press("h")
        shown = "\n".join(desk.shown)
        assert "Hint:" in shown
        assert "fifty times" not in shown
        assert desk.screen.query_one(TextArea).text == "words"
        assert "gives a hint" not in shown, "there is no second one"
        assert "Hint" not in desk.footer
        await desk.press("ctrl+s")
        assert step(desk) is Step.CHECKING
        await desk.press("enter", "4", "4", "4", "4")
        assert "→ Hard, with a hint" in "\n".join(desk.shown)
        await desk.press("enter")
        assert "earned" not in "\n".join(desk.shown)


async def test_a_hint_can_be_asked_for(learner: Learner) -> None:
    """With ctrl+g while writing, with h while speaking."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "wor")
        await desk.press("ctrl+g")
        assert "Hint:" in "\n".join(desk.shown)
        await write(desk, "ds")
        assert desk.screen.query_one(TextArea).text == "words"
    learner.clock.forward(seconds=1)
    async with drilling(learner, *["down"] * 7, "right") as desk:
        assert "h Hint" in desk.footer
        assert "h gives a hint" in "\n".join(desk.shown)
        await desk.press("h")
        assert "Hint:" in "\n".join(desk.shown)
        assert "gives a hint" not in "\n".join(desk.shown)
        await desk.press("enter")
        assert step(desk) is Step.CHECKING


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_the_model_answer_can_have_all_the_room(learner: Learner, size: tuple[int, int]) -> None:
    """`m` shows it whole while points are ticked and while the answer is judged, and gives the room back."""
    learn_gradients(learner)
    async with drilling(learner, size=size) as desk:
        await done(desk)
        await desk.press("m")
        assert "[ ] The skip" not in "\n".join(desk.shown)
        assert "fifty times" in "\n".join(desk.shown)
        await desk.press("m", "enter", "m")
        assert "fifty times" in "\n".join(desk.shown)
        assert "correctness" not in "\n".join(desk.shown)
        await desk.press("m")
        assert "correctness" in "\n".join(desk.shown)


async def test_what_was_said_of_a_step_goes_with_it(learner: Learner) -> None:
    """A warning does not lie over the next question."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await done(desk)
        await desk.press("enter", "enter")
        assert len(desk.app._notifications)
        await desk.press("3", "3", "3", "3", "enter")
        assert not len(desk.app._notifications)


async def test_a_long_model_answer_comes_by_section(learner: Learner) -> None:
    """It opens with its first part; n and page down bring the next one, w all, and judging keeps what was shown."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        assert "Section" not in desk.footer
        await done(desk)
        assert "It is multiplied fifty times." in desk.words("#drill-answer")
        assert "Vanishing" not in desk.words("#drill-answer")
        assert "3 more sections: n shows the next, w all" in "\n".join(desk.shown)
        await desk.press("n")
        await desk.settle()
        assert "Vanishing" in desk.words("#drill-answer")
        await desk.press("enter")
        await desk.settle()
        assert step(desk) is Step.RATING
        assert "Vanishing" in desk.words("#drill-answer")
        await desk.press("b", "N")
        await desk.settle()
        assert not desk.sees("#drill-more")
        assert "Section" not in desk.footer


async def test_page_down_reads_on_to_the_next_section(learner: Learner) -> None:
    """At the foot of what is shown."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        await desk.press("pagedown")
        await desk.settle()
        assert "Vanishing" in desk.words("#drill-answer")


def test_what_is_asked_ends_before_the_time_is_told() -> None:
    """Two sentences, each with its full stop."""
    late = drill(question("a", AskKind.DEBUGGING), minutes=5).passed(400_000)
    assert lead(late).startswith("A failed run. Time is up")


@pytest.mark.parametrize(("key", "reached"), [("ctrl+s", Step.OFFER), ("ctrl+g", Step.ANSWERING)])
async def test_a_key_of_the_drill_never_overtakes_what_was_typed_before_it(
    learner: Learner, key: str, reached: Step
) -> None:
    """A whole burst, as a fast hand or a slow machine gives it: its end is kept as well."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        said = "abcdefgh" * 6
        for character in said:
            desk.app.post_message(Key(character, character))
        desk.app.post_message(Key(key, None))
        await desk.until(lambda: step(desk) is reached and kept(desk)["draft"] != "")
        assert kept(desk)["draft"] == said


async def test_the_whole_question_can_be_read_while_comparing(learner: Learner) -> None:
    """It takes the room of both answers, and gives it back with the points in focus."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        await desk.press("ctrl+r")
        assert not desk.screen.query_one("#drill-beside").display
        await desk.press("ctrl+r", "space")
        assert desk.screen.query_one("#drill-beside").display
        assert kept(desk)["ticked"]


async def test_half_of_the_least_comfortable_terminal_shows_the_model_answer(learner: Learner) -> None:
    """At 80x24 a long question and many key points leave it ten lines."""
    points = "\n".join(f"- Point number {number} of this card" for number in range(12))
    text = topic_text("Long", question="Why? " * 60, answer="Because. " * 200)
    path = learner.decks / "long.md"
    path.write_text(text.replace("## Answer", f"## What to Cover\n{points}\n\n## Answer"))
    learner.add()
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        assert desk.screen.query_one("#drill-model").size.height >= 10


def test_a_failed_run_is_not_named_after_what_is_wrong() -> None:
    """The topic's title stands in the head once the model answer is in sight."""
    asked = Ask(AskKind.DEBUGGING, CardId("a"), "some")
    shown = drill(asked)
    told = prompt("a", ask=asked, title="Vanishing")
    assert "Vanishing" not in head_words(shown, told, 80)
    assert "Vanishing" in head_words(shown.answered(), told, 80)


async def test_bands_and_enter_in_one_burst_judge_the_answer(learner: Learner) -> None:
    """What was given last is not left behind."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        await desk.press("enter")
        for key in ("3", "3", "3", "3", "enter"):
            desk.app.post_message(Key(key, key))
        await desk.until(lambda: step(desk) is not Step.RATING)
        assert not desk.notices


@pytest.mark.parametrize("width", [60, 80])
async def test_each_drill_of_the_history_keeps_to_one_line(learner: Learner, width: int) -> None:
    """Also one that was left; after a change of the terminal's size as well, with the cursor where it was."""
    learn_gradients(learner)
    for _ in range(2):
        begin(learner.workspace, Setup(minutes=180, seed=1, is_mock=True)).leave()
    async with at_home(learner, size=(140 - width, 24)) as desk:
        await desk.press("d", "h", "down")
        await desk.pilot.resize_terminal(width, 24)
        await desk.settle()
        options = desk.screen.query_one(DrillList)
        assert options.highlighted == 1
        assert options.virtual_size.height == 2
        assert sum("left" in line for line in desk.shown) == 2


async def test_sections_are_shown_while_the_model_answer_has_all_the_room(learner: Learner) -> None:
    """And the points can be ticked, and bands given, when the room is given back."""
    learn_gradients(learner)
    async with drilling(learner) as desk:
        await write(desk, "words")
        await done(desk)
        await desk.press("m")
        assert "n Section" in desk.footer
        more = "\n".join(desk.shown)
        await desk.press("n")
        assert "\n".join(desk.shown) != more
        await desk.press("m", "space")
        assert kept(desk)["ticked"]
        await desk.press("enter", "m", "m", "3")
        await desk.until(lambda: kept(desk)["bands"] == {"correctness": 3})


async def test_the_least_terminal_names_the_question_beside_its_clocks(learner: Learner) -> None:
    """The number stays in sight, and the question leaves room for what is compared."""
    learn_gradients(learner)
    async with drilling(learner, "right", size=(60, 18)) as desk:
        await write(desk, "words")
        await done(desk)
        assert "breadth 1/" in head(desk)
        assert "· 1." in head(desk)
        assert desk.screen.query_one("#drill-asked").size.height <= 2
