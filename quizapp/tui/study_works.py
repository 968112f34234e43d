"""Which of Study's keys do something now; none acts on a card that lies below a simulation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.core.reading import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """How a card stands.

    Attributes:
        is_simulating: A simulation is open.
        is_covered: It lies over the card.
        is_predicting: The card waits for its prediction.
        is_expecting: It waits for the answer that it expects.
        is_judged: A run has judged its prediction.
        is_graded: The answer that it expects has been graded.
        has_points: Key points are in sight.
        has_claims: Something is said of its topic that is measured.
        has_more_below: What is revealed goes on below the foot of the page.
        is_long: The answer is revealed a section at a time.
    """

    reading: Reading
    is_simulating: bool
    is_covered: bool
    is_predicting: bool
    is_expecting: bool
    is_judged: bool
    is_graded: bool
    has_points: bool
    has_claims: bool
    has_more_below: bool
    is_long: bool


def works(action: str, standing: Standing) -> bool:
    """Return whether an action does something."""
    if action == "close_simulation":
        return standing.is_simulating
    if action in ("rate", "accept") and standing.is_judged:
        return True
    return not standing.is_covered and _works_on_card(action, standing)


def _works_on_card(action: str, standing: Standing) -> bool:
    reading = standing.reading
    is_asking = standing.is_predicting or standing.is_expecting
    match action:
        case "predict":
            return standing.is_predicting and not standing.is_simulating
        case "type_answer":
            return not reading.revealed
        case "give_answer":
            return standing.is_expecting
        case "reveal":
            return not reading.revealed and not is_asking
        case "show":
            return not reading.revealed and is_asking
        case "read_on":
            return standing.has_more_below
        case "reveal_section":
            return reading.revealed and not reading.whole
        case "reveal_all":
            return not reading.whole and (reading.revealed or standing.is_long)
        case "accept":
            return standing.is_graded
        case "pass_card":
            return reading.whole
        case "rate" | "choose_simulation":
            return reading.revealed
        case "claims":
            return reading.revealed and standing.has_claims
        case "tick_points":
            return standing.has_points
    return True
