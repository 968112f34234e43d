"""`quizapp config`: show the settings, check them, say where they lie, and set one."""

from __future__ import annotations

import json
from typing import Any

import click

from quizapp.cli import completing
from quizapp.core.sentence import sentence
from quizapp.errors import ExitCode, UsageError


@click.group("config", short_help="Show, check and change the settings.")
def command() -> None:
    """Show, check and change the settings. `,` on Home does the same on the screen."""


@command.command("show", short_help="Print every setting with its value.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(as_json: bool) -> None:
    """Print every setting as the file could hold it, with what it does; those that differ from the default are marked."""
    from quizapp import config
    from quizapp.options import OPTIONS

    settings = config.load_settings(config.paths().settings)
    values = {option.name: option.kind.write(getattr(settings, option.name)) for option in OPTIONS}
    decks = {path: _own(own) for path, own in settings.decks.items()}
    if as_json:
        click.echo(json.dumps({**values, "keys": dict(settings.keys), "deck": decks}, ensure_ascii=False))
        return
    for option in OPTIONS:
        differs = getattr(settings, option.name) != option.default
        mark = f"default {_toml(option.kind.write(option.default))}; " if differs else ""
        click.echo(f"{option.name} = {_toml(values[option.name])}  # {mark}{option.about}")
    if settings.keys:
        click.echo("\n[keys]")
    for identifier, keys in settings.keys.items():
        click.echo(f"{_toml(identifier)} = {_toml(keys)}")
    for path, own in decks.items():
        click.echo(f"\n[deck.{_toml(path)}]")
        for name, value in own.items():
            click.echo(f"{name} = {_toml(value)}")


@command.command("validate", short_help="Find what is wrong in the settings file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one line a finding.")
def validate(as_json: bool) -> int:
    """Find everything that is wrong in the settings file, as path:line: what: what to do. Exits 1 with findings."""
    from quizapp import config
    from quizapp.core.plain import printable
    from quizapp.tui.settings_check import settings_problems

    problems = settings_problems(config.paths().settings)
    for problem in problems:
        if as_json:
            fields = ("path", "line", "what", "hint")
            click.echo(json.dumps({name: getattr(problem, name) for name in fields}, ensure_ascii=False))
        else:
            click.echo(printable(str(problem)))
    if not problems and not as_json:
        click.echo("nothing to find fault with", err=True)
    return ExitCode.FINDINGS if problems else ExitCode.OK


@command.command("path", short_help="Print where the settings file lies.")
def path() -> None:
    """Print where the settings file lies, whether or not it is there."""
    from quizapp import config

    click.echo(config.paths().settings)


@command.command("set", short_help="Change one setting in the file.")
@click.argument("name", shell_complete=completing.settings)
@click.argument("value", required=False, shell_complete=completing.values)
@click.option(
    "--deck", metavar="PATH", shell_complete=completing.decks, help="For this deck and all below it alone."
)
@click.option("--default", "reset", is_flag=True, help="Take the setting out, so that its default holds.")
@click.pass_obj
def change(db: str | None, name: str, value: str | None, deck: str | None, reset: bool) -> None:
    """Set NAME to VALUE in the settings file; comments and everything else in it stay.

    NAME is a setting, or keys.ID for the keys of an action, such as keys.study.why. Steps are given as 1m,10m.
    """
    from quizapp import config
    from quizapp.settings_write import write_setting

    if (value is None) == (not reset):
        raise UsageError("Give a value, or --default.", "Such as `quizapp config set new_per_day 10`.")
    table, key, written = _place(name, value, deck)
    write_setting(config.paths().settings, table, key, written)
    if deck is not None and not reset:
        _say_if_unknown(db, deck.strip("/"))


def _say_if_unknown(db: str | None, deck: str) -> None:
    """Say so where no deck goes by that path yet: a slip of the pen would do nothing, silently."""
    from quizapp.core.nearest import did_you_mean
    from quizapp.core.plain import printable
    from quizapp.services import completion

    decks = completion.decks(db)
    if decks and deck not in decks:
        hint = did_you_mean(deck, decks, "the setting waits for it")
        click.echo(printable(f"There is no deck {deck!r} yet: {sentence(hint)}"), err=True)


def _place(name: str, value: str | None, deck: str | None) -> tuple[tuple[str, ...], str, Any]:
    """Return the table, the key and the value that a name and a text stand for."""
    from quizapp.core.nearest import nearest
    from quizapp.options import BY_NAME, PER_DECK, OptionError

    if name.startswith("keys.") and deck is None:
        return ("keys",), name.removeprefix("keys."), _known_keys(name.removeprefix("keys."), value)
    names = [option.name for option in PER_DECK] if deck is not None else list(BY_NAME)
    if name not in names:
        near = nearest(name, names)
        hint = f"Did you mean {near!r}?" if near else f"There are: {', '.join(names)}."
        raise UsageError(f"There is no setting {name!r}{' for a deck' if deck is not None else ''}.", hint)
    try:
        written = None if value is None else BY_NAME[name].typed(value)
    except OptionError as error:
        raise UsageError(f"{error.what}.", f"{error.hint[:1].upper()}{error.hint[1:]}.") from error
    if name == "theme" and written is not None:
        _refuse_unknown_theme(written)
    return (("deck", deck.strip("/")) if deck is not None else ()), name, written


def _refuse_unknown_theme(theme: str) -> None:
    from quizapp.tui.settings_check import theme_problems

    for what, hint in theme_problems(theme):
        raise UsageError(f"{what[:1].upper()}{what[1:]}.", sentence(f"{hint[:1].upper()}{hint[1:]}"))


def _known_keys(identifier: str, keys: str | None) -> str | None:
    """Return the keys as they were given, if with the others of the file they bring no new mistake."""
    from quizapp import config
    from quizapp.settings_file import read_settings
    from quizapp.tui.bound_keys import new_key_problems

    before = read_settings(config.paths().settings).settings.keys
    for _, what, hint in new_key_problems(before, identifier, keys):
        raise UsageError(f"{what[:1].upper()}{what[1:]}.", sentence(f"{hint[:1].upper()}{hint[1:]}"))
    return keys


def _own(own: Any) -> dict[str, Any]:
    """Return what a deck does otherwise, as TOML has it."""
    from quizapp.options import PER_DECK

    return {
        option.name: option.kind.write(value)
        for option in PER_DECK
        if (value := getattr(own, option.name)) is not None
    }


def _toml(value: Any) -> str:
    """Return a value as TOML writes it; JSON's texts, numbers and lists of texts are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
