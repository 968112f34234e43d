"""Migrations: one schema whichever way, a backup that opens, and newer databases left alone."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.topic import CardId
from quizapp.errors import StoreError
from quizapp.services import changes
from quizapp.services.find import card_ids, find
from quizapp.services.saved_searches import listed
from quizapp.store import sqlite
from quizapp.store.database import HEAD, Database
from quizapp.store.migrate import SCRIPTS, migrate, upgrade
from tests.learner import Learner, assert_state_is_fold

LATER = f'''"""A later version."""

from alembic import op

revision = "9998"
down_revision = "{HEAD}"


def upgrade() -> None:
    """Add what a later release needs."""
    op.execute("ALTER TABLE topic ADD COLUMN mood TEXT NOT NULL DEFAULT ''")
'''

WITHOUT_FACTS = "DROP INDEX card_facts;"
"""Takes the present schema back to the seventh."""

WITHOUT_MOVED = f"{WITHOUT_FACTS} DROP INDEX log_moved;"
"""Takes the present schema back to the sixth."""

WITHOUT_TALLIES = f"""
    {WITHOUT_MOVED}
    DROP TRIGGER tally_after_entry; DROP TRIGGER tally_after_move; DROP TRIGGER tally_after_tags; DROP TABLE tally;
"""
"""Takes the present schema back to the fifth."""

WITHOUT_SEARCH = f"""
    {WITHOUT_TALLIES}
    DROP TABLE search_text; DROP TABLE search_word; DROP TABLE search_tag; DROP TABLE session_card;
    DROP INDEX card_number; DROP INDEX card_own_tags; DROP INDEX card_deleted;
    ALTER TABLE card DROP COLUMN number; ALTER TABLE card DROP COLUMN added_day;
    ALTER TABLE saved_search DROP COLUMN sorting;
"""
"""Takes the present schema back to the fourth."""

WITHOUT_TOOLS = f"""
    {WITHOUT_SEARCH}
    ALTER TABLE card DROP COLUMN not_before; ALTER TABLE card DROP COLUMN flag;
    ALTER TABLE card DROP COLUMN own_tags; ALTER TABLE card DROP COLUMN deleted;
    ALTER TABLE log DROP COLUMN value; ALTER TABLE log DROP COLUMN words; ALTER TABLE log DROP COLUMN batch;
    DROP TABLE drill_answer; DROP TABLE drill; DROP TABLE saved_search;
"""
"""Takes the present schema back to the third."""


def schema(path: Path) -> set[tuple[str, str, str]]:
    """Return the tables and indices of a database, blanks apart."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
    finally:
        connection.close()
    return {(kind, name, re.sub(r"\s+", "", text).lower()) for kind, name, text in rows}


def opened(path: Path, *, create: bool = False) -> Database:
    """Open a database with its backups beside it."""
    return Database.open(f"sqlite:///{path}", path.parent / "backups", create=create)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a database that holds one fact."""
    path = tmp_path / "library.db"
    database = opened(path, create=True)
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO fact (name, content) VALUES ('kept', 'yes')")
    database.close()
    return path


@pytest.fixture
def later_scripts(tmp_path: Path) -> Path:
    """Return the migrations with one more."""
    scripts = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v9998_later.py").write_text(LATER, encoding="utf-8")
    return scripts


def test_head_is_the_last_migration() -> None:
    """The version that the program reads and writes is the one that the migrations end at."""
    assert ScriptDirectory(SCRIPTS).get_heads() == [HEAD]


def test_migrations_give_the_schema_that_is_created_whole(tmp_path: Path) -> None:
    """An empty database that walks all migrations ends with the same tables and indices as a new one."""
    created, walked = tmp_path / "created.db", tmp_path / "walked.db"
    opened(created, create=True).close()
    sqlite.connect(walked).close()
    database = Database(walked, tmp_path / "backups")
    upgrade(database)
    database.close()
    assert schema(walked) == schema(created)
    assert sqlite.version_of(walked) == sqlite.version_of(created) == HEAD


def test_an_older_database_is_backed_up_and_migrated(library: Path, later_scripts: Path) -> None:
    """The copy holds the old schema and everything in it; the database then has the new one."""
    old = schema(library)
    database = Database(library, library.parent / "backups")
    migrate(database, HEAD, later_scripts)
    database.close()

    (backup,) = (library.parent / "backups").iterdir()
    assert schema(backup) == old
    assert f"before-migration-from-{HEAD}" in backup.name
    restored = opened(backup)
    assert restored.read("SELECT content FROM fact WHERE name = 'kept'", {}) == [("yes",)]
    restored.close()

    assert sqlite.version_of(library) == "9998"
    assert any("moodtext" in text for _, _, text in schema(library))


def test_a_migration_that_fails_changes_nothing(library: Path, later_scripts: Path) -> None:
    """The migrations are one transaction: the old schema and version stay."""
    old = schema(library)
    broken = LATER.replace("ALTER TABLE topic", "ALTER TABLE topics").replace(f'"{HEAD}"', '"9998"')
    (later_scripts / "versions" / "v9999_broken.py").write_text(
        broken.replace('revision = "9998"', 'revision = "9999"', 1), encoding="utf-8"
    )
    database = Database(library, library.parent / "backups")
    with pytest.raises(StoreError, match="no such table"):
        migrate(database, HEAD, later_scripts)
    database.close()
    assert schema(library) == old
    assert sqlite.version_of(library) == HEAD


def test_a_newer_database_is_refused_untouched(library: Path) -> None:
    """Its bytes stay as they are, no backup is made, and the message says to update."""
    connection = sqlite3.connect(library)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = library.read_bytes()
    with pytest.raises(StoreError, match="schema 9999, which a newer quizapp wrote") as refused:
        opened(library)
    assert "Update quizapp" in refused.value.hint
    assert library.read_bytes() == before
    assert not (library.parent / "backups").exists()


def test_the_second_schema_gets_claims_and_runs_and_keeps_its_topics(tmp_path: Path) -> None:
    """A topic of before has no claims until its file is read again; the tables of runs are empty; a backup is there."""
    learner = Learner(tmp_path)
    learner.learn("Alpha", "Why so?")
    path = learner.workspace.paths.database
    learner.workspace.close()
    connection = sqlite3.connect(path)
    connection.executescript(
        f"{WITHOUT_TOOLS} ALTER TABLE topic DROP COLUMN claims; DROP TABLE measurement; DROP TABLE last_run;"
        "UPDATE alembic_version SET version_num = '0002'"
    )
    connection.close()

    learner.reopen()
    read = learner.workspace.database.read
    assert read("SELECT id, answer, claims FROM topic", {}) == [("alpha", "Because.", "")]
    assert read("SELECT * FROM measurement UNION ALL SELECT *, 1, 2, 3, 4 FROM last_run", {}) == []
    (backup,) = learner.workspace.paths.backups.iterdir()
    assert sqlite.version_of(backup) == "0002"
    assert sqlite.version_of(path) == HEAD
    learner.workspace.close()


def test_the_third_schema_gets_flags_and_batches_and_keeps_its_log(tmp_path: Path) -> None:
    """Cards and entries of before have no flag, tag or batch, and the state is still the fold."""
    learner = Learner(tmp_path)
    learner.learn("Alpha", "Why so?")
    learner.fronts(learner.begin(), [Rating.GOOD])
    path = learner.workspace.paths.database
    learner.workspace.close()
    connection = sqlite3.connect(path)
    connection.executescript(f"{WITHOUT_TOOLS} UPDATE alembic_version SET version_num = '0003'")
    before = connection.execute("SELECT id, kind, rating FROM log ORDER BY id").fetchall()
    connection.close()

    learner.reopen()
    read = learner.workspace.database.read
    assert read("SELECT id, kind, rating FROM log ORDER BY id", {}) == before
    assert read("SELECT DISTINCT value, words, batch FROM log", {}) == [(0, "", None)]
    assert read("SELECT DISTINCT not_before, flag, own_tags, deleted FROM card", {}) == [(0, 0, "[]", 0)]
    assert_state_is_fold(learner.workspace)
    learner.workspace.close()


def test_the_fourth_schema_gets_its_words_indexed(tmp_path: Path) -> None:
    """Cards of before are found by words, tags and days: they came in when first answered, or on the present day."""
    learner = Learner(tmp_path)
    learner.learn("Beta", "Why so?", deck="b", answer="A whale.")
    learner.learn("Alpha", deck="a")
    learner.fronts(learner.begin("b"), [Rating.EASY])
    path = learner.workspace.paths.database
    learner.workspace.close()
    connection = sqlite3.connect(path)
    connection.executescript(f"{WITHOUT_SEARCH} UPDATE alembic_version SET version_num = '0004'")
    connection.execute("INSERT INTO saved_search (name, query) VALUES ('all', '')")
    connection.commit()
    connection.close()

    learner.reopen()
    read = learner.workspace.database.read
    whales = find(learner.workspace, "whale")
    assert card_ids(learner.workspace, whales.numbers) == ["beta", "beta/why-so"]
    assert len(find(learner.workspace, "tag:b").numbers) == 3
    assert read("SELECT id FROM card ORDER BY number", {}) == [("alpha",), ("beta",), ("beta/why-so",)]
    first_day, today = learner.card("beta").state.first_day, date.today().toordinal()  # noqa: DTZ011 - as the migration
    assert read("SELECT added_day FROM card ORDER BY number", {}) == [(today,), (first_day,), (today,)]
    assert [search.order.value for search in listed(learner.workspace)] == ["due"]
    learner.learn("Gamma", answer="Another whale.")
    assert len(find(learner.workspace, "whale").numbers) == 3
    learner.workspace.close()


def at_first_version(database: Path, first: Path) -> None:
    """Write a database of the first schema with all that this one has in common with it."""
    connection = sqlite3.connect(first)
    connection.executescript((SCRIPTS / "versions" / "v0001_first.sql").read_text(encoding="utf-8"))
    connection.execute("ATTACH ? AS present", (str(database),))
    tables = [
        name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    ]
    for table in tables:
        old, new = (
            {row[1] for row in connection.execute(f"PRAGMA {side}.table_info({table})")}
            for side in ("main", "present")
        )
        columns = ", ".join(sorted(old & new))
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM present.{table}")
    connection.execute("CREATE TABLE main.alembic_version (version_num TEXT PRIMARY KEY) STRICT")
    connection.execute("INSERT INTO main.alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()


def test_cards_learn_from_the_log_what_their_topic_knew(tmp_path: Path) -> None:
    """The first schema kept with the topic when it was seen, and whether it was unlocked; undone answers apart."""
    learner = Learner(tmp_path)
    for title in ("Alpha", "Beta", "Gamma", "Delta"):
        learner.write(title, "Why so?")
    learner.add()
    study = learner.begin()
    learner.fronts(study, [Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.EASY])
    study.undo()
    learner.note("alpha", EntryKind.RESET)
    path = learner.workspace.paths.database
    learner.workspace.close()

    at_first_version(path, path.with_name("first.db"))
    path.with_name("first.db").replace(path)
    learner.reopen()
    assert_state_is_fold(learner.workspace)
    rows = learner.workspace.database.read("SELECT id, passed, seen_day > 0 FROM card ORDER BY id", {})
    learner.workspace.close()
    assert rows == [
        ("alpha", 1, 1), ("alpha/why-so", 1, 1), ("beta", 0, 1), ("beta/why-so", 0, 0),
        ("delta", 0, 0), ("delta/why-so", 0, 0), ("gamma", 0, 0), ("gamma/why-so", 0, 0),
    ]  # fmt: skip


def test_the_eighth_schema_learns_of_days_that_were_set(tmp_path: Path) -> None:
    """Once a set day was not kept with a card that had been answered: its state is replayed at the next start."""
    learner = Learner(tmp_path)
    learner.learn("Alpha")
    learner.fronts(learner.begin(), [Rating.EASY])
    changes.set_due(learner.workspace, [CardId("alpha")], "3")
    path = learner.workspace.paths.database
    learner.workspace.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE card SET not_before = 0")
        connection.execute("UPDATE alembic_version SET version_num = '0008'")
        connection.commit()
    learner.reopen()
    assert_state_is_fold(learner.workspace)
    ((day,),) = learner.workspace.database.read("SELECT not_before FROM card", {})
    learner.workspace.close()
    assert day > 0
