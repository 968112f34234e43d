"""Residual and plain nets that learn two spirals: what `layer-lesion` and `layer-lens` examine. Loads torch when run."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sims.protocol import Context

if TYPE_CHECKING:
    import torch

    from sims.spirals import Spirals
    from sims.stack import Stack

KINDS = ("residual", "plain")
NETS = (
    3  # nets of each kind and seed: of 40 single residual nets, 2 minded a deleted block more than the others
)
RATE, PLAIN_STEPS, STEPS_A_FRAME = 3e-3, 150, 5
LEARNED = 0.95

Nets = tuple["Stack", "Spirals"]


class Depths(Protocol):
    """The knobs that say how deep the nets are and how long the residual one is trained."""

    @property
    def depth(self) -> int:
        """Blocks of the residual net."""
        ...

    @property
    def plain_depth(self) -> int:
        """Layers of the plain one."""
        ...

    @property
    def steps(self) -> int:
        """Training steps of the residual net; the plain one takes PLAIN_STEPS."""
        ...

    @property
    def branch(self) -> str:
        """What residual branches are multiplied by: inv-sqrt-L or one."""
        ...


@dataclass(slots=True)
class Learning:
    """How one seed's nets learned.

    Attributes:
        loss: The batch loss of each few steps, the median net's.
        whole: The least accuracy of a whole net; NaN until they are trained.
    """

    loss: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    whole: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, math.nan))


def depth_of(knobs: Depths, kind: str) -> int:
    """Return how many blocks or layers a net of this kind has."""
    return knobs.depth if kind == "residual" else knobs.plain_depth


def steps_of(knobs: Depths, kind: str) -> int:
    """Return how many steps it is trained for."""
    return knobs.steps if kind == "residual" else PLAIN_STEPS


def training_frames(knobs: Depths, kind: str) -> int:
    """Return how many frames its training takes."""
    return math.ceil(steps_of(knobs, kind) / STEPS_A_FRAME)


def members(contexts: Sequence[Context]) -> list[Context]:
    """Return the contexts of each seed's nets, NETS a seed."""
    return [Context(NETS * context.seed + net, context.device) for context in contexts for net in range(NETS)]


def by_seed(values: Sequence[float]) -> list[list[float]]:
    """Return the values of each seed's nets together."""
    return [list(values[start : start + NETS]) for start in range(0, len(values), NETS)]


def train_kind(knobs: Depths, kind: str, nets: Nets, learning: Sequence[Learning]) -> Iterator[str]:
    """Train one kind of net, note its losses and, at the end, how right it is; yield an event or "" a frame."""
    import torch

    from sims.stack import measured, train

    stack, spirals = nets
    steps = steps_of(knobs, kind)
    waiting: list[torch.Tensor] = []
    for step, losses in enumerate(train(stack, spirals, steps, RATE), 1):
        waiting.append(losses)
        if step % STEPS_A_FRAME and step < steps:
            continue
        means: list[float] = torch.stack(waiting).mean(dim=0).tolist()
        waiting.clear()
        for seed, of_seed in zip(learning, by_seed(means), strict=True):
            seed.loss[kind].append(statistics.median(of_seed))
        if step == steps:
            for seed, right in zip(learning, by_seed(measured(stack, spirals)[1].tolist()), strict=True):
                seed.whole[kind] = min(right)
        yield _progress(knobs, kind, step, learning[0].whole[kind])


def untrained(knobs: Depths, kind: str, contexts: Sequence[Context]) -> Nets:
    """Return the nets of one kind, one a context, and their task."""
    from sims.spirals import Spirals
    from sims.stack import WIDTH, Blocks, Stack

    depth = depth_of(knobs, kind)
    alpha = 1 / math.sqrt(depth) if kind == "residual" and knobs.branch == "inv-sqrt-L" else 1.0
    skip = 1.0 if kind == "residual" else 0.0
    stack = Stack(contexts, Blocks(depth), [[skip] * depth], [[alpha] * depth], stream=kind)
    return stack, Spirals(contexts, WIDTH)


def learning_series(knobs: Depths, learning: Learning) -> dict[str, tuple[float, ...]]:
    """Return the loss curves of one seed over "step", as far as they have come."""
    frames = max(training_frames(knobs, kind) for kind in KINDS)
    steps = tuple(float(STEPS_A_FRAME * frame) for frame in range(1, frames + 1))
    return {"step": steps, **{f"{kind} loss": (*learning.loss[kind],) or (math.nan,) for kind in KINDS}}


def _progress(knobs: Depths, kind: str, step: int, accuracy: float) -> str:
    """Say that a training began, or that its net did not learn."""
    if step == STEPS_A_FRAME:
        return f"training {NETS} {kind} nets, {depth_of(knobs, kind)} deep"
    if accuracy < LEARNED:
        return f"a {kind} net is right on {100 * accuracy:.0f} %: it did not learn, so nothing is claimed of these"
    return ""
