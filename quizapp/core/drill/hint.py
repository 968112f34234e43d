"""What an interviewer says after a poor answer: where to look, and how the first missed point begins."""

from __future__ import annotations

from quizapp.core.drill.ask import Prompt
from quizapp.core.drill.rubric import MEANINGS, Bands, Dimension
from quizapp.core.plain import printable
from quizapp.core.sections import best_section, sections

_WORDS = 5
_LONG = 9
"""A point of fewer words would be given away by its beginning."""


def hint_for(prompt: Prompt, ticked: frozenset[str], bands: Bands) -> str:
    """Return a hint to the first key point that was missed, the author's order being that of importance.

    It names the section of the model answer that fits the point, and the point's first words: enough to set out from,
    too little to repeat. Where nothing was missed it says what the weakest dimension asks for.
    """
    missed = prompt.missed(ticked)
    if not missed:
        weakest = min(Dimension, key=lambda dimension: bands.get(dimension, 0))
        return (
            f"No point was missed. What lacks is {weakest.value}. A strong answer: {MEANINGS[weakest][-1]}."
        )
    words = printable(missed[0]).replace("**", "").replace("`", "").split()
    shown = words[: _WORDS if len(words) >= _LONG else max(1, len(words) // 3)]
    begins = f"One point begins “{' '.join(shown)} …”."
    parts = sections(prompt.model)
    title = printable(parts[best_section(missed[0], prompt.model)].title)
    where = f"Think of “{title}”. " if title else ""
    more = len(missed) - 1
    rest = f" {more} more {'was' if more == 1 else 'were'} missed." if more else ""
    return f"{where}{begins}{rest}"
