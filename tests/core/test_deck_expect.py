"""`expect` blocks: read from answers, checked with their places, shown after the answer is revealed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.deck_expect import expectation_in
from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_writer import write_topic
from quizapp.core.expectation import Choice, Exact, Expectation, Number, Option, Pattern
from quizapp.core.page import lay_out

TOPIC = "# T\n\n## Question\n{question}\n\n## Answer\nWords.\n\n{answer}\n\n## Follow-up Questions\n{follow_ups}\n"


def block(info: str, *lines: str) -> str:
    """Return an `expect` block."""
    return "\n".join((f"```expect {info}".rstrip(), *lines, "```"))


def problems(answer: str = "", question: str = "q", follow_ups: str = "- f") -> list[tuple[int, int, str]]:
    """Return what is wrong in a topic with these parts; nothing of it is fatal."""
    text = TOPIC.format(question=question, answer=answer, follow_ups=follow_ups)
    parsed = parse_topic(text, "t.md")
    assert parsed.topic is not None
    assert all(problem.hint for problem in parsed.problems)
    return [(problem.line, problem.column, problem.what) for problem in parsed.problems]


BLOCKS: list[tuple[str, Expectation, str]] = [
    (block("exact", "ReZero", "Re-Zero"), Exact(("ReZero", "Re-Zero")), "Expected ReZero or Re-Zero"),
    (block("exact case", "ReLU"), Exact(("ReLU",), True), "Expected ReLU"),
    (
        block("regex", r"1 ?/ ?(√|sqrt) ?L", "1/√L"),
        Pattern(r"1 ?/ ?(√|sqrt) ?L", ("1/√L",)),
        "Expected 1/√L or what is of its form",
    ),
    (
        block("number tolerance=5% unit=MB", "98.3"),
        Number(98.3, "MB", "98.3 MB", 0.05),
        "Expected 98.3 MB ± 5 %",
    ),
    (
        block("number tolerance=0.5", "3 ms"),
        Number(3.0, "ms", "3 ms", 0.5, is_share=False),
        "Expected 3 ms ± 0.5 ms",
    ),
    (block("number", "1.13·10¹⁵"), Number(1.13e15, "", "1.13·10¹⁵"), "Expected 1.13·10¹⁵"),
    (
        block("choice", "- [x] √2", "- [ ] 2", "[ ]   3  4"),
        Choice((Option("√2", True), Option("2", False), Option("3 4", False))),
        "✓ √2\n· 2\n· 3 4",
    ),
    (
        block("choice ordered", "* [X] a", "* [] b"),
        Choice((Option("a", True), Option("b", False)), True),
        "✓ a\n· b",
    ),
]


@pytest.mark.parametrize(("markdown", "expected", "shown"), BLOCKS)
def test_every_kind_is_read_and_shown(markdown: str, expected: Expectation, shown: str) -> None:
    """In the answer the block stands as what was expected, never as code."""
    assert expectation_in(f"Words.\n\n{markdown}\n\nMore.") == expected
    assert "\n".join(" ".join(line.text.split()) for line in lay_out(markdown, 60)) == shown


@pytest.mark.parametrize(("markdown", "expected", "shown"), BLOCKS)
def test_every_kind_passes_the_check_and_is_written_back(
    markdown: str, expected: Expectation, shown: str
) -> None:
    """In an answer, and below the bullet of a follow-up."""
    assert shown
    indented = "\n".join(f"  {line}" for line in markdown.split("\n"))
    text = TOPIC.format(question="q", answer=markdown, follow_ups=f"- f\n\n{indented}")
    parsed = parse_topic(text, "t.md")
    assert parsed.problems == ()
    assert parsed.topic is not None
    assert expectation_in(parsed.topic.answer) == expected
    assert expectation_in(parsed.topic.follow_ups[0].answer) == expected
    assert parse_topic(write_topic(parsed.topic), "t.md").topic == parsed.topic


@pytest.mark.parametrize(
    ("markdown", "line", "column", "what"),
    [
        (block(""), 9, 1, "an expect block says no kind"),
        (block("guess", "x"), 9, 11, "'guess' is no kind of answer"),
        (block("exact"), 9, 1, "empty expect block"),
        (block("exact tolerance=5%", "x"), 9, 17, "'tolerance=5%' means nothing here"),
        (block("exact case=yes", "x"), 9, 17, "'case=yes' means nothing here"),
        (block("number tolerance=", "5"), 9, 18, "'tolerance=' means nothing here"),
        (block("number tolerance=-1", "5"), 9, 18, "'-1' is no tolerance"),
        (block("number tolerance=wide", "5"), 9, 18, "'wide' is no tolerance"),
        (block("number", "five"), 10, 1, "'five' is no number"),
        (block("number", "5", "6"), 11, 1, "a second number"),
        (block("number unit=MB", "5 GB"), 9, 18, "the unit is given twice"),
        (block("number", "inf"), 10, 1, "an endless number is no answer"),
        (block("regex", "a(b", "ab"), 10, 2, "bad regular expression: a '(' is not closed"),
        (block("regex", "  (a)\\1", "aa"), 10, 6, "bad regular expression: back references are not taken"),
        (block("regex", "ab"), 10, 1, "the regular expression has no example"),
        (block("regex", "ab", "ba"), 11, 1, "the regular expression does not match this answer"),
        (block("choice", "- [x] a"), 10, 1, "there is nothing to choose from"),
        (block("choice", "- [ ] a", "- [ ] b"), 10, 1, "no answer is marked as right"),
        (block("choice", "- [x] a", "- b", "- [ ] c"), 11, 1, "this is no answer to choose"),
        (block("choice", "- [x] a", "- [ ] a", "- [ ] b"), 11, 1, "'a' stands here twice"),
        (block("choice", "- [x] a", *(f"- [ ] {n}" for n in range(9))), 19, 1, "too many answers"),
    ],
)
def test_what_is_wrong_has_its_place(markdown: str, line: int, column: int, what: str) -> None:
    """It costs the expectation alone: the block is shown as it is written."""
    assert (line, column, what) in problems(markdown)
    assert expectation_in(markdown) is None
    assert "Expected" not in "".join(found.text for found in lay_out(markdown, 60))


def test_all_that_is_wrong_is_told_at_once() -> None:
    """A bad number does not hide a bad tolerance."""
    assert problems(block("number tolerance=wide", "five", "6")) == [
        (9, 18, "'wide' is no tolerance"),
        (10, 1, "'five' is no number"),
        (11, 1, "a second number"),
    ]


def test_a_block_belongs_to_one_card() -> None:
    """One in the question is nobody's, a second one in an answer is too much; a follow-up has its own."""
    one = block("exact", "a")
    assert problems(question=f"q\n\n{one}") == [(6, 1, "expect block stands in no answer")]
    assert problems(f"{one}\n\n{one}") == [
        (13, 1, "a second expect block for the one card (first on line 9)")
    ]
    indented = one.replace("\n", "\n  ")
    assert problems(one, follow_ups=f"- f\n\n  {indented}\n- g\n\n  {indented}") == []


def test_blanks_are_checked() -> None:
    """One that is not closed, in the question or a follow-up; a block beside blanks is not asked."""
    assert problems(question="q {{a}} {{b") == [(4, 9, "'{{' begins a blank that says nothing")]
    assert problems(question="q {{a|b}} {{c|}}") == [(4, 11, "a blank with an empty alternative")]
    assert problems(follow_ups="- f\n- g {{}} h") == [(13, 5, "'{{' begins a blank that says nothing")]
    both = problems(block("exact", "a"), question="q {{a}}")
    assert both == [(4, 1, "this question has blanks: the expect block on line 9 is not asked")]
    assert problems(question="`{{`", follow_ups="- what is `{{ x }}`?") == []


@given(st.text(alphabet="exactrgul numbchoi=5%[]-x\n(ab{", max_size=60))
def test_any_block_is_read_or_told_of(text: str) -> None:
    """No text makes the parser or the page fail."""
    markdown = f"```expect {text}\n```"
    if expectation_in(markdown) is None:
        assert lay_out(markdown, 40) is not None
    problems(markdown)
