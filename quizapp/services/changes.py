"""Changes of one card or many: each is one transaction, one entry of the log a card, and is taken back as one."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core import former
from quizapp.core.change import Change, Changed, is_so_already, plain_tag
from quizapp.core.day import Instant
from quizapp.core.due_days import due_days
from quizapp.core.fold import TopicState, step
from quizapp.core.log import Entry, EntryId, EntryKind, entry_id
from quizapp.core.plain import printable
from quizapp.core.topic import CardId
from quizapp.errors import DeckError
from quizapp.services.count import Count, pages, uncounted
from quizapp.services.refold import refolded
from quizapp.services.workspace import Workspace
from quizapp.store import states, writes
from quizapp.store.database import Execute, execute_in
from quizapp.store.entries import counts_before
from quizapp.store.states import TopicStanding

if TYPE_CHECKING:
    from sqlalchemy import Connection

_IN_STUDY = "in_study"
"""What the log keeps of a change that was made to the card in front."""

_NOTHING: Mapping[str, object] = {}
_NAMED = 3
"""How many cards an error names."""


def suspend(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Take cards out of study until they are unsuspended."""
    return perform(workspace, cards, Change(EntryKind.SUSPEND))


def unsuspend(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Let suspended cards come again."""
    return perform(workspace, cards, Change(EntryKind.UNSUSPEND))


def bury(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Put cards off until the next study day."""
    return perform(workspace, cards, Change(EntryKind.BURY))


def unbury(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Let cards that were put off come today."""
    return perform(workspace, cards, Change(EntryKind.UNBURY))


def flag(workspace: Workspace, cards: Sequence[CardId], number: int) -> Changed:
    """Give cards a flag, 1 to 7, in place of the one that they have; 0 takes it away."""
    return perform(workspace, cards, Change(EntryKind.FLAG, flag=number))


def tag(workspace: Workspace, cards: Sequence[CardId], name: str) -> Changed:
    """Give cards a tag of the learner's own."""
    return perform(workspace, cards, Change(EntryKind.TAG, words=plain_tag(name)))


def untag(workspace: Workspace, cards: Sequence[CardId], name: str) -> Changed:
    """Take a tag of the learner's own from cards; those of their topics' files stay."""
    return perform(workspace, cards, Change(EntryKind.UNTAG, words=plain_tag(name)))


def set_due(workspace: Workspace, cards: Sequence[CardId], days: str) -> Changed:
    """Let cards come on a study day: `0` is today, `3` in three days, `3-7` a draw for each, or a date."""
    return perform(workspace, cards, Change(EntryKind.SET_DUE, days=due_days(days, workspace.today().day)))


def forget(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Make cards new again; their reviews stay in the log."""
    return perform(workspace, cards, Change(EntryKind.RESET))


def delete(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Take cards out of the library for good, their history kept; a question's other cards go with it."""
    return perform(workspace, cards, Change(EntryKind.DELETE))


def restore(workspace: Workspace, cards: Sequence[CardId]) -> Changed:
    """Take deleted cards back in; a question's other cards come with it, and a follow-up brings its question."""
    return perform(workspace, cards, Change(EntryKind.RESTORE))


def move(workspace: Workspace, cards: Sequence[CardId], deck: str) -> Changed:
    """Move the topics of cards to another deck, in their files too."""
    return perform(workspace, cards, Change(EntryKind.MOVE, words=deck))


def perform(
    workspace: Workspace, cards: Sequence[CardId], change: Change, count: Count = uncounted
) -> Changed:
    """Make a change to cards. Cards that are so already get no entry; one bad id, and nothing is changed.

    Args:
        count: Is told how many cards of how many are done.

    Raises:
        DeckError: A card is not in the library, or a topic cannot be moved.
        UsageError: The change's own words are wrong.
        StoreError: The database cannot be written.
    """
    if change.kind is EntryKind.MOVE:
        from quizapp.services import moves

        return moves.move(workspace, cards, change.words, count)
    return _performed(workspace, cards, change, {}, count)


def perform_in_study(workspace: Workspace, card: CardId, change: Change) -> Changed:
    """Make a change to the card in front; when study takes it back, the card comes to the front again."""
    if change.kind is EntryKind.MOVE:
        return perform(workspace, [card], change)
    return _performed(workspace, [card], change, {_IN_STUDY: True})


def foreseen(workspace: Workspace, cards: Sequence[CardId], change: Change) -> Changed:
    """Return what a change would do. Nothing is written.

    Raises:
        DeckError: A card is not in the library.
        UsageError: The change's own words are wrong.
    """
    if change.kind is EntryKind.MOVE:
        from quizapp.services import moves

        return moves.foreseen(workspace, cards, change.words)
    now = workspace.today()
    return planned(workspace, workspace.database.read, cards, change, now, entry_id(now.ms, 0, None)).changed


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change will write.

    Attributes:
        states: For each topic that changes, its standing before and its state after.
    """

    changed: Changed
    entries: tuple[Entry, ...]
    states: tuple[tuple[TopicStanding, TopicState], ...]


def known(execute: Execute, cards: Sequence[CardId], kind: EntryKind) -> list[TopicStanding]:
    """Return the standings of the topics of these cards.

    Raises:
        DeckError: A card is not in the library, its text has gone, or it is deleted and shall not be restored.
    """
    standings = states.standings(execute, cards)
    shapes = {shape.id: (shape, standing) for standing in standings for shape in standing.shapes}
    if missing := [card for card in cards if card not in shapes]:
        raise DeckError(f"{_names(missing)} not in the library.", "`quizapp cards` lists those that are.")
    if gone := [card for card in cards if shapes[card][0].archived]:
        raise DeckError(f"{_names(gone)} gone from the decks.", "Add the file again to bring it back.")
    if kind not in (EntryKind.DELETE, EntryKind.RESTORE):
        deleted = [card for card in cards if shapes[card][1].state.card(card).deleted]
        if deleted:
            raise DeckError(f"{_names(deleted)} deleted.", "`quizapp undelete` takes it back in.")
    return standings


def write(connection: Connection, plan: Plan) -> None:
    """Write what was planned, inside the transaction in which it was."""
    if not plan.entries:
        return
    writes.append_entries(connection, plan.entries)
    newer = plan.entries[0].id
    execute = execute_in(connection)
    writes.save_states(
        connection,
        *(
            # After a clock was set back the entries take their place among those of the topic.
            (before, after if newer > before.latest else refolded(execute, before))
            for before, after in plan.states
        ),
    )


def _performed(
    workspace: Workspace,
    cards: Sequence[CardId],
    change: Change,
    extra: Mapping[str, object],
    count: Count = uncounted,
) -> Changed:
    made = Changed(change, (), (), 0, workspace.today().day)
    with workspace.database.write() as connection:
        now, execute = workspace.today(), execute_in(connection)
        identifier = first = writes.new_id(connection, now.ms)
        for page in pages(states.by_topic(execute, tuple(dict.fromkeys(cards))), count):
            plan = planned(workspace, execute, page, change, now, identifier, batch=first, extra=extra)
            write(connection, plan)
            made = made.and_then(plan.changed)
            if plan.entries:
                identifier = entry_id(now.ms, 0, plan.entries[-1].id)
    return made


def planned(
    workspace: Workspace,
    execute: Execute,
    cards: Sequence[CardId],
    change: Change,
    now: Instant,
    first: EntryId,
    *,
    batch: EntryId | None = None,
    extra: Mapping[str, object] = _NOTHING,
) -> Plan:
    """Return the entries that a change needs, all in one batch, and the states that follow.

    Args:
        first: The id of the first entry; the others follow it.
        batch: The batch's name, the id of its first entry; None where it begins here.
    """
    chosen = dict.fromkeys(cards)
    identifier = first
    entries: list[Entry] = []
    changed: list[tuple[TopicStanding, TopicState]] = []
    counts = counts_before(execute, list(chosen), first) if change.kind in former.KINDS else {}
    for standing in known(execute, tuple(chosen), change.kind):
        state = standing.state
        for card_id in _with_company(standing, chosen, change.kind):
            value = change.value(card_id, now.day)
            kept = former.former(state.card(card_id), counts[card_id]) if counts else {}
            entry = Entry(
                identifier, *(now.ms, now.day), workspace.device, card_id, change.kind,
                value=value, words=change.words, batch=batch or first, extra={**extra, **kept},
            )  # fmt: skip
            after = step(state, entry, {})
            if not is_so_already(state.card(card_id), after.card(card_id), change.kind, now.day):
                entries.append(entry)
                identifier = entry_id(now.ms, 0, identifier)
                state = after
        if state is not standing.state:
            changed.append((standing, state))
    done = tuple(entry.card_id for entry in entries)
    along = tuple(card for card in done if card not in chosen)
    made = Changed(change, done, along, len(chosen) - (len(done) - len(along)), now.day)
    return Plan(made, tuple(entries), tuple(changed))


def _with_company(standing: TopicStanding, chosen: Container[CardId], kind: EntryKind) -> Iterator[CardId]:
    """Yield the chosen cards of a topic, and those that go with them: a question is never left without its topic.

    Follow-ups stay locked until their question was passed, so that without it they would never come.
    """
    question = standing.state.question
    there = standing.there
    if kind in (EntryKind.DELETE, EntryKind.RESTORE) and question in chosen:
        yield from there
        return
    brings_question = kind is EntryKind.RESTORE
    yield from (card for card in there if card in chosen or (brings_question and card == question))


def was_by_itself(first: Entry) -> bool:
    """Return whether an entry, the first of its batch, was made to one card in study or by a script's answer."""
    return first.batch is None or _IN_STUDY in first.extra


def _names(cards: Sequence[CardId]) -> str:
    """Return the first of some cards with the verb that fits their number."""
    named = ", ".join(printable(card) for card in cards[:_NAMED])
    if len(cards) == 1:
        return f"The card {named} is"
    more = f" and {len(cards) - _NAMED} more" if len(cards) > _NAMED else ""
    return f"The cards {named}{more} are"
