"""Profiles and sketches: drawn, chosen and handed in, at every size."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import Button

from quizapp.core.prediction import Answer
from quizapp.tui.widgets.prediction_form import COMMIT, SKIP, PredictionForm
from quizapp.tui.widgets.profile_choices import ProfileChoices
from quizapp.tui.widgets.sketch_bars import SketchBars
from sims.protocol import Prediction
from tests.tui.screenshots import lines_on

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.pilot import Pilot

SIZES = ((80, 24), (60, 18), (140, 40))
FAMILIES = ("plain", "naive", "scaled", "pre-norm", "post-norm")
PROFILE = Prediction(
    "Which profile is it?",
    choices=FAMILIES,
    curves=tuple(
        tuple(10 ** (decades * place / 50) for place in range(51)) for decades in (0.0, 7.5, 0.2, 0.9, -0.1)
    ),
)
SKETCH = Prediction(
    "Sketch the loss.",
    bars=("α = 0", "α = 0.1", "α = 0.5", "α = 1"),
    low=0.01,
    high=1000.0,
    log_scale=True,
)


class Stand(App[None]):
    """An app with one form on its screen; it keeps what the form tells."""

    def __init__(self, prediction: Prediction) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
        self.prediction = prediction
        self.answers: list[Answer | None] = []

    def compose(self) -> ComposeResult:
        """Show the form."""
        yield PredictionForm(self.prediction)

    def on_prediction_form_answered(self, message: PredictionForm.Answered) -> None:
        """Keep the answer."""
        self.answers.append(message.answer)


@dataclass
class Asked:
    """An open form and what a test does with it."""

    app: Stand
    pilot: Pilot[None]
    told: list[str] = field(default_factory=list)

    @property
    def form(self) -> PredictionForm:
        """The form."""
        return self.app.query_one(PredictionForm)

    @property
    def button(self) -> str:
        """What enter does now."""
        return str(self.form.query_one("#submit", Button).label)

    @property
    def enter(self) -> str:
        """What the footer says of enter."""
        return self.app.screen.active_bindings["enter"].binding.description

    @property
    def shown(self) -> str:
        """Everything on the terminal."""
        return "\n".join(lines_on(self.app))

    async def press(self, *keys: str) -> None:
        """Press keys and let their messages be handled."""
        await self.pilot.press(*keys)
        await self.pilot.pause()


@contextlib.asynccontextmanager
async def asked(prediction: Prediction, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Asked]:
    """Open a form with the keyboard where the answer is given."""
    app = Stand(prediction)
    async with app.run_test(size=size) as pilot:
        form = Asked(app, pilot)
        await pilot.pause()
        form.form.take_focus()
        await pilot.pause()
        yield form


@pytest.mark.parametrize("size", SIZES)
async def test_every_profile_is_drawn_with_its_name(size: tuple[int, int]) -> None:
    """All panels are in sight at once, and curves of one scale differ."""
    async with asked(PROFILE, size) as form:
        for family in FAMILIES:
            assert f"○ {family}" in form.shown
        assert any("\u2800" < char <= "\u28ff" for char in form.shown)
        assert isinstance(form.app.focused, ProfileChoices)


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_name_of_a_profile_is_whole(size: tuple[int, int]) -> None:
    """It goes on below, in the panel's own column."""
    names = ("first = 0.00575", "flat", "first = 5", "first = 2.43e+07, at the very end")
    curves = PROFILE.curves[:4]
    async with asked(Prediction("Which?", choices=names, curves=curves), size) as form:
        words = form.shown.split()
        assert all(word in words for name in names for word in name.split())
        assert "…" not in form.shown
        await form.press("4", "enter")
        assert form.app.answers == [names[3]]


async def test_a_sketch_fits_on_the_least_terminal() -> None:
    """Six bars with their settings whole, and the button that runs it below them."""
    bars = ("1 block", "2 blocks", "4 blocks", "8 blocks", "16 blocks", "32 blocks")
    prediction = Prediction(
        "Which loss does each end with? (Guessing is 0.69.)", bars=bars, low=0.0, high=0.8
    )
    async with asked(prediction, (60, 18)) as form:
        assert form.shown.count("blocks") == 5
        assert "…" not in form.shown
        assert SKIP in form.shown


@pytest.mark.parametrize("size", SIZES)
async def test_a_profile_is_picked_by_arrows_and_enter(size: tuple[int, int]) -> None:
    """Left and right go round the ends, down and up by rows; enter hands the name in."""
    async with asked(PROFILE, size) as form:
        assert form.button == SKIP
        await form.press("right", "right")
        assert "● naive" in form.shown
        assert form.button == COMMIT
        await form.press("left", "left", "enter")
        assert form.app.answers == ["post-norm"]
        await form.press("right", "down", "up", "enter")
        assert form.app.answers[-1] == "plain"


async def test_a_profile_is_picked_by_mouse_and_taken_back() -> None:
    """A click on a panel chooses it; another one leaves nothing chosen, and enter skips."""
    async with asked(PROFILE) as form:
        for _ in range(2):
            await form.pilot.click(ProfileChoices, offset=(30, 2))
            form.told.append(form.shown)
        assert "● naive" in form.told[0]
        assert "●" not in form.told[1]
        await form.press("enter")
        assert form.app.answers == [None]


@pytest.mark.parametrize("size", SIZES)
async def test_a_sketch_is_drawn_bar_by_bar(size: tuple[int, int]) -> None:
    """Each bar has its value above and its setting below; enter hands all values in."""
    async with asked(SKETCH, size) as form:
        for label in SKETCH.bars:
            assert label in form.shown
        assert form.button == SKIP
        await form.press("up", "right", "right", "right", "pageup", "pageup")
        assert "logarithmic: α = 1" in form.shown
        assert form.button == COMMIT
        await form.press("enter")
        (answer,) = form.app.answers
        assert answer == pytest.approx((10**0.6, 10**0.5, 10**0.5, 10**1.5))


async def test_an_untouched_sketch_says_nothing() -> None:
    """Enter skips it, as choosing a bar without moving it does."""
    async with asked(SKETCH) as form:
        await form.press("right", "enter")
        assert form.app.answers == [None]


async def test_a_bar_is_drawn_by_mouse() -> None:
    """A click raises the bar below it to there."""
    async with asked(SKETCH) as form:
        await form.pilot.click(SketchBars, offset=(30, 1))
        await form.press("enter")
        (answer,) = form.app.answers
        assert isinstance(answer, tuple)
        assert answer[2] > 100
        assert answer[0] == pytest.approx(10**0.5)


async def test_another_question_of_its_kind_puts_the_sketch_back() -> None:
    """What was drawn answers the old settings only; the words of the question alone change nothing."""
    async with asked(SKETCH) as form:
        await form.press("up")
        form.form.prediction = Prediction(
            "Sketch it.", bars=SKETCH.bars, low=0.01, high=1000.0, log_scale=True
        )
        await form.pilot.pause()
        assert form.button == COMMIT
        form.form.prediction = Prediction("Sketch it.", bars=("one", "two"))
        await form.pilot.pause()
        assert form.button == SKIP
        assert "one" in form.shown


async def test_each_kind_of_question_shows_its_own_field() -> None:
    """A profile, a sketch, a choice and a number follow one another in one form."""
    async with asked(PROFILE) as form:
        for prediction, words in (
            (SKETCH, "logarithmic"),
            (Prediction("?", choices=("plain", "residual")), "○ residual"),
            (Prediction("?"), "a number"),
            (PROFILE, "○ pre-norm"),
        ):
            form.form.prediction = prediction
            await form.pilot.pause()
            form.form.take_focus()
            await form.pilot.pause()
            assert words in form.shown
            assert form.app.focused is not None
            assert form.app.focused.display


@pytest.mark.parametrize("prediction", [Prediction("Which?", choices=FAMILIES), PROFILE])
async def test_a_digit_chooses_its_answer(prediction: Prediction) -> None:
    """Each answer stands behind a digit that chooses it; a digit without an answer does nothing."""
    async with asked(prediction) as form:
        assert "2 ○ naive" in form.shown
        await form.press("9")
        assert form.button == SKIP
        await form.press("2")
        assert "2 ● naive" in form.shown
        await form.press("enter")
        assert form.app.answers == ["naive"]


@pytest.mark.parametrize(
    ("prediction", "key"),
    [
        (Prediction("Which?", choices=FAMILIES), "1"),
        (PROFILE, "1"),
        (SKETCH, "up"),
        (Prediction("How many?"), "7"),
    ],
)
async def test_the_footer_names_what_enter_does(prediction: Prediction, key: str) -> None:
    """Without an answer enter runs without a prediction, and says so; with one it commits."""
    async with asked(prediction) as form:
        assert form.enter == "Run without"
        await form.press(key)
        assert form.enter == "Commit and run"
        await form.press("enter")
        assert form.app.answers[0] is not None
