"""The command line of the simulations by themselves: `python -m sims`, without the app."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence

from sims.catalogue import UnknownSimulation
from sims.protocol import KnobError
from sims.runner import DeviceError
from sims.sweeping import UnknownMeasure
from sims.verbs import check, golden, listing, new, run
from sims.verbs.speech import INTERRUPTED, OK, SIMULATION, USAGE, narrate

VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "check": check.main,
    "golden": golden.main,
    "new": new.main,
}
"""What stands in a simulation's place; anything else is a simulation's name."""


def _dispatch(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code."""
    if arguments and arguments[0] in VERBS:
        return VERBS[arguments[0]](arguments[1:])
    return run.main(arguments) if arguments else listing.main()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        return _dispatch(sys.argv[1:] if arguments is None else arguments)
    except (UnknownSimulation, UnknownMeasure, KnobError, DeviceError) as error:
        narrate(f"error: {error}")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # keeps the last flush, at exit, quiet
        return OK
    except Exception:  # an outer shell
        traceback.print_exc()
        return SIMULATION


if __name__ == "__main__":
    sys.exit(main())
