"""Reading trained nets early."""

import pytest

from sims import runner
from sims.layer_lens import SIMULATION, Knobs
from sims.protocol import Context

QUICK = Knobs(depth=4, plain_depth=2, steps=50)


def test_the_lens_ends_at_the_whole_net() -> None:
    """After all blocks the reading is the net's own accuracy, and before the first it knows little."""
    last = runner.result("layer-lens", {"depth": 8, "plain_depth": 6}, 1, "cpu").last
    for kind in ("residual", "plain"):
        assert last.series[kind][-1] >= last.scalars[f"{kind} whole"] > 0.95
        assert last.series[kind][0] < 0.75


def test_a_shallower_net_is_a_staircase_on_the_same_axis() -> None:
    """Two plain layers beside four blocks: each of its readings stands at two places, but the last."""
    *_, last = SIMULATION.run(QUICK, Context(0))
    assert last.series["share"] == (0.0, 0.25, 0.5, 0.75, 1.0)
    plain = last.series["plain"]
    assert plain[0] == plain[1]
    assert plain[2] == plain[3] == last.scalars["plain at 1/2"]


def test_seeds_in_a_batch_read_what_they_do_alone() -> None:
    """A seed's last frame is the same, up to rounding, alone and in a batch."""
    *_, (_, second) = SIMULATION.run_seeds(QUICK, [Context(0), Context(5)])
    *_, alone = SIMULATION.run(QUICK, Context(5))
    assert second.scalars == pytest.approx(alone.scalars, abs=0.02)


def test_few_blocks_claim_nothing() -> None:
    """Below 32 blocks nothing is claimed."""
    *_, last = SIMULATION.run(QUICK, Context(0))
    assert SIMULATION.claims(QUICK, last) == ()
