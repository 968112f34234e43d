"""Shares as a learner reads them: 96 %."""

from __future__ import annotations


def per_cent(rate: float | None) -> str:
    """Return a share from 0 to 1 in whole per cent; a point for none."""
    return "·" if rate is None else f"{100 * rate:.0f} %"
