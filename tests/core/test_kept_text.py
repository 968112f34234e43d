"""A text in an editor: what was not typed stays as it is, to the byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.kept_text import is_text, kept_text

ODD = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\x1b[2J", b"\x00", b"\x0b", b"\x0c", b"\x85"]
    + [
        sign.encode()
        for sign in ("\x85", "\u2028", "\u202e", "\u2801", "\ue000", "\u241b", "∂", "a", "\t ", " ")
    ]
)
CONTENT = st.one_of(st.binary(), st.lists(ODD, max_size=40).map(b"".join))


@given(CONTENT)
def test_a_text_that_is_not_edited_is_the_same_bytes(content: bytes) -> None:
    """Whatever the bytes are."""
    text = kept_text(content)
    assert text.content == content
    assert text.with_lines(list(text.lines)) == content


@given(CONTENT)
def test_no_line_breaks_in_an_editor(content: bytes) -> None:
    """Lines are lines for everything that splits text, and nothing in them acts on a terminal."""
    for line in kept_text(content).lines:
        assert line.splitlines() in ([], [line])
        assert all(sign == "\t" or ord(sign) >= 0x20 for sign in line)


@given(CONTENT, st.data(), st.sampled_from(["", "new words", "∂"]))
def test_editing_a_line_changes_that_line_alone(content: bytes, data: st.DataObject, words: str) -> None:
    """All bytes before it and after it stay, its own line end too."""
    text = kept_text(content)
    number = data.draw(st.integers(0, len(text.lines) - 1))
    lines = [*text.lines[:number], words, *text.lines[number + 1 :]]
    old = [kept_text(content).with_lines([line]) for line in text.lines]
    head = text.head.encode()
    parts = [part.removeprefix(head) for part in old]
    ends = [end.encode() for end in text.ends]
    before = head + b"".join(part + end for part, end in zip(parts[:number], ends, strict=False))
    after = b"".join(part + end for part, end in zip(parts[number + 1 :], ends[number + 1 :], strict=True))
    assert text.with_lines(lines) == before + words.encode() + ends[number] + after


@given(CONTENT, st.data())
def test_inserting_lines_keeps_all_that_was_there(content: bytes, data: st.DataObject) -> None:
    """Taking the inserted bytes out gives the file again."""
    text = kept_text(content)
    at = data.draw(st.integers(0, len(text.lines) - 1))
    edited = text.with_lines([*text.lines[:at], "INSERTED", *text.lines[at:]])
    before, _, after = edited.partition(b"INSERTED")
    for end in (b"\r\n", b"\n", b"\r"):
        if after.startswith(end) and before + after.removeprefix(end) == content:
            return
    pytest.fail(f"{content!r} became {edited!r}")


def test_new_lines_end_as_those_around_them() -> None:
    """In a file with mixed line ends a new line takes the end of the line that it was split from."""
    text = kept_text(b"a\r\nb c\nd\r\n")
    assert text.with_lines(["a", "b", "c", "d", ""]) == b"a\r\nb\nc\nd\r\n"
    assert text.with_lines(["a", "x", "y", "b c", "d", ""]) == b"a\r\nx\r\ny\r\nb c\nd\r\n"
    assert text.with_lines(["a", "b cd", ""]) == b"a\r\nb cd\r\n"
    assert kept_text(b"a").with_lines(["a", "b"]) == b"a\nb"
    assert kept_text(b"").with_lines(["a", ""]) == b"a\n"


def test_hidden_characters_are_shown_by_signs_of_their_own() -> None:
    """An escape has its picture; a byte that is not UTF-8 has a sign that is written nowhere else in the file."""
    text = kept_text(b"\x1b[2J \xff \xe2\xa0\x81\n")
    assert text.lines[0].startswith("\u241b[2J ")
    assert text.lines[0].count("\u2801") == 1
    assert text.with_lines([text.lines[0] + "!", ""]) == b"\x1b[2J \xff \xe2\xa0\x81!\n"


def test_long_texts_are_matched_by_place() -> None:
    """Thousands of retyped lines take no time to speak of, and keep their ends by place."""
    text = kept_text(
        b"".join(b"%d\r\n" % number if number % 2 else b"%d\n" % number for number in range(9_000))
    )
    edited = text.with_lines([*(f"{line}x" for line in text.lines[:-1]), ""])
    assert edited.count(b"x\r\n") == 4_500


def test_what_is_no_text_is_told() -> None:
    """UTF-16 and what holds NULs is not for this editor; bad bytes alone are."""
    assert is_text(b"\xef\xbb\xbf# A\xff")
    assert not is_text("# A".encode("utf-16"))
    assert not is_text(b"\x7fELF\0\1")
