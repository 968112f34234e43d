"""The map of the whole material: one line a deck or topic, drawn as a whole; the cursor chooses one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message

from quizapp.core.chart import meter
from quizapp.core.progress_map import locked_words, step_words
from quizapp.tui.one_line import name_in_line
from quizapp.tui.widgets.line_list import LineList, cursor_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style

    from quizapp.core.progress_map import MapRow, ProgressMap

_CARDS, _POINTS, _SIMULATIONS, _METER, _NEXT, _LOCKED = 8, 8, 7, 6, 14, 13
_PER_CENT = 6
_STRENGTH = 2 + _METER + _PER_CENT
_UNMETERED = 4
_LEAST_NAME, _DEEPEST = 20, 6


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which figures have room, and how wide the names are; coverage of simulations goes first, then of points."""

    name: int
    points: bool
    simulations: bool
    meter: bool
    locked: bool


class TopicMap(LineList):
    """Decks and their topics with coverage, strength and the next step. The first line names the figures."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "topic-map--deck",
        "topic-map--topic",
        "topic-map--figure",
        "topic-map--meter",
        "topic-map--next",
    }
    DEFAULT_CSS = """
    TopicMap { scrollbar-gutter: stable; }
    TopicMap > .topic-map--deck { color: $foreground; text-style: bold; }
    TopicMap > .topic-map--topic { color: $foreground; }
    TopicMap > .topic-map--figure { color: $foreground 75%; }
    TopicMap > .topic-map--meter { color: $secondary; }
    TopicMap > .topic-map--next { color: $primary; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Study deck", id="progress.study", tooltip="Study the deck of this line"),
        *cursor_keys("progress"),
        Binding("left,h", "fold", "Fold deck", id="progress.fold", show=False),
        Binding("right,l", "unfold", "Unfold deck", id="progress.unfold", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """A deck was chosen for study."""

        path: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without a map."""
        super().__init__(id=id)
        self._map: ProgressMap | None = None
        self._folded: frozenset[str] = frozenset()
        self._visible: list[MapRow] = []

    def show(self, shown: ProgressMap) -> None:
        """Show another map; the cursor stays on its line while that is there."""
        chosen = self.chosen
        self._map = shown
        self._see()
        if chosen is not None:
            self._go_to(chosen.topic, chosen.deck)

    def go_to_next(self) -> None:
        """Put the cursor on the topic to go on with."""
        if self._map is not None and self._map.next is not None:
            topic = self._map.next
            parts = topic.deck.split("/")
            self._folded -= {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
            self._see()
            self._go_to(topic.id, topic.deck)

    @property
    def chosen(self) -> MapRow | None:
        """The line under the cursor."""
        return self._visible[self.cursor] if self.cursor < len(self._visible) else None

    def _go_to(self, topic: str, deck: str) -> None:
        places = [place for place, row in enumerate(self._visible) if (row.topic, row.deck) == (topic, deck)]
        self.keep_cursor(places[0] if places else None)

    def _see(self) -> None:
        """Find the lines that no folded deck hides."""
        rows = self._map.rows if self._map else ()
        inside = tuple(f"{path}/" for path in self._folded)
        self._visible = [
            row
            for row in rows
            if not (inside and row.deck.startswith(inside)) and not (row.topic and row.deck in self._folded)
        ]
        self.measure()

    def action_choose(self) -> None:
        """Study the deck of the line."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen.deck))

    def action_fold(self) -> None:
        """Hide what lies below the deck, or go up to the deck above the line."""
        row = self.chosen
        if row is None:
            return
        above = _above(row)
        if not row.topic and row.deck not in self._folded:
            self._folded |= {row.deck}
            self._see()
        elif above:
            self._go_to("", above)

    def action_unfold(self) -> None:
        """Show what lies below the deck."""
        if self.chosen is not None:
            self._folded -= {self.chosen.deck}
            self._see()

    @property
    def row_count(self) -> int:
        """How many decks and topics are in the list."""
        return len(self._visible)

    def _beside(self, row: MapRow) -> Iterator[str]:
        """Yield the names of the topics, or decks, below the same deck."""
        above = _above(row)
        return (other.name for other in self._visible if _above(other) == above)

    def heading(self, width: int) -> str:
        """Name the figures."""
        layout = _layout(width)
        words = "  Deck and topic".ljust(layout.name) + f"{'cards':>{_CARDS}}"
        words += f"{'points':>{_POINTS}}" * layout.points + f"{'sims':>{_SIMULATIONS}}" * layout.simulations
        strength = _STRENGTH if layout.meter else _PER_CENT + _UNMETERED
        return words + f"{'strength':>{strength}}" + "    next"

    def row_segments(self, place: int, width: int, ground: Style, *, selected: bool) -> list[Segment]:
        """Draw a deck or a topic."""
        row, layout = self._visible[place], _layout(width)
        style = self.get_component_rich_style
        one = row.standing
        is_next = self._map is not None and self._map.next is not None and self._map.next.id == row.topic
        sign = "" if row.topic else "▸ " if row.deck in self._folded else "▾ "
        before = ("› " if selected else "» " if is_next else "  ") + "  " * min(row.depth, _DEEPEST) + sign
        label = before + name_in_line(row.name, max(1, layout.name - len(before) - 1), self._beside(row))
        name = style("topic-map--next" if is_next else "topic-map--topic" if row.topic else "topic-map--deck")
        figures = f"{one.cards.words:>{_CARDS}}" + f"{one.points.words:>{_POINTS}}" * layout.points
        figures += f"{one.simulations.words:>{_SIMULATIONS}}" * layout.simulations
        bar = f"  {meter(one.strength, _METER)}" if layout.meter else " " * _UNMETERED
        strength = f"{100 * one.strength:>{_PER_CENT - 2}.0f} %"
        day = self._map.day if self._map else 0
        step = f"    {step_words(one, day):{_NEXT - 4}}" + f"{locked_words(one):>{_LOCKED}}" * layout.locked
        return [
            Segment(set_cell_size(label, layout.name), name + ground),
            Segment(figures, style("topic-map--figure") + ground),
            Segment(bar + strength, style("topic-map--meter") + ground),
            Segment(step, (name if is_next else style("topic-map--figure")) + ground),
        ]


def _above(row: MapRow) -> str:
    return row.deck if row.topic else row.deck.rpartition("/")[0]


def _layout(width: int) -> _Layout:
    """Return what fits: the name, cards, strength and the next step always."""
    room = width - _CARDS - _PER_CENT - _UNMETERED - _NEXT - _LEAST_NAME
    has_points = room >= _POINTS
    room -= _POINTS * has_points
    has_simulations = has_points and room >= _SIMULATIONS
    room -= _SIMULATIONS * has_simulations
    has_meter = room >= 2 + _METER - _UNMETERED
    room -= (2 + _METER - _UNMETERED) * has_meter
    has_locked = room >= _LOCKED + _LEAST_NAME
    room -= _LOCKED * has_locked
    return _Layout(_LEAST_NAME + max(0, room), has_points, has_simulations, has_meter, has_locked)
