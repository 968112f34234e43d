"""`python -m quizapp` is `quizapp`."""

import sys
from pathlib import Path

# Python put the working directory first on its path; a folder called sims or cards there is not ours.
if not sys.flags.safe_path and Path(sys.path[0]) != Path(__file__).parent.parent:
    del sys.path[0]

from quizapp.cli import main

main()
