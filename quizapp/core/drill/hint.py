"""What an interviewer says after a poor answer: where to look, and how the first missing point begins."""

from __future__ import annotations

from quizapp.core.drill.ask import Prompt
from quizapp.core.drill.rubric import MEANINGS, Bands, Dimension
from quizapp.core.in_line import in_line
from quizapp.core.plain import printable
from quizapp.core.sections import best_section, sections

_WORDS = 5
_LONG = 9
"""A point of fewer words would be given away by its beginning."""


def hint_for(prompt: Prompt, ticked: frozenset[str], bands: Bands) -> str:
    """Return a hint to the first key point that is missing, the author's order being that of importance.

    It names the section of the model answer that fits the point, and the point's first words: enough to set out from,
    too little to repeat. Where no point is missing it says what the weakest dimension asks for.

    Args:
        bands: Those given so far; without any, what an answer with all its points may lack is depth.
    """
    missing = prompt.missed(ticked)
    if not missing:
        weakest = min(Dimension, key=lambda one: bands[one]) if bands else Dimension.DEPTH
        return f"No point is missing. More {weakest.value} would help: {MEANINGS[weakest][-1]}."
    words = in_line(missing[0]).split()
    shown = words[: _WORDS if len(words) >= _LONG else max(1, len(words) // 3)]
    begins = f"One point begins “{' '.join(shown)} …”."
    parts = sections(prompt.model)
    title = printable(parts[best_section(missing[0], prompt.model)].title)
    where = f"Think of “{title}”. " if title else ""
    more = len(missing) - 1
    rest = f" {more} more {'is' if more == 1 else 'are'} missing." if more else ""
    return f"{where}{begins}{rest}"
