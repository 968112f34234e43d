"""The words of an error as a sentence."""

from quizapp.core.sentence import sentence


def test_a_sentence_has_one_mark_at_its_end() -> None:
    """Words that end with one keep it."""
    assert (
        sentence("there is none: did you mean rank-collapse?") == "there is none: did you mean rank-collapse?"
    )
    assert sentence(ValueError("too large")) == "too large."
