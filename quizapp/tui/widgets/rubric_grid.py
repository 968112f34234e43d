"""The rubric: four dimensions in four bands, and what each band of the dimension in hand means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from quizapp.core.drill.report import band_words
from quizapp.core.drill.rubric import MEANINGS, QUESTIONS, Band, Bands, Dimension, is_complete, rating_of
from quizapp.core.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.geometry import Size

_NAME, _BAND, _DIGIT, _LEAST = 13, 11, 4, 20


class RubricGrid(Widget, can_focus=True):
    """Gives each dimension a band; a digit gives it and goes on to the next dimension."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rubric-grid--given", "rubric-grid--quiet", "rubric-grid--here"}
    DEFAULT_CSS = """
    RubricGrid {
        height: auto; padding: 0 1;
        & > .rubric-grid--given { color: $text-primary; text-style: bold; }
        & > .rubric-grid--quiet { color: $foreground 75%; }
        & > .rubric-grid--here { text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(band.value),
                f"give({band.value})",
                band.name.capitalize(),
                id=f"rubric.{band.name.lower()}",
                tooltip=f"Give band {band.value}, {band.name.lower()}",
                show=False,
            )
            for band in Band
        ),
        Binding("up,k", "move(-1)", "Up", id="rubric.up", show=False),
        Binding("down,j", "move(1)", "Down", id="rubric.down", show=False),
        Binding("left,h", "change(-1)", "Lower", id="rubric.lower", show=False),
        Binding("right,l", "change(1)", "Higher", id="rubric.higher", show=False),
    ]

    @dataclass
    class Given(Message):
        """A dimension has got its band."""

        dimension: Dimension
        band: Band

    cursor: reactive[int] = reactive(0, layout=True)
    bands: reactive[dict[Dimension, Band]] = reactive(dict[Dimension, Band], layout=True)
    is_helped: reactive[bool] = reactive(default=False)

    def show(self, bands: Bands, *, is_helped: bool) -> None:
        """Show what was given so far, with the cursor on the first dimension that lacks its band.

        Args:
            is_helped: The answer took a hint, which bounds its rating.
        """
        self.is_helped = is_helped
        self.bands = dict(bands)
        self.go_to_lacking()

    def go_to_lacking(self) -> Dimension | None:
        """Put the cursor on the first dimension that lacks its band, and return it; None, and the first, if none does."""
        lacking = next((dimension for dimension in Dimension if dimension not in self.bands), None)
        self.cursor = tuple(Dimension).index(lacking) if lacking else 0
        return lacking

    @property
    def is_complete(self) -> bool:
        """Whether every dimension has its band."""
        return is_complete(self.bands)

    def action_give(self, band: int) -> None:
        """Give the dimension in hand a band, and go on."""
        self._give(Band(band))
        self.action_move(1)

    def action_move(self, lines: int) -> None:
        """Go to another dimension."""
        self.cursor = min(max(0, self.cursor + lines), len(Dimension) - 1)

    def action_change(self, bands: int) -> None:
        """Give the dimension in hand the next higher or lower band."""
        before = self.bands.get(self._here)
        self._give(Band(min(4, max(1, before + bands)) if before else 2 if bands < 0 else 3))

    @property
    def _rating(self) -> str:
        rating = rating_of(self.bands, is_helped=self.is_helped).name.capitalize()
        return f"{rating}, with a hint" if self.is_helped else rating

    @property
    def _here(self) -> Dimension:
        return tuple(Dimension)[self.cursor]

    def _give(self, band: Band) -> None:
        self.bands = {**self.bands, self._here: band}
        self.post_message(self.Given(self._here, band))

    def render(self) -> Content:
        """Draw the grid, then the meanings of the dimension in hand."""
        looks = {name: self.get_visual_style(f"rubric-grid--{name}") for name in ("given", "quiet", "here")}
        parts = self._parts(self.content_size.width)
        return Content.assemble(*((text, looks[look]) if look else text for text, look in parts))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return how many lines the grid takes at a width."""
        return sum(text.count("\n") for text, _ in self._parts(width)) + 1

    def _parts(self, width: int) -> Iterator[tuple[str, str]]:
        """Yield the pieces of text, each with the name of its look; with little room bands are digits alone."""
        columns = _BAND if width >= _NAME + 2 + len(Band) * (_BAND + 1) else _DIGIT
        for place, dimension in enumerate(Dimension):
            is_here = place == self.cursor
            yield f"{'▸' if is_here else ' '} {dimension.value:<{_NAME}}", "here" if is_here else ""
            for band in Band:
                chosen = self.bands.get(dimension) is band
                name = band_words(band) if columns == _BAND else f"{int(band)}"
                words = f"[{name}]" if chosen else f" {name} "
                yield f"{words:<{columns}} ", "given" if chosen else "quiet"
            yield "\n", ""
        earned = f"   → {self._rating}" if self.is_complete else ""
        yield f"\n{self._here.value}: {QUESTIONS[self._here]}{earned}", "here"
        for band, meaning in zip(Band, MEANINGS[self._here], strict=True):
            chosen = self.bands.get(self._here) is band
            name = f"{'▸' if chosen else ' '} {band_words(band):<{_BAND}}"
            room = max(_LEAST, width - len(name))
            lines = wrapped(meaning, room)
            yield "\n" + name + f"\n{'':{len(name)}}".join(lines), "given" if chosen else ""
