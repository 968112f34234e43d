"""Keys of a field that come in one burst."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.events import Key
from textual.widgets import Input, TextArea

from quizapp.tui.widgets.answer_editor import AnswerEditor
from quizapp.tui.widgets.markdown_text_area import MarkdownTextArea
from quizapp.tui.widgets.typed_in_order import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

BURST = ("a", "b", "left", "c", "backspace", "end", "backspace", "1", "e", "backspace", "5")


class Fields(App[None]):
    """Three of them."""

    def compose(self) -> ComposeResult:
        """Yield one of each kind."""
        yield Line()
        yield AnswerEditor()
        yield MarkdownTextArea()


@pytest.mark.parametrize("kind", [Line, AnswerEditor, MarkdownTextArea])
async def test_a_burst_is_taken_as_it_was_typed(kind: type[Input | TextArea]) -> None:
    """Each backspace takes the letter before it, although letters wait behind it."""
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(kind)
        field.focus()
        await pilot.pause()
        for key in BURST:
            app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause(0.1)
        assert (field.value if isinstance(field, Input) else field.text) == "a15"
