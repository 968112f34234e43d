"""Formulas on a page that is too narrow for them."""

from __future__ import annotations

import pytest

from quizapp.core.page import cells, lay_out

WIDE = (
    r"\mathcal{L}_{\text{DPO}} = -\mathbb{E}\left[\log "
    r"\sigma\left(\beta \log \frac{p(y\mid x)}{r(y\mid x)} - \beta z\right)\right]"
)
IN_LINE = "ℒ_(DPO) = −𝔼[log σ(β log((p(y | x))/(r(y | x))) − βz)]"


def words(markdown: str, width: int) -> list[str]:
    """Return a page's lines."""
    return ["".join(run.text for run in line.runs) for line in lay_out(markdown, width)]


@pytest.mark.parametrize("marks", ["$", "$$"])
@pytest.mark.parametrize("width", [24, 30, 38])
def test_a_formula_that_is_too_wide_is_wrapped_within_its_brackets(marks: str, width: int) -> None:
    """Its reading is that of the same formula in a sentence; its source is the last resort."""
    page = words(f"{marks}{WIDE}{marks}", width)
    assert all(cells(line) <= width for line in page)
    assert " ".join(line.strip() for line in page) == IN_LINE


def test_what_has_no_place_to_end_a_line_is_shown_as_its_source() -> None:
    """Nothing within a word of a formula is cut."""
    source = r"$\mathrm{averyveryverylongname}(x)$"
    assert "".join(words(source, 16)) == source


def test_the_lines_below_the_first_of_a_wide_formula_are_set_in() -> None:
    """They are seen to go on."""
    first, *others = words(f"$$\n{WIDE}\n$$", 38)
    assert first.startswith("  ℒ")
    assert all(line.startswith("    ") for line in others)
