"""Answers, simulations and prompts of `quizapp study --plain`, as somebody who only hears them meets them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quizapp.cli.plain_prediction import BackToCard, ask_prediction
from quizapp.cli.plain_simulating import draw
from quizapp.cli.plain_terminal import Terminal
from quizapp.core.experiment import Experiment, Finding
from sims import catalogue
from sims.protocol import Frame, Prediction
from tests.cli.conftest import Command

Studied = Callable[..., str]
SIMS = "```sim\nvanishing-gradients depth=20\n```\n\nMore.\n\n```sim\nscale-explosion depth=10\n```"
CHOICE = "```expect choice ordered\n- [ ] one\n- [x] two\n```"
EXACT = "```expect exact\nReZero\n```"
SKETCH = Prediction("How high?", bars=("a", "b"), low=0, high=2)
GROWTH = Prediction("Which?", choices=("plain", "residual", "neither: both miss"))


@pytest.fixture
def studied(quizapp: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studied:
    """Return a way to study one card with these lines typed; it returns what was printed."""

    def study(answer: str, *lines: str, question: str = "What?", code: int = 0) -> str:
        topic = tmp_path / "one.md"
        topic.write_text(
            f"# One\n**Category:** one\n\n## Question\n{question}\n\n## Answer\nBecause.\n\n{answer}\n",
            encoding="utf-8",
        )
        assert quizapp("add", topic).code == 0
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(line + "\n" for line in lines)))
        done = quizapp("study", "--plain", "--deck", "one")
        assert done.code == code
        return done.out

    return study


def asked(prediction: Prediction, *lines: str) -> tuple[Any, str]:
    """Return what a prediction came to with these lines typed, and what was printed."""
    typed, printed = iter(lines), list[str]()
    terminal = Terminal(lambda: next(typed), printed.append)
    try:
        return ask_prediction(prediction, terminal, has_read_it=False), "\n".join(printed)
    except BackToCard:
        return BackToCard, "\n".join(printed)


@pytest.mark.parametrize(
    "prediction",
    [
        SKETCH,
        GROWTH,
        Prediction("How much?"),
        Prediction("Which?", ("up", "down"), curves=((1.0, 2.0), (2.0, 1.0))),
    ],
)
@pytest.mark.parametrize("word", ["q", "c", "Q", "quit", "b"])
def test_every_prediction_has_a_way_back(prediction: Prediction, word: str) -> None:
    """It is said at once, and again after what means nothing; help says why it is asked."""
    came, printed = asked(prediction, "xyzzy", "h", "r", word)
    assert came is BackToCard
    assert printed.count("Enter runs without a prediction, q goes back to the card.") == 4
    assert "A prediction is said before the run" in printed
    assert printed.count(prediction.question) == 2


@pytest.mark.parametrize("line", ["3", "neither: both miss", "Neither", "n"])
def test_a_choice_is_a_number_or_a_name(line: str) -> None:
    """The beginning of a name is enough, capitals do not matter."""
    assert asked(GROWTH, line)[0] == "neither: both miss"


def test_a_choice_named_like_a_command_is_a_choice() -> None:
    """What the question offers wins over the way back."""
    assert asked(Prediction("Which?", ("q", "k")), "q")[0] == "q"


def test_what_is_no_choice_is_told_with_what_is() -> None:
    """Also where two names begin so."""
    assert "'4' is no choice. Give a number from 1 to 3, or a name." in asked(GROWTH, "4", "")[1]
    assert "'a': 2 choices begin so." in asked(Prediction("?", ("ab", "ac")), "a", "")[1]
    assert "1 number for 2 bars" in asked(SKETCH, "1", "3 1", "1, 2")[1]
    assert asked(SKETCH, "1, 2")[0] == (1.0, 2.0)


def test_a_prediction_is_left_for_the_card(studied: Studied) -> None:
    """Nothing runs, the card waits as before."""
    out = studied(SIMS, "x", "q", "", "q")
    assert "Nothing was run. Back at the card.\nEnter shows the answer, h helps.\nBecause." in out
    assert "Running." not in out


def test_each_simulation_says_how_to_run_it(studied: Studied) -> None:
    """By its number where there are several; another number is told."""
    out = studied(SIMS, "w", "x 3", "x two", "x 2", "q", "q")
    assert "Simulation 1 of 2: vanishing-gradients, depth 20. x 1 runs it." in out
    assert "Simulation 2 of 2: scale-explosion, depth 10. x 2 runs it." in out
    assert "There is no simulation 3; there are 2." in out
    assert "There is no simulation two; there are 2." in out
    assert "Simulation 2 of 2: scale-explosion.\n" in out


def test_one_simulation_needs_no_number(studied: Studied) -> None:
    """It has none, and a second one is told."""
    out = studied("```sim\nvanishing-gradients\n```", "w", "x 2", "q")
    assert "Simulation: vanishing-gradients. x runs it." in out
    assert "There is no simulation 2; there is 1, which x runs." in out


@pytest.mark.parametrize(
    ("answer", "question", "line", "sentence"),
    [
        (CHOICE, "q?", "2", "Right: two"),
        (CHOICE, "q?", "Two", "Right: two"),
        (EXACT, "q?", "rezero", "Right: ReZero"),
        (EXACT, "q?", "good", "You wrote “good”"),
        (EXACT, "q?", "a n", "You wrote “n”"),
        ("```expect exact\na skip connection\n```", "q?", "a skip connection", "Right: a skip connection"),
        (EXACT, "q?", "b it is", "You wrote “b it is”"),
        ("```expect number\n4\n```", "q?", "4", "Right: 4"),
        ("", "By {{two}} and {{four}}.", "two; four", "Right: two, four"),
    ],
)
def test_a_line_that_is_no_command_is_the_answer(
    studied: Studied, answer: str, question: str, line: str, sentence: str
) -> None:
    """Where the card expects one, until it is shown; then it means nothing."""
    out = studied(answer, line, "xyzzy", "q", question=question)
    assert sentence in out
    assert "'xyzzy' means nothing here." in out


@pytest.mark.parametrize("word", ["n", "q", "h", "quit", "i", "?"])
def test_a_command_wins_over_the_answer(studied: Studied, word: str) -> None:
    """The prompt says how to hand in a word that is one."""
    out = studied(EXACT, word, "q")
    assert "You wrote" not in out
    assert "One that is a command, such as n, goes behind a: a n." in out


def test_a_command_takes_nothing_that_it_does_not_know(studied: Studied) -> None:
    """A sentence that begins with its letter does nothing."""
    out = studied("", "b is the reason", "z z", "q")
    assert "'b is the reason' means nothing here." in out
    assert "Put off" not in out
    assert "Suspended" not in out


def test_the_blanks_can_be_left(studied: Studied) -> None:
    """Nothing is graded; they are named as they are asked for."""
    out = studied("", "a", "two", "q", "r", "q", question="By {{two::n}} and {{four}}.")
    assert out.count("By [blank 1: n] and [blank 2].") == 2
    assert (
        "q goes back to the card.\nBlank 1 of 2, n:\nBlank 2 of 2:\nNothing was handed in.\nYour answer, or h."
        in out
    )
    assert "Proposed" not in out
    taken = studied("", "tow", "q", "q", question="By {{two::n}} and {{four}}.")
    assert "“tow” is taken; q goes back to the card.\nBlank 2 of 2:\nNothing was handed in." in taken


def test_the_whole_card_is_read_again(studied: Studied) -> None:
    """After the answer with the choices, what was handed in, and as much of the answer as was shown."""
    again = studied(CHOICE, "1", "r", "q").split("Rate: ")[1]
    for words in (
        "What?",
        "1. one\n2. two",
        "You chose “one”; right is “two”.",
        "Because.",
        "Not: one\nRight: two",
    ):
        assert words in again
    assert "Because." not in studied(CHOICE, "r", "q")


def test_a_prompt_is_said_at_length_once(studied: Studied) -> None:
    """Then in a few words, also after a mistake; reading the card again brings it back."""
    out = studied("", "xyzzy", "", "xyzzy", "i", "r", "q")
    assert out.count("Enter shows the answer; a keeps your words beside it. h helps.") == 1
    assert out.count("Enter shows the answer, h helps.") == 1
    assert out.count("Rate: 1 Again:") == 2
    assert out.count("Rate 1 to 4, or h.") == 2


def test_two_buttons_are_said_as_two(studied: Studied, home: Path) -> None:
    """In the short prompt, in the proposal and in the help."""
    (home / "config.toml").write_text("two_buttons = true\n", encoding="utf-8")
    out = studied(CHOICE, "2", "h", "q")
    assert "Proposed: 2 or 3 Good." in out
    assert "Rate 1 or 2, or h." in out
    assert "rate: 1 Again, 2 or 3 Good;" in out


def test_how_many_wait_is_said_of_now(studied: Studied) -> None:
    """No total is said that later moves."""
    out = studied("", "", "1", "q")
    assert "Card 1. one: One. No other waits now." in out


def test_the_end_takes_no_other_word_for_leaving(studied: Studied) -> None:
    """A slip there does not close the way back."""
    out = studied("", "", "4", "xyzzy", "u", "q")
    assert out.count("u takes the last rating back, enter leaves.") == 2
    assert "was taken back." in out


def test_an_interrupt_says_that_the_place_is_kept(
    studied: Studied, quizapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the end of the input does; the exit code is that of an interrupt."""
    studied("", "q")

    def interrupted() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(readline=interrupted))
    done = quizapp("study", "--plain", "--deck", "one")
    assert done.code == 130
    assert done.out.endswith("\nThe place is kept.\n")


def test_what_was_taken_back_is_done_again(studied: Studied) -> None:
    """Once; the next card comes, as it did then."""
    out = studied("", "", "3", "u", "redo", "q")
    assert "Good on ‘What?’ was given again." in out
    assert "There is nothing to do again." in studied("", "redo", "q")


def test_the_chart_is_the_one_that_was_asked_about() -> None:
    """All of the run's curves are said; drawn is the view that the prediction names."""
    simulation = catalogue.get("gradient-profile")
    experiment = Experiment(simulation, simulation.knobs())
    last = Frame(1, 1, {}, {"activation": (3.0, 2.0, 1.0), "weight": (9.0, 4.0, 1.0)})
    printed: list[str] = []
    draw(Finding(experiment, last, (), None, ""), Terminal(str, printed.append))
    assert printed[:2] == [
        "activation: 3 at first, 2 half-way, 1 at last.",
        "weight: 9 at first, 4 half-way, 1 at last.",
    ]
    assert printed[2].startswith("Gradient of the weights")


def test_own_words_are_confirmed_and_read_again(studied: Studied) -> None:
    """Where no key points are there to be covered, too."""
    out = studied("", "a first", "r", "q")
    assert "Your words are kept.\nBecause." in out
    assert "Your words:\nfirst\n\nBecause." in out
