"""The documentation: pages made from the program are there and up to date, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from quizapp.cli.pages import pages, write
from quizapp.cli.root import root
from quizapp.options import OPTIONS
from quizapp.settings_file import settings_of

DOCS = Path(__file__).parent.parent / "docs"
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", sorted(pages()))
def test_every_page_made_from_the_program_is_up_to_date(name: str) -> None:
    """`make pages` writes them anew."""
    assert (DOCS / name).is_file(), f"docs/{name} is missing: run make pages"
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], f"docs/{name} is stale: run make pages"


def test_every_command_has_its_page() -> None:
    """And none is left of a command that has gone."""
    verbs = set(root.list_commands(click.Context(root)))
    assert {path.stem for path in (DOCS / "commands").glob("*.md")} - {"README"} == verbs


@pytest.mark.parametrize(
    "name",
    ["getting-started", "settings", "deck-format", "keys", "drill", "simulations", "data-and-privacy"],
)
def test_what_is_promised_is_there(name: str) -> None:
    """Each has a heading, and getting-started leads to it."""
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    start = (DOCS / "getting-started.md").read_text(encoding="utf-8")
    assert name == "getting-started" or f"({name}.md)" in start


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_no_link_leads_nowhere(path: Path) -> None:
    """Every relative link of a page names a file."""
    for target in _LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_settings_that_are_shown_are_the_defaults() -> None:
    """Every one is named, with the value that holds without it."""
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    read = settings_of(shown, "docs/settings.md")
    assert read.problems == ()
    for option in OPTIONS:
        assert re.search(rf"^{option.name} = ", shown, re.MULTILINE), option.name
        assert getattr(read.settings, option.name) == option.default


def test_pages_are_written_once(tmp_path: Path) -> None:
    """The second time nothing has changed."""
    assert len(write(tmp_path)) == len(pages())
    assert write(tmp_path) == []
