"""What the editor asks before anything could be lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from quizapp.services.deck_editing import ChangedOnDiskError, Opened
from quizapp.services.drafts import Draft
from quizapp.tui.screens.changed_on_disk import ChangedOnDiskScreen
from quizapp.tui.screens.choose import Choice, ChooseScreen

RESTORE, THROW_AWAY, SAVE = "r", "d", "s"


def about_draft(draft: Draft, opened: Opened, zone: tzinfo | None) -> ChooseScreen:
    """Ask what becomes of what was typed earlier."""
    when = draft.kept_at.astimezone(zone)
    words = f"On {when:%a %d %b at %H:%M} this file was being edited, and what was typed was not saved."
    if draft.base != opened.base:
        words += " The file has changed since then: saving will ask before anything is overwritten."
    choices = (Choice(RESTORE, "take it up again"), Choice(THROW_AWAY, "throw it away"))
    return ChooseScreen("Not saved earlier", words, choices, "leave both as they are")


def about_change(theirs: Opened, mine: Sequence[str]) -> ChangedOnDiskScreen:
    """Ask whose words count, this editor's or another program's."""
    words = "Another program wrote it since it was opened here."
    return ChangedOnDiskScreen(theirs.path.name, words, theirs.text.lines, mine)


def about_deletion(error: ChangedOnDiskError) -> ChooseScreen:
    """Ask what becomes of what is typed into a file that has gone."""
    choices = (
        Choice(SAVE, "write it again, with what is typed here"),
        Choice(THROW_AWAY, "throw away what is typed, and leave"),
    )
    return ChooseScreen("Deleted on disk", f"{error.message}\nNothing was written.", choices, "go on editing")


def about_leaving(opened: Opened) -> ChooseScreen:
    """Ask what becomes of what is not saved."""
    choices = (Choice(SAVE, "save it and leave"), Choice(THROW_AWAY, "throw it away and leave"))
    words = f"What was typed into {opened.path.name} is not saved."
    return ChooseScreen("Leave the editor?", words, choices, "go on editing")
