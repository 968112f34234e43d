"""The deck tree: moving, folding, choosing, and figures that change below the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from quizapp.core.overview import Counts, deck_tree
from quizapp.tui.widgets.deck_list import DeckList

if TYPE_CHECKING:
    from textual.app import ComposeResult

PATHS = ("deep/one", "deep/two", "wide")


class Stand(App[None]):
    """A deck list alone."""

    def __init__(self, *paths: str) -> None:
        super().__init__()
        self.rows = deck_tree(paths, {path: Counts(1, 0, 2) for path in paths}, 20, 200)
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield DeckList(self.rows)

    @property
    def decks(self) -> DeckList:
        """The list."""
        return self.query_one(DeckList)

    def lines(self) -> list[str]:
        """Return the painted lines."""
        return [self.decks.render_line(y).text.rstrip() for y in range(self.decks.size.height)]

    def on_deck_list_chosen(self, message: DeckList.Chosen) -> None:
        """Keep what was chosen."""
        self.chosen.append(message.path)


async def test_the_tree_sums_what_lies_below() -> None:
    """Parents carry the sums, children are indented, and figures are aligned to the right."""
    app = Stand(*PATHS)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        head, deep, one, *_ = app.lines()
        assert head.split() == ["Deck", "new", "learning", "due"]
        assert deep.split() == ["›", "▾", "deep", "2", "·", "4"]
        assert one.split() == ["one", "1", "·", "2"]
        assert head.index("new") + 2 == deep.index("2")
        assert one.index("one") > deep.index("deep")


async def test_the_cursor_is_a_sign_and_not_a_colour_alone() -> None:
    """It moves with the keys and stops at the ends."""
    app = Stand(*PATHS)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "j", "down", "down", "down")
        assert [line[:1] for line in app.lines()[1:5]] == [" ", " ", " ", "›"]
        await pilot.press("up", "k", "home")
        assert app.lines()[1].startswith("›")
        await pilot.press("end")
        assert app.lines()[4].startswith("›")


async def test_folding_hides_what_lies_below() -> None:
    """Left folds, left on a child goes up, right unfolds; the sign tells which."""
    app = Stand(*PATHS)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "left")
        assert app.decks.chosen is not None
        assert app.decks.chosen.path == "deep"
        await pilot.press("left")
        assert [row.path for row in app.decks.visible_rows] == ["deep", "wide"]
        assert "▸ deep" in app.lines()[1]
        await pilot.press("right")
        assert len(app.decks.visible_rows) == 4


async def test_the_cursor_stays_on_its_deck_when_others_come() -> None:
    """New figures move lines, not the choice; a deck that has gone leaves the cursor on a line that is there."""
    app = Stand(*PATHS)
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        app.decks.show_rows(Stand("another", *PATHS).rows)
        assert app.decks.chosen is not None
        assert app.decks.chosen.path == "wide"
        app.decks.show_rows(Stand("another").rows)
        assert app.decks.chosen is not None
        assert app.decks.chosen.path == "another"


async def test_a_click_moves_the_cursor_and_another_one_studies() -> None:
    """The whole list works with the mouse, also when it is scrolled."""
    app = Stand(*(f"deck-{number:02}" for number in range(30)))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.click(DeckList, offset=(5, 3))
        assert app.decks.cursor == 2
        assert app.chosen == []
        await pilot.click(DeckList, offset=(5, 3))
        assert app.chosen == ["deck-02"]
        await pilot.press("end")
        await pilot.pause()
        y = next(y for y, line in enumerate(app.lines()) if "deck-28" in line)
        await pilot.click(DeckList, offset=(5, y))
        await pilot.press("enter")
        assert app.chosen[-1] == "deck-28"


async def test_the_strength_shows_where_there_is_room() -> None:
    """Ten columns and a figure; nothing of it on a narrow terminal."""
    app = Stand(*PATHS)
    async with app.run_test(size=(80, 10)) as pilot:
        app.decks.show_strengths({"deep": 0.75, "wide": 1.0})
        await pilot.pause()
        assert app.lines()[1].endswith("75 %")
        assert app.lines()[4].endswith("100 %")
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert "%" not in app.lines()[1]


async def test_names_that_differ_only_in_their_ends_stay_different() -> None:
    """Where they have no room; a name that differs from the others at once is cut at its end."""
    long = "a-residual-network-of-very-many-layers-trained-for-long-"
    app = Stand(f"deep/{long}a", f"deep/{long}b", "deep/quite-another-network-of-very-many-layers-for-long")
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        first, second, third = (line.split()[0] for line in app.lines()[2:5])
        assert first != second
        assert (first[-1], second[-1]) == ("a", "b")
        assert third.startswith("quite-another-net")
        assert third.endswith("…")
