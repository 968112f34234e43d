"""Cards that expect an answer: asked below the question, graded, rated, and the way round each of these."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Static

from quizapp.core.memory import Rating
from quizapp.services import draft, listing, scripted
from quizapp.tui import first_frame
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.widgets.expected_choices import ExpectedChoices, OptionLine
from quizapp.tui.widgets.expected_fields import AnswerLine
from quizapp.tui.widgets.rating_bar import RatingButton
from quizapp.tui.widgets.study_body import StudyBody
from tests.tui.desk import Desk, studying

if TYPE_CHECKING:
    from tests.learner import Learner

NUMBER = "```expect number tolerance=5% unit=MB\n98.3\n```\n\nBecause of this."
EXACT = "```expect exact\nReZero\n```"
REGEX = "```expect regex\n1 ?/ ?(√|sqrt) ?\\(?L\\)?\n1/√L\n```"
CHOICE = "```expect choice\n- [x] right one\n- [ ] wrong one\n- [ ] other one\n```"
SEVERAL = "```expect choice\n- [x] first\n- [x] second\n- [ ] third\n```"
CLOZE = "It grows by {{√2::a root}} a block, and by {{2}} where F(x) = x."
SIZES = [(60, 18), (80, 24), (150, 40)]


def learn(learner: Learner, answer: str = "Because.", question: str = "Which?") -> None:
    """Take in one card."""
    learner.learn("Alpha", question=question, answer=answer)


def last_extra(learner: Learner) -> dict[str, Any]:
    """Return what the newest review kept beside its rating."""
    rows = learner.workspace.database.read("SELECT extra FROM log WHERE kind = 'review' ORDER BY id DESC", {})
    extra: dict[str, Any] = json.loads(rows[0][0])
    return extra


def options(desk: Desk) -> list[str]:
    """Return the answers to choose from, as they stand there."""
    return [
        " ".join(" ".join(str(part.render()) for part in line.query(Static)).split())
        for line in desk.screen.query(OptionLine)
    ]


def proposed(desk: Desk) -> str:
    """Return the rating that is marked."""
    (marked,) = [
        str(button.render()) for button in desk.screen.query(RatingButton) if "▸" in str(button.render())
    ]
    return marked.removeprefix("▸ ").split()[1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("answer", "question", "keys", "rating"),
    [
        (NUMBER, "How much?", ["space", *"98", "enter"], Rating.EASY),
        (NUMBER, "How much?", ["space", *"0.102 GB", "enter"], Rating.GOOD),
        (NUMBER, "How much?", ["space", *"5 s", "enter"], Rating.AGAIN),
        (EXACT, "Which?", ["space", *"rezero", "enter"], Rating.GOOD),
        (EXACT, "Which?", ["space", *"rezreo", "enter"], Rating.HARD),
        (REGEX, "Which?", ["space", *"1/sqrt(L)", "enter"], Rating.GOOD),
        (REGEX, "Which?", ["space", *"1/L", "enter"], Rating.AGAIN),
        ("Because.", CLOZE, ["space", *"sqrt 2", "enter", "2", "enter"], Rating.GOOD),
        ("Because.", CLOZE, ["space", *"2", "tab", "2", "enter"], Rating.AGAIN),
    ],
)
async def test_an_answer_is_graded_and_enter_accepts(
    learner: Learner, size: tuple[int, int], answer: str, question: str, keys: list[str], rating: Rating
) -> None:
    """The answer is shown, the verdict stands above it, and the rating that was earned is marked."""
    learn(learner, answer, question)
    async with studying(learner, size=size) as desk:
        assert desk.answer == ""
        assert desk.buttons == []
        assert "space Your answer" in desk.footer
        await desk.press(*keys)
        assert desk.page.reading.whole
        assert proposed(desk) == rating.name.capitalize()
        assert f"Proposed: {rating.value}" in "\n".join(desk.shown)
        assert not desk.screen.query("AnswerLine:focus")
        await desk.press("enter")
        assert [one[1] for one in desk.reviews()] == [rating]


@pytest.mark.parametrize("size", SIZES)
async def test_a_choice_is_made_by_digits_or_arrows(learner: Learner, size: tuple[int, int]) -> None:
    """It has the keyboard at once, and leaves the letters to the card."""
    learn(learner, CHOICE)
    async with studying(learner, size=size) as desk:
        texts = [line.split(" ", 2)[2] for line in options(desk)]
        assert sorted(text.strip("○ ") for text in texts) == ["other one", "right one", "wrong one"]
        place = next(index for index, text in enumerate(texts) if "right" in text)
        await desk.press(str(place + 1))
        assert [("●" in line) for line in options(desk)] == [index == place for index in range(3)]
        await desk.press("down", "up")
        assert "●" in options(desk)[place]
        assert desk.reviews() == []
        await desk.press("enter")
        assert proposed(desk) == "Good"
        assert "✓ right one" in desk.answer
        asked = [text.strip("○ ") for text in texts]
        assert [line.strip(" ✓·") for line in desk.answer.splitlines()][:3] == asked
        assert "Right: “right one”" in "\n".join(desk.shown)
        await desk.press("2")
        assert [one[1] for one in desk.reviews()] == [Rating.HARD]
    kept = last_extra(learner)["expected"]
    assert kept == {"kind": "choice", "answer": "right one", "wanted": "right one", "proposed": "good"}


async def test_several_right_answers_are_all_chosen(learner: Learner) -> None:
    """Space and digits tick and untick; all but one is nearly right."""
    learn(learner, SEVERAL)
    async with studying(learner) as desk:
        assert "Choose all that are right" in "\n".join(desk.shown)
        places = {line.split("] ")[1]: number for number, line in enumerate(options(desk), start=1)}
        await desk.press(str(places["first"]), str(places["third"]), str(places["third"]))
        assert sum("[x]" in line for line in options(desk)) == 1
        await desk.press("enter")
        assert proposed(desk) == "Hard"


async def test_nothing_chosen_is_no_answer(learner: Learner) -> None:
    """Enter says so, and grades nothing."""
    learn(learner, CHOICE)
    async with studying(learner) as desk:
        await desk.press("enter")
        assert desk.answer == ""
        assert "Write an answer first" in "\n".join(desk.shown)
        await desk.press("7", "8")
        assert not any("●" in line for line in options(desk))


async def test_a_click_chooses(learner: Learner) -> None:
    """As a digit does."""
    learn(learner, CHOICE)
    async with studying(learner) as desk:
        await desk.click(desk.screen.query(OptionLine)[1])
        assert "●" in options(desk)[1]


async def test_the_order_is_that_of_the_review(learner: Learner) -> None:
    """The same after a restart; another one at another review, as the card's own value says."""
    learn(learner, CHOICE)
    orders = []
    for _ in range(2):
        async with studying(learner) as desk:
            orders.append(options(desk))
    assert orders[0] == orders[1]
    for _ in range(6):
        scripted.answer(learner.workspace, "alpha", 4)
        learner.clock.forward(days=4000)
        async with studying(learner) as desk:
            orders.append(options(desk))
    assert len({tuple(order) for order in orders}) > 1


async def test_what_cannot_be_read_is_said_and_stays(learner: Learner) -> None:
    """No rating comes of words where a number is asked for; correcting them goes on."""
    learn(learner, NUMBER)
    async with studying(learner) as desk:
        await desk.press("space", *"lots", "enter")
        assert "'lots' is not a number" in "\n".join(desk.shown)
        assert desk.answer == ""
        await desk.press(*["backspace"] * 4, *"98.3", "enter")
        assert desk.page.reading.whole
        assert "is not a number" not in "\n".join(desk.shown)


async def test_the_answer_may_be_shown_without_one(learner: Learner) -> None:
    """n shows it; nothing is proposed, enter is Good as on any card, and the log keeps no answer."""
    learn(learner, NUMBER)
    async with studying(learner) as desk:
        await desk.press("n")
        assert "Expected 98.3 MB ± 5 %" in " ".join(desk.answer.split())
        assert not any("▸" in button for button in desk.buttons)
        await desk.press("enter")
        assert [one[1] for one in desk.reviews()] == [Rating.GOOD]
    assert last_extra(learner) == {}


async def test_escape_leaves_the_field_and_keeps_the_words(learner: Learner) -> None:
    """Letters are the card's keys again, and space goes on writing."""
    learn(learner, EXACT)
    async with studying(learner) as desk:
        await desk.press("space", *"rez", "escape")
        assert desk.is_on(StudyScreen)
        assert desk.app.focused is desk.page
        await desk.resize(60, 18)
        await desk.press("x", "escape", "space", *"ero", "enter")
        assert proposed(desk) == "Good"


async def test_blanks_are_hidden_until_the_answer_is_shown(learner: Learner) -> None:
    """On the card, in lists and in the card's id; then they stand in their place."""
    learner.learn("Alpha", "The gain is {{0.9::a number}} there.")
    assert learner.topics() == ["alpha"]
    listed = list(listing.listed_cards(learner.workspace))[1]
    assert listed["id"] == "alpha/the-gain-is-a-number-there"
    assert listed["question"] == "The gain is [a number] there."
    learner.begin().answer(Rating.GOOD, 0)
    async with studying(learner) as desk:
        assert desk.card == "The gain is [a number] there."
        assert "0.9" not in "\n".join(desk.shown)
        await desk.press("space", *"0,9", "enter")
        assert desk.card == "The gain is 0.9 there."


async def test_typing_freely_is_there_as_well(learner: Learner) -> None:
    """t opens the editor on a card that expects an answer, too; both are kept."""
    learn(learner, EXACT)
    async with studying(learner) as desk:
        await desk.press("t", *"words", "ctrl+j")
        assert isinstance(desk.app.focused, AnswerLine)
        await desk.press(*"rezero", "enter", "enter")
    kept = last_extra(learner)
    assert kept["typed"] == "words"
    assert kept["expected"]["answer"] == "rezero"


async def test_an_edit_keeps_what_was_given(learner: Learner) -> None:
    """The card with its new words has the verdict and the words where they were."""
    learn(learner, EXACT)
    async with studying(learner) as desk:
        await desk.press("space", *"rez", "escape")
        body = desk.screen.query_one(StudyBody)
        await body.replace(learner.card("alpha"))
        assert desk.screen.query_one(AnswerLine).value == "rez"
        await desk.press("space", *"ero", "enter")
        await body.replace(learner.card("alpha"))
        assert proposed(desk) == "Good"
        assert not desk.screen.query_one("ExpectedAnswer").has_class("-asking")


async def test_the_next_card_expects_nothing_of_this_one(learner: Learner) -> None:
    """Neither form nor verdict outlives its card; an undone rating asks again."""
    learn(learner, CHOICE)
    learner.learn("Beta")
    async with studying(learner) as desk:
        await desk.press("1", "enter", "enter")
        assert desk.card == "What is Beta?"
        assert not desk.screen.query(ExpectedChoices)
        await desk.press("space")
        assert len(desk.reviews()) == 1
        await desk.press("u")
        assert desk.card == "Which?"
        assert desk.screen.query(ExpectedChoices)
        assert desk.answer == ""


async def test_a_malformed_block_costs_only_itself(learner: Learner) -> None:
    """The card is one that expects nothing, and its answer shows the block's source."""
    learn(learner, "```expect regex\n(a\n```")
    async with studying(learner) as desk:
        await desk.press("space")
        assert "(a" in desk.answer
        assert len(desk.buttons) == 4


async def test_the_first_frame_is_textuals(learner: Learner) -> None:
    """No frame is drawn by hand for a card with a form."""
    learn(learner, EXACT)
    assert first_frame.layout(learner.card("alpha"), "", 80, 24) is None
    learn(learner, "Because.", CLOZE)
    assert first_frame.layout(learner.card("alpha"), "", 80, 24) is None


async def test_formulas_of_a_choice_are_laid_out(learner: Learner) -> None:
    """On its line, in the verdict, and among what was to choose from."""
    block = "```expect choice ordered\n- [x] $\\sqrt{L}$\n- [ ] $\\frac{1}{L}$\n```"
    learn(learner, block)
    async with studying(learner) as desk:
        assert options(desk) == ["1 ○ √L", "2 ○ 1/L"]
        await desk.press("2", "enter")
        await desk.settle()
        shown = "\n".join(desk.shown)
        assert "You chose “1/L”; right is “√L”." in shown
        assert "✓ √L" in shown
        assert "$" not in shown


@pytest.mark.parametrize(
    ("answer", "question", "keys", "given"),
    [
        (NUMBER, "How much?", ["space", *"98"], "98"),
        ("Because.", CLOZE, ["space", *"sqrt", "enter", *"4"], "sqrt\n4"),
        (CHOICE, "Which?", ["down"], None),
        (SEVERAL, "Which?", ["space", "down", "space"], None),
    ],
)
@pytest.mark.parametrize("leave", [(), ("escape", "q"), ("escape", "b", "u")])
async def test_what_was_given_and_not_handed_in_is_kept(
    learner: Learner, answer: str, question: str, keys: list[str], given: str | None, leave: tuple[str, ...]
) -> None:
    """On disk within a second, without any key: it outlives a killed terminal, leaving, and another card."""
    learn(learner, answer, question)
    async with studying(learner) as desk:
        await desk.press(*keys)
        text = desk.page.expected.text
        assert given in (None, text)
        card = learner.card("alpha")
        await desk.until(lambda: draft.kept(learner.workspace, card).given == text)
        await desk.press(*leave if given else leave[1:])
    learner.reopen()
    async with studying(learner) as desk:
        assert desk.page.expected.text == text
        assert desk.answer == ""
        if given:
            await desk.press("space")
        await desk.press(*["enter"] * (2 if "\n" in (given or "") else 1))
        assert desk.page.reading.revealed
        await desk.press("1")
        assert desk.page.expected.text.strip() == ""


async def test_a_line_says_which_key_brings_the_keyboard_there(learner: Learner) -> None:
    """Letters are commands before: one would put the card off. Enter leads there as space does."""
    learn(learner, EXACT)
    async with studying(learner) as desk:
        line = desk.screen.query_one(AnswerLine)
        assert line.placeholder.startswith("space to type: ")
        await desk.press("enter", "z")
        assert line.has_focus
        assert line.value == "z"
        assert "space" not in line.placeholder
        await desk.press("escape")
        assert line.placeholder.startswith("space to type: ")
