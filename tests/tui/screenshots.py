"""What stands on a terminal, as an SVG kept in a file beside the tests and as plain lines."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

FOLDER = Path(__file__).parent / "snapshots"
_TEXT = re.compile(r'<text [^>]*? x="([\d.]+)" [^>]*?-line-(\d+)\)">(.*?)</text>')
_COLUMN = 12.2
"""The width of a character in Textual's SVG."""


def assert_same_picture(app: App[Any], name: str) -> None:
    """Assert that the app looks as in the file of that name; UPDATE_SCREENSHOTS=1 writes it anew."""
    picture, path = app.export_screenshot(title=name), FOLDER / f"{name}.svg"
    if os.environ.get("UPDATE_SCREENSHOTS"):
        path.write_text(picture, encoding="utf-8")
    seen = path.with_name(f"{name}.seen.svg")
    if path.read_text(encoding="utf-8") != picture:
        seen.write_text(picture, encoding="utf-8")
        raise AssertionError(f"{name} looks different: compare {path} with {seen}")
    seen.unlink(missing_ok=True)


def lines_on(app: App[Any]) -> list[str]:
    """Return the lines of the terminal, without the blanks at their ends."""
    lines = [[" "] * app.size.width for _ in range(app.size.height)]
    for x, line, text in _TEXT.findall(app.export_screenshot()):
        words = html.unescape(text)
        column = round(float(x) / _COLUMN)
        lines[int(line)][column : column + len(words)] = words
    return ["".join(line).replace("\xa0", " ").rstrip() for line in lines]
