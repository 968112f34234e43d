"""Largest learning rate: how fast a deep chain may learn, with skips, with a multiplier, and with clipping at a cliff."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sims import theory_sharpness as sharp
from sims.chain_descent import Cliff, begin, comes_nearer
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
    number,
    whole,
)

DEPTHS = (2, 4, 8, 16, 32, 64)
LOWEST, HIGHEST = 0.01, 10.0  # the bisection's bracket; it knows nothing of the theory
PROBES = 13  # halvings of ln 1000: the last bracket is 0.08 % wide
TOLERANCE = 0.01
NEAR = 0.01  # a start farther from the minimum than this makes no claim: there 2/λ is only a rough guide
CLIFF_DEPTHS = (10, 20)
CLIFF_STEPS, CLIFF_STEPS_A_FRAME = 120, 10
CONVERGED = 1e-6  # |w − 1|
CLIFFS = tuple(f"{kind} L={depth}" for depth in CLIFF_DEPTHS for kind in ("free", "clipped"))


@dataclass(frozen=True, slots=True)
class Knobs:
    """What the learner can turn."""

    deepest: int = whole(64, 4, 64, "layers of the deepest chain; 2, 4, 8, ... are tried too")
    start: float = number(0.005, 0.001, 0.05, "how far from f = 1 chains begin", step=0.001)
    steps: int = whole(200, 50, 500, "steps of each trial", step=50)
    height: float = number(1.3, 1.1, 1.5, "w at the start of the cliff w^L", step=0.05)
    cliff_rate: float = number(0.01, 0.001, 0.05, "learning rate at the cliff", step=0.005)
    clip: float = number(1.0, 0.1, 10.0, "largest gradient that clipping lets through", step=0.1)

    @property
    def depths(self) -> tuple[int, ...]:
        """The depths whose largest rate is looked for."""
        return (*(depth for depth in DEPTHS if depth < self.deepest), self.deepest)

    @property
    def is_usual_cliff(self) -> bool:
        """Whether the cliff is the one that the claims are made of."""
        return (self.height, self.cliff_rate, self.clip) == (1.3, 0.01, 1.0)


@dataclass(slots=True)
class Search:
    """What one run has found.

    Attributes:
        tried: The rates tried at the depth in hand, by chain.
        found: The largest rate by chain, one for each depth done.
        starts: |f − 1| at the start of every trial at the depth in hand, by chain.
        cliffs: f = w^L unclipped and clipped, by the name of its curve.
    """

    tried: dict[str, list[float]] = field(default_factory=lambda: {chain: [] for chain in sharp.CHAINS})
    found: dict[str, list[float]] = field(default_factory=lambda: {chain: [] for chain in sharp.CHAINS})
    starts: dict[str, float] = field(default_factory=dict)
    cliffs: dict[str, Cliff] = field(default_factory=dict)


class LargestLearningRate:
    """The simulation `largest-learning-rate`."""

    header = Header(
        name="largest-learning-rate",
        title="The largest learning rate",
        group="training",
        claim="A chain of L factors takes a rate of 2/L, with skips or without: the skip alone does not raise it. "
        "A multiplier of 1/√L on each branch does, to 2 at every depth.",
        formula="f = ∏w_i, ∏(1 + w_i), ∏(1 + w_i/√L);  loss ½(f − 1)²;  rate < 2/λ,  λ = |∇f|² = L, L, 1",
        symbols={
            "L": "factors of the chain",
            "λ": "sharpness: the largest eigenvalue of the Hessian at the minimum",
            "w_i": "one scalar weight a layer",
            "w^L": "the cliff: one weight in L places, slope L·w^(L−1)",
        },
        source="the rate 2/λ: LeCun et al. 1998, Efficient BackProp; the cliff and clipping: Pascanu et al. 2013, On "
        "the difficulty of training recurrent neural networks",
        simplification="Scalars, no data, no noise. Chains begin near the minimum at which all factors are 1, the "
        f"flattest there is; nothing is claimed of starts farther than {NEAR:g}. ∏w_i and ∏(1 + w_i) are one chain in "
        "shifted weights, which is the point: near it they train alike. What a skip does change, a standard "
        "start at w = 0 that is already at the minimum, is not measured here. Plain floating point on the CPU.",
        words=(
            "learning rate",
            "largest learning rate",
            "sharpness",
            "curvature",
            "gradient clipping",
            "clipping",
            "clip",
            "100+ layers",
            "smaller learning rate",
            "divergence",
            "exploding",
            "scaled initialisation",
        ),
    )
    knobs = Knobs
    views = (
        View(
            "trace",
            "Rates tried at the depth in hand",
            "trial",
            "learning rate",
            tuple(f"{chain} tried" for chain in sharp.CHAINS),
            log_y=True,
        ),
        View(
            "depth",
            "Largest learning rate",
            "layers L",
            "learning rate",
            sharp.CHAINS,
            x="layers",
            log_x=True,
            log_y=True,
        ),
        View("cliff", "At the cliff w^L: loss", "step", "½(w^L − 1)²", CLIFFS, log_y=True),
    )
    declared_claims = (
        ClaimSpec(
            "plain-rate",
            "∏w_i takes 2/L (worst ratio to it over the depths).",
            "λ = L; LeCun et al. 1998, Efficient BackProp",
        ),
        ClaimSpec(
            "residual-rate",
            "∏(1 + w_i) takes 2/L too: the skip alone gains nothing (worst ratio over the depths).",
            "λ = L; LeCun et al. 1998, Efficient BackProp",
        ),
        ClaimSpec(
            "multiplier-rate",
            "∏(1 + w_i/√L) takes 2 at every depth (worst ratio over the depths).",
            "λ = 1; LeCun et al. 1998, Efficient BackProp",
        ),
        ClaimSpec(
            "cliff-kills",
            "From w = 1.3 at rate 0.01, w^10 and w^20 without clipping are at an infinite loss by step 2 (step, ≤ 2).",
            "Pascanu et al. 2013",
        ),
        ClaimSpec(
            "clip-converges",
            "Clipped at 1, w^10 finds w = 1 (distance at the end, ≤ 1e-6).",
            "Pascanu et al. 2013",
        ),
        ClaimSpec(
            "clip-holds",
            "Clipped at 1, w^20 ends within one clipped step of w = 1 (distance, ≤ 0.01).",
            "a step is at most rate · clip",
        ),
        ClaimSpec(
            "clip-no-cure",
            "Clipped, w^20 still does not settle: rate 0.01 is above 2/L² = 0.005 (distance, 0.001 to 0.01).",
            "λ = L² where one weight stands in L places",
        ),
    )

    def run(self, knobs: Knobs, context: Context) -> Iterator[Frame]:
        """Yield one frame for each halving of the bracket at each depth, then some of the descent at the cliff."""
        import torch

        search = Search()
        total = len(knobs.depths) * PROBES + CLIFF_STEPS // CLIFF_STEPS_A_FRAME
        step = 0
        for depth in knobs.depths:
            drawn = torch.randn(len(sharp.CHAINS), depth, generator=context.generator(f"start/{depth}"))
            rows: list[list[float]] = (drawn * (knobs.start / math.sqrt(depth))).tolist()  # (chains, depth)
            for event in _bisect(knobs, search, depth, dict(zip(sharp.CHAINS, rows, strict=True))):
                step += 1
                yield _frame(knobs, search, depth, step, total, event)
        for event in _descend(knobs, search):
            step += 1
            yield _frame(knobs, search, knobs.deepest, step, total, event)

    def claims(self, knobs: Knobs, last: Frame) -> tuple[Claim, ...]:
        """Return the rates of starts near the minimum, and what became of the usual cliff."""
        figures: dict[str, tuple[float, float, float]] = {}
        if knobs.start <= NEAR:
            for chain, spec in zip(sharp.CHAINS, self.declared_claims, strict=False):
                figures[spec.id] = (1.0, last.scalars[f"{chain} rate·λ/2"], TOLERANCE)
        if knobs.is_usual_cliff:
            s = last.scalars
            figures["cliff-kills"] = (1.0, max(s[f"free L={depth} died"] for depth in CLIFF_DEPTHS), 1.0)
            figures["clip-converges"] = (0.0, s["clipped L=10 distance"], CONVERGED)
            figures["clip-holds"] = (0.005, s["clipped L=20 distance"], 0.005)
            figures["clip-no-cure"] = (0.0055, s["clipped L=20 distance"], 0.0045)
        return tuple(
            Claim(spec.id, spec.statement, *figures[spec.id], spec.source)
            for spec in self.declared_claims
            if spec.id in figures
        )

    def prediction(self, knobs: Knobs) -> Prediction:
        """Ask whose rate falls as the chain grows."""
        return Prediction(
            f"A chain of factors grows from {knobs.depths[0]} to {knobs.deepest} layers. Which kinds then need a smaller "
            "learning rate?",
            choices=(
                "none",
                "plain ∏w only",
                "plain and residual ∏(1 + w)",
                "all, ∏(1 + w/√L) too",
                "another combination",
            ),
        )

    def outcome(self, knobs: Knobs, last: Frame) -> Outcome:
        """Return the kinds whose largest rate fell by a fifth or more."""
        rates = [last.series[chain] for chain in sharp.CHAINS]
        fell = tuple(ends[-1] < 0.8 * ends[0] for ends in rates)
        places: dict[tuple[bool, ...], int] = {
            (False,) * 3: 0,
            (True, False, False): 1,
            (True, True, False): 2,
            (True,) * 3: 3,
        }
        ends = ", ".join(f"{c} {r[0]:.3g} → {r[-1]:.3g}" for c, r in zip(sharp.CHAINS, rates, strict=True))
        return Outcome(self.prediction(knobs).choices[places.get(fell, 4)], f"{ends}.")

    def explanation(self, knobs: Knobs, last: Frame) -> str:
        """Return why depth costs rate, what the multiplier does, and what clipping is good for."""
        plain, residual, scaled = (last.series[chain][-1] for chain in sharp.CHAINS)
        s = last.scalars
        return (
            f"At {knobs.deepest} layers the plain chain bore a rate of {plain:.3g}, 2/L being {2 / knobs.deepest:.3g}. All "
            "weights pull the one output at once: each moves it by its own share, and L shares add up to a sharpness of "
            "L.\n\n"
            f"With skips it bore {residual:.3g}. 1 + w_i has the same slope as w_i, so L weights still pull at once. "
            f"Divided by √L, each pulls 1/√L as hard and is moved 1/√L as far: 1/L each, 1 in all, and {scaled:.3g} was "
            "borne. The multiplier buys the rate, not the skip.\n\n"
            f"The cliff w^L is far from its minimum: {_fate(s, 'free L=10')} and {_fate(s, 'free L=20')} without clipping. "
            f"With the gradient clipped at {knobs.clip:g} the distance from w = 1 came to "
            f"{s['clipped L=10 distance']:.2g} (L = 10) and {s['clipped L=20 distance']:.2g} (L = 20). Clipping survives a "
            f"cliff; it does not cure a rate above 2/L², {2 / 10**2:g} and {2 / 20**2:g}: here {knobs.cliff_rate:g}."
        )


def _bisect(knobs: Knobs, search: Search, depth: int, offsets: dict[str, list[float]]) -> Iterator[str]:
    """Halve every chain's bracket once for each event; note what the last bracket leaves."""
    brackets = dict.fromkeys(sharp.CHAINS, (LOWEST, HIGHEST))
    search.tried = {chain: [] for chain in sharp.CHAINS}
    search.starts = {chain: begin(chain, offsets[chain]).error for chain in sharp.CHAINS}
    for trial in range(1, PROBES + 1):
        for chain, (low, high) in brackets.items():
            rate = math.sqrt(low * high)
            search.tried[chain].append(rate)
            nearer = comes_nearer(chain, offsets[chain], rate, knobs.steps)
            brackets[chain] = (rate, high) if nearer else (low, rate)
        if trial < PROBES:
            far = knobs.start > NEAR and depth == DEPTHS[0]
            text = f"a start of {knobs.start:g} is far from the minimum: no claim of 2/λ" if far else ""
            yield text if trial == 1 else ""
    for chain, (low, high) in brackets.items():
        search.found[chain].append(math.sqrt(low * high))
    rates = ", ".join(f"{chain} {rates[-1]:.3g}" for chain, rates in search.found.items())
    yield f"{depth} layers bear {rates}"


def _descend(knobs: Knobs, search: Search) -> Iterator[str]:
    """Walk all four cliffs side by side; say when one is lost."""
    for depth in CLIFF_DEPTHS:
        search.cliffs[f"free L={depth}"] = Cliff.begin(depth, knobs.height, knobs.cliff_rate)
        search.cliffs[f"clipped L={depth}"] = Cliff.begin(depth, knobs.height, knobs.cliff_rate, knobs.clip)
    for begun in range(0, CLIFF_STEPS, CLIFF_STEPS_A_FRAME):
        for _ in range(CLIFF_STEPS_A_FRAME):
            for cliff in search.cliffs.values():
                cliff.step()
        dead = {name: c.died_at for name, c in search.cliffs.items() if begun < c.died_at < math.inf}
        lost = [f"{name} at step {at:.0f}" for name, at in dead.items() if at <= begun + CLIFF_STEPS_A_FRAME]
        yield f"overflow, the loss is inf: {', '.join(lost)}" if lost else ""


def _frame(knobs: Knobs, search: Search, depth: int, step: int, total: int, event: str) -> Frame:
    """Return the rates tried at this depth, those found so far, and the cliffs; what is to come is NaN."""
    scalars: dict[str, float] = {"layers in hand": float(depth)}
    series: dict[str, tuple[float, ...]] = {"layers": tuple(map(float, knobs.depths))}
    theory: dict[str, tuple[float, ...]] = {}
    for chain in sharp.CHAINS:
        tried, found = search.tried[chain], search.found[chain]
        series[f"{chain} tried"] = (*tried, *(math.nan,) * (PROBES - len(tried)))
        series[chain] = (*found, *(math.nan,) * (len(knobs.depths) - len(found)))
        theory[f"{chain} tried"] = (sharp.largest_rate(chain, depth),) * PROBES
        theory[chain] = tuple(sharp.largest_rate(chain, layers) for layers in knobs.depths)
        ratios = [rate / expected for rate, expected in zip(found, theory[chain], strict=False)]
        scalars[chain] = found[-1] if found else math.nan
        scalars[f"{chain} starts at |f − 1|"] = search.starts[chain]
        scalars[f"{chain} rate·λ/2"] = max(ratios, key=lambda ratio: abs(ratio - 1), default=math.nan)
    for name in CLIFFS:
        cliff = search.cliffs.get(name)
        losses = cliff.losses if cliff else []
        series[name] = (*losses, *(math.nan,) * (CLIFF_STEPS + 1 - len(losses)))
        scalars[f"{name} distance"] = abs(cliff.weight - 1) if cliff else math.nan
        scalars[f"{name} died"] = cliff.died_at if cliff else math.nan
    return Frame(step, total, scalars, series, theory, event)


def _fate(scalars: Mapping[str, float], name: str) -> str:
    """Say in words what became of a cliff."""
    died = scalars[f"{name} died"]
    if math.isinf(died):
        return f"{name} ended {scalars[f'{name} distance']:.2g} from w = 1"
    return f"{name} had an infinite loss at step {died:.0f}"


SIMULATION: Simulation[Knobs] = LargestLearningRate()
