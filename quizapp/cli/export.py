"""`quizapp export`: write topics back as Markdown."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click


@click.command("export", short_help="Write every topic as Markdown below a folder.")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Replace files that hold something else.")
@click.pass_obj
def command(db: str | None, path: Path, force: bool) -> None:
    """Write every topic as Markdown below the folder PATH, one file a topic, one folder a deck."""
    from quizapp.services.library import export, open_library

    with closing(open_library(db)) as workspace:
        written = export(workspace, path, overwrite=force)
    click.echo(f"{len(written)} topics written below {path}")
