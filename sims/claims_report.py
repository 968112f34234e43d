"""What every simulation claims and what was measured, as a Markdown page."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import groupby

from sims import catalogue
from sims.checking import CheckedRun
from sims.protocol import Claim

_HEAD = "| claim | expected | measured | spread | tolerance | verdict |\n|---|--:|--:|--:|--:|---|"


def claims_report(runs: Sequence[CheckedRun], *, command: str, torch_version: str, device: str) -> str:
    """Return the page for these runs, which stand together by simulation. The same runs give the same page.

    Args:
        command: How the runs were made.
    """
    seeds = sorted({run.seed for run in runs})
    failed = sum(not run.holds for run in runs)
    verdict = f"In {failed} of {len(runs)} runs something fails." if failed else "Every claim holds."
    made_by = (
        f"Written by `{command}` with torch {torch_version} on {device}, seeds {seeds[0]} to {seeds[-1]}. "
        "Each simulation ran at its defaults; measured is the median over the seeds, the spread their least and "
        "greatest. A claim holds on a seed when the measurement lies within the tolerance of what is expected."
    )
    parts = [
        "# Claims and measurements",
        made_by,
        verdict,
        *(_section(name, tuple(own)) for name, own in groupby(runs, key=lambda run: run.simulation)),
    ]
    return "\n\n".join(parts) + "\n"


def _section(name: str, runs: Sequence[CheckedRun]) -> str:
    problems = sorted({run.problem for run in runs if run.problem})
    broken = [f"It did not run: {_cell(problem)}" for problem in problems]
    measured = [run for run in runs if not run.problem]
    if not measured:
        return "\n\n".join([f"## {name}", *broken])
    header = catalogue.get(name).header
    made = [claim for run in measured for claim in run.claims]
    names = dict.fromkeys(claim.id for claim in made)  # each once, in the order in which they were first made
    rows = [_row([claim for claim in made if claim.id == own]) for own in names]
    return "\n\n".join([f"## {name}", f"{header.title}. {header.claim}", *broken, "\n".join([_HEAD, *rows])])


def _row(claims: Sequence[Claim]) -> str:
    """Return one claim, as each seed measured it, as a row of the table."""
    first, measured = claims[0], [claim.measured for claim in claims]
    source = f" ({first.source})" if first.source else ""
    cells = (
        f"`{first.id}` {first.statement}{source}",
        _figure(statistics.median(claim.expected for claim in claims)),
        _figure(statistics.median(measured)),
        f"{_figure(min(measured))} to {_figure(max(measured))}",
        f"{first.tolerance:.3g}",
        _verdict(claims),
    )
    return f"| {' | '.join(map(_cell, cells))} |"


def _verdict(claims: Sequence[Claim]) -> str:
    held = sum(claim.holds for claim in claims)
    return "holds" if held == len(claims) else f"**fails** on {len(claims) - held} of {len(claims)} seeds"


def _figure(value: float) -> str:
    return f"{value:.6g}"


def _cell(text: str) -> str:
    """Return the text as one line that a table's cell can hold."""
    return " ".join(text.replace("|", "\\|").split())
