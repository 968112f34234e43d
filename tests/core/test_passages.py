"""The parts in which an answer is revealed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.long_answer import ENOUGH_LINES, is_long, lines_of
from quizapp.core.passages import passages
from quizapp.core.sections import sections

PARAGRAPH = "Words that say something of use. " * 6
SHORT = "One line."


def test_short_answers_and_headed_ones_stay_as_they_are() -> None:
    """The author's own sections are the parts, however long one of several is."""
    for answer in (
        "",
        SHORT,
        f"{SHORT}\n\n{SHORT}",
        f"## A\n{PARAGRAPH * 9}\n\n{PARAGRAPH}\n\n## B\n{SHORT}",
    ):
        assert passages(answer) == sections(answer)


def test_many_paragraphs_come_in_groups() -> None:
    """A long answer without headings is parted between paragraphs, none of the parts being a scrap."""
    answer = "\n\n".join([PARAGRAPH] * 8)
    parts = passages(answer)
    assert len(parts) > 2
    assert "".join(part.markdown for part in parts) == answer
    assert all(lines_of(part.markdown) > ENOUGH_LINES // 2 for part in parts)
    assert all(part.markdown.startswith(PARAGRAPH) for part in parts)
    lines = answer.split("\n")
    assert all(lines[part.line] == part.markdown.split("\n")[0] for part in parts)


def test_one_heading_over_everything_is_as_good_as_none() -> None:
    """Its title stays with the first group."""
    parts = passages("## Why\n\n" + "\n\n".join([PARAGRAPH] * 6))
    assert len(parts) > 1
    assert [part.title for part in parts] == ["Why"] + [""] * (len(parts) - 1)


def test_a_long_beginning_is_parted_before_the_first_heading() -> None:
    """The sections that follow it stay whole."""
    parts = passages("\n\n".join([PARAGRAPH] * 6) + "\n\n## A\n" + PARAGRAPH * 9)
    assert len(parts) > 2
    assert [part.title for part in parts if part.title] == ["A"]


def test_long_lists_are_parted_between_their_items() -> None:
    """Many bullets are as many paragraphs, and what a paragraph introduces stays with it."""
    items = "\n".join(f"- {PARAGRAPH}" for _ in range(8))
    parts = passages(f"{PARAGRAPH * 2}These are the reasons:\n\n{items}")
    assert len(parts) > 2
    assert "reasons:" in parts[0].markdown
    assert "- " in parts[0].markdown
    assert all(part.markdown.startswith("- ") for part in parts[1:])


def test_many_short_lines_are_long_too() -> None:
    """It is the lines that fill a screen: a list of short bullets is parted, few of them or few long words are not."""
    bullets = [f"- bullet {number}" for number in range(20)]
    assert len(passages("\n".join(bullets))) > 1
    assert len(passages("\n".join(bullets[:12]))) == 1
    assert is_long("word " * 200)
    assert not is_long("word " * 100)
    assert not is_long("\n\n\nOne line.\n\n\n" + "\n" * 20)


def test_code_and_formulas_are_never_cut() -> None:
    """A fence and a formula with blank lines around them stay whole."""
    code = "```\n" + "x = 1\n\n" * 200 + "```"
    parts = passages(f"{PARAGRAPH}\n\n{code}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{PARAGRAPH}")
    assert all(part.markdown.count("```") in (0, 2) for part in parts)


PIECES = st.sampled_from(
    ["# a\n", "**b:**\n", "```\n", "x" * 200, "\n\n", "- ", "\r", "\r\n", "1. ", "> ", "a:\n\n", "$$\n"]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_its_passages_joined(answer: str) -> None:
    """Parting loses nothing, and the lines rise."""
    parts = passages(answer)
    assert "".join(part.markdown for part in parts) == answer
    lines = [part.line for part in parts]
    assert lines == sorted(set(lines))
    assert len(parts) == len(sections(answer)) or is_long(answer)
