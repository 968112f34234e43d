"""The seven flags of a card, each with a name, a shape and the name of a colour: no flag is told by its colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.errors import UsageError

_NONE = ("none", "0", "")


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag.

    Attributes:
        number: 1 to 7, as the log keeps it.
        name: Its colour in words, in the order that Anki has them in.
        shape: One character.
    """

    number: int
    name: str
    shape: str

    def __str__(self) -> str:
        """Return shape and name, as a screen shows them."""
        return f"{self.shape} {self.name}"


FLAGS = (
    Flag(1, "red", "▲"),
    Flag(2, "orange", "◆"),
    Flag(3, "green", "●"),
    Flag(4, "blue", "■"),
    Flag(5, "pink", "★"),
    Flag(6, "turquoise", "▼"),
    Flag(7, "purple", "✚"),
)


def flag_of(number: int) -> Flag | None:
    """Return the flag of a number; None for 0, and for a number that another version may have written."""
    return FLAGS[number - 1] if 1 <= number <= len(FLAGS) else None


def flag_number(text: str) -> int:
    """Return the number of a flag given by its name, its number, or `none` for 0.

    Raises:
        UsageError: There is no such flag.
    """
    wanted = text.strip().lower()
    if wanted in _NONE:
        return 0
    for flag in FLAGS:
        if wanted in (flag.name, str(flag.number), flag.shape):
            return flag.number
    names = ", ".join(f"{flag.number} {flag.name}" for flag in FLAGS)
    raise UsageError(f"There is no flag {text!r}.", f"The flags are {names}; none takes it away.")
