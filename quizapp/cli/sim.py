"""`quizapp sim`: list simulations, run one as a screen, text or stream, check claims, turn a knob over values."""

from __future__ import annotations

import sys
from typing import Any

import click

from quizapp.cli import completing
from quizapp.cli.sim_list import list_simulations
from quizapp.cli.sim_words import REPORT, Options, become, known, listed, pair, refuse_strays, require_knobs
from quizapp.errors import ExitCode, UsageError

_COUNT = click.IntRange(min=1)


@click.command("sim", short_help="List simulations, run one, or check what they claim.")
@click.argument("name", required=False, shell_complete=completing.sim_words)
@click.argument("names", nargs=-1, shell_complete=completing.listed_simulations)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KNOB=VALUE",
    shell_complete=completing.knobs,
    help="Turn a knob; repeatable.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Where the random numbers start.")
@click.option(
    "--device",
    default="auto",
    show_default=True,
    shell_complete=completing.devices,
    help="auto, cpu, cuda or mps.",
)
@click.option("--steps", type=_COUNT, help="Stop after so many frames.")
@click.option("--json", "as_json", is_flag=True, help="Stream frames as lines of JSON; lists as one array.")
@click.option(
    "--plain", is_flag=True, help="Print the final chart and the claims as text, also on a terminal."
)
@click.option(
    "--sweep",
    metavar="KNOB=V,V,..",
    shell_complete=completing.knobs,
    help="Run once for each value: a table and a chart.",
)
@click.option("--measure", "measures", multiple=True, metavar="NAME", help="Sweep: report this; repeatable.")
@click.option("--seeds", type=_COUNT, help="Check and sweep: how many seeds (3).")
@click.option("--jobs", type=_COUNT, help="Check and sweep: how many processes at once (one a processor).")
@click.option(
    "--report",
    is_flag=False,
    flag_value=REPORT,
    metavar="[PATH]",
    help=f"Check: write the page of all figures ({REPORT}).",
)
@click.option(
    "--write",
    metavar="DIR",
    shell_complete=completing.folders,
    help="Write the frames and the charts into a new folder in DIR.",
)
@click.option(
    "--into",
    metavar="DIR",
    shell_complete=completing.folders,
    help="New: the folder that the package is made in (the present one).",
)
@click.pass_context
def command(context: click.Context, /, name: str | None, names: tuple[str, ...], **given: Any) -> int:
    """List the simulations, or run the one called NAME.

    On a terminal it runs on the screen; elsewhere, or with --plain, its final chart and its claims are printed as text;
    with --json it streams its frames. With --sweep it runs to its
    end for each value of a knob, over several seeds. With --write its frames, its charts and the command that makes it
    again are written into a new folder.

    `quizapp sim check [NAME]...` runs simulations at their defaults over several seeds and exits 1 if a claim fails;
    with --report it also writes every figure into a page. `quizapp sim new NAME` writes the package of a simulation of
    your own, which runs as it is.
    """
    options = Options(**given)
    if name is None:
        refuse_strays(context, "the list")
        return list_simulations(as_json=options.as_json)
    if name == "check":
        refuse_strays(context, "check")
        return _check(names, options)
    if name == "new":
        refuse_strays(context, "new")
        return _new(names, options)
    if names:
        raise UsageError(
            f"One simulation at a time: {name}, not {' '.join(names)} too.",
            "Give knobs with --set KNOB=VALUE.",
        )
    refuse_strays(context, "a sweep" if options.sweep else "an export" if options.write else "a run")
    if options.as_json and options.plain:
        raise UsageError("--json and --plain ask for two different things.", "Give one of them.")
    known(name)
    require_knobs(name, options.settings)
    if options.sweep:
        return _sweep(name, options)
    return _write(name, options) if options.write else _run(context.obj, name, options)


def _check(names: tuple[str, ...], options: Options) -> int:
    """Run the named simulations, or all of them, and exit 1 if a claim fails."""
    device = "cpu" if options.device == "auto" else options.device
    words = ["check", *map(listed, names), f"--device={device}", *options.several_words]
    become(words + ([f"--report={options.report}"] if options.report else []))


def _new(names: tuple[str, ...], options: Options) -> int:
    """Write the package of a new simulation."""
    if len(names) != 1:
        raise UsageError("A new simulation needs one name.", "Give it: quizapp sim new NAME.")
    become(["new", *names, *([f"--into={options.into}"] if options.into else [])])


def _sweep(name: str, options: Options) -> int:
    """Print what each measure comes to at each value, and the chart of it; with --json, the rows as one array."""
    words = [name, f"--sweep={options.sweep}", *options.set_words, f"--device={options.device}"]
    words += [f"--seed={options.seed}", *options.several_words]
    words += [*(f"--measure={measure}" for measure in options.measures)]
    if options.as_json:
        become([*words, "--json"])
    from quizapp.services.sweep import sweep_text

    text, code = sweep_text(words)
    if text:
        click.echo(text)
    return code


def _write(name: str, options: Options) -> int:
    """Write a run into a new folder and print where it is."""
    from pathlib import Path

    from quizapp.services.run_export import RunSpec, write_run

    settings = dict(pair(text) for text in options.settings)
    run = RunSpec(name, settings, options.seed, options.device, options.steps)
    click.echo(write_run(run, Path(options.write or ".")).folder)
    return ExitCode.OK


def _run(db: str | None, name: str, options: Options) -> int:
    """Run one simulation: on the screen, as text or as a stream."""
    words = [name, *options.set_words, f"--seed={options.seed}", f"--device={options.device}"]
    words += [f"--steps={options.steps}"] if options.steps else []
    if options.as_json:
        become([*words, "--json"])
    if options.plain or not sys.stdout.isatty():
        from quizapp.services.plain_run import plain_run

        text, code = plain_run(words)
        click.echo(text)
        return code
    from quizapp.tui.start import start_simulation

    settings = dict(pair(text) for text in options.settings)
    start_simulation(db, name, settings, options.seed, options.device, options.steps)
    return ExitCode.OK
