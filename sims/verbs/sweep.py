"""`python -m sims NAME --sweep KNOB=VALUE,VALUE`: what a knob does to what is measured."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from sims.protocol import messages
from sims.side_by_side import default_jobs
from sims.sweeping import SweptRow, planned, sweep
from sims.verbs.arguments import settings
from sims.verbs.speech import FINDINGS, OK, Progress, write

DEFAULT_SEEDS = 3


def run(options: argparse.Namespace) -> int:
    """Run every value over the seeds, and write the rows as a table or as one JSON array."""
    asked = planned(options.name, options.sweep, settings(options.set), options.device)
    seeds = range(options.seed, options.seed + (options.seeds or DEFAULT_SEEDS))
    total = len(asked.values) * len(seeds)
    jobs = min(options.jobs or default_jobs(), total)
    rows: list[SweptRow] = []
    with Progress(f"runs, {jobs} at a time", total) as progress:
        for own in sweep(asked, seeds, jobs, options.measure):
            rows += own
            progress.step(len(seeds))
    if options.json:
        write(f"[{','.join(messages.encode(_fields(row)) for row in rows)}]")
    else:
        _write_table(rows)
    return FINDINGS if any(row.held < row.claims for row in rows) else OK


def _fields(row: SweptRow) -> dict[str, object]:
    """Return a row as it stands in the array."""
    fields = asdict(row)
    return {("min" if name == "low" else "max" if name == "high" else name): fields[name] for name in fields}


def _write_table(rows: list[SweptRow]) -> None:
    write(f"{rows[0].knob:<12} {'measure':<34} {'median':>12} {'min':>12} {'max':>12}  claims held")
    for row in rows:
        figures = f"{row.median:>12.5g} {row.low:>12.5g} {row.high:>12.5g}"
        write(f"{row.value!s:<12} {row.measure:<34} {figures}  {row.held}/{row.claims}")
