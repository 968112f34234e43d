"""What is typed, kept against a crash."""

from __future__ import annotations

import pytest

from quizapp.services import deck_editing
from quizapp.services.deck_editing import Opened
from quizapp.tui.draft_keeper import DraftKeeper
from tests.learner import Learner


@pytest.fixture
def opened(learner: Learner) -> Opened:
    """Return a file that was opened."""
    return deck_editing.open_file(learner.write("Alpha"))


def test_what_is_typed_is_kept_until_the_file_has_it(learner: Learner, opened: Opened) -> None:
    """Taking it back by hand is like saving it."""
    keeper = DraftKeeper(learner.workspace)
    keeper.is_begun = True
    keeper.keep(opened, ["typed"])
    assert deck_editing.unsaved(learner.workspace, opened) is not None
    keeper.keep(opened, opened.text.lines)
    assert deck_editing.unsaved(learner.workspace, opened) is None


def test_an_earlier_draft_stays_until_it_was_looked_at(learner: Learner, opened: Opened) -> None:
    """Opening the file alone loses nothing of it."""
    deck_editing.keep(learner.workspace, opened, ["earlier"])
    DraftKeeper(learner.workspace).keep(opened, opened.text.lines)
    assert deck_editing.unsaved(learner.workspace, opened) is not None


def test_two_editors_of_one_file_keep_a_draft_each(learner: Learner, opened: Opened) -> None:
    """As in two apps at once: neither writes over what the other keeps, nor forgets it."""
    mine, other = DraftKeeper(learner.workspace), DraftKeeper(learner.workspace)
    mine.is_begun = other.is_begun = True
    mine.keep(opened, ["mine"])
    other.keep(opened, ["other"])
    other.keep(opened, opened.text.lines)
    draft = deck_editing.unsaved(learner.workspace, opened)
    assert draft is not None
    assert draft.content == b"mine"
    other.take_over(draft)
    other.keep(opened, ["mine, and more"])
    draft = deck_editing.unsaved(learner.workspace, opened)
    assert draft is not None
    assert draft.content == b"mine, and more"


def test_a_write_that_comes_late_brings_nothing_back(learner: Learner, opened: Opened) -> None:
    """The editor was left, and what was typed thrown away, while a thread was about to keep it."""
    keeper = DraftKeeper(learner.workspace)
    keeper.is_begun = True
    keeper.keep(opened, ["typed"])
    keeper.throw_away()
    keeper.close()
    keeper.keep(opened, ["typed"])
    assert deck_editing.unsaved(learner.workspace, opened) is None
