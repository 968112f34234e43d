"""`quizapp drill`: an interview drill, and the drills that were held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from quizapp.cli import completing
from quizapp.core.per_cent import per_cent
from quizapp.errors import UsageError

if TYPE_CHECKING:
    from quizapp.core.drill.setup import Setup
    from quizapp.services.workspace import Workspace


_CHOICES = ("minutes", "deck", "tag", "difficulty", "seed", "mock", "spoken", "follow_ups")
"""The options that a new drill is set up with."""


@click.command("drill", short_help="Answer interview questions against the clock.")
@click.option("--minutes", type=int, default=30, show_default=True, help="How long the drill takes.")
@click.option(
    "--deck",
    default="",
    metavar="DECK",
    shell_complete=completing.decks,
    help="Ask from this deck and all below it.",
)
@click.option(
    "--tag", default="", metavar="TAG", shell_complete=completing.tags, help="Ask only topics with this tag."
)
@click.option(
    "--difficulty", default="1-5", metavar="N[-M]", help="Ask only these difficulties, such as 3-5."
)
@click.option("--seed", type=click.IntRange(1, 999), help="Draw the same questions again.")
@click.option("--mock", is_flag=True, help="A mock interview: rounds with a plan that fits the minutes.")
@click.option("--spoken", is_flag=True, help="Answers are said aloud, not written.")
@click.option(
    "--follow-ups",
    type=click.Choice(["none", "one", "all"]),
    default="all",
    show_default=True,
    help="How far the follow-ups go that a good answer earns.",
)
@click.option("--plain", is_flag=True, help="Plain lines in and out: screen readers, dumb terminals, pipes.")
@click.option("--resume", is_flag=True, help="Take up the drill that was left or interrupted.")
@click.option("--list", "as_list", is_flag=True, help="List the drills that were held, the oldest first.")
@click.option(
    "--json", "as_json", is_flag=True, help="With --list: one JSON object a line, one line a drill."
)
@click.option("--export", "name", metavar="ID", help="Print a drill as Markdown: an id of --list, or `last`.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --export: write it into this file, which must not be there yet.",
)
@click.pass_obj
def command(
    db: str | None,
    minutes: int,
    deck: str,
    tag: str,
    difficulty: str,
    seed: int | None,
    mock: bool,
    spoken: bool,
    follow_ups: str,
    plain: bool,
    resume: bool,
    as_list: bool,
    as_json: bool,
    name: str | None,
    output: Path | None,
) -> None:
    """Open the app at an interview drill: question after question, written or aloud, against the clock.

    Its set-up shows the options given here; enter begins. With --list or --export nothing is opened.

    With --plain it begins at once, on plain lines: question, answer, model answer, key points, judging and debrief, with
    the simulations and their predictions. Nothing moves the cursor and nothing is coloured. The clocks are said with each
    question, and .c says them at any time; .? says which words work. At the end of the input or ctrl+c the place is kept.
    """
    _require_company(as_list=as_list, as_json=as_json, name=name, output=output, plain=plain)
    for what, is_given in (("--list", as_list), ("--export", name is not None), ("--resume", resume)):
        if is_given:
            _refuse_choices(what)
    if as_list:
        _list(db, as_json=as_json)
    elif name is not None:
        _export(db, name, output)
    else:
        reach = {"none": "none", "one": "one", "all": "all earned"}[follow_ups]
        manner = "spoken" if spoken else "written"
        setup = _setup(minutes, deck, tag, difficulty, reach, manner, seed or 0, is_mock=mock)
        if plain:
            _drill_plainly(db, setup, resumes=resume)
        else:
            _open(db, setup, resumes=resume)


def _require_company(
    *, as_list: bool, as_json: bool, name: str | None, output: Path | None, plain: bool
) -> None:
    """Refuse options that do not go together."""
    if as_json and not as_list:
        raise UsageError("--json goes with --list.", "Write `quizapp drill --list --json`.")
    if output is not None and name is None:
        raise UsageError("--output goes with --export.", "Write `quizapp drill --export last --output FILE`.")
    if as_list and name is not None:
        raise UsageError("--list and --export are two commands.", "Give one of them.")
    if plain and (as_list or name is not None):
        raise UsageError("--plain holds a drill.", "--list and --export are plain without it.")


def _refuse_choices(what: str) -> None:
    """Refuse the choices for a new drill where none begins."""
    context = click.get_current_context()
    for choice in _CHOICES:
        if context.get_parameter_source(choice) is ParameterSource.COMMANDLINE:
            option = "--" + choice.replace("_", "-")
            raise UsageError(
                f"{option} is for a new drill, and {what} begins none.", f"Leave out {option} or {what}."
            )


def _setup(
    minutes: int, deck: str, tag: str, difficulty: str, reach: str, manner: str, seed: int, *, is_mock: bool
) -> Setup:
    from quizapp.core.drill.setup import Manner, Reach, Setup, difficulty_range

    try:
        easiest, hardest = difficulty_range(difficulty)
        return Setup(minutes, deck, tag, easiest, hardest, Reach(reach), Manner(manner), seed, is_mock)
    except ValueError as error:
        words = str(error)
        raise UsageError(
            f"{words[:1].upper()}{words[1:]}.", "`quizapp drill --help` says what is taken."
        ) from error


def _open(db: str | None, setup: Setup, *, resumes: bool) -> None:
    from quizapp.cli.study import require_terminal
    from quizapp.tui.start import start_drill

    require_terminal("quizapp drill --plain works without one; so do --list and --export.")
    start_drill(db, setup, resumes=resumes)


def _drill_plainly(db: str | None, setup: Setup, *, resumes: bool) -> None:
    import secrets
    from dataclasses import replace

    from quizapp.cli.plain_drill import PlainDrill
    from quizapp.cli.plain_drill_words import plan_words
    from quizapp.cli.plain_terminal import standard_terminal
    from quizapp.cli.study import back_up
    from quizapp.core.drill.setup import SEEDS
    from quizapp.services.drill import begin, resume
    from quizapp.services.library import open_library, require_deck

    terminal = standard_terminal()
    with closing(open_library(db, may_create=True)) as workspace:
        if resumes:
            drilling = resume(workspace)
        else:
            if setup.deck:
                require_deck(workspace, setup.deck)
            drilling = begin(
                workspace, setup if setup.seed else replace(setup, seed=secrets.randbelow(SEEDS) + 1)
            )
        terminal.say(plan_words(drilling.drill))
        PlainDrill(workspace, drilling, terminal).run()
    back_up(workspace)


def _list(db: str | None, *, as_json: bool) -> None:
    from quizapp.core.plain import printable
    from quizapp.services.drill_history import history, listed_drills
    from quizapp.services.library import open_library

    with closing(open_library(db)) as workspace:
        if as_json:
            for item in listed_drills(workspace):
                click.echo(json.dumps(item, ensure_ascii=False))
            return
        for line in _lines(workspace):
            click.echo(printable(line))
        click.echo(f"readiness {history(workspace).readiness.words}", err=True)


def _lines(workspace: Workspace) -> Iterator[str]:
    """Yield a drill a line."""
    from quizapp.core.duration import clock
    from quizapp.services.drill_history import history, listed_drills

    found = list(listed_drills(workspace))
    if not found:
        yield "No drill yet: `quizapp drill` holds one."
        return
    for item, drill in zip(found, history(workspace).drills, strict=True):
        score = f"{per_cent(drill_score):>5}" if isinstance(drill_score := item["score"], float) else "    -"
        kind = "mock" if item["mock"] else "drill"
        used = f"{clock(drill.used_ms / 1000)}/{drill.setup.minutes}:00"
        state = "" if item["finished"] else "  left"
        noun = "answer " if item["answers"] == 1 else "answers"
        yield (
            f"{item['name']}  {str(item['at'])[:16]}  {kind:<5} {score}  {item['answers']:>2} {noun}  {used:>11}"
            f"{state}  {drill.setup.topics_words}"
        )


def _export(db: str | None, name: str, output: Path | None) -> None:
    from quizapp.services.drill_history import export, write_new
    from quizapp.services.library import open_library

    with closing(open_library(db)) as workspace:
        text = export(workspace, name)
    if output is None:
        click.echo(text, nl=False)
        return
    write_new(output, text)
    click.echo(f"written to {output}", err=True)
