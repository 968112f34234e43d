"""The rules in force when a review was given. They stand in the log, so that replaying needs no settings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache

RETENTION_LOW, RETENTION_HIGH = 0.70, 0.99
MAXIMUM_INTERVAL_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Policy:
    """What turns a rating into an interval.

    Attributes:
        retention: The share of due cards that the learner wants to recall, 0.70 to 0.99.
        learning_steps, relearning_steps: Waiting times in seconds before a card counts as learnt.
        fuzz: Spread intervals by a few per cent, so that cards learnt together part company.
    """

    retention: float = 0.90
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = MAXIMUM_INTERVAL_DAYS
    fuzz: bool = True

    def __post_init__(self) -> None:
        """Refuse what the scheduler would accept and then compute nonsense from.

        Raises:
            ValueError: A value is out of its range; the text says which and what it takes.
        """
        if not RETENTION_LOW <= self.retention <= RETENTION_HIGH:
            raise ValueError(f"retention is {self.retention}: it takes {RETENTION_LOW} to {RETENTION_HIGH}")
        for name in ("learning_steps", "relearning_steps"):
            for seconds in getattr(self, name):
                if not 1 <= seconds < 86_400:
                    raise ValueError(f"{name} holds {seconds} s: a step takes 1 second to just under a day")
        if not 1 <= self.maximum_interval <= MAXIMUM_INTERVAL_DAYS:
            raise ValueError(
                f"maximum_interval is {self.maximum_interval}: it takes 1 to {MAXIMUM_INTERVAL_DAYS}"
            )

    def to_json(self) -> str:
        """Return the canonical text that the log keeps."""
        return _canonical(self)[1]

    @property
    def id(self) -> str:
        """A name made from the content: the same rules on two devices are one policy."""
        return _canonical(self)[0]


@lru_cache(maxsize=64)
def _canonical(policy: Policy) -> tuple[str, str]:
    """Return a policy's id and text: every answer asks for both."""
    text = json.dumps(
        {
            "retention": policy.retention,
            "learning_steps": policy.learning_steps,
            "relearning_steps": policy.relearning_steps,
            "maximum_interval": policy.maximum_interval,
            "fuzz": policy.fuzz,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest(), text


def policy_from_json(text: str) -> Policy:
    """Return the policy that `Policy.to_json` wrote."""
    values = json.loads(text)
    return Policy(
        retention=values["retention"],
        learning_steps=tuple(values["learning_steps"]),
        relearning_steps=tuple(values["relearning_steps"]),
        maximum_interval=values["maximum_interval"],
        fuzz=values["fuzz"],
    )
