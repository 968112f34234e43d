"""The words that tell nothing of what a question is about."""

from __future__ import annotations

QUESTION_WORDS = frozenset(
    """
    a an and are as at be between by can cant compare describe did difference do does explain for from
    happen happens how if in is it its me of on one or s t that the their them these this those to use
    used using was we what when where which who why will with work works would you your
    """.split()  # noqa: SIM905 - fifty quoted words would fill a page
)
"""Words that nearly every question holds."""
