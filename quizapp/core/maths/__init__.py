"""Formulas written in TeX as text for a terminal: `one_line` for a sentence, `display` for rows of their own.

Both return None where they cannot be sure: an unknown command, a group that is not closed, a layout that could be read in
another way or does not fit. The formula is then to be shown as it is written. Nothing raises.
"""

from __future__ import annotations

from quizapp.core.maths.formula import display, needs_rows, one_line

__all__ = ["display", "needs_rows", "one_line"]
