"""`quizapp claims`: what is said of the topics, how true it is, and what was measured here."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from quizapp.cli import completing

if TYPE_CHECKING:
    from datetime import tzinfo

    from quizapp.services.claims import ListedClaim


@click.command("claims", short_help="List what is said of the topics and how true it is.")
@click.option(
    "--topic",
    metavar="ID",
    shell_complete=completing.topics,
    help="Only the claims of this topic, such as scale-explosion.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_obj
def command(db: str | None, topic: str | None, as_json: bool) -> None:
    """List the claims of all topics, or of one: verdict, statement, and what was measured last on this machine.

    With --topic or --json each has its precise statement and its source too; with --json, the simulation that measures
    it.
    """
    from quizapp.services.claims import listed_claims
    from quizapp.services.library import open_library

    with closing(open_library(db)) as workspace:
        found, zone = listed_claims(workspace, topic), workspace.zone
    if as_json:
        from sims.protocol.messages import encode

        # Each by itself through the encoder that knows figures which JSON does not have.
        click.echo(f"[{','.join(encode(_object(listed)) for listed in found)}]")
    else:
        _print_table(found, zone, in_full=topic is not None)


def _object(listed: ListedClaim) -> dict[str, object]:
    claim, by = listed.claim, listed.claim.measured_by
    return {
        "topic": listed.topic,
        "title": listed.title,
        "deck": listed.deck,
        "number": listed.number,
        "statement": claim.statement,
        "verdict": claim.verdict.value,
        "precise": claim.precise,
        "source": claim.source,
        "corrected_in": claim.corrected_in or None,
        "measured_by": by and {"simulation": by.simulation, "claim": by.claim, "settings": dict(by.settings)},
        "measured": _measurement(listed),
    }


def _measurement(listed: ListedClaim) -> dict[str, object] | None:
    from quizapp.core.day import moment_of

    measured = listed.measured
    if measured is None:
        return None
    return {
        "statement": measured.claim.statement,
        "expected": measured.claim.expected,
        "measured": measured.claim.measured,
        "tolerance": measured.claim.tolerance,
        "holds": measured.claim.holds,
        "at": moment_of(measured.at_ms).isoformat(),
        "knobs": dict(measured.knobs),
        "seed": measured.seed,
        "device": measured.device,
    }


def _print_table(found: tuple[ListedClaim, ...], zone: tzinfo | None, *, in_full: bool) -> None:
    from quizapp.core.claim_words import verdict_words
    from quizapp.core.plain import printable

    topics = [printable(listed.topic) for listed in found]
    width = max(map(len, topics), default=0)
    verdict_width = max((len(verdict_words(listed.claim.verdict)) for listed in found), default=0)
    for listed, topic in zip(found, topics, strict=True):
        verdict = verdict_words(listed.claim.verdict)
        click.echo(f"{verdict:<{verdict_width}}  {topic:<{width}}  {printable(listed.claim.statement)}")
        more = [listed.claim.precise, listed.claim.source] if in_full else []
        for words in (*more, _measured(listed, zone)):
            if words:
                click.echo(f"{'':<{verdict_width}}  {'':<{width}}  {printable(' '.join(words.split()))}")


def _measured(listed: ListedClaim, zone: tzinfo | None) -> str:
    """Return what was measured; nothing where no simulation measures the claim."""
    from quizapp.core.claim_words import measured_words

    if listed.measured is not None:
        return measured_words(listed.measured, zone)
    by = listed.claim.measured_by
    return f"not measured here yet: quizapp sim {by.simulation}" if by else ""
