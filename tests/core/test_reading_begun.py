"""Where an answer opens that stands beside something else."""

from __future__ import annotations

from quizapp.core.reading import Reading, begun, continued, more_words

SECTIONS = "First.\n\n### One\nwords\n\n### Two\n" + "word " * 700


def test_a_short_answer_is_shown_whole_and_a_long_one_up_to_its_place() -> None:
    """The place is a line of the answer; the section that holds it is shown, those after it are not."""
    assert begun("First.\n\n### One\nwords\n").whole
    assert begun(SECTIONS).text == "First.\n\n"
    assert begun(SECTIONS, 3).text == "First.\n\n### One\nwords\n\n"
    assert begun(SECTIONS, 5).whole


def test_what_is_hidden_is_counted() -> None:
    """In the singular, too."""
    assert more_words(begun(SECTIONS), "n") == "2 more sections: n"
    assert more_words(begun(SECTIONS, 3), "n") == "1 more section: n"


def test_other_words_of_an_answer_are_shown_as_far_as_it_was_read() -> None:
    """As many sections; where all of it was read, all of it, however many there are now."""
    assert continued(begun(SECTIONS, 3), f"{SECTIONS}\n### Three\nmore").left == 2
    assert continued(begun("Short."), SECTIONS).whole
    assert continued(begun(SECTIONS, 3), "Short.").whole
    assert not continued(Reading(SECTIONS), SECTIONS).revealed
