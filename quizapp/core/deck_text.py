"""Turns the bytes of a deck file into text that is safe to show: LF line ends, no control characters."""

from __future__ import annotations

import codecs
import re

from quizapp.core.deck_report import Report
from quizapp.core.topic import Problem

REPLACEMENT = "\ufffd"

_BOM = "\ufeff"
_CARRIAGE_RETURN = re.compile(r"\r\n?")
# C0 but tab and LF, DEL, C1, the bidirectional overrides and isolates, and lone surrogates.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# `surrogateescape` puts each byte that is not UTF-8 here.
_BAD_BYTE = re.compile(r"[\udc80-\udcff]")
# UTF-32 first: its little-endian mark starts with that of UTF-16.
_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file and a fatal problem for the first bad byte of each line that is not UTF-8.

    Bad bytes become U+FFFD, so that the text can still be looked through for further problems.
    """
    report = Report(path)
    for mark, encoding, name in _FOREIGN_MARKS:
        if data.startswith(mark):
            report.refuse(1, 1, f"the file is {name}, not UTF-8", "save it as UTF-8")
            return data.decode(encoding, errors="replace"), report.problems
    text = _with_line_feeds(data.decode("utf-8", errors="surrogateescape"))
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _BAD_BYTE.search(line):
            byte = ord(found.group()) - 0xDC00
            report.refuse(
                number, found.start() + 1, f"byte 0x{byte:02X} is not UTF-8", "save the file as UTF-8"
            )
    return _BAD_BYTE.sub(REPLACEMENT, text), report.problems


def clean(text: str, report: Report) -> str:
    """Return the text with LF line ends and each unsafe character replaced by U+FFFD, each line reported once."""
    text = _with_line_feeds(text)
    if not _UNSAFE.search(text):
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _UNSAFE.search(line):
            what = f"control character U+{ord(found.group()):04X}"
            report.warn(number, found.start() + 1, what, f"take it out; it is shown as {REPLACEMENT}")
    return _UNSAFE.sub(REPLACEMENT, text)


def _with_line_feeds(text: str) -> str:
    return _CARRIAGE_RETURN.sub("\n", text.removeprefix(_BOM))
