"""A key point, or another short text of a deck, as one line of plain words."""

from __future__ import annotations

from quizapp.core.page import lay_out

_ENDLESS = 10_000
"""Columns that no such text fills: it is wrapped by whoever shows it."""


def in_line(markdown: str) -> str:
    """Return Markdown as one line: emphasis and code without their marks, formulas as they are read."""
    text = markdown.strip()
    text = rf"\{text}" if text.startswith(">") else text  # "> 3 blocks" is a comparison here, no quotation
    return " ".join(line.text.strip() for line in lay_out(text, _ENDLESS) if line.text.strip())
