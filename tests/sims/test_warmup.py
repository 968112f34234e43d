"""Post-LN transformers that learn to copy, or do not."""

import math
import statistics

import pytest

from sims import runner
from sims.protocol import Context, Frame, KnobValue
from sims.warmup import ARMS, CHANCE, CLIP, LOW, NORMS, POST, PRE, SIMULATION, WARM, Knobs


def final(**losses: float) -> Frame:
    """Return a last frame with these final losses; arms not named are at chance."""
    named = {"pre": PRE, "post": POST, "warm": WARM, "clip": CLIP, "low": LOW}
    scalars = dict.fromkeys(ARMS, CHANCE) | {named[name]: loss for name, loss in losses.items()}
    return Frame(200, 200, scalars | {"share clipped": 0.5})


@pytest.mark.parametrize("seed", [1, 2])
def test_branch_multiplier_mends_post_norm_without_warmup(seed: int) -> None:
    """At the default rate, six Post-LN blocks multiplied by 1/√12 solve the task in 200 steps."""
    import torch

    from sims.copy_task import CopyTask, Schedule
    from sims.warmup import _shape

    task = CopyTask(_shape(Knobs(branch="multiplied")), [Schedule(8e-3)] * 2, Context(seed))
    losses = torch.stack([task.step()[0] for _ in range(200)]).tolist()
    assert statistics.fmean(post for _, post in losses[-10:]) < 0.3


def test_claims_are_made_only_where_they_were_measured() -> None:
    """Other rates, depths and lengths claim nothing; a turned cure takes back only its own claim."""
    last = final(pre=0.002, warm=0.02, low=0.02)
    everything = [claim.id for claim in SIMULATION.claims(Knobs(), last)]
    assert everything == ["pre", "post", "warmup", "clip", "lower-rate"]
    for knobs in (Knobs(rate=2e-2), Knobs(layers=12), Knobs(steps=300), Knobs(branch="init-scaled")):
        assert SIMULATION.claims(knobs, last) == ()
    assert [claim.id for claim in SIMULATION.claims(Knobs(warmup=20, clip=0.1), last)] == [
        "pre",
        "post",
        "lower-rate",
    ]
    assert [claim.id for claim in SIMULATION.claims(Knobs(branch="multiplied"), last)] == [
        "pre",
        "multiplier",
    ]


def test_claims_fail_when_the_losses_say_so() -> None:
    """Post-LN that learns, Pre-LN that does not, and clipping that helps each break their claim."""
    claims = SIMULATION.claims(Knobs(), final(pre=0.02, post=1.4, warm=0.31, clip=0.2, low=0.31))
    assert [claim.holds for claim in claims] == [False] * 5


@pytest.mark.parametrize(
    ("losses", "truth"),
    [
        ({}, "none of them"),
        ({"warm": 0.2, "low": 0.02}, "warmup and a lower rate"),
        ({"clip": 0.1}, "clipping"),
        ({"warm": 0.2, "low": 0.02, "clip": 0.1}, "all three"),
    ],
)
def test_outcome_names_the_arms_that_solved_the_task(losses: dict[str, float], truth: str) -> None:
    """The truth follows the final losses and is one of eight choices."""
    outcome = SIMULATION.outcome(Knobs(), final(**losses))
    choices = SIMULATION.prediction(Knobs()).choices
    assert outcome.truth == truth
    assert truth in choices
    assert len(set(choices)) == 8


def test_arms_begin_alike_at_chance_and_warmup_begins_slowly() -> None:
    """Post-LN arms share their first loss, Pre-LN has its own, and the end of warmup is told."""
    settings: dict[str, KnobValue] = {"layers": 2, "steps": 20, "warmup": 10}
    frames = list(runner.run("warmup", settings, device="cpu"))
    first = frames[-1].series
    assert first[POST][0] == pytest.approx(first[CLIP][0], rel=1e-5)
    assert first[POST][0] == pytest.approx(first[LOW][0], rel=1e-5)
    assert first[PRE][0] != first[POST][0]
    assert all(first[norm][0] > 0 for norm in NORMS)
    assert [frame.step for frame in frames if "warmup ends" in frame.event] == [10]


def test_two_pre_norm_blocks_learn_to_copy() -> None:
    """The small run's loss falls below half of chance within 60 steps, and the step at which it passes 0.3 is told."""
    frames = list(runner.run("warmup", {"layers": 2, "steps": 100}, device="cpu"))
    assert frames[-1].scalars[PRE] < CHANCE / 2
    assert sum(f"{PRE} is below" in frame.event for frame in frames) == (min(frames[-1].series[PRE]) < 0.3)


def test_a_net_in_the_batch_is_trained_as_alone() -> None:
    """What the other nets' schedules are does not change a net's own losses, beyond rounding."""
    import torch

    from sims.copy_task import CopyTask, Schedule
    from sims.warmup import _shape

    shape, own = _shape(Knobs(layers=2)), [Schedule(8e-3), Schedule(8e-3, warmup=5)]
    tasks = [
        CopyTask(shape, schedules, Context(3)) for schedules in (own, [*own, Schedule(2e-2, clip=0.1, net=1)])
    ]
    alone, among = (torch.stack([task.step()[0] for _ in range(8)]) for task in tasks)
    assert torch.allclose(alone, among[:, :2], atol=1e-3)
    assert not torch.allclose(among[:, 1], among[:, 2], atol=1e-3)


def test_clipping_keeps_the_direction_and_bounds_the_norm() -> None:
    """A gradient above the limit is scaled to it as a whole; one below it is left alone."""
    import torch

    from sims.copy_task import clipped, gradient_norms

    gradients = [torch.full((1, 2), 3.0), torch.full((1, 1, 2), 4.0)]  # norm √(2·9 + 2·16) = √50
    (norm,) = gradient_norms(gradients)
    assert norm.item() == pytest.approx(math.sqrt(50))
    small = clipped(gradients, norm, 1.0)
    assert gradient_norms(small).item() == pytest.approx(1)
    assert torch.allclose(small[0] / gradients[0], torch.tensor(1 / math.sqrt(50)))
    assert all(torch.equal(a, b) for a, b in zip(clipped(gradients, norm, 10.0), gradients, strict=True))


def test_adam_does_not_see_the_gradient_s_scale() -> None:
    """Gradients of a hundredth of the size move the weights by the same steps: why clipping is no cure."""
    import torch

    from sims import nets

    generator = torch.Generator().manual_seed(0)
    gradients = [torch.randn(4, generator=generator) for _ in range(5)]
    moved = []
    for scale in (1.0, 0.01):
        weight = torch.zeros(4)
        adam = nets.Adam([weight], 0.1)
        for gradient in gradients:
            adam.step([scale * gradient])
        moved.append(weight)
    assert torch.allclose(moved[0], moved[1], rtol=1e-4)


def test_warmup_rises_in_a_straight_line() -> None:
    """Without warmup the rate is full at once; with it, step n of w takes n/w of it."""
    from sims.copy_task import Schedule

    assert Schedule(0.1).rate_at(1) == 0.1
    assert [Schedule(0.1, warmup=4).rate_at(step) for step in (1, 2, 4, 9)] == pytest.approx(
        [0.025, 0.05, 0.1, 0.1]
    )
