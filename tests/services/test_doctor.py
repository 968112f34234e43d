"""The doctor: every kind of damage is found, repaired only when asked, and a backup comes first."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.config import DeckSettings
from quizapp.core.memory import Rating
from quizapp.services import backups, doctor, repair
from quizapp.services.doctor import Look, State
from quizapp.services.find import find
from tests.learner import Learner, assert_state_is_fold


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """Return a learner with two topics, answered once each."""
    learner = Learner(tmp_path)
    learner.learn("Alpha", "Then?")
    learner.learn("Beta")
    study = learner.begin()
    study.answer(Rating.GOOD, 1000)
    study.answer(Rating.EASY, 1000)
    study.leave()
    learner.workspace.close()
    return learner


def harm(learner: Learner, *statements: str) -> None:
    """Change the database behind quizapp's back."""
    with closing(sqlite3.connect(learner.workspace.path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def wrong(looks: list[Look]) -> list[str]:
    """Return the names of what is wrong."""
    return [look.name for look in looks if look.state is State.WRONG]


def looked(learner: Learner) -> list[Look]:
    """Return what is said of the database and of the states."""
    found = list(doctor.database(learner.workspace))
    if not wrong(found):
        found += doctor.fold(learner.workspace, lambda *_: None)
    return found


def test_a_sound_library_is_well(learner: Learner) -> None:
    """Nothing is wrong with it, and looking changes nothing."""
    before = learner.workspace.path.read_bytes()
    assert wrong(looked(learner)) == []
    learner.workspace.close()
    assert learner.workspace.path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE card SET stability = stability + 1 WHERE id = 'alpha'",
        "UPDATE card SET reps = 9 WHERE id = 'beta'",
        "UPDATE card SET queue = 'new' WHERE id = 'alpha'",
        "UPDATE card SET available_day = 1 WHERE id = 'alpha/then'",
        "UPDATE card SET flag = 3 WHERE id = 'beta'",
        """UPDATE card SET own_tags = '["x"]' WHERE id = 'beta'""",
    ],
)
def test_a_state_that_the_log_does_not_give_is_found_and_repaired(learner: Learner, statement: str) -> None:
    """The card is named; --fix replays its log after a backup."""
    harm(learner, statement)
    (look,) = [look for look in looked(learner) if look.state is State.WRONG]
    assert look.name == "states"
    assert look.words.startswith("1 cards have a state that their log does not give: ")
    steps: list[tuple[int, int]] = []
    done = list(repair.repair(learner.workspace, lambda *at: steps.append(at)))
    assert [(one.name, one.state) for one in done] == [("backup", State.FIXED), ("states", State.FIXED)]
    assert steps == [(1, 2), (2, 2)]
    assert wrong(looked(learner)) == []
    assert_state_is_fold(learner.workspace)
    (backup,) = backups.listed(learner.workspace)
    assert backup.backup.reason == "before-fix"
    assert backup.content is not None
    assert backup.content.entries == 2


def test_an_index_that_disagrees_is_found_and_built_anew(learner: Learner) -> None:
    """The one damage that loses nothing: the file as it was is kept."""
    path = learner.workspace.path
    harm(
        learner,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, '''review''', '''new''') WHERE name = 'card_review'",
    )
    assert wrong(looked(learner)) == ["integrity"]
    learner.workspace.close()
    done = list(repair.repair(learner.workspace, lambda *_: None))
    assert [(one.name, one.state) for one in done] == [("backup", State.FIXED), ("indexes", State.FIXED)]
    assert wrong(looked(learner)) == []
    assert len(list(path.parent.glob("backups/quizapp-damaged-*.db"))) == 1


def overwrite(learner: Learner, name: str) -> None:
    """Let the first page of a table or of an index hold nothing that makes sense."""
    with closing(sqlite3.connect(learner.workspace.path)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
        ((size,),) = connection.execute("PRAGMA page_size")
    with learner.workspace.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def test_a_damaged_page_of_an_index_costs_no_row(learner: Learner) -> None:
    """The file is written anew from its rows; as it was it stays among the backups and beside the new one."""
    path = learner.workspace.path
    overwrite(learner, "card_review")
    assert wrong(looked(learner)) == ["integrity"]
    learner.workspace.close()
    done = list(repair.repair(learner.workspace, lambda *_: None))
    assert [(one.name, one.state) for one in done] == [("backup", State.FIXED), ("file", State.FIXED)]
    assert done[-1].words.endswith("2 log entries")
    assert wrong(looked(learner)) == []
    assert_state_is_fold(learner.workspace)
    assert find(learner.workspace, "beta").numbers
    assert len(list(path.parent.glob("**/quizapp-damaged-*.db"))) == 2
    assert not list(path.parent.glob("*.rebuilt*"))


def test_a_damaged_page_of_the_log_is_not_papered_over(learner: Learner) -> None:
    """What cannot be read stays as it is, and a backup is named as the way out, which works."""
    copy = backups.take(learner.workspace, backups.BY_HAND).path
    learner.workspace.close()
    overwrite(learner, "log")
    before = learner.workspace.path.read_bytes()[100:]  # the head says how it is written to
    done = list(repair.repair(learner.workspace, lambda *_: None))
    assert [(one.name, one.state) for one in done] == [("backup", State.FIXED), ("file", State.WRONG)]
    assert "quizapp restore" in done[-1].hint
    assert learner.workspace.path.read_bytes()[100:] == before
    backups.restore(learner.workspace, copy)
    assert wrong(looked(learner)) == []


@pytest.mark.parametrize(
    ("harmed", "name", "repaired"),
    [
        ("DROP INDEX card_review", "schema", ["schema"]),
        ("DROP TRIGGER tally_after_entry", "schema", ["schema"]),
        ("DROP TABLE search_word", "schema", ["schema", "search"]),
        ("DELETE FROM search_text", "search", ["search"]),
    ],
)
def test_parts_that_are_missing_are_put_back(
    learner: Learner, harmed: str, name: str, repaired: list[str]
) -> None:
    """Statistics and search would be wrong without a word, and the queue slow."""
    harm(learner, harmed)
    assert wrong(looked(learner)) == [name]
    done = list(repair.repair(learner.workspace, lambda *_: None))
    assert [one.name for one in done] == ["backup", *repaired]
    assert wrong(looked(learner)) == []
    assert find(learner.workspace, "alph").numbers


def test_a_lost_table_is_not_made_anew_empty(learner: Learner) -> None:
    """What stood in it is in a backup."""
    harm(learner, "DROP TABLE prediction")
    (look,) = [look for look in looked(learner) if look.state is State.WRONG]
    assert (look.name, look.words) == ("tables", "missing: table prediction")
    (done,) = repair.repair(learner.workspace, lambda *_: None)
    assert done.name == "nothing"


def test_where_nothing_is_wrong_no_backup_is_taken(learner: Learner) -> None:
    """Repairing what is whole changes nothing, and leaves nothing behind."""
    (look,) = repair.repair(learner.workspace, lambda *_: None)
    assert (look.name, look.state) == ("nothing", State.OK)
    assert list(backups.listed(learner.workspace)) == []


def test_rows_that_lead_nowhere_are_found(learner: Learner) -> None:
    """They are told with their tables; no repair is promised."""
    harm(learner, "PRAGMA foreign_keys = OFF", "DELETE FROM card WHERE id = 'alpha'")
    (look,) = [look for look in doctor.database(learner.workspace) if look.state is State.WRONG]
    assert look.name == "references"
    assert "log without its card" in look.words
    assert "quizapp restore" in look.hint


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"SQLite format 3\0" + b"\xff" * 8000, "file", ""),
        (b"no database at all" * 100, "file", "is not a database"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(learner: Learner, content: bytes, name: str, words: str) -> None:
    """And left as it is."""
    learner.workspace.path.write_bytes(content)
    found = list(doctor.database(learner.workspace))
    assert wrong(found) == [name]
    assert words in found[0].words
    assert learner.workspace.path.read_bytes() == content


def test_no_database_yet_is_no_fault(tmp_path: Path) -> None:
    """Nothing is made by looking, nothing is repaired."""
    learner = Learner(tmp_path / "new")
    (look,) = doctor.database(learner.workspace)
    assert look.state is State.NOTE
    assert list(repair.repair(learner.workspace, lambda *_: None)) == []
    assert not learner.workspace.path.exists()


def test_schemas_of_other_versions_are_told(learner: Learner) -> None:
    """A newer one is wrong, an older one is brought up by the next start."""
    harm(learner, "UPDATE alembic_version SET version_num = '9999'")
    assert wrong(list(doctor.database(learner.workspace))) == ["schema"]
    harm(learner, "UPDATE alembic_version SET version_num = '0003'")
    assert wrong(list(doctor.database(learner.workspace))) == []


def test_decks_that_vanished_are_told(learner: Learner) -> None:
    """They are studied as before; it is said what can be done."""
    (learner.decks / "beta.md").unlink()
    (look,) = doctor.decks(learner.workspace)
    assert look.state is State.NOTE
    assert "beta.md" in look.words


def test_decks_that_the_settings_name_in_vain_are_told(learner: Learner) -> None:
    """With the nearest right one: a wrong name would do nothing."""
    learner.change(decks={"dekc": DeckSettings(new_per_day=1), "deck": DeckSettings()})
    (look, _) = doctor.decks(learner.workspace)
    assert (look.state, look.hint) == (State.NOTE, "Did you mean 'deck'?")


def test_backups_are_looked_at(learner: Learner) -> None:
    """None yet is a note, one that cannot be read is wrong."""
    (look,) = doctor.backups_taken(learner.workspace)
    assert look.state is State.NOTE
    copy = backups.take(learner.workspace, backups.BY_HAND).path
    (look,) = doctor.backups_taken(learner.workspace)
    assert look.state is State.OK
    copy.write_bytes(b"x" * 5000)
    (look,) = doctor.backups_taken(learner.workspace)
    assert look.state is State.WRONG


def test_a_terminal_is_described() -> None:
    """What it lacks is a note, never a fault."""
    dumb = list(doctor.terminal({"TERM": "dumb", "NO_COLOR": "1"}, is_terminal=True, encoding="ascii"))
    assert wrong(dumb) == []
    words = {look.name: look.words for look in dumb}
    assert words["TERM"] == "dumb"
    assert words["colours"] == "none: NO_COLOR is set"
    assert {look.name for look in dumb if look.hint} >= {"TERM", "unicode"}
    full = list(
        doctor.terminal({"TERM": "xterm", "COLORTERM": "truecolor"}, is_terminal=True, encoding="UTF-8")
    )
    assert {look.name: look.words for look in full}["colours"] == "16 million"


def test_no_large_package_is_loaded_for_its_version() -> None:
    """torch and Textual are asked for by name alone."""
    program = (
        "import sys\nfrom quizapp.services import doctor\nfound = list(doctor.versions())\n"
        "print({'torch', 'textual', 'numpy', 'sqlalchemy'} & set(sys.modules), [look.name for look in found])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("set() ['python', 'quizapp', 'textual', 'torch'")


@pytest.mark.parametrize(
    ("device", "state", "words"),
    [("auto", State.OK, "auto: cuda"), ("cpu", State.OK, "cpu, of cuda, cpu"), ("mps", State.NOTE, "'mps'")],
)
def test_the_device_of_the_settings_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, device: str, state: State, words: str
) -> None:
    """One that torch does not find is told, with where runs go in its place."""
    monkeypatch.setattr(doctor, "_DEVICES", "print('cuda', 'cpu')")
    torch, found = doctor.simulations(device)
    assert torch.state is State.OK
    assert found.state is state
    assert words in found.words
    assert found.hint or state is State.OK


def test_a_torch_that_does_not_load_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what Python said of it."""
    monkeypatch.setattr(doctor, "_DEVICES", "import no_such_torch")
    (look,) = doctor.simulations("auto")
    assert look.state is State.WRONG
    assert "no_such_torch" in look.words
