"""Every problem of a deck file, at its exact place."""

from __future__ import annotations

import pytest

from quizapp.core.deck_parser import parse_topic

GOOD = "# Title\n**Tags:** a\n\n## Question\nq\n\n## Answer\na\n\n## Follow-up Questions\n- f\n"

FATAL = [
    ("", "1:1: missing title"),
    (GOOD.replace("# Title", "Title"), "1:1: missing title"),
    (GOOD.replace("# Title", "\n\n# ##"), "3:1: missing title"),
    (GOOD.replace("## Question\n", ""), "1:1: missing section 'Question'"),
    (GOOD.replace("## Answer\n", ""), "1:1: missing section 'Answer'"),
    (GOOD.replace("\nq\n", "\n  \n"), "4:1: section 'Question' is empty"),
    (GOOD.replace("## Answer\na", "  ## Answer\n"), "7:3: section 'Answer' is empty"),
    (GOOD + "\n## Answer\nagain\n", "13:1: section 'Answer' stands here a second time (first on line 7)"),
    (GOOD.replace("\na\n", "\na\n\n ```py\ncode\n"), "10:2: code fence is not closed"),
    (GOOD.replace("\na\n", "\na\n\n<!-- note\n"), "10:1: HTML block is not closed"),
    (GOOD.replace("\na\n", "\n<<<<<<< HEAD\na\n"), "8:1: merge conflict marker"),
    (GOOD.replace("\na\n", "\na\n>>>>>>> topic\n"), "9:1: merge conflict marker"),
    (GOOD.replace("\na\n", "\n" + "> " * 150 + "a\n"), "8:1: lists or quotes are nested too deep"),
]

WARNINGS = [
    (GOOD.replace("**Tags:** a", "**Difficulty:** 7"), "2:17: bad difficulty '7'"),
    (GOOD.replace("**Tags:** a", "**Difficulty**:   hard"), "2:19: bad difficulty 'hard'"),
    (GOOD.replace("**Tags:** a", "**Tags:** a,, b"), "2:13: empty tag"),
    (GOOD.replace("**Tags:** a", "**Tags:** a,"), "2:13: empty tag"),
    (GOOD.replace("**Tags:** a", "**Id:** a/b c"), "2:9: id 'a/b c' has odd characters"),
    (GOOD.replace("**Tags:** a", "**Id:**"), "2:8: id is empty"),
    (GOOD.replace("**Tags:** a", "**Category:** /"), "2:15: category is empty"),
    (
        GOOD.replace("**Tags:** a", "**Tags:** a\n**tags:** b"),
        "3:11: 'tags' is set a second time (first on line 2)",
    ),
    (GOOD.replace("**Tags:** a", "**Tags:** a\n\n Prose."), "4:2: text outside of every section is left out"),
    (GOOD + "\n\n Prose.\n", "14:2: text outside of every section is left out"),
    (GOOD + "- g\n-\n", "13:1: follow-up has no question"),
    (GOOD + " - ```\n   x\n   ```\n", "12:2: follow-up has no question"),
    (GOOD + "- *F*!\n", "12:1: follow-up asks the same as the one on line 11"),
    (GOOD + "- g\n\n  ```py\n  x\n", "14:3: code fence is not closed"),
    (GOOD.replace("\n- f", ""), "10:1: section 'Follow-up Questions' is empty"),
    (GOOD.replace("## Follow", "## Claims\n\n## Follow"), "10:1: section 'Claims' is empty"),
    (GOOD.replace("\na\n", "\na\x1b[2Jb\x00\n"), "8:2: control character U+001B"),
    (GOOD.replace("\na\n", "\na\u202eb\n"), "8:2: control character U+202E"),
    (GOOD.replace("\na\n", "\na\n```sim\n\n```\n"), "9:1: empty sim block"),
    (GOOD.replace("\na\n", "\na\n> ```sim\n> x  y\n> ```\n"), "10:6: 'y' sets no knob"),
    (
        GOOD.replace("\na\n", "\na\n```sim\nx=1\n```\n"),
        "10:1: a sim block starts with 'x=1', which is no name",
    ),
    (GOOD.replace("\na\n", "\na\n```sim\nx a=1\n a=2\n```\n"), "11:2: knob 'a' is set twice"),
]


@pytest.mark.parametrize(("text", "told"), FATAL)
def test_fatal_problems(text: str, told: str) -> None:
    """What makes a topic unusable is told at its place, and the topic is not taken."""
    parsed = parse_topic(text, "deck/a.md")
    assert parsed.topic is None
    matching = [problem for problem in parsed.problems if str(problem).startswith(f"deck/a.md:{told}: ")]
    assert len(matching) == 1
    assert matching[0].fatal
    assert matching[0].hint


@pytest.mark.parametrize(("text", "told"), WARNINGS)
def test_warnings(text: str, told: str) -> None:
    """What a topic can live with is told at its place, alone, and the topic is taken."""
    parsed = parse_topic(text, "deck/a.md")
    assert parsed.topic is not None
    (problem,) = parsed.problems
    assert str(problem).startswith(f"deck/a.md:{told}: ")
    assert not problem.fatal


def test_all_problems_are_told_at_once_in_order() -> None:
    """One reading tells everything, from the top down."""
    text = "# T\n**Tags:** ,\n**Difficulty:** 0\n## Question\n\n## Follow-up Questions\n-\n"
    told = [str(problem).split(": ")[0] for problem in parse_topic(text, "p").problems]
    assert told == ["p:1:1", "p:2:11", "p:2:12", "p:3:17", "p:4:1", "p:7:1"]


def test_a_good_file_has_no_problem() -> None:
    """The text that the cases above are made from is without fault."""
    assert parse_topic(GOOD, "p").problems == ()


def test_control_characters_are_shown_as_replaced() -> None:
    """No escape sequence is left in any text of the topic, its title and metadata included."""
    text = GOOD.replace("Title", "Ti\x9btle").replace("\na\n", "\n\x1b]0;x\x07\n").replace("f\n", "f\u2066\n")
    topic = parse_topic(text, "p", default_deck="de\x1bck").topic
    assert topic is not None
    assert (topic.title, topic.answer, topic.deck) == ("Ti\ufffdtle", "\ufffd]0;x\ufffd", "de\ufffdck")
    assert topic.follow_ups[0].question == "f\ufffd"
