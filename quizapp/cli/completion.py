"""`quizapp completion`: the script that lets a shell complete quizapp's words."""

from __future__ import annotations

import click

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion", short_help="Print the script that lets a shell complete quizapp's words.")
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, decks, cards and simulations.

    \b
    bash: quizapp completion bash > ~/.local/share/bash-completion/completions/quizapp
    zsh:  quizapp completion zsh > a file named _quizapp in a folder of $fpath
    fish: quizapp completion fish > ~/.config/fish/completions/quizapp.fish
    """
    from quizapp.cli.root import root
    from quizapp.cli.shells import COMPLETE, SHELLS

    click.echo(SHELLS[shell](root, {}, "quizapp", COMPLETE).source())
