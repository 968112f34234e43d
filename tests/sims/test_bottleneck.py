"""The bottleneck's counts, from real modules."""

import math

import pytest

from sims import catalogue, parameter_counts, runner
from sims.bottleneck import NETS, Knobs
from sims.protocol import KnobValue, Result


def finished(seed: int = 0, **settings: KnobValue) -> Result[Knobs]:
    """Return a finished run on the CPU."""
    return runner.result("bottleneck", settings, seed, "cpu")


@pytest.mark.parametrize(
    "settings",
    [
        {"channels": "512"},
        {"channels": "128", "ratio": "2", "groups": "8", "blocks": 7},
        {"ratio": "8", "groups": "4"},
        {"channels": "64", "preset": "resnet-34"},
    ],
)
def test_counts_are_exact_at_other_settings(settings: dict[str, KnobValue]) -> None:
    """Every count equals its formula at other widths, ratios, groups and numbers of blocks."""
    claims = finished(1, **settings).claims
    assert len(claims) >= 12
    assert [claim for claim in claims if not claim.holds] == []


@pytest.mark.parametrize("channels", ["64", "128", "256", "512"])
def test_ratio_of_four_saves_16_941_at_any_width(channels: str) -> None:
    """At r = 4 two 3×3 have 16.941 times the weights and the multiply-adds of a bottleneck."""
    s = finished(channels=channels).last.scalars
    assert s["times fewer"] == pytest.approx(16.941, abs=5e-4)
    assert s["two 3×3 MACs"] / s["bottleneck MACs"] == pytest.approx(16.941, abs=5e-4)


def test_a_ratio_of_one_saves_little_and_limits_nothing() -> None:
    """At r = 1 there are 11 C² weights against 18 C², and no rank is claimed."""
    result = finished(channels="64", ratio="1")
    assert result.outcome.truth == pytest.approx(18 / 11)
    assert not {"update-rank", "stream-rank"} & {claim.id for claim in result.claims}


def test_net_totals_are_the_published_ones() -> None:
    """The built nets have 11.690, 21.798, 25.557, 44.549, 60.193 and 143.667 M parameters."""
    s = finished(channels="64").last.scalars
    assert [round(s[net] / 1e6, 3) for net in NETS] == [11.690, 21.798, 25.557, 44.549, 60.193, 143.667]


@pytest.mark.parametrize(
    ("preset", "truth"), [("resnet-50", 341.832), ("resnet-18", 1.399), ("vgg-19", 86.06)]
)
def test_presets_compare_whole_nets(preset: str, truth: float) -> None:
    """A ResNet is compared with one of the other block, VGG-19 by the share of its head."""
    result = finished(channels="64", preset=preset)
    assert result.outcome.truth == pytest.approx(truth, abs=0.0005 if truth < 10 else 0.005)
    assert result.last.theory.keys() <= result.last.series.keys()
    assert preset.startswith("vgg") == ("connected" in result.last.series)


def test_multiply_adds_notice_groups_and_kernels() -> None:
    """A layer's own count is pixels times weights, for grouped and for 1×1 layers alike."""
    from sims import vision_nets

    for layer in vision_nets.bottleneck(64, 4, 4):
        assert vision_nets.multiply_adds(layer, 3) == 9 * vision_nets.parameters(layer)


def test_a_wrong_formula_would_be_noticed() -> None:
    """The counts do not come from the formulas: changing a formula makes claims fail."""
    result = finished(channels="64")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            parameter_counts, "bottleneck", lambda channels, ratio, groups=1: channels * ratio * groups
        )
        failed = {claim.id for claim in result.claims if not claim.holds}
    assert failed == {"bottleneck-parameters", "bottleneck-macs"}


def test_timing_is_off_unless_asked_for() -> None:
    """By default nothing is timed; on request both kinds have a time, and the explanation names it."""
    assert "bottleneck ms" not in finished(channels="64").last.scalars
    timed = finished(channels="64", timed="yes")
    assert 0 < timed.last.scalars["bottleneck ms"] < math.inf
    assert "On this machine" in timed.explanation


def test_questions_follow_the_preset() -> None:
    """The question is about a ratio, a number of millions, or a share."""
    simulation = catalogue.get("bottleneck")
    units = [simulation.prediction(Knobs(preset=preset)).unit for preset in ("custom", "resnet-50", "vgg-19")]
    assert units == ["times", "M", "%"]
