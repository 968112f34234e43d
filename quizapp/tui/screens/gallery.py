"""The lab's gallery: every simulation by group with its picture; those that fit a card stand first; type to narrow it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from quizapp.core.chart.label import clean
from quizapp.core.gallery import Exhibit, Section, best_named, sections
from quizapp.errors import QuizError
from quizapp.services.gallery import Seen, hung, seen
from quizapp.tui.turns import complain
from quizapp.tui.widgets.exhibit_panel import ExhibitPanel
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.typed_in_order import Line
from sims import catalogue

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.services.workspace import Workspace

NOT_RUN, RAN, BROKEN = "·", "▪", "✗"


class GalleryScreen(ModalScreen[str | None]):
    """Returns the name of the simulation that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="gallery.open", priority=True),
        Binding("down", "move(1)", "Choose", id="gallery.next", key_display="↑↓", priority=True),
        Binding("up", "move(-1)", "Choose the one before", id="gallery.previous", priority=True, show=False),
        Binding("pagedown", "move(5)", "Five further", id="gallery.page-down", priority=True, show=False),
        Binding("pageup", "move(-5)", "Five back", id="gallery.page-up", priority=True, show=False),
        Binding("escape", "cancel", "Back", id="gallery.cancel"),
    ]
    DEFAULT_CSS = """
    GalleryScreen {
        background: $background;
        & > Horizontal { height: 1fr; }
        & #gallery-names { width: 38; padding: 0 1; }
        & Input { border: none; height: 1; padding: 0 1; background: $boost; margin: 0 0 1 0; }
        & OptionList { height: 1fr; border: none; padding: 0; background: $background; scrollbar-size-vertical: 1; }
        & OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
        & OptionList > .option-list--option-disabled { color: $primary; }
        & #nothing { color: $text-muted; display: none; }
        &.-empty #nothing { display: block; }
        &.-empty OptionList { display: none; }
        & ExhibitPanel { width: 1fr; padding: 0 1; border-left: vkey $panel; }
        &.-wide #gallery-names { width: 52; padding: 1 2; }
        &.-wide ExhibitPanel { padding: 1 3; }
        &.-narrow > Horizontal { layout: vertical; }
        &.-narrow #gallery-names { width: 1fr; height: 1fr; }
        &.-narrow ExhibitPanel { height: 3; border-left: none; }
        &.-narrow ExhibitPanel ChartView { display: none; }
    }
    """

    def __init__(self, workspace: Workspace, words: str = "", chosen: str | None = None) -> None:
        """Hang every simulation.

        Args:
            words: What a card says: what fits it stands first; without them only the groups stand there.
            chosen: The simulation that the cursor begins on; else it is the first.
        """
        super().__init__()
        self._begins_on = chosen
        self._workspace = workspace
        self._exhibits = hung()
        self._fits = catalogue.fitting(words) if words else ()
        self._seen = Seen()

    def compose(self) -> ComposeResult:
        """Lay out the filter over the names, beside the picture."""
        with Horizontal():
            with Vertical(id="gallery-names"):
                yield Line(placeholder="type to filter", compact=True)
                yield OptionList()
                yield Static("No simulation matches. Shorten the filter.", id="nothing")
            yield ExhibitPanel()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show everything, then look up what was run here; the keyboard stays with the filter."""
        self._names.can_focus = False
        self._show()
        chosen = next((one for one in self._exhibits if one.name == self._begins_on), None)
        if chosen is not None:
            self._names.highlighted = self._names.get_option_index(_key(chosen))
        self._look_up()

    @work(exclusive=True, group="gallery")
    async def _look_up(self) -> None:
        try:
            self._seen = await asyncio.to_thread(seen, self._workspace)
        except QuizError as error:
            complain(self.app, error)
            return
        self._show()

    @on(Input.Changed)
    def filter_changed(self) -> None:
        """Show what says the words typed, the cursor on one that bears them in its name."""
        found = self._show()
        best = best_named(found, self.query_one(Input).value)
        if best is not None:
            self._names.highlighted = self._names.get_option_index(_key(best))

    @on(OptionList.OptionHighlighted)
    def option_highlighted(self) -> None:
        """Show the picture of the one under the cursor."""
        self._show_panel()

    @on(OptionList.OptionSelected)
    def option_selected(self) -> None:
        """Return the simulation that was clicked."""
        self.action_choose()

    def action_choose(self) -> None:
        """Return the highlighted simulation; one that cannot be used says why in its panel and is not returned."""
        exhibit = self._chosen
        if exhibit is not None and exhibit.simulation is not None:
            self.dismiss(exhibit.name)

    def action_move(self, places: int) -> None:
        """Highlight another one, past the headings."""
        names = self._names
        real = [number for number, option in enumerate(names.options) if not option.disabled]
        if real:
            now = real.index(names.highlighted) if names.highlighted in real else 0
            names.highlighted = real[max(0, min(len(real) - 1, now + places))]
            if names.highlighted == real[0]:
                names.scroll_home(animate=False)  # the first heading has no place of its own to go to

    def action_cancel(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    @property
    def _names(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _chosen(self) -> Exhibit | None:
        option = self._names.highlighted_option
        if option is None or self.has_class("-empty"):
            return None
        return next((one for one in self._exhibits if _key(one) == option.id), None)

    def _show(self) -> tuple[Section, ...]:
        """Lay the names out again, with the cursor where it was, and return them."""
        names, kept = self._names, self._chosen
        found = sections(self._exhibits, self._fits, self.query_one(Input).value)
        names.clear_options()
        for section in found:
            names.add_options(self._options(section))
        self.set_class(not found, "-empty")
        keys = [option.id for option in names.options]
        names.highlighted = keys.index(_key(kept)) if kept and _key(kept) in keys else 1 if found else None
        self._show_panel()
        return found

    def _options(self, section: Section) -> list[Option]:
        heading = Option(Content.styled(clean(section.heading), "bold"), disabled=True)
        return [heading, *(Option(self._line(exhibit), _key(exhibit)) for exhibit in section.exhibits)]

    def _line(self, exhibit: Exhibit) -> Content:
        sign = BROKEN if exhibit.simulation is None else RAN if exhibit.name in self._seen.runs else NOT_RUN
        return Content.assemble((f"{sign} ", "$foreground 75%"), clean(exhibit.title))

    def _show_panel(self) -> None:
        exhibit = self._chosen
        name = exhibit.name if exhibit else ""
        last = self._seen.runs.get(name) if exhibit and exhibit.simulation else None
        golden = catalogue.golden(name) if exhibit and exhibit.simulation and last is None else None
        topics = self._seen.topics.get(name, ())
        self.query_one(ExhibitPanel).show(exhibit, golden, last, topics, self._workspace.zone)


def _key(exhibit: Exhibit) -> str:
    """Return what tells an option apart: a name that is taken twice can stand there working and not."""
    return exhibit.name if exhibit.simulation is not None else f"{exhibit.name}: {exhibit.problem}"
