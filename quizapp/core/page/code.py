"""Lays out code blocks, verbatim, and the lines that launch a simulation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.core.page.cells import cells, cut, head_and_tail, shown, without_tabs
from quizapp.core.page.model import Line, Run, Style, joined
from quizapp.core.topic import SimBlock

CONTINUED = "↪ "
LAUNCH = "▶ "
LAUNCH_HINT = "x runs it"

_CODE = (Style.CODE_BLOCK,)
_ASIDE = (Style.CODE_BLOCK, Style.FAINT)
# A remark starts the line or stands two blanks behind the code, so that a mere number sign is none.
_REMARK = re.compile(r"(?:^[ ]*|(?<=[ ][ ]))#[ ].*")


def code_lines(content: str, source_line: int, width: int) -> list[Line]:
    """Return the lines of a code block whose first line is `source_line`, padded by a cell where there is room."""
    found: list[Line] = []
    for number, text in enumerate(content.removesuffix("\n").split("\n"), start=source_line):
        found += _code_line(without_tabs(shown(text)).rstrip(), number, width)
    return found


def launch_line(block: SimBlock, width: int) -> Line:
    """Return the line that launches a simulation: its name, its knobs, and how to run it where that fits."""
    room = max(1, width - 2 * _padding(width))
    name = cut(LAUNCH + shown(block.simulation), room)
    settings = "  " + shown(" ".join(f"{knob}={value}" for knob, value in block.settings))
    free = room - cells(name)
    detail = cut(settings, free) if block.settings and free > 2 else ""
    gap = free - cells(detail) - len(LAUNCH_HINT)
    hint = " " * gap + LAUNCH_HINT if gap >= 2 else ""
    runs = [
        Run(" " * _padding(width), (Style.LAUNCH,)),
        Run(name, (Style.LAUNCH,)),
        Run(detail, (Style.LAUNCH_DETAIL,)),
        Run(hint, (Style.LAUNCH_DETAIL,)),
    ]
    return Line(joined(runs), block.line, launch=block)


def _code_line(text: str, source_line: int, width: int) -> Iterator[Line]:
    padding = Run(" " * _padding(width), _CODE)
    room = max(1, width - 2 * _padding(width))
    mark = Run(CONTINUED if room > 2 * len(CONTINUED) else "", _ASIDE)
    head, rest = _parted(text, room)
    yield Line(joined([padding, *_highlighted(head, text)]), source_line, code=True)
    done = len(head)
    while rest:
        head, rest = _parted(rest, room - mark.width)
        runs = _highlighted(head, text, done)
        done += len(head)
        yield Line(joined([padding, mark, *runs]), source_line, code=True)


def _parted(text: str, room: int) -> tuple[str, str]:
    """Cut a line behind a blank, so that no word and no symbol is torn; where that wastes half the room, anywhere."""
    head, rest = head_and_tail(text, room)
    place = head.rfind(" ") + 1
    if not rest or rest[0] == " " or 2 * place < len(head) or not head[:place].strip():
        return head, rest
    return head[:place], head[place:] + rest


def _highlighted(part: str, line: str, start: int = 0) -> list[Run]:
    """Return a part of a code line, what belongs to a remark fainter."""
    remark = _REMARK.search(line)
    at = max(0, remark.start() - start) if remark else len(part)
    return [Run(part[:at], _CODE), Run(part[at:], _ASIDE)]


def _padding(width: int) -> int:
    return 1 if width > 4 else 0
