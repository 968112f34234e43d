"""`sim predict` blocks: cards read from a topic's answers, and what is wrong in them."""

from __future__ import annotations

import pytest

from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_predictions import kept_prediction
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.deck_writer import write_topic
from quizapp.core.topic import PredictionBlock, Topic
from quizapp.services.deck_checks import CatalogueCheck

TOPIC = """# T
## Question
q
## Answer
a

```sim predict tolerance=0.3
scale-explosion depth=50,10..80 c=0,0.5,1 schemes=unscaled
```

```sim
scale-explosion depth=20
```
## Follow-up Questions
- Why?

  Because.

  ```sim predict
  vanishing-gradients depth=10..20
  ```
"""
SCALE = PredictionBlock(
    "scale-explosion", (("depth", "50,10..80"), ("c", "0,0.5,1"), ("schemes", "unscaled")), 0.3
)


def read(text: str) -> tuple[Topic, list[str]]:
    """Return the topic of a file and its problems with their places."""
    parsed = parse_topic(text, "p", simulations=CatalogueCheck())
    assert parsed.topic is not None
    return parsed.topic, [f"{found.line}:{found.column}: {found.what}" for found in parsed.problems]


def told(block: str) -> list[str]:
    """Return the problems of a file with this block, whose first line is line 5."""
    return read(f"# T\n## Question\nq\n## Answer\n{block}\nand more\n")[1]


def test_a_block_that_asks_is_a_card() -> None:
    """The answer's own blocks come first, then those of the follow-ups, which bring their answer along."""
    topic, problems = read(TOPIC)
    assert problems == []
    own, followed = topic.predictions
    assert own == SCALE
    assert (followed.simulation, followed.settings) == ("vanishing-gradients", (("depth", "10..20"),))
    assert followed.answer == topic.follow_ups[0].answer
    assert followed.tolerance is None


def test_a_card_launches_with_its_first_values() -> None:
    """In the answer it is a launch line like any other."""
    first, plain = sim_blocks(read(TOPIC)[0].answer)
    assert first.settings == (("depth", "50"), ("c", "0"), ("schemes", "unscaled"))
    assert plain.settings == (("depth", "20"),)


def test_what_the_library_keeps_reads_as_the_same_block() -> None:
    """Its Markdown is one form for each block; what is none is nothing."""
    for block in read(TOPIC)[0].predictions:
        assert kept_prediction(block.markdown, block.answer) == block
    assert kept_prediction("What is it?") is None
    assert kept_prediction("```sim\nscale-explosion\n```") is None


def test_writing_a_topic_keeps_its_cards() -> None:
    """The blocks stand in its texts."""
    topic, _ = read(TOPIC)
    assert read(write_topic(topic))[0] == topic


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("```sim predict\nscale-explosion depth=80..10\n```", "6:17: depth=80..10: a range goes from"),
        ("```sim predict\nscale-explosion c=0 depth=0..10\n```", "6:21: depth=0: takes 2 to 100"),
        ("```sim predict\nscale-explosion depht=10..20\n```", "6:17: scale-explosion has no knob 'depht'"),
        ("```sim predict\nscale-explosion c=0..0.1\n```", "6:17: c=0..0.1: holds one value only"),
        ("```sim predict\nscale-explosion schemes=all..norms\n```", "6:17: schemes=all..norms: has no range"),
        ("```sim predict\nscale depth=10\n```", "6:1: no simulation is called 'scale'"),
        ("```sim predict tolerance=0\nscale-explosion\n```", "5:16: 'tolerance=0' is no number above 0"),
        (
            "```sim predict tolerance=wide\nscale-explosion\n```",
            "5:16: 'tolerance=wide' is no number above 0",
        ),
        (
            "```sim predict tolerance=1\nvanishing-gradients\n```",
            "5:16: vanishing-gradients asks for one of 3",
        ),
        ("```sim predct\nscale-explosion\n```", "5:8: 'predct' means nothing in a sim block"),
        ("```sim tolerance=1\nscale-explosion\n```", "5:8: a tolerance belongs to a prediction"),
        ("```sim predict\nscale-explosion depth=1`0\n```", "6:17: depth=1`0: takes a whole number"),
        ("```sim predict\nscale-explosion `depth=10\n```", "6:17: '`depth=10' sets no knob"),
        ("```sim predict\n=x\n```", "6:1: a sim block starts with '=x'"),
        ("```sim predict\n```", "5:1: empty sim block"),
        ("~~~sim predict\n```\n~~~", "6:1: '```' is no simulation's name"),
        (
            "```sim predict\nscale-explosion\n```\n\n```sim predict\nscale-explosion\n```",
            "9:1: prediction card asks the same as the one on line 5",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(block: str, problem: str) -> None:
    """One problem a block, at the word that is wrong."""
    (found,) = told(block)
    assert found.startswith(problem)


def test_a_card_outside_of_every_answer_is_told_of() -> None:
    """The question cannot hold one."""
    text = "# T\n## Question\nq\n\n```sim predict\nscale-explosion\n```\n## Answer\na\n"
    topic, problems = read(text)
    assert topic.predictions == ()
    assert problems == ["5:1: prediction card stands in no answer"]


def test_a_block_of_wrong_form_is_no_card() -> None:
    """It stays a block of code; its topic is taken in."""
    topic, _ = read("# T\n## Question\nq\n## Answer\n```sim predict tolerance=no\nscale-explosion\n```\n")
    assert topic.predictions == ()
