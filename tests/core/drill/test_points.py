"""What an answer is ticked against where no author wrote key points."""

from __future__ import annotations

from quizapp.core.drill.points import FROM_ANSWER, read_from


def texts(answer: str) -> list[str]:
    """Return the points that are read from an answer."""
    points = read_from(answer)
    assert all(point.lead == FROM_ANSWER for point in points)
    return [point.text for point in points]


def test_bullets_are_points() -> None:
    """On one line each."""
    assert texts("Three things:\n\n- the first one\n  goes on\n- the second one\n") == [
        "the first one goes on",
        "the second one",
    ]


def test_paragraphs_with_bold_leads_give_their_first_sentence() -> None:
    """The rest of such an answer is left out."""
    assert texts("Intro sentence here.\n\n**What.** It adds. More.\n\n**Why it works.** It keeps. More.") == [
        "**What.** It adds.",
        "**Why it works.** It keeps.",
    ]


def test_prose_is_taken_sentence_by_sentence() -> None:
    """Six at the most; code, figures and abbreviations before a number part nothing."""
    prose = "It grows by 1.41 a block (He et al. 2015). Then it overflows.\n\n```text\nx + 1\n```\n"
    assert texts(prose) == ["It grows by 1.41 a block (He et al. 2015).", "Then it overflows."]
    assert len(texts("This is a sentence. " * 3 + " ".join(f"Sentence number {n}." for n in range(9)))) == 6
