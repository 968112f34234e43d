"""Blocks that launch a simulation."""

from __future__ import annotations

from quizapp.core.deck_parser import parse_topic
from quizapp.core.deck_sims import sim_blocks
from quizapp.core.topic import SimBlock


class Catalogue:
    """Knows one simulation, `flow`, whose knob `depth` takes numbers below 100 and not 13 with gain=1."""

    def check(self, simulation: str, settings: tuple[tuple[str, str], ...]) -> str | None:
        """Return what is wrong."""
        if simulation != "flow":
            return f"there is no simulation {simulation}"
        for knob, value in settings:
            if knob not in ("depth", "gain"):
                return f"there is no knob {knob}"
            if knob == "depth" and len(value) > 2:
                return f"depth={value}: takes 1 to 99"
        return "13 needs luck" if settings == (("depth", "13"), ("gain", "1")) else None

    def check_claim(self, simulation: str, claim: str) -> str | None:
        """Return what is wrong: nothing, for `sim` blocks name no claims."""
        raise NotImplementedError

    def check_prediction(
        self, simulation: str, settings: tuple[tuple[str, str], ...], tolerance: float | None
    ) -> str | None:
        """Return what is wrong: nothing, for no test here asks for a prediction."""
        raise NotImplementedError


def told(block: str) -> list[str]:
    """Return the problems of a file with this block, whose first line is line 5."""
    text = f"# T\n## Question\nq\n## Answer\n{block}\n"
    parsed = parse_topic(text, "p", simulations=Catalogue())
    assert parsed.topic is not None
    return [f"{problem.line}:{problem.column}: {problem.what}" for problem in parsed.problems]


def test_blocks_are_found_wherever_they_stand() -> None:
    """Blocks in lists and quotes count, malformed ones and other fences do not."""
    top = "a\n\n```sim\nflow depth=5\n gain=0.9=x\n```\n"
    nested = "- b\n  ~~~sim preset\n  flow\n  ~~~\n"
    markdown = f"{top}{nested}```sim\n```\n```simx\nflow\n```"
    assert sim_blocks(markdown) == (
        SimBlock("flow", (("depth", "5"), ("gain", "0.9=x")), 2),
        SimBlock("flow", (), 7),
    )


def test_a_follow_ups_own_block_is_found_in_its_answer() -> None:
    """The line of a block counts within the text that it stands in."""
    text = "# T\n## Question\nq\n## Answer\na\n## Follow-up Questions\n- f\n\n  text\n\n  ```sim\n  flow depth=2\n  ```\n"
    topic = parse_topic(text, "p").topic
    assert topic is not None
    assert sim_blocks(topic.follow_ups[0].answer) == (SimBlock("flow", (("depth", "2"),), 2),)


def test_known_settings_pass() -> None:
    """A block that the checker knows has no problem."""
    assert told("```sim\nflow depth=12\n```") == []


def test_an_unknown_simulation_is_told_at_its_name() -> None:
    """Without a simulation there is nothing to say about its knobs."""
    assert told("```sim\n\n  flo depth=1\n```") == ["7:3: there is no simulation flo"]


def test_unknown_knobs_and_values_are_told_where_they_stand() -> None:
    """Each wrong setting is told at its own word, behind quote marks and indentation too."""
    assert told("> - ```sim\n>   flow depht=1\n>   depth=500\n>   ```") == [
        "6:10: there is no knob depht",
        "7:5: depth=500: takes 1 to 99",
    ]


def test_settings_that_only_clash_together_are_told_at_the_name() -> None:
    """What no single setting is to blame for is told once."""
    assert told("```sim\nflow depth=13 gain=1\n```") == ["6:1: 13 needs luck"]


def test_without_a_checker_only_the_form_is_checked() -> None:
    """Names are not known here, so any will do."""
    text = "# T\n## Question\nq\n## Answer\n```sim\nanything goes=here\n```\n"
    assert parse_topic(text, "p").problems == ()
