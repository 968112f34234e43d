"""Turning bytes into text."""

from __future__ import annotations

import codecs

import pytest

from quizapp.core.deck_text import decode


def test_good_bytes_give_their_text() -> None:
    """UTF-8 with a byte order mark and CRLF is read without a problem."""
    assert decode(codecs.BOM_UTF8 + "é\r\n∂".encode(), "a.md") == ("é\n∂", ())


def test_bad_bytes_are_told_by_line_and_column() -> None:
    """The place counts characters, and each line is told once."""
    text, problems = decode("ä∂x".encode() + b"\xe9\xff\r\nfine\r\n\xc3", "a.md")
    assert text == "ä∂x\ufffd\ufffd\nfine\n\ufffd"
    assert [str(problem) for problem in problems] == [
        "a.md:1:4: byte 0xE9 is not UTF-8: save the file as UTF-8",
        "a.md:3:1: byte 0xC3 is not UTF-8: save the file as UTF-8",
    ]
    assert all(problem.fatal for problem in problems)


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    ],
)
def test_other_encodings_are_named(mark: bytes, encoding: str, name: str) -> None:
    """A file that says that it is UTF-16 is told so, at its start."""
    text, (problem,) = decode(mark + "# T".encode(encoding), "a.md")
    assert text == "# T"
    assert (problem.line, problem.column, problem.fatal) == (1, 1, True)
    assert problem.what == f"the file is {name}, not UTF-8"
