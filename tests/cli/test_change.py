"""The verbs that change cards, undo, leeches, and the export of chosen cards."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.learner import topic_text


@pytest.fixture
def decks(tmp_path: Path, quizapp: Command) -> Path:
    """Return a folder with two topics, taken in."""
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "alpha.md").write_text(topic_text("Alpha", "Why so?"), encoding="utf-8")
    (folder / "beta.md").write_text(topic_text("Beta"), encoding="utf-8")
    quizapp("add", folder)
    return folder


def listed(quizapp: Command, card: str) -> dict[str, object]:
    """Return a card's facts."""
    (found,) = [one for one in quizapp("cards", "--json").lines if one["id"] == card]
    assert isinstance(found, dict)
    return found


VERBS = [
    (("suspend",), "2 cards suspended.", "2 cards are no longer suspended."),
    (("bury",), "2 cards put off until tomorrow.", "2 cards are no longer put off."),
    (("flag", "blue"), "2 cards flagged ■ blue.", "2 cards are no longer flagged ■ blue."),
    (("tag", "hard"), "2 cards tagged hard.", "2 cards are no longer tagged hard."),
    (("set-due", "3-7"), "2 cards due in 3 to 7 days.", "2 cards are due as before."),
    (("delete",), "2 cards deleted, the history kept.", "2 cards are back in the library."),
]


@pytest.mark.usefixtures("decks")
@pytest.mark.parametrize(("verb", "words", "undone"), VERBS)
def test_each_verb_says_what_it_did_and_undo_takes_it_back(
    quizapp: Command, verb: tuple[str, ...], words: str, undone: str
) -> None:
    """One line, which names the way back; the cards are as they were after it."""
    cards = ("alpha/why-so", "beta")
    before = quizapp("cards", "--json").out
    done = quizapp(*verb, *cards)
    assert (done.code, done.out) == (0, f"{words} `quizapp undo` takes it back.\n")
    assert quizapp("cards", "--json").out != before
    assert quizapp("undo").out == f"{undone}\n"
    assert quizapp("cards", "--json").out == before


@pytest.mark.usefixtures("decks")
def test_the_marks_are_listed(quizapp: Command) -> None:
    """In JSON apart from the topic's tags, in the table behind the id; the counter verbs take them away."""
    quizapp("flag", "3", "alpha")
    quizapp("tag", "my own", "alpha")
    quizapp("bury", "alpha")
    card = listed(quizapp, "alpha")
    assert (card["flag"], card["tags"], card["own_tags"]) == ("green", ["a", "b"], ["my own"])
    assert card["buried"] is True
    assert "  alpha  flag:green  #my own\n" in quizapp("cards").out
    for verb in (("unflag",), ("untag", "my own"), ("unbury",)):
        assert quizapp(*verb, "alpha").code == 0
    card = listed(quizapp, "alpha")
    assert (card["flag"], card["own_tags"], card["buried"]) == (None, [], False)


@pytest.mark.usefixtures("decks")
def test_ids_come_from_standard_input(quizapp: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain, or as the objects that `cards --json` prints; blank lines say nothing."""
    line = json.dumps(listed(quizapp, "beta"))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"alpha\n\n{line}\nalpha\n"))
    assert quizapp("suspend", "-", "--json").value["cards"] == ["alpha", "beta"]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert quizapp("suspend", "-").out == "Nothing to do: no cards were given.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO('{"no": "id"}\n'))
    assert quizapp("suspend", "-").code == 2


@pytest.mark.usefixtures("decks")
def test_a_dry_run_writes_nothing(quizapp: Command) -> None:
    """It says what would be done, and how many go along."""
    assert quizapp("delete", "alpha", "--dry-run").out == (
        "2 cards would be deleted, the history kept, 1 of them along with their question.\n"
    )
    assert quizapp("log").out == ""


@pytest.mark.usefixtures("decks")
def test_errors_have_their_exit_codes_and_change_nothing(quizapp: Command) -> None:
    """An unknown card 3; an unknown flag, a tag or a day that is none 2."""
    for arguments, code, words in (
        (("suspend", "alpha", "gamma"), 3, "The card gamma is not in the library."),
        (("flag", "mauve", "alpha"), 2, "There is no flag 'mauve'."),
        (("tag", "a,b", "alpha"), 2, "is no tag"),
        (("set-due", "yesterday", "alpha"), 2, "is no day"),
        (("move", "/", "alpha"), 2, "names no deck"),
        (("suspend",), 2, "Missing argument"),
    ):
        done = quizapp(*arguments)
        assert (done.code, done.out) == (code, "")
        assert words in done.err
    assert quizapp("log").out == ""


def test_a_move_rewrites_the_file(quizapp: Command, decks: Path) -> None:
    """The deck is new in file and library, and old again after undo."""
    before = (decks / "alpha.md").read_text()
    assert quizapp("move", "maths/sets", "alpha").code == 0
    assert (decks / "alpha.md").read_text() == before.replace("deck\n", "maths/sets\n", 1)
    assert listed(quizapp, "alpha/why-so")["deck"] == "maths/sets"
    assert quizapp("undo").out == "2 cards are no longer in maths/sets.\n"
    assert (decks / "alpha.md").read_text() == before


def test_deleted_cards_are_listed_when_asked_for(quizapp: Command, decks: Path) -> None:
    """They are out of every listing else, stay out when the file is added again, and can be restored."""
    quizapp("delete", "alpha")
    quizapp("add", decks)
    assert "alpha" not in {card["id"] for card in quizapp("cards", "--json").lines}
    gone = quizapp("cards", "--deleted", "--json").lines
    assert [(card["id"], card["state"]) for card in gone] == [
        ("alpha", "deleted"),
        ("alpha/why-so", "deleted"),
    ]
    assert quizapp("answer", "alpha", "good").code == 3
    assert quizapp("undelete", "alpha").out.startswith("2 cards back in the library, 1 of them along")
    assert quizapp("cards", "--deleted").out == ""


@pytest.mark.usefixtures("decks")
def test_undo_takes_several_steps(quizapp: Command) -> None:
    """The latest first; when nothing is left it says so, which is no failure."""
    quizapp("suspend", "alpha", "beta")
    quizapp("answer", "beta", "good")
    lines = ["Good on ‘What is Beta?’ {} taken back.", "2 cards {} no longer suspended."]
    before = quizapp("log").out
    foreseen = quizapp("undo", 5, "--dry-run")
    assert foreseen.out == f"{lines[0].format('would be')}\n{lines[1].format('would be')}\n"
    assert foreseen.err == "2 steps would be taken back; there is nothing before.\n"
    assert quizapp("undo", "--dry-run").out == f"{lines[0].format('would be')}\n"
    assert quizapp("log").out == before
    done = quizapp("undo", 5)
    assert done.out == f"{lines[0].format('was')}\n{lines[1].format('are')}\n"
    assert (done.code, done.err) == (0, "2 steps were taken back; there is nothing before.\n")
    done = quizapp("undo")
    assert (done.code, done.out, done.err) == (0, "", "There is nothing to take back.\n")
    quizapp("tag", "x", "alpha")
    assert quizapp("undo", "--json").value == {
        "kind": "tag",
        "card": "alpha",
        "cards": 1,
        "rating": None,
        "dry_run": False,
        "words": "‘What is Alpha?’ is no longer tagged x.",
    }
    assert quizapp("undo", 0).code == 2


@pytest.mark.usefixtures("decks")
def test_redo_does_again_what_was_taken_back(quizapp: Command) -> None:
    """The latest undo first; after anything else there is nothing."""
    quizapp("suspend", "alpha", "beta")
    quizapp("answer", "beta", "good")
    quizapp("undo", 2)
    done = quizapp("redo", 5)
    assert done.out == "2 cards are again suspended.\nGood on ‘What is Beta?’ was given again.\n"
    assert (done.code, done.err) == (0, "There is nothing to do again.\n")
    quizapp("undo")
    assert quizapp("redo", "--json").value == {
        "kind": "review",
        "card": "beta",
        "cards": 1,
        "words": "Good on ‘What is Beta?’ was given again.",
    }
    quizapp("undo")
    quizapp("tag", "x", "alpha")
    assert quizapp("redo").err == "There is nothing to do again.\n"


@pytest.mark.usefixtures("decks")
def test_chosen_cards_are_exported(quizapp: Command, tmp_path: Path) -> None:
    """Their topics below a folder, one of them into a file, or the cards as JSON with their answers."""
    assert (
        quizapp("export", tmp_path / "out", "alpha/why-so").out == f"1 topic written below {tmp_path}/out\n"
    )
    assert [path.name for path in (tmp_path / "out").rglob("*.md")] == ["alpha.md"]
    one = tmp_path / "one.md"
    assert quizapp("export", one, "beta").out == f"1 topic written to {one}\n"
    assert one.read_text().startswith("# Beta\n")
    assert quizapp("export", one, "alpha").code == 3
    assert quizapp("export", "--force", one, "alpha").code == 0
    assert quizapp("export", one, "alpha", "beta").code == 2
    assert quizapp("export", tmp_path / "out", "gamma").code == 3
    assert quizapp("export").code == 2
    cards = quizapp("export", "--json", "beta", "alpha/why-so").lines
    assert [(card["id"], card["answer"]) for card in cards] == [
        ("beta", "Because."),
        ("alpha/why-so", "Because."),
    ]
    assert len(quizapp("export", "--json").lines) == len(quizapp("cards", "--json").lines)


@pytest.mark.usefixtures("decks")
def test_leeches_are_listed_with_their_diagnosis(quizapp: Command, home: Path) -> None:
    """From the set number of lapses on; the listing of cards marks them."""
    assert quizapp("leeches").err == "No card was forgotten 8 times or more.\n"
    (home / "config.toml").write_text("leech_lapses = 1\n")
    quizapp("answer", "beta", "easy", "--at", "2026-01-02T12:00+00:00")
    quizapp("answer", "beta", "again", "--at", "2026-02-20T12:00+00:00")
    (leech,) = quizapp("leeches", "--json").lines
    assert (leech["id"], leech["leech"], leech["diagnosis"]["lapses"]) == ("beta", True, 1)
    assert leech["diagnosis"]["simulation"] is None
    assert quizapp("leeches").out.splitlines()[:2] == ["beta", "  Forgotten once in 2 reviews."]
    assert all(word in quizapp("leeches").err for word in ("Read", "run", "split", "suspend"))
    assert "beta  leech\n" in quizapp("cards").out
