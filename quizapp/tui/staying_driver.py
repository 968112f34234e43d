"""Textual's driver on a terminal that shows quizapp's first frame already."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver

from quizapp.tui.first_frame import ENTER, taken_over


class StayingDriver(LinuxDriver):
    """Does not enter the terminal's other screen a second time: many terminals would clear it."""

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == ENTER and taken_over():
            return
        super().write(data)
