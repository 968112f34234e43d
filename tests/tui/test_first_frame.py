"""The first frame that is drawn by hand: what Textual paints in its place a moment later looks the same."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.color import Color, ColorSystem

from quizapp.core.card import Card
from quizapp.core.memory import Rating
from quizapp.core.page import cells
from quizapp.core.topic import CardId
from quizapp.services import changes
from quizapp.services.next_card import peek
from quizapp.tui import first_frame
from quizapp.tui.app import QuizApp
from quizapp.tui.first_frame import Piece
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.study_words import marks
from tests.learner import Learner

if TYPE_CHECKING:
    from textual.strip import Strip

SIZES = [(80, 24), (80, 18), (100, 30), (139, 23), (200, 60)]
QUESTIONS = {
    "short": "What is it?",
    "long": "Why does **this** go on, and `on`, and *on*? " * 40,
    "wide": "梯度为什么会消失? " * 12 + "é Ώ 🙂",
    "formulas": "Is $\\hat{x}_{i+1} \\le \\frac{1}{\\sqrt{L}}$?\n\n$$\n\\sum_{i=1}^n \\frac{a_i}{b}\n$$\n\n$\\foo$",
    "listed": "Choose:\n\n1. **one**\n2. two\n\n```python\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
}
SCROLL_BAR = " ▁▂▃▄▅▆▇█"
PATIENCE_S = 60.0


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep Study at its first frame: what it reads after that is not there yet."""
    monkeypatch.setattr(StudyScreen, "_begin", lambda _: None)


async def both(learner: Learner, size: tuple[int, int]) -> tuple[list[list[Piece]], list[Strip]]:
    """Return the rows that are drawn for the first card, and those that Textual paints."""
    card = front(learner)
    rows = first_frame.layout(card, "", *size, marks(card, 8))
    assert rows is not None
    app = QuizApp(learner.workspace, None, "", card)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        return rows, app.screen._compositor.render_strips()


def assert_same_looks(row: list[Piece], strip: Strip, theme: str) -> None:
    """Assert that each piece has the colours and the weight that Textual gives it."""
    column, tones = 0, first_frame.tones_of(theme)
    for piece in row:
        if piece.text.strip():
            (segment, *_) = strip.crop(column + len(piece.text) - len(piece.text.lstrip()))
            assert segment.style is not None
            assert segment.style.color is not None
            assert segment.style.bgcolor is not None
            assert segment.style.color.triplet == tones[piece.tone], piece
            assert segment.style.bgcolor.triplet == tones["background"], piece
            assert bool(segment.style.bold) == (piece.look == "1"), piece
        column += cells(piece.text)


def text(row: list[Piece]) -> str:
    """Return the characters of a row, without the blanks at its end."""
    return "".join(piece.text for piece in row).rstrip()


@pytest.mark.usefixtures("at_rest")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["quizapp-dark", "quizapp-light"])
async def test_textual_paints_the_same(learner: Learner, size: tuple[int, int], theme: str) -> None:
    """Words, places, colours and weights of a plain question, and of a follow-up, which has a line more."""
    learner.change(theme=theme)
    learner.learn("Alpha and more", "Why so?", "What then?", question=QUESTIONS["short"], deck="a/below it")
    for lead in ("  What is it?", "  Follow-up 1 of 2 to “Alpha and more”"):
        rows, strips = await both(learner, size)
        assert text(rows[2]) == lead
        assert [text(row) for row in rows] == [strip.text.rstrip() for strip in strips]
        for row, strip in zip(rows, strips, strict=True):
            assert_same_looks(row, strip, theme)
        learner.reopen()
        learner.begin().answer(Rating.GOOD, 0)


@pytest.mark.usefixtures("at_rest")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
async def test_every_question_stands_where_it_will_stand(
    learner: Learner, size: tuple[int, int], question: str
) -> None:
    """Wrapped alike, and cut off alike where it is longer than the screen, which a scroll bar then shows."""
    learner.learn("Alpha " * 30, question=question, deck="deck")
    rows, strips = await both(learner, size)
    assert [text(row) for row in rows] == [strip.text.rstrip(SCROLL_BAR) for strip in strips]


@pytest.mark.usefixtures("at_rest")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_prediction_card_is_painted_the_same(learner: Learner, size: tuple[int, int]) -> None:
    """Its question has this review's knobs, and its keys and its hint are its own."""
    learner.learn("Alpha", answer="a\n\n```sim predict\nscale-explosion depth=10..80\n```")
    learner.begin().answer(Rating.EASY, 0)
    learner.clock.forward(days=1)
    rows, strips = await both(learner, size)
    assert text(rows[2]) == "  Prediction for “Alpha”"
    assert [text(row) for row in rows] == [strip.text.rstrip() for strip in strips]
    for row, strip in zip(rows, strips, strict=True):
        assert_same_looks(row, strip, "quizapp-dark")


@pytest.mark.usefixtures("at_rest")
@pytest.mark.parametrize("theme", ["quizapp-dark", "quizapp-light"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_marked_card_is_painted_the_same(learner: Learner, size: tuple[int, int], theme: str) -> None:
    """The flag with its colour, and the learner's own tags, as far as they have room."""
    learner.change(theme=theme)
    learner.learn("Alpha and more")
    card = CardId("alpha-and-more")
    changes.flag(learner.workspace, [card], 5)
    changes.tag(learner.workspace, [card], "● a tag of mine")
    rows, strips = await both(learner, size)
    assert "  ★ pink #● a" in text(rows[0])
    assert [text(row) for row in rows] == [strip.text.rstrip() for strip in strips]
    assert_same_looks(rows[0], strips[0], theme)
    assert [piece.tone for piece in rows[0]].count("flag-pink") == 1


def front(learner: Learner) -> Card:
    """Return the first card."""
    card = peek(learner.workspace)
    assert card is not None
    return card


@pytest.mark.parametrize("size", [(79, 24), (80, 17)])
def test_where_it_would_differ_nothing_is_drawn(
    learner: Learner,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A narrow or small terminal waits for Textual."""
    learner.learn("Alpha")
    monkeypatch.setenv("COLUMNS", str(size[0]))
    monkeypatch.setenv("LINES", str(size[1]))
    assert not first_frame.show(front(learner), "", "quizapp-dark")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("environment", "theme", "is_coloured"),
    [
        ({"COLORTERM": "truecolor"}, "quizapp-dark", True),
        ({"COLORTERM": "truecolor"}, "nord", False),
        ({"COLORTERM": "truecolor", "NO_COLOR": "1"}, "quizapp-dark", False),
        ({"COLORTERM": "", "TERM": "xterm"}, "quizapp-dark", False),
    ],
)
def test_colours_are_drawn_where_they_are_known(
    learner: Learner,
    environment: dict[str, str],
    theme: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    *,
    is_coloured: bool,
) -> None:
    """Otherwise the words stand there in the terminal's own colours."""
    learner.learn("Alpha", question="What is Alpha?")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in {"COLUMNS": "80", "LINES": "24", **environment}.items():
        monkeypatch.setenv(name, value)
    assert first_frame.show(front(learner), "", theme)
    drawn = capfd.readouterr().err
    assert "What is Alpha?" in drawn
    assert ("38;2;" in drawn) is is_coloured


def test_256_colours_are_chosen_as_rich_chooses_them() -> None:
    """Every tone of both themes, and the corners of the cube."""
    tones = [
        tone for theme in ("quizapp-dark", "quizapp-light") for tone in first_frame.tones_of(theme).values()
    ]
    corners = [(red, green, blue) for red in (0, 94, 255) for green in (0, 95, 200) for blue in (0, 128, 255)]
    for red, green, blue in (*tones, *corners):
        chosen = Color.from_rgb(red, green, blue).downgrade(ColorSystem.EIGHT_BIT).number
        assert first_frame.eight_bit((red, green, blue)) == chosen, (red, green, blue)


def test_a_terminal_of_256_colours_gets_them(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """By their numbers."""
    learner.learn("Alpha")
    for name, value in {"COLUMNS": "80", "LINES": "24", "COLORTERM": "", "TERM": "tmux-256color"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert first_frame.show(front(learner), "", "quizapp-dark")
    ground = first_frame.eight_bit(first_frame.tones_of("quizapp-dark")["background"])
    assert f";48;5;{ground}m" in capfd.readouterr().err


# On a terminal.


@contextlib.contextmanager
def on_a_terminal(program: str, home: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run a program on a terminal of 80x24 and give it with the terminal's other side."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "QUIZAPP_HOME": str(home), "TERM": "xterm-256color"}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=its, stdout=its, stderr=its, env=environment
    )
    os.close(its)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def written_until(ours: int, mark: str, written: str = "") -> str:
    """Return what has been written, as soon as the mark is in it, or all of it when the program ends."""
    end = time.monotonic() + PATIENCE_S
    while mark not in written:
        left = end - time.monotonic()
        assert left > 0, f"{mark!r} was not written"
        if select.select([ours], [], [], left)[0]:
            try:
                written += os.read(ours, 1 << 16).decode(errors="replace")
            except OSError:  # Linux reports the closed side as an input error
                return written
    return written


def test_the_app_takes_the_terminal_over(learner: Learner) -> None:
    """The other screen is entered once and left once, and a key that came early is not lost."""
    learner.learn("Alpha", question="What is Alpha?", answer="A letter.")
    learner.workspace.close()
    with on_a_terminal("from quizapp.tui.start import start; start(None, '')", learner.home) as (
        process,
        ours,
    ):
        written = written_until(ours, "What is Alpha?")
        os.write(ours, b" ")
        written = written_until(ours, "A letter.", written)
        os.write(ours, b"\x11")
        written = written_until(ours, "nothing that is ever written", written)
        assert process.wait(PATIENCE_S) == 0
    assert written.count(first_frame.ENTER) == 1
    assert written.count("\x1b[?1049l") == 1
    assert written.index("What is Alpha?") < written.index("\x1b[?2026")


def test_the_terminal_is_given_back_when_the_app_does_not_come(learner: Learner) -> None:
    """What went wrong is then told on the screen where the command was given."""
    learner.learn("Alpha")
    learner.workspace.close()
    program = (
        "import sys; sys.modules['quizapp.tui.app'] = None; sys.argv[1:] = ['study']\n"
        "from quizapp.cli import main; main()"
    )
    with on_a_terminal(program, learner.home) as (process, ours):
        written = written_until(ours, "unexpected error")
        assert process.wait(PATIENCE_S) == 1
    assert first_frame.ENTER in written
    assert written.index("\x1b[?1049l\x1b[?25h") < written.index("unexpected error")
