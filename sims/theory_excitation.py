"""What squeeze-and-excitation costs: exact counts of weights, without biases."""

from __future__ import annotations

RESNET50_PARAMETERS = (
    25_557_032  # with its biases and norms, at 1000 classes; torchvision's resnet50 has as many
)
RESNET50_STAGES = (
    (256, 3),
    (512, 4),
    (1024, 6),
    (2048, 3),
)  # output channels, blocks (He et al. 2015, table 1)
RESNET50_REDUCTION = 16  # Hu et al. 2018


def gate_parameters(channels: int, reduction: int) -> float:
    """Return 2C²/r, the two matrices of one gate (Hu et al. 2018): a whole number where r divides C."""
    return 2 * channels**2 / reduction


def two_convs_parameters(channels: int) -> int:
    """Return 18C², two 3 x 3 convolutions of C channels."""
    return 18 * channels**2


def resnet50_gates() -> float:
    """Return the weights that a gate in each of ResNet-50's 16 blocks adds: (2/16)·Σ blocks·C²."""
    return sum(blocks * gate_parameters(channels, RESNET50_REDUCTION) for channels, blocks in RESNET50_STAGES)
