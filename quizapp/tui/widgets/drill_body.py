"""A drill's question and what belongs to its step: an editor, the model answer with its points, the rubric, a hint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from quizapp.core.drill.front import Step
from quizapp.core.drill.setup import Manner
from quizapp.core.plain import printable
from quizapp.core.reading import Reading, begun, more_words
from quizapp.tui import drill_words
from quizapp.tui.key_words import keyed
from quizapp.tui.widgets.chart_view import ChartView
from quizapp.tui.widgets.drill_points import DrillPoints
from quizapp.tui.widgets.markdown_block import MarkdownBlock
from quizapp.tui.widgets.rubric_grid import RubricGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from quizapp.core.chart import Chart
    from quizapp.core.drill.ask import Prompt
    from quizapp.core.drill.drill import Drill
    from quizapp.core.topic import SimBlock

SPOKEN = "Answer aloud, as you would to an interviewer.\n\nPress {drill.forward=enter} when you have said it."


class Passage(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A part that scrolls by itself; the keys that scroll belong to the model answer."""


class DrillBody(Vertical):
    """Shows one question in each of its steps; classes say which parts are in sight."""

    DEFAULT_CSS = """
    DrillBody { height: 1fr; padding: 0 1; }
    DrillBody > * { max-width: 140; }
    #drill-lead { height: auto; color: $text-muted; }
    #drill-asked { height: auto; max-height: 45%; scrollbar-size-vertical: 1; margin: 0 0 1 0; }
    #drill-hint { height: auto; margin: 0 0 1 0; color: $text-warning; display: none; }
    #drill-chart { height: 1fr; min-height: 6; max-height: 16; display: none; }
    #drill-told { height: auto; color: $text-muted; display: none; }
    #drill-editor { height: 1fr; min-height: 4; border: none; border-left: wide $primary; padding: 0 1; }
    #drill-aloud { height: 1fr; padding: 1 2; color: $text-muted; }
    #drill-beside { height: 1fr; min-height: 3; }
    #drill-own, #drill-model { width: 1fr; scrollbar-size-vertical: 1; padding: 0 1 0 0; }
    #drill-own { width: 2fr; color: $foreground; border-right: vkey $panel; }
    #drill-model { width: 3fr; padding: 0 1; }
    #drill-more { height: auto; margin: 1 0 0 0; color: $text-muted; }
    #drill-own:focus, #drill-model:focus { background: $foreground 4%; }
    #drill-ticks { height: auto; max-height: 35%; scrollbar-size-vertical: 1; }
    #drill-press { height: auto; color: $text-muted; margin: 1 0 0 0; }
    DrillBody #drill-editor, DrillBody #drill-aloud, DrillBody #drill-beside, DrillBody #drill-ticks,
    DrillBody RubricGrid { display: none; }
    DrillBody.-answering.-written #drill-editor, DrillBody.-answering.-spoken #drill-aloud { display: block; }
    DrillBody.-checking #drill-beside, DrillBody.-checking #drill-ticks { display: block; }
    DrillBody.-checking #drill-asked { max-height: 12%; }
    DrillBody.-checking #drill-press { margin: 0; }
    DrillBody.-rating #drill-beside, DrillBody.-rating RubricGrid { display: block; }
    DrillBody.-rating #drill-asked { display: none; }
    DrillBody.-hint #drill-beside, DrillBody.-hint #drill-hint, DrillBody.-hinted.-answering #drill-hint,
    DrillBody.-offer #drill-beside { display: block; }
    DrillBody.-offer #drill-model { display: none; }
    DrillBody.-offer #drill-own { border-right: none; }
    DrillBody.-reading #drill-asked, DrillBody.-reading #drill-hint, DrillBody.-reading #drill-ticks,
    DrillBody.-reading #drill-own, DrillBody.-reading RubricGrid, DrillBody.-reading #drill-lead { display: none; }
    DrillBody.-figures.-answering #drill-told { display: block; }
    DrillBody.-figures.-charted.-answering #drill-chart { display: block; }
    DrillBody.-whole.-answering.-written #drill-editor, DrillBody.-whole.-answering.-spoken #drill-aloud,
    DrillBody.-whole.-figures.-charted.-answering #drill-chart, DrillBody.-whole.-figures.-answering #drill-told,
    DrillBody.-whole.-hinted #drill-hint { display: none; }
    .-wide DrillBody.-charted.-checking #drill-chart { display: block; height: 10; }
    .-short DrillBody.-rating #drill-beside { display: none; }
    .-short DrillBody.-rating.-reading #drill-beside { display: block; }
    .-short DrillBody #drill-asked { max-height: 30%; margin: 0; }
    .-short DrillBody.-checking #drill-asked { max-height: 2; }
    .-short DrillBody #drill-press { margin: 0; }
    .-short DrillBody #drill-chart { min-height: 5; }
    .-short DrillBody #drill-editor { min-height: 3; }
    .-short DrillBody.-figures #drill-asked { max-height: 3; }
    .-narrow DrillBody #drill-beside { layout: vertical; }
    .-narrow DrillBody #drill-own { width: 100%; height: auto; max-height: 40%; border-right: none; }
    .-narrow DrillBody #drill-model { width: 100%; height: 1fr; border-top: hkey $panel; }
    DrillBody.-whole.-checking #drill-beside, DrillBody.-whole.-checking #drill-ticks { display: none; }
    DrillBody.-whole #drill-asked, .-short DrillBody.-whole #drill-asked { height: 1fr; max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "next_section", "Section", id="drill.section", tooltip="The next section of the model answer"
        ),
        Binding("w,N", "all_sections", "Whole answer", id="drill.all_sections", show=False),
    ]
    SCOPED_CSS = False  # the layout depends on the screen's breakpoint classes

    def __init__(self) -> None:
        """Begin without a question."""
        super().__init__()
        self._around = ("", "")
        self._model = Reading("")

    def compose(self) -> ComposeResult:
        """Lay out the parts of all steps."""
        yield Static(id="drill-lead")
        with Passage(id="drill-asked"):
            yield MarkdownBlock(id="drill-question")
        yield Static(id="drill-hint")
        yield ChartView(id="drill-chart")
        yield Static(id="drill-told")
        yield TextArea(id="drill-editor", soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        yield Static(keyed(SPOKEN), id="drill-aloud")
        with Horizontal(id="drill-beside"):
            with VerticalScroll(id="drill-own"):
                yield Static(id="drill-said")
            with VerticalScroll(id="drill-model"):
                yield MarkdownBlock(id="drill-answer")
                yield Static(id="drill-more")
        with Passage(id="drill-ticks"):
            yield DrillPoints(id="drill-points")
        yield RubricGrid(id="drill-rubric")
        yield Static(id="drill-press")

    @property
    def draft(self) -> str:
        """What is written now."""
        return self.query_one(TextArea).text

    @property
    def points(self) -> DrillPoints:
        """The key points."""
        return self.query_one(DrillPoints)

    @property
    def rubric(self) -> RubricGrid:
        """The rubric."""
        return self.query_one(RubricGrid)

    async def show(self, drill: Drill, prompt: Prompt, model: str) -> None:
        """Show a question in the step that it is in.

        Args:
            model: The model answer; that of a failed run goes on with what the run says.
        """
        front = drill.front
        assert front is not None
        for step in Step:
            self.set_class(front.step is step, f"-{step.value}")
        self.set_class(drill.setup.manner is Manner.WRITTEN, "-written")
        self.set_class(drill.setup.manner is Manner.SPOKEN, "-spoken")
        self.set_class(bool(front.hint), "-hinted")
        self.remove_class("-whole", "-reading")
        self.query_one("#drill-question", MarkdownBlock).update(prompt.question)
        self.query_one("#drill-hint", Static).update(Content(f"Hint: {printable(front.hint)}"))
        self.show_lead(drill)
        if self._model.answer != model:
            # What a failed run says comes behind the answer: what was read before stays in sight.
            shown = self._model.shown if model.startswith(self._model.answer) else 0
            opened = begun(model, prompt.opened_at)
            self._model = replace(opened, shown=max(opened.shown, shown))
        match front.step:
            case Step.ANSWERING:
                self._model = Reading("")
                self._ask(front.draft)
            case Step.OFFER:
                self._show_beside(drill)
                self.query_one("#drill-own").focus()
            case Step.CHECKING:
                self._show_beside(drill)
                await self.points.show_points(prompt.points)
                self.points.tick(front.ticked)
                self.points.focus()
            case Step.RATING:
                await self.points.show_points(prompt.points)
                self._show_beside(drill)
                self.rubric.show(front.bands, is_helped=bool(front.hint) and not front.is_second)
                self.rubric.focus()
            case Step.HINT:
                self._show_beside(drill)
                self.query_one("#drill-model").focus()
        if front.step is not Step.ANSWERING:
            self.call_after_refresh(self._open_at, prompt.opened_at)

    def show_lead(self, drill: Drill) -> None:
        """Show what an interviewer says, and what to press."""
        front = drill.front
        if front is None:
            return
        words = drill_words.lead(drill)
        press = keyed(drill_words.HINTS.get(front.step, "")) or drill_words.answering_hint(drill)
        if (words, press) == self._around:
            return
        self._around = words, press
        lead = self.query_one("#drill-lead", Static)
        lead.display = bool(words)
        lead.update(Content(words))
        self.query_one("#drill-press", Static).update(Content(press))

    def show_figures(self, chart: Chart | None, told: str) -> None:
        """Show what is seen of a failed run."""
        self.add_class("-figures")
        self.set_class(chart is not None, "-charted")
        self.query_one(ChartView).chart = chart
        self.query_one("#drill-told", Static).update(Content(printable(told)))

    def hide_figures(self) -> None:
        """Show no figures: the question is of another kind."""
        self.remove_class("-figures", "-charted")

    def toggle_question(self) -> None:
        """Give the question all the room while an answer is given or compared, or give the room back."""
        self.remove_class("-reading")
        self.toggle_class("-whole")
        if not self.has_class("-whole"):
            self._focus_what_works()

    def toggle_reading(self) -> None:
        """Give the model answer all the room, or give the room back."""
        self.remove_class("-whole")
        self.toggle_class("-reading")
        self._focus_what_works()

    def _focus_what_works(self) -> None:
        """Give the focus to what the keys of this step work on, and to the model answer while it has all the room."""
        editor = self.query_one(TextArea)
        if self.has_class("-answering"):
            if not editor.disabled:
                editor.focus()
        elif self.has_class("-checking") and not self.has_class("-reading"):
            self.points.focus()
        elif self.has_class("-rating") and not self.has_class("-reading"):
            self.rubric.focus()
        else:
            self.query_one("#drill-model").focus()

    def when_typed(self, action: Callable[[], None]) -> None:
        """Do something once every key that was pressed before is in the answer.

        The editor takes its keys one by one from a queue of its own, which a key of the screen would overtake.
        """
        self.query_one(TextArea).call_later(action)

    def read(self, pages: int) -> None:
        """Scroll the model answer by pages, or the question where no answer is shown."""
        name = "#drill-asked" if self.has_class("-answering") or self.has_class("-whole") else "#drill-model"
        scroll = self.query_one(name, VerticalScroll)
        if name == "#drill-model" and pages > 0 and self.has_more and scroll.scroll_y >= scroll.max_scroll_y:
            self.action_next_section()
            return
        lines = pages * max(1, scroll.size.height - 1)
        scroll.scroll_relative(y=lines, animate=False, immediate=True)

    @property
    def has_more(self) -> bool:
        """Whether a part of the model answer that is in sight is still hidden."""
        is_shown = any(self.has_class(f"-{step.value}") for step in (Step.CHECKING, Step.RATING, Step.HINT))
        return is_shown and not self._model.whole and self.query_one("#drill-beside").display

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Offer a further section where there is one."""
        return self.has_more if action in ("next_section", "all_sections") else True

    def action_next_section(self) -> None:
        """Show the next section of the model answer, and go to where it begins."""
        line = self._model.parts[self._model.shown].line
        self._reveal(self._model.further(), line)

    def action_all_sections(self) -> None:
        """Show all of the model answer."""
        self._reveal(self._model.all_of_it(), self._model.parts[self._model.shown].line)

    def _reveal(self, reading: Reading, line: int) -> None:
        self._model = reading
        self._show_model(reading)
        self.call_after_refresh(self._open_at, line)
        self.refresh_bindings()

    def sim_in_sight(self) -> SimBlock | None:
        """Return the simulation of the model answer that stands in sight or next below it; None where there is none."""
        model = self.query_one("#drill-model", VerticalScroll)
        launches = self.query_one("#drill-answer", MarkdownBlock).launches()
        below = [block for y, block in launches if y >= model.scroll_offset.y]
        return below[0] if below else launches[-1][1] if launches else None

    def _ask(self, draft: str) -> None:
        editor = self.query_one(TextArea)
        if editor.text != draft:
            editor.load_text(draft)
            editor.move_cursor(editor.document.end)
        editor.disabled = not self.has_class("-written")
        if not editor.disabled:
            editor.focus()
        self.query_one("#drill-asked", VerticalScroll).scroll_home(animate=False)

    def _show_beside(self, drill: Drill) -> None:
        front = drill.front
        assert front is not None
        spoken = drill.setup.manner is Manner.SPOKEN
        said = "(spoken)" if spoken else printable(front.draft).strip() or "(nothing was written)"
        count = f"{len(front.ticked)} of {self.points.count} key points"
        points = f"\n\n{count}" if front.step is Step.RATING and self.points.count else ""
        self.query_one("#drill-said", Static).update(
            Content.assemble(("Your answer\n", "$foreground 75%"), said + points)
        )
        self._show_model(Reading("") if front.step is Step.OFFER else self._model)

    def _show_model(self, reading: Reading) -> None:
        self.query_one("#drill-answer", MarkdownBlock).update(reading.text)
        more = self.query_one("#drill-more", Static)
        more.display = reading.revealed and not reading.whole
        more.update(
            Content(
                more_words(reading, keyed("{drill.section=n} shows the next, {drill.all_sections=w} all"))
            )
        )

    def _open_at(self, line: int) -> None:
        model = self.query_one("#drill-model", VerticalScroll)
        y = self.query_one("#drill-answer", MarkdownBlock).y_of_source(line) if line else 0
        model.scroll_to(y=y, animate=False, immediate=True)
