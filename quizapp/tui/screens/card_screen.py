"""What Study's keys do with the card in front before it is rated: revealing, reading, answering, running."""

from __future__ import annotations

from textual.screen import Screen

from quizapp.tui.widgets.study_body import StudyBody


class CardScreen(Screen[None]):
    """A screen with a card's body; each of these actions hands on to it."""

    @property
    def _body(self) -> StudyBody:
        return self.query_one(StudyBody)

    def action_reveal(self) -> None:
        """Show the answer, of a long one its next section."""
        self._body.reveal()

    action_reveal_section = action_show = action_reveal

    def action_reveal_all(self) -> None:
        """Show all of the answer."""
        self._body.reveal_all()

    def action_read_on(self) -> None:
        """Scroll to what is revealed below."""
        self._body.page.scroll_pages(1)

    async def action_type_answer(self) -> None:
        """Type an answer before it is shown."""
        await self._body.type_answer()

    def action_give_answer(self) -> None:
        """Go to where the answer is given that the card expects."""
        self._body.give_answer()

    def action_simulate(self) -> None:
        """Run the simulation of this place, or what a prediction card asks, or close it."""
        self._body.simulate()

    action_predict = action_simulate

    async def action_close_simulation(self) -> None:
        """Show the card alone again."""
        await self._body.close_simulation()

    def action_choose_simulation(self, step: int) -> None:
        """Choose another of the simulations that the text names."""
        self._body.page.choose_launch(step)

    def action_scroll(self, lines: int) -> None:
        """Scroll the card by lines."""
        self._body.page.scroll_lines(lines)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll the card by pages."""
        self._body.page.scroll_pages(pages)

    def action_tick_points(self) -> None:
        """Go to the key points."""
        self._body.page.points.focus()

    def on_key_points_left(self) -> None:
        """Go back to the text."""
        self._body.page.focus()
