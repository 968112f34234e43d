"""Coverage: which key points a typed answer covers, and by which of its words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.coverage import Coverage, coverage, marked_spans
from quizapp.core.synonyms import Synonyms, read_synonyms

NORMS = "Squared norms add for an independent branch"
DOUBLING = "Doubling, 2⁵⁰, needs F(x) = x"


def one(text: str, point: str, synonyms: str = "", question: str = "") -> Coverage:
    """Return how far a text covers a point."""
    (found,) = coverage(text, [point], read_synonyms(synonyms), question)
    return found


def test_other_forms_of_the_words_cover() -> None:
    """The words that cover are told as they were typed."""
    found = one("for independent branches the squared norm adds up", NORMS)
    assert found.is_covered
    assert found.words == ("independent", "branches", "squared", "norm", "adds")
    assert found.share == 1.0


def test_a_word_or_two_of_many_do_not_cover() -> None:
    """Half of a point's terms have to be there."""
    found = one("the branch matters", NORMS)
    assert not found.is_covered
    assert (found.spans, found.words) == ((), ())
    assert 0 < found.share < 0.5


def test_one_common_word_is_chance() -> None:
    """A point of two terms is not covered by one, a point of one is."""
    assert not one("the gain", "The gain of a stack").is_covered
    assert one("the gain", "The gain").is_covered


def test_technical_writing_covers() -> None:
    """Numbers and roots count however they are written."""
    assert one("variance 1/sqrt(L), so 3.4e7 vanishes", "Scale by 1/√L, else 3.4·10⁷").words == (
        "1/sqrt(L)",
        "3.4e7",
    )


def test_hyphens_do_not_matter() -> None:
    """Prenorm, pre norm and pre-norm are one word in either place."""
    for typed in ("prenorm", "pre norm", "pre-norm", "Pre-Norm"):
        for written in ("Pre-norm grows", "Prenorm grows"):
            assert one(f"{typed} makes it grow", written).is_covered


def test_words_of_the_question_count_for_nothing() -> None:
    """Who repeats the question has not answered it."""
    asked = "What do residual connections give the gradient?"
    point = "Residual connections give the gradient a clean identity path"
    assert not one("residual connections give the gradient something", point, question=asked).is_covered
    assert one("an identity path", point, question=asked).is_covered


def test_stop_words_count_for_nothing() -> None:
    """A point is not covered by its grammar."""
    assert not one("and so it is that the", "So it is that the map is linear").is_covered


def test_declared_synonyms_cover() -> None:
    """A phrase stands for another one of its group, in any form; nothing else does."""
    groups = "skip connection = shortcut = residual connection; vanish = die out"
    assert one("shortcuts", "The skip connections", groups).words == ("shortcuts",)
    assert one("gradients die out", "Gradients vanish", groups).is_covered
    assert not one("shortcuts", "The skip connections").is_covered
    assert not one("a connection", "The skip connections", groups).is_covered


def test_terms_far_apart_do_not_cover() -> None:
    """Words scattered over pages are not an answer to one point."""
    far = "squared " + "and then more " * 60 + "norms " + "and then more " * 60 + "independent branch add"
    assert not one(far, "squared norms, independent").is_covered
    assert one("squared norms " + "and then more " * 60, "squared norms, independent").is_covered


def test_every_point_is_looked_at_by_itself() -> None:
    """One word may help to cover two points; it is marked once."""
    text = "2^50 takes F(x) = x; squared norms of the independent branch"
    found = coverage(text, [NORMS, DOUBLING])
    assert [one.is_covered for one in found] == [True, True]
    spans = marked_spans(found)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert "2^50" in [text[start:end] for start, end in spans]


def test_nothing_typed_covers_nothing() -> None:
    """Neither does a point without terms get covered."""
    assert coverage("", [NORMS])[0] == Coverage(0.0, is_covered=False)
    assert not one("anything", "and the").is_covered
    assert not one("anything", "—").is_covered


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_matched(text: str, points: list[str]) -> None:
    """Whatever is typed, the spans lie in the text and the shares between 0 and 1."""
    found = coverage(text, points, Synonyms())
    assert len(found) == len(points)
    for covered in found:
        assert 0 <= covered.share <= 1
        assert all(0 <= start < end <= len(text) for start, end in covered.spans)
