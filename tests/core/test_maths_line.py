"""Formulas in one line."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.core.maths import display, needs_rows, one_line
from quizapp.core.page.cells import cells, shown

LINES = [
    ("x^2", "x²"),
    ("h_{i+1}", "hᵢ₊₁"),
    (r"\frac{1}{\sqrt{L}}", "1/√L"),
    (r"\dfrac{a+b}{c+d}", "(a + b)/(c + d)"),
    (r"\frac12 x", "(1/2)x"),
    (r"\frac{a}{b} \cdot c", "a/b · c"),
    (r"\frac{a}{b} / c", "(a/b)/c"),
    (r"\frac{-a}{b}", "(−a)/b"),
    (r"\frac{1}{2\sigma^2}", "1/(2σ²)"),
    (r"\frac{a}{b}!", "(a/b)!"),
    (r"\log \frac{a}{b}", "log(a/b)"),
    (r"\frac{\partial L}{\partial x_l}", "∂L/∂xₗ"),
    (r"\frac{1}{\exp(x)}", "1/exp(x)"),
    (r"\frac{1}{x(a+b)}", "1/(x(a + b))"),
    (r"\frac{1}{10^{-3}}", "1/10⁻³"),
    (r"\frac{x}{\|x\|}", "x/‖x‖"),
    (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
    (r"\sum_i \frac{a_i}{b}", "∑ᵢ (aᵢ/b)"),
    (r"\prod_{l=1}^{L} (1 + a_l)", "∏ₗ₌₁ᴸ (1 + aₗ)"),
    (r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx"),
    (r"\lim_{n \to \infty} a_n", "lim_(n→∞) aₙ"),
    (r"\max\limits_\theta L", "max_θ L"),
    (r"\operatorname*{arg\,max}_y p(y \mid x)", "arg max_y p(y | x)"),
    (r"x_\theta y", "x_θ y"),
    (r"p_\theta(x)", "p_θ(x)"),
    (r"W^\top x", "W^⊤x"),
    (r"e^{-x/2}", "e^(−x/2)"),
    (r"a_{i,j}^{(k)}", "a_(i,j)⁽ᵏ⁾"),
    (r"{x_i}^2", "xᵢ²"),
    (r"{x^2}^3", "(x²)³"),
    (r"\sqrt{x}^2", "(√x)²"),
    (r"\sqrt{x^2}", "√(x²)"),
    (r"\sqrt{2}\pi", "(√2)π"),
    (r"2\sqrt[n]{x}", "2(ⁿ√x)"),
    (r"x^2\sqrt{y}", "x²(√y)"),
    (r"x^12", "x¹2"),
    (r"f''(x)", "f″(x)"),
    (r"f'^2", "f′²"),
    (r"90^\circ", "90°"),
    (r"-x - -y", "−x − −y"),
    (r"-\sin x", "−sin x"),
    (r"(+)", "(+)"),
    (r"1{,}000", "1,000"),
    (r"(1,2)", "(1,2)"),
    (r"f(x, y)", "f(x, y)"),
    (r"x := 2", "x := 2"),
    (r"n \bmod 2", "n mod 2"),
    (r"a \equiv b \pmod n", "a ≡ b (mod n)"),
    (r"\mathrm{Var}X", "Var X"),
    (r"\mathbf{W}\boldsymbol{\theta}", "𝐖𝛉"),
    (r"\mathbb{R}^n, \mathcal{L}, \mathcal{N}", "ℝⁿ, ℒ, 𝒩"),
    (r"\hat{y}, \bar x, \tilde\mu, \vec v, \dot x", "y\u0302, x\u0304, μ\u0303, v\u20d7, x\u0307"),
    (r"\overline{ab}", "a\u0305b\u0305"),
    (r"\left( \frac{a}{b} \right)^2", "(a/b)²"),
    (r"\left. f \right|_{x=0}", "f|ₓ₌₀"),
    (r"\bigl( a \bigr)", "(a)"),
    (r"a \not= b \not\in C", "a ≠ b ∉ C"),
    (r"A \Rightarrow B \mapsto C \ldots", "A ⇒ B ↦ C…"),
    (r"x \text{ if } y", "x if y"),
    (r"a\quad b", "a  b"),
    (r"50\%, \$3", "50%, $3"),
    (r"α ≤ β", "α ≤ β"),
    (r"[0, 1)", "[0, 1)"),
    (r"\text{clip}(r,1-\epsilon,1+\epsilon)", "clip(r, 1 − ϵ, 1 + ϵ)"),
    (r"\mathbf{0}, \mathbf{1}", "𝟎, 𝟏"),
    (r"2\mathrm{e}{-5}", "2e−5"),
    (r"3\text{ms}, \textbf{loss} x", "3 ms, loss x"),
    (r"x \text{ if $y_{i} > 0$ holds}", "x if yᵢ > 0 holds"),
    (r"\cfrac[l]{1}{x}", "1/x"),
    (r"\sqrt[]{x}", "√x"),
    (r"\arg\min_\theta \frac{1}{n} x", "arg min_θ (1/n)x"),
    (r"\log_b(x)", "log_b (x)"),
    (r"\mathop{\mathbb{E}}_{x \sim p}[f(x)]", "𝔼_(x∼p) [f(x)]"),
    (r"\mathop{\mathrm{arg\,max}}_x f(x)", "arg maxₓ f(x)"),
    (r"\pmb{x}, \mathds{1}", "𝐱, 𝟙"),
]


@pytest.mark.parametrize(("source", "expected"), LINES)
def test_a_formula_in_one_line(source: str, expected: str) -> None:
    """Every construct has its characters, its air, and parentheses where the meaning needs them."""
    chunks = one_line(source)
    assert chunks is not None
    assert " ".join(chunks) == expected or "".join(chunks) == expected.replace("  ", "")


@pytest.mark.parametrize(
    "source",
    [
        "",
        " ",
        r"\foo",
        r"\frac{a}",
        "{a",
        "a}",
        "x^",
        "x^^2",
        "x^2^3",
        "x_{}",
        "{a+b}^2",
        "a{}^2",
        r"\left( a",
        r"\left( a \right",
        r"\begin{pmatrix} a",
        r"\begin{tabular}{c} a \end{tabular}",
        r"\frac{}{b}",
        r"\mathbb{é x}^\foo",
        r"\text{a \emph{b}}",
        "a & b",
        r"a \\ b",
        "a % remark",
        "a # b",
        "\\",
        r"\mathcal{a}",
        r"\not x",
        r"\sqrt[3",
        r"\sqrt[a,b]{x}",
        r"\hat",
        r"\big x",
        "x" * 5000,
        "{" * 500 + "}" * 500,
        r"\hat" * 300 + "x",
        r"\frac" * 300,
        r"\left(" * 300,
    ],
)
def test_what_cannot_be_read_has_no_layout(source: str) -> None:
    """An unknown command, an open group and whatever TeX refuses or leaves open give nothing rather than something."""
    assert one_line(source) is None
    assert display(source, 80) is None
    assert not needs_rows(source)


@pytest.mark.parametrize(
    "source",
    [
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\begin{cases} a & b \end{cases}",
        r"\widehat{xy}",
        r"\overset{!}{=}",
        r"\binom{n}{k}",
        r"\underbrace{abc}_{n}",
    ],
)
def test_what_has_no_line_of_its_own_asks_for_rows(source: str) -> None:
    """A matrix and its like are no line, but a picture."""
    assert one_line(source) is None
    assert needs_rows(source)
    assert display(source, 80) is not None


def test_a_line_ends_only_between_the_sides_of_an_operator() -> None:
    """Within brackets it never does."""
    assert one_line("y = (a + b) + f(x, y), z") == ("y =", "(a + b) +", "f(x, y),", "z")


WORDS = (
    r"a b 1 2 + - = ( ) [ ] { } ^ _ & ' | , \\ \frac \sqrt \sum \left( \right) \begin{cases} \end{cases} \hat \text{x}"
    r" \mathbf \not \operatorname{f} \, \limits \mathbb \big \| \infty \begin{pmatrix} \middle| \overset"
)
SCRAPS = st.sampled_from(WORDS.split())


@settings(deadline=None, max_examples=300)
@example(["\U0001f3fb"], 2)
@given(st.lists(SCRAPS | st.text(max_size=2), max_size=14), st.integers(1, 60))
def test_no_text_fails_and_no_row_is_too_wide(scraps: list[str], width: int) -> None:
    """Any text is a layout that fits and that no terminal acts on, or nothing."""
    source = " ".join(scraps)
    rows = display(source, width)
    for row in rows or ():
        assert cells(row) <= width
        assert shown(row) == row
    chunks = one_line(source)
    assert chunks is None or all(chunk.strip() and shown(chunk) == chunk for chunk in chunks)
