"""`quizapp find` and `quizapp study --search`: the search language on the command line."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from quizapp.core.first_words import first_words
from quizapp.services.library import open_library
from tests.cli.conftest import Command


def test_found_cards_are_json_lines_like_those_of_cards(quizapp: Command) -> None:
    """Each has all that `cards` says, and more; the same card is the same."""
    found = quizapp("find", "topic:rezero", "--json")
    assert found.code == 0
    known = {card["id"]: card for card in quizapp("cards", "--json").lines}
    assert found.lines
    for card in found.lines:
        assert known[card["id"]].items() <= card.items()
        assert card["added"]
        assert (card["interval"], card["flag"], card["own_tags"]) == (None, None, [])


def test_words_are_joined_and_a_minus_begins_a_term(quizapp: Command) -> None:
    """Several arguments are one query; -term needs no --."""
    everything = quizapp("find", "", "--json").lines
    with_word = quizapp("find", "gradient", "deck:residual-connections", "--json").lines
    without = quizapp("find", "-gradient", "--json").lines
    assert {card["id"] for card in with_word} | {card["id"] for card in without} == {
        card["id"] for card in everything
    }
    assert not {card["id"] for card in with_word} & {card["id"] for card in without}


def test_order_limit_and_columns(quizapp: Command) -> None:
    """--sort takes a key, with a minus the other way round; --limit and --columns narrow."""
    answered = quizapp("answer", "rezero", "easy")
    assert answered.code == 0
    done = quizapp("find", "", "--sort", "-stability", "--limit", "2", "--columns", "id,reps", "--json").lines
    assert done[0] == {"id": "rezero", "reps": 1}
    assert len(done) == 2
    titles = [card["question"] for card in quizapp("find", "is:new", "--sort", "question", "--json").lines]
    assert titles[0].lower() <= titles[-1].lower()


def test_a_table_has_a_line_a_card(quizapp: Command) -> None:
    """State, due, the question's first words, deck and id stand in columns of one width."""
    shown = quizapp("find", "topic:rezero")
    lines = shown.out.splitlines()
    assert len(lines) == len(quizapp("find", "topic:rezero", "--json").lines)
    question = quizapp("find", "topic:rezero", "--json").lines[0]["question"]
    words = first_words(question, 40)
    assert words.endswith("…")
    assert lines[0].split() == ["new", "-", *words.split(), "residual-connections/scale", "rezero"]
    assert len({line.index("residual-connections") for line in lines}) == 1


def test_nothing_found_is_no_failure(quizapp: Command) -> None:
    """Nothing stands on stdout, the exit code is 0, and people are told."""
    shown = quizapp("find", "nothing-has-this-word")
    assert (shown.code, shown.out, shown.err) == (0, "", "No card found.\n")
    shown = quizapp("find", "nothing-has-this-word", "--json")
    assert (shown.code, shown.out, shown.err) == (0, "", "")


def test_people_read_local_time_and_scripts_the_exact_one(quizapp: Command, home: Path) -> None:
    """A card in learning is due at a minute on the learner's clock, in the tables of find and cards."""
    quizapp("answer", "rezero", "again")
    due = quizapp("find", "topic:rezero", "is:learn", "--json").lines[0]["due"]
    assert datetime.fromisoformat(due).isoformat() == due
    with closing(open_library(f"sqlite:///{home / 'quizapp.db'}")) as workspace:
        local = f"{datetime.fromisoformat(due).astimezone(workspace.zone):%Y-%m-%d %H:%M}"
    assert quizapp("find", "topic:rezero", "is:learn", "--columns", "due").out == f"{local}\n"
    assert any(f"learning    {local} " in line for line in quizapp("cards").out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (("find", "is:dew"), "Column 1: `is:dew` is no state", "Did you mean `is:new`?"),
        (("find", "(a"), "Column 1: the `(` is not closed", "Write )"),
        (("find", "a", "--sort", "size"), "sorted by 'size'", "added, question"),
        (("find", "a", "--columns", "size"), "no column 'size'", "id, topic"),
        (("find", "a", "--jsn"), "no option --jsn", "--help"),
        (("find",), "Missing argument", ""),
        (("study", "--no-schedule"), "need --search", ""),
        (("study", "deck", "--search", "a"), "both named", "deck:NAME"),
        (("study", "--search", "a"), "needs a terminal", "quizapp find"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(
    quizapp: Command, arguments: tuple[str, ...], what: str, hint: str
) -> None:
    """A query that cannot be understood is wrong use, too; nothing is printed on stdout."""
    shown = quizapp(*arguments)
    assert shown.code == 2
    assert shown.out == ""
    assert what in shown.err
    assert hint in shown.err
