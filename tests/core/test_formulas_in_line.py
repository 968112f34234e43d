"""Formulas where a text has one line and no Markdown."""

from __future__ import annotations

import pytest

from quizapp.core.formulas_in_line import with_formulas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no dollar", "no dollar"),
        (r"the $\frac{1}{\sqrt{L}}$ of $x_i$, $$y^2$$", "the 1/√L of xᵢ, y²"),
        (r"$5 and \$6 and $\foo$", r"$5 and $6 and $\foo$"),
        (r"code `$x$ \$` stays, and `an open one $x_i$", r"code `$x$ \$` stays, and `an open one xᵢ"),
        (r"$\begin{pmatrix} a & b \end{pmatrix}$", r"$\begin{pmatrix} a & b \end{pmatrix}$"),
    ],
)
def test_formulas_become_text(text: str, expected: str) -> None:
    """What has no line of its own, code and prices stay as they are written; an escaped dollar is one."""
    assert with_formulas(text) == expected
