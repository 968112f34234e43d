"""Warmup: a Post-LN transformer that does not learn, and which of warmup, clipping and a lower rate mend it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sims.protocol import (
    Claim,
    ClaimSpec,
    Context,
    Frame,
    Header,
    Outcome,
    Prediction,
    Simulation,
    View,
    choice,
    number,
    whole,
)

if TYPE_CHECKING:
    import torch

    from sims.copy_task import Schedule
    from sims.transformer import Shape

WIDTH, HEADS, TOKENS, VOCABULARY = 32, 2, 16, 8
CHANCE = math.log(VOCABULARY)
FINAL = 10  # the final loss is the mean of so many last steps
SOLVED = 0.3  # nats
WARM_NETS = (
    3  # post+warmup is a median of nets: of twenty single ones one ended at 0.6, the others below 0.14
)
LOWER = 4  # the lower rate is the rate over this
PRE, POST, WARM, CLIP, LOW = ARMS = ("pre", "post", "post+warmup", "post+clip", "post+lr/4")
CURES = {WARM: "warmup", CLIP: "clipping", LOW: "a lower rate"}
NORMS = tuple(f"{arm}: norm" for arm in ARMS)


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    rate: float = number(8e-3, 1e-3, 2e-2, "Adam's learning rate", step=1e-3)
    warmup: int = whole(50, 0, 200, "steps in which post+warmup's rate rises to it", step=10)
    clip: float = number(1.0, 0.1, 10.0, "gradient norm to which post+clip is clipped", step=0.1)
    branch: str = choice(
        "1",
        ("1", "init-scaled", "multiplied"),
        "all arms: 1/√2L on the branches' initial last weights, or on what they add, for good",
    )
    layers: int = whole(6, 2, 12, "blocks L, attention and FFN each")
    steps: int = whole(200, 20, 300, "training steps", step=20)


@dataclass(slots=True)
class Course:
    """What was measured of one arm at each step: its loss in nats and its gradient's norm."""

    losses: list[float] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)

    @property
    def final(self) -> float:
        """The mean loss of the last ten steps."""
        return statistics.fmean(self.losses[-FINAL:])


class Warmup:
    """The simulation `warmup`."""

    header = Header(
        name="warmup",
        title="Warmup: what mends a Post-LN transformer",
        group="transformers",
        claim="Six Post-LN blocks at a rate that Pre-LN takes well stay at chance. Warmup mends them, and so does a lower "
        "rate; gradient clipping does not.",
        formula="loss at chance = ln V;  Adam: Δw = −η·m/√v, unchanged when all gradients are scaled alike",
        symbols={
            "V": f"{VOCABULARY} tokens; the task is to say the token before",
            "η": "learning rate",
            "m, v": "Adam's running means of the gradient and of its square",
            "L": "blocks",
        },
        source="Xiong et al. 2020, On Layer Normalization in the Transformer Architecture; Liu et al. 2020 (Admin); "
        "Pascanu et al. 2013 for clipping",
        simplification=f"One small task: {TOKENS} random tokens of {VOCABULARY}, d = {WIDTH}, {HEADS} heads, batches of 16, "
        "no biases, norms without gain; all arms start from the same weights. post+warmup is the median of "
        f"{WARM_NETS} nets, since a single one ends late now and then, the others are one net each. The claims are for six "
        "blocks, rate 8e-3, 200 steps. It is no law of rates: at 2e-2 warmup of 50 fails too, and so does one of 150 "
        "with twelve blocks at 3e-3 (3 of 3 seeds each). A branch multiplier of 1/√2L "
        "mended Post-LN on 10 of 10 seeds, the same scale on the initial weights only on 2 of 10: Adam's first steps are "
        "of the size of such weights, a multiplier stays.",
        words=(
            "warmup",
            "learning rate warmup",
            "post-norm",
            "Post-LN",
            "pre-norm",
            "Pre-LN",
            "gradient clipping",
            "clipping",
            "learning rate",
            "Adam",
            "training stability",
            "100+ layers",
            "very deep transformer",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "loss", "Loss on the copy task (dotted: chance, ln 8)", "step", "nats", ARMS, x="step", log_y=True
        ),
        View("gradient", "Gradient norm before clipping", "step", "norm", NORMS, x="step", log_y=True),
    )
    declared_claims = (
        ClaimSpec("pre", "Pre-LN solves the task: its final loss is below 0.01.", "Xiong et al. 2020"),
        ClaimSpec(
            "post", "Post-LN without warmup stays near ln 8: above 1.5 (and below 3).", "Xiong et al. 2020"
        ),
        ClaimSpec(
            "warmup", "Post-LN with 50 steps of warmup: below 0.3.", "Xiong et al. 2020; Liu et al. 2020"
        ),
        ClaimSpec("clip", "Post-LN clipped to norm 1: still above 1.5 (and below 3).", "measured here"),
        ClaimSpec("lower-rate", "Post-LN at a quarter of the rate, 2e-3: below 0.3.", "measured here"),
        ClaimSpec(
            "multiplier",
            "Post-LN with its branches multiplied by 1/√2L: below 0.3.",
            "Liu et al. 2020; DeepNet 2022",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield a frame for every step of all arms; measured: the seven nets take 19 ms."""
        import torch

        from sims.copy_task import CopyTask

        task = CopyTask(_shape(knobs), _schedules(knobs), context)
        courses = {arm: Course() for arm in ARMS}
        for step in range(1, knobs.steps + 1):
            _note(torch.stack(task.step()), courses)
            yield _frame(knobs, courses, step, _event(knobs, courses, step))

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return what is claimed of six blocks at rate 8e-3 after 200 steps."""
        if (knobs.layers, knobs.rate, knobs.steps) != (6, 8e-3, 200) or knobs.branch == "init-scaled":
            return ()
        solved, stuck = (SOLVED / 2, SOLVED / 2), (2.25, 0.75)  # the middle and half width of each interval
        rows: dict[str, tuple[str, tuple[float, float]]] = {"pre": (PRE, (0.005, 0.005))}
        if knobs.branch == "1":
            rows |= {"post": (POST, stuck), "lower-rate": (LOW, solved)}
            rows |= {"warmup": (WARM, solved)} if knobs.warmup == 50 else {}
            rows |= {"clip": (CLIP, stuck)} if knobs.clip == 1 else {}
        else:
            rows["multiplier"] = (POST, solved)
        return tuple(
            Claim(spec.id, spec.statement, expected, last.scalars[arm], tolerance, spec.source)
            for spec in self.declared_claims
            if spec.id in rows
            for arm, (expected, tolerance) in (rows[spec.id],)
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask which cures bring Post-LN below 0.3."""
        return Prediction(
            f"{knobs.layers} Post-LN blocks learn to copy, Adam at {knobs.rate:g}. Which brings the loss from "
            f"{CHANCE:.2f} (chance) below {SOLVED:g}: warmup over {knobs.warmup} steps, clipping at {knobs.clip:g}, or "
            f"the rate over {LOWER}?",
            choices=tuple(_named(cures) for cures in _subsets()),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the cures whose arms ended below 0.3."""
        truth = _named([arm for arm in CURES if last.scalars[arm] < SOLVED])
        finals = ", ".join(f"{name} {last.scalars[arm]:.3g}" for arm, name in CURES.items())
        return Outcome(
            truth,
            f"final losses: {finals}; with none of them {last.scalars[POST]:.3g}, Pre-LN {last.scalars[PRE]:.3g} "
            f"({knobs.steps} steps).",
        )

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return how each arm ended, why clipping is no cure under Adam, and what is."""
        s = last.scalars
        return (
            f"After {knobs.steps} steps Pre-LN is at {s[PRE]:.3g} nats and Post-LN at {s[POST]:.3g}, where guessing costs "
            f"ln 8 = {CHANCE:.3g}. They began from the same weights, saw the same sequences and took the same rate, "
            f"{knobs.rate:g}.\n\n"
            f"Clipping at {knobs.clip:g} ended at {s[CLIP]:.3g}; {100 * s['share clipped']:.0f} % of its steps had a larger "
            "gradient. Adam divides each gradient by its own recent size, so a gradient that is scaled down makes nearly "
            "the same step. Clipping guards against single outliers, and the trouble here is the size of every early step."
            "\n\n"
            f"Warmup makes just those steps small and ended at {s[WARM]:.3g}. A quarter of the rate, "
            f"{knobs.rate / LOWER:g}, makes all of them small and ended at {s[LOW]:.3g}, at the price of slower learning."
            "\n\n"
            "The fault is amplification: Post-LN norms the sum, so that a change of the weights in any block reaches the "
            "output at full size, and the changes of all blocks add up. In Pre-LN, and with a branch multiplier, each "
            "block is a small part of a large stream. Set branch to multiplied to see Post-LN learn without warmup."
        )


def _shape(knobs: Knobs) -> Shape:
    """Return the nets as the knobs have them."""
    from sims.transformer import Shape

    scale = 1 / math.sqrt(2 * knobs.layers)
    return Shape(
        knobs.layers,
        WIDTH,
        HEADS,
        TOKENS,
        VOCABULARY,
        output_init=scale if knobs.branch == "init-scaled" else 1.0,
        multiplier=scale if knobs.branch == "multiplied" else 1.0,
    )


def _schedules(knobs: Knobs) -> list[Schedule]:
    """Return the training of each arm, in the order of ARMS, then of post+warmup's further nets."""
    from sims.copy_task import Schedule

    plain = Schedule(knobs.rate)
    return [
        plain,
        plain,
        Schedule(knobs.rate, warmup=knobs.warmup),
        Schedule(knobs.rate, clip=knobs.clip),
        Schedule(knobs.rate / LOWER),
        *(Schedule(knobs.rate, warmup=knobs.warmup, net=net) for net in range(1, WARM_NETS)),
    ]


def _subsets() -> list[list[str]]:
    """Return every set of cures, smaller ones first."""
    arms = list(CURES)
    chosen = [[arm for bit, arm in enumerate(arms) if places >> bit & 1] for places in range(2 ** len(arms))]
    return sorted(chosen, key=len)


def _named(cures: list[str]) -> str:
    """Return a set of cures in words."""
    if len(cures) == len(CURES):
        return "all three"
    return " and ".join(CURES[arm] for arm in cures) or "none of them"


def _note(measured: torch.Tensor, courses: dict[str, Course]) -> None:
    """Add one step's losses and norms, (2, nets), to the courses."""
    losses, norms = measured.tolist()
    for place, (arm, course) in enumerate(courses.items()):
        nets = (place, *range(len(ARMS), len(losses))) if arm == WARM else (place,)
        course.losses.append(statistics.median(losses[net] for net in nets))
        course.norms.append(statistics.median(norms[net] for net in nets))


def _frame(knobs: Knobs, courses: dict[str, Course], step: int, event: str) -> Frame:
    """Return the curves so far; steps to come are NaN, which a chart leaves empty."""
    unknown = (math.nan,) * (knobs.steps - step)
    clipped = [norm > knobs.clip for norm in courses[CLIP].norms]
    scalars = {arm: course.final for arm, course in courses.items()}
    scalars["share clipped"] = sum(clipped) / len(clipped)
    series = {"step": tuple(float(n) for n in range(1, knobs.steps + 1))}
    for arm, norms in zip(ARMS, NORMS, strict=True):
        series[arm] = (*courses[arm].losses, *unknown)
        series[norms] = (*courses[arm].norms, *unknown)
    return Frame(step, knobs.steps, scalars, series, {POST: (CHANCE,) * knobs.steps}, event)


def _event(knobs: Knobs, courses: dict[str, Course], step: int) -> str:
    """Say which arm solved the task just now, when warmup ended, and which loss was lost to overflow."""
    events = []
    if step == knobs.warmup:
        events.append(f"warmup ends: post+warmup now takes the full {knobs.rate:g}")
    for arm, course in courses.items():
        if course.losses[-1] < SOLVED and all(loss >= SOLVED for loss in course.losses[:-1]):
            events.append(f"{arm} is below {SOLVED:g} at step {step}")
        if not math.isfinite(course.losses[-1]) and all(map(math.isfinite, course.losses[:-1])):
            events.append(f"overflow: {arm}'s loss is inf or NaN from here on")
    return "; ".join(events)


SIMULATION: Simulation[Knobs] = Warmup()
