"""How much of a run is drawn while it runs, as the learner's settings have it."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.config import Settings

FASTEST_BESIDE_FULL_SPEED = 15
"""At full speed no more pictures a second are drawn, so that the processor is left to the simulation."""


@dataclass(frozen=True, slots=True)
class Motion:
    """The most pictures a second; or, where motion is reduced, none before the last one."""

    frames_per_second: int = 30
    is_reduced: bool = False

    @property
    def draw_interval_s(self) -> float:
        """The shortest time between two pictures; the frames between them are passed over."""
        return 1 / self.frames_per_second

    @property
    def fast_draw_interval_s(self) -> float:
        """The same at full speed."""
        return 1 / min(self.frames_per_second, FASTEST_BESIDE_FULL_SPEED)


def motion_of(settings: Settings) -> Motion:
    """Return what the settings say."""
    return Motion(settings.frames_per_second, settings.reduced_motion)
