"""Every setting by name: its group, what it does, what it takes, when it acts, and how its text becomes a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quizapp.config import Settings
from quizapp.core.policy import RETENTION_HIGH, RETENTION_LOW

AT_ONCE = "at once"
_UNITS = {"s": 1, "m": 60, "h": 3600}
_LONGEST_STEP = 24 * 3600


class OptionError(ValueError):
    """A value that a setting does not take: what is wrong, and what it takes."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"{what}: {hint}")
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of a setting are written.

    Attributes:
        read: Turns a TOML value into the setting's own; raises an OptionError.
        write: Turns it back.
        typed: Turns what a person typed into a TOML value.
        takes: What it takes, in a few words.
        choices: All values there are, where they are few.
    """

    read: Callable[[str, Any], Any]
    write: Callable[[Any], Any]
    typed: Callable[[str], Any]
    takes: str
    choices: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One setting.

    Attributes:
        about: What it does, in one line.
        acts: When a change of it takes effect.
        per_deck: Whether single decks may do otherwise.
    """

    name: str
    group: str
    title: str
    about: str
    kind: Kind
    acts: str = AT_ONCE
    per_deck: bool = False

    @property
    def default(self) -> Any:
        """Its value where the file does not name it."""
        return getattr(Settings(), self.name)

    def read(self, value: Any) -> Any:
        """Return the setting's value for one of TOML's.

        Raises:
            OptionError: It does not take this one.
        """
        return self.kind.read(self.name, value)

    def typed(self, text: str) -> Any:
        """Return the TOML value for what a person typed.

        Raises:
            OptionError: It does not take this one.
        """
        value = self.kind.typed(text.strip())
        self.read(value)
        return value

    def text(self, value: Any) -> str:
        """Return a value of the setting as a person reads and types it."""
        written = self.kind.write(value)
        if isinstance(written, bool):
            return "yes" if written else "no"
        return ", ".join(written) or "none" if isinstance(written, list) else str(written)


def _spelled(value: Any) -> str:
    """Return a value as the file spells it."""
    return str(value).lower() if isinstance(value, bool) else repr(value)


def whole(low: int, high: int) -> Kind:
    """Return the kind of whole numbers from `low` to `high`."""

    def read(name: str, value: Any) -> int:
        if type(value) is not int:
            raise OptionError(f"{name} is {_spelled(value)}", f"it takes a whole number, {low} to {high}")
        if not low <= value <= high:
            raise OptionError(f"{name} is {_spelled(value)}", f"it takes {low} to {high}")
        return value

    return Kind(read, int, _number, f"{low} to {high}")


def share(low: float, high: float) -> Kind:
    """Return the kind of shares from `low` to `high`."""
    takes = f"{low:.2f} to {high:.2f}"

    def read(name: str, value: Any) -> float:
        if type(value) not in (int, float):
            raise OptionError(f"{name} is {_spelled(value)}", f"it takes a number, {takes}")
        if not low <= value <= high:
            raise OptionError(f"{name} is {_spelled(value)}", f"it takes {takes}")
        return float(value)

    return Kind(read, float, _number, takes)


def one_of(*choices: str) -> Kind:
    """Return the kind of a few words."""

    def read(name: str, value: Any) -> str:
        if value not in choices:
            raise OptionError(f"{name} is {_spelled(value)}", f"it takes one of {', '.join(choices)}")
        return str(value)

    return Kind(read, str, str, ", ".join(choices), choices)


def _switch() -> Kind:
    def read(name: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise OptionError(f"{name} is {_spelled(value)}", "it takes true or false")
        return value

    def typed(text: str) -> Any:
        return {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}.get(
            text.lower(), text
        )

    return Kind(read, bool, typed, "yes, no", (False, True))


def _steps() -> Kind:
    def read(name: str, value: Any) -> tuple[int, ...]:
        if not isinstance(value, list):
            raise OptionError(f"{name} is {_spelled(value)}", 'it takes a list such as ["1m", "10m"]')
        wrong = [text for text in value if not _is_step(text)]
        if len(wrong) > 1:
            raise OptionError(
                f"{name} holds {', '.join(map(repr, wrong))}", 'it takes a list such as ["1m", "10m"]'
            )
        return tuple(_step(name, text) for text in value)

    def typed(text: str) -> list[str]:
        if text.lower() in ("", "none"):
            return []
        return text.replace(",", " ").split()

    return Kind(read, lambda steps: [_step_text(seconds) for seconds in steps], typed, "such as 1m, 10m, 2h")


def _step(name: str, text: Any) -> int:
    if not _is_step(text):
        raise OptionError(f"{name} holds {text!r}", 'it takes a list such as ["1m", "10m"]')
    seconds = int(text[:-1]) * _UNITS[text[-1]]
    if not 1 <= seconds < _LONGEST_STEP:
        raise OptionError(f"{name} holds {text!r}", "a step takes 1 second to just under a day")
    return seconds


def _is_step(text: Any) -> bool:
    return isinstance(text, str) and text[-1:] in _UNITS and text[:-1].isdecimal()


def _step_text(seconds: int) -> str:
    for unit in ("h", "m"):
        if seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]}{unit}"
    return f"{seconds}s"


def _words() -> Kind:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise OptionError(f"{name} is {_spelled(value)}", "it takes a name in quotation marks")
        return value

    return Kind(read, str, str, "a name")


def _number(text: str) -> Any:
    """Return the number that a text is, or the text."""
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text


_STEPS, _SWITCH = _steps(), _switch()
_PER_DAY = whole(0, 9999)

OPTIONS = (
    Option(
        "new_per_day",
        "Each day",
        "New cards",
        "How many new cards a day brings. Follow-ups count when they come for the first time.",
        _PER_DAY,
        per_deck=True,
    ),
    Option(
        "reviews_per_day",
        "Each day",
        "Reviews",
        "How many reviews a day asks for at most; cards in learning come on top.",
        _PER_DAY,
        per_deck=True,
    ),
    Option(
        "rollover_hour",
        "Each day",
        "Day begins at",
        "The hour of the night at which the next study day begins.",
        whole(0, 23),
    ),
    Option(
        "retention",
        "Schedule",
        "Retention",
        "The share of due cards that you want to recall: more of it means shorter intervals.",
        share(RETENTION_LOW, RETENTION_HIGH),
        "from the next rating on",
        per_deck=True,
    ),
    Option(
        "learning_steps",
        "Schedule",
        "Learning steps",
        "How long a new card waits between its first answers: s, m and h; none for none.",
        _STEPS,
        "from the next rating on",
        per_deck=True,
    ),
    Option(
        "relearning_steps",
        "Schedule",
        "Relearning steps",
        "The same after a card was forgotten.",
        _STEPS,
        "from the next rating on",
        per_deck=True,
    ),
    Option(
        "fuzz",
        "Schedule",
        "Spread intervals",
        "Changes intervals by a few per cent, so that cards learnt together part company.",
        _SWITCH,
        "from the next rating on",
    ),
    Option(
        "leech_lapses",
        "Schedule",
        "Leech after",
        "How many times a card may be forgotten before it is called a leech.",
        whole(1, 99),
        "from the next rating on",
    ),
    Option(
        "follow_ups",
        "Cards",
        "Follow-ups",
        "When they come: at once after their question, later as cards of their own, or never.",
        one_of("at once", "later", "never"),
        "from the next card on",
        per_deck=True,
    ),
    Option(
        "two_buttons",
        "Cards",
        "Two buttons",
        "Rate with Again and Good alone.",
        _SWITCH,
        "from the next card on",
    ),
    Option(
        "drill_moves_due",
        "Drill",
        "Drill moves due",
        "Whether a drill's ratings move the schedule of cards that were due.",
        _SWITCH,
        "from the next drill on",
    ),
    Option(
        "drill_moves_others",
        "Drill",
        "Drill moves rest",
        "The same of cards that were not due.",
        _SWITCH,
        "from the next drill on",
    ),
    Option("theme", "Screen", "Theme", "The colours; the command palette changes them too.", _words()),
    Option(
        "reduced_motion",
        "Screen",
        "Reduced motion",
        "Shows a simulation's last frame alone, and moves nothing.",
        _SWITCH,
        "from the next run on",
    ),
    Option(
        "frames_per_second",
        "Simulations",
        "Frames a second",
        "How often a running simulation is drawn at most; fewer are kinder to a slow line.",
        whole(1, 60),
        "from the next run on",
    ),
    Option(
        "device",
        "Simulations",
        "Device",
        "Where simulations run.",
        one_of("auto", "cpu", "cuda", "mps"),
        "from the next run on",
    ),
)
"""All of them, in the order in which they are shown."""

BY_NAME = {option.name: option for option in OPTIONS}
PER_DECK = tuple(option for option in OPTIONS if option.per_deck)
