"""`python -m sims check`: every claim over several seeds, side by side, and the page that keeps them."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from sims import catalogue
from sims.checking import CheckedRun, check, chosen
from sims.claims_report import claims_report
from sims.side_by_side import default_jobs
from sims.verbs.arguments import add_jobs, positive
from sims.verbs.speech import (
    COLUMNS,
    FINDINGS,
    OK,
    SIMULATION,
    USAGE,
    Progress,
    claim_row,
    narrate,
    write,
)

REPORT = "docs/claims.md"


def main(arguments: Sequence[str]) -> int:
    """Check, write each claim as its run ends, and the page if it was asked for."""
    return _run(_parser().parse_args(arguments))


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m sims check",
        description="Run simulations at their defaults over several seeds and report every claim.",
    )
    made.add_argument("names", nargs="*", metavar="NAME", help="simulations; all, if none is named")
    made.add_argument("--seeds", type=positive, default=3, metavar="N", help="how many seeds, from 0 (3)")
    made.add_argument("--device", default="cpu", help="auto, cpu, cuda or mps (cpu)")
    add_jobs(made)
    made.add_argument(
        "--report", nargs="?", const=REPORT, metavar="PATH", help=f"write the page of all figures ({REPORT})"
    )
    return made


def _run(options: argparse.Namespace) -> int:
    if options.report in catalogue.names():
        narrate(
            f"error: --report {options.report} is a simulation: write --report=PATH, or put --report last"
        )
        return USAGE
    names = chosen(options.names)
    if options.report and not os.access(_folder(options.report), os.W_OK):  # told now, not after minutes
        narrate(f"error: --report {options.report}: there is no folder here that it can be written into")
        return USAGE
    total = len(names) * options.seeds
    jobs = min(options.jobs or default_jobs(), total)
    runs: list[CheckedRun] = []
    write(f"{'simulation':<22} seed  {COLUMNS}")
    with Progress(f"runs, {jobs} at a time", total) as progress:
        for done in check(names, range(options.seeds), options.device, jobs):
            progress.clear()
            _write_run(done)
            runs.append(done)
            progress.step()
    if options.report:
        _write_report(Path(options.report), runs, options)
    return _verdict(runs)


def _folder(report: str) -> Path:
    return Path(report).absolute().parent


def _write_run(done: CheckedRun) -> None:
    """Write a run's claims, or narrate why there are none."""
    for claim in done.claims:
        write(f"{done.simulation:<22} {done.seed:>4}  {claim_row(claim)}")
    if done.problem:
        narrate(f"{done.simulation} seed {done.seed} did not run:\n{done.details}".rstrip())


def _verdict(runs: Sequence[CheckedRun]) -> int:
    """Say how it went and return the exit code."""
    failed = sum(not claim.holds for run in runs for claim in run.claims)
    broken = sum(bool(run.problem) for run in runs)
    if broken:
        narrate(f"{broken} runs failed; {failed} claims failed in the others")
        return SIMULATION
    narrate(f"{failed} claims failed" if failed else "every claim holds")
    return FINDINGS if failed else OK


def _write_report(path: Path, runs: Sequence[CheckedRun], options: argparse.Namespace) -> None:
    """Write the page, whole or not at all."""
    import torch

    from sims.runner import pick_device

    words = ["quizapp", "sim", "check", *options.names, f"--seeds={options.seeds}", "--report"]
    page = claims_report(
        runs,
        command=shlex.join(words),
        torch_version=str(torch.__version__),
        device=pick_device(options.device),
    )
    draft = path.with_name(path.name + ".new")
    draft.write_text(page, encoding="utf-8")
    draft.replace(path)
    narrate(f"{path} is written")
