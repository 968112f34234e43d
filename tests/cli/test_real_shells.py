"""Completion in the shells themselves: what a person is offered who types and presses tab."""

from __future__ import annotations

import os
import re
import select
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quizapp.cli import completion
from quizapp.core.saved_search import SavedSearch
from quizapp.services.library import open_library
from quizapp.services.saved_searches import save
from tests.cli.conftest import Command

fcntl = pytest.importorskip("fcntl", reason="there are no pseudo-terminals here")
pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
termios = pytest.importorskip("termios", reason="there are no pseudo-terminals here")

PATIENCE_S = 30.0
PROMPT = "ready> "
CLEAR = "\x15"
"""ctrl+u, which takes away what stands on the line."""
ASKED = (
    ("quizapp doc", "quizapp doctor"),
    ("quizapp study --pla", "--plain"),
    ("quizapp study --deck residual-connections/sc", "residual-connections/scale"),
    ("quizapp study --deck=residual-connections/sc", "--deck=residual-connections/scale"),
    ("quizapp sim vanish", "vanishing-gradients"),
    ("quizapp sim vanishing-gradients --device=cp", "--device=cpu"),
    ("quizapp sim vanishing-gradients --set dep", "--set depth="),
    ("quizapp sim vanishing-gradients --set activation=ta", "activation=tanh"),
    ("quizapp config set theme quizapp-l", "quizapp-light"),
    ("quizapp answer scale-explosion go", "good"),
    ("quizapp check ./my-n", "./my-notes.md"),
    ("quizapp study --search my", "my list"),
)
"""What is typed, and what stands on the line, or is listed below it, after a tab."""


def shell(name: str) -> str:
    """Return the path of a shell, or skip the test."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def place(home: Path, quizapp: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a deck file, and with a command `quizapp` on the path."""
    place = home.parent / "place"
    (place / "bin").mkdir(parents=True)
    command = place / "bin" / "quizapp"
    root = Path(__file__).parents[2]
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m quizapp "$@"\n')
    command.chmod(0o755)
    (place / "my-notes.md").touch()
    for name in ("bash", "zsh", "fish"):
        (place / f"completion.{name}").write_text(quizapp("completion", name).out)
    workspace = open_library(f"sqlite:///{home / 'quizapp.db'}")
    save(workspace, SavedSearch("my list", "scale", reschedule=True))
    workspace.close()
    monkeypatch.chdir(place)
    monkeypatch.setenv("PATH", f"{place / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("ZDOTDIR", str(place))
    monkeypatch.setenv("TERM", "xterm")
    return place


@contextmanager
def typing(*command: str) -> Iterator[Callable[[str, str], str]]:
    """Start a shell on a terminal of its own; give what types keys and waits until it says something."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 160, 0, 0))

    def typed(keys: str, until: str) -> str:
        os.write(terminal, keys.encode())
        said = ""
        ends = time.monotonic() + PATIENCE_S
        while until not in said and time.monotonic() < ends:
            if select.select([terminal], [], [], 0.1)[0]:
                said += os.read(terminal, 65536).decode(errors="replace")
                said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[\x07\r]|.\x08", "", said)
        return said

    try:
        yield typed
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def test_bash_completes(place: Path) -> None:
    """A unique word at once; blanks in it are quoted, and nothing is put behind an equals sign."""
    path = shell("bash")
    (place / "rc").write_text(f"PS1='{PROMPT}'\nbind 'set bell-style none'\n. ./completion.bash\n")
    with typing(path, "--rcfile", "rc", "-i") as typed:
        typed("", PROMPT)
        for line, expected in ASKED:
            wanted = expected.replace("my list", "'my list'")
            wanted = wanted.rpartition("=")[2] if wanted.startswith("--") else wanted
            assert wanted.lstrip("-") in typed(f"{CLEAR}{line}\t", wanted), line


def test_zsh_completes(place: Path) -> None:
    """As compinit finds it on fpath, and as it stands in a start-up file."""
    path = shell("zsh")
    (place / "completion.zsh").rename(place / "_quizapp")
    (place / ".zshrc").write_text(
        f"fpath=({place} $fpath)\nautoload -U compinit && compinit -u -D\nPS1='{PROMPT}'\nunsetopt zle_bracketed_paste\n"
    )
    with typing(path, "-i") as typed:
        typed("", PROMPT)
        for line, expected in ASKED:
            wanted = expected.replace("my list", "my\\ list")
            assert wanted in typed(f"{CLEAR}{line}\t", wanted), line


def test_fish_completes(place: Path) -> None:
    """With what each word means, also where that holds a comma."""
    path = shell("fish")

    def offered(line: str) -> list[str]:
        script = f"source completion.fish; complete -C'{line}'"
        done = subprocess.run(
            [path, "--no-config", "-c", script],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    for line, expected in ASKED:
        wanted = expected.split(" ")[-1] if "my list" not in expected else expected
        assert any(found.split("\t")[0] == wanted for found in offered(line)), line
    assert offered("quizapp study --pla") == [
        "--plain\tPlain lines in and out: screen readers, dumb terminals, pipes."
    ]
    assert place.is_dir()


def test_the_scripts_differ_from_clicks_own_where_they_must() -> None:
    """The templates that are changed are click's: a new version of it may have others."""
    from quizapp.cli.shells import SHELLS

    scripts = {name: kind.source_template for name, kind in SHELLS.items()}
    assert "compopt -o nospace" in scripts["bash"]
    assert "ending=(-S '')" in scripts["zsh"]
    assert scripts["zsh"].count("compdef %(complete_func)s") == 2
    assert "string split --max 1" in scripts["fish"]
    assert set(scripts) == set(completion._SHELLS)
