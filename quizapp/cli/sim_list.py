"""`quizapp sim` without a name: what simulations there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from quizapp.core.plain import printable
from quizapp.errors import ExitCode

if TYPE_CHECKING:
    from sims.protocol import Simulation


def list_simulations(*, as_json: bool) -> int:
    """Print every simulation, for people or as one JSON array."""
    from sims.catalogue import everything, problems

    for problem in problems():
        click.echo(f"quizapp: {printable(f'{problem.name}: {problem.reason}')}", err=True)
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
