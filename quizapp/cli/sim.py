"""`quizapp sim`: list simulations, run one on the screen or as a stream, check their claims."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from quizapp.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from sims.protocol import Simulation


REPORT = "docs/claims.md"


@click.command("sim", short_help="List simulations, run one, or check what they claim.")
@click.argument("name", required=False)
@click.argument("names", nargs=-1)
@click.option("--set", "settings", multiple=True, metavar="KNOB=VALUE", help="Turn a knob; repeatable.")
@click.option("--seed", type=int, default=0, show_default=True, help="Where the random numbers start.")
@click.option("--device", default="auto", show_default=True, help="auto, cpu, cuda or mps.")
@click.option("--steps", type=click.IntRange(min=1), help="Stop after so many frames.")
@click.option(
    "--json", "as_json", is_flag=True, help="Stream frames as lines of JSON; the list as one array."
)
@click.option("--plain", is_flag=True, help="Print the final chart and the claims as text.")
@click.option("--seeds", type=click.IntRange(min=1), help="For check: how many seeds (3).")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="For check: how many processes at once (one a processor)."
)
@click.option(
    "--report",
    is_flag=False,
    flag_value=REPORT,
    metavar="[PATH]",
    help=f"For check: write the page of all figures ({REPORT}).",
)
@click.pass_obj
def command(
    db: str | None,
    name: str | None,
    names: tuple[str, ...],
    settings: tuple[str, ...],
    seed: int,
    device: str,
    steps: int | None,
    as_json: bool,
    plain: bool,
    seeds: int | None,
    jobs: int | None,
    report: str | None,
) -> int:
    """List the simulations, or run the one called NAME.

    On a terminal it runs on the screen; elsewhere, or with --json, it streams its frames. `quizapp sim check
    [NAME]...` runs simulations at their defaults over several seeds and exits 1 if a claim fails; with --report it
    also writes every figure into a page.
    """
    if name is None:
        _refuse(
            "the list", settings=settings, steps=steps, plain=plain, jobs=jobs, report=report, seeds=seeds
        )
        return _list(as_json=as_json)
    if name == "check":
        _refuse("check", settings=settings, steps=steps, plain=plain, json=as_json)
        return _become(["check", *map(_known, names), *_check_options(seeds, device, jobs, report)])
    _refuse(f"a run of {name}", jobs=jobs, report=report, seeds=seeds)
    if names:
        raise UsageError(
            f"One simulation at a time: {name}, not {' '.join(names)} too.",
            "Give knobs with --set KNOB=VALUE.",
        )
    _known(name)
    _require_knobs(name, settings)
    arguments = [name, *(f"--set={text}" for text in settings), f"--seed={seed}", f"--device={device}"]
    arguments += [f"--steps={steps}"] if steps else []
    if plain:
        from quizapp.services.plain_run import plain_run

        text, code = plain_run(arguments)
        click.echo(text)
        return code
    if as_json or not sys.stdout.isatty():
        _become([*arguments, "--json"])
    from quizapp.tui.start import start_simulation

    start_simulation(db, name, dict(_pair(text) for text in settings), seed, device, steps)
    return ExitCode.OK


def _check_options(seeds: int | None, device: str, jobs: int | None, report: str | None) -> list[str]:
    """Return the options of `python -m sims check`."""
    words = [f"--seeds={seeds or 3}", f"--device={_named(device, 'cpu')}"]
    words += [f"--jobs={jobs}"] if jobs else []
    return words + ([f"--report={report}"] if report else [])


def _refuse(what: str, **options: object) -> None:
    """Raise a UsageError for an option that would be passed over."""
    given = [name for name, value in options.items() if value]
    if given:
        option = {"settings": "set"}.get(given[0], given[0])
        belongs = (
            "to `quizapp sim check`"
            if option in ("jobs", "report", "seeds")
            else "to a run: quizapp sim NAME"
        )
        raise UsageError(f"--{option} does not go with {what}.", f"It belongs {belongs}.")


def _list(*, as_json: bool) -> int:
    from sims.catalogue import everything

    if as_json:
        click.echo(json.dumps([_listed(simulation) for simulation in everything()], ensure_ascii=False))
        return ExitCode.OK
    for simulation in everything():
        header = simulation.header
        click.echo(f"{header.name:<22} {header.title}\n{'':<22} {header.claim}\n")
    click.echo("quizapp sim NAME runs one; its knobs turn with the arrow keys or --set KNOB=VALUE.")
    return ExitCode.OK


def _listed(simulation: Simulation[Any]) -> dict[str, object]:
    from sims.protocol import knobs_of

    header = simulation.header
    return {
        "name": header.name,
        "title": header.title,
        "group": header.group,
        "claim": header.claim,
        "formula": header.formula,
        "source": header.source,
        "knobs": [
            {
                "name": knob.name,
                "default": knob.default,
                "about": knob.about,
                "choices": list(knob.choices),
                "low": None if knob.choices else knob.low,
                "high": None if knob.choices else knob.high,
                "unit": knob.unit,
            }
            for knob in knobs_of(simulation.knobs)
        ],
        "claims": [
            {"id": claim.id, "statement": claim.statement, "source": claim.source}
            for claim in simulation.declared_claims
        ],
    }


def _known(name: str) -> str:
    from sims.catalogue import UnknownSimulation, get

    try:
        return get(name).header.name
    except UnknownSimulation as error:
        raise UsageError(f"{error}.", "`quizapp sim` lists them.") from error


def _named(device: str, default: str) -> str:
    return default if device == "auto" else device


def _pair(text: str) -> tuple[str, str]:
    knob, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--set {text}: there is no value.", "Give KNOB=VALUE, such as depth=50.")
    return knob, value


def _require_knobs(name: str, settings: Sequence[str]) -> None:
    from sims.catalogue import get
    from sims.protocol import KnobError, knobs_from_text

    try:
        knobs_from_text(get(name), dict(_pair(text) for text in settings))
    except KnobError as error:
        raise UsageError(f"{error}.", "`quizapp sim NAME --help` says how knobs are set.") from error


def _become(arguments: Sequence[str]) -> NoReturn:
    """Go on as `python -m sims`: the app itself never loads torch."""
    from quizapp.services.simulation_command import simulation_command

    sys.stdout.flush()
    words = simulation_command(arguments)
    if os.name == "nt":  # there, execv returns to the shell before the run has ended
        import subprocess

        sys.exit(subprocess.call(words))  # noqa: S603 - our own program
    os.execv(words[0], words)  # noqa: S606 - the same interpreter
