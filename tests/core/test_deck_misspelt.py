"""Names in a deck file that are nearly ones that quizapp knows: told at their place, with what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp.core.deck_parser import parse_topic

GOOD = "# Title\n**Tags:** a\n\n## Question\nq\n\n## Answer\na\n\n## Follow-up Questions\n- f\n"
CARDS = Path(__file__).parents[2] / "cards"

MISSPELT = [
    (GOOD.replace("**Tags:** a", "**Dificulty:** 4"), "2:3", "'Difficulty'"),
    (GOOD.replace("**Tags:** a", "**Tag:** a"), "2:3", "'Tags'"),
    (GOOD.replace("**Tags:** a", "**Tags:** a\n  **Categories**: b"), "3:5", "'Category'"),
    (GOOD.replace("**Tags:** a", "**Synonym:** a = b"), "2:3", "'Synonyms'"),
    (GOOD.replace("\na\n", "\na\n\n```expct number\n3\n```\n"), "10:4", "'expect'"),
    (GOOD.replace("\na\n", "\na\n\n> ``` Expect number\n> 3\n> ```\n"), "10:7", "'expect'"),
    (GOOD.replace("\na\n", "\na\n\n```simulation\nx\n```\n"), "10:4", "'sim'"),
    (GOOD.replace("\na\n", "\na\n\n~~~sims\nx\n~~~\n"), "10:4", "'sim'"),
    (GOOD.replace("\na\n", "\na\n\n```sim-predict\nx\n```\n"), "10:4", "'sim'"),
    (GOOD.replace("\na\n", "\na\n\n```predict\nx\n```\n"), "10:4", "'sim predict'"),
    (GOOD.replace("Follow-up", "Follow up"), "10:1", "'## Follow-up Questions'"),
    (GOOD.replace("Follow-up Questions", "**Followups:**"), "10:1", "'## Follow-up Questions'"),
    (GOOD.replace("Follow-up Questions", "Questions"), "10:1", "'## Follow-up Questions'"),
    (GOOD.replace("## Follow-up", "### Follow-up"), "10:1", "'## Follow-up Questions'"),
    (GOOD.replace("## Answer", "## What too Cover\n- k\n\n## Answer"), "7:1", "'## What to Cover'"),
]


@pytest.mark.parametrize(("text", "place", "meant"), MISSPELT)
def test_what_is_nearly_a_name_is_a_warning(text: str, place: str, meant: str) -> None:
    """The topic is taken, and one problem says what was probably meant."""
    parsed = parse_topic(text, "p")
    assert parsed.topic is not None
    (problem,) = parsed.problems
    assert str(problem).startswith(f"p:{place}: ")
    assert problem.hint == f"did you mean {meant}?"


@pytest.mark.parametrize(
    ("heading", "wrong", "line"),
    [
        ("## Answer", "## Answers", 7),
        ("## Answer", "## Anwser", 7),
        ("## Answer", "### Answer", 7),
        ("## Question", "## Questions", 4),
        ("## Question", "# Question", 4),
    ],
)
def test_a_misspelt_section_that_is_needed_is_told_alone(heading: str, wrong: str, line: int) -> None:
    """It is neither missing at the top, nor is what stands in it out of place; the topic is refused."""
    text = GOOD.replace(heading + "\n", wrong + "\n").replace("\na\n", "\na\n\n```expect exact\nx\n```\n")
    parsed = parse_topic(text, "p")
    assert parsed.topic is None
    (problem,) = parsed.problems
    assert str(problem) == f"p:{line}:1: {wrong!r} starts no section: did you mean '{heading}'?"


@pytest.mark.parametrize(
    "language",
    [
        "",
        "python",
        "text",
        "mermaid",
        "bash",
        "vim",
        "asm",
        "exec",
        "sml",
        "sql",
        "simpl",
        "mathematica",
        "c++",
    ],
)
def test_real_languages_go_without_a_word(language: str) -> None:
    """A fence in an answer shows what it shows."""
    assert parse_topic(GOOD.replace("\na\n", f"\na\n\n```{language}\nx\n```\n"), "p").problems == ()


@pytest.mark.parametrize(
    "heading",
    [
        "## Why",
        "## **Variants:**",
        "### Claims",
        "## Key points",
        "### Answers",
        "## Answers",
        "## Question 2",
    ],
)
def test_headings_of_the_learner_go_without_a_word(heading: str) -> None:
    """In an answer any heading may stand that is not near one that the file lacks."""
    assert parse_topic(GOOD.replace("\na\n", f"\na\n\n{heading}\nx\n"), "p").problems == ()


@pytest.mark.parametrize("name", ["Author", "Source", "Date", "Level", "Status"])
def test_metadata_of_the_learner_goes_without_a_word(name: str) -> None:
    """Other lines are kept as they are."""
    assert parse_topic(GOOD.replace("**Tags:** a", f"**{name}:** a"), "p").problems == ()


def test_the_bundled_cards_have_no_finding() -> None:
    """Nothing in them is near a name that it is not."""
    files = list(CARDS.rglob("*.md"))
    assert files
    for path in files:
        assert parse_topic(path.read_text(encoding="utf-8"), str(path)).problems == ()


@pytest.mark.parametrize(
    "text", ["Q: What?\nA: This.\n", "# Deck\n\nQ: What?\nIt?\nA:\nThis.\n", "C: A [blank].\n"]
)
def test_the_form_of_hashcards_is_told_what_to_write(text: str) -> None:
    """One problem, at the first card, instead of a list of missing parts."""
    (problem,) = parse_topic(text, "p").problems
    assert (problem.line, problem.fatal) == (text[: text.index(": ")].count("\n") + 1, True)
    assert "'## Question'" in problem.hint


def test_prose_with_a_colon_is_no_card_of_hashcards() -> None:
    """A file without sections that only has a `Q:` is told what is missing."""
    assert next(problem.what for problem in parse_topic("Q: What?\n", "p").problems) == "missing title"
