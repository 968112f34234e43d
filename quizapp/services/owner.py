"""Which process holds a session, so that another one neither takes it away nor leaves it lying."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_GONE = "ZX"
"""The states of a process that has ended and was only not yet collected."""


@cache
def this_process(device: str) -> str:
    """Return the name by which this process claims a session: the device, its number, and when it began."""
    return f"{device}/{os.getpid()}/{_began(os.getpid())}"


def has_gone(owner: str, device: str) -> bool:
    """Return whether the process of that name has ended, or was another device's, whose file this is a copy of."""
    where, number, began = owner.rsplit("/", 2) if owner.count("/") >= 2 else ("", "", "")
    if where != device or not number.isdecimal() or int(number) == os.getpid():
        return True
    if os.name == "nt":  # asking for a process by signal would end it there
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        pass
    return began != "" and _began(int(number)) != began


def _began(pid: int) -> str:
    """Return when a process began, in the system's own count; empty where /proc does not tell.

    Numbers of processes are given out again, after a restart even the same ones to the same programs.
    """
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (OSError, ValueError):
        return ""
    return "" if state in _GONE else fields[18]
