"""The form for a new topic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input, Select, TextArea

from quizapp.errors import StoreError
from quizapp.services import library
from quizapp.tui.screens.choose import ChooseScreen
from quizapp.tui.screens.editor import EditorScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.new_topic import NewTopicScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.deck_text_area import DeckTextArea
from tests.learner import Learner
from tests.tui.desk import Desk, at_home

if TYPE_CHECKING:
    import pytest


async def fill(desk: Desk, **fields: str) -> None:
    """Put words into the fields."""
    for name, words in fields.items():
        field = desk.screen.query_one(f"#new-{name}")
        if isinstance(field, Input):
            field.value = words
        elif isinstance(field, TextArea):
            field.text = words
    await desk.pilot.pause()
    await desk.settle()


async def test_a_topic_is_written_and_can_be_studied(learner: Learner) -> None:
    """Typed with keys alone, its deck taken from the proposal; the figures count it at once."""
    learner.learn("Beta", deck="deep/nets", question="How does a beta arise from nothing?")
    async with at_home(learner) as desk:
        await desk.press("n", *"Alpha", "tab", *"dee")
        deck = desk.screen.query_one("#new-deck", Input)
        for _ in range(20):  # the proposal comes a moment after the key
            await desk.press("right")
            if deck.value == "deep/nets":
                break
        await desk.press("tab", "tab", *"a,b", "tab", *"Why", "tab", *"So", "tab", *"Hm")
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.is_on(ChooseScreen))
        assert any("2 cards in deep/nets" in line for line in desk.shown)
        path = learner.workspace.paths.decks / "deep" / "nets" / "alpha.md"
        assert path.read_text(encoding="utf-8") == (
            "# Alpha\n**Category:** deep/nets\n**Difficulty:** 3\n**Tags:** a,b\n"
            "\n## Question\nWhy\n\n## Answer\nSo\n\n## Follow-up Questions\n- Hm\n"
        )
        await desk.press("escape")
        assert desk.is_on(HomeScreen)
        await desk.until(lambda: "2 new" in "\n".join(desk.shown))
        await desk.press("n")
        await fill(desk, title="Gamma", question="Who?", answer="She.")
        await desk.press("ctrl+s", "enter")
        await desk.until(lambda: desk.is_on(StudyScreen) and desk.card == "Who?")


async def test_what_is_pasted_into_a_field_cannot_act(learner: Learner) -> None:
    """A copied escape sequence is text there, too; lines stay lines."""
    async with at_home(learner) as desk:
        await desk.press("n")
        area = desk.screen.query_one("#new-answer", TextArea)
        area.post_message(events.Paste("a\x1b[2J\nb"))
        await desk.pilot.pause()
        assert area.text == "a�[2J\nb"


async def test_what_is_missing_is_told(learner: Learner) -> None:
    """Nothing is written, and nothing that was typed is gone."""
    async with at_home(learner) as desk:
        await desk.press("n")
        await fill(desk, title="Alpha", question="Why?")
        await desk.press("ctrl+s")
        assert desk.notices == ["Not added: Section 'Answer' is empty.\nWrite its text below the heading."]
        assert desk.is_on(NewTopicScreen)
        assert desk.screen.query_one("#new-question", TextArea).text == "Why?"
        assert len(desk.app._notifications) == 1
        assert not learner.workspace.paths.decks.exists()
        await fill(desk, answer="So.")
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.is_on(ChooseScreen))
        assert len(desk.app._notifications) == 0


async def test_the_editor_takes_over(learner: Learner) -> None:
    """With all that was typed and the headings of the rest; saving gives the file its name."""
    async with at_home(learner) as desk:
        await desk.press("n")
        await fill(desk, title="Alpha", question="Why?")
        await desk.press("ctrl+o")
        assert desk.is_on(EditorScreen)
        area = desk.screen.query_one(DeckTextArea)
        assert "## What to Cover" in area.lines
        await desk.press("ctrl+n", "ctrl+n")
        assert area.lines[area.cursor_location[0]] == "## Answer"
        await desk.press("down", *"So.", "ctrl+s")
        assert desk.notices[-1] == "Saved alpha.md: 1 card new."
        await desk.press("escape")
        assert desk.is_on(HomeScreen)
        assert (learner.workspace.paths.decks / "unsorted" / "alpha.md").exists()


async def test_leaving_asks_and_keeps(learner: Learner) -> None:
    """What is kept is offered the next time, also after the app was killed; what is thrown away is not."""
    async with at_home(learner) as desk:
        await desk.press("n", "escape")
        assert desk.is_on(HomeScreen)
        await desk.press("n")
        await fill(desk, title="Alpha")
        await desk.press("escape", "escape")
        assert desk.is_on(NewTopicScreen)
    async with at_home(learner) as desk:
        await desk.press("n")
        assert desk.is_on(ChooseScreen)
        await desk.press("r")
        await desk.until(lambda: desk.is_on(EditorScreen))
        assert "# Alpha" in desk.screen.query_one(DeckTextArea).lines
        await desk.press("escape", "d")
        assert desk.is_on(HomeScreen)
        await desk.press("n")
        assert desk.is_on(NewTopicScreen)
        await fill(desk, title="Beta")
        await desk.press("escape", "k", "n")
        assert desk.is_on(ChooseScreen)
        await desk.press("d")
        assert desk.is_on(NewTopicScreen)


async def test_two_forms_keep_a_draft_each(learner: Learner) -> None:
    """One that was kept stays while another topic is begun, added, or left; the editor goes on with the form's own."""
    async with at_home(learner) as desk:
        await desk.press("n")
        await fill(desk, title="Alpha")
        await desk.press("escape", "k", "n")
        assert any("Alpha" in line for line in desk.shown)
        await desk.press("n")
        assert desk.is_on(NewTopicScreen)
        await fill(desk, title="Beta", question="Why?")
        await desk.press("ctrl+o")
        await desk.until(lambda: desk.is_on(EditorScreen))
        assert "# Beta" in desk.screen.query_one(DeckTextArea).lines
        await desk.press("escape", "d", "n")
        assert any("Alpha" in line for line in desk.shown)
        await desk.press("n")
        await fill(desk, title="Gamma", question="Who?", answer="She.")
        await desk.press("ctrl+s")
        await desk.until(lambda: (learner.workspace.paths.decks / "unsorted" / "gamma.md").exists())
        await desk.press("escape", "n")
        assert any("Alpha" in line for line in desk.shown)
        await desk.press("r")
        await desk.until(lambda: desk.is_on(EditorScreen))
        assert "# Alpha" in desk.screen.query_one(DeckTextArea).lines


async def test_a_form_that_was_emptied_leaves_nothing(learner: Learner) -> None:
    """What is erased is not offered again."""
    async with at_home(learner) as desk:
        await desk.press("n")
        await fill(desk, title="Alpha")
        await fill(desk, title="")
        await desk.press("escape", "n")
        assert desk.is_on(NewTopicScreen)


async def test_fields_have_an_extent(learner: Learner) -> None:
    """An empty one is seen as a field, in both themes: it has another ground than the screen."""
    for theme in ("quizapp-light", "quizapp-dark"):
        learner.workspace.settings = replace(learner.workspace.settings, theme=theme)
        async with at_home(learner) as desk:
            await desk.press("n")
            ground = desk.screen.styles.background
            for field in (*desk.screen.query(Input), *desk.screen.query(TextArea)):
                assert field.styles.background != ground
                assert abs(field.styles.background.brightness - ground.brightness) > 0.05


async def test_a_folder_can_be_chosen(learner: Learner) -> None:
    """One that was added; without any there is nothing to choose."""
    async with at_home(learner) as desk:
        await desk.press("n")
        assert not desk.sees("#new-folder-line")
    learner.learn("Beta", question="How does a beta arise from nothing?")
    async with at_home(learner) as desk:
        await desk.press("n")
        assert desk.sees("#new-folder-line")
        await fill(desk, title="Alpha", deck="maths", question="Why?", answer="So.")
        desk.screen.query_one("#new-folder", Select).value = 1
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.is_on(ChooseScreen))
        assert (learner.decks / "maths" / "alpha.md").exists()


async def test_a_library_that_fails_leaves_the_file(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What happened is said, with nothing lost."""

    def locked(*_: object) -> None:
        raise StoreError("The database is locked by another program.", "Close it.")

    async with at_home(learner) as desk:
        await desk.press("n")
        await fill(desk, title="Alpha", question="Why?", answer="So.")
        with monkeypatch.context() as broken:
            broken.setattr(library, "add", locked)
            await desk.press("ctrl+s")
        assert desk.notices[-1].startswith("Written, but not taken in")
        assert (learner.workspace.paths.decks / "unsorted" / "alpha.md").exists()


async def test_it_is_offered_in_the_palette_everywhere(learner: Learner) -> None:
    """On Home by its key, elsewhere by name."""
    async with at_home(learner) as desk:
        names = [command.title for command in desk.app.get_system_commands(desk.screen)]
        assert names.count("New topic") == 1
        await desk.press("a")
        names = [command.title for command in desk.app.get_system_commands(desk.screen)]
        assert names.count("New topic") == 1
