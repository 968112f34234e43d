"""Statistics from the log: counted once, and never other than counting anew would give."""

from __future__ import annotations

import json
from datetime import UTC, date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.core.drill.setup import Reach, Setup
from quizapp.core.log import EntryKind
from quizapp.core.memory import Rating
from quizapp.core.statistics.scope import Scope
from quizapp.core.statistics.span import ALL, Wanted
from quizapp.errors import DeckError, UsageError
from quizapp.services.drill import begin as begin_drill
from quizapp.services.scripted import answer
from quizapp.services.statistics import counting, listed, present, report
from quizapp.services.study import begin
from tests.drilling import GOOD as DONE_WELL
from tests.drilling import POOR
from tests.learner import Clock, Learner
from tests.services.test_calibration import keep
from tests.services.test_drill import give, learn

AGAIN, HARD, GOOD, EASY = Rating


def figures(
    learner: Learner, section: str, wanted: Wanted | None = None, scope: Scope | None = None
) -> dict[str, object]:
    """Return one section's figures."""
    shown = report(learner.workspace, wanted or Wanted(ALL), scope or Scope())
    return dict(next(one.figures for one in shown.sections if one.name == section))


def everything(learner: Learner, wanted: Wanted | None = None) -> str:
    """Return all figures as one text."""
    return json.dumps(listed(report(learner.workspace, wanted or Wanted(ALL))))


def counted_anew(learner: Learner, wanted: Wanted | None = None) -> str:
    """Return all figures after what was counted has been forgotten."""
    with learner.workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM tally")
    return everything(learner, wanted)


def kept_days(learner: Learner) -> list[int]:
    """Return the days whose tallies are kept."""
    return [day for (day,) in learner.workspace.database.read("SELECT day FROM tally ORDER BY day", {})]


def studied(learner: Learner, days: int = 5) -> None:
    """Learn two topics of two decks, and answer one card of each on some days."""
    learner.write("Alpha", deck="maths/sets")
    learner.write("Beta", deck="music")
    learner.add()
    for number in range(days):
        answer(learner.workspace, "alpha", AGAIN if number == 3 else GOOD)
        answer(learner.workspace, "beta", GOOD)
        learner.clock.forward(days=1)


def test_days_that_are_over_are_counted_once(learner: Learner) -> None:
    """Up to yesterday without a gap; today is not among them."""
    studied(learner)
    learner.clock.forward(days=2)
    today, _ = learner.workspace.today()
    everything(learner)
    assert kept_days(learner) == list(range(today - 7, today))
    answer(learner.workspace, "beta", GOOD)
    assert figures(learner, "days")["reviews"] == 11
    assert kept_days(learner)[-1] == today - 1


def test_an_undo_of_a_past_day_counts_it_anew(learner: Learner) -> None:
    """And the days after it, whose reviews then have another one before them."""
    studied(learner)
    before = everything(learner)
    begin(learner.workspace).undo()
    after = everything(learner)
    assert after != before
    assert after == counted_anew(learner)
    assert figures(learner, "days")["reviews"] == 9


def test_an_answer_of_today_deletes_nothing(learner: Learner) -> None:
    """What was counted stays."""
    studied(learner)
    everything(learner)
    kept = kept_days(learner)
    answer(learner.workspace, "alpha", GOOD)
    assert kept_days(learner) == kept


def test_a_topic_that_moves_takes_its_reviews_along(learner: Learner) -> None:
    """Its reviews count under the deck where it stands now, and under its tags of now."""
    studied(learner)
    assert set(figures(learner, "decks")) == {"maths/sets", "music"}
    path = learner.write("Alpha", deck="logic")
    path.write_text(path.read_text(encoding="utf-8").replace("a, b", "a, new"), encoding="utf-8")
    learner.add()
    assert set(figures(learner, "decks")) == {"logic", "music"}
    assert {name: one["reviews"] for name, one in figures(learner, "tags").items()} == {  # type: ignore[index]
        "a": 10, "b": 5, "new": 5,
    }  # fmt: skip


def test_a_card_that_is_tagged_counts_under_its_tag(learner: Learner) -> None:
    """The learner's own tags are tags like those of the file."""
    studied(learner)
    everything(learner)
    learner.note("beta", EntryKind.TAG, words="mine")
    assert figures(learner, "tags")["mine"]["reviews"] == 5  # type: ignore[index]


def test_hours_are_those_of_the_learners_clock(learner: Learner) -> None:
    """In another time zone the same reviews are counted anew under its hours."""
    studied(learner)
    assert list(figures(learner, "hours")) == ["9"]
    learner.workspace.zone = timezone(timedelta(hours=5, minutes=30))
    assert list(figures(learner, "hours")) == ["14"]
    learner.workspace.zone = UTC
    assert list(figures(learner, "hours")) == ["9"]


def test_true_retention_asks_how_long_ago_the_last_review_was(learner: Learner) -> None:
    """A card answered after three weeks is mature, one after a day young."""
    learner.learn("Alpha")
    answer(learner.workspace, "alpha", EASY)
    learner.clock.forward(days=21)
    answer(learner.workspace, "alpha", GOOD)
    learner.clock.forward(days=1)
    answer(learner.workspace, "alpha", AGAIN)
    periods = figures(learner, "retention")["periods"]
    whole = list(periods.values())[-1]  # type: ignore[attr-defined]
    assert (whole["mature"]["passed"], whole["mature"]["count"]) == (1, 1)
    assert (whole["young"]["passed"], whole["young"]["count"]) == (0, 1)


def test_ranges_end_and_begin_where_they_say(learner: Learner) -> None:
    """Days up to today, dates, and everything; another range is another difference of the same sums."""
    studied(learner)
    today, _ = learner.workspace.today()
    assert figures(learner, "days", Wanted(2))["reviews"] == 2
    since, until = date.fromordinal(today - 4), date.fromordinal(today - 3)
    asked = Wanted(since=since, until=until)
    assert figures(learner, "days", asked)["reviews"] == 4
    assert {name: one["reviews"] for name, one in figures(learner, "decks", asked).items()} == {  # type: ignore[index]
        "maths/sets": 2, "music": 2,
    }  # fmt: skip
    assert everything(learner, asked) == counted_anew(learner, asked)


def test_a_deck_or_a_tag_chooses_cards(learner: Learner) -> None:
    """Of a deck and all below it, of a tag, or of both; the cards' figures follow."""
    studied(learner)
    learner.write("Gamma", deck="maths")
    learner.add()
    answer(learner.workspace, "gamma", GOOD)
    assert figures(learner, "days", scope=Scope(deck="maths"))["reviews"] == 6
    assert figures(learner, "days", scope=Scope(deck="maths/sets"))["reviews"] == 5
    assert figures(learner, "difficulty", scope=Scope(deck="maths"))["cards"] == 2
    learner.note("beta", EntryKind.TAG, words="mine")
    assert figures(learner, "days", scope=Scope(tag="mine"))["reviews"] == 5
    assert figures(learner, "days", scope=Scope(deck="maths", tag="mine"))["reviews"] == 0
    assert figures(learner, "days", scope=Scope(tag="a"))["reviews"] == 11


def test_what_is_not_there_is_refused(learner: Learner) -> None:
    """An unknown deck, an unknown tag with the nearest one, a range that ends before it begins or has not come."""
    studied(learner)
    with pytest.raises(DeckError):
        report(learner.workspace, scope=Scope(deck="nowhere"))
    learner.note("beta", EntryKind.TAG, words="mine")
    with pytest.raises(UsageError, match="'mime'") as refused:
        report(learner.workspace, scope=Scope(tag="mime"))
    assert "'mine'" in refused.value.hint
    with pytest.raises(UsageError, match="ends before it begins"):
        report(learner.workspace, Wanted(since=date(2026, 2, 2), until=date(2026, 2, 1)))
    with pytest.raises(UsageError, match="future"):
        report(learner.workspace, Wanted(since=date(2030, 1, 1)))


def test_without_a_review_every_section_says_so(learner: Learner) -> None:
    """A new learner has statistics, too."""
    shown = report(learner.workspace)
    assert len(shown.sections) == 14
    assert kept_days(learner) == []


def test_a_database_that_cannot_be_written_has_statistics(learner: Learner) -> None:
    """They are counted each time."""
    studied(learner)
    expected = counted_anew(learner)
    with learner.workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM tally")
    learner.reopen()
    reader = learner.workspace.database.read("PRAGMA query_only", {})
    assert reader == [(1,)]
    with learner.workspace.database.write() as held:
        held.exec_driver_sql(
            "CREATE TRIGGER no BEFORE INSERT ON tally BEGIN SELECT raise(ABORT, 'locked'); END"
        )
    assert everything(learner) == expected
    assert kept_days(learner) == []


def test_predictions_of_the_range_are_tallied(learner: Learner) -> None:
    """Those whose runs have ended."""
    learner.learn("Alpha")
    keep(learner, "10⁵", "10⁷")
    learner.clock.forward(days=40)
    keep(learner, "10⁷", "10⁷", hit=True)
    assert figures(learner, "predictions", Wanted(30))["count"] == 1
    assert figures(learner, "predictions", Wanted(90))["count"] == 2


def test_drills_and_crams_count_as_reviews_where_they_moved_the_schedule(learner: Learner) -> None:
    """An entry of a drill that names a policy is a review; one that names none is an exercise alone."""
    studied(learner, days=1)
    read, database = learner.workspace.database.read, learner.workspace.database
    for kind, policy in (("drill", "policy_id"), ("drill", "NULL"), ("cram", "NULL")):
        with database.write() as connection:
            connection.exec_driver_sql(
                f"""INSERT INTO log (id, at_ms, day, device, card_id, kind, rating, phase, elapsed_ms, policy_id)
                    SELECT CAST(substr(id, 1, 6) || randomblob(10) AS BLOB), at_ms, day, device, card_id, '{kind}', 3,
                        'review', 5, {policy}
                    FROM log WHERE card_id = 'alpha' AND kind = 'review' LIMIT 1"""
            )
    assert len(read("SELECT 1 FROM log", {})) == 5
    assert figures(learner, "days")["reviews"] == 3
    assert figures(learner, "drills")["answers"] == 2


def test_a_learner_who_only_drills_has_statistics_of_drills(learner: Learner) -> None:
    """The range of everything begins with the first rating of a drill; nothing is said of a schedule."""
    learn(learner, "Alpha")
    for judged in (POOR, DONE_WELL):
        drilling = begin_drill(learner.workspace, Setup(minutes=10, seed=1, reach=Reach.NONE))
        give(drilling, judged)
        drilling.finish()
        learner.clock.forward(days=40)
    shown: dict[str, Any] = figures(learner, "drills")
    assert (shown["drills"], shown["answers"]) == (2, 2)
    assert shown["topics"]["alpha"]["trend"] == "rising"
    assert figures(learner, "drills", Wanted(50))["drills"] == 1
    assert figures(learner, "days")["reviews"] == 0
    assert "No review" in report(learner.workspace).sections[0].said.line
    assert figures(learner, "drills", scope=Scope(deck="deck"))["drills"] == 2


def test_what_the_cards_tell_is_known_before_the_log_is_counted(learner: Learner) -> None:
    """The rest says that it waits; each step says how many days are left, and ends with none."""
    studied(learner, days=2)
    learner.clock.forward(days=70)
    before = {one.name: one for one in present(learner.workspace).sections}
    assert kept_days(learner) == []
    assert list(counting(learner.workspace)) == [72, 42, 12]
    assert list(counting(learner.workspace)) == []
    after = {one.name: one for one in report(learner.workspace).sections}
    assert list(before) == list(after)
    for name, section in before.items():
        if name in ("intervals", "stability", "difficulty", "retrievability", "predictions"):
            assert section == after[name]
        elif name != "forecast":
            assert (section.said.line, section.figures) == ("Your reviews are being counted.", {})
    assert before["forecast"].figures["by_day"] == after["forecast"].figures["by_day"]


moves = st.lists(
    st.sampled_from(["good", "again", "next day", "undo", "look", "other card", "suspend", "tag"]),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_what_is_kept_is_what_counting_anew_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    """Whatever is answered, undone, tagged and looked at between, on whichever days."""
    learner = Learner(tmp_path_factory.mktemp("learner"), Clock())
    learner.write("Alpha", "Why so?")
    learner.write("Beta")
    learner.add()
    cards = ["alpha", "beta"]
    for step in steps:
        learner.clock.forward(seconds=1)
        if step in ("good", "again"):
            answer(learner.workspace, cards[0], GOOD if step == "good" else AGAIN)
        elif step == "next day":
            learner.clock.forward(days=1)
        elif step == "undo":
            begin(learner.workspace).undo()
        elif step == "look":
            everything(learner)
        elif step == "other card":
            cards.reverse()
        elif step == "suspend":
            learner.note(cards[0], EntryKind.SUSPEND)
        else:
            learner.note(cards[0], EntryKind.TAG, words="mine")
    assert everything(learner) == counted_anew(learner)
    learner.workspace.close()
