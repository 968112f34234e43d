"""Which dollars of a text hold a formula, and which lone ones are reported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.deck_parser import parse_topic
from quizapp.core.dollars import formula_end


def formulas(text: str) -> list[str]:
    """Return the formulas that begin at a dollar, one after the other."""
    found, at = [], 0
    while (at := text.find("$", at)) >= 0:
        end = formula_end(text, at)
        found += [text[at:end]] if end else []
        at = end or at + 1
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $x^2$ b", ["$x^2$"]),
        ("($x$), $y$-axis, $n$th, $k$s: $z$.", ["$x$", "$y$", "$n$", "$k$", "$z$"]),
        (r"50$\times$ faster", [r"$\times$"]),
        (r"$\$5 + x$", [r"$\$5 + x$"]),
        (r"$5 + x$", ["$5 + x$"]),
        ("$$x$$ and $$ y $$", ["$$x$$", "$$ y $$"]),
        ("$x \\text{ if } y$", ["$x \\text{ if } y$"]),
        ("so $y \\text{ if the $x_{i} > 0$ holds}$, $z$", ["$y \\text{ if the $x_{i} > 0$ holds}$", "$z$"]),
        ("costs $5 and $10", []),
        ("US$5 to US$7, A$3, 5$ and 7$", []),
        ("$5/month or 50$", []),
        ("$5-$10", []),
        ("$HOME/bin and $PATH, $A_$B", []),
        ("$ x $ and $x $", []),
        ("$$$ and $$", []),
        ("$5 for $x$", ["$x$"]),
    ],
)
def test_a_price_is_no_formula(text: str, expected: list[str]) -> None:
    """Blanks, digits and letters beside the dollars decide, and what reads as a sentence stays one."""
    assert formulas(text) == expected


def problems(answer: str) -> list[tuple[int, int, str]]:
    """Return line and column within an answer, and what is wrong there."""
    parsed = parse_topic(f"# T\n## Question\nq\n## Answer\n{answer}\n", "p")
    assert parsed.topic is not None
    return [(problem.line - 4, problem.column, problem.what) for problem in parsed.problems]


LONE, PAIR = "dollar sign without a partner", "'$$' without a partner"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("text\nthe $x^2 is", [(2, 5, LONE)]),
        ("the x^2$ is", [(1, 8, LONE)]),
        ("- a\n- b $\\frac{a}{b}", [(2, 5, LONE)]),
        ("> the $y is", [(1, 7, LONE)]),
        ("| a |\n|---|\n| $x |", [(3, 3, LONE)]),
        ("$ x^2 $", [(1, 1, "a formula begins or ends with a blank")]),
        ("$$\nx\n\nmore", [(1, 1, PAIR)]),
        ("a\n\n$$x", [(3, 1, PAIR)]),
        ("$$\na\n\nb\n$$", [(1, 1, PAIR), (5, 1, PAIR)]),
    ],
)
def test_lone_dollars_are_found(answer: str, expected: list[tuple[int, int, str]]) -> None:
    """Each with its line and its column, and the topic stays."""
    assert problems(answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "costs $5 and $10, US$5, 50$, -$3, $1.5M and $.50",
        r"\$x^2 and \$",
        "`$x` and ``$y ` $z``",
        "```\n$x\n```",
        "    $x",
        "the sign $ alone",
        "$HOME, ${name}",
        "$x$ and $$y$$ and $n$th",
        "$$\n\\frac{a}{b}\n$$\nmore",
        "> $$\n> a\n> $$",
    ],
)
def test_other_dollars_are_left_alone(answer: str) -> None:
    """Prices, escapes, code, variables and whole formulas are no finding."""
    assert problems(answer) == []


@given(
    st.lists(
        st.sampled_from(["$", "$$", "\\$", "`", "x", " ", "\n", "> ", "- ", "5", "| ", "|-|", "^"]),
        max_size=20,
    )
)
def test_any_dollars_can_be_looked_through(parts: list[str]) -> None:
    """No arrangement fails, and every place exists."""
    answer = "".join(parts)
    lines = f"# T\n## Question\nq\n## Answer\n{answer}\n".split("\n")
    for problem in parse_topic("\n".join(lines), "p").problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
