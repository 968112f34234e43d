"""A leech in study: said at once, with a diagnosis and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.config import Settings
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.services import editor, predict
from quizapp.services.scripted import answer
from quizapp.tui.screens.changes import ChangesScreen
from quizapp.tui.screens.editor import EditorScreen
from quizapp.tui.screens.lab import LabScreen
from quizapp.tui.screens.leech import LeechScreen
from quizapp.tui.screens.read import ReadScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.deck_text_area import DeckTextArea
from tests.learner import Learner, topic_text
from tests.tui.desk import Desk, studying
from tests.tui.material import learn_gradients

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GRADIENTS = CardId("gradients")


def nearly_a_leech(learner: Learner) -> None:
    """Forget a card once less than makes it a leech, and let it come again; another topic waits behind it."""
    learner.settings = Settings(fuzz=False, leech_lapses=2)
    learner.reopen()
    learn_gradients(learner)
    answer(learner.workspace, GRADIENTS, Rating.EASY)
    learner.clock.forward(days=30)
    study = learner.begin()
    study.answer(Rating.AGAIN, 0, {"ticked": ["The gain of a layer"]})
    learner.clock.forward(minutes=11)
    answer(learner.workspace, GRADIENTS, Rating.GOOD)
    learner.clock.forward(days=30)
    learner.learn("Other")


async def make_leech(desk: Desk) -> None:
    """Forget the card in front once more, with one point ticked."""
    await desk.press("w", "t", "space", "escape", "1")
    await desk.until(lambda: desk.is_on(LeechScreen))


async def test_the_rating_that_makes_a_leech_says_so(learner: Learner) -> None:
    """The diagnosis tells lapses, missed points with their counts, and what to do; escape goes on."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        assert "leech" not in desk.head
        await make_leech(desk)
        text = "\n".join(desk.shown)
        for words in (
            "this card does not stay",
            "Forgotten twice in 4 reviews.",
            "2 of 2  The skip",
            "2 of 2  Normalisation",
            "no predictions yet",
            "r  Read",
            "x  Run its simulation: vanishing-gradients",
            "s  Split it",
            "e  Split it in your editor",
            "z  Suspend it",
        ):
            assert words in text
        assert "The gain of a layer" not in text
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
        assert desk.card == "What is Other?"


async def test_a_leech_is_marked_and_its_diagnosis_comes_on_demand(learner: Learner) -> None:
    """The head says leech, and the card's menu opens the diagnosis."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        await make_leech(desk)
        await desk.press("escape")
        learner.clock.forward(minutes=11)
        while desk.card != "What happens to a gradient in fifty layers?":
            assert "leech" not in desk.head
            await desk.press("space", "4")
        assert "leech" in desk.head
        await desk.press("o")
        await desk.until(lambda: desk.is_on(ChangesScreen))
        await desk.press("w")
        await desk.until(lambda: desk.is_on(LeechScreen))
        await desk.press("q")
        assert desk.is_on(StudyScreen)


async def test_a_leech_is_suspended_by_one_key(learner: Learner) -> None:
    """It comes no more; u takes that back, and then the rating."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        await make_leech(desk)
        await desk.press("z")
        await desk.until(lambda: desk.is_on(StudyScreen))
        assert desk.notices[-1] == "1 card suspended. u takes it back."
        assert learner.card(GRADIENTS).state.suspended
        await desk.press("u")
        assert not learner.card(GRADIENTS).state.suspended
        await desk.press("u")
        assert learner.card(GRADIENTS).state.memory.lapses == 1
        assert desk.card == "What happens to a gradient in fifty layers?"


async def test_a_leech_is_read_again(learner: Learner) -> None:
    """Question, answer by section, then the key points; w shows all of it; and back to the diagnosis."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        await make_leech(desk)
        for keys in (["space"] * 12, ["w", *["space"] * 6]):
            await desk.press("r")
            await desk.until(lambda: desk.is_on(ReadScreen))
            assert any("multiplied fifty times" in line for line in desk.shown)
            assert any("3 more sections: space shows the next, w all" in line for line in desk.shown)
            await desk.press(*keys)
            assert any("· Normalisation" in line for line in desk.shown)
            await desk.press("escape")
            await desk.until(lambda: desk.is_on(LeechScreen))
        await desk.press("r")
        await desk.until(lambda: desk.is_on(ReadScreen))
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(LeechScreen))


async def test_a_leechs_simulation_runs_and_its_prediction_is_the_cards(learner: Learner) -> None:
    """What is predicted there shows in the diagnosis afterwards."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        await make_leech(desk)
        await desk.press("x")
        await desk.until(lambda: desk.is_on(LabScreen))
        await desk.finish_run("plain", "down", "enter")
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(LeechScreen))
        assert any("Predictions on it: 1 prediction" in line for line in desk.shown)


async def test_a_leech_is_split_in_the_editor(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The topic's file opens; what was written is taken in, and a broken file is said."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        await make_leech(desk)
        monkeypatch.setattr(desk.app, "suspend", desk.lent)

        def split(path: Path) -> None:
            text = path.read_text(encoding="utf-8")
            path.write_text(f"{text}\n- What does the skip add?\n", encoding="utf-8")

        monkeypatch.setattr(editor, "edit", split)
        await desk.press("e")
        await desk.until(lambda: desk.notices)
        assert desk.notices[-1].startswith("Taken in.")
        await desk.until(lambda: desk.is_on(LeechScreen))
        assert learner.card("gradients/what-does-the-skip-add").title == "Gradients"
        monkeypatch.setattr(editor, "edit", lambda path: path.write_text("nothing"))
        await desk.press("e")
        await desk.until(lambda: "Not taken in" in desk.notices[-1])


async def test_a_leech_is_split_in_the_app(learner: Learner) -> None:
    """Each missed point is the answer of a follow-up whose question is written there; then it is a card."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        await make_leech(desk)
        await desk.press("s")
        await desk.until(lambda: desk.is_on(EditorScreen))
        area = desk.screen.query_one(DeckTextArea)
        await desk.press(*"Why", "space", *"add?")
        row = next(row for row, line in enumerate(area.lines) if line.endswith("Why add?"))
        assert area.lines[row + 2].strip() == "The skip"
        assert area.lines[row + 6].strip() == "Normalisation"
        await desk.press("ctrl+s")
        await desk.until(lambda: "not saved" not in desk.shown[0])
        assert learner.card("gradients/why-add").answer == "The skip"
        await desk.press("escape")
        await desk.until(lambda: desk.is_on(LeechScreen))


async def test_what_fails_is_said_and_study_goes_on(learner: Learner) -> None:
    """A terminal that cannot be lent to the editor ends the diagnosis, not the session."""
    nearly_a_leech(learner)
    async with studying(learner) as desk:
        await make_leech(desk)
        await desk.press("e")
        await desk.until(lambda: desk.is_on(StudyScreen))
        await desk.until(lambda: desk.notices)
        assert "cannot be lent" in desk.notices[-1]
        assert len(learner.begin().workspace.database.read("SELECT 1 FROM log", {})) == 4


async def test_the_diagnosis_is_legible_on_the_least_terminal(learner: Learner) -> None:
    """At 60x18 what does not fit is scrolled to."""
    nearly_a_leech(learner)
    async with studying(learner, size=(60, 18)) as desk:
        await make_leech(desk)
        assert any("Forgotten twice" in line for line in desk.shown)
        await desk.press(*["down"] * 12)
        assert any("z  Suspend it" in line for line in desk.shown)


async def test_predictions_count_in_the_diagnosis(learner: Learner) -> None:
    """Those made on the card, right and wrong."""
    nearly_a_leech(learner)
    made = predict.commit(
        learner.workspace, card_id=GRADIENTS, simulation="gone", knobs={}, seed=0, question="?", answer="1"
    )
    predict.settle(learner.workspace, made, truth="2", hit=False, gap="off", device="cpu")
    async with studying(learner) as desk:
        await make_leech(desk)
        assert any("1 prediction, 0 right" in line for line in desk.shown)


async def test_a_card_without_points_or_simulation_has_a_diagnosis_too(learner: Learner) -> None:
    """It says what would make it tell more."""
    learner.settings = Settings(fuzz=False, leech_lapses=1)
    learner.reopen()
    learner.write("Bare").write_text(topic_text("Bare"))
    learner.add()
    answer(learner.workspace, "bare", Rating.EASY)
    learner.clock.forward(days=30)
    async with studying(learner) as desk:
        await desk.press("space", "1")
        await desk.until(lambda: desk.is_on(LeechScreen))
        text = " ".join(" ".join(desk.shown).split())
        assert "No key points were ticked" in text
        assert "it has none; choose one" in text


async def test_the_diagnosis_hides_a_cards_blanks(learner: Learner) -> None:
    """What belongs there would be given away for the next review: its hint stands in its place."""
    learner.settings = Settings(fuzz=False, leech_lapses=1)
    learner.reopen()
    text = "# Growth\n\n## Question\nIt grows by {{a factor of two|twice::how much}} a block.\n\n## Answer\nNorms add.\n"
    (learner.decks / "growth.md").write_text(text, encoding="utf-8")
    learner.add()
    answer(learner.workspace, CardId("growth"), Rating.EASY)
    learner.clock.forward(days=30)
    async with studying(learner) as desk:
        await desk.press("n", "1")
        await desk.until(lambda: desk.is_on(LeechScreen))
        await desk.settle()
        shown = "\n".join(desk.shown)
        assert "It grows by [how much] a block." in shown
        assert "factor" not in shown
        assert "twice" not in shown
