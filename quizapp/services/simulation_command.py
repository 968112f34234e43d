"""The command that runs simulations outside the app's process."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def simulation_command(arguments: Sequence[str]) -> list[str]:
    """Return `python -m sims` with arguments. -P: a folder named sims in the present directory is not taken for ours."""
    return [sys.executable, "-P", "-m", "sims", *arguments]
