"""What is loaded when: a start that shows nothing loads nothing, and studying never loads torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "sqlalchemy", "alembic", "torch", "numpy", "fsrs", "markdown_it", "platformdirs")
RUN = "from quizapp.cli.outcome import run; run({arguments!r})"
STUDY = """
from datetime import UTC
from quizapp.core.memory import Rating
from quizapp.services.home import overview, strengths
from quizapp.services.library import open_library
from quizapp.services.next_card import peek
from quizapp.services.progress import offered, progress, why
from quizapp.services.study import begin

workspace = open_library(None)
overview(workspace), strengths(workspace), peek(workspace)
study = begin(workspace)
offered(workspace, study.card()), why(workspace, study.card())
study.answer(Rating.GOOD, 1000), study.undo(), progress(workspace, study.session)
import quizapp.tui.app
"""

FIRST_CARD = """
import os
from quizapp.services.library import open_library
from quizapp.services.next_card import peek
from quizapp.tui import first_frame

workspace = open_library(None)
os.environ.update(COLUMNS="80", LINES="24")
assert first_frame.show(peek(workspace), "", workspace.settings.theme)
"""


def loaded(program: str, *names: str) -> set[str]:
    """Return which of these packages a program has loaded at its end."""
    end = f"\nimport sys; print('loaded', *sorted(set(sys.modules) & set({names!r})))"
    done = subprocess.run([sys.executable, "-c", program + end], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize(
    "program",
    [
        "import quizapp",
        "import quizapp.cli",
        *(RUN.format(arguments=[word]) for word in ("--help", "--version")),
    ],
)
def test_what_shows_nothing_loads_nothing(program: str) -> None:
    """`import quizapp`, --help and --version load none of the large packages."""
    assert loaded(program, *HEAVY) == set()


def test_a_missing_terminal_is_told_before_anything_is_loaded() -> None:
    """The app is not even imported for it."""
    assert loaded(RUN.format(arguments=[]), *HEAVY) == set()


def test_reading_loads_no_database_toolkit(home: Path) -> None:  # noqa: ARG001 - the library is there
    """Scripts that ask what is due wait for the standard library alone, and for no scheduler."""
    assert loaded(RUN.format(arguments=["due"]), *HEAVY) <= {"markdown_it"}


def test_finding_loads_no_database_toolkit(home: Path) -> None:  # noqa: ARG001 - the library is there
    """A search from a script waits for the standard library alone; a prediction card's question needs more."""
    assert loaded(RUN.format(arguments=["find", "topic:rezero"]), *HEAVY) <= {"markdown_it"}


def test_the_first_card_waits_for_no_interface(home: Path) -> None:  # noqa: ARG001 - the library is there
    """It is drawn before Textual is imported, and without SQLAlchemy and the scheduler."""
    assert loaded(FIRST_CARD, "textual", "rich.console", "sqlalchemy", "fsrs", "torch") == set()


def test_studying_never_loads_torch(home: Path) -> None:  # noqa: ARG001 - the library is there
    """Home, the first card, an answer, an undo, and the app itself."""
    assert loaded(STUDY, "torch", "numpy", "alembic", "textual") == {"textual"}


def test_no_start_looks_for_other_packages(home: Path) -> None:  # noqa: ARG001 - the library is there
    """Entry points are read when simulations are listed, not when the app starts or a card names one."""
    assert loaded(STUDY, "sims.third_party") == set()
    assert loaded("from sims import catalogue; catalogue.get('scale-explosion')", "sims.third_party") == set()


def test_a_plain_card_loads_nothing_for_answers() -> None:
    """Editor, fields and grading are loaded when the first card asks for them: most are answered aloud."""
    names = (
        "textual.widgets._text_area",
        "quizapp.core.grade",
        "quizapp.core.deck_expect",
        "quizapp.core.coverage",
    )
    assert loaded("import quizapp.tui.screens.study", *names) == set()


@pytest.mark.parametrize(
    ("text", "wanted"), [("costs 5 and `code`", False), ("costs $5", False), ("$x^2$", True)]
)
def test_formulas_are_read_only_where_there_are_some(text: str, wanted: bool) -> None:
    """A page without a formula does not load what lays them out."""
    program = f"from quizapp.core.page import lay_out; import quizapp.tui.first_frame; lay_out({text!r}, 80)"
    assert (loaded(program, "quizapp.core.maths") == {"quizapp.core.maths"}) is wanted


def test_home_loads_nothing_of_the_search() -> None:
    """The saved searches are counted once Home is painted."""
    assert loaded("import quizapp.tui.screens.home, quizapp.services.home", "quizapp.core.search") == set()
