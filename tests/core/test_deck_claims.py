"""Claims as a deck writes them: read as data, written back as they were, and linted at their exact place."""

from __future__ import annotations

import pytest

from quizapp.core.deck_claims import deck_claims
from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_writer import write_topic
from quizapp.core.topic import DeckClaim, MeasuredBy, TruthVerdict

HEAD = "# T\n\n**Category:** d\n**Difficulty:** 3\n\n## Question\nq\n\n## Answer\na\n\n### The *cure*\nb\n\n## Claims\n"

SECTION = """\
- **"y = x + F doubles"** wrong
  Independent branches add variances: √2 a block.

  ```text
  √2⁵⁰ = 3.4·10⁷
  *Source:* is code here
  ```
  *Source:* He et al. 2016,
  §4.1
  *Measured by:* flow growth depth=50
  *Corrected in:* The *cure*
- __F starts
  near 0__  Right with a  condition.

  Only with a zero last layer.
  *source*: Goyal 2017"""


class Catalogue:
    """Knows one simulation, `flow`, its claim `growth` and its knob `depth`."""

    def check(self, simulation: str, settings: tuple[tuple[str, str], ...]) -> str | None:
        """Return what is wrong."""
        if simulation != "flow":
            return f"there is no simulation {simulation}"
        return next((f"there is no knob {knob}" for knob, _ in settings if knob != "depth"), None)

    def check_claim(self, simulation: str, claim: str) -> str | None:
        """Return what is wrong."""
        return None if claim == "growth" else f"{simulation} makes no claim {claim}"

    def check_prediction(
        self, simulation: str, settings: tuple[tuple[str, str], ...], tolerance: float | None
    ) -> str | None:
        """Return what is wrong: nothing, for no claim asks for a prediction."""
        raise NotImplementedError


def told(section: str) -> list[str]:
    """Return the problems of a topic with these claims, whose first line is line 16; none keeps the topic out."""
    parsed = parse_topic(f"{HEAD}{section}\n", "p", simulations=Catalogue())
    assert parsed.topic is not None
    assert all(problem.hint for problem in parsed.problems)
    return [f"{problem.line}:{problem.column}: {problem.what}" for problem in parsed.problems]


def test_a_claim_has_statement_verdict_truth_source_measurement_and_heading() -> None:
    """Wrapped lines are joined, quotation marks go, code names nothing, case and order of the lines do not matter."""
    assert deck_claims(SECTION) == (
        DeckClaim(
            "y = x + F doubles",
            TruthVerdict.WRONG,
            "Independent branches add variances: √2 a block.\n\n"
            "```text\n√2⁵⁰ = 3.4·10⁷\n*Source:* is code here\n```",
            "He et al. 2016, §4.1",
            MeasuredBy("flow", "growth", (("depth", "50"),)),
            "The *cure*",
        ),
        DeckClaim("F starts near 0", TruthVerdict.CONDITIONAL, "Only with a zero last layer.", "Goyal 2017"),
    )


def test_a_statement_may_quote_inside() -> None:
    """Quotation marks stay unless they enclose the whole of it."""
    claims = deck_claims('- **"a" is "b"** right\n- **“c”** wrong\n- **d "e"** right')
    assert [claim.statement for claim in claims] == ['"a" is "b"', "c", 'd "e"']


def test_claims_end_the_answer_and_are_written_back_as_they_were() -> None:
    """They stand after the answer, whatever the order in the file; no byte of a canonical file changes."""
    text = f"{HEAD}{SECTION}\n\n## Follow-up Questions\n- Why?\n"
    topic = parse_topic(text, "p").topic
    assert topic is not None
    assert topic.answer == "a\n\n### The *cure*\nb"
    assert topic.claims == deck_claims(SECTION)
    assert write_topic(topic) == text
    first = text.replace(f"## Claims\n{SECTION}\n\n", "").replace(
        "## Question", f"## Claims\n{SECTION}\n## Question"
    )
    assert parse_topic(first, "p").topic == topic


def test_a_sound_section_has_no_problem() -> None:
    """The claims that the cases below are made from are without fault."""
    assert told(SECTION) == []


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ("- plain words\n  precise\n  *Source:* s", "16:3: claim has no statement"),
        ("-\n", "16:2: claim has no statement"),
        ("-  # **A** right\n", "16:4: claim has no statement"),
        ("- **A** rite\n  precise\n  *Source:* s", "16:9: unknown verdict 'rite'"),
        ("1. **A\n   b**  rite.\n   precise\n   *Source:* s", "17:9: unknown verdict 'rite'"),
        ("- **A**\n  precise\n  *Source:* s", "16:8: claim has no verdict"),
        ("- **A** right\n  *Source:* s", "16:3: claim has no precise statement"),
        ("- **A** right\n  precise", "16:3: claim has no source"),
        ("- **A** right\n  precise\n  *Sauce:* s\n  *Source:* s", "18:4: a claim has no line 'Sauce'"),
        ("- **A** right\n  precise\n  *Measured by:* flow", "18:18: 'flow' names no claim of a simulation"),
        ("- **A** right\n  precise\n  *Measured by:* flow growth d", "18:18: 'flow growth d' names no claim"),
        ("- **A** right\n  precise\n  *Measured by:* flo growth", "18:18: there is no simulation flo"),
        ("- **A** right\n  precise\n  *Measured by:* flow grow", "18:23: flow makes no claim grow"),
        ("- **A** right\n  precise\n  *Measured by:* flow growth c=1", "18:30: there is no knob c"),
        ("- **A** right\n  precise\n  *Source:* s\n  *Corrected in:* Cures", "19:19: the answer has no heading"),
        ("Prose.\n\n- **A** right\n  precise\n  *Source:* s", "16:1: text outside of every section"),
    ],
)  # fmt: skip
def test_each_problem_is_told_at_its_place_and_alone(section: str, problem: str) -> None:
    """One bad claim is one warning with what to do, and the topic stays."""
    (line,) = told(section)
    assert line.startswith(problem)


def test_a_bad_claim_costs_itself_alone() -> None:
    """The good ones around it are kept, and the author's text is written back with the bad one in it."""
    section = f"- **A** rite\n  x\n  *Source:* s\n{SECTION}\n- none"
    topic = parse_topic(f"{HEAD}{section}\n", "p").topic
    assert topic is not None
    assert topic.claims == deck_claims(SECTION)
    assert "- **A** rite" in write_topic(topic)
