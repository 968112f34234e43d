"""Formulas in several rows."""

from __future__ import annotations

from textwrap import dedent

import pytest

from quizapp.core.maths import display

PICTURES = [
    (
        r"X_n \xrightarrow[n \to \infty]{P} X",
        """
            P
        Xₙ  ⟶  X
           n→∞
        """,
    ),
    (
        r"\begin{aligned}[t] a &= \begin{bmatrix*}[r] -1 & 2 \\ 3 & 4\end{bmatrix*} \end{aligned}",
        """
        a = ⎡−1  2⎤
            ⎣ 3  4⎦
        """,
    ),
    (
        r"y = \underbrace{F(x)}_{\text{branch}} + \underbrace{x}_{\text{skip}}",
        """
        y =  F(x)  +  x
             ╰┬─╯    ╰┬╯
            branch   skip
        """,
    ),
    (
        r"\sum_{\substack{i=1 \\ i \ne j}}^{n} x_i",
        """
          n
          ∑   xᵢ
        i = 1
        i ≠ j
        """,
    ),
    (
        r"\begin{dcases} 1, & \text{if $x>0$} \\ 0, & \text{else} \end{dcases}",
        """
        ⎧1,  if x > 0
        ⎨
        ⎩0,  else
        """,
    ),
    (
        r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
        """
            −b ± √(b² − 4ac)
        x = ────────────────
                   2a
        """,
    ),
    (
        r"\frac{1}{1+\frac{1}{x}}",
        """
           1
        ───────
             1
         1 + ─
             x
        """,
    ),
    (
        r"s = \sum_{i=1}^{n} x_i",
        """
             n
        s =  ∑  xᵢ
            i=1
        """,
    ),
    (
        r"\left(\frac{a}{b}\right)^2 + \left\| \frac{a}{b} \right\|_2",
        """
        ⎛a⎞²   ║a║
        ⎜─⎟  + ║─║
        ⎝b⎠    ║b║₂
        """,
    ),
    (
        r"A = \begin{bmatrix} 1 & 0 & 0\\ 0 & \cos\theta & -\sin\theta \\ 0 & \sin\theta & \cos\theta\end{bmatrix}",
        """
            ⎡1    0      0   ⎤
        A = ⎢0  cos θ  −sin θ⎥
            ⎣0  sin θ  cos θ ⎦
        """,
    ),
    (
        r"|x| = \begin{cases} x & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}",
        """
              ⎧x   if x > 0
        |x| = ⎨
              ⎩−x  otherwise
        """,
    ),
    (
        r"\begin{aligned} a &= b \\ &= \frac{c}{d} \\ &\le 10 \end{aligned}",
        """
        a = b

            c
          = ─
            d

          ≤ 10
        """,
    ),
    (
        r"e^{-\frac{(x-\mu)^2}{2}}",
        """
         −(x − μ)²/2
        e
        """,
    ),
    (
        r"\sqrt[3]{\frac{a}{b}}",
        """
          ┌──
          │ a
         ³│ ─
         ╲│ b
        """,
    ),
    (
        r"\underbrace{x + y}_{\text{skip}} = \binom{n}{k}",
        """
                ⎛n⎞
        x + y = ⎜ ⎟
        ╰─┬─╯   ⎝k⎠
        skip
        """,
    ),
    (
        r"\mathbf{v} = \begin{pmatrix} v_1 \\ \vdots \\ v_n \end{pmatrix}",
        """
            ⎛v₁⎞
        𝐯 = ⎜⋮ ⎟
            ⎝vₙ⎠
        """,
    ),
    (r"x_L = 1", "x  = 1\n L"),
    (r"y = x + F(x)", "y = x + F(x)"),
]


@pytest.mark.parametrize(("source", "expected"), PICTURES, ids=[source for source, _ in PICTURES])
def test_a_formula_in_rows(source: str, expected: str) -> None:
    """Bars, limits, brackets and scripts stand where print has them, on one baseline."""
    rows = display(source, 80)
    assert rows is not None
    assert dedent("\n".join(rows)) == dedent(expected).strip("\n")


def test_what_is_too_wide_goes_on_below_its_first_relation() -> None:
    """A chain of equations is broken before its relations, as in print."""
    source = r"\operatorname{Var}(y) = \operatorname{Var}(x) + \operatorname{Var}(F) \approx 2"
    assert display(source, 40) == ("Var(y) = Var(x) + Var(F) ≈ 2",)
    assert display(source, 26) == ("Var(y) = Var(x) + Var(F)", "       ≈ 2")


def test_what_does_not_fit_has_no_layout() -> None:
    """A part that is still too wide leaves the source."""
    assert display(r"\frac{aaaaaaaaaaaa}{b}", 12) is not None
    assert display(r"\frac{aaaaaaaaaaaa}{b}", 11) is None
    assert display(r"a = \text{a long word} = b", 10) is None


def test_the_main_bar_is_the_longest() -> None:
    """A bar that touches the edge of a numerator is shorter than the one below it."""
    assert display(r"\frac{\frac{a}{b}}{c}", 20) == (" a", " ─", " b", "───", " c")
