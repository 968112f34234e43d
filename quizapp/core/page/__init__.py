"""Markdown as lines of a terminal: `lay_out` wraps a text to a width and says what each piece of it is.

Pure values without colour; whoever draws them gives each style its look. Nothing in the text can act on a
terminal, and no text and no width raises.
"""

from __future__ import annotations

from quizapp.core.page.blocks import lay_out
from quizapp.core.page.cells import cells
from quizapp.core.page.model import MAX_TEXT_WIDTH, Line, Run, Style

__all__ = ["MAX_TEXT_WIDTH", "Line", "Run", "Style", "cells", "lay_out"]
