"""A drill as Markdown: readable, whole, and harmless to a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from quizapp.core.drill.debrief import debriefed
from quizapp.core.drill.report import markdown_report
from tests.drilling import POOR, answered, drill, question

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_question_answer_points_bands_and_times_are_in_it() -> None:
    """In the order in which they came, with the summary above them."""
    one = answered(
        "a",
        POOR,
        answer="It adds.\nTwice.",
        ticked=("It adds",),
        missed=("It scales",),
        answer_ms=150_000,
        shown=("warmup",),
    )
    held = replace(drill(question("a")).passed(200_000).finished(), answers=(one, answered("b")))
    text = markdown_report(debriefed(held), BEGAN)
    assert text.startswith("# Interview drill, 02 Mar 2026, 09:00\n")
    for part in (
        "- **Time:** 3:20 of 10:00",
        "| correctness | 1.0 |",
        "| A | 17 % | 1 |",
        "  - missed: It scales",
        "### 1. A (questions, question)",
        "> What is a?",
        "**Answer** (written, 2:30 of 2:00, 0:30 over)",
        "> It adds.  \n> Twice.  ",
        "- [x] It adds\n- [ ] It scales",
        "- correctness: 1 missing (wrong, or not answered",
        "*Simulations opened:* warmup",
        "**Answer** (skipped, 0:00 of 2:00)",
    ):
        assert part in text, part


def test_a_second_try_shows_its_hint() -> None:
    """And says that it was one."""
    held = replace(
        drill(question("a")).finished(), answers=(answered("a", POOR, hint="Look below.", is_second=True),)
    )
    text = markdown_report(debriefed(held), BEGAN)
    assert "(questions, question, second try)" in text
    assert "*Hint:* Look below." in text


def test_nothing_in_it_acts_on_a_terminal() -> None:
    """Escape sequences that were typed or came with a deck are made visible."""
    held = replace(
        drill(question("a")).finished(), answers=(answered("a", POOR, answer="\x1b[2J", title="\x07"),)
    )
    text = markdown_report(debriefed(held), BEGAN)
    assert "\x1b" not in text
    assert "\x07" not in text
