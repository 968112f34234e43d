"""The name that was probably meant."""

from __future__ import annotations

from quizapp.core.nearest import did_you_mean, nearest


def test_the_nearest_name_is_found_whatever_the_case() -> None:
    """The known name comes back as it is spelt."""
    assert nearest("dificulty", ["Category", "Difficulty"]) == "Difficulty"
    assert nearest("ANSWERS", ["Answer"]) == "Answer"
    assert nearest("author", ["Category", "Difficulty"]) is None


def test_without_a_near_name_the_other_words_are_said() -> None:
    """A list of what there is, for example."""
    assert did_you_mean("nord2", ["nord"], "there is nord") == "did you mean 'nord'?"
    assert did_you_mean("xyz", ["nord"], "there is nord") == "there is nord"


def test_a_name_that_is_unlike_is_never_proposed() -> None:
    """Neither one that shares some letters in their order, nor a short one of other letters."""
    assert nearest("no-such", ["one-step-change", "norm"], 0.4) is None
    assert nearest("note", ["rated", "re", "tag"], 0.3) is None
    assert nearest("sus", ["new", "suspended"], 0.4) == "suspended"
    assert nearest("form", ["from"]) == "from"
