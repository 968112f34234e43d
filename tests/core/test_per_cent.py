"""Per cent in one form everywhere: a number, a blank, the sign; and no line ends between the two."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from quizapp.core.page.inline import Piece
from quizapp.core.page.model import Style
from quizapp.core.page.wrap import wrapped as wrapped_pieces
from quizapp.core.per_cent import per_cent
from quizapp.core.wrapped import wrapped

ROOT = Path(__file__).parents[2]
TYPED = re.compile(r"tolerance=\d+%|prop:\w+[<>=]+\d+%|or 5%|r<90%|such as 5%")
"""What people type: a value of a deck's block or of a search stands without blanks."""
NO_BLANK = re.compile(r"[\d}]%(?!\()")


def test_a_share_is_whole_per_cent() -> None:
    """And nothing is a point."""
    assert (per_cent(0.964), per_cent(1.0), per_cent(None)) == ("96 %", "100 %", "·")


def styles_and_code(tree: ast.AST) -> set[int]:
    """Return the lines of strings that are no words: style sheets, colours, and patterns of a search."""
    kept: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if "{" in text or text.startswith("$") or "://" in text or text == "%":
                kept.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return kept


@pytest.mark.parametrize("folder", ["quizapp", "sims"])
def test_no_code_writes_it_otherwise(folder: str) -> None:
    """Neither as a literal nor by the format that leaves the blank out."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kept = styles_and_code(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                spec = "".join(
                    str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant)
                )
                if spec.endswith("%"):
                    found.append(f"{path}:{node.lineno}")
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.lineno not in kept:
                text = TYPED.sub("", node.value)
                if re.search(r"\d%(?!\()", text):
                    found.append(f"{path}:{node.lineno}: {node.value[:60]!r}")
            if isinstance(node, ast.JoinedStr):
                for value, after in zip(node.values, node.values[1:], strict=False):
                    if (
                        isinstance(value, ast.FormattedValue)
                        and isinstance(after, ast.Constant)
                        and isinstance(after.value, str)
                        and after.value.startswith("%")
                        and node.lineno not in kept
                        and "search" not in path.parts
                    ):
                        found.append(f"{path}:{node.lineno}")
    assert found == []


def test_no_page_writes_it_otherwise() -> None:
    """Of the documentation and of the bundled cards."""
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    found = [
        f"{path}: {line}"
        for path in [*pages, *(ROOT / "cards").rglob("*.md")]
        for line in path.read_text(encoding="utf-8").splitlines()
        if NO_BLANK.search(TYPED.sub("", line))
    ]
    assert found == []


def test_no_line_ends_between_a_number_and_its_unit() -> None:
    """In sentences and on pages, at every width that has room for both."""
    text = "On its due day a card has 90 %. It took 12 ms of 3 min, ± 5 % or 40 KiB."
    units = ("90 %", "12 ms", "3 min", "40 KiB")
    for width in range(7, 60):
        lines = wrapped(text, width)
        assert " ".join(lines) == text
        assert all(any(unit in line for line in lines) for unit in (*units, "± 5 %")), width
        page = [
            "".join(run.text for run in line.runs)
            for line in wrapped_pieces([Piece(text, (Style.TEXT,), 0)], width)
        ]
        assert all(any(unit in line for line in page) for unit in units), width
