"""Bring an older database to the present schema, after a backup that is proved to open. Loads Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from quizapp.core.log import EntryKind
from quizapp.core.topic import TopicId
from quizapp.errors import StoreError
from quizapp.store.backup import back_up
from quizapp.store.database import Database, execute_in
from quizapp.store.fold_check import refold

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"
REPLAYED = {"0009": EntryKind.SET_DUE}
"""From which version on entries of a kind mean something else for a card's state than what was cached before."""
_TOPICS_WITH = """
    SELECT DISTINCT card.topic_id FROM log JOIN card ON card.id = log.card_id
    WHERE log.kind = :kind ORDER BY card.topic_id
"""


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
    """Run every migration that a database lacks, and replay what the log says otherwise now, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    with database.write() as connection:
        config.attributes["connection"] = connection
        before = MigrationContext.configure(connection).get_current_revision() or ""
        command.upgrade(config, "head")
        if before:
            _replay(connection, before)


def _replay(connection: Connection, before: str) -> None:
    """Write the states anew of the topics with entries that a version after `before` reads otherwise."""
    execute = execute_in(connection)
    kinds = [kind for version, kind in REPLAYED.items() if version > before]
    topics = {TopicId(row[0]) for kind in kinds for row in execute(_TOPICS_WITH, {"kind": kind.value})}
    if topics:
        refold(connection, sorted(topics))
