"""An interview drill: every step is on disk before the next thing is shown, and what is typed within a second.

The clock is the workspace's. It runs from `start_clock` to `stop_clock`, and whatever else is done takes what has passed
into the drill; a gap that no living screen leaves, of a sleeping machine or a stopped process, does not count.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quizapp.core.day import milliseconds
from quizapp.core.drill.answered import Answered
from quizapp.core.drill.ask import Prompt
from quizapp.core.drill.drill import Drill
from quizapp.core.drill.front import Front, Step
from quizapp.core.drill.hint import hint_for
from quizapp.core.drill.proposed import is_poor, proposed_ticks
from quizapp.core.drill.rubric import Band, Bands, Dimension, is_complete
from quizapp.core.drill.setup import Manner, Setup
from quizapp.core.log import EntryId, entry_id
from quizapp.errors import UsageError
from quizapp.services.drill_log import record
from quizapp.services.drill_material import candidates, fitting, rounds
from quizapp.services.drill_prompts import prompt_of
from quizapp.services.left_drill import left
from quizapp.services.owner import has_gone
from quizapp.services.workspace import Workspace
from quizapp.store import drills
from quizapp.store.database import Execute, execute_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

AWAY_MS = 30_000
"""A screen looks at the clock every second: whoever has not for so long was away, and that does not count."""


@dataclass
class Drilling:
    """One learner in one drill. `drill` is where they stand; the database holds the same."""

    workspace: Workspace
    drill: Drill
    prompt: Prompt | None = None
    _since_ms: int | None = field(default=None, repr=False)

    # The clock.

    def start_clock(self) -> None:
        """Let the time count from now on."""
        if self._since_ms is None:
            self._since_ms = self._now_ms()

    def stop_clock(self) -> None:
        """Let the time count no more: a pause, a simulation."""
        self._keep(self._in_time())
        self._since_ms = None

    @property
    def shown(self) -> Drill:
        """The drill with the time that has passed, as a screen shows it; nothing is written."""
        return self.drill.passed(self._passed_ms())

    def _now_ms(self) -> int:
        return milliseconds(self.workspace.now())

    def _passed_ms(self) -> int:
        if self._since_ms is None:
            return 0
        passed = self._now_ms() - self._since_ms
        return passed if 0 <= passed <= AWAY_MS else 0

    def _in_time(self) -> Drill:
        """Return the drill with what has passed, and count from now."""
        drill = self.shown
        if self._since_ms is not None:
            self._since_ms = self._now_ms()
        return drill

    # Answering.

    def keep(self, draft: str | None = None) -> None:
        """Write what has been typed so far, and the clock."""
        drill = self._in_time()
        self._keep(drill if draft is None else drill.typed(draft))

    def done(self, draft: str) -> None:
        """End the answer: the key points are ticked next, or first a hint is offered where little was written."""
        drill, prompt, front = self._in_time().typed(draft), self.prompt, self.drill.front
        if prompt is None or front is None:
            return
        is_written = drill.setup.manner is Manner.WRITTEN
        if is_written and not front.hint and prompt.ask.has_hint and is_poor(draft, prompt):
            self._keep(drill.offered_hint())
        else:
            self._keep(drill.answered(proposed_ticks(draft, prompt)))

    def take_hint(self, draft: str) -> None:
        """Give a hint before the model answer is shown; the answer goes on from what it was."""
        prompt = self.prompt
        if prompt is not None and prompt.ask.has_hint:
            ticks = frozenset(proposed_ticks(draft, prompt))
            self._keep(self._in_time().typed(draft).helped(hint_for(prompt, ticks, {})))

    def decline_hint(self) -> None:
        """Go on to the model answer without the hint that was offered."""
        prompt, front = self.prompt, self.drill.front
        if prompt is not None and front is not None:
            self._keep(self._in_time().answered(proposed_ticks(front.draft, prompt)))

    def tick(self, texts: Collection[str]) -> None:
        """Keep which key points are ticked."""
        self._keep(self._in_time().ticked(texts))

    def check(self, texts: Collection[str]) -> None:
        """End the ticking; the answer is judged next."""
        self._keep(self._in_time().ticked(texts).checked())

    def uncheck(self) -> None:
        """Go back to the key points."""
        self._keep(self._in_time().unchecked())

    def band(self, dimension: Dimension, band: Band) -> None:
        """Judge one dimension."""
        self._keep(self._in_time().banded(dimension, band))

    def show_simulation(self, name: str) -> None:
        """Note a simulation that is opened beside the answer."""
        self._keep(self._in_time().with_shown(name))

    def show_figures(self, figures: str) -> None:
        """Keep what is shown of a failed run."""
        self._keep(self._in_time().with_figures(figures))

    # From one question to the next.

    def judge(self, bands: Bands | None = None) -> None:
        """Write the answer with its rating, and go on: to the follow-up it earned, a hint, or the next question.

        Args:
            bands: Those that were given last, and are not written yet.

        Raises:
            UsageError: A dimension has no band yet.
        """
        front = self.drill.front
        given = {**(front.bands if front is not None else {}), **(bands or {})}
        if front is None or front.step is not Step.RATING or not is_complete(given):
            raise UsageError("The answer is not judged yet.", "Give each dimension a band, 1 to 4.")
        for dimension, band in given.items():
            self.drill = self.drill.banded(dimension, band)
        self._answered()

    def skip(self, draft: str) -> None:
        """Leave the question unanswered, and go on."""
        if self.drill.front is not None:
            self.drill = self.drill.typed(draft).unbanded()
            self._answered()

    def try_again(self) -> None:
        """Put the same question once more, with its hint in sight."""
        self._go(Drill.tried_again)

    def move_on(self) -> None:
        """Go to the next question."""
        self._go(Drill.next)

    def next_round(self) -> None:
        """Leave the rest of this round, and go to the next one; what was written in front is kept, as skipped."""
        self._put_down(Drill.next_round)

    def finish(self) -> None:
        """End the drill; what was written in front is kept, as skipped, and what was judged there counts."""
        self._put_down(Drill.finished)

    def leave(self, draft: str | None = None) -> None:
        """Let go of the drill; the next start takes it up at this very place."""
        drill = self._in_time()
        self._since_ms = None
        if drill.front is None:
            return
        self.drill = drill if draft is None else drill.typed(draft)
        with self.workspace.database.write() as connection:
            _write(self.workspace, connection, self.drill, new_owner="")

    def _answered(self) -> None:
        prompt, drill = self.prompt, self._in_time()
        if prompt is None:
            return
        front = _front(drill)
        with self.workspace.database.write() as connection:
            answer = self._recorded(connection, drill, prompt)
            hint = hint_for(prompt, front.ticked, front.bands) if prompt.ask.has_hint else ""
            after = drill.judged(answer, prompt.siblings, hint)
            after, prompt = settled(execute_in(connection), after)
            _write(self.workspace, connection, after)
        self.drill, self.prompt = after, prompt

    def _recorded(self, connection: Connection, drill: Drill, prompt: Prompt) -> Answered:
        """Return the answer in front once it is written, and its rating if it was judged."""
        answer = drill.record(prompt, self._now_ms())
        if not answer.is_skipped:
            answer = replace(answer, moved=record(self.workspace, connection, drill.id, answer))
        drills.add_answer(connection, drill.id, len(drill.answers), answer)
        return answer

    def _put_down(self, step: Callable[[Drill], Drill]) -> None:
        """Take a step away from the question in front; what was said to it stays among the answers."""
        front, prompt = self.drill.front, self.prompt
        if front is None or prompt is None:
            return
        drill = self._in_time()
        with self.workspace.database.write() as connection:
            if front.step is not Step.HINT and (front.draft.strip() or is_complete(front.bands)):
                drill = replace(drill, answers=(*drill.answers, self._recorded(connection, drill, prompt)))
            after, prompt = settled(execute_in(connection), step(drill))
            _write(self.workspace, connection, after)
        self.drill, self.prompt = after, prompt

    def _go(self, step: Callable[[Drill], Drill]) -> None:
        """Take a step; there is none after the end."""
        if self.drill.front is None:
            return
        with self.workspace.database.write() as connection:
            after, prompt = settled(execute_in(connection), step(self._in_time()))
            _write(self.workspace, connection, after)
        self.drill, self.prompt = after, prompt

    def _keep(self, drill: Drill) -> None:
        if drill != self.drill:
            with self.workspace.database.write() as connection:
                _write(self.workspace, connection, drill)
            self.drill = drill


def begin(workspace: Workspace, setup: Setup) -> Drilling:
    """Begin a drill; its first question is in front, and its clock stands still.

    Raises:
        DeckError: No question fits the setup.
    """
    chosen = fitting(candidates(workspace), setup)
    _, now_ms = workspace.today()
    identifier = entry_id(now_ms, secrets.randbits(74), None)
    drill = Drill(identifier, now_ms, setup, rounds(chosen, setup)).next()
    with workspace.database.write() as connection:
        drill, prompt = settled(execute_in(connection), drill)
        drills.begin(connection, drill, workspace.owner)
    return Drilling(workspace, drill, prompt)


def require_left(workspace: Workspace) -> None:
    """Raise a UsageError when there is no drill to be taken up."""
    if left(workspace) is None:
        raise _not_resumable(is_held=bool(drills.unfinished(workspace.database.read)))


def resume(workspace: Workspace, identifier: EntryId | None = None) -> Drilling:
    """Take up a drill where it was left, whatever ended it; its clock stands still.

    Args:
        identifier: Which one; None for the latest that nobody holds.

    Raises:
        UsageError: There is none, or a living process holds it.
    """
    with workspace.database.write() as connection:
        execute = execute_in(connection)
        found = [
            (drill, owner)
            for drill, owner in drills.unfinished(execute)
            if identifier is None or drill.id == identifier
        ]
        free = [drill for drill, owner in found if has_gone(owner, workspace.device)]
        if not free:
            raise _not_resumable(is_held=bool(found))
        drills.claim(connection, free[0].id, workspace.owner)
        drill, prompt = settled(execute, free[0])
        _write(workspace, connection, drill)
    return Drilling(workspace, drill, prompt)


def settled(execute: Execute, drill: Drill) -> tuple[Drill, Prompt | None]:
    """Return the drill with a question in front that can be asked, and that question; what has gone is passed over."""
    while drill.front is not None:
        prompt = prompt_of(execute, drill.front.ask, drill.answers)
        if prompt is not None:
            return drill, prompt
        drill = drill.next()
    return drill, None


def _not_resumable(*, is_held: bool) -> UsageError:
    if is_held:
        return UsageError("The drill is open in another terminal.", "Go on there, or leave it there first.")
    return UsageError("There is no unfinished drill.", "`quizapp drill` begins one.")


def _front(drill: Drill) -> Front:
    assert drill.front is not None
    return drill.front


def _write(workspace: Workspace, connection: Connection, drill: Drill, new_owner: str | None = None) -> None:
    """Write where a drill stands; over, or let go of, it is nobody's.

    Raises:
        UsageError: Another process has taken it up meanwhile.
    """
    owner = workspace.owner
    is_over = drill.front is None
    kept = drills.keep(
        connection,
        drill,
        owner,
        new_owner="" if is_over else owner if new_owner is None else new_owner,
        finished=is_over,
    )
    if not kept:
        raise UsageError(
            "This drill is not this terminal's any more: it was taken up elsewhere, or has ended.",
            "Nothing that was answered is lost; `quizapp drill --list` shows it.",
        )
