"""Takes an answer on plain lines: words of the learner's own, or the one that a card expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.plain_answer import given
from quizapp.core.expectation import Exact, Pattern
from quizapp.core.grade import grade
from quizapp.core.plain import printable
from quizapp.core.prediction import AnswerError

if TYPE_CHECKING:
    from quizapp.cli.plain_front import Front
    from quizapp.cli.plain_terminal import Terminal
    from quizapp.services.workspace import Workspace

END = "."
_HOW = "Write as many lines as you like; a line with a dot alone ends them."


def kept_lines(front: Front) -> list[str]:
    """Return what was typed for this review before the program ended, and how it goes on."""
    before = ["Your words from before are kept:", *map(printable, front.typed.splitlines())]
    return [*before, f"{'t' if front.asks_answer or front.asks_first else 'a'} goes on with them."]


def hand_in(front: Front, terminal: Terminal, text: str, article: str) -> bool:
    """Grade the answer that a card expects, asking for what the line does not give; return whether it was graded.

    Args:
        article: The `a` that stood before the text, if any: a command, or the article of the answer if that is nearer.
    """
    assert front.expectation is not None, "the card expects an answer"
    has_said_way_out = False

    def ask(words: str) -> str:
        nonlocal has_said_way_out
        if not has_said_way_out:
            terminal.write(printable(f"{f'“{text}” is taken; ' if text else ''}q goes back to the card."))
        has_said_way_out = True
        line = terminal.ask(words)
        if line.lower() == "q":
            raise AnswerError("Nothing was handed in.")
        return line

    try:
        graded = [given(front.expectation, text, ask)]
        if article and text and isinstance(front.expectation, Exact | Pattern):
            graded.append(grade(front.expectation, f"{article} {text}"))
        front.grade = max(graded, key=lambda one: one.rating)
    except AnswerError as error:
        terminal.write(printable(str(error)))
        return False
    return True


def take_words(front: Front, terminal: Terminal, workspace: Workspace, text: str) -> bool:
    """Take a line of the learner's own words, or as many as are typed up to a dot; return whether there are any.

    Each line is on disk before the next one is read.
    """
    from quizapp.services import draft

    if text:
        front.typed = text
        draft.keep(workspace, front.card, front.draft)
    else:
        terminal.write(_HOW)
        lines = front.typed.splitlines()
        while (line := terminal.read().rstrip()) != END:
            lines.append(line)
            front.typed = "\n".join(lines)
            draft.keep(workspace, front.card, front.draft)
    if not front.typed.strip():
        terminal.write("Nothing was written.")
        return False
    front.propose_points()
    if not front.points:
        terminal.write("Your words are kept.")
    else:
        terminal.write(f"Your words cover {len(front.ticked)} of {len(front.points)} key points: a proposal.")
    return True
