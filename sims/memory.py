"""Keeps a run from taking the machine's memory: a limit on the address space, where the platform has one."""

from __future__ import annotations

import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

_STATM = Path("/proc/self/statm")  # Linux: sizes in pages, the first is the whole address space


def address_space_bytes() -> int:
    """Return this process's address space in bytes; 0 where that cannot be told."""
    if sys.platform == "win32" or not _STATM.exists():
        return 0
    return int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def limit(total_bytes: int) -> bool:
    """Let allocations beyond this address space fail; return whether the platform takes such a limit."""
    if sys.platform == "win32" or not _STATM.exists():
        return False
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        total_bytes = min(total_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (total_bytes, hard))
    return True


def lift_limit() -> None:
    """Take the limit back."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def is_exhausted(error: BaseException) -> bool:
    """Whether the error means that memory ran out: Python's own, or torch's allocator on any device."""
    if isinstance(error, MemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and ("can't allocate memory" in text or "out of memory" in text)
