"""What is copied from a page: its characters, but a formula as it is written, however little of it was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizapp.core.page.model import Formula, Line

Span = Callable[[int], tuple[int, int] | None]
"""Gives the first chosen character of a line and the one behind the last, -1 for the line's end; None where none is."""


def copied_text(lines: Sequence[Line], span: Span) -> str:
    """Return the chosen part of a page as text."""
    rows: list[str] = []
    said: Formula | None = None
    for y, line in enumerate(lines):
        chosen = span(y)
        if chosen is None:
            continue
        text, last = _copied(line, *chosen, said)
        # The further rows of a formula say nothing more.
        is_more = said is not None and any(run.formula is said for run in line.runs)
        if text.strip(" ") or not is_more:
            rows.append(text)
        said = last
    return "\n".join(rows)


def _copied(line: Line, start: int, end: int, said: Formula | None) -> tuple[str, Formula | None]:
    """Return what a line gives, and the formula that was said last."""
    text, at = "", 0
    stop = len(line.text) if end < 0 else end
    for run in line.runs:
        part = run.text[max(0, start - at) : max(0, stop - at)]
        at += len(run.text)
        if run.formula is None:
            text += part
        elif part and run.formula is not said:
            said = run.formula
            text = (text if text.strip(" ") else "") + said.source
    return text, said
