"""`quizapp new`: write a topic, or one follow-up more."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing
from quizapp.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from quizapp.services.taking_in import Added
    from quizapp.services.workspace import Workspace


@click.command("new", short_help="Write a new topic, or add a follow-up to one.")
@click.argument("title", required=False)
@click.option(
    "--deck",
    metavar="DECK",
    shell_complete=completing.decks,
    help="The deck that the topic goes to, its levels parted by /.",
)
@click.option(
    "--into",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Write below this folder and not below your own decks.",
)
@click.option("--edit", is_flag=True, help="Open the file in $EDITOR, then take it in.")
@click.option(
    "--follow-up-of",
    metavar="ID",
    shell_complete=completing.topics,
    help="Add TITLE to this topic, as a follow-up question.",
)
@click.option("--answer", metavar="TEXT", help="With --follow-up-of: the follow-up's own answer.")
@click.pass_obj
def command(
    db: str | None,
    title: str | None,
    deck: str | None,
    into: Path | None,
    edit: bool,
    follow_up_of: str | None,
    answer: str | None,
) -> int:
    """Write the file of a new topic with headings to fill in, and print its path.

    With --follow-up-of, TITLE is a question that is added to the end of that topic's follow-ups.
    """
    from quizapp.services.library import open_library

    if follow_up_of is None and answer is not None:
        raise UsageError("--answer is the answer of a follow-up.", "Name its topic with --follow-up-of.")
    if follow_up_of is not None and (deck or into):
        raise UsageError("A follow-up goes where its topic is.", "Leave --deck and --into out.")
    with closing(open_library(db, may_create=True)) as workspace:
        if follow_up_of is not None:
            path, done = _follow_up(workspace, follow_up_of, title, answer or "")
        else:
            path, done = _topic(workspace, title or "", deck, into), None
        click.echo(str(path))
        if edit:
            done = _edited(workspace, path)
    if done is None:
        click.echo(
            "Fill in what is empty, then `quizapp add` the file; the open app takes it in by itself.",
            err=True,
        )
        return ExitCode.OK
    return _told(done)


def _topic(workspace: Workspace, title: str, deck: str | None, into: Path | None) -> Path:
    from quizapp.core.deck_metadata import DEFAULT_DECK
    from quizapp.core.deck_skeleton import NewTopic, skeleton
    from quizapp.services.new_topics import create_topic

    text = skeleton(NewTopic(title, deck or DEFAULT_DECK))
    return create_topic(workspace, into.resolve() if into else workspace.paths.decks, text.encode())


def _follow_up(workspace: Workspace, topic: str, question: str | None, answer: str) -> tuple[Path, Added]:
    from quizapp.core.topic import TopicId
    from quizapp.services.library import editable
    from quizapp.services.new_topics import add_follow_up

    if not question:
        raise UsageError(
            "The follow-up asks nothing.", 'Give its question: quizapp new --follow-up-of ID "Why?"'
        )
    if editable(workspace, TopicId(topic)).came_with:
        click.echo("The topic came with quizapp: your own copy of it has the follow-up.", err=True)
    return add_follow_up(workspace, TopicId(topic), question, answer)


def _edited(workspace: Workspace, path: Path) -> Added:
    from quizapp.services.editor import edit
    from quizapp.services.library import add

    edit(path)
    return add(workspace, [path])


def _told(done: Added) -> ExitCode:
    from quizapp.cli.add import narrate

    narrate(done)
    return ExitCode.DECK if any(problem.fatal for problem in done.problems) else ExitCode.OK
