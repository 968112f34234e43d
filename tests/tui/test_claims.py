"""The claims of a topic: what is said, how true it is, and what was measured on this machine."""

from __future__ import annotations

import pytest

from quizapp.errors import StoreError
from quizapp.services import claims
from quizapp.services.runs import keep
from quizapp.tui.screens.claims import ClaimsScreen
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.simulation_view import SimulationView
from sims.protocol import Claim
from tests.learner import Learner
from tests.services.test_runs import finding
from tests.tui.desk import Desk, studying
from tests.tui.material import learn_gradients
from tests.tui.test_help import palette

SIZES = ((60, 18), (80, 24), (150, 40))


def text(desk: Desk) -> str:
    """Return what stands on the terminal, blanks joined."""
    return " ".join(" ".join(desk.shown).replace("│", " ").split())


async def test_c_works_once_the_answer_is_shown(learner: Learner) -> None:
    """Before that it would give the answer away; then it stands in footer, help and palette at 80×24."""
    learn_gradients(learner)
    async with studying(learner, size=(80, 24)) as desk:
        await desk.press("c")
        assert desk.is_on(StudyScreen)
        assert "Claims" not in desk.footer
        await desk.press("space")
        assert "c Claims" in desk.footer
        assert "Claims" in palette(desk)
        await desk.press("question_mark")
        assert desk.is_on(HelpScreen)
        assert "What is said of this, how true it is" in text(desk)
        await desk.press("escape", "c")
        assert desk.is_on(ClaimsScreen)


async def test_a_topic_without_claims_offers_none(learner: Learner) -> None:
    """The footer says nothing of them, and the key does nothing."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("space", "c")
        assert desk.is_on(StudyScreen)
        assert "Claims" not in desk.footer


@pytest.mark.parametrize("size", SIZES)
async def test_each_claim_says_its_truth_and_where_it_is_from(
    learner: Learner, size: tuple[int, int]
) -> None:
    """Sign and word of the verdict, statement, precise statement as Markdown, source; esc, c and q go back."""
    learn_gradients(learner)
    async with studying(learner, size=size) as desk:
        await desk.press("space")
        before = desk.shown
        await desk.press("c")
        for words in (
            "! misleading “The skip fixes the gradient”",
            "It turns vanishing into explosion: √2 a block.",
            "Source: He et al. 2016",
            "not measured here yet: x runs scale-explosion",
            "✓ right “0.9 a layer leaves 0.5 %”",
        ):
            assert words in text(desk), words
        for key in ("escape", "c", "c", "c", "q"):
            await desk.press(key)
        assert desk.is_on(StudyScreen)
        assert desk.shown == before


async def test_what_was_measured_last_is_shown_with_its_run(learner: Learner) -> None:
    """The figure, what was expected, whether it holds, the day, the seed and the device; of this claim alone."""
    learn_gradients(learner)
    claim = Claim("naive-growth", "It grows.", 1.4142, 1.40249, 0.05, "s")
    keep(learner.workspace, finding(claim, name="scale-explosion", seed=7))
    keep(learner.workspace, finding(Claim("naive-growth", "x", 1, 9, 1, ""), name="vanishing-gradients"))
    async with studying(learner) as desk:
        await desk.press("space", "c")
        assert (
            "scale-explosion: It grows. measured 1.402 (expected 1.414) ✓ holds, on 2 Mar, seed 7, cpu"
            in text(desk)
        )
        assert "not measured" not in text(desk)


async def test_a_measurement_that_failed_is_said(learner: Learner) -> None:
    """In a sign and a word."""
    learn_gradients(learner)
    keep(learner.workspace, finding(Claim("naive-growth", "", 1.0, 2.0, 0.1, ""), name="scale-explosion"))
    async with studying(learner) as desk:
        await desk.press("space", "c")
        assert "measured 2 (expected 1) ✗ fails" in text(desk)


@pytest.mark.parametrize("size", SIZES)
async def test_x_runs_what_measures_the_claim(learner: Learner, size: tuple[int, int]) -> None:
    """With the claim's own knobs, in the simulation's place of the card; esc leads back to the answer."""
    learn_gradients(learner)
    async with studying(learner, size=size) as desk:
        await desk.press("space", "c", "x")
        await desk.until(lambda: desk.screen.query(SimulationView))
        experiment = desk.view.experiment
        assert (experiment.name, experiment.values["depth"]) == ("scale-explosion", 20)
        await desk.press("escape")
        assert "multiplied" in desk.answer


async def test_x_is_offered_for_the_claim_that_can_be_run(learner: Learner) -> None:
    """The second claim of the topic is measured by none; a mark shows which one is meant."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "c")
        assert "x Run" in desk.footer
        assert "▸ ! misleading" in text(desk)
        await desk.press("down")
        assert "▸ ✓ right" in text(desk)
        assert "x Run" not in desk.footer
        await desk.press("x")
        assert desk.is_on(ClaimsScreen)
        await desk.press("down", "k")
        assert "▸ ! misleading" in text(desk)
        await desk.click(desk.screen.query("ClaimEntry").last())
        assert "▸ ✓ right" in text(desk)


async def test_every_claim_can_be_reached_on_a_small_terminal(learner: Learner) -> None:
    """The list follows the chosen one, and pages scroll within a long one."""
    claims = "".join(f"- **Said {n}** wrong\n  It is so.\n\n  Or so {n}.\n  *Source:* s\n" for n in range(9))
    path = learner.write("Alpha")
    path.write_text(path.read_text(encoding="utf-8") + f"\n## Claims\n{claims}", encoding="utf-8")
    learner.add()
    async with studying(learner, size=(60, 18)) as desk:
        await desk.press("space", "c")
        assert "Said 0" in text(desk)
        assert "Said 8" not in text(desk)
        await desk.press("pagedown")
        assert "Said 0" not in text(desk)
        await desk.press(*["down"] * 8)
        assert "Or so 8" in text(desk)


async def test_claims_that_none_can_read_say_what_to_do(learner: Learner) -> None:
    """A section of bad claims alone opens with words, and x does nothing."""
    path = learner.write("Alpha")
    path.write_text(path.read_text(encoding="utf-8") + "\n## Claims\n- **Said** rite\n", encoding="utf-8")
    learner.add()
    async with studying(learner) as desk:
        await desk.press("space", "c", "x", "down")
        assert "None of the topic's claims can be read" in text(desk)


async def test_claims_that_cannot_be_looked_up_are_told(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen stays open, empty, and closes as ever."""
    learn_gradients(learner)

    def broken(*_: object) -> None:
        raise StoreError("The database is damaged.", "Restore a backup.")

    monkeypatch.setattr(claims, "listed_claims", broken)
    async with studying(learner) as desk:
        await desk.press("space", "c")
        assert "is damaged" in desk.notices[0]
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
