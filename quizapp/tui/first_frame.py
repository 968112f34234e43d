"""Study's first frame drawn by hand, so that the question can be read while Textual is still being imported.

Textual's own first frame has every character at the same place; tests/tui/test_first_frame.py compares the two.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.long_answer import is_long
from quizapp.core.page import MAX_TEXT_WIDTH, Style, cells, lay_out
from quizapp.services.trials import can_be_asked, expectation_of, front
from quizapp.tui import colours
from quizapp.tui.breakpoints import LEAST_LINES, NORMAL_COLUMNS, TALL_LINES
from quizapp.tui.hints import Hint, fitting
from quizapp.tui.study_keys import first_keys
from quizapp.tui.study_words import flag_in, head, hint, lead

if TYPE_CHECKING:
    from quizapp.core.card import Card
    from quizapp.core.topic import CardId

ENTER = "\x1b[?1049h"
"""Switches to the terminal's other screen; Textual writes the same."""
_LEAVE = "\x1b[?1049l\x1b[?25h"
_THEMES = {"quizapp-dark": colours.DARK, "quizapp-light": colours.LIGHT}
_FLAGS = {"quizapp-dark": colours.FLAGS_ON_DARK, "quizapp-light": colours.FLAGS_ON_LIGHT}
_PLAIN, _BOLD, _ITALIC = "", "1", "3"
_LOOKS = {
    Style.STRONG: _BOLD,
    Style.HEADING_1: _BOLD,
    Style.HEADING_2: _BOLD,
    Style.HEADING_3: _BOLD,
    Style.EMPHASIS: _ITALIC,
}

_standing: list[CardId] = []
"""The card whose frame this process has drawn, until the app takes it over."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring characters of one look.

    Attributes:
        tone: The name of its colour: `foreground`, `muted`, `primary`, or that of a flag.
        look: What else is special about it, as a terminal numbers it.
    """

    text: str
    tone: str = "foreground"
    look: str = _PLAIN


def show(card: Card, deck: str, theme: str, marked: str = "") -> bool:
    """Draw the first frame on the terminal and return True, or leave it alone where it would differ from Textual's.

    Args:
        marked: The card's marks in the line above it.
    """
    width, height = shutil.get_terminal_size()
    if sys.platform == "win32" or width < NORMAL_COLUMNS or height < LEAST_LINES:
        return False
    rows = layout(card, deck, width, height, marked)
    if rows is None or sys.__stderr__ is None:
        return False
    codes = _codes(tones_of(theme))
    sys.__stderr__.write(ENTER + "\x1b[?25l" + "".join(_written(rows, width, codes)) + "\x1b[H")
    sys.__stderr__.flush()
    _standing.append(card.id)
    return True


def taken_over() -> bool:
    """Return whether the frame still stood there; from now on it is the app's to replace and to take away."""
    stood = bool(_standing)
    _standing.clear()
    return stood


def take_away() -> None:
    """Give the terminal back as it was, if the app did not take it over."""
    if taken_over() and sys.__stderr__ is not None:
        sys.__stderr__.write(_LEAVE)
        sys.__stderr__.flush()


def layout(card: Card, deck: str, width: int, height: int, marked: str = "") -> list[list[Piece]] | None:
    """Return the rows of a terminal from the top; None where a line would have to be broken that seldom is.

    There are none for a card that expects an answer either, whose form is Textual's.
    """
    if expectation_of(card) is not None:
        return None
    bar = 3 if height >= TALL_LINES else 2
    above = lead(card)
    if cells(above) > width - 4:
        return None
    page: list[list[Piece]] = [[], [Piece("  "), Piece(above, "muted")]] if above else []
    page.append([])
    page += [
        [Piece("  "), *(Piece(run.text, look=_look(run.styles)) for run in line.runs)]
        for line in lay_out(front(card), min(width - 4, MAX_TEXT_WIDTH))
    ]
    room = height - 2 - bar
    below: list[list[Piece]] = [[] for _ in range(bar)]
    below[(bar - 1) // 2] = [Piece("  "), Piece(hint(card), "muted")]
    keys = fitting(
        (
            Hint(key, words, key)
            for key, words in first_keys(is_prediction=can_be_asked(card), is_long=is_long(card.answer))
        ),
        width,
    )
    footer = [
        piece
        for hint in keys
        for piece in (Piece(f" {hint.shown}", "primary", _BOLD), Piece(f" {hint.words} "))
    ]
    return [
        [Piece(" "), *_head(card, head(card, deck, "", 0, width - 2, marked))],
        *page[:room],
        *([] for _ in range(room - len(page))),
        *below,
        footer,
    ]


def tones_of(theme: str) -> dict[str, tuple[int, int, int]]:
    """Return the colours of one of quizapp's own themes, as red, green and blue; nothing for any other."""
    if theme not in _THEMES:
        return {}
    tones = _THEMES[theme]
    ground = _rgb(tones["background"])
    against = 255 if sum(ground) < 3 * 128 else 0
    muted = tuple(int(part + (against - part) * 0.6) for part in ground)
    return {
        "background": ground,
        "foreground": _rgb(tones["foreground"]),
        "primary": _rgb(tones["primary"]),
        "muted": (muted[0], muted[1], muted[2]),
        **{name: _rgb(tone) for name, tone in _FLAGS[theme].items()},
    }


def _head(card: Card, line: str) -> list[Piece]:
    """Return the line above a card, in which the shape of its flag alone has a colour."""
    flagged = flag_in(line, card)
    if flagged is None:
        return [Piece(line, "muted")]
    at, flag = flagged
    return [
        Piece(line[:at], "muted"),
        Piece(flag.shape, f"flag-{flag.name}"),
        Piece(line[at + 1 :], "muted"),
    ]


def _look(styles: tuple[Style, ...]) -> str:
    return next((_LOOKS[style] for style in styles if style in _LOOKS), _PLAIN)


def _written(rows: list[list[Piece]], width: int, codes: dict[str, str]) -> list[str]:
    """Return what makes a terminal show the rows, each filled to its end."""
    written = []
    for number, row in enumerate(rows, start=1):
        used = sum(cells(piece.text) for piece in row)
        whole = [*row, Piece(" " * (width - used))]
        written.append(
            f"\x1b[{number};1H" + "".join(_look_code(piece, codes) + piece.text for piece in whole)
        )
    return [*written, "\x1b[m"]


def _look_code(piece: Piece, codes: dict[str, str]) -> str:
    parts = ["0", piece.look, codes.get(piece.tone, ""), codes.get("background", "")]
    return f"\x1b[{';'.join(filter(None, parts))}m"


def _codes(tones: dict[str, tuple[int, int, int]]) -> dict[str, str]:
    """Return how this terminal is told each colour; nothing where it has but its own sixteen, or shall show none."""
    if os.environ.get("NO_COLOR"):
        return {}
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        numbers = {name: f"2;{red};{green};{blue}" for name, (red, green, blue) in tones.items()}
    elif os.environ.get("TERM", "").strip().lower().rpartition("-")[2] in ("256color", "kitty"):
        numbers = {name: f"5;{eight_bit(tone)}" for name, tone in tones.items()}
    else:
        return {}
    return {name: f"{48 if name == 'background' else 38};{number}" for name, number in numbers.items()}


def eight_bit(tone: tuple[int, int, int]) -> int:
    """Return the number of the nearest of a terminal's 256 colours, as Rich chooses it: a grey, or one of the cube."""
    low, high = min(tone) / 255, max(tone) / 255
    lightness = (low + high) / 2
    spread = high - low
    saturation = spread / (high + low if lightness <= 0.5 else 2 - high - low) if spread else 0
    if saturation < 0.15:
        grey = round(lightness * 25)
        return 16 if grey == 0 else 231 if grey == 25 else 231 + grey
    red, green, blue = (round(part / 95 if part < 95 else 1 + (part - 95) / 40) for part in tone)
    return 16 + 36 * red + 6 * green + blue


def _rgb(tone: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(tone.removeprefix("#"))
    return red, green, blue
