"""Every claim of every simulation over ten seeds: exits with 1 if one fails, and with 5 if a simulation breaks."""

from __future__ import annotations

import sys

from sims.__main__ import main

SEEDS = 10

if __name__ == "__main__":
    sys.exit(main(["check", f"--seeds={SEEDS}"]))
