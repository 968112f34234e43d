"""`quizapp sim`."""

import click


@click.command("sim")
def command() -> None:
    """Later."""
