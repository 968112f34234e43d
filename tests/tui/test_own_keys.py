"""Keys of one's own: they act, they are shown everywhere, and clashes are told."""

from __future__ import annotations

import pytest

from quizapp.config import Settings
from quizapp.tui.bound_keys import bound_keys, key_problems, keymap_of
from quizapp.tui.screens.calibration import CalibrationScreen
from quizapp.tui.screens.help import HelpScreen
from quizapp.tui.screens.home import HomeScreen
from quizapp.tui.screens.keys import KeysScreen, PressKeyScreen
from quizapp.tui.screens.study import StudyScreen
from quizapp.tui.screens.why import WhyScreen
from quizapp.tui.widgets.pick_list import PickList
from tests.learner import Learner
from tests.tui.desk import Desk, at_home, studying
from tests.tui.material import learn_gradients
from tests.tui.test_settings import file_of


def change(learner: Learner, **keys: str) -> None:
    """Start again with other keys, dots written as two underscores."""
    learner.settings = Settings(fuzz=False, keys={name.replace("__", "."): key for name, key in keys.items()})
    learner.reopen()


def test_no_two_places_give_an_id_other_keys() -> None:
    """An id is one action: its keys in the settings mean the same wherever it is bound."""
    keys: dict[str, set[tuple[str, ...]]] = {}
    for bound in bound_keys():
        keys.setdefault(bound.id, set()).add(bound.keys)
    assert {identifier: found for identifier, found in keys.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({}, []),
        ({"study.why": "y"}, []),
        ({"study.why": "c", "study.claims": "i"}, []),
        ({"study.why": "c"}, ["“Why” and “Claims” would both take c on a card (study.why, study.claims)"]),
        ({"study.why": "y", "study.bury": "y"}, ["“Why” and “Bury” would both take y on a card (study.why, study.bury)"]),
        ({"home.lab": "k"}, ["“Lab”, “Up” and “Search above” would all take k on Home (home.lab, home.up, home.search_up)"]),
        ({"home.lab": "?"}, ["“Lab” and “Help” would both take ? on Home (home.lab, home.help)"]),
        ({"home.lab": "ctrl+q"}, ["“Lab” on Home and “Quit” everywhere would both take ^q (home.lab, app.quit)"]),
        ({"why.leave": "x"}, []),
        ({"study.wyh": "w"}, ["no key goes by the id 'study.wyh'"]),
        ({"study.why": "bla"}, ["there is no key 'bla'"]),
        ({"editor.save": "f1"}, ["“Save” and “Help” would both take f1 in the editor (editor.save, editor.help)"]),
        ({"app.quit": "comma"}, ["“Quit” everywhere and “Settings” on Home would both take , (app.quit, home.settings)"]),
        ({"flags.red": "2"}, ["“Flag red” and “Flag orange” would both take 2 under “Flags” (flags.red, flags.orange)"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_keys_is_told(keys: dict[str, str], told: list[str]) -> None:
    """Ids that are not there, keys that are none, and two actions of one place with one key."""
    assert [what for _, what, _ in key_problems(keys)][: len(told) or None] == told


def test_a_key_that_many_actions_have_is_told_once() -> None:
    """With the first by its name and all of them by their ids."""
    (identifier, what, hint), *others = key_problems({"app.quit": "s"})
    assert (identifier, others, hint) == ("app.quit", [], "give one of them another key")
    assert what.startswith("“Quit” everywhere and “Statistics” on Home, and ")
    assert "more, would all take s (app.quit, home.statistics, " in what
    assert "changes.suspend" in what


@pytest.mark.parametrize(
    ("identifier", "meant"),
    [
        ("study.wyh", "did you mean 'study.why'?"),
        ("browser.suspend", "did you mean 'study.suspend' or 'changes.suspend' or 'leech.suspend'?"),
        ("zzz", "the settings in the app list them under Keys"),
    ],
)
def test_the_id_that_was_meant_is_named(identifier: str, meant: str) -> None:
    """Of the same action elsewhere, or of the same spelling."""
    assert [hint for _, _, hint in key_problems({identifier: "f7"})] == [meant]


async def test_a_changed_key_acts_and_the_usual_one_does_not(learner: Learner) -> None:
    """Others that share the old key keep it."""
    learn_gradients(learner)
    change(learner, study__reveal="r", study__why="f5,y")
    async with studying(learner) as desk:
        await desk.press("i")
        assert desk.is_on(StudyScreen)
        await desk.press("f5")
        assert desk.is_on(WhyScreen)
        await desk.press("escape", "space")
        assert desk.answer == ""
        await desk.press("r")
        assert "multiplied" in desk.answer
        before = desk.page.scroll_offset.y
        await desk.press("home", "space")
        assert desk.page.scroll_offset.y >= before


async def test_changed_keys_are_shown_everywhere(learner: Learner) -> None:
    """In the footer, in its place; in the help; in the palette; below the question."""
    learn_gradients(learner)
    change(learner, study__reveal="r", study__reveal_all="S")
    async with studying(learner, size=(80, 40)) as desk:
        assert desk.footer.split()[:4] == ["r", "Answer", "S", "Whole"]
        assert "r shows the answer by section   t type yours" in "\n".join(desk.shown)
        commands = {command.title: command.help for command in desk.app.get_system_commands(desk.screen)}
        assert "key r" in commands["Answer"]
        await desk.press("question_mark")
        assert desk.is_on(HelpScreen)
        assert any(line.strip("│ ").startswith("r ") and "Show the answer" in line for line in desk.shown)


async def test_rating_keys_are_shown_on_their_buttons(learner: Learner) -> None:
    """A left hand may rate, too."""
    learn_gradients(learner)
    change(learner, study__good="g")
    async with studying(learner) as desk:
        await desk.press("space")
        assert desk.buttons[2].startswith("g Good")
        await desk.press("g")
        assert desk.reviews()[0][1] == 3


@pytest.mark.parametrize(("identifier", "key"), [("study.passed", "p"), ("study.good", "g")])
async def test_the_pass_of_two_buttons_has_the_learners_key(
    learner: Learner, identifier: str, key: str
) -> None:
    """On its button, and as it is pressed."""
    learn_gradients(learner)
    learner.settings = Settings(fuzz=False, two_buttons=True, keys={identifier: key})
    learner.reopen()
    async with studying(learner) as desk:
        await desk.press("space", "end")
        assert desk.buttons[-1].startswith(f"{key} Good")
        await desk.press(key)
        assert desk.reviews()[0][1] == 3


async def test_clashes_are_told_at_the_start(learner: Learner) -> None:
    """The app works nevertheless."""
    learner.learn("Alpha")
    change(learner, home__lab="c", study__wyh="w")
    async with at_home(learner) as desk:
        await desk.until(lambda: len(desk.app._notifications) >= 2)
        await desk.press("a")
        assert desk.is_on(StudyScreen)


async def chosen(desk: Desk, identifier: str) -> None:
    """Put the cursor on an action in the list of keys."""
    box = desk.screen.query_one(PickList)
    box.highlighted = box.get_option_index(identifier)
    await desk.pilot.pause()


async def test_a_key_is_pressed_in_the_app(learner: Learner) -> None:
    """It is in the file, acts at once, and the usual one comes back."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("comma", "K")
        assert desk.is_on(KeysScreen)
        await chosen(desk, "home.settings")
        await desk.press("enter")
        assert desk.is_on(PressKeyScreen)
        await desk.press("f2")
        assert file_of(learner) == '[keys]\n"home.settings" = "f2"\n'
        await desk.press("plus", "O")
        assert learner.workspace.settings.keys == {"home.settings": "f2,O"}
        await desk.press("escape", "escape", "comma")
        assert desk.is_on(HomeScreen)
        await desk.press("f2", "K")
        await chosen(desk, "home.settings")
        await desk.press("backspace")
        assert file_of(learner) == ""
        await desk.press("escape", "escape", "comma", "K")
        assert desk.is_on(KeysScreen)


async def test_the_list_of_keys_is_narrowed_by_words(learner: Learner) -> None:
    """By name, place or id; what is found is changed as ever, and esc shows all again before it leaves."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("comma", "K")
        box = desk.screen.query_one(PickList)
        every = box.option_count
        await desk.press("slash", *"study.susp")
        assert [box.get_option_at_index(index).id for index in range(box.option_count)] == [
            None,
            "study.suspend",
        ]
        await desk.press("down", "enter", "f9")
        assert file_of(learner) == '[keys]\n"study.suspend" = "f9"\n'
        assert box.option_count == 2
        await desk.press("slash", *"zzz", "enter", "enter", "plus")
        assert desk.is_on(KeysScreen)
        await desk.press("escape")
        assert box.option_count == every
        assert desk.is_on(KeysScreen)
        await desk.press("escape")
        assert not desk.is_on(KeysScreen)


@pytest.mark.parametrize(("key", "kept"), [("a", False), ("escape", False), ("f9", True), ("ctrl+t", True)])
async def test_only_a_free_key_is_taken(learner: Learner, key: str, kept: bool) -> None:
    """One that another action of the place has is refused with words; esc takes none."""
    learner.learn("Alpha")
    async with at_home(learner) as desk:
        await desk.press("comma", "K")
        await chosen(desk, "home.lab")
        await desk.press("enter", key)
        assert desk.is_on(KeysScreen)
        assert ("home.lab" in file_of(learner)) is kept
        assert any("“Lab” and “All due” would both take a on Home" in notice for notice in desk.notices) is (
            key == "a"
        )


def test_the_keymap_names_every_action_once_any_is_changed() -> None:
    """Without a change there is none, so that the usual start pays nothing."""
    assert keymap_of({}) == {}
    keymap = keymap_of({"study.why": "w"})
    assert keymap["study.why"] == "w"
    assert keymap["study.reveal"] == "space,enter,n"
    assert keymap["study.down"] == "down,j"


def test_the_calibration_screen_is_among_the_places() -> None:
    """Screens that are imported late are found."""
    assert CalibrationScreen.__name__ in {bound.place for bound in bound_keys()}
