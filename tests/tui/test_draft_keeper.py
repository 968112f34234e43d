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
    keeper.may_forget = True
    keeper.keep(opened, ["typed"])
    assert deck_editing.unsaved(learner.workspace, opened) is not None
    keeper.keep(opened, opened.text.lines)
    assert deck_editing.unsaved(learner.workspace, opened) is None


def test_an_earlier_draft_stays_until_it_was_looked_at(learner: Learner, opened: Opened) -> None:
    """Opening the file alone loses nothing of it."""
    deck_editing.keep(learner.workspace, opened, ["earlier"])
    DraftKeeper(learner.workspace).keep(opened, opened.text.lines)
    assert deck_editing.unsaved(learner.workspace, opened) is not None


def test_a_write_that_comes_late_brings_nothing_back(learner: Learner, opened: Opened) -> None:
    """The editor was left, and what was typed thrown away, while a thread was about to keep it."""
    keeper = DraftKeeper(learner.workspace)
    keeper.keep(opened, ["typed"])
    keeper.throw_away(opened)
    keeper.close()
    keeper.keep(opened, ["typed"])
    assert deck_editing.unsaved(learner.workspace, opened) is None
