"""The map of the whole material, as read from the library."""

from __future__ import annotations

from quizapp.core.memory import Rating
from quizapp.core.progress_map import MapRow, recommendation
from quizapp.services.home import strengths
from quizapp.services.progress_map import listed_map, read_map
from quizapp.services.scripted import answer
from tests.learner import Learner
from tests.services.test_calibration import keep

AGAIN, HARD, GOOD, EASY = Rating
SIM = "Because.\n\n```sim\nscale-explosion depth=20\n```\n"


def row(learner: Learner, name: str) -> MapRow:
    """Return a line of the map by its name."""
    return next(row for row in read_map(learner.workspace).rows if row.name == name)


def with_points(
    learner: Learner, title: str, *points: str, deck: str = "deck", answer_text: str = "Because."
) -> None:
    """Write a topic with key points and take it in."""
    path = learner.write(title, "Why so?", deck=deck, answer=answer_text)
    cover = "\n## What to Cover\n" + "".join(f"- {point}\n" for point in points) + "\n## Answer\n"
    path.write_text(path.read_text(encoding="utf-8").replace("\n## Answer\n", cover), encoding="utf-8")
    learner.add()


def test_cards_points_and_simulations_are_covered_one_by_one(learner: Learner) -> None:
    """A point once ticked is covered, a simulation once run; an answer taken back covers nothing."""
    with_points(learner, "Alpha", "one", "two", answer_text=SIM)
    study = learner.begin()
    study.answer(GOOD, 0, {"ticked": ["one", "gone since"]})
    here = row(learner, "Alpha").standing
    assert (here.cards.words, here.points.words, here.simulations.words) == ("1/2", "1/2", "0/1")
    keep(learner, "10⁵", "10⁷")
    assert row(learner, "Alpha").standing.simulations.words == "1/1"
    study.undo()
    here = row(learner, "Alpha").standing
    assert (here.cards.words, here.points.words) == ("0/2", "0/2")


def test_strength_is_homes(learner: Learner) -> None:
    """The mean probability of recall today, new cards as 0, for a deck with all below it."""
    learner.write("Alpha", deck="maths")
    learner.write("Beta", deck="maths/sets")
    learner.add()
    answer(learner.workspace, "alpha", GOOD)
    learner.clock.forward(days=5)
    assert row(learner, "maths").standing.strength == strengths(learner.workspace)["maths"]
    assert row(learner, "maths").standing.cards.words == "1/2"


def test_the_next_step_of_a_topic(learner: Learner) -> None:
    """What waits now, else the day of what comes."""
    learner.learn("Alpha", "Why so?", "What then?")
    here = row(learner, "Alpha").standing
    assert (here.new, here.locked, here.due) == (1, 2, 0)
    answer(learner.workspace, "alpha", EASY)
    today, _ = learner.workspace.today()
    here = row(learner, "Alpha").standing
    assert (here.new, here.locked, here.next_day) == (0, 0, today + 1)
    learner.clock.forward(days=30)
    assert row(learner, "Alpha").standing.due == 1


def test_one_topic_is_recommended(learner: Learner) -> None:
    """What is due goes before what is new."""
    learner.write("Alpha")
    learner.write("Beta")
    learner.add()
    assert recommendation(read_map(learner.workspace)).startswith("next: Alpha (not begun yet")
    answer(learner.workspace, "beta", EASY)
    learner.clock.forward(days=30)
    assert recommendation(read_map(learner.workspace)).startswith("next: Beta (1 card due")


def test_scripts_get_every_figure(learner: Learner) -> None:
    """Of the whole, the decks and the topics."""
    learner.learn("Alpha", "Why so?", deck="maths/sets")
    shown = listed_map(read_map(learner.workspace))
    assert shown["next"] == {"topic": "alpha", "deck": "maths/sets"}
    assert [deck["deck"] for deck in shown["decks"]] == ["maths", "maths/sets"]  # type: ignore[attr-defined]
    topic = shown["topics"][0]  # type: ignore[index]
    assert (topic["cards"], topic["cards_seen"], topic["locked"], topic["next"]) == (2, 0, 1, "1 new")


def test_an_empty_library_says_what_to_do(learner: Learner) -> None:
    """There is no topic to recommend."""
    assert "add a deck" in recommendation(read_map(learner.workspace))
