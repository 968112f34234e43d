"""`quizapp stats` and `quizapp progress`."""

from __future__ import annotations

import pytest

from quizapp.errors import ExitCode
from tests.cli.conftest import Command

SECTIONS = {
    "calendar", "days", "forecast", "retention", "buttons", "intervals", "stability", "difficulty", "retrievability",
    "hours", "decks", "tags", "predictions", "drills",
}  # fmt: skip


def test_every_section_is_printed_with_its_conclusion(quizapp: Command) -> None:
    """As text of at most 80 columns in a pipe, without any styling."""
    quizapp("answer", "residual-overview", "good")
    printed = quizapp("stats", "--plain")
    assert printed.code == 0
    for title in ("Calendar", "Forecast", "True retention by age of card", "Buttons", "By tag", "Drills"):
        assert f"\n{title}\n" in printed.out
    assert "too few" in printed.out
    assert "\x1b" not in printed.out
    assert max(map(len, printed.out.splitlines())) <= 80


def test_scripts_get_every_figure_and_sentence(quizapp: Command) -> None:
    """One JSON object with the range, the scope, and fourteen sections."""
    quizapp("answer", "residual-overview", "good")
    shown = quizapp("stats", "--json", "--days", "all").value
    assert set(shown["sections"]) == SECTIONS
    assert all(section["conclusion"] for section in shown["sections"].values())
    assert shown["sections"]["days"]["figures"]["reviews"] == 1
    assert (shown["deck"], shown["tag"], shown["since"]) == (None, None, shown["until"])


def test_a_deck_and_dates_choose(quizapp: Command) -> None:
    """An empty range is no error."""
    quizapp("answer", "residual-overview", "good")
    chosen = quizapp("stats", "--json", "--since", "2020-01-01", "--deck", "residual-connections/scale").value
    assert (chosen["since"], chosen["deck"]) == ("2020-01-01", "residual-connections/scale")
    assert chosen["sections"]["days"]["figures"]["reviews"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--days", "0"), ExitCode.USAGE, "36500"),
        (("--days", "x"), ExitCode.USAGE, "all"),
        (("--days", "3", "--since", "2026-01-01"), ExitCode.USAGE, "two different ranges"),
        (("--since", "yesterday"), ExitCode.USAGE, "yesterday"),
        (("--since", "2026-02-02", "--until", "2026-01-01"), ExitCode.USAGE, "ends before it begins"),
        (("--deck", "nowhere"), ExitCode.DECK, "nowhere"),
        (("--tag", "nothing"), ExitCode.USAGE, "no card has the tag"),
        (("--json", "--plain"), ExitCode.USAGE, "two different things"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    quizapp: Command, arguments: tuple[str, ...], code: ExitCode, words: str
) -> None:
    """With what is wrong, and nothing on stdout."""
    refused = quizapp("stats", *arguments)
    assert (refused.code, refused.out) == (code, "")
    assert words.lower() in refused.err.lower()


def test_progress_lists_every_topic_and_one_recommendation(quizapp: Command) -> None:
    """As a table, and as one JSON object."""
    printed = quizapp("progress")
    assert printed.code == 0
    assert printed.out.splitlines()[-1].startswith("next: ")
    assert "Residual connections" in printed.out
    (whole,) = (line for line in printed.out.splitlines() if line.startswith("in all "))
    assert whole.endswith(" %")
    shown = quizapp("progress", "--json").value
    assert shown["whole"]["cards"] == sum(topic["cards"] for topic in shown["topics"])
    assert shown["recommendation"].startswith("next: ")


def test_progress_of_one_deck(quizapp: Command) -> None:
    """Only its topics and those below it; a deck that there is not is refused as by stats."""
    everything = quizapp("progress", "--json").value["topics"]
    deck = "residual-connections/scale"
    shown = quizapp("progress", "--deck", deck, "--json").value
    assert shown["topics"] == [topic for topic in everything if topic["deck"] == deck]
    assert 0 < len(shown["topics"]) < len(everything)
    assert quizapp("progress", "--deck", "residual-connections", "--json").value["topics"] == everything
    refused = quizapp("progress", "--deck", "residual")
    assert (refused.code, refused.out) == (ExitCode.DECK, "")
    assert "There is no deck 'residual'." in refused.err
