"""The learner's own editor is started, and its failures are told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quizapp.errors import UsageError
from quizapp.services.editor import edit

APPEND = "import sys; open(sys.argv[1], 'a').write('edited')"


def test_the_editor_gets_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """VISUAL goes before EDITOR, and may hold arguments."""
    path = tmp_path / "a topic.md"
    monkeypatch.setenv("VISUAL", f'{sys.executable} -c "{APPEND}"')
    monkeypatch.setenv("EDITOR", "false")
    edit(path)
    assert path.read_text(encoding="utf-8") == "edited"


@pytest.mark.parametrize(
    ("editor", "message"),
    [
        ("no-such-editor-anywhere", "cannot be started"),
        (f'{sys.executable} -c "raise SystemExit(3)"', "ended with 3"),
    ],
)
def test_an_editor_that_fails_is_told(editor: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not there, or it gave up."""
    monkeypatch.setenv("EDITOR", editor)
    with pytest.raises(UsageError, match=message):
        edit(Path("a.md"))


def test_no_editor_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where none is named and none is found, the learner learns which setting to make."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="There is no editor") as told:
        edit(Path("a.md"))
    assert "EDITOR" in told.value.hint


def test_an_editor_setting_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quotation mark too few."""
    monkeypatch.setenv("EDITOR", 'vim "')
    with pytest.raises(UsageError, match="EDITOR"):
        edit(Path("a.md"))
