"""Searches that could go on for ever: a regular expression is ended, a wildcard needs no ending."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.saved_search import SavedSearch
from quizapp.core.search.pattern import LETTER_OR_DIGIT, Pattern, Wild, hierarchy_regex, whole_word_regex
from quizapp.errors import SearchEndedError
from quizapp.services import saved_searches
from quizapp.services.cram import begin_cram
from quizapp.services.find import find, studied_count
from quizapp.store import search_apart
from tests.learner import Learner

RUNAWAY = '"re:(a+)+b"'
WITHIN_S = 5.0


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """Return a learner with a text on which Python's matcher goes on for years."""
    learner = Learner(tmp_path)
    learner.write("Alpha", answer="a" * 60 + " c")
    learner.write("Beta", answer="aaab")
    learner.add()
    yield learner
    learner.workspace.close()


def test_a_runaway_expression_is_ended_by_whoever_asked(learner: Learner) -> None:
    """It ends at once, and while it runs the threads of the app go on."""
    stop = threading.Event()
    begun = time.monotonic()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(SearchEndedError, match="was stopped"):
        find(learner.workspace, RUNAWAY, stop=stop)
    assert time.monotonic() - begun < WITHIN_S


def test_a_runaway_expression_ends_by_itself(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says after how long, and what to write; a saved one costs Home its count alone, and a tag's is ended too."""
    monkeypatch.setattr(search_apart, "LONGEST_S", 0.2)
    with pytest.raises(SearchEndedError, match=r"(?s)stopped after .* s\..*write a\+ alone"):
        find(learner.workspace, RUNAWAY)
    with pytest.raises(SearchEndedError):
        begin_cram(learner.workspace, SavedSearch("", f"is:new -{RUNAWAY}"))
    saved_searches.save(learner.workspace, SavedSearch("slow", RUNAWAY))
    saved_searches.save(learner.workspace, SavedSearch("quick", "alpha"))
    assert [each.cards for each in saved_searches.counted(learner.workspace)] == [None, 1]


def test_an_ordinary_expression_finds_what_it_found_in_the_process(learner: Learner) -> None:
    """With other terms around it, counted and sorted alike."""
    assert len(find(learner.workspace, "-deck:nowhere (re:a{50} or re:aaab)").numbers) == 2
    assert studied_count(learner.workspace, "re:aaab tag:re:^a$") == 1


PIECES = st.lists(
    st.one_of(st.sampled_from(Wild), st.sampled_from(["a", "b", "ab", "-"])), min_size=1, max_size=6
)


def backtracking(pattern: Pattern, letter: str) -> str:
    """Return the plain way to write a pattern with wildcards."""
    wild = {Wild.ANY: f"{letter}*", Wild.ONE: letter}
    return "".join(wild[piece] if isinstance(piece, Wild) else re.escape(piece) for piece in pattern.pieces)


@given(pieces=PIECES, text=st.text("ab- ", max_size=12))
def test_wildcards_find_what_going_back_and_forth_finds(pieces: list[str | Wild], text: str) -> None:
    """A whole name, and a whole word inside of a text."""
    pattern = Pattern(tuple(pieces))
    whole = re.compile(backtracking(pattern, ".") + "(?:-.*)?")
    assert bool(re.fullmatch(hierarchy_regex(pattern, "-"), text)) == bool(whole.fullmatch(text))
    inner = backtracking(pattern, LETTER_OR_DIGIT)
    word = re.compile(f"(?<!{LETTER_OR_DIGIT}){inner}(?!{LETTER_OR_DIGIT})")
    assert bool(re.search(whole_word_regex(pattern), text)) == bool(word.search(text))


def test_many_wildcards_take_no_longer_than_few(learner: Learner) -> None:
    """Neither in a name nor in a word is anything looked for twice."""
    learner.write("B" + "a" * 200)
    learner.add()
    begun = time.monotonic()
    for query in ("topic:" + "*a" * 12 + "x", "w:" + "a*" * 12 + "x", "a*" * 12 + "x"):
        assert len(find(learner.workspace, query).numbers) == 0
    assert time.monotonic() - begun < WITHIN_S
