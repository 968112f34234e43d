"""bash, zsh and fish as click speaks to them, with what click leaves out: `--option=value`, blanks and commas in words."""

from __future__ import annotations

import os
import shlex
from typing import Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

COMPLETE = "_QUIZAPP_COMPLETE"
"""The variable by which a shell asks for completions."""


class _Bash(BashComplete):
    """Bash takes `a=b` for three words and replaces the last of them alone."""

    source_template = BashComplete.source_template.replace(
        "    return 0\n", "    [[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace\n\n    return 0\n"
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one to be completed, and that one, put together again at the equals signs."""
        words = split_arg_string(os.environ["COMP_WORDS"])
        current = int(os.environ["COMP_CWORD"])
        words = [*words[: current + 1], *[""] * (current + 1 - len(words))]
        whole: list[str] = []
        for place, word in enumerate(words):
            is_joined = word == "=" or (place > 0 and words[place - 1] == "=")
            if is_joined and len(whole) > 1:
                whole[-1] += word
            else:
                whole.append(word)
        return whole[1:-1], whole[-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Return what stands behind the equals sign, quoted where it holds blanks."""
        found = super().get_completions(args, incomplete)
        before = "" if incomplete.startswith("-") else incomplete[: incomplete.rfind("=") + 1]
        for item in found:
            if item.type == "plain":
                item.value = shlex.quote(item.value.removeprefix(before)) or item.value
        return found


def _with_option(found: list[CompletionItem[Any]], incomplete: str) -> list[CompletionItem[Any]]:
    """Put `--option=` before its values: zsh and fish replace the whole word."""
    option, equals, _ = incomplete.partition("=")
    if equals and option.startswith("-"):
        for item in found:
            if item.type == "plain":
                item.value = f"{option}={item.value}"
    return found


class _Zsh(ZshComplete):
    """Found on fpath, click's script completes once, and the second time only registers itself."""

    source_template = ZshComplete.source_template.replace(
        "        _describe -V unsorted completions_with_descriptions -U\n",
        "        local -a ending\n"
        "        [[ ${completions_with_descriptions[1]} == *=:* ]] && ending=(-S '')\n"
        '        _describe -V unsorted completions_with_descriptions -U "${ending[@]}"\n',
    ).replace(
        '    %(complete_func)s "$@"\n',
        '    compdef %(complete_func)s %(prog_name)s\n    %(complete_func)s "$@"\n',
    )

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        return _with_option(super().get_completions(args, incomplete), incomplete)


class _Fish(FishComplete):
    # A comma parts the kind of a word from the word itself; those in its description stay.
    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        return _with_option(super().get_completions(args, incomplete), incomplete)


SHELLS: dict[str, type[ShellComplete]] = {
    "bash": add_completion_class(_Bash),
    "zsh": add_completion_class(_Zsh),
    "fish": add_completion_class(_Fish),
}
