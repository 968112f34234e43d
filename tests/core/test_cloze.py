"""Blanks: found in prose, hidden and filled in; code, formulas and escaped signs stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.cloze import blanks, empty_alternatives, filled, hidden, open_blanks
from quizapp.core.expectation import Blank
from quizapp.core.page import lay_out

TEXT = "It grows by {{√2}} a block, by {{2::a number}} where F(x) = x."


def painted(markdown: str) -> str:
    """Return what stands on the screen."""
    return "\n".join(line.text for line in lay_out(markdown, 80))


def test_blanks_have_answers_and_hints() -> None:
    """In the order of the text."""
    assert blanks(TEXT) == (Blank("√2"), Blank("2", "a number"))


def test_hidden_blanks_show_a_gap_or_their_hint() -> None:
    """Where there are several they have numbers; one alone has none."""
    assert painted(hidden(TEXT)) == "It grows by […]₁ a block, by [a number]₂ where F(x) = x."
    assert painted(hidden("only {{one}}")) == "only […]"
    assert painted(hidden("pre{{x}}fix, {{y}}.")) == "pre[…]₁fix, […]₂."


def test_filled_blanks_show_their_words() -> None:
    """The sentence is whole again."""
    assert painted(filled(TEXT)) == "It grows by √2 a block, by 2 where F(x) = x."


def test_ankis_numbers_are_taken_off() -> None:
    """`{{c1::answer::hint}}` means the same here: it asks for the answer."""
    assert blanks("{{c1::x::y}} {{c12::z}}") == (Blank("x", "y"), Blank("z"))


def test_braces_in_an_answer_stay() -> None:
    """The last two braces of a run close."""
    assert blanks("{{y^{2}}} and {{a}b}}") == (Blank("y^{2}"), Blank("a}b"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{{shortcut|skip connection | bypass::a path}}",
            Blank("shortcut", "a path", ("skip connection", "bypass")),
        ),
        ("{{c1::a|b}}", Blank("a", "", ("b",))),
        ("{{p(y|x)|q[a|b]}}", Blank("p(y|x)", "", ("q[a|b]",))),
        ("{{$p_{i}|q_{j}}$|`a|b`}}", Blank("$p_{i}|q_{j}}$", "", ("`a|b`",))),
        (r"{{a \| b}}", Blank("a | b")),
        ("{{|x|}}", Blank("|x|")),
        ("{{|x| + |y|}}", Blank("|x| + |y|")),
        ("{{a|}}", Blank("a|")),
    ],
)
def test_bars_part_the_answers_that_are_right(text: str, expected: Blank) -> None:
    """The first is the one that fills the gap; bars within something, or at an end, part nothing."""
    assert blanks(text) == (expected,)
    assert expected.answer in filled(text)


def test_a_bar_too_many_is_told() -> None:
    """One at an end that no other bar answers."""
    assert empty_alternatives("x {{a|}} {{a||b|c}} {{|b::h}} {{|x|}} {{a|b}}") == (2, 9, 20)


def test_a_formula_in_a_blank_is_typed_as_it_is_shown() -> None:
    """Its dollars and commands are the deck's affair; braces at its end close no blank."""
    (found,) = blanks(r"{{$\frac{1}{\sqrt{x_{i}}}$|$\sqrt{2}$}}")
    assert found.accepted == ("1/√(xᵢ)", "√2") or found.accepted == ("1/√xᵢ", "√2")


def test_an_answer_may_wrap() -> None:
    """Over a line end, not over the end of its paragraph."""
    assert blanks("the {{scale of\nthe branch}}") == (Blank("scale of the branch"),)
    assert blanks("the {{scale\n\nof}} it") == ()


@pytest.mark.parametrize(
    "text",
    [
        "`{{ user }}` in Jinja",
        "``a ` {{ user }}``",
        "```jinja\n{{ user }}\n```",
        "    {{ indented }}",
        "- a list\n\n  ```\n  {{ user }}\n  ```",
        r"$\frac{{a}}{{b}}$",
        r"$$\sum_{{i}} x$$",
        r"\{{escaped}}",
        "{single} braces",
        "{{}} and {{ }}",
        "{{::hint}}",
        "{{ open",
        "closed }}",
    ],
)
def test_what_is_no_blank_stays(text: str) -> None:
    """Nothing of it is hidden or filled."""
    assert blanks(text) == ()
    assert hidden(text) == filled(text) == text


def test_a_price_is_no_formula() -> None:
    """A dollar before a digit does not close what another one opened."""
    assert blanks("from $5 to {{ten}} and $6") == (Blank("ten"),)


def test_what_was_begun_is_told() -> None:
    """With its place, outside of code only."""
    assert open_blanks("a {{ b") == (2,)
    assert open_blanks("{{}} {{::x}} {{y}}") == (0, 5)
    assert open_blanks("`{{` and \\{{") == ()


@given(st.text(alphabet="{}`$\\:|(c1a \n-", max_size=40))
def test_any_text_is_read(text: str) -> None:
    """Hiding and filling never raise, and a text without blanks comes back as it was."""
    found = blanks(text)
    if not found:
        assert hidden(text) == filled(text) == text
    assert all(blank.answer for blank in found)
