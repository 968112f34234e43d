"""A leech: why the card does not stay, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizapp.core.leech import diagnosis_lines
from quizapp.core.plain import printable
from quizapp.services.trials import front_line
from quizapp.tui.hanging import Hanging
from quizapp.tui.key_words import keyed
from quizapp.tui.one_line import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.core.card import Card
    from quizapp.core.leech import Diagnosis

_HELP = (
    ("r", "Read", "the answer again, slowly, and say it in your own words"),
    ("x", "Run its simulation", "predict first: what was seen stays better than what was read"),
    ("s", "Split it", "here: what is missed becomes follow-ups, whose questions you write"),
    ("e", "Split it in your editor", "a bullet of the follow-ups is a card of its own"),
    ("z", "Suspend it", "until you have understood it elsewhere"),
)


class LeechScreen(ModalScreen[str | None]):
    """Returns what the learner chose to do: `read`, `simulate`, `split`, `edit`, `suspend`, or None."""

    CSS = """
    LeechScreen { align: center middle; }
    #leech { width: 82; max-width: 95%; height: auto; max-height: 100%; padding: 0 2; }
    #leech { background: $surface; border: round $warning 70%; scrollbar-size-vertical: 1; }
    #leech > Static { height: auto; }
    #leech-words { margin: 0 0 1 0; }
    LeechScreen.-normal #leech, LeechScreen.-narrow #leech { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "choose('read')", "Read", id="leech.read", tooltip="Read the topic's answer again"),
        Binding(
            "x",
            "choose('simulate')",
            "Simulate",
            id="leech.simulate",
            tooltip="Predict and run its simulation",
        ),
        Binding(
            "s",
            "choose('split')",
            "Split",
            id="leech.split",
            tooltip="Make what is missed follow-ups of their own, in the app's editor",
        ),
        Binding(
            "e",
            "choose('edit')",
            "Edit",
            id="leech.edit",
            tooltip="Edit its file in $EDITOR, to split the card",
        ),
        Binding(
            "z", "choose('suspend')", "Suspend", id="leech.suspend", tooltip="Take the card out of study"
        ),
        Binding("down,j", "scroll(1)", "Down", id="leech.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="leech.up", show=False),
        Binding("escape,q", "leave", "Back", id="leech.leave"),
    ]

    def __init__(self, card: Card, diagnosis: Diagnosis) -> None:
        """Show what a card's history says."""
        super().__init__()
        self._card = card
        self._diagnosis = diagnosis

    def compose(self) -> ComposeResult:
        """Lay out the diagnosis over what can be done."""
        with VerticalScroll(id="leech") as box:
            box.border_title = "A leech: this card does not stay"
            box.border_subtitle = keyed("{leech.leave=esc} goes on")
            yield Static(self._words(), id="leech-words")
            yield Static(self._help())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no suspension of a card that is suspended."""
        return not (action == "choose" and parameters[0] == "suspend" and self._diagnosis.is_suspended)

    def action_choose(self, what: str) -> None:
        """Return what to do."""
        self.dismiss(what)

    def action_scroll(self, lines: int) -> None:
        """Scroll to what does not fit."""
        self.query_one("#leech", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def _words(self) -> Hanging:
        name = Content.styled(one_line(front_line(self._card), 160) + "\n", "bold")
        lines = map(printable, diagnosis_lines(self._diagnosis))
        return Hanging([(Content(""), name), *map(_behind_its_count, lines)])

    def _help(self) -> Hanging:
        lines: list[tuple[Content, Content]] = []
        for key, label, words in _HELP:
            if key == "z" and self._diagnosis.is_suspended:
                words = "It is suspended: it comes no more."
                lines.append((Content(""), Content.styled(words, "$foreground 75%")))
                continue
            if key == "x":
                name = self._diagnosis.simulation
                words = f"{name}: {words}" if name else f"it has none; choose one. {words.capitalize()}"
            said = Content.assemble(f"{label}: ", (words, "$foreground 75%"))
            lines.append((Content.styled(f"{key}  ", "$primary bold"), said))
        return Hanging(lines)


def _behind_its_count(line: str) -> tuple[Content, Content]:
    """Return a line of the diagnosis in two: of a point, how often it was missed stands before it."""
    indented = line.startswith("  ")
    count, gap, point = line.strip().partition("  ")
    return (Content(f"  {count}{gap}"), Content(point)) if indented else (Content(""), Content(line))
