"""A file's text for an editor: what is typed changes those lines alone, and every other byte stays as it is.

An editor has lines of plain text. What such lines cannot carry is kept beside them: the byte order mark, the end of each
line, and a sign in place of every character that would act on a terminal and of every byte that is not UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, zip_longest

_BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
# All that may not reach a terminal, and what an editor would take for the end of a line: but tab and line ends.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_FOREIGN = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_MOST_MATCHED = 2_000
"""Between more lines than this the unchanged ones are not looked for: it takes the square of their number."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """The content of a file, apart from each other: what an editor shows, and what it cannot show.

    Attributes:
        head: The byte order mark, or nothing.
        lines: The lines without their ends; the last one is empty where the file ends with a line end.
        ends: The end of each line as it is in the file; that of the last line is empty.
        hidden: What each sign stands for that was put in place of something else.
    """

    head: str
    lines: tuple[str, ...]
    ends: tuple[str, ...]
    hidden: Mapping[str, str]

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.with_lines(self.lines)

    def with_lines(self, lines: Sequence[str]) -> bytes:
        """Return the bytes of the file with other lines: lines that stay keep their ends, new ones have those around."""
        text = self.head + "".join(chain.from_iterable(zip(lines, self._ends_of(lines), strict=True)))
        if self.hidden:
            text = text.translate({ord(sign): character for sign, character in self.hidden.items()})
        return text.encode("utf-8", "surrogateescape")

    def _ends_of(self, lines: Sequence[str]) -> list[str]:
        inner = set(self.ends[:-1])
        if len(inner) < 2:
            ends = [next(iter(inner), "\n")] * len(lines)
        else:
            ends = [self._end_near(number) for number in self._origins(lines)]
        return [*ends[:-1], ""]

    def _end_near(self, number: int) -> str:
        """Return the end of a line, and of the one before where it is the last and has none."""
        return self.ends[number] or self.ends[number - 1]

    def _origins(self, lines: Sequence[str]) -> Iterator[int]:
        """Yield for each line the number of the former line whose end it has."""
        for old, new, old_end, new_end in _replaced(self.lines, lines):
            for number in range(new, new_end):
                place = old + number - new
                is_last = number == new_end - 1
                # The last line of a part that was retyped ends as the last one did that it replaces.
                yield max(0, old_end - 1 if is_last or place >= old_end else place)


def kept_text(content: bytes) -> KeptText:
    """Return the text of a file; `kept_text(content).content` is the content again, whatever it is."""
    text = content.decode("utf-8", "surrogateescape")
    head = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    hidden: dict[str, str] = {}
    if found := sorted(set(_HIDDEN.findall(text))):
        signs = _signs(text)
        hidden = {_sign(character, signs, text): character for character in found}
        text = text.translate({ord(character): sign for sign, character in hidden.items()})
    ends = tuple(_LINE_END.findall(text))
    return KeptText(head, tuple(_LINE_END.split(text)), (*ends, ""), hidden)


def first_difference(old: Sequence[str], new: Sequence[str]) -> int:
    """Return the number of the first line in which two texts differ; the first line where they do not."""
    return next((row for row, (one, other) in enumerate(zip_longest(old, new)) if one != other), 0)


def is_text(content: bytes) -> bool:
    """Return whether an editor should open the content: no other encoding's mark begins it, and no NUL is in it."""
    return not content.startswith(_FOREIGN) and b"\0" not in content


def _signs(text: str) -> Iterator[str]:
    """Yield signs, seen and one cell wide, that the text does not hold."""
    taken = set(text)
    numbers = chain(range(0x2801, 0x2900), range(0x2440, 0x244B), range(0xE000, 0xF8FF))
    return (chr(number) for number in numbers if chr(number) not in taken)


def _sign(character: str, signs: Iterator[str], text: str) -> str:
    """Return the picture that there is for a control character, else any sign that is free."""
    number = ord(character)
    picture = chr(0x2400 + number) if number < 0x20 else "\u2421" if number == 0x7F else ""
    return picture if picture and picture not in text else next(signs)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the parts of the texts in order, equal and changed, as (old start, new start, old end, new end)."""
    room = min(len(old), len(new))
    first = next((number for number in range(room) if old[number] != new[number]), room)
    last = next(
        (number for number in range(room - first) if old[-1 - number] != new[-1 - number]), room - first
    )
    old_end, new_end = len(old) - last, len(new) - last
    yield 0, 0, first, first
    if max(old_end, new_end) - first > _MOST_MATCHED:
        yield first, first, old_end, new_end
    else:
        matcher = SequenceMatcher(None, old[first:old_end], new[first:new_end], autojunk=False)
        for _, a, a_end, b, b_end in matcher.get_opcodes():
            yield first + a, first + b, first + a_end, first + b_end
    yield old_end, new_end, len(old), len(new)
