"""The counts of squeeze-and-excitation against sums by hand."""

import pytest

from sims import theory_excitation as theory


def test_gate_is_two_matrices() -> None:
    """C inputs to C/r units and back are 2·C·(C/r) weights, a ninth of 1/r of two 3 x 3 convolutions."""
    for channels, reduction in ((16, 2), (256, 16), (2048, 16)):
        hidden = channels // reduction
        assert theory.gate_parameters(channels, reduction) == channels * hidden + hidden * channels
        share = theory.gate_parameters(channels, reduction) / theory.two_convs_parameters(channels)
        assert share == pytest.approx(1 / (9 * reduction))


def test_resnet50_pays_a_tenth() -> None:
    """SE-ResNet-50 adds 2.515 million weights, 9.8 % of ResNet-50."""
    assert theory.resnet50_gates() == 2_514_944
    assert theory.resnet50_gates() / theory.RESNET50_PARAMETERS == pytest.approx(0.098, abs=0.0005)
