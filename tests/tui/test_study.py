"""Study by keyboard and mouse: revealing, rating, taking back, and what is on disk after each."""

from __future__ import annotations

import pytest

from quizapp.config import Settings
from quizapp.core.memory import Rating
from quizapp.core.session import ELAPSED_CAP_MS
from quizapp.errors import StoreError
from quizapp.services import cram as cram_module
from quizapp.services.next_card import peek
from quizapp.services.study import Study
from quizapp.tui.screens import study as screen_module
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.key_line import KeyLine
from quizapp.tui.widgets.key_points import KeyPoints
from quizapp.tui.widgets.rating_bar import RatingButton
from tests.learner import Learner
from tests.tui.desk import at_home, studying
from tests.tui.fake_simulation_host import FakeHost
from tests.tui.material import learn_gradients


async def test_the_question_stands_alone_until_it_is_answered(learner: Learner) -> None:
    """The question is rendered Markdown, no answer, point or rating is in sight, and no rating acts."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        assert desk.card == "What happens to a gradient in fifty layers?"
        assert (desk.answer, desk.buttons) == ("", [])
        assert "space shows the answer" in "\n".join(desk.shown)
        assert not any("gain of a layer" in line for line in desk.shown)
        await desk.press("1", "2", "3", "4")
        assert desk.reviews() == []


async def test_space_shows_the_answer_and_what_each_rating_gives(learner: Learner) -> None:
    """The whole answer comes with its key points, and every button says its interval."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w")
        assert "It is multiplied fifty times." in desk.answer
        assert "Scale the branch." in desk.answer
        assert desk.sees("#study-points")
        assert desk.buttons == ["1 Again 1 min", "2 Hard 6 min", "3 Good 10 min", "4 Easy 8 d"]


@pytest.mark.parametrize("key", ["space", "enter", "n"])
async def test_a_long_answer_comes_a_section_at_a_time(learner: Learner, key: str) -> None:
    """Each press shows one more and says how many are left; a rating is possible from the first on."""
    learn_gradients(learner)
    async with studying(learner, size=(100, 50)) as desk:
        await desk.press(key)
        assert desk.answer == "It is multiplied fifty times."
        assert "3 more sections" in desk.words("#study-more") or any(
            "3 more sections: space shows the next, w all" in line for line in desk.shown
        )
        assert desk.buttons
        assert not desk.sees("#study-points")
        await desk.press(key)
        assert "Vanishing" in desk.answer
        assert "Explosion" not in desk.answer
        await desk.press(key, key)
        assert "Cures" in desk.answer
        assert desk.sees("#study-points")
        assert "Next section" not in desk.footer
        assert desk.reviews() == []


async def test_a_new_section_is_where_reading_goes_on(learner: Learner) -> None:
    """With little room the page scrolls to the section that was just revealed."""
    learn_gradients(learner)
    async with studying(learner, size=(60, 18)) as desk:
        await desk.press("n", "n", "n")
        assert any("Explosion" in line for line in desk.shown[:5])


async def test_a_short_answer_is_shown_whole(learner: Learner) -> None:
    """One look takes it in, with its headings; enter shows it and then rates it Good, as in other programs for cards."""
    learner.learn("Alpha", answer="One.\n\n## Two\nWords.\n\n## Three\nMore.")
    async with studying(learner) as desk:
        assert "Whole answer" not in desk.footer
        await desk.press("enter")
        assert desk.page.reading.whole
        assert "enter Good" in " ".join(desk.footer.split()).replace("⏎", "enter")
        await desk.press("enter")
        assert [rating for _, rating, _ in desk.reviews()] == [3]


async def test_enter_rates_only_once_all_is_shown_and_digits_from_the_first_section_on(
    learner: Learner,
) -> None:
    """Nobody passes a card with the key that reads on; whoever knows enough may rate at once."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("enter", "enter", "enter")
        assert desk.reviews() == []
        assert not desk.page.reading.whole
        assert "⏎ Good" not in desk.footer
        await desk.press("2")
        assert [rating for _, rating, _ in desk.reviews()] == [2]


async def test_space_shows_the_next_section_only_at_the_foot_of_the_last_one(learner: Learner) -> None:
    """What is revealed and below the page is read first; the footer says which of the two space does."""
    learn_gradients(learner)
    async with studying(learner, size=(60, 18)) as desk:
        await desk.press("space", "space")
        assert "Read on" in desk.footer
        assert "Next section" not in desk.footer.split("Read on")[0]
        shown = desk.page.reading.shown
        pressed = 0
        while "Read on" in desk.footer:
            await desk.press("space")
            pressed += 1
        assert pressed
        assert desk.page.reading.shown == shown
        assert "space Next section" in desk.footer
        await desk.press("space")
        assert desk.page.reading.shown == shown + 1


async def test_w_shows_all_that_remains_where_it_is_read(learner: Learner) -> None:
    """From the question on, or after some sections; then the page stays where it was."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        assert "w Whole answer" in desk.footer
        await desk.press("n", "n", "n")
        y = desk.page.scroll_offset.y
        await desk.press("w")
        assert desk.page.reading.whole
        assert desk.page.scroll_offset.y == y > 0
        assert desk.sees("#study-points") or desk.page.has_points_in_sight
        assert "Whole answer" not in desk.footer


async def test_no_blank_line_is_read_on_to(learner: Learner) -> None:
    """What stands on the screen to its last word leaves nothing for space to do, whatever margin is below it."""
    for lines in range(3, 9):
        learner.learn(f"Alpha {lines}", answer="\n".join(f"- line {line}" for line in range(lines)))
    async with studying(learner, size=(60, 18)) as desk:
        for _ in range(6):
            await desk.press("space")
            is_last_in_sight = "line" in "".join(desk.shown) and desk.answer.splitlines()[-1] in "".join(
                desk.shown
            )
            assert ("Read on" in desk.footer) is not is_last_in_sight
            await desk.press("4")


async def test_space_reads_on_once_all_is_shown(learner: Learner) -> None:
    """The page moves by its height, and the footer no longer offers an answer."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w")
        assert "space Answer" not in desk.footer
        before = desk.page.scroll_offset.y
        await desk.press("space")
        assert desk.page.scroll_offset.y == before + desk.page.size.height - 2


async def test_every_scrolling_key_moves_the_page(learner: Learner) -> None:
    """Lines, pages and both ends, with the mark of the next simulation going along."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w", "j", "down")
        assert desk.page.scroll_offset.y == 2
        await desk.press("k", "up")
        assert desk.page.scroll_offset.y == 0
        await desk.press("end")
        assert desk.page.scroll_offset.y == desk.page.max_scroll_y > 0
        await desk.press("pageup", "home")
        assert desk.page.scroll_offset.y == 0


async def test_a_rating_is_on_disk_and_the_follow_ups_come_next(learner: Learner) -> None:
    """The log holds card, rating and time; then the topic's follow-ups are asked in the author's order."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        learner.clock.forward(seconds=42)
        await desk.press("space", "3")
        assert desk.reviews() == [("gradients", 3, 42_000)]
        assert desk.card == "How does explosion come about in the stream?"
        assert any("Follow-up 1 of 2 to “Gradients”" in line for line in desk.shown)
        assert (desk.answer, desk.buttons) == ("", [])
        assert "2 of 4 · 1 follow-up " in desk.head
        await desk.press("w", "enter")
        assert desk.reviews()[-1][1] == 3, "enter is Good, as in other programs for cards"
        assert desk.card == "What does a gain above one do?"


async def test_a_follow_up_without_an_answer_opens_its_topics_at_the_best_section(learner: Learner) -> None:
    """The section that fits the words stands at the top of the page."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "3", "space")
        assert any("Explosion" in line for line in desk.shown[:5])


async def test_a_follow_up_with_an_answer_shows_that_alone(learner: Learner) -> None:
    """Neither the topic's answer nor its key points come with it."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "3", "space", "3", "space")
        assert desk.answer.startswith("It explodes at once.")
        assert "multiplied fifty times" not in desk.answer
        assert not desk.page.points.has_points


async def test_again_asks_no_follow_ups(learner: Learner) -> None:
    """Who failed the question is not asked on."""
    learn_gradients(learner)
    learner.learn("Other")
    async with studying(learner) as desk:
        await desk.press("space", "1")
        assert "fifty" in desk.card or desk.card == "What is Other?"
        assert "How does explosion" not in desk.card


async def test_a_click_rates(learner: Learner) -> None:
    """The buttons work with the mouse."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space")
        await desk.click(desk.screen.query(RatingButton)[3])
        assert desk.reviews() == [("gradients", 4, 0)]


async def test_keys_struck_fast_never_rate_twice_nor_what_was_not_seen(learner: Learner) -> None:
    """Of a burst one rating counts, and the next card's answer stays hidden."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space")
        for _ in range(3):
            desk.app.simulate_key("3")
        desk.app.simulate_key("space")
        desk.app.simulate_key("3")
        await desk.pilot.pause()
        await desk.settle()
        assert desk.reviews() == [("gradients", 3, 0)]
        assert desk.answer == ""


async def test_elapsed_time_is_capped_at_five_minutes(learner: Learner) -> None:
    """Who left the terminal open did not think for an hour; the head says no more either."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        learner.clock.forward(hours=1)
        await desk.resize(90, 24)
        assert desk.head.endswith("5:00")
        await desk.press("space", "3")
        assert desk.reviews() == [("gradients", 3, ELAPSED_CAP_MS)]


async def test_undo_takes_a_rating_back_and_brings_its_card(learner: Learner) -> None:
    """The card stands in front again, its question alone, and the log no longer counts the rating."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "3", "u")
        assert desk.reviews() == []
        assert "fifty" in desk.card
        assert desk.answer == ""
        assert desk.notices == ["Good on ‘What happens to a gradient in fifty …’ was taken back."]
        await desk.press("u")
        assert desk.notices[-1] == "There is nothing to take back."


async def test_undo_works_across_a_restart(learner: Learner) -> None:
    """The rating of an earlier run of the app can be taken back, also when nothing is left."""
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("space", "4")
        assert "Nothing is left" in desk.summary
    async with studying(learner) as desk:
        assert "Nothing is left" in desk.summary
        await desk.press("u")
        assert desk.card == "What is Alpha?"
        assert desk.summary == ""
        assert desk.reviews() == []
        await desk.press("space", "4")
        assert len(desk.reviews()) == 1


@pytest.mark.parametrize(
    ("key", "words"), [("z", "‘What is Alpha?’ is no longer suspended."), ("b", "no longer put off")]
)
async def test_a_card_set_aside_makes_room_and_can_come_back(learner: Learner, key: str, words: str) -> None:
    """Suspend and bury show the next card and say how to take it back."""
    learner.learn("Alpha")
    learner.learn("Beta")
    async with studying(learner) as desk:
        first = desk.card
        await desk.press(key)
        assert desk.card not in ("", first)
        assert "u takes it back" in desk.notices[0]
        await desk.press("u")
        assert desk.card == first
        assert words in desk.notices[-1]


async def test_key_points_are_ticked_and_kept_with_the_rating(learner: Learner) -> None:
    """t goes to them, arrows and space tick, esc goes back, a click ticks too, and the log says which."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w", "t", "down", "space")
        assert desk.page.points.ticked_texts == ["The skip"]
        await desk.press("escape")
        assert desk.is_on(StudyScreen)
        assert desk.app.focused is desk.page
        await desk.press("3")
        (extra,) = learner.workspace.database.read("SELECT extra FROM log", {})
        assert "The skip" in extra[0]


async def test_ticking_never_outlives_its_card(learner: Learner) -> None:
    """The next card has the keyboard back on its text: space shows its answer."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("w", "t", "space", "3", "space")
        assert desk.answer
        assert not isinstance(desk.app.focused, KeyPoints)


async def test_a_failed_write_is_said_and_the_card_stays(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing moves, nothing is lost, and the same key works once the database does."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space")

        def locked(*_: object) -> None:
            raise StoreError("The database is locked by another program.", "Close it. Nothing was changed.")

        for method, key in (("answer", "3"), ("bury", "b"), ("suspend", "z"), ("undo", "u")):
            with monkeypatch.context() as broken:
                broken.setattr(Study, method, locked)
                await desk.press(key)
            assert "locked by another program" in desk.notices.pop()
            assert "fifty" in desk.card
            assert "multiplied" in desk.answer
        await desk.press("3")
        assert len(desk.reviews()) == 1


async def test_a_session_that_cannot_begin_leads_back_home(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason is said over Home."""
    learner.learn("Alpha")

    def broken(*_: object) -> None:
        raise StoreError("The database cannot be written.", "Give yourself write permission.")

    monkeypatch.setattr(cram_module, "begin_study", broken)
    async with at_home(learner) as desk:
        await desk.press("a")
        assert desk.is_on(HomeScreen)
        assert "cannot be written" in desk.notices[0]


async def test_the_end_says_how_it_went(learner: Learner) -> None:
    """Cards, minutes, ratings by deck, the share that was passed, and what is due next."""
    learner.learn("Alpha", deck="deep/one")
    learner.learn("Beta", deck="deep/two")
    async with studying(learner) as desk:
        learner.clock.forward(minutes=2)
        await desk.press("space", "4")
        learner.clock.forward(minutes=1)
        await desk.press("space", "4")
        assert "2 cards rated in 3 min" in desk.summary
        assert "deep/one" in desk.summary
        assert "100 %" in desk.summary
        assert "The next 2 reviews fall due in 8 days." in desk.summary
        assert "limits" not in desk.summary
        assert "q Back" in desk.footer
        assert "Answer" not in desk.footer
        await desk.press("q")
        assert desk.is_on(HomeScreen)


async def test_nothing_due_is_said_at_once(learner: Learner) -> None:
    """An empty deck ends before it begins, without figures that mean nothing."""
    learner.learn("Alpha")
    learner.change(new_per_day=0)
    async with studying(learner) as desk:
        assert desk.summary.startswith("Nothing is left for now.")
        assert "Today's limits keep back 1 new card. , on Home changes them." in desk.summary
        assert "rated" not in desk.summary
        await desk.press("space", "n", "3", "x", "i", "e", "b", "z", "t")
        assert desk.reviews() == []


async def test_a_learning_card_comes_by_itself(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a session turns into the next card once its waiting time is over."""
    monkeypatch.setattr(screen_module, "LOOK_AGAIN_S", 0.02)
    learner.settings = Settings(learning_steps=(3600, 7200), fuzz=False)
    learner.reopen()
    learner.learn("Alpha")
    async with studying(learner) as desk:
        await desk.press("space", "3")
        assert "1 card in learning comes back" in desk.summary
        learner.clock.forward(hours=1, minutes=45)
        await desk.until(lambda: not desk.summary)
        assert desk.card == "What is Alpha?"
        await desk.press("space")
        assert desk.buttons


async def test_leaving_keeps_the_place(learner: Learner) -> None:
    """Home comes back with new figures, and the next start shows the same card."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space", "3", "q", "escape")
        assert desk.is_on(HomeScreen)
        assert any("1 done" in line for line in desk.shown)
    async with studying(learner) as desk:
        assert desk.card == "How does explosion come about in the stream?"


async def test_the_footer_offers_what_works_and_breaks_no_word(learner: Learner) -> None:
    """Keys that make no sense are left out, and the line ends with a whole word at every width."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        assert "w Whole answer" in desk.footer
        assert "Tick" not in desk.footer
        for width in (60, 80, 100, 150):
            await desk.resize(width, 24)
            assert desk.footer.split()[-1] in {
                "Why",
                "Back",
                "Help",
                "Edit",
                "here",
                "Bury",
                "Suspend",
                "Change",
            }
            assert "? Help" in desk.footer or width == 60


async def test_resizing_keeps_the_state_and_the_line(learner: Learner) -> None:
    """Revealed, ticked and scrolled stay over any width; the width of before has the very line of before."""
    learn_gradients(learner)
    async with studying(learner, size=(100, 24)) as desk:
        await desk.press("w", "t", "space", "escape")
        await desk.press("home", "pagedown", "j")
        line = desk.page.scroll_offset.y
        assert "Paragraph 3" in desk.shown[2]
        await desk.resize(60, 18)
        assert any("Paragraph 3" in line for line in desk.shown[1:4])
        await desk.resize(150, 40)
        await desk.resize(100, 24)
        assert desk.page.scroll_offset.y == line
        assert desk.page.points.ticked_texts == ["The gain of a layer"]


async def test_a_terminal_too_small_is_told_politely(learner: Learner) -> None:
    """No key reaches the card below, and all is as before once there is room."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        await desk.press("space")
        await desk.resize(50, 12)
        assert any("quizapp needs 60×18" in line for line in desk.shown)
        await desk.press("3", "question_mark", "ctrl+p", "q")
        assert desk.reviews() == []
        await desk.resize(80, 24)
        assert "multiplied" in desk.answer
        await desk.press("3")
        assert len(desk.reviews()) == 1


async def test_a_click_on_a_key_presses_it(learner: Learner) -> None:
    """Everything in the footer works with the mouse."""
    learn_gradients(learner)
    async with studying(learner) as desk:
        for words in ("w Whole answer", "t Tick points"):
            await desk.click(KeyLine, offset=(desk.footer.index(words) + 2, 0))
        assert "multiplied" in desk.answer
        assert isinstance(desk.app.focused, KeyPoints)
        await desk.click(KeyLine, offset=(desk.footer.index("q Back"), 0))
        assert desk.is_on(HomeScreen)


@pytest.mark.parametrize(
    ("key", "rating"), [("1", Rating.AGAIN), ("2", Rating.GOOD), ("3", Rating.GOOD), ("4", None)]
)
async def test_two_buttons_take_the_keys_that_they_show(
    learner: Learner, key: str, rating: Rating | None
) -> None:
    """1 is Again, 2 and 3 are Good, and 4 rates nothing."""
    learner.learn("Alpha")
    learner.change(two_buttons=True)
    async with studying(learner) as desk:
        await desk.press(key)
        assert desk.reviews() == []
        await desk.press("space")
        assert desk.buttons == ["1 Again 1 min", "2 or 3 Good 10 min"]
        await desk.press(key)
        assert [given for _, given, _ in desk.reviews()] == ([rating] if rating else [])


async def test_a_key_that_comes_before_the_screen_is_laid_out_does_nothing(learner: Learner) -> None:
    """Keys struck on Home right after the one that opens Study reach it while it is empty."""
    learn_gradients(learner)
    screen = StudyScreen(learner.workspace, "", peek(learner.workspace, ""), host=FakeHost)
    for action in ("reveal", "reveal_section", "scroll", "rate", "leave", "back", "simulate", "undo"):
        assert screen.check_action(action, (3,)) is False
