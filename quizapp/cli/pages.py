"""The pages of the documentation that are made from the program: one a command from its help, and all keys.

`python -m quizapp.cli.pages` writes them below docs/; a test tells when one is missing or says something else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from quizapp.cli.root import root

_WIDTH = 100
_NOTE = "<!-- Made by `make pages`; change the program's words, not this page. -->"
_KEYS = """\
# Keys

{note}

`?` shows the keys that work now, and `ctrl+p` finds them by name. Every one can be changed by its id: under Keys in the
settings (`,` on Home, then `K`), or in `config.toml`:

```toml
[keys]
"study.good" = "g"          # one key
"home.down" = "down,n"      # several
```

`quizapp config validate` tells ids that are not there, and keys that two actions of one place would share. Where two
lines below name the same key, the one that makes sense at the moment has it.
"""


def pages() -> dict[str, str]:
    """Return the text of every page by its path below docs/."""
    texts = {f"commands/{name}.md": _command_page(name, command) for name, command in _commands()}
    return {**texts, "commands/README.md": _index(), "keys.md": _keys_page()}


def write(folder: Path) -> list[Path]:
    """Write the pages below a folder, and return those that were not so already."""
    changed: list[Path] = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(root)
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command is not None
        yield name, command


def _index() -> str:
    lines = [f"- [{name}]({name}.md): {command.get_short_help_str(200)}" for name, command in _commands()]
    codes = (
        "Exit codes: 0 ok, 1 failure or findings, 2 usage or settings, 3 deck or card, 4 database, 5 simulation, "
        "130 interrupted."
    )
    start = "`quizapp` without a command opens the app. `--db URL` or `QUIZAPP_DB` names another database."
    return "\n".join(["# Commands", "", _NOTE, "", start, "", *lines, "", codes, ""])


def _command_page(name: str, command: click.Command) -> str:
    parts = [f"# quizapp {name}", _NOTE, _help(f"quizapp {name}", command)]
    if isinstance(command, click.Group):
        for below, inner in command.commands.items():
            parts += [f"## quizapp {name} {below}", _help(f"quizapp {name} {below}", inner)]
    return "\n\n".join(parts) + "\n"


def _help(words: str, command: click.Command) -> str:
    """Return what `--help` prints, at a width of its own, so that no terminal changes the page."""
    context = click.Context(command, info_name=words, terminal_width=_WIDTH, max_content_width=_WIDTH)
    context.help_option_names = ["-h", "--help"]
    shown = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    return f"```text\n{shown}\n```"


def _keys_page() -> str:
    from quizapp.tui.bound_keys import bound_keys
    from quizapp.tui.key_names import place_words, shown_keys

    lines = [_KEYS.format(note=_NOTE)]
    place = ""
    for bound in bound_keys():
        if bound.place != place:
            place = bound.place
            lines.append(f"\n## {place_words(place)}\n\n| key | what it does | id |\n|---|---|---|")
        keys = " ".join(f"`{key}`" for key in shown_keys(",".join(bound.keys)).split(", "))
        lines.append(f"| {keys.replace('|', '&#124;')} | {bound.words} | `{bound.id}` |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        click.echo(written)
