"""Bring an older database to the present schema, after a backup that is proved to open. Loads Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from quizapp.errors import StoreError
from quizapp.store.backup import back_up
from quizapp.store.database import Database

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, version: str, scripts: Path = SCRIPTS) -> None:
    """Back the database up and run the migrations from `version` on.

    Raises:
        StoreError: The version is unknown, so the database is a newer program's; it is left untouched.
    """
    known = {script.revision for script in ScriptDirectory(scripts).walk_revisions()}
    if version not in known:
        raise StoreError(
            f"The database {database.path} has schema {version}, which a newer quizapp wrote.",
            "Update quizapp, or name another database with --db. It was not changed.",
        )
    back_up(database.path, database.backups, f"before-migration-from-{version}")
    upgrade(database, scripts)


def upgrade(database: Database, scripts: Path = SCRIPTS) -> None:
    """Run every migration that a database lacks, all of them in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
